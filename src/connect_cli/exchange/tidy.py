"""Values of other programs in the journal's forms; what does not fit becomes nothing."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.values import Yearly
from connect_cli.language.calendar import is_yearly_day
from connect_cli.language.names import check_name
from connect_cli.language.tags import read_tag

LONGEST_VALUE = 1000
_YEARLY = re.compile(r"(?P<year>[0-9]{4}|--?)-?(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})(?:[T ].*)?")
_SEPARATORS = ("Zl", "Zp")


def one_line(text: str) -> str:
    """A text without breaks and control characters, cut where nobody reads on."""
    seen = (" " if letter in "\t\n\r" else letter for letter in text[: 2 * LONGEST_VALUE])
    kept = "".join(letter for letter in seen if not _is_control(letter))
    return " ".join(kept.split())[:LONGEST_VALUE]


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", *_SEPARATORS)


def kept_name(text: str) -> str:
    """A name as the journal keeps it, or nothing."""
    try:
        return check_name(one_line(text))
    except NotUnderstood:
        return ""


def kept_tag(text: str) -> str:
    """A tag as the journal keeps it, blanks as hyphens, or nothing."""
    word = re.sub(r"[^\w/-]+", "-", text.strip()).strip("-_/")
    try:
        return read_tag(word)
    except NotUnderstood:
        return ""


def kept_text(text: str) -> str:
    """A note: any text that can be stored, without half characters."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in clean if unicodedata.category(letter) != "Cs").strip()


def day_of_year(text: str) -> Yearly | None:
    """A birthday as vCards and spreadsheets write it, with or without its year."""
    if (match := _YEARLY.fullmatch(text.strip())) is None:
        return None
    year, month, day = match["year"], int(match["month"]), int(match["day"])
    if not is_yearly_day(month, day):
        return None
    if year.startswith("-") or int(year) == 0:
        return None, month, day
    return int(year), month, day


def day_of(text: str) -> date | None:
    """The day that an ISO text begins with."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in order, without empty ones."""
    return tuple(dict.fromkeys(value for value in values if value))
