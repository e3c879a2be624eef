"""Months, weekdays and number words, and steps from one day to another."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain

from connect_cli.errors import NotUnderstood

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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
    "a couple of": 2, "a couple": 2,
}  # fmt: skip
# Every way to write a unit, with the days, months or years it stands for.
UNITS: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(("d", "day", "days"), (1, "d")),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), (7, "d")),
    **dict.fromkeys(("fortnight", "fortnights"), (14, "d")),
    **dict.fromkeys(("m", "mo", "month", "months"), (1, "m")),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), (12, "m")),
}


def word_set(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


# Patterns are kept as text: `re` compiles each at its first use and remembers it, so that a
# command which reads no words does not pay for the words of all others.


def choice(words: Mapping[str, object]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


NUMBER = rf"(?:[0-9]{{1,4}}|{choice(NUMBERS)})"
UNIT = rf"(?:{choice(UNITS)})"
MONTH = rf"(?:{choice(MONTHS)})"
WEEKDAY = rf"(?:{choice(WEEKDAYS)})"
CALENDAR_WORDS = frozenset(chain(MONTHS, WEEKDAYS))


def number(word: str) -> int:
    """The value of what NUMBER matched."""
    return NUMBERS[word] if word in NUMBERS else int(word)


def shift(day: date, count: int, unit: str) -> date:
    """`count` of this unit later (earlier, when negative); a month clips to its last day.

    Raises NotUnderstood outside the years 1 to 9999.
    """
    size, base = UNITS[unit]
    try:
        if base == "d":
            return day + timedelta(days=count * size)
        months = day.year * 12 + day.month - 1 + count * size
        return clipped(months // 12, months % 12 + 1, day.day)
    except (OverflowError, ValueError) as error:
        raise NotUnderstood(
            "that is outside the calendar, which has the years 1 to 9999"
        ) from error


def clipped(year: int, month: int, day: int) -> date:
    """That day, or the month's last when it is shorter."""
    first = date(year, month, 1)
    return first.replace(day=min(day, month_days(first.year, month)))


def month_days(year: int, month: int) -> int:
    """How many days this month has."""
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days
