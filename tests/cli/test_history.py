"""Looking back by person and days; taking back, bringing again, joining and forgetting."""

import json
import sqlite3
from pathlib import Path

import pytest

from connect_cli.journal.journal import Journal
from tests.cli.terminals import Terminal, finished, interrupted
from tests.conftest import MORNING, Connect
from tests.store.damage import change_unrecorded


@pytest.fixture
def three(connect: Connect) -> Connect:
    """A journal of three commands, minutes apart."""
    connect("add", "Ada Lovelace", now="2026-11-21T18:00")
    connect("every", "ada", "2w", now="2026-11-22T09:12")
    connect("log", "coffee with ada: Boston", "--promise", "the book about Babbage")
    return connect


def test_undo_says_first_what_it_changes_back(three: Connect) -> None:
    """On stderr, in words; then that it is done, and how to have it again."""
    ran = three("undo")
    assert ran.code == 0
    assert ran.err == (
        "Undoing log, today at 08:00: logged Ada Lovelace, 2026-11-23."
        " It removes 1 interaction and 1 promise or question.\n"
    )
    assert ran.out == "Undone. 'connect redo' does it again.\n"
    assert three("history").out == three("promises").out == ""


def test_redo_takes_a_yes_as_undo_does(three: Connect) -> None:
    """Though there is nothing to ask."""
    three("undo", "--yes")
    ran = three("redo", "--yes")
    assert (ran.code, ran.out) == (0, "Done again. 'connect undo' takes it back.\n")


def test_redo_says_what_comes_again(three: Connect) -> None:
    """And how to take it back once more."""
    before = three("history").out
    three("undo")
    ran = three("redo")
    assert ran.err == (
        "Redoing log, today at 08:00: logged Ada Lovelace, 2026-11-23."
        " It brings back 1 interaction and 1 promise or question.\n"
    )
    assert ran.out == "Done again. 'connect undo' takes it back.\n"
    assert three("history").out == before


def test_redo_says_what_it_changes(three: Connect) -> None:
    """Not that it changes back, which undo does."""
    three("amend", "--note", "she moved")
    assert three("undo").err.endswith(" It changes back 1 interaction.\n")
    assert three("redo").err.endswith(" It changes 1 interaction.\n")


def test_several_are_asked_about(three: Connect) -> None:
    """Off a terminal without --yes it says what they are, and changes nothing."""
    before = three("changes").out
    ran = three("undo", "2")
    assert ran.code == 1
    assert "Undoing log, today" in ran.err
    assert "Undoing every, yesterday, Sun 22 Nov at 09:12: Ada Lovelace: 2w." in ran.err
    assert "not done: Undo these 2 commands?" in ran.err
    assert three("changes").out == before


def test_several_confirmed_beforehand_are_taken_back(three: Connect) -> None:
    """And come again one by one, the earliest first."""
    ran = three("undo", "99", "--yes")
    assert ran.out == "Undid 3 commands. 'connect redo' does them again, one by one.\n"
    assert three("people").out == ""
    for _ in range(3):
        assert three("redo").code == 0
    assert three("redo").code == 1
    assert "Boston" in three("history").out


def test_a_command_of_long_ago_is_taken_back_by_its_id(three: Connect) -> None:
    """Or what is in the way is named, with the command that takes it back."""
    added, every = (line.split("\t")[0] for line in three("changes").out.splitlines()[:0:-1])
    assert three("undo", every[:5]).code == 0
    assert "Boston" in three("history").out
    ran = three("undo", added)
    assert ran.code == 1
    logged = three("changes").out.splitlines()[1].split("\t")[0]
    assert ran.err.split("\n", 1)[1] == (
        "connect: add (added Ada Lovelace): a later command is in the way:"
        " log (logged Ada Lovelace, 2026-11-23)\n"
        f"hint: take that one back first: connect undo {logged}\n"
    )


def test_nothing_to_take_back_is_said(connect: Connect, journal_file: Path) -> None:
    """And no journal is made by asking."""
    ran = connect("undo")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("connect: there is nothing to undo\n")
    assert connect("redo").err == (
        "connect: there is nothing to redo: nothing was undone since the last change\n"
    )
    assert connect("changes").out == ""
    assert not journal_file.exists()


def test_changes_lists_what_was_done_and_when(three: Connect) -> None:
    """The newest first; what was taken back says so."""
    three("undo")
    lines = [line.split("\t")[1:5] for line in three("changes").out.splitlines()]
    logged = "logged Ada Lovelace, 2026-11-23"
    assert lines == [
        ["2026-11-23T08:00:00+00:00", "undo", f"log: {logged}", ""],
        ["2026-11-23T08:00:00+00:00", "log", logged, "taken back"],
        ["2026-11-22T09:12:00+00:00", "every", "Ada Lovelace: 2w", ""],
        ["2026-11-21T18:00:00+00:00", "add", "added Ada Lovelace", ""],
    ]
    document = json.loads(three("changes", "--limit", "2", "--json").out)
    assert [one["verb"] for one in document["commands"]] == ["undo", "log"]
    assert document["commands"][0]["undoes"] == document["commands"][1]["id"]


def test_twenty_are_listed_unless_all_are_wanted(connect: Connect) -> None:
    """A record of thirty years is long."""
    for number in range(21):
        connect("add", f"Somebody {number}")
    assert connect("changes").out.count("\n") == 20
    assert connect("changes", "--all").out.count("\n") == 21
    ran = connect("undo", "99", "--yes")
    assert ran.err.count("Undoing add") == 20
    assert ran.err.endswith("… and 1 earlier; see: connect changes --all\n")
    assert ran.out.startswith("Undid 21 commands.")


def test_a_shared_screen_shows_no_promise(three: Connect) -> None:
    """Neither in the list, nor in what undo says."""
    three("promise", "ada", "a secret")
    for words in (("changes",), ("changes", "--json"), ("undo",), ("redo",), ("undo", "--json")):
        ran = three("--discreet", *words)
        assert ran.code == 0
        assert "secret" not in ran.out + ran.err


def test_any_command_that_wrote_can_be_taken_back(three: Connect) -> None:
    """Each as one step, whatever rows it changed."""
    three("add", "Bo")
    written = (
        ("amend", "--note", "Paris"),
        ("alias", "ada", "Addie"),
        ("remember", "ada", "tea: no milk"),
        ("remember", "ada", "--drop", "tea"),
        ("snooze", "ada"),
        ("pause", "ada"),
        ("resume", "ada"),
        ("away", "until", "fri"),
        ("archive", "ada"),
        ("rename", "ada", "Ada King"),
        ("done", "babbage"),
        ("merge", "ada", "bo"),
    )
    for words in written:
        before = three("show", "ada", "--json").out
        people = three("people", "--json").out
        assert three(*words).code == 0
        three("undo")
        assert three("show", "ada", "--json").out == before
        assert three("people", "--json").out == people
        assert three("redo").code == 0


def test_merge_says_who_is_who_now(three: Connect) -> None:
    """And how to take it back."""
    three("add", "Augusta King")
    three("log", "walk with augusta")
    ran = three("merge", "ada", "augusta king")
    assert ran.out == (
        "Merged Augusta King into Ada Lovelace, who has 2 interactions."
        " 'connect undo' takes it back.\n"
    )
    assert three("show", "augusta").code == 0


def test_merge_counts_nothing_where_nothing_was_logged(three: Connect) -> None:
    """`with 0 interactions` tells nobody anything."""
    three("add", "Bob Hale")
    three("add", "Robert Hale")
    ran = three("merge", "bob hale", "robert hale")
    assert ran.out == "Merged Robert Hale into Bob Hale. 'connect undo' takes it back.\n"


def test_merge_refuses_what_nobody_decides(three: Connect) -> None:
    """Off a terminal, without --prefer; nothing is written."""
    three("add", "Augusta King", "--every", "1m")
    ran = three("merge", "ada", "augusta")
    assert ran.code == 2
    assert ran.err == (
        "connect: they differ in how often\nhint: say whose to keep: --prefer NAME\n"
    )
    assert "Augusta King" in three("people").out
    assert three("merge", "ada", "augusta", "--prefer", "augusta").code == 0
    assert json.loads(three("people", "--json").out)["people"][0]["cadence"] == "1m"


def test_at_a_terminal_merge_asks(three: Connect, terminal: Terminal) -> None:
    """By number; an empty answer leaves both as they are."""
    three("add", "Augusta King", "--every", "1m")
    child = terminal("merge", "ada", "augusta")
    child.expect("They differ in how often:")
    child.expect_exact("1  every 2 weeks (Ada Lovelace)")
    child.expect_exact("2  every month (Augusta King)")
    child.expect("Which one stays")
    child.sendline("")
    assert finished(child) == 2
    assert three("people").out.count("\n") == 2
    child = terminal("merge", "ada", "augusta")
    child.expect("Which one stays")
    child.sendline("2")
    assert finished(child) == 0
    assert json.loads(three("people", "--json").out)["people"][0]["cadence"] == "1m"


def test_on_a_shared_screen_merge_asks_without_the_details(
    three: Connect, terminal: Terminal
) -> None:
    """By whose they are."""
    three("add", "Augusta King")
    for name in ("ada", "augusta"):
        three("remember", name, f"tea: a secret of {name}")
    child = terminal("--discreet", "merge", "ada", "augusta")
    child.expect_exact("1  ... (Ada Lovelace)")
    child.expect_exact("2  ... (Augusta King)")
    assert "secret" not in (child.before or "")
    child.sendline("2")
    assert finished(child) == 0
    assert "a secret of augusta" in three("show", "ada").out


def test_at_a_terminal_several_are_asked_about_and_one_is_not(
    three: Connect, terminal: Terminal
) -> None:
    """Enter does no harm, and Ctrl-C at the question ends with 130."""
    child = terminal("undo", "2")
    child.expect(r"Undo these 2 commands\? \[y/N\]")
    assert interrupted(child) == 130
    child = terminal("undo", "2")
    child.expect(r"Undo these 2 commands\? \[y/N\]")
    child.sendline("")
    child.expect("nothing was changed")
    assert finished(child) == 1
    child = terminal("undo")
    child.expect("Undone")
    assert finished(child) == 0
    assert three("history").out == ""


def test_a_big_undo_shows_how_far_it_is(
    connect: Connect, terminal: Terminal, journal: Journal
) -> None:
    """On a terminal; what is left afterwards is only that it is done."""
    with journal.write("log", "very many") as rows:
        rows.add_person("Ada")
        rows._session.flush()
        journal.connection.execute(
            """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
            INSERT INTO saving (id, day, minutes, text)
            SELECT printf('%012d', i), '2026-11-23', 1, '' FROM n"""
        )
    journal.close()
    child = terminal("undo")
    child.expect("Undoing log")
    child.expect("Undoing .*%")
    child.expect("Undone")
    assert finished(child) == 0
    assert connect("people").out == ""


def test_forget_says_what_goes_and_needs_a_yes(three: Connect) -> None:
    """Off a terminal without --yes nothing is changed."""
    before = three("show", "ada").out
    ran = three("forget", "ada")
    assert ran.code == 1
    assert ran.err.startswith(
        "Ada Lovelace will be gone, with 1 interaction and 1 promise or question;"
        " 'connect undo' cannot bring anybody back.\n"
    )
    assert "not done: Forget Ada Lovelace for good?" in ran.err
    assert three("show", "ada").out == before


def test_forget_leaves_no_byte_and_names_the_copies(three: Connect, journal_file: Path) -> None:
    """The copies of three days were made before; they are left to you."""
    ran = three("forget", "ada", "--yes")
    assert (ran.code, ran.out) == (0, "Forgot Ada Lovelace.\n")
    copies = sorted((journal_file.parent / "backups").iterdir(), reverse=True)
    assert len(copies) == 3
    assert ran.err.splitlines()[1:] == [
        "These copies of the journal still hold Ada Lovelace; remove them too, if you wish:",
        *(f"  {copy}" for copy in copies),
    ]
    for copy in copies:
        copy.unlink()
    for file in journal_file.parent.rglob("*"):
        assert not file.is_file() or b"ovelace" not in file.read_bytes()
    assert "search index" not in three("doctor").out


SYNCED = """INSERT INTO sync (seq, journal_id, machine_id, number, hash, base, given, key)
  VALUES (1, '000000000001', '000000000002', 0, '', 0, 0, 'SECRET')"""


def test_forget_says_what_becomes_of_them_on_the_other_machines(
    three: Connect, journal_file: Path
) -> None:
    """Before and after; nothing of it where no other machine keeps the journal."""
    assert "machines" not in three("forget", "ada").err
    change_unrecorded(journal_file, SYNCED)
    asked = "The sync folder and your other machines will forget them too.\n"
    assert asked in three("forget", "ada").err
    ran = three("forget", "ada", "--yes")
    assert ran.out == "Forgot Ada Lovelace.\n"
    _, answer = ran.err.split(asked)
    assert answer.startswith(
        "Now run 'connect sync' here, and then on your other machines."
        " Old files that the program behind the sync folder keeps, only you can remove.\n"
    )
    assert "SECRET" not in ran.err


def test_forget_cannot_be_taken_back(three: Connect) -> None:
    """Undo passes over it, and says so when it is asked for by id."""
    three("forget", "ada", "--yes")
    (line,) = three("changes").out.splitlines()
    assert three("undo").err.startswith("connect: there is nothing to undo")
    said = "connect: somebody who was forgotten cannot be brought back\n"
    assert three("undo", line[:12]).err == said


def test_at_a_terminal_forget_asks(three: Connect, terminal: Terminal) -> None:
    """Enter keeps them."""
    child = terminal("forget", "ada")
    child.expect(r"Forget Ada Lovelace for good\? \[y/N\]")
    child.sendline("")
    assert finished(child) == 1
    child = terminal("forget", "ada")
    child.expect(r"Forget Ada Lovelace for good\? \[y/N\]")
    child.sendline("y")
    child.expect("Forgot Ada Lovelace")
    assert finished(child) == 0
    assert three("people").out == ""


def test_undo_works_on_what_an_older_version_wrote(three: Connect, journal_file: Path) -> None:
    """A row recorded before a column was there comes back with that column empty."""
    with sqlite3.Connection(journal_file) as connection:
        connection.execute(
            """UPDATE change SET before = json_remove(before, '$.snooze_said_on'),
            after = json_remove(after, '$.snooze_said_on') WHERE table_name = 'person'"""
        )
    connection.close()
    before = three("people", "--json").out
    assert three("undo", "99", "--yes").code == 0
    for _ in range(3):
        three("redo")
    assert three("people", "--json", now=MORNING).out == before


@pytest.fixture
def years(connect: Connect) -> Connect:
    """Conversations with Ada, May, Marie and Bob, whose notes say when they were."""
    for who, day in (
        ("Ada Lovelace", "2025-03-10"),
        ("Ada Lovelace", "2026-03-01"),
        ("May Lin", "2026-03-31"),
        ("Marie Curie", "2026-05-02"),
        ("Ada Lovelace", "2026-10-31"),
        ("Bob Hale", "2026-11-22"),
        ("Ada Lovelace", "2026-11-23"),
    ):
        connect("log", f"coffee with {who}: {day}", "--new", "--on", day)
    return connect


MARCH = ["2026-03-31", "2026-03-01"]
ADA = ["2026-11-23", "2026-10-31", "2026-03-01", "2025-03-10"]
NAMED: dict[tuple[str, ...], list[str]] = {
    ("march",): MARCH,
    ("March", "2026"): MARCH,
    ("march 2025",): ["2025-03-10"],
    ("mar",): MARCH,
    ("2025",): ["2025-03-10"],
    ("ada", "2025"): ["2025-03-10"],
    ("ada", "last", "month"): ["2026-10-31"],
    ("ada lovelace", "last month"): ["2026-10-31"],
    ("ada-lovelace", "since", "october"): ["2026-11-23", "2026-10-31"],
    ("ada:", "until", "march"): ["2026-03-01", "2025-03-10"],
    ("lovelace", "march", "to", "october"): ["2026-10-31", "2026-03-01"],
    ("until", "march"): [*MARCH, "2025-03-10"],
    ("week",): ["2026-11-23", "2026-11-22"],
    ("may",): ["2026-03-31"],
    ("may", "march"): ["2026-03-31"],
    ("may", "to", "june"): ["2026-05-02"],
    ("may 2025",): [],
    ("mari",): ["2026-05-02"],
    ("marie",): ["2026-05-02"],
    ("ada",): ADA,
    ("ada", "--until", "october"): ADA[1:],
    ("--since", "march", "--until", "may"): ["2026-05-02", *MARCH],
    ("--until", "yesterday", "--limit", "1"): ["2026-11-22"],
}


@pytest.mark.parametrize("words", NAMED, ids=" ".join)
def test_a_person_then_days(words: tuple[str, ...], years: Connect) -> None:
    """A month that is a whole word of a name is that person; what is left says the days."""
    ran = years("history", *words, "--json")
    assert ran.code == 0, ran
    assert [one["note"] for one in json.loads(ran.out)["interactions"]] == NAMED[words]


NEITHER = {
    ("adda",): (3, "nobody here is called 'adda'", "Ada Lovelace"),
    ("adda", "march"): (3, "nobody here is called 'adda'", "Ada Lovelace"),
    ("ada", "lovelaec"): (3, "nobody here is called 'ada lovelaec'", "Ada Lovelace"),
    ("ada", "lovel", "of", "march"): (2, "'lovel' may belong to the name", "the whole name"),
    ("nobody",): (3, "nobody here is called 'nobody'", "connect people"),
    ("xyz", "march"): (3, "nobody here is called 'xyz'", "connect people"),
    ("banana", "split"): (3, "nobody here is called 'banana split'", "days, or both, like"),
    ("ada", "and", "bob"): (3, "nobody here is called 'ada, bob'", "one at a time: ada, bob"),
    ("ada", "banana"): (2, "'banana' is not a day or a span of days", "last month"),
    ("last", "summer"): (2, "'last summer' has no fixed first", "june to august"),
    ("ada", "last", "summer"): (2, "'last summer' has no fixed first", "june to august"),
    ("tomorrow",): (2, "'tomorrow' is 2026-11-24, which is still to come", "yesterday"),
    ("ada", "2027"): (2, "'2027' is still to come", "yesterday"),
    ("march", "--since", "june"): (2, "'march' already says which days", "leave one"),
    ("ada", "march", "--until", "may"): (2, "and so does --until", "leave one"),
    ("--since", "june", "--until", "march"): (2, "until 'march' is 2026-03-31, before", "year"),
}


@pytest.mark.parametrize("words", NEITHER, ids=" ".join)
def test_what_is_neither_a_person_nor_days_is_refused_with_help(
    words: tuple[str, ...], years: Connect
) -> None:
    """A name like theirs, or what to write instead; 3 for a person, 2 for days."""
    code, said, hint = NEITHER[words]
    ran = years("history", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err.splitlines()[0]
    assert hint in ran.err.splitlines()[1]


def test_days_that_may_be_more_of_a_name_are_days_if_nothing_else(years: Connect) -> None:
    """Where a part of the name is unsure, days that are whole are no question."""
    years("add", "Since Marchetti")
    assert years("history", "since", "march", "until", "june").out.count("\n") == 3
    assert years("history", "since", "marcheti").code == 3


def test_on_a_terminal_the_days_that_were_understood_stand_above(
    years: Connect, terminal: Terminal
) -> None:
    """With the person, and then each day as a heading."""
    child = terminal("history", "ada", "march", "2025")
    child.expect("March 2025, with Ada Lovelace")
    child.expect("Monday 10 March 2025")
    child.expect("coffee .*Ada Lovelace")
    assert finished(child) == 0
    child = terminal("history", "ada", "2024")
    child.expect("2024, with Ada Lovelace")
    child.expect("Nothing logged.")
    assert finished(child) == 0
    assert years("history", "ada", "2024").out == ""
