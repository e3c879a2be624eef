"""Days: when one begins, where months lead, and where yearly days fall."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.language.calendar import day_of, logical_day, plus_months, yearly

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


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_months_lead_where_relativedelta_says(day: date, months: int) -> None:
    """The quick reckoning of months is the library's: clipped to the last day of short months."""
    assert plus_months(day, months) == day + relativedelta(months=months)


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
