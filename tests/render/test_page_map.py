"""Every day of a map stands once in its pictures, in the column of its week."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Pause
from connect_cli.render.page_map import LEFT, LEVELS, TOP, WIDTH, Picture, keys, pictures
from connect_cli.reviews import DayCount, Span, YearMap
from tests.render.samples_page import LIFE, MONTH, QUARTER, SAMPLES, TODAY, YEAR

MAPS = [name for name, sample in SAMPLES.items() if sample.map]


@st.composite
def maps(draw: st.DrawFn) -> YearMap:
    """Some days of any span up to today, with days away."""
    first = TODAY - timedelta(draw(st.integers(0, 1500)))
    span = Span(first, TODAY - timedelta(draw(st.integers(0, (TODAY - first).days))))
    offsets = st.integers(0, span.days - 1)
    numbers = draw(st.dictionaries(offsets, st.integers(1, 30), max_size=20))
    days = tuple(DayCount(first + timedelta(at), number) for at, number in sorted(numbers.items()))
    away = draw(st.lists(st.tuples(st.integers(-9, span.days + 9), st.none() | st.integers(0, 40))))
    pauses = (
        Pause(start, None if length is None else start + timedelta(length))
        for at, length in away
        for start in [first + timedelta(at)]
    )
    return YearMap(span, days, tuple(pauses))


@given(maps())
def test_every_day_stands_once(view: YearMap) -> None:
    """As a dot, as a stroke or as a square; a square says how many conversations it had."""
    drawn = pictures(view, TODAY)
    said = [square.said for picture in drawn for square in picture.squares]
    signs = "".join(picture.empty + picture.away for picture in drawn).count("M")
    assert signs + len(said) == view.span.days
    totals = sorted(int(one.split(": ")[1].split()[0]) for one in said)
    assert totals == sorted(day.number for day in view.days)


@given(maps())
def test_nothing_stands_outside_or_on_another(view: YearMap) -> None:
    """All is within the picture, which a phone has room for, and every day has a cell alone."""
    for picture in pictures(view, TODAY):
        assert picture.width <= WIDTH
        cell = (picture.height - TOP) // 7
        corners = [_cell_of(x, y, cell) for x, y in _places(picture)]
        assert len(set(corners)) == len(corners)
        assert all(0 <= row < 7 for _, row in corners)
        assert {column for column, _ in corners} == set(range((picture.width - LEFT) // cell))


@given(maps())
def test_labels_leave_each_other_room(view: YearMap) -> None:
    """The names of months stand in their order and do not touch."""
    for picture in pictures(view, TODAY):
        months = [mark.x for mark in picture.marks if mark.x >= LEFT]
        assert all(after - before >= 22 for before, after in pairwise(months))


def _places(picture: Picture) -> list[tuple[float, float]]:
    signs = re.findall(r"M([\d.]+) ([\d.]+)", picture.empty + picture.away)
    squares = [(one.x + one.side / 2, one.y + one.side / 2) for one in picture.squares]
    return [*((float(x), float(y)) for x, y in signs), *squares]


def _cell_of(x: float, y: float, cell: int) -> tuple[int, int]:
    """The column and the row of a sign; that of a stroke begins at its lower left."""
    return int((x - LEFT) // cell), int((y - TOP - 0.01) // cell)


@pytest.mark.parametrize(
    ("view", "headings"),
    [
        (MONTH.map, [""]),
        (QUARTER.map, [""]),
        (YEAR.map, ["", ""]),
        (LIFE.map, [one for year in range(2026, 1996, -1) for one in (str(year), "")] + ["1996"]),
    ],
    ids=["month", "quarter", "year", "life"],
)
def test_half_years_are_pictures(view: YearMap | None, headings: list[str]) -> None:
    """A year has two; of several years each has its number, the newest first."""
    assert view is not None
    drawn = pictures(view, TODAY)
    assert [picture.heading for picture in drawn] == headings


def test_a_week_is_a_column() -> None:
    """Monday is the first row; months and every other weekday are named."""
    span = Span(date(2026, 11, 17), TODAY)
    (picture,) = pictures(YearMap(span, (DayCount(date(2026, 11, 23), 9),)), TODAY)
    (square,) = picture.squares
    assert (square.x // 1, square.y // 1) == (LEFT + 22 + 1, TOP + 1)
    assert square.level == LEVELS
    assert square.said == "Mon 23 Nov: 9 conversations"
    assert [mark.text for mark in picture.marks] == ["Nov", "Mon", "Wed", "Fri", "Sun"]
    assert picture.label.endswith(": 9 conversations on 1 day")


def test_a_picture_of_nothing_says_so() -> None:
    """Whoever does not see it hears that there is nothing."""
    (picture,) = pictures(YearMap(Span(TODAY, TODAY)), TODAY)
    assert picture.label == "Today, Monday 30 November 2026: no conversations"


def test_signs_differ_without_colour() -> None:
    """A square grows with what it means; nothing and days away have signs of another shape."""
    assert YEAR.map is not None
    none, *squares, away = keys(YEAR.map)
    sides = [key.square.side for key in squares if key.square]
    assert sides == sorted(set(sides))
    assert len(sides) == LEVELS
    assert (none.square, none.said, away.square, away.said) == (None, "0", None, "away")
    assert none.empty
    assert away.away


@pytest.mark.parametrize("name", MAPS)
def test_labels_say_all_conversations(name: str) -> None:
    """What the pictures of a map say together is what it has."""
    view = SAMPLES[name].map
    assert view is not None
    said = [re.findall(r": (\d+) conv", picture.label) for picture in pictures(view, TODAY)]
    total = sum(int(number) for found in said for number in found)
    assert total == sum(day.number for day in view.days)
