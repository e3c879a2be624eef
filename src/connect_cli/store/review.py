"""Read what a review shows of some days: only rows that are shown, and counts from an index.

An attempt, or whatever else does not count as contact, is no contact here. Those few are read from
an index of their own (`_COUNTS`), so that most rows need not be looked at.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from connect_cli.language.words import has_words
from connect_cli.model import Promise
from connect_cli.reviews import EnergyDay, Met, Span
from connect_cli.scheduler.rhythm import NEWEST_GAPS, SMALL_COMPANY
from connect_cli.store.memory import promises_where
from connect_cli.store.people import marks
from connect_cli.store.read_values import day, named, reading, text, whole

_COUNTS = "s.entry_seq NOT IN (SELECT seq FROM interaction WHERE counts = 'no')"


class Noted(NamedTuple):
    """A conversation with a note of some length, by its id, and who took part."""

    id: str
    day: date
    people: frozenset[str]


@reading("interaction", "participant")
def noted(connection: sqlite3.Connection, spans: Sequence[Span], each: int) -> list[Noted]:
    """The newest conversations of each of these spans whose note has some words, span by span.

    each: the most of one span, newest first. What are enough words is a rule of language/words.py.
    It is no function of SQL, for SQLite would hide a Ctrl-C and a damaged note within it.
    """
    return [one for span in spans for one in islice(_noted(connection, span), each)]


def _noted(connection: sqlite3.Connection, span: Span) -> Iterator[Noted]:
    rows = connection.execute(
        """SELECT i.id, i.day, i.note, (SELECT group_concat(t.person_id)
          FROM participant t WHERE t.interaction_id = i.id)
        FROM interaction i WHERE i.day BETWEEN ? AND ? AND i.tried = 0
        ORDER BY i.day DESC, i.seq DESC""",
        span.iso,
    )
    for found, on, note, people in rows:
        if has_words(text(note)):
            taking_part = frozenset(people.split(",") if people else ())
            yield Noted(text(found), date.fromisoformat(on), taking_part)


@reading("person", "interaction", "seen")
def first_contacts(
    connection: sqlite3.Connection, span: Span, limit: int | None
) -> tuple[list[Met], int]:
    """The newest first contacts of a span, newest first, and how many there are in all.

    People are gone through in the order of their ids (`p.id > ''`), as the index `seen` has them.
    """
    rows = connection.execute(
        f"""SELECT id, name, on_, count(*) OVER () FROM (
          SELECT p.id, p.name, (SELECT s.day FROM seen s WHERE s.person_id = p.id AND {_COUNTS}
            ORDER BY s.day LIMIT 1) AS on_
          FROM person p WHERE p.id > ''
            AND NOT EXISTS (SELECT 1 FROM seen s
              WHERE s.person_id = p.id AND s.day < :first AND {_COUNTS}))
        WHERE on_ BETWEEN :first AND :last ORDER BY on_ DESC, name, id LIMIT :limit""",
        {"first": str(span.first), "last": str(span.last), "limit": _limit(limit)},
    ).fetchall()
    found = [Met(named(one, name), date.fromisoformat(on)) for one, name, on, _ in rows]
    return found, rows[0][3] if rows else 0


@reading("person", "interaction", "participant", "seen")
def again(
    connection: sqlite3.Connection, span: Span, long_days: int, limit: int | None
) -> list[Met]:
    """The newest contacts after at least so many days without one, newest first."""
    rows = connection.execute(
        f"""SELECT p.id, p.name, i.day, (SELECT s.day FROM seen s
            WHERE s.person_id = t.person_id AND s.day < i.day AND {_COUNTS}
            ORDER BY s.day DESC LIMIT 1) AS before_on
        FROM interaction i JOIN participant t ON t.interaction_id = i.id
        JOIN person p ON p.id = t.person_id
        WHERE i.day BETWEEN ? AND ? AND i.counts <> 'no' AND before_on <= date(i.day, ?)
          AND NOT EXISTS (SELECT 1 FROM seen s WHERE s.person_id = t.person_id AND s.day = i.day
            AND s.entry_seq < i.seq AND {_COUNTS})
        ORDER BY i.day DESC, i.seq DESC, t.place LIMIT ?""",
        (*span.iso, f"-{long_days} days", _limit(limit)),
    )
    return [
        Met(named(one, name), date.fromisoformat(on), day(before)) for one, name, on, before in rows
    ]


@reading("person", "interaction", "participant", "seen")
def rhythms_of(
    connection: sqlite3.Connection, spans: Sequence[Span], most_people: int
) -> list[tuple[str, tuple[list[date], ...]]]:
    """The newest days of contact in each of these spans, of those met last in the last one.

    A contact with more than SMALL_COMPANY people is left out. Archived people are, too.
    """
    each = f"""(SELECT group_concat(day) FROM (SELECT DISTINCT s.day FROM seen s
      JOIN interaction i ON i.seq = s.entry_seq
      WHERE s.person_id = p.id AND s.day BETWEEN ? AND ? AND i.counts <> 'no'
        AND (SELECT count(*) FROM participant o WHERE o.interaction_id = i.id) <= {SMALL_COMPANY}
      ORDER BY s.day DESC LIMIT {NEWEST_GAPS + 1}))"""
    values = [value for span in spans for value in span.iso]
    ids = _met_last(connection, spans[-1], most_people)
    rows = connection.execute(
        f"""SELECT p.id, {", ".join([each] * len(spans))} FROM person p
        WHERE p.id IN ({marks(ids)})""",
        (*values, *ids),
    )
    found = {text(row[0]): tuple(_listed(each) for each in row[1:]) for row in rows}
    return [(one, found[one]) for one in ids]


def _met_last(connection: sqlite3.Connection, span: Span, most_people: int) -> list[str]:
    """The ids of those who were met last in a span, without archived people."""
    rows = connection.execute(
        """SELECT t.person_id FROM interaction i JOIN participant t ON t.interaction_id = i.id
        JOIN person p ON p.id = t.person_id
        WHERE i.day BETWEEN ? AND ? AND i.counts <> 'no' AND p.archived_on IS NULL
        ORDER BY i.day DESC, i.seq DESC, t.place""",
        span.iso,
    )
    met: dict[str, None] = {}
    for (person_id,) in rows:
        met[person_id] = None
        if len(met) == most_people:
            break
    return list(met)


def _listed(days: str | None) -> list[date]:
    return [date.fromisoformat(one) for one in days.split(",")] if days else []


@reading("interaction")
def energy_days(connection: sqlite3.Connection, span: Span) -> list[EnergyDay]:
    """The days of a span that have an energy, oldest first. An attempt is no conversation."""
    found: dict[str, EnergyDay] = {}
    for on, energy, number in connection.execute(
        """SELECT day, energy, count(*) FROM interaction
        WHERE energy IS NOT NULL AND tried = 0 AND day BETWEEN ? AND ?
        GROUP BY day, energy ORDER BY day""",
        span.iso,
    ):
        known = found.get(on) or EnergyDay(date.fromisoformat(on))
        found[on] = known._replace(**{energy: number})
    return list(found.values())


@reading("interaction")
def attempts(connection: sqlite3.Connection, span: Span) -> int:
    """How many attempts there were."""
    (number,) = connection.execute(
        "SELECT count(*) FROM interaction WHERE tried = 1 AND day BETWEEN ? AND ?", span.iso
    ).fetchone()
    return whole(number, number, 0)


def kept(
    connection: sqlite3.Connection, span: Span, limit: int | None
) -> tuple[list[Promise], int]:
    """The newest loops that were closed in a span, newest first, and how many there are in all."""
    where = "WHERE r.done_on BETWEEN ? AND ?"
    order = "ORDER BY r.done_on DESC, r.seq DESC LIMIT ?"
    found = promises_where(connection, f"{where} {order}", (*span.iso, _limit(limit)))
    sql = f"SELECT count(*) FROM promise r {where}"
    return found, int(connection.execute(sql, span.iso).fetchone()[0])


def _limit(limit: int | None) -> int:
    return -1 if limit is None else limit
