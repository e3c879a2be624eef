"""The writes of a command, and the derived columns that follow them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.model import Counts, Interaction, Named, Owed
from connect_cli.store import interactions
from connect_cli.store.rows import Rows
from connect_cli.store.writes import Writer
from tests.store.journals import NOW, TODAY
from tests.store.writing import Store, interaction, opened, rows

GONE = "000000000000"


@pytest.mark.parametrize(
    "change",
    [
        lambda here: here.remember(GONE, "tea", "no milk"),
        lambda here: here.change_person(GONE, name="Ada"),
    ],
    ids=["remember", "rename"],
)
def test_a_person_who_was_removed_meanwhile_is_said_in_one_line(
    store: Store, change: Callable[[Rows], None]
) -> None:
    """The journal is sound, and stays as it is."""
    connection, writer = store
    with (
        pytest.raises(ConnectError, match="another command changed this meanwhile"),
        writer.command("remember", "for somebody who is gone", NOW) as here,
    ):
        change(here)
    assert rows(connection, "command") == []


def test_a_promise_and_a_pause_are_kept_and_closed(store: Store) -> None:
    """Closing sets the day; ending a pause cuts it, and drops one that had not begun."""
    connection, writer = store
    with writer.command("promise", "…", NOW) as changes:
        ada = changes.add_person("Ada")
        loop = changes.add_promise(ada, "tea", owed=Owed.ME, made_on=TODAY, due_on=None)
        changes.add_pause(ada, TODAY, None)
        changes.add_pause(ada, TODAY + timedelta(9), TODAY + timedelta(10))
    with writer.command("done", "…", NOW) as changes:
        changes.close_promise(loop, TODAY)
        changes.end_pauses(ada, TODAY + timedelta(2))
    assert connection.execute("SELECT done_on FROM promise").fetchone() == ("2026-11-23",)
    spans = connection.execute("SELECT start_on, end_on FROM pause").fetchall()
    assert spans == [("2026-11-23", "2026-11-25")]


PEOPLE = ("Ada", "Bo", "Cy")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("log", "amend", "delete")),
        st.integers(0, 9),  # which interaction
        st.integers(0, 400),  # days before today: many are backdated
        st.sampled_from(Counts),
        st.sets(st.integers(0, len(PEOPLE) - 1), min_size=1),
    ),
    max_size=12,
)

RECOMPUTED = """SELECT p.name, max(CASE WHEN i.counts = 'yes' THEN i.day END),
  max(CASE WHEN i.counts = 'half' THEN i.day END)
  FROM person p LEFT JOIN participant t ON t.person_id = p.id
  LEFT JOIN interaction i ON i.id = t.interaction_id GROUP BY p.id ORDER BY p.name"""


@given(STEPS)
def test_the_newest_contact_equals_a_recomputation_after_any_commands(
    steps: list[tuple[str, int, int, Counts, set[int]]],
) -> None:
    """Log, backdate, amend, delete, change of participants: the derived columns always follow."""
    with TemporaryDirectory() as folder, opened(Path(folder) / "journal.db") as store:
        connection, writer = store
        with writer.command("add", "…", NOW) as changes:
            people = [Named(changes.add_person(name), name) for name in PEOPLE]
        for verb, which, days, counts, who in steps:
            named = tuple(people[place] for place in sorted(who))
            one = interaction(named, day=TODAY - timedelta(days), counts=counts)
            kept = [
                found.id for found in interactions.interactions(connection, interactions.Wanted())
            ]
            _do(writer, verb, one, kept[which % len(kept)] if kept else None)
            derived = "SELECT name, last_full_on, last_half_on FROM person ORDER BY name"
            assert (
                connection.execute(derived).fetchall() == connection.execute(RECOMPUTED).fetchall()
            )


def _do(writer: Writer, verb: str, one: Interaction, interaction_id: str | None) -> None:
    with writer.command(verb, "…", NOW) as changes:
        if verb == "log" or interaction_id is None:
            changes.add_interaction(one)
        elif verb == "amend":
            changes.change_interaction(
                interaction(one.people, id=interaction_id, day=one.day, counts=one.counts)
            )
        else:
            changes.delete_interaction(interaction_id)


def test_merging_participants_moves_their_contacts(store: Store) -> None:
    """When a participant becomes another person, both people's newest contact follows."""
    connection, writer = store
    with writer.command("log", "…", NOW) as changes:
        ada, bo = changes.add_person("Ada"), changes.add_person("Bo")
        changes.add_interaction(interaction((Named(ada, "Ada"),)))
    with writer.command("merge", "…", NOW) as changes:
        connection.execute("UPDATE participant SET person_id = ?", (bo,))
    found = dict(connection.execute("SELECT name, last_full_on FROM person").fetchall())
    assert found == {"Ada": None, "Bo": "2026-11-23"}
