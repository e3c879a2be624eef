"""The demo: a believable year, the same every time, beside the real journal."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connect_cli.journal import history, memory, selection, today
from connect_cli.journal.answers import Silent
from connect_cli.journal.demo import fill, read_world
from connect_cli.journal.journal import Context, Journal
from connect_cli.language.cadences import read_cadence
from connect_cli.language.logline import read_line
from connect_cli.language.names import Known, Names
from connect_cli.model import Cadence, Kind, Owed
from connect_cli.settings import Settings
from connect_cli.views import State
from tests.conftest import Connect

WORLD = read_world()
LINES = WORLD["journal"]["year"].splitlines()
NAMES = Names(
    Known(person["name"], person["name"], tuple(person.get("aliases", ())))
    for person in WORLD["people"]
)
TODAY = date(2026, 11, 23)


def _filled(path: Path, day: str) -> Journal:
    now = datetime.fromisoformat(f"{day}T08:00").astimezone()
    journal = Journal(Context(path, now, Settings(), Silent()))
    fill(journal)
    return journal


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """The demo as it is on the usual morning, to be looked at only."""
    journal = _filled(tmp_path_factory.mktemp("demo") / "journal.db", "2026-11-23")
    yield journal
    journal.close()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the demo's throw-away journals go in a test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _made(temporary: Path) -> Path:
    (made,) = temporary.iterdir()
    return made


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.partition(":")[0])
def test_every_line_is_one_that_connect_understands(line: str) -> None:
    """The year is told in log lines: nothing in their heads is left unread or unknown."""
    reading = read_line(line, TODAY, NAMES)
    assert all(mention.found for mention in reading.mentions)
    assert reading.mentions
    assert not reading.unread
    assert reading.kind is not Kind.OTHER or reading.tried
    assert reading.day < TODAY or "today" in line


def test_the_year_is_written_newest_first() -> None:
    """It reads as `connect history` would show it."""
    days = [read_line(line, TODAY, NAMES).day for line in LINES]
    assert days == sorted(days, reverse=True)


def test_an_energy_is_that_of_a_conversation_in_the_year(filled: Journal) -> None:
    """Each day that is given one has a conversation, and only these have one."""
    given = {
        TODAY - timedelta(days=ago): energy
        for energy, days in WORLD["journal"]["energy"].items()
        for ago in days
    }
    kept = {one.day: one.energy for one in history.history(filled) if one.energy}
    assert kept == given


def test_every_cadence_and_promise_is_about_somebody() -> None:
    """What the table says of people is said of people in the table, in words that are known."""
    assert all(NAMES.find(promise["with"]).person for promise in WORLD["promises"])
    assert all(read_cadence(one["every"]) for one in WORLD["people"] if "every" in one)


@pytest.mark.parametrize(
    "day",
    [
        *(pytest.param(day, marks=pytest.mark.slow) for day in ("2027-03-02", "2028-02-27")),
        *("2028-02-29", "2026-12-31"),
    ],
)
def test_the_list_is_full_on_any_day(tmp_path: Path, day: str) -> None:
    """A birthday soon, a promise due, two people to be in touch with, and one done already."""
    with closing(_filled(tmp_path / "journal.db", day)) as journal:
        view = today.today(journal)
    assert [near.occasion.person.name for near in view.plan.occasions] == ["Amara Diallo"]
    assert [promise.person.name for promise in view.plan.promises] == ["Kofi Mensah"]
    assert [person.name for person in view.plan.done] == ["Kofi Mensah"]
    assert [row.suggestion.person.name for row in view.rows] == ["Zoë Okafor", "José Almeida"]
    assert all(row.last and row.last.note and row.details for row in view.rows)
    assert {loop.owed for row in view.rows for loop in row.promises} == set(Owed)


def test_every_state_can_be_looked_at(filled: Journal) -> None:
    """Whoever plays with the demo finds people in each state there is."""
    archived = selection.Selection(states=(State.ARCHIVED,))
    rows = [*selection.standings(filled), *selection.standings(filled, (), archived)]
    assert {row.due.state for row in rows} == set(State)
    assert not all(isinstance(row.person.cadence, Cadence) for row in rows if row.person.cadence)


def test_there_is_a_handful_of_people_due(filled: Journal) -> None:
    """More are due than the day has room for, so that the choice is seen."""
    rows = selection.standings(filled)
    due = [row for row in rows if row.due.state in (State.DUE, State.WAITING)]
    assert 5 <= len(due) <= 8
    assert 24 <= len(rows) <= 28


def test_the_same_day_gives_the_same_journal(filled: Journal, tmp_path: Path) -> None:
    """But for the ids, which are drawn by chance."""
    with closing(_filled(tmp_path / "journal.db", "2026-11-23")) as again:
        assert _told(again) == _told(filled)


def _told(journal: Journal) -> list[Any]:
    interactions = [
        (one.day, one.kind, [person.name for person in one.people], one.minutes, one.note)
        for one in history.history(journal)
    ]
    loops = [(one.person.name, one.text, one.due_on) for one in memory.promises(journal, kept=True)]
    return [interactions, loops]


def test_it_is_one_command(filled: Journal) -> None:
    """It is written in one transaction, so that it can be taken back at once."""
    verbs = filled.connection.execute("SELECT verb FROM command").fetchall()
    assert verbs == [("demo",)]


def test_demo_shows_today_in_a_private_journal_of_its_own(
    connect: Connect,
    temporary: Path,
    journal_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The list is data; how to keep playing is said beside it, and works.

    Neither the usual journal is touched nor one that CONNECT_JOURNAL names.
    """
    monkeypatch.setenv("CONNECT_JOURNAL", str(tmp_path / "mine.db"))
    ran = connect("demo")
    journal = _made(temporary) / "journal.db"
    assert ran.code == 0
    assert "Zoë Okafor" in ran.out
    assert f"export CONNECT_JOURNAL={journal}" in ran.err
    assert "oat flat white" in connect("--journal", str(journal), "show", "zoë").out
    assert not journal_file.exists()
    assert not (tmp_path / "mine.db").exists()
    assert _made(temporary).stat().st_mode & 0o777 == 0o700
    assert journal.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (".venv/bin/connect", ".venv/bin/connect show zoë"),
        ("/usr/local/bin/connect", "  connect show zoë"),
        ("/lib/connect_cli/__main__.py", "  connect show zoë"),
    ],
)
def test_demo_says_connect_as_it_was_typed(
    connect: Connect, temporary: Path, monkeypatch: pytest.MonkeyPatch, typed: str, shown: str
) -> None:
    """Right after the set-up command, connect is not on PATH yet."""
    monkeypatch.setattr("connect_cli.cli.setup.fill", lambda _: 26)
    monkeypatch.setattr("sys.argv", [typed, "demo"])
    assert shown in connect("demo").err
    assert _made(temporary).is_dir()


def test_demo_refuses_a_named_journal(connect: Connect, temporary: Path, tmp_path: Path) -> None:
    """`--journal FILE` would promise that the demo is put there."""
    ran = connect("--journal", str(tmp_path / "mine.db"), "demo")
    assert ran.code == 2
    assert "leave out --journal" in ran.err
    assert not list(temporary.iterdir())


def test_demo_is_discreet_when_asked(connect: Connect, temporary: Path) -> None:
    """Even people who do not exist keep their secrets on a shared screen."""
    ran = connect("--discreet", "demo")
    assert "Zoë Okafor" in ran.out
    assert not re.search("Mill Lane|roofer", ran.out)
    assert _made(temporary).is_dir()
