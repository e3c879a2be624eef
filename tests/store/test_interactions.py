"""Interactions as they are read: the newest first, narrowed, and with people in their order."""

from pathlib import Path

import pytest

from connect_cli.errors import ExitCode
from connect_cli.model import Named
from connect_cli.store import interactions
from tests.cli.test_today import history
from tests.conftest import Connect
from tests.store.garbage import columns, write
from tests.store.journals import NOW
from tests.store.writing import Store, interaction


def test_history_is_newest_first_and_can_be_narrowed(connect: Connect) -> None:
    """By person, day, kind, tag and number, alone or together."""
    connect("log", "coffee with Ada: one #work", "--new", "--on", "2026-03-01")
    connect("log", "called Bo: two", "--new", "--on", "2026-11-01")
    connect("log", "coffee with Ada and Bo: three #Work", "--on", "2026-10-01")
    notes = [one["note"] for one in history(connect)]
    assert notes == ["two", "three #Work", "one #work"]
    for words, wanted in (
        (("ada",), notes[1:]),
        (("--since", "october"), notes[:2]),
        (("--until", "october"), notes[1:]),
        (("ada", "--until", "march"), notes[2:]),
        (("--kind", "calls"), notes[:1]),
        (("--tag", "work"), notes[1:]),
        (("--limit", "1"), notes[:1]),
        (("bo", "--kind", "coffee", "--since", "2026"), notes[1:2]),
    ):
        assert [one["note"] for one in history(connect, *words)] == wanted


@pytest.mark.parametrize("time", ["000000000000", "1500", "T1500", "15:00:00", "15:00+01"])
def test_a_time_that_only_python_reads_is_damage(
    connect: Connect, journal_file: Path, time: str
) -> None:
    """The journal writes hours and minutes."""
    connect("log", "coffee with Ada", "--new")
    (column,) = (one for one in columns() if (one.table, one.name) == ("interaction", "time"))
    write(journal_file, column, time)
    ran = connect("history")
    assert ran.code == ExitCode.JOURNAL
    assert "interaction.time" in ran.err


def test_interactions_of_one_day_keep_their_order(connect: Connect) -> None:
    """Written down later means shown first, among those of a day."""
    for word in ("first", "second", "third"):
        connect("log", f"called Ada: {word}", "--new")
    assert [one["note"] for one in history(connect)] == ["third", "second", "first"]


def test_the_order_in_which_people_were_named_is_kept(store: Store) -> None:
    """Coffee with Cy and Ada is not coffee with Ada and Cy, and a change of order is kept too."""
    connection, writer = store
    with writer.command("log", "…", NOW) as changes:
        ada, cy = (Named(changes.add_person(name), name) for name in ("Ada", "Cy"))
        first = changes.add_interaction(interaction((cy, ada)))
    assert interactions.by_id(connection, [first])[0].people == (cy, ada)
    with writer.command("amend", "…", NOW) as changes:
        changes.change_interaction(interaction((ada, cy), id=first))
    assert interactions.by_id(connection, [first])[0].people == (ada, cy)
