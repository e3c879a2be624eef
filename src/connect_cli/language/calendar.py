"""The calendar: the names of months and days, and the arithmetic of months and yearly days.

Months are counted and yearly days are written here and nowhere else.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Literal

from connect_cli.errors import NotUnderstood
from connect_cli.model import MONTH_NAMES, WEEKDAY_NAMES

MONTHS: Mapping[str, int] = {
    **{name: number for number, name in enumerate(MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)},
    "sept": 9,
}
WEEKDAYS: Mapping[str, int] = {
    **{name: number for number, name in enumerate(WEEKDAY_NAMES)},
    **{name[:3]: number for number, name in enumerate(WEEKDAY_NAMES)},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
NUMBERS: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "couple": 2,
    "a couple of": 2, "a couple": 2, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
# Every way to write a unit, with the days or months it stands for.
UNITS: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(("d", "day", "days"), (1, "d")),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), (7, "d")),
    **dict.fromkeys(("fortnight", "fortnights"), (14, "d")),
    **dict.fromkeys(("m", "mo", "month", "months"), (1, "m")),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), (12, "m")),
}

MOST = 10**9
"""Larger numbers count as this one, with which no calculation ends within the calendar."""
OUTSIDE = "that day is outside the years 1 to 9999"
_WRITE_DATE = "write the date, like 2026-11-03"

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_YEAR = 2000


def word_set(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


_UP_TO_20 = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
ORDINALS: Mapping[str, int] = {
    **{word: day for day, word in enumerate(_UP_TO_20, 1)},
    **{f"twenty-{word}": 20 + day for day, word in enumerate(_UP_TO_20[:9], 1)},
    "thirtieth": 30,
    "thirty-first": 31,
}


def choice(words: Mapping[str, object]) -> str:
    """A pattern for any of these words, tried from the longest."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


# After a word a unit is a word of its own: `am` is not one month, `ad` is not one day.
NUMBER = rf"(?:[0-9]+|(?:{choice(NUMBERS)})(?= [a-z]{{2}}))"
UNIT = rf"(?:{choice(UNITS)})"
MONTH = rf"(?:{choice(MONTHS)})"
WEEKDAY = rf"(?:{choice(WEEKDAYS)})"
CALENDAR_WORDS = frozenset(chain(MONTHS, WEEKDAYS))


def month_name(month: int) -> str:
    """The name of a month, as in `January` for 1."""
    return MONTH_NAMES[month - 1].title()


def weekday_name(number: int) -> str:
    """The name of a weekday, as in `Monday` for 0."""
    return WEEKDAY_NAMES[number].title()


def number(word: str) -> int:
    """The value of what NUMBER matched, at most MOST."""
    if word in NUMBERS:
        return NUMBERS[word]
    return int(word) if len(word) < len(str(MOST)) else MOST


def shift(day: date, count: int, unit: str) -> date:
    """The day `count` units later (earlier, if negative), at most the last one of its month.

    Raises NotUnderstood outside the years 1 to 9999.
    """
    size, base = UNITS[unit]
    try:
        if base == "d":
            return day + timedelta(days=count * size)
        return plus_months(day, count * size)
    except (OverflowError, ValueError) as error:
        raise NotUnderstood(OUTSIDE, _WRITE_DATE) from error


def plus_months(day: date, months: int) -> date:
    """The same day `months` later, or the last one of a shorter month.

    The result is that of dateutil's relativedelta, at a tenth of the cost and without its import.
    Raises ValueError outside the years 1 to 9999.
    """
    return clipped(*month_at(month_number(day) + months), day.day)


def first_until(last: date, count: int, unit: str) -> date:
    """The first of the days that end with `last` and are so many units: `3 weeks` are 21 days.

    A month until 30 November begins on 31 October. Raises NotUnderstood like `shift`.
    """
    return plus_days(shift(last, -count, unit), 1)


def whole_unit(unit: str, which: int, today: date) -> tuple[date, date]:
    """All of the week (from Monday), month, quarter or year of today, or so many after it.

    Raises NotUnderstood if it begins outside the years 1 to 9999.
    """
    if unit == "week":
        monday = shift(monday_of(today), which, "w")
        return monday, plus_days(monday, 6)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = (month_number(today) // months + which) * months
    try:
        return clipped(*month_at(start), 1), clipped(*month_at(start + months - 1), 31)
    except ValueError as error:
        raise NotUnderstood(OUTSIDE, _WRITE_DATE) from error


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return plus_days(day, -day.weekday())


def month_number(day: date) -> int:
    """The number of a day's month, counted from the year 0."""
    return day.year * 12 + day.month - 1


def month_at(number: int) -> tuple[int, int]:
    """The year and the month with this number."""
    return number // 12, number % 12 + 1


def months_between(first: date, last: date) -> int:
    """How many whole months lie between two days."""
    return month_number(last) - month_number(first) - (last.day < first.day)


def clipped(year: int, month: int, day: int) -> date:
    """That day, or the last one of a shorter month."""
    return date(year, month, min(day, month_days(year, month)))


def month_days(year: int, month: int) -> int:
    """How many days this month has."""
    return _LENGTHS[month - 1] + (month == 2 and _is_leap(year))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def logical_day(now: datetime, day_starts_at: int) -> date:
    """The day that a moment belongs to: 03:59 is still yesterday if days start at 4.

    The wall clock of the local time decides, whatever its zone.
    """
    return plus_days(now.date(), -1) if now.hour < day_starts_at else now.date()


def day_of(ordinal: int) -> date:
    """The day with that ordinal, or else the first or the last of the calendar."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def plus_days(day: date, days: int) -> date:
    """The day so many days later, or earlier; at most the first or the last of the calendar."""
    return day_of(day.toordinal() + days)


def yearly(month: int, day: int, year: int, leap_birthdays: Literal["28 feb", "1 mar"]) -> date:
    """The date of a yearly day in a year; 29 February moves to where the settings say."""
    if (month, day) == (2, 29) and not _is_leap(year):
        return date(year, 2, 28) if leap_birthdays == "28 feb" else date(year, 3, 1)
    return date(year, month, day)


def is_yearly_day(month: int, day: int, year: int | None = None) -> bool:
    """Whether that year has that day; without a year, whether some year has it."""
    return 1 <= month <= 12 and 1 <= day <= month_days(_LEAP_YEAR if year is None else year, month)


def yearly_text(year: int | None, month: int, day: int, unknown: str = "") -> str:
    """A yearly day in figures, like 0812-12-10; without its year 12-10.

    unknown: the text for an unknown year and its hyphen, such as `--` in vCards.
    """
    return f"{unknown if year is None else f'{year:04}-'}{month:02}-{day:02}"
