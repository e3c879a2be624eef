"""The day on which somebody died, or a part of it, as it is typed."""

import re
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MONTH, MONTHS, NUMBER, UNITS, choice, number, shift
from connect_cli.language.dates import plain_words
from connect_cli.language.day_expression import UnclearDay, Yearly
from connect_cli.language.day_options import read_past_day
from connect_cli.language.death import PartOfDay, check_death, part_of
from connect_cli.language.words import fold
from connect_cli.model import UNKNOWN

_MONTH_OF = re.compile(rf"(?:in )?(?:last )?(?P<month>{MONTH})(?: (?:of )?(?P<year>[0-9]{{4}}))?")
_YEAR = re.compile(r"(?:in )?(?P<year>[0-9]{4})")
_SPANS = {unit: days for unit, (days, base) in UNITS.items() if base == "m"}
_AGO = re.compile(
    rf"(?P<count>{NUMBER}) ?(?P<unit>{choice(_SPANS)}) ago"
    r"|(?P<which>this|last) (?P<whole>month|year)"
)
_EVERY_YEAR = re.compile(r"[0-9]{2}-[0-9]{2}")
_HOW = "write it like 10 march 2024, march 2024, 2024, or 03-10 without a year"


def read_death(text: str, today: date) -> str:
    """The stored form of what was typed; without anything typed, UNKNOWN.

    A day or a month without a year is the last one, as in a log line; `last year` and `3 months
    ago` say no day. Raises NotUnderstood for what is no day, or is still to come.
    """
    words = " ".join(plain_words(fold(text)))
    if words in ("", UNKNOWN):
        return UNKNOWN
    stored = _part(words, today)
    if stored is None:
        return _day(text, today)
    try:
        check_death(stored)
    except NotUnderstood as error:
        raise NotUnderstood(f"'{text}' is {error.message}", _HOW) from None
    if not stored.startswith("--") and stored > today.isoformat():
        raise NotUnderstood(f"'{text}' is still to come", _HOW)
    return stored


def _part(words: str, today: date) -> str | None:
    """The stored form of words that say a part of a day, and of a whole day in figures."""
    if month := _MONTH_OF.fullmatch(words):
        of_year = MONTHS[month["month"]]
        year = month["year"] or f"{Yearly(of_year, 1).latest(today).year:04}"
        return f"{year}-{of_year:02}"
    if year := _YEAR.fullmatch(words):
        return year["year"]
    if ago := _AGO.fullmatch(words):
        return _ago(ago, today)
    if _EVERY_YEAR.fullmatch(words):
        return f"--{words}"
    return words if part_of(words) != PartOfDay() else None


def _ago(said: re.Match[str], today: date) -> str:
    """A month, or a year, before today: no day is said."""
    unit = said["unit"] or said["whole"]
    count = number(said["count"]) if said["count"] else int(said["which"] == "last")
    day = shift(today, -count, unit).isoformat()
    return day[:4] if UNITS[unit] == UNITS["year"] else day[:7]


def _day(text: str, today: date) -> str:
    try:
        return read_past_day(text, today).isoformat()
    except UnclearDay:
        raise
    except NotUnderstood as error:
        raise NotUnderstood(error.message, _HOW) from None
