"""The calendar of a page: where each day of a map stands, a week a column, in SVG units.

A long span is drawn in several pictures below each other, each of half a year at most: so wide is a
phone. What a day had is told by the size of its square, and again by its shade.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from connect_cli.language.calendar import (
    month_name,
    plus_days,
    plus_months,
    weekday_name,
)
from connect_cli.language.plurals import counted
from connect_cli.model import Pause
from connect_cli.render.words import date_words
from connect_cli.reviews import Span, YearMap

WIDTH = 350
"""Of a picture: what a phone of 390 pixels has between its margins."""
LEFT, TOP = 26, 16
"""Room for the names of weekdays and of months."""
LARGEST_CELL, ROOMY_CELL = 22, 14
MONTH_ROOM = 22
HALF_A_YEAR, YEAR = 184, 366
LEVELS = 4
FIRST_SHARE, LAST_SHARE = 0.4, 0.86
"""The side of the smallest and of the largest square, as a share of its cell."""
WEEK = 7


class Mark(NamedTuple):
    """A word beside the calendar."""

    x: int
    y: int
    text: str


class Square(NamedTuple):
    """A day with conversations. level: 1 to LEVELS."""

    x: float
    y: float
    side: float
    level: int
    said: str


class Picture(NamedTuple):
    """Some weeks. empty, away: the paths of the days without conversations, and of the days away.

    heading: the year, if the map has several.
    """

    heading: str
    label: str
    width: int
    height: int
    marks: tuple[Mark, ...]
    empty: str
    away: str
    squares: tuple[Square, ...]


class _Grid(NamedTuple):
    """Where the days of a span stand. cell: the side of one."""

    span: Span
    cell: int

    def corner(self, day: date) -> tuple[int, int]:
        """The upper left corner of a day."""
        week = (day.toordinal() - _monday(self.span.first)) // WEEK
        return LEFT + week * self.cell, TOP + day.weekday() * self.cell

    def square(self, day: date, number: int, today: date) -> Square:
        level = level_of(number)
        side, (x, y) = side_of(level, self.cell), self.corner(day)
        gap = (self.cell - side) / 2
        said = f"{date_words(day, today)}: {counted(number, 'conversation')}"
        return Square(round(x + gap, 2), round(y + gap, 2), round(side, 2), level, said)

    def dot(self, day: date) -> str:
        x, y = self.corner(day)
        return f"M{x + self.cell / 2:g} {y + self.cell / 2:g}h0"

    def stroke(self, day: date) -> str:
        """A line from the lower left to the upper right of a day."""
        (x, y), side = self.corner(day), self.cell - 4
        return f"M{x + 2} {y + 2 + side}l{side} {-side}"


def level_of(number: int) -> int:
    """The shade of a day: 1 to LEVELS."""
    return min(number, LEVELS)


def side_of(level: int, cell: int) -> float:
    """The side of the square of a level in a cell of that side."""
    return cell * (FIRST_SHARE + (LAST_SHARE - FIRST_SHARE) * (level - 1) / (LEVELS - 1))


def pictures(view: YearMap, today: date) -> list[Picture]:
    """The map, picture by picture, the oldest first."""
    pieces = list(_pieces(view.span))
    cell = min(LARGEST_CELL, (WIDTH - LEFT) // max(map(_weeks, pieces)))
    years = [str(piece.first.year) if view.span.days > YEAR else "" for piece in pieces]
    headings = [year if year != before else "" for before, year in pairwise(["", *years])]
    numbers = {day.on: day.number for day in view.days}
    away = set(_away(view.away, view.span))
    return [
        _picture(_Grid(piece, cell), heading, numbers, away, today)
        for piece, heading in zip(pieces, headings, strict=True)
    ]


def _picture(
    grid: _Grid, heading: str, numbers: Mapping[date, int], away: Collection[date], today: date
) -> Picture:
    days = list(_days(grid.span))
    met = [day for day in days if day in numbers]
    return Picture(
        heading,
        _label(grid.span, [numbers[day] for day in met], today),
        LEFT + _weeks(grid.span) * grid.cell,
        TOP + WEEK * grid.cell,
        (*_months(grid), *_weekdays(grid)),
        "".join(grid.dot(day) for day in days if day not in numbers and day not in away),
        "".join(grid.stroke(day) for day in days if day in away),
        tuple(grid.square(day, numbers[day], today) for day in met),
    )


def _label(span: Span, numbers: Sequence[int], today: date) -> str:
    """What a picture shows, for whoever does not see it."""
    said = f"{date_words(span.first, today)} to {date_words(span.last, today)}"
    on = f"{counted(sum(numbers), 'conversation')} on {counted(len(numbers), 'day')}"
    return f"{said}: {on if numbers else 'no conversations'}"


def _months(grid: _Grid) -> Iterator[Mark]:
    """The name of each month above its first week, where the next name leaves it room."""
    firsts = [grid.span.first, *(day for day in _days(grid.span) if day.day == 1)]
    marks = [Mark(grid.corner(day)[0], TOP - 6, month_name(day.month)[:3]) for day in firsts]
    room = zip(marks, [*(mark.x for mark in marks[1:]), WIDTH + MONTH_ROOM], strict=True)
    return (mark for mark, following in room if following - mark.x >= MONTH_ROOM)


def _weekdays(grid: _Grid) -> Iterator[Mark]:
    """The names of weekdays; of every other one where rows are low."""
    for number in range(0, WEEK, 1 if grid.cell >= ROOMY_CELL else 2):
        yield Mark(0, TOP + number * grid.cell + grid.cell // 2 + 3, weekday_name(number)[:3])


def _pieces(span: Span) -> Iterator[Span]:
    """Half years. Those of a long span are the halves of its calendar years."""
    starts = [span.first, *_cuts(span)]
    ends = [*(plus_days(start, -1) for start in starts[1:]), span.last]
    return map(Span, starts, ends)


def _cuts(span: Span) -> list[date]:
    """The days on which another picture begins."""
    if span.days <= HALF_A_YEAR:
        return []
    if span.days <= YEAR:
        return [plus_months(span.first, 6)]
    years = range(span.first.year, span.last.year + 1)
    halves = (date(year, month, 1) for year in years for month in (1, 7))
    return [day for day in halves if span.first < day <= span.last]


def _away(pauses: Sequence[Pause], span: Span) -> Iterator[date]:
    """The days of a span that are days away."""
    for pause in pauses:
        first, last = max(pause.start_on, span.first), min(pause.end_on or span.last, span.last)
        if first <= last:
            yield from _days(Span(first, last))


def _days(span: Span) -> Iterator[date]:
    return map(date.fromordinal, range(span.first.toordinal(), span.last.toordinal() + 1))


def _monday(day: date) -> int:
    """The number of the Monday of a week; that of the first week of the calendar is no day."""
    return day.toordinal() - day.weekday()


def _weeks(span: Span) -> int:
    return (_monday(span.last) - _monday(span.first)) // WEEK + 1
