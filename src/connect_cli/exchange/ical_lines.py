"""The lines of a calendar (RFC 5545), cut into the parts that meetings need.

Only events and time zones are kept. Whatever else a calendar holds is counted and left alone, so
that a to-do or an alarm with a mistake in it stands in the way of no meeting. Lines that belong to
nothing are skipped. An event without its end is returned too, but not as whole.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO

from connect_cli.exchange.normalise import lines_of
from connect_cli.exchange.vcard_lines import whole_lines
from connect_cli.exchange.vcard_syntax import Property, taken_apart
from connect_cli.language.plurals import counted

EVENT, ZONE, CALENDAR = "VEVENT", "VTIMEZONE", "VCALENDAR"
OBSERVANCES = ("STANDARD", "DAYLIGHT")
DATED = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"})

_ALL_OF_A_ZONE = {"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
_OF_AN_EVENT = {
    *("UID", "SUMMARY", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "SEQUENCE"),
    *("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE"),
    *("ATTENDEE", "ORGANIZER"),
}
"""The properties that are read; all others may say what they like."""

_BARE_ZONE = re.compile(r"(;TZID=)([^;\"]*)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_BEGIN = re.compile(r"(?:[^\r\n]*\r?\n){0,20}?[ \t\ufeff]*BEGIN:VCALENDAR[ \t]*(?:\r|\n|$)", re.I)
_OTHERS = {
    "VJOURNAL": ("journal entry (VJOURNAL)", "journal entries (VJOURNAL)"),
    "VTODO": ("to-do (VTODO)", "to-dos (VTODO)"),
    "VFREEBUSY": ("list of busy times (VFREEBUSY)", "lists of busy times (VFREEBUSY)"),
}


@dataclass(slots=True)
class Component:
    """An event or a time zone. number: the line where it begins.

    properties: its own; of a time zone also the BEGIN and END of the parts in it.
    is_whole: whether it has an END.
    """

    name: str
    number: int
    properties: list[Property] = field(default_factory=list)
    is_whole: bool = False

    def all(self, name: str) -> list[Property]:
        """Its properties of this name."""
        return [one for one in self.properties if one.name == name]

    def value(self, name: str) -> str:
        """The value of its first property of this name, or empty."""
        return next((one.value for one in self.properties if one.name == name), "")


@dataclass(slots=True)
class Parts:
    """What a calendar holds. others: how many components of other sorts, by name.

    cut_at: the last line of a file that ends before the calendar does; else 0. is_calendar: whether
    a calendar begins in it. is_cancelled: whether it was sent to call off what is in it.
    """

    events: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    cut_at: int = 0
    is_calendar: bool = False
    is_cancelled: bool = False

    @property
    def in_words(self) -> str:
        """The components besides events: `2 journal entries (VJOURNAL), 1 to-do (VTODO)`."""
        known = [(self.others[name], words) for name, words in _OTHERS.items() if self.others[name]]
        return ", ".join(counted(number, *words) for number, words in known)


def begins(text: str) -> bool:
    """Whether a text begins as a calendar does; a few lines may come before it."""
    return _BEGIN.match(text) is not None


def parts_of(content: bytes) -> Parts:
    """A calendar in its parts."""
    return _Cutter().cut(content)


class _Cutter:
    """Goes through the lines. `_open` are the components that have begun, from the outside in."""

    def __init__(self) -> None:
        self._parts = Parts()
        self._open: list[str] = []
        self._kept: Component | None = None

    def cut(self, content: bytes) -> Parts:
        """The parts of a whole file."""
        number = 0
        for line in whole_lines(lines_of(BytesIO(content))):
            number = line.number
            text = line.text.strip(" \t\r\n\0\ufeff")
            word = text[:40].upper()
            if word.startswith("BEGIN:"):
                self._begin(word[6:].strip(), line.number)
            elif word.startswith("END:"):
                self._end(word[4:].strip())
            elif self._kept is not None:
                self._keep(text)
            elif word.replace(" ", "") == "METHOD:CANCEL":
                self._parts.is_cancelled = True
        self._close()
        if self._open:
            self._parts.cut_at = number
        return self._parts

    def _begin(self, name: str, number: int) -> None:
        if name in (CALENDAR, EVENT, ZONE):  # these never stand inside an event or a time zone
            self._close()
            self._open = [] if name == CALENDAR else self._open[:1]
            self._parts.is_calendar |= name == CALENDAR
        if name in (EVENT, ZONE):
            self._kept = Component(name, number)
            (self._parts.events if name == EVENT else self._parts.zones).append(self._kept)
        elif self._kept is None and name != CALENDAR:
            self._parts.others[name] += 1
        self._mark("BEGIN", name)
        self._open.append(name)

    def _end(self, name: str) -> None:
        if name not in self._open:
            return
        self._mark("END", name)
        place = len(self._open) - 1 - self._open[::-1].index(name)
        ended, self._open = self._open[place:], self._open[:place]
        if self._kept is not None and self._kept.name in ended:
            self._kept.is_whole = name == self._kept.name
            self._kept = None

    def _keep(self, text: str) -> None:
        """Keep a property of an event, or one of a time zone and its parts."""
        kept = self._kept
        match = _NAME.match(text)
        if kept is None or match is None:
            return
        within = self._open[-1]
        wanted = _OF_AN_EVENT if kept.name == EVENT else _ALL_OF_A_ZONE
        inside = within == kept.name or (kept.name == ZONE and within in OBSERVANCES)
        name = match[0].upper()
        if inside and name in wanted:
            one = taken_apart(_with_quotes(text) if name in DATED else text)
            kept.properties += [] if one is None else [one]

    def _mark(self, word: str, name: str) -> None:
        """Note where the parts of a time zone begin and end."""
        if self._kept is not None and self._kept.name == ZONE and name in OBSERVANCES:
            self._kept.properties.append(Property(word, name, "", {}, f"{word}:{name}"))

    def _close(self) -> None:
        self._kept = None


def _with_quotes(line: str) -> str:
    """A line with a day in it, the name of its zone in quotes: it may hold a colon (Outlook)."""
    head, colon, value = line.rpartition(":")
    return f"{_BARE_ZONE.sub(_quoted, head)}{colon}{value}"


def _quoted(zone: re.Match[str]) -> str:
    return f'{zone[1]}"{zone[2]}"'
