"""Read who was offered on which day.

Offers before somebody's last contact no longer count. Those of everybody are read at once, which
takes half the time of reading them with each person (people.py); that is for one person, or for as
many as somebody reads on.
"""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from connect_cli.store.read_values import maybe, reading

SINCE_CONTACT = "o.day > max(coalesce(p.last_full_on, ''), coalesce(p.last_half_on, ''))"
"""Whether an offer `o` is newer than the last contact of its person `p`, as SQL."""

_OFFERED = f"""SELECT o.person_id, o.day FROM person p
  CROSS JOIN offered o ON o.person_id = p.id AND o.dormant = 0 AND {SINCE_CONTACT} AND o.day <= ?"""
_RECONNECTED = """SELECT person_id, max(day) FROM offered
  WHERE dormant = 1 AND day <= ? GROUP BY person_id"""
_ALL = "SELECT group_concat(day) FROM offered WHERE person_id = ? AND dormant = 0"


class Offers(NamedTuple):
    """By person: the days on which they were offered, and the last one of the dormant place."""

    offered: Mapping[str, tuple[date, ...]]
    again: Mapping[str, date]


@reading("offered")
def of_everybody(connection: sqlite3.Connection, today: date) -> Offers:
    """The offers of everybody that count."""
    offered: dict[str, list[date]] = {}
    for person_id, day in connection.execute(_OFFERED, (today.isoformat(),)):
        offered.setdefault(person_id, []).append(date.fromisoformat(day))
    again = connection.execute(_RECONNECTED, (today.isoformat(),))
    return Offers(
        {person_id: tuple(sorted(days)) for person_id, days in offered.items()},
        {person_id: date.fromisoformat(day) for person_id, day in again},
    )


def last_of(days: tuple[date, ...]) -> date | None:
    """The last of these days in order, if there is one."""
    return days[-1] if days else None


def days_up_to(joined: str | None, today: date) -> tuple[date, ...]:
    """Days up to today, in order; a later one was kept while a clock was wrong."""
    if joined is None:
        return ()
    return tuple(sorted(day for day in map(date.fromisoformat, joined.split(",")) if day <= today))


@reading("offered")
def all_of(connection: sqlite3.Connection, person_id: str, today: date) -> tuple[date, ...]:
    """The days on which somebody was offered, also before a contact dated after today."""
    (days,) = connection.execute(_ALL, (person_id,)).fetchone()
    return days_up_to(maybe(days), today)


@reading("offered")
def is_kept(connection: sqlite3.Connection, day: date) -> bool:
    """Whether it is kept who stood on the list of a day."""
    found = connection.execute("SELECT 1 FROM offered WHERE day = ? LIMIT 1", (day.isoformat(),))
    return found.fetchone() is not None
