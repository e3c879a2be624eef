"""The calendar: each day once, at its weekday, with its sign; and the words around it."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.journal.year_map import fullest_week
from connect_cli.language.calendar import monday_of
from connect_cli.model import Named, Pause
from connect_cli.render.planning_words import is_away
from connect_cli.render.year_map import (
    ASCII_SIGNS,
    AWAY,
    FAINTEST,
    GUTTER,
    MOST_WEEKS,
    NONE,
    ORDINARY,
    OUTSIDE,
    SIGNS,
    Block,
    blocks,
    fullest_command,
    legend,
    levels,
    limits,
    say_fullest,
    say_heading,
    say_none,
)
from connect_cli.reviews import DayCount, Span, YearMap
from tests.render import samples_map as maps
from tests.render.samples import TODAY

A_YEAR = 366


@st.composite
def views(draw: st.DrawFn, most_days: int = 1500) -> YearMap:
    """Any days, some with conversations, some away; busy or quiet."""
    first = draw(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
    number = draw(st.one_of(st.integers(1, A_YEAR + 10), st.integers(1, most_days)))
    span = Span(first, first + timedelta(number - 1))
    most = draw(st.sampled_from((1, 5, 150)))
    some = draw(st.dictionaries(st.integers(0, number - 1), st.integers(1, most), max_size=40))
    days = tuple(DayCount(first + timedelta(at), some[at]) for at in sorted(some))
    away = tuple(
        Pause(first + timedelta(start), None if days_away is None else first + timedelta(end))
        for start, days_away in draw(
            st.lists(
                st.tuples(st.integers(-20, number - 1), st.one_of(st.none(), st.integers(0, 40))),
                max_size=3,
            )
        )
        for end in [max(0, start + (days_away or 0))]
    )
    return YearMap(span, days, away, fullest=fullest_week(days, span))


def read(block: Block, first: date) -> list[tuple[date, str]]:
    """The days of a block with their signs: `first` is its Monday, rows are weekdays."""
    return [
        (first + timedelta(7 * week + weekday), sign)
        for weekday, row in enumerate(block.rows)
        for week, sign in enumerate(row)
        if sign != SIGNS[OUTSIDE]
    ]


def wanted_level(view: YearMap, day: date) -> int:
    """The level of a day, counted day by day."""
    number = sum(one.number for one in view.days if one.on == day)
    if number:
        return NONE + 1 + sum(number >= limit for limit in limits(view.days))
    return AWAY if is_away(day, view.away) else NONE


@given(views())
def test_every_day_of_the_span_has_its_level_and_no_other_day_has_one(view: YearMap) -> None:
    """A conversation shows on a day away too."""
    found = levels(view)
    days = [view.span.first + timedelta(number) for number in range(view.span.days)]
    assert sorted(found) == days
    assert all(found[day] == wanted_level(view, day) for day in days[:: len(view.days) or 7])


@given(views(), st.sampled_from((GUTTER + MOST_WEEKS, 80, 140)))
def test_every_day_is_drawn_once_in_the_row_of_its_weekday(view: YearMap, width: int) -> None:
    """In the column of its week too; a block of a year begins with the week of 1 January."""
    drawn = [
        pair
        for block in blocks(view, width)
        for pair in read(
            block, monday_of(date(int(block.year), 1, 1) if block.year else view.span.first)
        )
    ]
    assert len({day for day, _ in drawn}) == len(drawn)
    assert dict(drawn) == {day: SIGNS[level] for day, level in levels(view).items()}


@given(views(), st.integers(1, 150))
def test_at_any_width_every_day_is_drawn_once_and_no_line_is_too_long(
    view: YearMap, width: int
) -> None:
    """A narrow window cuts the calendar into several blocks."""
    found = blocks(view, width)
    signs = "".join(sign for block in found for row in block.rows for sign in row if sign != " ")
    assert sorted(signs) == sorted(SIGNS[level] for level in levels(view).values())
    room = max(width, GUTTER + 3)
    for block in found:
        assert GUTTER + len(block.months) <= room
        assert all(GUTTER + len(row) * block.step <= room for row in block.rows)


@given(views(400), st.integers(58, 150))
def test_the_ascii_signs_say_the_same(view: YearMap, width: int) -> None:
    """Sign by sign: where the locale has no other ones, nothing is lost."""
    assert len(SIGNS) == len(set(SIGNS)) == len(ASCII_SIGNS)
    assert len(set(ASCII_SIGNS)) == len(SIGNS) - 1  # without a conversation it is blank
    into = str.maketrans(SIGNS, ASCII_SIGNS)
    plain = blocks(view, width, ASCII_SIGNS)
    assert plain == [
        block._replace(rows=tuple(row.translate(into) for row in block.rows))
        for block in blocks(view, width)
    ]
    assert all(row.isascii() for block in plain for row in block.rows)


@pytest.mark.parametrize(
    ("first", "last", "years", "weeks"),
    [
        pytest.param(date(2012, 1, 1), date(2012, 12, 31), [""], 54, id="leap, from a Sunday"),
        pytest.param(date(2023, 1, 1), date(2023, 12, 31), [""], 53, id="from a Sunday"),
        pytest.param(date(2024, 1, 1), date(2024, 12, 31), [""], 53, id="leap, from a Monday"),
        pytest.param(date(2025, 12, 29), date(2026, 1, 4), [""], 1, id="new year in a week"),
        pytest.param(date(2026, 1, 4), date(2026, 1, 5), [""], 2, id="two days, two weeks"),
        pytest.param(date(2025, 11, 24), date(2026, 12, 6), [""], 54, id="just one block"),
        pytest.param(date(2025, 11, 24), date(2026, 12, 7), ["2026", "2025"], 50, id="by year"),
    ],
)
def test_a_span_is_one_block_or_one_for_each_year(
    first: date, last: date, years: list[str], weeks: int
) -> None:
    """As many weeks as a year can touch are one block; the newest year comes first."""
    found = blocks(YearMap(Span(first, last)), 80)
    assert [block.year for block in found] == years
    assert max(map(len, found[0].rows)) == weeks


def months_at(block: Block) -> dict[str, int]:
    """In which column each month's name begins."""
    return {name: block.months.index(name) // block.step for name in block.months.split()}


def test_a_month_stands_above_the_week_in_which_it_begins() -> None:
    """At one cell a week and at two."""
    year = YearMap(Span(date(2026, 1, 1), date(2026, 12, 31)))
    for width, step in ((60, 1), (GUTTER + 105, 1), (GUTTER + 106, 2)):
        (block,) = blocks(year, width)
        wanted = {
            f"{date(2026, month, 1):%b}": (date(2026, month, 1) - date(2025, 12, 29)).days // 7
            for month in range(1, 13)
        }
        assert (block.step, months_at(block)) == (step, wanted)


def test_the_month_of_the_first_days_is_named_if_there_is_room() -> None:
    """Otherwise the next one is: two names never touch."""
    assert blocks(YearMap(Span(date(2026, 3, 9), date(2026, 5, 3))), 80)[0].months.split() == [
        *("Mar", "Apr", "May"),
    ]
    (block,) = blocks(YearMap(Span(date(2025, 11, 24), date(2026, 11, 23))), 80)
    assert block.months.startswith(" Dec Jan Feb Mar  Apr")
    assert blocks(YearMap(Span(TODAY, TODAY)), 80)[0].months == "Nov"


def test_the_years_of_a_long_span_line_up() -> None:
    """January is at the left in each; days outside the span are blank."""
    found = blocks(maps.YEARS, 80)
    assert [block.year for block in found] == ["2026", "2025", "2024"]
    assert found[0].months.startswith("Jan")
    assert found[2].months.startswith(" " * 21 + "Jun")
    assert {row[:20] for row in found[2].rows} == {" " * 20}


def of(numbers: Mapping[int, int]) -> list[DayCount]:
    """So many days of each number of conversations."""
    days = [number for number, many in numbers.items() for _ in range(many)]
    return [DayCount(TODAY - timedelta(at), number) for at, number in enumerate(days)]


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ({}, ORDINARY),
        ({1: 200, 3: 20, 6: 20}, ORDINARY),
        ({1: 100, 40: 5}, ORDINARY),
        ({1: 94, 7: 6}, (1, 2, 4, 6)),
        ({8: 300}, (1, 2, 4, 6)),
        ({90: 250, 100: 100}, (1, 25, 50, 75)),
        ({40: 1}, (1, 10, 20, 30)),
    ],
)
def test_the_shades_follow_how_full_the_days_are(
    numbers: Mapping[int, int], wanted: tuple[int, ...]
) -> None:
    """A few full days do not make the others pale; days that are all full have shades too."""
    assert limits(of(numbers)) == wanted


@given(st.dictionaries(st.integers(1, 500), st.integers(1, 20), max_size=20))
def test_the_shades_always_differ(numbers: Mapping[int, int]) -> None:
    """The first begins at one conversation, and each begins above the one before."""
    found = limits(of(numbers))
    assert found[0] == 1
    assert sorted(set(found)) == list(found)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({1: 3}, ["0", "1", "2", "3 or 4", "5 or more conversations"]),
        ({100: 3}, ["0", "1 to 24", "25 to 49", "50 to 74", "75 or more conversations"]),
    ],
)
def test_the_legend_says_what_each_sign_means(numbers: Mapping[int, int], said: list[str]) -> None:
    """Days away only if there are any."""
    view = YearMap(maps.YEAR, tuple(of(numbers)))
    shades = [NONE, *range(FAINTEST, FAINTEST + 4)]
    assert legend(view) == list(zip(shades, said, strict=True))
    assert legend(view._replace(away=maps.AWAY)) == [*legend(view), (AWAY, "away")]


@pytest.mark.parametrize(
    ("person", "tag", "said"),
    [
        (None, "", ""),
        (Named("a", "Ada Lovelace"), "", ", with Ada Lovelace"),
        (None, "work", ", tagged #work"),
        (Named("a", "Ada Lovelace"), "work", ", with Ada Lovelace, tagged #work"),
    ],
)
def test_the_heading_says_which_conversations_are_counted(
    person: Named | None, tag: str, said: str
) -> None:
    """The days first, then with whom, then the tag."""
    view = YearMap(Span(date(2025, 1, 1), date(2025, 12, 31)), person=person, tag=tag)
    assert say_heading(view, TODAY) == f"2025{said}"
    assert say_none(view, TODAY) == f"2025{said}: no conversation."


WEEK = Span(date(2026, 3, 9), date(2026, 3, 15))
COMMAND = "connect history {}--since 2026-03-09 --until 2026-03-15{}"


@pytest.mark.parametrize(
    ("person", "tag", "name", "tagged"),
    [
        (None, "", "", ""),
        (Named("a", "Ada Lovelace"), "", "'Ada Lovelace' ", ""),
        (None, "work", "", " --tag work"),
        (Named("a", "O'Brien"), "naïve", "'O'\\''Brien' ", " --tag 'naïve'"),
    ],
)
def test_the_fullest_week_comes_with_the_command_that_shows_it(
    person: Named | None, tag: str, name: str, tagged: str
) -> None:
    """With the same person and tag, quoted for the shell."""
    days = (DayCount(WEEK.first, 20), DayCount(WEEK.last, 3), DayCount(date(2026, 3, 16), 5))
    view = YearMap(maps.YEAR, days, (), person, tag, WEEK)
    assert say_fullest(view) == "The fullest week: 9 to 15 March 2026, 23 conversations."
    assert fullest_command(view) == COMMAND.format(name, tagged)


def test_a_week_of_one_day_is_named_by_it() -> None:
    """It is all of the week that lies in the span."""
    view = YearMap(Span(TODAY, TODAY), (DayCount(TODAY, 1),), fullest=Span(TODAY, TODAY))
    assert say_fullest(view) == "The fullest week: Monday 23 November 2026, 1 conversation."


def test_without_a_conversation_there_is_no_fullest_week() -> None:
    """Neither a sentence nor a command."""
    assert say_fullest(maps.BARE) == fullest_command(maps.BARE) == ""
