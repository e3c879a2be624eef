"""The day on which somebody died, as far as it is known.

It is stored as a part of an ISO day: `2024-03-10`, `2024-03`, `2024`, `--03-10` if the year is not
known (ISO 8601, as vCard writes it), or `unknown`.
"""

import re
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MONTH, MONTHS, is_yearly_day, month_name
from connect_cli.language.dates import plain_words
from connect_cli.language.day_options import read_past_day
from connect_cli.language.words import fold
from connect_cli.model import UNKNOWN

_PART = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|--(?P<yearly_month>[0-9]{2})-(?P<yearly_day>[0-9]{2})"
)
_MONTH_OF = re.compile(rf"(?:in )?(?P<month>{MONTH}) (?P<year>[0-9]{{4}})")
_YEAR = re.compile(r"(?:in )?(?P<year>[0-9]{4})")
_HOW = "write it like 10 march 2024, march 2024, 2024, or --03-10 without a year"


class PartOfDay(NamedTuple):
    """A day of which a part may be unknown; a day never stands without its month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


def read_death(text: str, today: date) -> str:
    """The stored form of what was typed; without anything typed, UNKNOWN.

    A day without a year is the last one, as in a log line. Raises NotUnderstood for what is no day,
    or is still to come.
    """
    words = " ".join(plain_words(fold(text)))
    if words in ("", UNKNOWN):
        return UNKNOWN
    if month := _MONTH_OF.fullmatch(words):
        stored = f"{month['year']}-{MONTHS[month['month']]:02}"
    elif year := _YEAR.fullmatch(words):
        stored = year["year"]
    elif _PART.fullmatch(words):
        stored = words
    else:
        return read_past_day(text, today).isoformat()
    try:
        check_death(stored)
    except NotUnderstood as error:
        raise NotUnderstood(f"'{text}' is {error.message}", _HOW) from None
    if not stored.startswith("--") and stored > today.isoformat():
        raise NotUnderstood(f"'{text}' is still to come", _HOW)
    return stored


def check_death(stored: str) -> str:
    """A stored day of death, if it is one. Raises NotUnderstood."""
    part = part_of(stored)
    if part == PartOfDay() and stored != UNKNOWN:
        raise NotUnderstood("no part of a day")
    if part.year == 0 or (part.month is not None and not 1 <= part.month <= 12):
        raise NotUnderstood("no such month")
    if part.day is not None and not is_yearly_day(part.month or 0, part.day, part.year):
        raise NotUnderstood("no such day")
    return stored


def part_of(stored: str) -> PartOfDay:
    """What is known of a stored day of death; nothing if it is UNKNOWN, or no such day."""
    if (match := _PART.fullmatch(stored)) is None:
        return PartOfDay()
    year, month, day = match["year"], match["month"], match["day"]
    month, day = month or match["yearly_month"], day or match["yearly_day"]
    return PartOfDay(*(None if part is None else int(part) for part in (year, month, day)))


def say_death(stored: str) -> str:
    """In words: `died 10 March 2024`, `died in March 2024`, `died in 2024`, or `died`."""
    year, month, day = part_of(stored)
    named = "" if month is None else month_name(month)
    words = " ".join(str(part) for part in (day, named, year) if part)
    on = "" if day is not None else "in "
    return f"died {on}{words}" if words else "died"
