"""How much time went to people: by kind, and by week, month or year.

SQLite adds it up from the index `interaction_spent` alone, in the order of that index; no row of
the journal is read (SQLite 3.40 does not call the index covering, but never seeks a row of the
table: a test reads its program). An attempt takes no part. A conversation without a length is
reckoned with the median of its kind (`usual_minutes`), which looks back a year so that a week has
enough to go by (`window_of`).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from sys import maxsize
from typing import NamedTuple

from connect_cli.language.calendar import plus_days
from connect_cli.model import Kind
from connect_cli.reviews import KindTime, Span, TimeUnit
from connect_cli.store.interactions import DAY_MINUTES
from connect_cli.store.read_values import reading, text, whole

YEAR_DAYS = 365

# The index is in the order of day, kind and minutes, so that nothing has to be sorted.
_BY_DAY = """SELECT day, kind, count(*) AS number, count(minutes) AS timed,
    sum(minutes) AS minutes, min(minutes) AS least, max(minutes) AS most
  FROM interaction WHERE tried = 0 AND day BETWEEN ? AND ? GROUP BY day, kind"""

# `within`: how many of them lie in the span itself.
_LENGTHS = """SELECT kind, minutes, count(*), sum(day >= ?) AS within FROM interaction
  WHERE tried = 0 AND day BETWEEN ? AND ? GROUP BY kind, minutes ORDER BY kind, minutes"""

_FIRST_OF: Mapping[TimeUnit, str] = {
    "week": "date(day, 'weekday 0', '-6 days')",
    "month": "substr(day, 1, 7) || '-01'",
    "year": "substr(day, 1, 4) || '-01-01'",
}
"""SQL for the first day of the week, the month or the year of a day."""


def window_of(span: Span) -> Span:
    """The days whose lengths say what is usual: the 365 that end with the span, or all of it."""
    return Span(min(span.first, plus_days(span.last, 1 - YEAR_DAYS)), span.last)


class _Length(NamedTuple):
    """How many conversations of a kind have a length, or none. within: those of the span."""

    minutes: int | None
    number: int
    within: int


def usual_minutes(connection: sqlite3.Connection, span: Span) -> dict[Kind, int]:
    """The median length of each kind that has a known length in the window of a span.

    Of an even number it is the shorter of the two in the middle: a length that somebody noted.
    """
    lengths = _lengths(connection, span)
    found = {kind: _median(each) for kind, each in lengths.items()}
    return {kind: usual for kind, usual in found.items() if usual is not None}


def kind_times(connection: sqlite3.Connection, span: Span) -> list[KindTime]:
    """The conversations of a span by kind, in the order of the enumeration."""
    lengths = _lengths(connection, span)
    times = (
        KindTime(
            kind,
            sum(one.within for one in each),
            sum(one.within for one in each if one.minutes is not None),
            sum(one.within * (one.minutes or 0) for one in each),
            _median(each),
        )
        for kind, each in lengths.items()
    )
    return _in_order(time for time in times if time.number)


@reading("interaction")
def _lengths(connection: sqlite3.Connection, span: Span) -> dict[Kind, list[_Length]]:
    """The lengths of each kind in the window of a span, the shortest first."""
    days = (span.first.isoformat(), *window_of(span).iso)
    found: dict[Kind, list[_Length]] = {}
    for kind, minutes, number, within in connection.execute(_LENGTHS, days):
        known = None if minutes is None else whole(minutes, DAY_MINUTES)
        found.setdefault(Kind(kind), []).append(_Length(known, number, within))
    return found


def _median(lengths: Sequence[_Length]) -> int | None:
    known = [one for one in lengths if one.minutes is not None]
    half = sum(one.number for one in known) / 2
    up_to = accumulate(one.number for one in known)
    return next(
        (one.minutes for one, so_far in zip(known, up_to, strict=True) if so_far >= half), None
    )


@reading("interaction")
def times_by(
    connection: sqlite3.Connection, span: Span, unit: TimeUnit, kinds: Iterable[KindTime]
) -> dict[date, list[KindTime]]:
    """The same by the first day of each week, month or year that has a conversation in the span.

    Of a stretch that begins before the span only the days within it are counted.
    kinds: those of the whole span, which know what is usual.
    """
    usual = {one.kind: one.usual for one in kinds}
    sql = f"""SELECT {_FIRST_OF[unit]} AS first, kind,
        sum(number), sum(timed), sum(minutes), min(least), max(most)
      FROM ({_BY_DAY}) GROUP BY first, kind ORDER BY first"""
    found: dict[date, list[KindTime]] = {}
    for first, *row in map(list, connection.execute(sql, span.iso)):
        found.setdefault(date.fromisoformat(text(first)), []).append(_kind_time(row, usual))
    return {first: _in_order(times) for first, times in found.items()}


def _kind_time(row: list[object], usual: Mapping[Kind, int | None]) -> KindTime:
    """One row as a value. A damaged length is the least or the largest of its kind."""
    kind, number, timed, minutes, least, most = row
    for each in (least, most):
        if each is not None:
            whole(each, DAY_MINUTES)
    said = Kind(text(kind))
    spent = whole(minutes or 0, maxsize, 0)
    return KindTime(said, whole(number, maxsize), whole(timed, maxsize, 0), spent, usual.get(said))


_ORDER = {kind: place for place, kind in enumerate(Kind)}


def _in_order(times: Iterable[KindTime]) -> list[KindTime]:
    return sorted(times, key=lambda one: _ORDER[one.kind])
