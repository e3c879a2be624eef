"""`connect merge` without names: one key for each pair at a terminal, a list off it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pexpect
import pytest

from tests.cli.terminals import Terminal, finished, interrupted
from tests.conftest import Begin, Connect

KEYS = "u back   ? help   q quit"


@pytest.fixture
def twice(begin: Begin, connect: Connect) -> Connect:
    """Ada, Bob and Cy, each there twice."""
    begin(
        ("add", "Ada Lovelace", "--phone", "+44 20 7946 0018"),
        ("add", "Lovelace, Ada", "--phone", "020 7946 0018", "--new"),
        ("add", "Robert Quist", "--email", "bob@quist.example"),
        ("add", "Bob Quist", "--email", "BOB@quist.example", "--new"),
        ("add", "Cy Cole"),
        ("add", "Dr Cy Cole", "--new"),
        ("add", "Dee Dane"),
        ("log", "coffee with 'Ada Lovelace' yesterday"),
        ("log", "coffee with 'Lovelace, Ada' on monday"),
    )
    return connect


def people(connect: Connect) -> list[str]:
    """Everybody's name."""
    return [line.split("\t")[1] for line in connect("people").out.splitlines()]


def rows(connect: Connect) -> list[str]:
    """Everything there is, whenever it was said; not what was deleted, and how many lines."""
    lines = map(json.loads, connect("export", "jsonl").out.splitlines())
    kept = [line for line in lines if line["type"] not in ("gone", "end")]
    return sorted(json.dumps({**line, "at": "", "times": {}}) for line in kept)


def press(child: "pexpect.spawn[str]", keys: Sequence[str]) -> None:
    """Press each key once the program waits for it."""
    for key in keys:
        child.expect_exact(KEYS)
        child.send(key)


def test_off_a_terminal_it_lists_the_pairs_with_the_reasons(twice: Connect) -> None:
    """The ids and names of both, and why; what both have is hidden on a shared screen."""
    rows = [line.split("\t") for line in twice("merge").out.splitlines()]
    assert [row[1:2] + row[3:] for row in rows] == [
        ["Ada Lovelace", "Lovelace, Ada", "one number (+44 20 7946 0018) and a like name"],
        ["Robert Quist", "Bob Quist", "one email address (bob@quist.example) and a like name"],
        ["Cy Cole", "Dr Cy Cole", "a like name"],
    ]
    assert twice("--discreet", "merge").out.splitlines()[0].endswith("one number and a like name")


def test_json_has_each_reason_by_itself(twice: Connect) -> None:
    """What both have is null on a shared screen."""
    pair = json.loads(twice("merge", "--json").out)["pairs"][0]
    assert (pair["first"]["name"], pair["second"]["name"]) == ("Ada Lovelace", "Lovelace, Ada")
    assert pair["reasons"] == [
        {"by": "phone", "value": "+44 20 7946 0018"},
        {"by": "name", "value": None},
    ]
    hidden = json.loads(twice("--discreet", "merge", "--json").out)["pairs"][0]
    assert hidden["said"] == "one number and a like name"
    assert [reason["value"] for reason in hidden["reasons"]] == [None, None]


def test_one_key_merges_keeps_apart_or_waits(twice: Connect, terminal: Terminal) -> None:
    """Two people are never asked about again, those for later are; the first name stays."""
    child = terminal("merge", TERM="dumb")
    child.expect_exact("1 of 3. May be one person: one number (+44 20 7946 0018) and a like name.")
    press(child, "m")
    child.expect_exact("Merged Lovelace, Ada into Ada Lovelace, who has 2 interactions.")
    child.expect_exact("2 of 3")
    press(child, "t")
    child.expect_exact("Robert Quist and Bob Quist are two people.")
    child.expect_exact("3 of 3")
    press(child, "s")
    child.expect_exact("Later: Cy Cole and Dr Cy Cole.")
    child.expect_exact("That was every pair.")
    assert finished(child) == 0
    assert "Lovelace, Ada" not in people(twice)
    assert [line.split("\t")[1] for line in twice("merge").out.splitlines()] == ["Cy Cole"]
    assert twice("undo").code == 0
    assert twice("undo").code == 0
    assert len(twice("merge").out.splitlines()) == 3


def test_the_last_pair_may_wait_with_enter(twice: Connect, terminal: Terminal) -> None:
    """As with s; nothing is decided."""
    child = terminal("merge", TERM="dumb")
    press(child, "\r\r\r")
    child.expect_exact("That was every pair.")
    assert finished(child) == 0
    assert len(people(twice)) == 7


def test_u_takes_back_what_was_decided(twice: Connect, terminal: Terminal) -> None:
    """A merge wholly, and that two are two."""
    before = rows(twice)
    child = terminal("merge", TERM="dumb")
    press(child, "mtu")
    child.expect_exact("Taken back: Robert Quist and Bob Quist are two people.")
    press(child, "u")
    child.expect_exact("Taken back: Merged Lovelace, Ada into Ada Lovelace")
    child.expect_exact("1 of 3")
    press(child, "q")
    child.expect_exact("To go on later: connect merge")
    assert finished(child) == 0
    assert rows(twice) == before


def test_where_the_two_differ_it_asks(twice: Connect, terminal: Terminal) -> None:
    """As merge with names does; without an answer nothing is merged, and the keys are there."""
    twice("remember", "'Ada Lovelace'", "tea: green")
    twice("remember", "'Lovelace, Ada'", "tea: black")
    child = terminal("merge", TERM="dumb")
    press(child, "m")
    child.expect_exact("Which one stays?")
    child.sendline("")
    child.expect_exact("Not merged: they differ in a detail.")
    press(child, "m")
    child.expect_exact("Which one stays?")
    child.sendline("2")
    child.expect_exact("Merged Lovelace, Ada into Ada Lovelace")
    press(child, "q")
    assert finished(child) == 0
    assert "tea: black" in twice("show", "ada").out.replace("\t", ": ")


def test_three_cards_of_one_person_become_one(connect: Connect, terminal: Terminal) -> None:
    """Who was joined on the screen before is the other one now, and no pair is asked twice."""
    for name in ("Ada Lovelace", "Lovelace, Ada", "Dr Ada Lovelace"):
        connect("add", name, "--new")
    child = terminal("merge", TERM="dumb")
    child.expect_exact("1 of 3")
    press(child, "m")
    child.expect_exact("2 of 3")
    press(child, "m")
    child.expect_exact("That was every pair.")
    assert finished(child) == 0
    assert len(people(connect)) == 1


def test_of_three_cards_the_third_may_be_somebody_else(
    connect: Connect, terminal: Terminal
) -> None:
    """It is said once, though two pairs would have asked."""
    for name in ("Ada Lovelace", "Lovelace, Ada", "Dr Ada Lovelace"):
        connect("add", name, "--new")
    child = terminal("merge", TERM="dumb")
    press(child, "mt")
    child.expect_exact("That was every pair.")
    assert finished(child) == 0
    assert len(people(connect)) == 2
    assert connect("merge").out == ""


def test_a_question_mark_says_what_each_key_does(twice: Connect, terminal: Terminal) -> None:
    """A line for each; then the keys are there again."""
    child = terminal("merge", TERM="dumb")
    press(child, "?")
    for begin in ("m  One person", "t  Two people", "s  Later", "u  Back", "q  Stop"):
        child.expect_exact(f"\n{begin}")
    press(child, "q")
    assert finished(child) == 0


def test_a_shared_screen_shows_no_number(twice: Connect, terminal: Terminal) -> None:
    """The reason is there without it."""
    child = terminal("--discreet", "merge", TERM="dumb")
    child.expect_exact("May be one person: one number and a like name.")
    child.expect_exact(KEYS)
    child.send("\x04")
    child.expect_exact("To go on later")
    assert finished(child) == 0


def test_ctrl_c_keeps_what_was_decided(twice: Connect, terminal: Terminal) -> None:
    """At the keys and at a question."""
    child = terminal("merge", TERM="dumb")
    press(child, "t")
    child.expect_exact("2 of 3")
    child.expect_exact(KEYS)
    assert interrupted(child) == 130
    assert len(twice("merge").out.splitlines()) == 2
    twice("every", "Bob Quist", "2w")
    twice("every", "Robert Quist", "3w")
    child = terminal("merge", TERM="dumb")
    press(child, "m")
    child.expect_exact("Which one stays?")
    assert interrupted(child) == 130
    assert len(twice("merge").out.splitlines()) == 2


def test_who_is_gone_meanwhile_is_passed_over(twice: Connect, terminal: Terminal) -> None:
    """Another command has forgotten them."""
    child = terminal("merge", TERM="dumb")
    child.expect_exact(KEYS)
    twice("forget", "Bob Quist", "--yes")
    child.send("s")
    child.expect_exact("3 of 3")
    press(child, "q")
    assert finished(child) == 0


def test_nobody_is_here_twice(connect: Connect, terminal: Terminal) -> None:
    """It says so, and off a terminal nothing."""
    connect("add", "Ada")
    child = terminal("merge")
    child.expect_exact("Nobody seems to be here twice.")
    assert finished(child) == 0
    assert connect("merge").out == ""


def test_one_name_is_not_two(connect: Connect) -> None:
    """Whoever says one name is asked for the other, and a preference needs both."""
    connect("add", "Ada")
    assert connect("merge", "ada").code == 2
    assert connect("merge", "--prefer", "ada").code == 2


def test_doctor_names_how_many_pairs_there_are(twice: Connect) -> None:
    """As a note with the command, and its exit code stays."""
    doctor = twice("doctor")
    assert doctor.code == 0
    assert "3 pairs of people may be one person each" in doctor.out
    assert "connect merge" in doctor.out


def test_the_number_of_a_namesake_becomes_no_alias(connect: Connect, tmp_path: Path) -> None:
    """An import had to call them `(2)`; no card and no address book needs that as a nickname."""
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Hugo Novak\r\n{line}\r\nEND:VCARD\r\n"
        for line in ("TEL:+44 7700 900046", "EMAIL:hugo@novak.example")
    )
    file = tmp_path / "cards.vcf"
    file.write_text(cards)
    connect("import", str(file), "--yes", "--on-match", "new")
    assert people(connect) == ["Hugo Novak", "Hugo Novak (2)"]
    connect("merge", "hugo novak", "hugo novak (2)")
    assert "(2)" not in connect("show", "hugo").out + connect("export", "vcard").out
    connect("undo")
    assert people(connect) == ["Hugo Novak", "Hugo Novak (2)"]
