"""Days: when a new one begins, and where months and years lead."""

from datetime import date, datetime, timedelta
from typing import Literal

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def logical_day(now: datetime, day_starts_at: int) -> date:
    """The day that a moment belongs to: 03:59 is still yesterday when days start at 4.

    The wall clock decides, whatever its zone: hours are taken off naive time.
    """
    return (now.replace(tzinfo=None) - timedelta(hours=day_starts_at)).date()


def day_of(ordinal: int) -> date:
    """The day with that ordinal, or the first or last that there is."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def plus_months(day: date, months: int) -> date:
    """The same day `months` later, or the last one of a shorter month.

    What dateutil's relativedelta gives, at a tenth of its cost and without its import.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _length(year, month)))


def yearly(month: int, day: int, year: int, leap_birthdays: Literal["28 feb", "1 mar"]) -> date:
    """Where a yearly day falls in a year; 29 February goes where the settings say."""
    if (month, day) == (2, 29) and not _is_leap(year):
        return date(year, 2, 28) if leap_birthdays == "28 feb" else date(year, 3, 1)
    return date(year, month, day)


def _length(year: int, month: int) -> int:
    return LENGTHS[month] + (month == 1 and _is_leap(year))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
