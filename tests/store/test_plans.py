"""What a command asks of the journal: never all interactions, and not more as it grows."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from connect_cli.cli import prompt
from connect_cli.journal import (
    balance,
    cadence,
    coming_days,
    history,
    log,
    review,
    selection,
    today,
    undo,
    year_map,
)
from connect_cli.journal import card as journal_card
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.time_for import time_for
from connect_cli.language.words import has_words
from connect_cli.model import Named
from connect_cli.reviews import Span
from connect_cli.safety import doctor
from connect_cli.settings import Settings
from connect_cli.store import machines, search
from connect_cli.store.machines import Mine
from connect_cli.sync import glance
from connect_cli.sync.folder import Folder
from tests.benchmarks.sizes import Size
from tests.benchmarks.world import write
from tests.conftest import MORNING

SMALL, LARGE, LONG_KEPT = Size(20, 200, 2), Size(200, 4_000, 8), Size(200, 16_000, 8)
A_STEP = 100
"""So many instructions of SQLite's machine are counted as one step."""

LONG = ("interaction", "participant", "tag", "change", "seen", "command")
"""Tables that grow with the years."""

Verb = Callable[[Journal], object]


def _glance(journal: Journal) -> bool:
    """`sync` with nothing new: in a folder where nobody else has given anything."""
    connection = journal.connection
    mine = Mine("journal", "machine", given=machines.newest_change(connection))
    folder = Folder(journal.context.path.parent)
    return glance.is_quiet(connection, folder, mine, "laptop", journal.context.now)


A_YEAR = Span(date(2025, 11, 24), date(2026, 11, 23))
VERBS: dict[str, Verb] = {
    "today": today.today,
    "show": lambda journal: journal_card.card(journal, journal.named("Ada Lovelace")),
    "people ada": lambda journal: selection.standings(journal, ["ada"]),
    "history --limit 20": lambda journal: history.history(journal, limit=20),
    "review year": lambda journal: review.review(journal, A_YEAR),
    "review year --map": lambda journal: year_map.year_map(journal, A_YEAR),
    "review year --map --with ada": lambda journal: year_map.year_map(
        journal, A_YEAR, "Ada Lovelace"
    ),
    "review year --map --tag work": lambda journal: year_map.year_map(journal, A_YEAR, tag="work"),
    "history ada --limit 20": lambda journal: history.history(
        journal, history.asked(journal, ["Ada Lovelace"]), limit=20
    ),
    "history ada --until --limit 20": lambda journal: history.history(
        journal, history.asked(journal, ["Ada", "Lovelace"], until="2026-11-01"), limit=20
    ),
    "history 2026-11": lambda journal: history.history(
        journal, history.asked(journal, ["2026-11"]), limit=20
    ),
    "export page": coming_days.coming_days,
    "search": lambda journal: history.search(journal, "xylophone", 50),
    "log": lambda journal: log.log(journal, "Coffee with Ada Lovelace 45m: told of Boston"),
    "saved": lambda journal: balance.save(journal, balance.read_saving(journal, "40m the report")),
    "saved, what it is for": lambda journal: time_for(journal, 45),
    "balance": lambda journal: balance.balance(journal, balance.usual_span(journal.today_is)),
    "prompt": lambda journal: prompt._told(journal.connection),
    "Tab at a name": lambda journal: list(search.spellings(journal.connection, "ad")),
    "sync with nothing new": _glance,
    "Tab at a machine": lambda journal: machines.others(journal.connection),
    "Tab at a tag": lambda journal: list(search.tags(journal.connection, "")),
    "Tab at a promise": lambda journal: list(search.open_promises(journal.connection, "")),
    "Tab at an interaction": lambda journal: list(
        search.newest_interactions(journal.connection, "")
    ),
}


@contextmanager
def _journal(path: Path) -> Iterator[Journal]:
    moment = datetime.fromisoformat(MORNING).astimezone()
    with closing(Journal(Context(path, moment, Settings(), Silent()))) as journal:
        yield journal


def _write(path: Path, size: Size) -> None:
    """A made-up journal in which nobody meets Ada more often than planned.

    That would cost her card a look at everybody: it is only said while there is room for it.
    """
    write(path, size)
    with _journal(path) as journal:
        cadence.every(journal, "Ada Lovelace", "1d")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small and a large journal."""
    folder = tmp_path_factory.mktemp("worlds")
    for name, size in (("small", SMALL), ("large", LARGE)):
        _write(folder / name, size)
    return folder / "small", folder / "large"


def _statements(path: Path, verb: Verb) -> list[str]:
    """What a verb runs on a journal that is open, with its values put in."""
    ran: list[str] = []
    with _journal(path) as journal:
        journal.connection.execute("SELECT 1")
        journal.connection.set_trace_callback(ran.append)
        verb(journal)
        journal.connection.set_trace_callback(None)
    return [" ".join(each.split()) for each in ran if not each.startswith("--")]


MOST = {"show": 24, "log": 40, "today": 18, "review year": 26, "export page": 34}


@pytest.mark.parametrize("name", VERBS)
def test_a_command_runs_as_many_statements_in_a_large_journal(
    worlds: tuple[Path, Path], name: str
) -> None:
    """Ten times the people and twenty times the interactions are not one query more.

    One of them asks for the circles.
    """
    small, large = (_statements(path, VERBS[name]) for path in worlds)
    nothing_found = 2 if name == "review year" else 0  # of no conversation, neither people nor tags
    assert len(large) - nothing_found <= len(small) <= len(large)
    assert len(large) <= MOST.get(name, 16)


READS = [name for name in VERBS if name not in ("log", "saved")]
ADDS_UP = {"balance", *(name for name in VERBS if name.startswith("review"))}
"""What adds up a span of days: as much as happened then, from an index alone."""

FIRST_BY_NUMBER = "ORDER BY seq LIMIT 1"
"""Takes the first row of a table, and stops."""


@pytest.fixture(scope="module")
def long_kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with as many people as the large one, and four times the interactions."""
    path = tmp_path_factory.mktemp("long") / "kept"
    _write(path, LONG_KEPT)
    return path


def _steps(path: Path, verb: Verb) -> int:
    """How much SQLite does for a verb: the same on every machine."""
    steps: list[None] = []
    with _journal(path) as journal:
        journal.connection.set_progress_handler(lambda: steps.append(None), A_STEP)
        verb(journal)
        journal.connection.set_progress_handler(None, 0)
    return len(steps)


@pytest.mark.parametrize("name", [name for name in READS if name not in ADDS_UP])
def test_a_read_does_as_much_after_four_times_the_years(
    worlds: tuple[Path, Path], long_kept: Path, name: str
) -> None:
    """With as many people, the interactions that are long past cost nothing, or next to nothing."""
    assert _steps(long_kept, VERBS[name]) <= 1.5 * _steps(worlds[1], VERBS[name]) + 5


def test_the_count_of_steps_can_fail(worlds: tuple[Path, Path], long_kept: Path) -> None:
    """To look through all interactions takes as many more steps as there are more of them."""
    few, many = (
        _steps(path, lambda journal: journal.connection.execute(ALL).fetchone())
        for path in (worlds[1], long_kept)
    )
    assert many > 3 * few


ALL = "SELECT count(*) FROM interaction WHERE note LIKE '%x%'"


@pytest.mark.parametrize("name", READS)
def test_a_read_never_walks_through_all_interactions(worlds: tuple[Path, Path], name: str) -> None:
    """Every query finds its interactions by an index, or takes the first of one and stops."""
    _, large = worlds
    with _journal(large) as journal:
        journal.connection.create_function("has_words", 1, has_words)  # as a review does
        for statement in _statements(large, VERBS[name]):
            if not statement.startswith(("SELECT", "WITH")) or FIRST_BY_NUMBER in statement:
                continue
            steps = [
                row[3] for row in journal.connection.execute(f"EXPLAIN QUERY PLAN {statement}")
            ]
            walked = [step for step in steps if _walks(step)]
            assert not walked or re.search(r"LIMIT (20|200)\b", statement), (statement, steps)
            assert not any("INDEX" not in step for step in walked), (statement, steps)


def _walks(step: str) -> bool:
    """Whether a step of a plan goes through a whole table that grows with the years."""
    names = {"i": "interaction", "e": "interaction", "t": "participant", "s": "seen"}
    words = step.split()
    if "interaction_uncounted" in words:
        return False  # it has the few that do not count as contact
    return words[0] == "SCAN" and names.get(words[1], words[1]) in LONG


def test_the_check_of_plans_can_fail(worlds: tuple[Path, Path]) -> None:
    """A look for a piece of a note does walk through them all."""
    with _journal(worlds[1]) as journal:
        sql = "EXPLAIN QUERY PLAN SELECT id FROM interaction i WHERE note LIKE '%x%'"
        assert any(_walks(row[3]) for row in journal.connection.execute(sql))


def test_a_made_up_world_is_well(worlds: tuple[Path, Path]) -> None:
    """The worlds of the benchmarks are journals as the program itself would have kept them."""
    with _journal(worlds[1]) as journal:
        found = {finding.what for finding in doctor.examine(journal).findings}
    assert found <= {"seen by others", "no copy", "no copies"}


def test_the_index_by_day_agrees_with_the_interactions(worlds: tuple[Path, Path]) -> None:
    """`seen` holds each person's interactions, and follows when one moves, goes or comes back."""
    with _journal(worlds[0]) as journal:
        ada = journal.named("Ada Lovelace")
        for verb in _changing(ada):
            verb(journal)
            wanted = journal.connection.execute(
                """SELECT t.person_id, i.day, i.seq FROM participant t
                JOIN interaction i ON i.id = t.interaction_id ORDER BY 1, 2, 3"""
            ).fetchall()
            found = journal.connection.execute("SELECT * FROM seen ORDER BY 1, 2, 3").fetchall()
            assert found == wanted


def _changing(ada: Named) -> list[Verb]:
    from connect_cli.journal.drafts import LogOptions

    return [
        lambda journal: log.log(journal, "Coffee with Ada Lovelace 3 days ago"),
        lambda journal: log.amend(journal, log.interaction(journal), LogOptions(on="yesterday")),
        lambda journal: log.amend(
            journal, log.interaction(journal), LogOptions(people=(_other(journal, ada),))
        ),
        lambda journal: log.delete(journal, log.interaction(journal)),
        lambda journal: undo.undo(journal, undo.undoable(journal, "1")),
    ]


def _other(journal: Journal, ada: Named) -> str:
    return next(known.name for known in journal.known() if known.id != ada.id)
