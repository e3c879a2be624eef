"""The calendar of a page: where each day of a map stands, a week a column, in SVG units.

A long span is drawn in several pictures below each other, each of half a year at most: so wide is a
phone. What a day had is told by the size of its square, and again by its shade.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from connect_cli.language.calendar import monday_of, month_name, plus_days, plus_months
from connect_cli.language.plurals import counted
from connect_cli.render.span_words import say_span
from connect_cli.render.words import date_words
from connect_cli.render.year_map import AWAY, FAINTEST, NONE, legend, levels, weekday_label
from connect_cli.reviews import Span, YearMap

WIDTH = 350
"""Of a picture: what a phone of 390 pixels has between its margins."""
LEFT, TOP = 26, 16
"""Room for the names of weekdays and of months."""
LARGEST_CELL = 22
MONTH_ROOM = 22
HALF_A_YEAR, YEAR = 184, 366
LEVELS = 4
KEY_CELL = 13
FIRST_SHARE, LAST_SHARE = 0.4, 0.86
"""The side of the smallest and of the largest square, as a share of its cell."""
WEEK = 7
NOTHING = FAINTEST - 1
"""The shades are counted from 1."""


class Mark(NamedTuple):
    """A word beside the calendar."""

    x: int
    y: int
    text: str


class Square(NamedTuple):
    """A day with conversations. level: its shade, 1 to LEVELS."""

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


class Key(NamedTuple):
    """A sign of the map alone, and what it means. One of the three is there."""

    said: str
    square: Square | None = None
    empty: str = ""
    away: str = ""


class _Grid(NamedTuple):
    """Where the days of a span stand. cell: the side of one. left, top: the corner of it all."""

    span: Span
    cell: int
    left: int = LEFT
    top: int = TOP

    def corner(self, day: date) -> tuple[int, int]:
        """The upper left corner of a day."""
        week = (day - monday_of(self.span.first)).days // WEEK
        return self.left + week * self.cell, self.top + day.weekday() * self.cell

    def square(self, day: date, level: int, said: str = "") -> Square:
        side, (x, y) = side_of(level, self.cell), self.corner(day)
        gap = (self.cell - side) / 2
        return Square(round(x + gap, 2), round(y + gap, 2), round(side, 2), level, said)

    def dot(self, day: date) -> str:
        x, y = self.corner(day)
        return f"M{x + self.cell / 2:g} {y + self.cell / 2:g}h0"

    def stroke(self, day: date) -> str:
        """A line from the lower left to the upper right of a day."""
        (x, y), side = self.corner(day), self.cell - 4
        return f"M{x + 2} {y + 2 + side}l{side} {-side}"


class _Seen(NamedTuple):
    """What each day of a map had."""

    levels: Mapping[date, int]
    numbers: Mapping[date, int]
    today: date

    def said(self, day: date) -> str:
        """`Tue 3 Nov: 2 conversations`."""
        return f"{date_words(day, self.today)}: {counted(self.numbers[day], 'conversation')}"


def side_of(level: int, cell: int) -> float:
    """The side of the square of a level in a cell of that side."""
    return cell * (FIRST_SHARE + (LAST_SHARE - FIRST_SHARE) * (level - 1) / (LEVELS - 1))


def keys(view: YearMap) -> list[Key]:
    """Each sign of the map, and what it means."""
    return [_key(level, said) for level, said in legend(view)]


def _key(level: int, said: str) -> Key:
    day = date(2024, 1, 1)
    grid = _Grid(Span(day, day), KEY_CELL, 0, 0)
    if level == NONE:
        return Key(said, empty=grid.dot(day))
    if level == AWAY:
        return Key(said, away=grid.stroke(day))
    return Key(said, grid.square(day, level - NOTHING))


def pictures(view: YearMap, today: date) -> list[Picture]:
    """The map, picture by picture; of several years the newest first, as on a terminal."""
    several = view.span.days > YEAR
    pieces = sorted(_pieces(view.span), key=lambda piece: -piece.first.year * several)
    cell = min(LARGEST_CELL, (WIDTH - LEFT) // max(piece.weeks for piece in pieces))
    years = [str(piece.first.year) if several else "" for piece in pieces]
    headings = [year if year != before else "" for before, year in pairwise(["", *years])]
    seen = _Seen(levels(view), {day.on: day.number for day in view.days}, today)
    return [
        _picture(_Grid(piece, cell), heading, seen)
        for piece, heading in zip(pieces, headings, strict=True)
    ]


def _picture(grid: _Grid, heading: str, seen: _Seen) -> Picture:
    days = list(grid.span.each())
    met = [day for day in days if seen.levels[day] >= FAINTEST]
    return Picture(
        heading,
        _label(grid.span, [seen.numbers[day] for day in met], seen.today),
        LEFT + grid.span.weeks * grid.cell,
        TOP + WEEK * grid.cell,
        (*_months(grid), *_weekdays(grid)),
        "".join(grid.dot(day) for day in days if seen.levels[day] == NONE),
        "".join(grid.stroke(day) for day in days if seen.levels[day] == AWAY),
        tuple(grid.square(day, seen.levels[day] - NOTHING, seen.said(day)) for day in met),
    )


def _label(span: Span, numbers: Sequence[int], today: date) -> str:
    """What a picture shows, for whoever does not see it."""
    said = say_span(span, today)
    on = f"{counted(sum(numbers), 'conversation')} on {counted(len(numbers), 'day')}"
    return f"{said}: {on if numbers else 'no conversations'}"


def _months(grid: _Grid) -> Iterator[Mark]:
    """The name of each month above its first week, where the next name leaves it room."""
    firsts = [grid.span.first, *(day for day in grid.span.each() if day.day == 1)]
    marks = [Mark(grid.corner(day)[0], TOP - 6, month_name(day.month)[:3]) for day in firsts]
    room = zip(marks, [*(mark.x for mark in marks[1:]), WIDTH + MONTH_ROOM], strict=True)
    return (mark for mark, following in room if following - mark.x >= MONTH_ROOM)


def _weekdays(grid: _Grid) -> Iterator[Mark]:
    labels = ((number, weekday_label(number)) for number in range(WEEK))
    return (
        Mark(0, TOP + number * grid.cell + grid.cell // 2 + 3, label)
        for number, label in labels
        if label
    )


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
