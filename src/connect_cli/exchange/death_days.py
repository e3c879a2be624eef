"""The day on which somebody died, as other programs name and write it."""

import re

from connect_cli.language.calendar import is_yearly_day
from connect_cli.language.death import say_death
from connect_cli.language.words import fold
from connect_cli.model import UNKNOWN

NO_YEAR = 1604
"""The year that Apple writes for an unknown one."""

_WORDS = frozenset(
    (
        *("death", "died", "dead", "deceased", "passed away", "date of death", "day of death"),
        *("death date", "deathdate", "deathday", "todestag", "todesdatum", "sterbedatum"),
        *("gestorben", "verstorben", "deces", "date de deces", "date du deces"),
    )
)
"""Labels, folded, of a date that is the day on which somebody died."""

_DEATH_DAY = re.compile(
    r"(?P<year>[0-9]{4}|--)-?(?:(?P<month>[0-9]{2})(?:-?(?P<day>[0-9]{2})(?:[T ].*)?)?)?"
)


def is_death(label: str) -> bool:
    """Whether a date with this label is the day on which somebody died."""
    return fold(label) in _WORDS


def death_text(said: str, omitted: str = "") -> str:
    """The day of a death in figures, as the journal stores it. omitted: a year that means none."""
    match = _DEATH_DAY.fullmatch(said)
    if match is None:
        return UNKNOWN
    year, month, day = match["year"], match["month"], match["day"]
    if year in (str(NO_YEAR), omitted):
        year = "--"
    return _death_text(None if year == "--" else int(year), int(month or 0), int(day or 0))


def _death_text(year: int | None, month: int, day: int) -> str:
    """The parts of the day of a death that are known; 0 for one that is not."""
    known_month = 1 <= month <= 12
    if known_month and is_yearly_day(month, day, year or None):
        return f"{f'{year:04}-' if year else '--'}{month:02}-{day:02}"
    if not year:
        return UNKNOWN
    return f"{year:04}-{month:02}" if known_month else f"{year:04}"


def says_more(said: str, there: str) -> bool:
    """Whether a day of death agrees with another and is more exact."""
    if there == UNKNOWN:
        return said != UNKNOWN
    return said != there and (said.startswith(f"{there}-") or said.endswith(there.lstrip("-")))


def death_words(stored: str) -> str:
    """The day of a death in words, as they follow `died`."""
    return say_death(stored).removeprefix("died").strip() or "on an unknown day"
