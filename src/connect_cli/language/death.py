"""The day on which somebody died, as far as it is known.

It is stored as a part of an ISO day: `2024-03-10`, `2024-03`, `2024`, `--03-10` if the year is not
known (ISO 8601, as vCard writes it), or `unknown`.
"""

import re
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import is_yearly_day, month_name
from connect_cli.model import UNKNOWN

_PART = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|--(?P<yearly_month>[0-9]{2})-(?P<yearly_day>[0-9]{2})"
)


class PartOfDay(NamedTuple):
    """A day of which a part may be unknown; a day never stands without its month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


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
