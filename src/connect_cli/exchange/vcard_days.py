"""How a card writes days: yearly ones, and the day on which somebody died."""

import re
from collections.abc import Sequence

from connect_cli.exchange.death_days import NO_YEAR
from connect_cli.exchange.values import Day, Yearly
from connect_cli.exchange.vcard_syntax import escaped
from connect_cli.exchange.vcard_values import ANNIVERSARY, APPLES_DAY, BIRTHDAY
from connect_cli.language.calendar import yearly_text
from connect_cli.language.words import fold
from connect_cli.model import DEATH, UNKNOWN

HYPHENS = "0000-00-00"
"""A day in the form of vCard 3.0."""

_MONTH = re.compile("[0-9]{4}-[0-9]{2}")
_APPLES_OWN = {"other": "Other"}
"""Labels of days for which Apple has a word of its own."""


def day_text(day: Yearly) -> str:
    """A yearly day as vCard 3.0 writes it."""
    return yearly_text(*day, unknown="--")


def usual_day(version: str) -> str:
    """A day in the form that a version of cards has."""
    return "" if version == "4.0" else HYPHENS


def written_day(day: Day, like: str) -> str:
    """A day, with hyphens if `like` has them. A month alone always has one (RFC 6350, 4.3.1)."""
    text = day if isinstance(day, str) else day_text(day)
    has_hyphens = "-" in like.strip().lstrip("-").partition("T")[0]
    if has_hyphens or _MONTH.fullmatch(text):
        return text
    return f"--{text[2:].replace('-', '')}" if text.startswith("--") else text.replace("-", "")


def without_year(day: Yearly) -> str:
    """The end of a line with a day of an unknown year, as Apple writes it."""
    return f";X-APPLE-OMIT-YEAR={NO_YEAR}:{NO_YEAR}-{day[1]:02}-{day[2]:02}"


def new_day(label: str, day: Day, version: str, group: str) -> Sequence[str]:
    """The lines of a day that is new in a card. group: a free one, for Apple's label."""
    text = written_day(day, usual_day(version))
    extra = "" if version == "4.0" else "X-"  # vCard 4.0 has more properties
    if label == DEATH:
        return [f"{extra}DEATHDATE{';VALUE=text' if day == UNKNOWN else ''}:{text}"]
    if label == BIRTHDAY:
        return [f"BDAY:{text}"]
    if label == ANNIVERSARY:
        return [f"{extra}ANNIVERSARY:{text}"]
    named = _APPLES_OWN.get(fold(label))
    said = f"_$!<{named}>!$_" if named else escaped(label)
    apples = extra and isinstance(day, tuple) and day[0] is None
    value = without_year(day) if apples and isinstance(day, tuple) else f":{text}"
    return [f"{group}.{APPLES_DAY}{value}", f"{group}.X-ABLabel:{said}"]
