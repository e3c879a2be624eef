"""What was not understood of cards that were read: lines, and cards or other parts inside them."""

import re
from collections.abc import Iterator, Mapping

from connect_cli.exchange.normalise import one_line, unclear_day
from connect_cli.exchange.values import Day
from connect_cli.exchange.vcard_lines import Card, Line, beginning
from connect_cli.exchange.vcard_syntax import Property, taken_apart, unescaped
from connect_cli.exchange.vcard_values import (
    APPLES_DAY,
    POINTS,
    day_in,
    day_label,
    day_text_of,
    labels,
    point,
)
from connect_cli.language.words import fold
from connect_cli.model import DEATH
from connect_cli.reports import Unread

KEPT = "; the card keeps it"
INNER_CARD = "a card within a card is not imported"

_PARTS = {
    "VCALENDAR": "a calendar",
    "VEVENT": "an event",
    "VTODO": "a to-do",
    "VJOURNAL": "a journal entry",
}
_FULL_NAME = re.compile(r"^(?:FN|N)(?:;[^:]*)?:(.+)$", re.MULTILINE | re.IGNORECASE)


def unread_lines(card: Card, where: str) -> Iterator[Unread]:
    """The lines of a card that say something the journal could not take; the card keeps them."""
    found = [(line, taken_apart(line.text)) for line in card.own]
    called = labels(one for _, one in found if one is not None)
    days: dict[str, Day] = {}
    for line, one in found:
        place = f"{where}line {line.number}"
        if one is None:
            yield Unread(place, f"this is not a property{KEPT}", one_line(line.text))
        elif one.value.strip("; ") and (unread := _not_understood(one, called, days)):
            reason, said = unread
            yield Unread(place, f"{reason}{KEPT}", said)


def _not_understood(
    line: Property, called: Mapping[str, str], days: dict[str, Day]
) -> tuple[str, str] | None:
    """Why a line was not understood, and what it says; None for all others.

    days: those of the lines before, by their labels; that of this line is added.
    """
    if line.name in POINTS:
        known = point(line) is not None
        return None if known else (f"{line.name} is not understood", one_line(line.value))
    if label := day_label(line, called):
        return _day_not_understood(line, label, days)
    if line.name == APPLES_DAY:
        return f"{line.name} has no label", one_line(line.value)
    if line.name == "AGENT" and beginning(line.value.partition("\\")[0]):
        return INNER_CARD, _name_in(unescaped(line.value))
    return None


def _day_not_understood(line: Property, label: str, days: dict[str, Day]) -> tuple[str, str] | None:
    """The same for a line with a day."""
    if (day := day_in(line, label)) is None:
        return f"{line.name} is not understood", unclear_day(day_text_of(line))
    if (other := days.setdefault(fold(label), day)) == day or _without_year(day, other):
        return None
    word = "day of death" if label == DEATH else f"'{label}'"
    return f"a second {word} is not imported", one_line(day_text_of(line))


def _without_year(day: Day, other: Day) -> bool:
    """Whether two yearly days are the same, and one of them has no year."""
    return day[1:] == other[1:] and None in (day[0], other[0])


def unread_parts(card: Card, where: str, *, kept: bool) -> Iterator[Unread]:
    """The cards and other parts inside a card. kept: whether the journal keeps the outer card."""
    end = KEPT if kept else ""
    for inner in card.inner:
        text = "\n".join(line.text for line in inner.lines)
        yield Unread(f"{where}line {inner.number}", f"{INNER_CARD}{end}", _name_in(text))
    for line in card.others:
        what = _part(beginning(line.text))
        yield Unread(f"{where}line {line.number}", f"{what} within a card is not imported{end}")


def unfolded(card: Card, where: str) -> Iterator[str]:
    """A remark on each text that goes on in the next line without the blank that marks a fold."""
    for line in card.own:
        if line.unfolded and (one := taken_apart(line.text)) is not None:
            text = f"{one.name} of line {line.number}"
            yield f"{where}line {line.unfolded}: continues {text} without a fold; read with it"


class Outside:
    """Collects what stands in a file outside of its cards, one `Unread` for each part or run."""

    def __init__(self, where: str) -> None:
        self.unread: list[Unread] = []
        self._where, self._next, self._part = where, 0, ""

    def take(self, line: Line) -> None:
        """Add a line."""
        begins = beginning(line.text)
        goes_on = bool(self._part) or (not begins and line.number == self._next)
        self._next = line.number + max(1, len(line.raw.splitlines()))
        if begins and not self._part:
            self._part = begins
        elif line.text.strip().upper() == f"END:{self._part}":
            self._part = ""
        if not goes_on:
            what = _part(begins) if begins else "text"
            said = "" if begins else one_line(line.text)
            place = f"{self._where}line {line.number}"
            self.unread.append(Unread(place, f"{what} outside of the cards is not imported", said))


def _part(name: str) -> str:
    return _PARTS.get(name) or f"'{one_line(name)}'"


def _name_in(text: str) -> str:
    """The name in the text of a card, to tell which one it is."""
    match = _FULL_NAME.search(text)
    return one_line(unescaped(match[1]).replace(";", " ")) if match else ""
