"""Deciding about people one at a time: keys at a terminal, a list off it."""

import json
import shlex
import sqlite3
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pexpect
import pytest

from connect_cli.journal.journal import Journal
from connect_cli.model import Interaction, Kind, Named
from tests.cli.terminals import SECONDS, Terminal, finished, interrupted
from tests.cli.test_history import SYNCED
from tests.conftest import Connect
from tests.store.damage import change_unrecorded

KEYS = "! forget   u back   ? help   q quit"


@pytest.fixture
def unplaced(connect: Connect, journal: Journal) -> Connect:
    """Seven people without a cadence; the two that were met lately come first."""
    names = ("Ada", "Grace", "Hedy", "Ida", "Joan", "Kay", "Mae")
    with journal.write("test", "seven people") as rows:
        people = {name: Named(rows.add_person(name), name) for name in names}
        for name, day, note in (("Kay", 20, "the kiln is too small"), ("Hedy", 2, "")):
            on = date(2026, 11, day)
            rows.add_interaction(Interaction("", on, Kind.CALL, (people[name],), note=note))
    journal.close()
    return connect


def cadences(connect: Connect) -> dict[str, str]:
    """The cadence of everybody who has one, by name."""
    people = json.loads(connect("people", "--json").out)["people"]
    return {person["name"]: person["cadence"] for person in people if person["cadence"]}


def press(child: "pexpect.spawn[str]", keys: Sequence[str]) -> None:
    """Press each key once the program waits for it."""
    for key in keys:
        child.expect_exact(KEYS)
        child.send(key)


def test_off_a_terminal_it_lists_the_newest_contact_first(unplaced: Connect) -> None:
    """The same records as people, so that `connect every` can go on from there."""
    names = [line.split("\t")[1] for line in unplaced("triage").out.splitlines()]
    assert names == ["Kay", "Hedy", "Ada", "Grace", "Ida", "Joan", "Mae"]
    document = json.loads(unplaced("triage", "--json").out)
    assert [person["name"] for person in document["people"]] == names


def test_json_is_a_list_at_a_terminal_too(unplaced: Connect, terminal: Terminal) -> None:
    """Nobody is asked who asked for a document."""
    child = terminal("triage", "--json")
    assert finished(child) == 0
    assert json.loads(child.before or "")["people"][0]["name"] == "Kay"


def test_one_key_puts_somebody_into_a_circle(unplaced: Connect, terminal: Terminal) -> None:
    """The numbers are the circles of the settings; what was said of a person stands there."""
    child = terminal("triage", TERM="dumb")
    child.expect("the kiln is too small")
    child.expect_exact("1 inner 1w   2 close 1m   3 friends 3m   4 wide 1y")
    press(child, "2")
    child.expect(r"Kay, every month \(close\), first due in \w+ \w+")
    press(child, "9")
    child.send("q")
    child.expect("To go on later: connect triage")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "1m"}


def test_every_decision_is_a_command_of_its_own(
    unplaced: Connect, terminal: Terminal, journal_file: Path
) -> None:
    """So each can be taken back; and who quits keeps what was decided."""
    child = terminal("triage", TERM="dumb")
    press(child, "1as")
    child.expect_exact("Skipped Ada.")
    press(child, "q")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "1w"}
    assert "Hedy" in unplaced("people", "--state", "archived").out
    with sqlite3.Connection(journal_file) as connection:
        verbs = connection.execute("SELECT verb FROM command ORDER BY seq").fetchall()
    connection.close()
    assert verbs[-2:] == [("edit",), ("archive",)]


def test_a_cadence_may_be_typed(unplaced: Connect, terminal: Terminal) -> None:
    """In any words; what is not understood is asked again, and Enter goes back to the keys."""
    child = terminal("triage", TERM="dumb")
    press(child, "c")
    child.expect("How often")
    child.sendline("sometimes")
    child.expect("'sometimes' is not a cadence")
    child.expect("How often")
    child.sendline("first friday")
    child.expect("Kay, first friday")
    press(child, "c")
    child.expect("How often")
    child.sendline("")
    press(child, "c")
    child.expect("How often")
    child.sendline("never")
    child.expect("Hedy: no cadence, so nothing is due")
    press(child, "q")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "FREQ=MONTHLY;BYDAY=1FR"}
    assert "Hedy" not in unplaced("triage").out


def test_a_rule_that_skips_months_says_so(unplaced: Connect, terminal: Terminal) -> None:
    """In the very line that says what was decided."""
    child = terminal("triage", TERM="dumb")
    press(child, "c")
    child.expect("How often")
    child.sendline("FREQ=MONTHLY;BYMONTHDAY=31")
    child.expect(
        r"Note:\s+some\s+months\s+have\s+no\s+31st:\s+this\s+falls\s+in\s+7\s+of\s+12\s+months\."
    )
    press(child, "q")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "FREQ=MONTHLY;BYMONTHDAY=31"}


def test_an_exclamation_mark_forgets_after_asking(unplaced: Connect, terminal: Terminal) -> None:
    """What goes is said; without a yes they stay, and the keys are there again."""
    child = terminal("triage", TERM="dumb")
    press(child, "!")
    child.expect("Kay will be gone, with 1 interaction")
    child.expect_exact("Forget Kay for good? [y/N] ")
    child.sendline("")
    press(child, "!")
    child.expect_exact("Forget Kay for good? [y/N] ")
    child.sendline("y")
    child.expect("Forgot Kay")
    press(child, "q")
    assert finished(child) == 0
    assert "Kay" not in unplaced("people").out
    assert unplaced("people", "hedy").code == 0


def test_whoever_is_forgotten_is_forgotten_by_the_other_machines(
    unplaced: Connect, terminal: Terminal, journal_file: Path
) -> None:
    """The line that says so says what is left to do."""
    change_unrecorded(journal_file, SYNCED)
    child = terminal("triage", TERM="dumb")
    press(child, "!")
    child.expect("your other machines will forget them too")
    child.expect_exact("Forget Kay for good? [y/N] ")
    child.sendline("y")
    child.expect("Forgot Kay. .*Now run 'connect sync' here")
    press(child, "q")
    assert finished(child) == 0


def test_it_says_where_it_is_and_goes_to_the_end(unplaced: Connect, terminal: Terminal) -> None:
    """Nothing asks whether to go on; those skipped come again."""
    child = terminal("triage", TERM="dumb")
    for number, key in enumerate("1234sss", 1):
        child.expect_exact(f"{number} of 7")
        press(child, key)
    child.expect("That was everybody")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "1w", "Hedy": "1m", "Ada": "3m", "Grace": "1y"}
    names = [line.split("\t")[1] for line in unplaced("triage").out.splitlines()]
    assert names == ["Ida", "Joan", "Mae"]


def test_u_goes_back_and_undoes_what_was_decided(unplaced: Connect, terminal: Terminal) -> None:
    """By the journal's own undo, as far as the first; after a skip there is nothing to undo."""
    child = terminal("triage", TERM="dumb")
    press(child, "2sxu")
    child.expect_exact("Taken back: Archived Ada, not a person")
    child.expect_exact("3 of 7")
    press(child, "u")
    child.expect_exact("2 of 7")
    press(child, "u")
    child.expect_exact("Taken back: Kay, every month")
    child.expect_exact("1 of 7")
    press(child, "u")
    child.expect_exact("There is nothing to go back to.")
    press(child, "3q")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "3m"}
    assert unplaced("people", "--state", "archived").out == ""
    verbs = [line.split("\t")[2] for line in unplaced("changes").out.splitlines()]
    assert verbs[:5] == ["edit", "undo", "undo", "archive", "edit"]


def test_a_decision_that_cannot_be_taken_back_says_so(
    unplaced: Connect, terminal: Terminal
) -> None:
    """Another command has built on it meanwhile."""
    child = terminal("triage", TERM="dumb")
    press(child, "2")
    child.expect_exact("2 of 7")
    child.expect_exact(KEYS)
    unplaced("every", "Kay", "3w")
    child.send("u")
    child.expect_exact("Not taken back:")
    child.expect_exact("2 of 7")
    press(child, "q")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "3w"}


def test_nothing_before_a_forgetting_is_taken_back(unplaced: Connect, terminal: Terminal) -> None:
    """Whoever was forgotten is gone, and the way back ends there."""
    child = terminal("triage", TERM="dumb")
    press(child, "2!")
    child.expect_exact("Forget Hedy for good? [y/N] ")
    child.sendline("y")
    press(child, "u")
    child.expect_exact("There is nothing to go back to.")
    child.expect_exact("3 of 7")
    press(child, "q")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "1m"}


def test_x_is_not_a_person(unplaced: Connect, terminal: Terminal) -> None:
    """A firm or a machine: archived, and said so."""
    child = terminal("triage", TERM="dumb")
    press(child, "x")
    child.expect_exact("Archived Kay, not a person: nothing is due, everything is kept.")
    press(child, "q")
    assert finished(child) == 0
    assert "Kay" in unplaced("people", "--state", "archived").out


def test_a_question_mark_says_what_each_key_does(unplaced: Connect, terminal: Terminal) -> None:
    """A line for each; then the keys are there again."""
    child = terminal("triage", TERM="dumb")
    press(child, "?")
    for begin in ("1-4  A circle", "c  ", "s  ", "a  ", "x  ", "g  ", "!  ", "u  ", "q  "):
        child.expect_exact(f"\n{begin}")
    press(child, "q")
    assert finished(child) == 0


GROUPS = "Enter back"


@pytest.fixture
def many(connect: Connect) -> Connect:
    """Thirty people, some with a tag, a firm or an address at a firm in common."""
    names = [f"Ada {chr(65 + number // 26)}{chr(97 + number % 26)}z" for number in range(30)]
    connect("add", *names[:12], "--tag", "choir")
    connect("add", *names[12:])
    for name in names[8:14]:
        connect("remember", name, "company: Acme")
    return connect


def test_a_long_list_is_taken_by_tag_or_firm_at_once(many: Connect, terminal: Terminal) -> None:
    """In one command with one undo; first days are spread. The list of those left gets shorter."""
    child = terminal("triage", TERM="dumb")
    press(child, "g")
    child.expect_exact("1  #choir: 12 people")
    child.expect_exact("2  Acme: 6 people")
    child.expect_exact(GROUPS)
    child.send("1")
    child.expect_exact("Ada Aaz")
    child.expect_exact(GROUPS)
    child.send("3")
    child.expect("every 3 months .friends., first due from")
    child.expect_exact("13 of 30")
    press(child, "q")
    assert finished(child) == 0
    people = json.loads(many("people", "--json").out)["people"]
    placed = [person for person in people if person["cadence"] == "3m"]
    assert len(placed) == 12
    assert len({person["due_on"] for person in placed}) > 6
    assert many("undo").code == 0
    assert cadences(many) == {}


def choose(child: Any, group: str, key: str) -> None:
    """Take a group, and do what a key says about it."""
    press(child, "g")
    child.expect_exact(GROUPS)
    child.send(group)
    child.expect_exact(GROUPS)
    child.send(key)


def test_a_group_is_archived_only_when_that_is_confirmed(many: Connect, terminal: Terminal) -> None:
    """Without, it is as it was."""
    child = terminal("triage", TERM="dumb")
    choose(child, "2", "a")
    child.expect_exact("[y/N]")
    child.sendline("n")
    press(child, "q")
    assert finished(child) == 0
    assert many("people", "--state", "archived").out == ""


def test_groups_are_decided_about_as_people_are(many: Connect, terminal: Terminal) -> None:
    """Skipped, archived, given a cadence that is typed; and each is taken back."""
    child = terminal("triage", TERM="dumb")
    choose(child, "1", "s")
    child.expect_exact("Skipped Ada Aaz")
    child.expect_exact("13 of 30")
    press(child, "u")
    child.expect_exact("1 of 30")
    choose(child, "2", "c")
    child.expect_exact("How often")
    child.sendline("5w")
    child.expect_exact("every 5 weeks")
    child.expect_exact("1 of 30")
    press(child, "u")
    child.expect_exact("Taken back")
    choose(child, "2", "c")
    child.expect_exact("How often")
    child.sendline("never")
    child.expect("others: no cadence, so nothing is due")
    press(child, "u")
    child.expect_exact("Taken back")
    choose(child, "2", "a")
    child.expect_exact("[y/N]")
    child.sendline("y")
    child.expect_exact("Archived Ada")
    press(child, "q")
    assert finished(child) == 0
    assert cadences(many) == {}
    assert len(many("people", "--state", "archived").out.splitlines()) == 6


def test_enter_leaves_a_group_and_q_the_list(many: Connect, terminal: Terminal) -> None:
    """Nothing is decided by either, nor by an empty cadence."""
    child = terminal("triage", TERM="dumb")
    press(child, "g")
    child.expect_exact(GROUPS)
    child.send("\r")
    for key in "\rc":
        press(child, "g")
        child.expect_exact(GROUPS)
        child.send("1")
        child.expect_exact(GROUPS)
        child.send(key)
    child.expect_exact("How often")
    child.sendline("")
    press(child, "g")
    child.expect_exact(GROUPS)
    child.send("1")
    child.expect_exact(GROUPS)
    child.send("q")
    child.expect_exact("To go on later")
    assert finished(child) == 0
    child = terminal("triage", TERM="dumb")
    press(child, "g")
    child.expect_exact(GROUPS)
    child.send("\x04")
    child.expect_exact("To go on later")
    assert finished(child) == 0
    assert cadences(many) == {}


def test_a_shared_screen_offers_no_firms(many: Connect, terminal: Terminal) -> None:
    """They come from details; tags are for every eye."""
    child = terminal("--discreet", "triage", TERM="dumb")
    press(child, "g")
    child.expect_exact(GROUPS)
    assert "1  #choir" in (child.before or "")
    assert "Acme" not in (child.before or "")
    child.send("q")
    assert finished(child) == 0


def test_a_group_that_has_become_small_is_not_offered(many: Connect, terminal: Terminal) -> None:
    """Nor is any once few people are left."""
    child = terminal("triage", TERM="dumb")
    press(child, "g")
    child.expect_exact(GROUPS)
    child.send("1")
    child.expect_exact(GROUPS)
    child.send("1")
    child.expect_exact("13 of 30")
    child.expect_exact(KEYS)
    assert "several at once" not in (child.before or "")
    child.send("q")
    assert finished(child) == 0


MEANINGLESS = ("\x1b[A", "\x1bOB", "\x1b[3~", "\x1b", "é", "\t", "\r", "f", "g", "7")


def test_a_key_that_means_nothing_does_nothing(unplaced: Connect, terminal: Terminal) -> None:
    """The letters of an arrow's sequence were not typed: nobody is archived by looking around."""
    child = terminal("triage", TERM="dumb")
    child.expect_exact(KEYS)
    for key in MEANINGLESS:
        child.send(key)
        assert child.expect([pexpect.TIMEOUT, "rests now", "skipped", "every"], timeout=0.1) == 0
    child.send("q")
    assert finished(child) == 0
    assert unplaced("people", "--state", "archived").out == ""
    assert cadences(unplaced) == {}


def test_a_capital_is_the_same_key(unplaced: Connect, terminal: Terminal) -> None:
    """Caps lock is no other decision."""
    child = terminal("triage", TERM="dumb")
    press(child, "SQ")
    assert finished(child) == 0


def test_ctrl_c_ends_with_130_and_keeps_what_was_decided(
    unplaced: Connect, terminal: Terminal
) -> None:
    """Quietly, as everywhere."""
    child = terminal("triage", TERM="dumb")
    press(child, "1")
    child.expect_exact(KEYS)
    assert interrupted(child) == 130
    assert "Traceback" not in (child.before or "")
    assert cadences(unplaced) == {"Kay": "1w"}


@pytest.mark.parametrize("key", ["\x03", "q"], ids=["ctrl-c", "quit"])
def test_the_terminal_is_left_as_it_was(unplaced: Connect, key: str) -> None:
    """Keys are seen again as they are typed, and come a line at a time."""
    script = f"trap : INT; {shlex.quote(sys.executable)} -m connect_cli triage; stty -a"
    child = pexpect.spawn("/bin/sh", ["-c", script], encoding="utf-8", timeout=SECONDS)
    press(child, [key])
    child.expect(pexpect.EOF)
    child.close()
    assert {"icanon", "echo", "isig"} <= set((child.before or "").replace(";", " ").split())


def test_the_end_of_input_is_quitting(unplaced: Connect, terminal: Terminal) -> None:
    """Ctrl-D, as in any other place."""
    child = terminal("triage", TERM="dumb")
    press(child, "\x04")
    child.expect("To go on later")
    assert finished(child) == 0


def test_when_everybody_has_been_decided_about_it_says_so(
    connect: Connect, terminal: Terminal
) -> None:
    """And off a terminal it lists nobody."""
    connect("add", "Ada", "--every", "never")
    child = terminal("triage")
    child.expect("Nobody is left without a cadence")
    assert finished(child) == 0
    assert connect("triage").out == ""


def test_a_decision_that_makes_it_too_much_says_so(unplaced: Connect, terminal: Terminal) -> None:
    """In one sentence, on that screen alone; and it is obeyed."""
    unplaced("config", "set", "capacity", "1")
    unplaced("config", "set", "circles.daily", "1d")
    child = terminal("triage", TERM="dumb")
    press(child, "5")
    child.expect("All cadences together now ask")
    press(child, "5")
    assert child.expect(["All cadences together now ask", "Hedy, every day"]) == 1
    press(child, "q")
    assert finished(child) == 0
    assert cadences(unplaced) == {"Kay": "1d", "Hedy": "1d"}


def test_a_shared_screen_shows_no_note(unplaced: Connect, terminal: Terminal) -> None:
    """`--discreet` holds here as well."""
    child = terminal("--discreet", "triage", TERM="dumb")
    child.expect_exact(KEYS)
    assert "kiln" not in (child.before or "")
    child.send("q")
    assert finished(child) == 0


def test_the_screen_is_emptied_for_each_person(unplaced: Connect, terminal: Terminal) -> None:
    """One at a time: a list of two hundred is what makes people give up."""
    child = terminal("triage")
    child.expect_exact("\x1b[2J")
    child.expect("Kay")
    child.expect_exact(KEYS)
    child.send("s")
    child.expect_exact("\x1b[2J")
    child.expect("Hedy")
    child.send("q")
    assert finished(child) == 0
