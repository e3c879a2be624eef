"""Days: when one begins, where months lead, and where yearly days fall."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import (
    UNITS,
    clipped,
    day_of,
    first_until,
    logical_day,
    month_at,
    month_days,
    month_number,
    months_between,
    plus_days,
    plus_months,
    shift,
    whole_unit,
    yearly,
)

LATER = st.dates(date(1000, 1, 1), date(3000, 1, 1))
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2026, 11, 23, 3, 59), date(2026, 11, 22), id="03:59"),
        pytest.param(datetime(2026, 11, 23, 4, 0), date(2026, 11, 23), id="04:00"),
        pytest.param(datetime(2026, 11, 23, 23, 59), date(2026, 11, 23), id="23:59"),
        pytest.param(datetime(2027, 1, 1, 0, 0), date(2026, 12, 31), id="new-year"),
        pytest.param(datetime(2026, 3, 29, 3, 59, tzinfo=LONDON), date(2026, 3, 28), id="spring"),
        pytest.param(datetime(2026, 3, 29, 4, 0, tzinfo=LONDON), date(2026, 3, 29), id="spring-4"),
        pytest.param(datetime(2026, 10, 25, 3, 59, tzinfo=LONDON), date(2026, 10, 24), id="autumn"),
        pytest.param(
            datetime(2026, 10, 25, 4, 0, tzinfo=LONDON), date(2026, 10, 25), id="autumn-4"
        ),
        pytest.param(datetime(2026, 11, 23, 3, 59, tzinfo=UTC), date(2026, 11, 22), id="utc"),
    ],
)
def test_a_day_begins_at_four_by_the_wall_clock(now: datetime, expected: date) -> None:
    """03:59 is yesterday, also on the days on which clocks change, whatever the zone."""
    assert logical_day(now, 4) == expected


DAYS = st.dates() | st.sampled_from([date.min, date.max])
COUNTS = st.integers(-200_000, 200_000) | st.integers(-40, 40) | st.integers()


@given(DAYS, COUNTS, st.sampled_from(["d", "w", "m", "y", "fortnights"]))
def test_a_count_of_days_or_months_leads_where_the_library_says(
    day: date, count: int, unit: str
) -> None:
    """From any day of the calendar, in either direction; beyond its ends it is refused."""
    size, base = UNITS[unit]
    try:
        later = (
            relativedelta(days=count * size) if base == "d" else relativedelta(months=count * size)
        )
        expected = day + later
    except (OverflowError, ValueError):
        with pytest.raises(NotUnderstood, match="outside the years 1 to 9999"):
            shift(day, count, unit)
    else:
        assert shift(day, count, unit) == expected


@given(DAYS, COUNTS)
def test_days_added_stay_within_the_calendar(day: date, count: int) -> None:
    """Exactly so many days on, or the end of the calendar."""
    there = plus_days(day, count)
    assert (there - day).days == count or there == (date.max if count > 0 else date.min)


@given(DAYS)
def test_months_are_numbered_without_a_gap(day: date) -> None:
    """A month's number gives it back, and whole months between days add up."""
    assert month_at(month_number(day)) == (day.year, day.month)
    assert clipped(day.year, day.month, 31).day == month_days(day.year, day.month)
    assert months_between(date.min, day) >= 0


@given(st.datetimes(), st.integers(0, 12))
def test_every_moment_belongs_to_a_day(now: datetime, hour: int) -> None:
    """To its own, or before the hour at which days begin to the one before."""
    assert logical_day(now, hour) == plus_days(now.date(), -(now.hour < hour))


@given(st.integers(1, 120))
def test_a_series_of_months_does_not_drift(count: int) -> None:
    """Counted from its start, a series that begins on the 31st comes back to the 31st."""
    later = plus_months(date(2026, 1, 31), count)
    assert later.day == 31 or (later + relativedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("year", "february", "march"),
    [
        (2027, date(2027, 2, 28), date(2027, 3, 1)),
        (2028, date(2028, 2, 29), date(2028, 2, 29)),
        (2100, date(2100, 2, 28), date(2100, 3, 1)),
        (2000, date(2000, 2, 29), date(2000, 2, 29)),
    ],
)
def test_29_february_falls_where_the_settings_say(year: int, february: date, march: date) -> None:
    """In years that have the day it is the day; in others the setting decides."""
    assert yearly(2, 29, year, "28 feb") == february
    assert yearly(2, 29, year, "1 mar") == march


@pytest.mark.parametrize(
    ("ordinal", "expected"),
    [(-5, date.min), (1, date.min), (date.max.toordinal() + 9, date.max)],
    ids=["before", "first", "after"],
)
def test_days_beyond_the_calendar_are_its_ends(ordinal: int, expected: date) -> None:
    """A snooze until the year 9999 is no reason to fail."""
    assert day_of(ordinal) == expected


@given(st.sampled_from(["week", "month", "quarter", "year"]), st.integers(-30, 30), LATER)
def test_whole_units_follow_on_one_another(unit: str, which: int, today: date) -> None:
    """Each begins the day after the one before it, and that of today holds today."""
    first, last = whole_unit(unit, which, today)
    assert first <= last
    assert whole_unit(unit, which + 1, today)[0] == plus_days(last, 1)
    this = whole_unit(unit, 0, today)
    assert this[0] <= today <= this[1]


def test_whole_units_end_with_the_calendar() -> None:
    """A month of the year 0 or 10000 is refused, and so is a week."""
    for unit, which, today in (("month", -1, date.min), ("year", 1, date.max)):
        with pytest.raises(NotUnderstood, match="outside the years"):
            whole_unit(unit, which, today)
    with pytest.raises(NotUnderstood, match="outside the years"):
        whole_unit("week", 1, date.max)


@pytest.mark.parametrize(
    ("count", "unit", "first"),
    [
        *((1, "d", "2026-11-30"), (1, "w", "2026-11-24"), (3, "weeks", "2026-11-10")),
        *((1, "m", "2026-10-31"), (3, "m", "2026-08-31"), (1, "y", "2025-12-01")),
    ],
)
def test_days_until_a_day_are_as_many_as_said(count: int, unit: str, first: str) -> None:
    """The last day is one of them."""
    assert str(first_until(date(2026, 11, 30), count, unit)) == first
