"""`connect prompt`: a few words or none, never an error, never a file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import MORNING, Connect


def test_without_a_journal_it_says_nothing_and_makes_nothing(
    process: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """A prompt comes up everywhere, on machines without a journal too."""
    before = set(tmp_path.rglob("*"))
    ran = process("prompt")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert set(tmp_path.rglob("*")) == before


def test_it_counts_the_people_who_are_left_today(connect: Connect, process: Connect) -> None:
    """As many as today lists, until they are done; then nothing."""
    for name in ("Ada Lovelace", "Grace Hopper"):
        connect("log", "--new", f"call with {name}")
        connect("every", name, "1w")
    later = "2026-12-01T08:00"
    env = {"CONNECT_NOW": later}
    assert connect("today", now=later).out.count("person\t") == 2
    assert process("prompt", env=env).out == "2 left\n"
    connect("log", "coffee with ada", now=later)
    assert process("prompt", env=env).out == "1 left\n"
    connect("log", "coffee with grace", now=later)
    assert process("prompt", env=env).out == ""


def test_a_birthday_is_said(connect: Connect, process: Connect) -> None:
    """Of two the names, of more the number; without whoever is archived."""
    connect("add", "Ada Lovelace", "--birthday", "1815-11-23")
    assert process("prompt").out == "Ada Lovelace's birthday\n"
    for number in range(2):
        connect("add", f"Twin {number}", "--birthday", "11-23")
    assert process("prompt").out == "3 birthdays\n"
    connect("archive", "ada")
    assert process("prompt").out == "Twin 0's birthday, Twin 1's birthday\n"


@pytest.mark.parametrize(("moment", "said"), [("2027-02-28", True), ("2028-02-28", False)])
def test_a_birthday_on_29_february_is_said_on_the_day_it_falls_on(
    connect: Connect, process: Connect, moment: str, said: bool
) -> None:
    """In other years it is the day before, as on today's list."""
    connect("add", "Leap Day", "--birthday", "2000-02-29")
    out = process("prompt", env={"CONNECT_NOW": f"{moment}T08:00"}).out
    assert ("birthday" in out) is said


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _noise(path: Path) -> None:
    path.write_bytes(b"no journal" * 1000)


def _newer(path: Path) -> None:
    with closing(sqlite3.Connection(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def _older(path: Path) -> None:
    with closing(sqlite3.Connection(path)) as connection:
        connection.execute("PRAGMA user_version = 1")


@pytest.mark.parametrize("harm", [_empty, _noise, _newer, _older])
def test_a_journal_that_is_not_well_says_nothing(
    connect: Connect, process: Connect, journal_file: Path, harm: Callable[[Path], None]
) -> None:
    """No error in a prompt, and nothing is mended or brought up to date from there."""
    connect("add", "Ada Lovelace", "--every", "1w")
    harm(journal_file)
    content = journal_file.read_bytes()
    ran = process("prompt")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert journal_file.read_bytes() == content


@pytest.mark.parametrize(
    "env",
    [{"CONNECT_NOW": "whenever"}, {"CONNECT_JOURNAL": "~nobody/journal.db"}],
    ids=["moment", "place"],
)
def test_surroundings_that_are_wrong_say_nothing(process: Connect, env: dict[str, str]) -> None:
    """The next command says what is wrong."""
    ran = process("prompt", env=env)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_journal_that_is_held_is_not_waited_for(
    connect: Connect, process: Connect, journal_file: Path
) -> None:
    """Somebody who writes does not keep the prompt: it reads what was there before."""
    connect("add", "Ada Lovelace", "--every", "1w")
    with closing(sqlite3.Connection(journal_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert process("prompt").out == "1 left\n"


def test_another_journal_can_be_named(connect: Connect, tmp_path: Path) -> None:
    """`connect --journal FILE prompt` looks there, and help knows the command."""
    connect("--journal", str(tmp_path / "other.db"), "add", "Ada Lovelace", "--every", "1w")
    assert connect("--journal", str(tmp_path / "other.db"), "prompt").out == "1 left\n"
    assert connect("prompt", now=MORNING).out == ""
    assert "  prompt " in connect("help", "keeping").out


def test_a_name_cannot_paint_the_prompt(connect: Connect, process: Connect) -> None:
    """Control characters stand as escapes, as everywhere."""
    connect("add", "Ada\u202eLovelace", "--birthday", "11-23")
    assert "\u202e" not in process("prompt").out
