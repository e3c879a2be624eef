"""Who is kept as offered: by which commands, from which list, and what undo makes of it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.cli.commands import MODULE_OF
from tests.conftest import MORNING, Begin, Connect
from tests.faults.every_command import READING, WRITING, said
from tests.store.damage import change_unrecorded

KEEPS = {"log", "promise", "ask", "tell", "done", "remember"}
"""Commands with which somebody records an interaction, a promise or a detail at the keyboard.

`sweep` does, too, and `inbox` where it asks: nobody is asked here.
"""
NOT_RUN = {"forget", "merge"}
BEGUN = (
    ("add", "Ada Lovelace", "--every", "1w"),
    ("add", "Grace Hopper", "--every", "1m"),
    ("add", "Mary Shelley"),
    ("archive", "mary"),
    ("pause", "grace"),
    ("import", "ELSEWHERE/begun.jsonl", "--yes"),
)
THE_DAY_BEFORE = "2026-11-22T08:00"
EARLY, NEXT = "2026-11-23T07:00", "2026-11-24T08:00"


def offers(path: Path) -> list[tuple[str, str, bool]]:
    """The name and day of everybody who was offered, and if as dormant."""
    with closing(sqlite3.connect(path)) as connection:  # noqa: TID251  # only to look
        found = connection.execute(
            """SELECT p.name, o.day, o.dormant FROM offered o JOIN person p ON p.id = o.person_id
            ORDER BY o.day, p.name"""
        )
        return [(name, day, bool(dormant)) for name, day, dormant in found]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with a card and a copy of another journal."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "card.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Young\nEND:VCARD\n")
    return folder


@pytest.fixture
def day_of_ada(connect: Connect, begin: Begin, journal_file: Path, elsewhere: Path) -> Path:
    """A journal in which Ada is due today, and nothing has been recorded today."""
    begin(*BEGUN[:-1])
    connect(
        "log",
        "coffee with ada: on the engine",
        "--promise",
        "send the book",
        now="2026-11-01T08:00",
    )
    connect("promise", "ada", "send the book", now=THE_DAY_BEFORE)
    with closing(sqlite3.connect(journal_file)) as connection:  # noqa: TID251  # as if untouched
        connection.execute("DELETE FROM offered")
        connection.commit()
    assert connect("today").out.startswith("person\tAda Lovelace")
    (elsewhere / "all.jsonl").write_text(connect("export", "jsonl").out)
    assert connect("backup", str(elsewhere / "other.db"), "--yes").code == 0
    return journal_file


def test_only_what_records_something_at_the_keyboard_keeps_who_was_offered(
    connect: Connect, day_of_ada: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One table over every command: a look, an import, a setting or an undo keeps nobody."""
    monkeypatch.setenv("EDITOR", "true")
    content, ran = day_of_ada.read_bytes(), set()
    for table in (READING, WRITING):
        for words in said(table, day_of_ada, elsewhere):
            day_of_ada.write_bytes(content)
            result = connect(*words)
            name = words[0] if words else "today"
            ran.add(name)
            there = day_of_ada.exists() and name not in ("encrypt", "restore")
            found = offers(day_of_ada) if there and result.code == 0 else []
            wanted = name in KEEPS and result.code == 0
            assert bool(found) is wanted, (words, found, result)
            shutil.rmtree(day_of_ada.parent / "backups", ignore_errors=True)
    assert ran >= set(MODULE_OF) - NOT_RUN


@pytest.mark.parametrize(
    ("first", "next_day"),
    [
        (("log", "coffee with ada"), ["Tom Baker"]),
        (("remember", "grace", "tea: green"), ["Ada Lovelace", "Tom Baker"]),
    ],
    ids=["log", "remember"],
)
def test_the_first_command_of_a_day_keeps_the_list_that_stood_before_it(
    connect: Connect, day_of_ada: Path, first: tuple[str, ...], next_day: list[str]
) -> None:
    """Whoever it is about is on it, and later commands of the day add nobody."""
    connect(*first)
    kept = [("Ada Lovelace", "2026-11-23", False)]
    assert offers(day_of_ada) == kept
    connect("add", "Tom Baker", "--every", "1d")
    connect("log", "tea with grace")
    assert offers(day_of_ada) == kept
    connect("log", "tea with grace", now=NEXT)
    assert offers(day_of_ada)[1:] == [(name, "2026-11-24", False) for name in next_day]


def test_whoever_is_due_and_listed_by_a_promise_was_offered(
    connect: Connect, day_of_ada: Path
) -> None:
    """They stood on the list; somebody who is not due did, too, and was not."""
    connect("promise", "ada", "a postcard", "--by", "today", now=EARLY)
    connect("promise", "grace", "a postcard", "--by", "today", now=THE_DAY_BEFORE)
    with closing(sqlite3.connect(day_of_ada)) as connection:  # noqa: TID251  # only to look
        assert connection.execute("SELECT count(*) FROM promise WHERE due_on").fetchone() == (2,)
    connect("log", "coffee with grace", now="2026-11-25T08:00")
    assert [each for each in offers(day_of_ada) if each[1] == "2026-11-25"] == [
        ("Ada Lovelace", "2026-11-25", False)
    ]


def test_undo_takes_the_offers_back_and_the_next_command_keeps_them(
    connect: Connect, day_of_ada: Path
) -> None:
    """They belong to the command; what it says to be undone are the words that were typed."""
    connect("log", "coffee with grace")
    connect("log", "tea with grace")
    kept = offers(day_of_ada)
    undone = connect("undo", "2", "--yes")
    assert "list" not in undone.out + undone.err
    assert offers(day_of_ada) == []
    connect("redo", "--yes")
    assert offers(day_of_ada) == kept
    connect("undo", "2", "--yes")
    connect("remember", "ada", "tea: green")
    assert offers(day_of_ada) == kept


def test_lines_that_another_program_hands_over_keep_nobody(
    connect: Connect, day_of_ada: Path
) -> None:
    """`log -` from a pipe may run while nobody looks at the list."""
    assert connect("log", "-", stdin="coffee with grace\n").code == 0
    assert offers(day_of_ada) == []
    assert connect("log", "coffee with grace", "--dry-run").code == 0
    assert offers(day_of_ada) == []


def test_somebody_offered_three_times_rests_and_comes_back(
    connect: Connect, day_of_ada: Path
) -> None:
    """After the third offer, for b days; a day without an entry counts for nothing."""

    def is_listed(day: int) -> bool:
        return "person\tAda Lovelace\tdue" in connect("today", now=f"2026-11-{day}T08:00").out

    connect("every", "ada", "3w", now=EARLY)
    connect("log", "coffee with ada", now="2026-10-30T08:00")
    listed = []
    for day in range(23, 30):
        listed.append(is_listed(day))
        if day != 24:
            connect("remember", "grace", f"{day}: tea", now=f"2026-11-{day}T09:00")
    assert listed == [True, True, True, True, False, False, False]
    assert is_listed(30)


def test_the_place_for_somebody_dormant_is_kept_as_such(
    connect: Connect, journal_file: Path
) -> None:
    """It is theirs all day; then nobody has it before Friday, and then it is somebody else."""
    for name in ("Ada", "Bo"):
        connect("log", f"coffee with {name}", "--new", now="2026-01-05T08:00")
        connect("every", name, "1w", now="2026-01-05T08:00")

    def listed(now: str) -> list[str]:
        lines = connect("today", now=now).out.splitlines()
        return [line.split("\t")[1] for line in lines if line.startswith("person")]

    (first,) = listed(MORNING)
    connect("remember", first, "tea: green")
    assert offers(journal_file) == [(first, "2026-11-23", True)]
    assert listed("2026-11-23T20:00") == [first]
    assert listed(NEXT) == []
    (other,) = listed("2026-11-27T08:00")
    assert {first, other} == {"Ada", "Bo"}


def test_a_damaged_journal_keeps_nobody_as_offered_and_is_written_all_the_same(
    connect: Connect, day_of_ada: Path
) -> None:
    """The list cannot be read, but what was said is kept."""
    spoilt = "UPDATE person SET first_on = 'soon' WHERE name = 'Grace Hopper'"
    change_unrecorded(day_of_ada, "PRAGMA ignore_check_constraints = ON", spoilt)
    assert connect("today").code == 5
    assert connect("log", "coffee with ada: on the loom").code == 0
    assert offers(day_of_ada) == []
    assert "on the loom" in connect("history").out
