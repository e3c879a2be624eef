"""One event of a calendar, from its lines: when it is, how it repeats, and who was invited.

icalendar parses the days and the rule. Every day of an event is then put on the clock of its start:
days that it leaves out, adds or replaces may be written in another zone, as whole days or as times
without a zone, and only alike can they be compared (DAVx5 and Exchange mix them). What is missing
or wrong in the lines that decide when a meeting is raises NotUnderstood; what else is wrong, such
as how long it takes, is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple, cast

from connect_cli.errors import NeedsExtra, NotUnderstood
from connect_cli.exchange import normalise
from connect_cli.exchange.ical_attendance import attendance, is_yearly, title
from connect_cli.exchange.ical_lines import DATED, Component
from connect_cli.exchange.ical_zones import Zones
from connect_cli.exchange.normalise import one_line
from connect_cli.exchange.vcard_syntax import unescaped
from connect_cli.library_errors import in_our_words

LONGEST_MINUTES = 1440
_DAY = timedelta(days=1)
_DIGITS = re.compile(r"\d{8}(?:T\d{6}Z?)?", re.IGNORECASE)
_TIME_ALONE = re.compile(r"T?\d{4}(?:\d\d)?Z?", re.IGNORECASE)
_PARSED = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RDATE", "EXDATE")
_WRONG = {
    "RDATE": "a day on which it also takes place cannot be read",
    "EXDATE": "a day on which it does not take place cannot be read",
    "RECURRENCE-ID": "the day that it replaces cannot be read",
}
"""Reasons; without these days a meeting would be asked about on the wrong ones."""


class Owner(NamedTuple):
    """Whose calendar it is. own: their addresses, folded. zone: None is that of the system."""

    zone: tzinfo | None = None
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """An event. start, of: a day, or a moment with its zone if it has one.

    number: the line of the file where it begins. of: the instance that it replaces; following: and
    all later ones. rules: how it repeats. added, left_out: days besides the rules; an added one may
    be a pair, with its end. is_off: whether nobody should be asked about it. invited, declined:
    addresses and names of everybody else. guessed: the name of its zone, if its summer time is not
    known.
    """

    number: int
    uid: str
    title: str
    start: date
    minutes: int | None = None
    of: date | None = None
    following: bool = False
    sequence: int = 0
    rules: tuple[str, ...] = ()
    added: tuple[Any, ...] = ()
    left_out: tuple[date, ...] = ()
    is_off: bool = False
    invited: tuple[tuple[str, str], ...] = ()
    declined: tuple[tuple[str, str], ...] = ()
    guessed: str = ""

    @property
    def repeats(self) -> bool:
        """Whether it takes place more than once."""
        return bool(self.rules or self.added)

    @property
    def start_day(self) -> date:
        """The day on which it begins, where it takes place."""
        return day_of(self.start)


def day_if_known(event: Component) -> date | None:
    """The day that stands in an event which may not be readable otherwise."""
    for one in event.all("DTSTART"):
        if _DIGITS.match(one.value.strip()):
            return day_in_digits(one.value.strip())
    return None


def read_event(event: Component, zones: Zones, owner: Owner) -> Event:
    """An event. Raises NotUnderstood with the reason, NeedsExtra without icalendar."""
    if not event.is_whole:
        raise NotUnderstood("it is cut off")
    if event.value("EXRULE").strip():
        raise NotUnderstood("it leaves out days by a rule, which connect cannot read")
    parsed = _Parsed(event, zones, owner)
    start = parsed.start()
    people = attendance(event, owner.own)
    rules = tuple(one.value.strip().upper() for one in event.all("RRULE") if one.value.strip())
    length = parsed.length(start)
    return Event(
        number=event.number,
        uid=one_line(unescaped(event.value("UID"))),
        title=title(event),
        start=start,
        minutes=_minutes(start, length),
        of=parsed.replaced(),
        following=parsed.following,
        sequence=_sequence(event.value("SEQUENCE")),
        rules=rules,
        added=tuple(parsed.days("RDATE", start)),
        left_out=tuple(parsed.days("EXDATE", start)),
        is_off=people.is_off or (_is_whole_day(start, length) and any(map(is_yearly, rules))),
        invited=people.invited,
        declined=people.declined,
        guessed=parsed.guessed,
    )


def replaced_if_known(event: Component, zones: Zones, owner: Owner) -> list[date]:
    """The instance of a repeated meeting that an event replaces, if that can be read."""
    try:
        with in_our_words("unknown", NotUnderstood):
            replaced = _Parsed(event, zones, owner).replaced()
    except NotUnderstood:
        return []
    return [] if replaced is None else [replaced]


class _Parsed:
    """The days of an event, as icalendar reads them, on the clocks of their zones."""

    def __init__(self, event: Component, zones: Zones, owner: Owner) -> None:
        self._event, self._zones, self._zone = event, zones, owner.zone
        self._parsed = _by_icalendar(event)
        self.guessed = ""

    def start(self) -> date:
        """When it begins. Raises NotUnderstood."""
        said = {one.value.strip() for one in self._event.all("DTSTART")}
        if not said or said == {""}:
            raise NotUnderstood("it has no day")
        if len(said) > 1:
            raise NotUnderstood("it begins twice")
        (text,) = said
        value = self._one("DTSTART")
        if isinstance(value, time) or _TIME_ALONE.fullmatch(text):
            raise NotUnderstood("its start is a time without a day")
        if not isinstance(value, date):
            raise NotUnderstood(f"its start is not a day: '{one_line(text)[:40]}'")
        return value

    def length(self, start: date) -> timedelta | None:
        """How long it takes, if it says so and that can be read."""
        length: object = self._one_if_readable("DURATION")
        end: object = self._one_if_readable("DTEND")
        if isinstance(length, timedelta):
            return length
        if not isinstance(end, date):
            return None
        return _at(on_clock(end, start, self._zone)) - _at(start)

    def replaced(self) -> date | None:
        """The instance of a repeated meeting that it replaces. Raises NotUnderstood."""
        if not self._event.value("RECURRENCE-ID").strip():
            return None
        value: object = self._one("RECURRENCE-ID")
        if not isinstance(value, date):
            raise NotUnderstood(_WRONG["RECURRENCE-ID"])
        return value

    @property
    def following(self) -> bool:
        """Whether it replaces that instance and all later ones."""
        ranges = (one.params.get("RANGE", "") for one in self._event.all("RECURRENCE-ID"))
        return any(each.upper() == "THISANDFUTURE" for each in ranges)

    def days(self, name: str, start: date) -> Iterator[Any]:
        """The days of a property that lists some, on the clock of the start."""
        values = self._all(name)
        if None in values or len(values) < len(self._event.all(name)):
            raise NotUnderstood(_WRONG[name])
        for value in values:
            first, *end = value if isinstance(value, tuple) else (value,)
            if not isinstance(first, date):
                raise NotUnderstood(_WRONG[name])
            if name == "EXDATE" and not isinstance(first, datetime):
                yield first
                continue
            at = on_clock(first, start, self._zone)
            yield (at, *(self._end(at, each, start) for each in end)) if end else at

    def _end(self, at: Any, said: Any, start: date) -> Any:
        """The end of an added instance: a moment, or so long after it begins."""
        end = at + said if isinstance(said, timedelta) else on_clock(said, start, self._zone)
        return max(at, end)

    def _one(self, name: str) -> Any:
        return next(iter(self._all(name)), None)

    def _one_if_readable(self, name: str) -> Any:
        try:
            return self._one(name)
        except NotUnderstood:
            return None

    def _all(self, name: str) -> list[Any]:
        return [
            self._zoned(value, zone) for value, zone in self._parsed.get(name, ()) if value != ""
        ]

    def _zoned(self, value: Any, zone: str) -> Any:
        """A value as the clock of its zone shows it. Raises NotUnderstood for an unknown one."""
        if isinstance(value, tuple):
            return tuple(self._zoned(each, zone) for each in value)
        if not isinstance(value, datetime):
            return value
        if value.tzinfo is not None:
            return value.astimezone(UTC)
        if not zone:
            return value
        found = self._zones.of(zone)
        self.guessed = zone if found.is_guess else self.guessed
        return value.replace(tzinfo=found.clock)


def _by_icalendar(event: Component) -> dict[str, list[tuple[Any, str]]]:
    """The values of the days and spans of an event, each with the name of its zone.

    A value that cannot be read is None.
    """
    try:
        import icalendar  # an extra that few need
    except ImportError:
        raise NeedsExtra("reading calendars needs", "calendar") from None
    found: dict[str, list[tuple[Any, str]]] = {}
    for name in _PARSED:
        for one in event.all(name):
            value = "".join(one.value.split()).upper()
            zone = one.params.get("TZID", "") if name in DATED else ""
            parts = value.split(",") if name in ("RDATE", "EXDATE") else [value]
            for part in filter(None, parts):
                found.setdefault(name, []).append((_value(icalendar, part), zone))
    return found


def _value(icalendar: Any, text: str) -> Any:
    """A day, moment, time, span or pair of moments; None if it is none of these."""
    try:
        with in_our_words("it cannot be read", NotUnderstood):
            return icalendar.vDDDTypes.from_ical(text)
    except NotUnderstood:
        return None


def day_in_digits(text: str) -> date | None:
    """The day that begins a text, as calendars write it: `20261120`; None if there is none."""
    digits = text[:8]
    if not (digits.isascii() and digits.isdigit() and len(digits) == 8):
        return None
    return normalise.day_of(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")


def on_clock(value: date, start: date, zone: tzinfo | None) -> date:
    """A day or moment in the form of the start of its event. zone: the local one."""
    if not isinstance(start, datetime):
        return _local_day(value, zone)
    if not isinstance(value, datetime):
        return datetime.combine(value, start.timetz())
    if start.tzinfo is None:
        here: datetime = local(value, zone)
        return here
    if value.tzinfo is None:
        return value.replace(tzinfo=start.tzinfo)
    return value.astimezone(start.tzinfo)


def local(value: date, zone: tzinfo | None) -> Any:
    """A day, or a moment as the local clock shows it, without its zone.

    At both ends of the calendar, where no other clock shows it, it is that of its own zone.
    """
    if not isinstance(value, datetime) or value.tzinfo is None:
        return value
    try:
        return value.astimezone(zone).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return value.replace(tzinfo=None)


def day_of(at: date) -> date:
    """The day of a moment, where it is; a day is itself."""
    return at.date() if isinstance(at, datetime) else at


def _local_day(value: date, zone: tzinfo | None) -> date:
    """The day of a value; of a moment in UTC, the local one."""
    if not isinstance(value, datetime):
        return value
    return day_of(local(value, zone) if value.tzinfo is UTC else value)


def _at(value: date) -> datetime:
    """A moment that can be compared with others of its kind."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min)
    return value if value.tzinfo is None else value.astimezone(UTC)


def _is_whole_day(start: date, length: timedelta | None) -> bool:
    """Whether an event takes whole days, also if it is written with times (Outlook)."""
    if not isinstance(start, datetime):
        return True
    return start.time() == time.min and bool(length) and not cast("timedelta", length) % _DAY


def _minutes(start: date, length: timedelta | None) -> int | None:
    """How long it takes; None for whole days, and if it is not said or cannot be."""
    if length is None or not isinstance(start, datetime):
        return None
    minutes = length // timedelta(minutes=1)
    return minutes if 1 <= minutes <= LONGEST_MINUTES else None


def _sequence(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
