"""The day on which somebody died, or a part of it, as it is typed."""

import re
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MONTH, MONTHS
from connect_cli.language.dates import plain_words
from connect_cli.language.day_options import read_past_day
from connect_cli.language.death import PartOfDay, check_death, part_of
from connect_cli.language.words import fold
from connect_cli.model import UNKNOWN

_MONTH_OF = re.compile(rf"(?:in )?(?P<month>{MONTH}) (?P<year>[0-9]{{4}})")
_YEAR = re.compile(r"(?:in )?(?P<year>[0-9]{4})")
_HOW = "write it like 10 march 2024, march 2024, 2024, or --03-10 without a year"


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
    elif part_of(words) != PartOfDay():
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
