"""Conversations are counted by day: as often as a recount finds them, and from indexes alone."""

import sqlite3
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import DamageMet
from connect_cli.model import Named
from connect_cli.reviews import DayCount, Span
from connect_cli.store.day_counts import day_counts
from connect_cli.store.interactions import Wanted, interactions
from tests.store.journals import NOW, TODAY
from tests.store.programs import queries, read_from
from tests.store.writing import Store, interaction, opened

NAMES = ("Ada", "Bo", "Cy")
TAGS = ("work", "choir")
DAYS = 20

ROWS = st.lists(
    st.tuples(
        st.integers(0, DAYS),
        st.sets(st.sampled_from(range(len(NAMES)))),
        st.sets(st.sampled_from(TAGS)),
        st.booleans(),
    ),
    max_size=25,
)
SPANS = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(sorted)


def _day(ago: int) -> date:
    return TODAY - timedelta(ago)


@given(ROWS, SPANS)
@settings(max_examples=15)
def test_a_count_is_what_a_recount_finds(
    rows: list[tuple[int, set[int], set[str], bool]], ago: list[int]
) -> None:
    """With anybody or one person, with a tag or any; attempts are left out."""
    span = Span(_day(ago[1]), _day(ago[0]))
    with TemporaryDirectory() as folder, opened(Path(folder) / "journal.db") as (found, writer):
        with writer.command("log", "…", NOW) as changes:
            people = [Named(changes.add_person(name), name) for name in NAMES]
            for day, who, tags, tried in rows:
                met = tuple(people[at] for at in sorted(who))
                named = {"day": _day(day), "tags": tuple(sorted(tags)), "tried": tried}
                changes.add_interaction(interaction(met, **named))
            changes.set_tags(["work"], person_id=people[0].id)
        for person in (None, *people):
            for tag in ("", *TAGS, "nobody-has-it"):
                person_id = None if person is None else person.id
                wanted = Wanted(person_id=person_id, tag=tag or None)
                kept = [one for one in interactions(found, wanted) if not one.tried]
                days = Counter(one.day for one in kept if span.first <= one.day <= span.last)
                counted = [DayCount(day, days[day]) for day in sorted(days)]
                assert day_counts(found, span, person_id, tag) == counted


WAYS = [(None, ""), ("p", ""), (None, "work"), ("p", "work")]


@pytest.mark.parametrize(("person_id", "tag"), WAYS)
def test_no_interaction_is_read(empty: sqlite3.Connection, person_id: str | None, tag: str) -> None:
    """SQLite's own program for it takes every value from an index, none from the table."""
    (sql,) = queries(empty, lambda: day_counts(empty, Span(_day(365), TODAY), person_id, tag))
    assert "interaction" not in read_from(empty, sql)
    plan = " ".join(row[3] for row in empty.execute(f"EXPLAIN QUERY PLAN {sql}"))
    assert ("interaction_tried" if person_id else "interaction_spent") in plan
    assert "SCAN" not in plan


def test_that_check_can_fail(empty: sqlite3.Connection) -> None:
    """The length of a note is in no index."""
    assert read_from(empty, "SELECT day, length(note) FROM interaction") == {"interaction"}


def test_a_day_that_is_none_is_damage(store: Store) -> None:
    """No command can have written it."""
    connection, writer = store
    with writer.command("log", "…", NOW) as changes:
        changes.add_interaction(interaction((Named(changes.add_person("Ada"), "Ada"),)))
    connection.execute("DROP TRIGGER interaction_updated")
    connection.execute("UPDATE interaction SET day = '2026-02-31'")
    with pytest.raises(DamageMet):
        day_counts(connection, Span(date(2026, 1, 1), date(2026, 12, 31)))
