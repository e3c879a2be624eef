"""Three machines that keep one journal come to hold the same, whatever happens to each of them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from connect_cli.store import schema
from connect_cli.sync.jsonl import IncomingRow
from connect_cli.sync.merge import Importer
from tests.journal.commands import PEOPLE, VERBS, check_index
from tests.sync.machines import VERB, Machine, settle
from tests.sync.test_jsonl import derived, recomputed

WHICH = st.integers(0, 2)
Event = tuple[Any, ...]
DOES = st.tuples(
    st.just("do"),
    WHICH,
    st.tuples(
        st.one_of(
            st.sampled_from(("log", "merge", "edit", "undo", "delete", "amend")),
            st.sampled_from((*VERBS, "undo", "redo")),
        ),
        st.sampled_from((0, 0, 1, 1, *range(len(PEOPLE)))),  # rather the same few: they meet
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
            if is_new and (table, row_id) not in added:
                added[table, row_id] = after
            else:  # or two machines imported the same, so that it has one id
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


# To make an example smaller would take minutes: each one is three journals.
@settings(
    max_examples=settings().max_examples // 2, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
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


def names(machine: Machine) -> list[str]:
    """The names of everybody on a machine."""
    return sorted(str(line["name"]) for line in told(machine, "person"))


def told(machine: Machine, sort: str) -> list[dict[str, Any]]:
    """The lines of one type that a machine would export."""
    return [line for line in map(json.loads, machine.lines()) if line["type"] == sort]


def gone(machine: Machine, table: str) -> list[str]:
    """The ids of the deleted rows of a table."""
    return [str(line["id"]) for line in told(machine, "gone") if line["of"] == table]


LOGGED = [*KNOWN, ("do", 0, ("log", 0, 0)), ("give", 0), ("take", 1, 0, None), ("take", 2, 0, None)]
"""All machines also hold one interaction with Ada, with one tag, and a detail of hers."""


def test_a_tag_dies_with_its_interaction_wherever_it_was_added() -> None:
    """Deleted by a clock that is ahead; what another machine tagged since is gone on all of them.

    The one that deleted it hears of the tag when the interaction is no longer there.
    """
    with machines(Random(1)) as three:  # noqa: S311  # nothing here is secret
        happen(three, [*LOGGED, ("do", 0, ("amend", 0, 2)), ("give", 0)])
        happen(three, [("do", 1, ("delete", 0, 0)), ("give", 1), ("take", 2, 1, None)])
        assert len(told(three[0], "tag")) == 1
        assert len(gone(three[1], "tag")) == 1
        check(three)
        assert told(three[0], "interaction") == []
        assert told(three[0], "tag") == []
        assert len(gone(three[0], "tag")) == 2


@pytest.mark.parametrize("first", [0, 1], ids=["keeps them", "brings them back"])
def test_somebody_who_was_joined_elsewhere_stays_for_what_was_logged_with_them(first: int) -> None:
    """Bo became Ada on one machine, another one met Bo meanwhile: he is kept with that meeting.

    Whoever hears of the other first; the third machine, which only listened, holds the same.
    """
    with machines(Random(2)) as three:  # noqa: S311  # nothing here is secret
        happen(three, [*LOGGED, ("do", 1, ("merge", 0, 1)), ("do", 0, ("log", 1, 1))])
        happen(three, [("give", 1 - first), ("take", first, 0, None)])
        assert names(three[first]) == sorted(PEOPLE)
        check(three)
        bo = next(line for line in told(three[2], "person") if line["name"] == PEOPLE[1])
        (met,) = (line for line in told(three[2], "interaction") if bo["id"] in line["people"])
        assert met["note"] == "note 1 #work"


def test_a_row_that_went_to_somebody_else_does_not_bring_its_old_owner_back() -> None:
    """Bo became Ada on one machine, another one edited his detail: it is Ada's, he is gone."""
    with machines(Random(3)) as three:  # noqa: S311  # nothing here is secret
        happen(three, [*KNOWN, ("do", 0, ("remember", 1, 0)), ("give", 0), ("take", 1, 0, None)])
        happen(three, [("do", 0, ("remember", 1, 2)), ("do", 1, ("merge", 0, 1)), ("give", 1)])
        check(three)
        assert PEOPLE[1] not in names(three[2])
        assert [line["value"] for line in told(three[2], "detail")] == ["value 2"]


def test_what_was_taken_and_undone_is_undone_on_every_machine() -> None:
    """An undone take is a change like any other, and so is an undone import of a copy."""
    with machines(Random(4)) as three:  # noqa: S311  # nothing here is secret
        happen(three, [*LOGGED, ("do", 1, ("undo", 0, 0)), ("do", 2, ("meet", 0, 3)), ("give", 2)])
        happen(three, [("take", 0, 0, None), ("do", 2, ("undo", 0, 0))])
        assert len(told(three[0], "interaction")) == 2
        check(three)
        assert told(three[0], "interaction") == []


P, Q, SMALL, GREAT = "p" * 12, "q" * 12, "a" * 12, "b" * 12


def at(minute: int) -> str:
    """A moment of the morning."""
    return f"2026-11-23T08:{minute:02}:00.000+00:00"


def stated(table: str, row_id: str, minute: int, /, **row: object) -> IncomingRow:
    """A row that was said as a whole at one moment."""
    whole = dict.fromkeys(schema.columns(table)) | {"id": row_id} | row
    return IncomingRow(table, whole, dict.fromkeys(schema.TRAVELS[table], at(minute)))


def person(row_id: str, minute: int) -> IncomingRow:
    """Somebody, as another machine tells of them."""
    return stated("person", row_id, minute, name=row_id[:2], created_at=at(0))


def city(row_id: str, person_id: str, minute: int, label: str = "city") -> IncomingRow:
    """Where somebody lives, or another detail."""
    return stated("detail", row_id, minute, person_id=person_id, label=label, value=row_id[:2])


def met(row_id: str, minute: int, *people: str) -> IncomingRow:
    """A conversation with people."""
    row = {"day": "2026-11-23", "kind": "coffee", "counts": "yes", "tried": False, "note": "tea"}
    more = {"entered": "", "recorded_at": at(minute), "people": list(people)}
    return stated("interaction", row_id, minute, **row, **more)


def taken(
    machine: Machine,
    rows: Sequence[IncomingRow] = (),
    gone: Sequence[tuple[str, str, str]] = (),
    orders: Sequence[str] = (),
) -> Importer:
    """Let a machine take this, and answer what came of it."""
    with machine.journal.write(VERB, "by hand"):
        importer = Importer(machine.journal.connection, lambda: None)
        importer.obey(orders)
        for each in rows:
            importer.merge(each.table, [each])
        importer.delete(gone)
        importer.merge_postponed()
    return importer


@pytest.fixture
def machine() -> Iterator[Machine]:
    """One machine that hears of others."""
    with machines(Random(5), 1) as (one,):  # noqa: S311  # nothing here is secret
        yield one


def test_somebody_who_was_never_here_alive_can_be_brought_back(machine: Machine) -> None:
    """Their deletion came first, what they were later, and then something about them."""
    taken(machine, gone=[("person", P, at(5))])
    heard = taken(machine, [person(P, 1)])
    assert (heard.outcome.new, heard.due, names(machine)) == ({}, set(), [])
    assert told(machine, "gone")[0]["at"] == at(5)
    heard = taken(machine, [city(SMALL, P, 2)])
    assert heard.outcome.new == {"person": 1, "detail": 1}
    assert heard.due == {("person", P), ("detail", SMALL)}
    (back,) = told(machine, "person")
    assert back["times"] == {"created_at": "2026-11-23T08:05:00.001+00:00"}


def test_somebody_of_whom_nothing_is_known_cannot_be_brought_back(machine: Machine) -> None:
    """A row about them is left out, and named; so is a tag of a conversation nobody told of."""
    tag = stated("tag", Q, 3, name="work", interaction_id=GREAT)
    heard = taken(machine, [city(SMALL, P, 2), tag], [("person", P, at(5))])
    assert heard.outcome.left_out == 2 * [("", "it is about somebody who is not there")]
    assert heard.due == set()


def test_somebody_who_is_needed_stays_and_the_others_are_told(machine: Machine) -> None:
    """A deletion of somebody to whom a row refers is answered: they are here, 1 ms later."""
    taken(machine, [person(P, 1), city(SMALL, P, 2)])
    heard = taken(machine, gone=[("person", P, at(5))])
    assert heard.outcome.taken_away == {}
    assert heard.due == {("person", P), ("detail", SMALL)}
    assert taken(machine, gone=[("person", P, at(5))]).due == set()


def test_rows_that_stand_as_they_came_are_not_due(machine: Machine) -> None:
    """Nor is what is here already, or what is older; a mixture of both is."""
    rows = [person(P, 1), city(SMALL, P, 2)]
    assert taken(machine, rows).due == set()
    assert taken(machine, rows).due == set()
    assert taken(machine, [city(SMALL, P, 1, "town")]).due == set()
    newer = city(SMALL, P, 0, "town")
    mixed = newer._replace(times={**newer.times, "label": at(3)})
    assert taken(machine, [mixed]).due == {("detail", SMALL)}


@pytest.mark.parametrize(
    ("here", "there"), [(SMALL, GREAT), (GREAT, SMALL)], ids=["smaller here", "greater here"]
)
def test_joined_twins_are_due(machine: Machine, here: str, there: str) -> None:
    """The one that stays, and the other one as deleted, even if it was never here."""
    taken(machine, [person(P, 1), city(here, P, 2)])
    heard = taken(machine, [city(there, P, 3)])
    assert heard.due == {("detail", SMALL), ("detail", GREAT)}
    assert gone(machine, "detail") == [GREAT]
    assert [line["id"] for line in told(machine, "detail")] == [SMALL]
    assert taken(machine, [city(there, P, 3)]).due == set()


def test_a_label_that_becomes_free_in_the_same_segment_joins_nothing(machine: Machine) -> None:
    """One detail is deleted and another gets its label: they were never one."""
    taken(machine, [person(P, 1), city(SMALL, P, 2), city(GREAT, P, 2, "town")])
    heard = taken(machine, [city(GREAT, P, 4)], [("detail", SMALL, at(4))])
    assert (heard.due, gone(machine, "detail")) == (set(), [SMALL])
    assert [line["id"] for line in told(machine, "detail")] == [GREAT]


def test_a_tag_takes_the_last_moment_of_its_own_along(machine: Machine) -> None:
    """It dies with its interaction; one that arrives later, or moves there, is dead at once."""
    tags = [stated("tag", row_id, 9, name=row_id[:2], interaction_id=GREAT) for row_id in (P, Q)]
    other = stated("tag", Q, 1, name="x", person_id=P)
    taken(machine, [person(P, 1), met(GREAT, 2, P), tags[0], other])
    heard = taken(machine, gone=[("interaction", GREAT, at(5))])
    assert heard.due == {("tag", P)}
    assert taken(machine, [tags[1]]).due == {("tag", Q)}
    late = stated("tag", SMALL, 3, name="y", interaction_id=GREAT)
    assert taken(machine, [late]).due == {("tag", SMALL)}
    dead = [(line["id"], line["at"]) for line in told(machine, "gone") if line["of"] == "tag"]
    assert dead == [(SMALL, at(3)), (P, at(9)), (Q, at(9))]


def test_a_row_keeps_the_newest_moment_of_its_deletion(machine: Machine) -> None:
    """Whichever is heard first, and whether or not the row was ever here."""
    taken(machine, [person(P, 1)], [("person", P, at(5)), ("person", Q, at(5))])
    taken(machine, gone=[("person", P, at(7)), ("person", Q, at(7))])
    taken(machine, gone=[("person", P, at(6)), ("person", Q, at(6))])
    assert [line["at"] for line in told(machine, "gone")] == [at(7), at(7)]


def test_rows_about_forgotten_people_are_dropped_without_a_word(machine: Machine) -> None:
    """They leave conversations; one with nobody left goes, and so do its tags."""
    tag = stated("tag", "t" * 12, 3, name="work", interaction_id=GREAT)
    rows = [person(P, 1), person(Q, 1), city("c" * 12, P, 2), met(SMALL, 2, P, Q), met(GREAT, 2, P)]
    heard = taken(machine, [*rows, tag], [("person", P, at(5))], orders=[P, P])
    assert heard.outcome.new == {"person": 1, "interaction": 1}
    assert (heard.outcome.left_out, heard.due) == ([], set())
    assert [line["people"] for line in told(machine, "interaction")] == [[Q]]
    assert taken(machine, rows, orders=[P]).outcome.new == {}


def test_a_relation_of_two_who_were_joined_apart_is_said_as_a_whole(machine: Machine) -> None:
    """Each machine gave one of its people another name: nobody becomes their own sister."""
    both = {"person_id": SMALL, "other_id": GREAT, "word": "sister"}
    people = [person(row_id, 1) for row_id in (SMALL, GREAT, P)]
    taken(machine, [*people, stated("relation", Q, 2, **both)])
    taken(machine, [stated("relation", Q, 3, **{**both, "person_id": GREAT, "other_id": P})])
    old = stated("relation", Q, 2, **{**both, "other_id": P})
    heard = taken(machine, [old._replace(times={"person_id": at(4), "word": at(2)})])
    assert heard.outcome.left_out == []
    (kept,) = told(machine, "relation")
    assert (kept["person_id"], kept["other_id"]) == (SMALL, P)
