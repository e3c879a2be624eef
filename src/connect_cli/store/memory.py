"""Read what is remembered of people: promises, occasions, details and contact points."""

import sqlite3
from collections.abc import Sequence
from datetime import MAXYEAR, UTC, date, datetime

from connect_cli.language.calendar import plus_days
from connect_cli.language.death import check_death
from connect_cli.model import (
    DEATH,
    POINT_KINDS,
    ContactPoint,
    Detail,
    Occasion,
    Owed,
    Promise,
)
from connect_cli.store.people import chunks, marks
from connect_cli.store.read_values import day as day_in
from connect_cli.store.read_values import named as named_in
from connect_cli.store.read_values import reading, text, whole

_LEAP_YEAR = 2000

_SHOWN = """SELECT r.id FROM interaction i JOIN participant t ON t.interaction_id = i.id
  JOIN promise r ON r.person_id = t.person_id
  WHERE t.person_id IN ({people}) AND i.recorded_at >= ? AND i.tried = 0 AND i.entered <> ''
  AND (SELECT min(seq) FROM change WHERE table_name = 'promise' AND row_id = r.id)
    < (SELECT min(seq) FROM change WHERE table_name = 'interaction' AND row_id = i.id)"""

# Of those who died only the day itself comes up, if somebody wished it.
_COMES_UP = f"(p.archived_on IS NULL OR p.died_on IS NOT NULL AND o.label = '{DEATH}')"

_PROMISE = """SELECT r.id, r.person_id, p.name, r.text, r.owed, r.due_on, r.done_on, r.made_on,
  p.died_on FROM promise r JOIN person p ON p.id = r.person_id"""
_POINT_KINDS = {kind: kind for kind in POINT_KINDS}


def open_promises(
    connection: sqlite3.Connection, person_ids: Sequence[str] | None = None
) -> list[Promise]:
    """Open promises of all sorts, those with a day first; of these people, or of all who live."""
    order = " ORDER BY r.due_on IS NULL, r.due_on, r.seq"
    if person_ids is None:
        return promises_where(connection, f"WHERE r.done_on IS NULL{order}", (), living=True)
    return [
        promise
        for chunk in chunks(person_ids)
        for promise in promises_where(
            connection,
            f"WHERE r.done_on IS NULL AND r.person_id IN ({marks(chunk)}){order}",
            chunk,
        )
    ]


def shown_since(
    connection: sqlite3.Connection, person_ids: Sequence[str], moment: datetime
) -> set[str]:
    """The ids of promises and questions that a conversation logged since then has shown.

    It shows what is open with its people by then. An attempt shows nothing, nor does what an import
    brought, which has no words.
    """
    since = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return {
        promise_id
        for chunk in chunks(person_ids)
        for (promise_id,) in connection.execute(_SHOWN.format(people=marks(chunk)), (*chunk, since))
    }


def promises_due(connection: sqlite3.Connection, day: date) -> list[Promise]:
    """Open promises that are due by `day`, earliest first."""
    where = "WHERE r.done_on IS NULL AND r.due_on <= ? ORDER BY r.due_on, r.seq"
    return promises_where(connection, where, (day.isoformat(),), living=True)


def all_promises(connection: sqlite3.Connection) -> list[Promise]:
    """Every promise, open or done, newest last."""
    return promises_where(connection, "ORDER BY r.done_on IS NULL DESC, r.due_on, r.seq", ())


@reading("promise", "person")
def promises_where(
    connection: sqlite3.Connection,
    where: str,
    values: Sequence[str | int],
    *,
    living: bool = False,
) -> list[Promise]:
    """The promises `r` of people `p` that this SQL names, in its order.

    living: without those of people who died.
    """
    found = connection.execute(f"{_PROMISE} {where}", tuple(values))
    return [
        Promise(
            id=text(promise_id),
            person=named_in(person_id, name),
            text=text(words),
            owed=Owed(owed),
            due_on=day_in(due),
            done_on=day_in(done),
            made_on=date.fromisoformat(made),
        )
        for promise_id, person_id, name, words, owed, due, done, made, died in found
        if died is None or not (check_death(text(died)) and living)
    ]


def occasions(
    connection: sqlite3.Connection, person_ids: Sequence[str] | None = None
) -> list[Occasion]:
    """Occasions of these people, or all that come up."""
    if person_ids is None:
        return _occasions(connection, _COMES_UP, ())
    return _occasions(connection, f"o.person_id IN ({marks(person_ids)})", person_ids)


def every_occasion(connection: sqlite3.Connection) -> list[Occasion]:
    """Occasions of everyone, archived people included, in the order in which they were added."""
    return _occasions(connection, "true", (), order="o.seq")


@reading("occasion", "person")
def _occasions(
    connection: sqlite3.Connection,
    where: str,
    values: Sequence[str],
    order: str = "o.month, o.day",
) -> list[Occasion]:
    rows = connection.execute(
        f"""SELECT o.id, o.person_id, p.name, o.label, o.month, o.day, o.year
        FROM occasion o JOIN person p ON p.id = o.person_id WHERE {where}
        ORDER BY {order}""",
        tuple(values),
    )
    return [_occasion(*row) for row in rows]


def _occasion(
    occasion_id: str, person_id: str, name: str, label: str, month: int, day: int, year: int | None
) -> Occasion:
    date(_LEAP_YEAR, month, day)
    known = None if year is None else whole(year, MAXYEAR)
    return Occasion(text(occasion_id), named_in(person_id, name), text(label), month, day, known)


def occasions_near(
    connection: sqlite3.Connection, day: date, before: int, after: int
) -> list[Occasion]:
    """Occasions that can fall from `before` days before a day to `after` days after it."""
    near = {plus_days(day, each) for each in range(-before, after + 1)}
    days = {(each.month, each.day) for each in near}
    if days & {(2, 28), (3, 1)}:
        days.add((2, 29))  # in other years it falls on one of these
    listed = ", ".join(f"({month}, {of_month})" for month, of_month in sorted(days))
    return _occasions(connection, f"(o.month, o.day) IN (VALUES {listed}) AND {_COMES_UP}", ())


@reading("detail")
def details(connection: sqlite3.Connection, person_ids: Sequence[str]) -> dict[str, list[Detail]]:
    """The details of each of these people, in the order in which they were added."""
    found: dict[str, list[Detail]] = {}
    rows = connection.execute(
        f"""SELECT person_id, id, label, value FROM detail WHERE person_id IN ({marks(person_ids)})
        ORDER BY seq""",
        tuple(person_ids),
    )
    for person_id, detail_id, label, value in rows:
        found.setdefault(person_id, []).append(Detail(text(detail_id), text(label), text(value)))
    return found


@reading("contact_point")
def contact_points(connection: sqlite3.Connection, person_id: str) -> list[ContactPoint]:
    """The ways to reach a person."""
    rows = connection.execute(f"{_POINT} WHERE person_id = ? ORDER BY kind, seq", (person_id,))
    return [_point(*point) for _, *point in rows]


@reading("contact_point")
def every_contact_point(connection: sqlite3.Connection) -> dict[str, list[ContactPoint]]:
    """The ways to reach each person."""
    found: dict[str, list[ContactPoint]] = {}
    for person_id, *point in connection.execute(f"{_POINT} ORDER BY kind, seq"):
        found.setdefault(person_id, []).append(_point(*point))
    return found


_POINT = "SELECT person_id, id, kind, value FROM contact_point"


def _point(point_id: str, kind: str, value: str) -> ContactPoint:
    return ContactPoint(text(point_id), _POINT_KINDS[kind], text(value))
