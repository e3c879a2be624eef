"""Three machines that keep one journal come to hold the same, whatever happens to each of them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.store import schema
from tests.journal.commands import PEOPLE, VERBS, check_index
from tests.sync.machines import VERB, Machine, settle
from tests.sync.test_jsonl import derived, recomputed

WHICH = st.integers(0, 2)
Event = tuple[object, ...]
DOES = st.tuples(
    st.just("do"),
    WHICH,
    st.tuples(
        st.one_of(
            st.sampled_from(("log", "merge", "edit", "undo", "delete", "amend")),
            st.sampled_from((*VERBS, "undo", "redo")),
        ),
        st.integers(0, len(PEOPLE) - 1),
        st.integers(0, 11),
    ),
)
GIVES = st.tuples(st.just("give"), WHICH)
TAKES = st.tuples(st.just("take"), WHICH, st.integers(0, 9), st.none() | st.integers(1, 9))
AGAIN = st.tuples(st.just("again"), WHICH, st.integers(0, 99))
EVENTS = st.lists(st.one_of(DOES, DOES, GIVES, TAKES, TAKES, AGAIN), min_size=3, max_size=40)
KNOWN: list[Event] = [
    *(("do", 0, ("add", who, who)) for who in range(len(PEOPLE))),
    *(("give", 0), ("take", 1, 0, None), ("take", 2, 0, None)),
]
"""Everybody is known to all machines; otherwise each has people of its own with the same names."""


@contextmanager
def machines(chance: Random, several: int = 3) -> Iterator[list[Machine]]:
    """Machines with empty journals. chance: decides the ids, so that an example can be repeated."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(schema, "secrets", chance)
        opened = [Machine(Path(folder), place) for place in range(several)]
        yield opened
        for machine in opened:
            machine.close()


def happen(all_of_them: Sequence[Machine], events: Sequence[Event]) -> None:
    """Let these things happen, one after the other."""
    for what, which, *more in events:
        machine = all_of_them[which]
        if what == "do":
            machine.do(more[0])
        elif what == "give":
            machine.give()
        else:
            given = [one for each in all_of_them if each is not machine for one in each.segments]
            if what == "again":
                given = [one for one in given if one.number <= machine.taken[one.machine]]
                if given:
                    machine.take(given[more[0] % len(given)])
            else:
                ready = [one for one in given if machine.can_take(one)]
                if ready:
                    machine.take(ready[more[0] % len(ready)], more[1])


def check(all_of_them: Sequence[Machine]) -> None:
    """All hold the same, nothing hangs in the air, and nothing is gone that nobody took away."""
    settle(all_of_them)
    first, *others = (machine.lines() for machine in all_of_them)
    for lines in others:
        assert first == lines
    for machine in all_of_them:
        check_index(machine.journal.connection)
        assert derived(machine.journal.connection) == recomputed(machine.journal.connection)
    check_nothing_vanished(all_of_them)


def check_nothing_vanished(all_of_them: Sequence[Machine]) -> None:
    """What a command added and no command ever touched again is on all machines, as it was."""
    added: dict[tuple[str, str], str] = {}
    touched: set[tuple[str, str]] = set()
    for machine in all_of_them:
        for table, row_id, is_new, after in machine.journal.connection.execute(_OWN, (VERB,)):
            if is_new:
                added[table, row_id] = after
            else:
                touched.add((table, row_id))
    for (table, row_id), after in added.items():
        if (table, row_id) not in touched:
            connection = all_of_them[0].journal.connection
            names = ", ".join(schema.columns(table))
            sql = f"SELECT {names} FROM {table} WHERE id = ?"
            (found,) = connection.execute(sql, (row_id,)).fetchall()
            said = json.loads(after)
            assert list(found) == [said[name] for name in schema.columns(table)]


_OWN = """SELECT r.table_name, r.row_id, r.before IS NULL, r.after
  FROM record AS r JOIN command AS k ON k.seq = r.command_seq
  WHERE k.verb <> ? AND r.table_name IN ('interaction', 'promise', 'pause', 'saving')
  ORDER BY r.seq"""


@settings(max_examples=10)
@given(
    begun=st.sampled_from((KNOWN, KNOWN, KNOWN, [])),
    events=EVENTS,
    seed=st.integers(0, 2**32),
)
def test_machines_that_have_seen_all_hold_the_same(
    begun: list[Event], events: list[Event], seed: int
) -> None:
    """Whatever each did, and however late, often or half what the others gave arrived."""
    with machines(Random(seed)) as all_of_them:  # noqa: S311  # nothing here is secret
        happen(all_of_them, [*begun, *events])
        check(all_of_them)
