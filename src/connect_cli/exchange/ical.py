"""iCalendar: reads meetings, and writes yearly days, promises and the lists of the days ahead.

Reading. The library icalendar, an extra, parses the file. Each event gives its instances within a
`Span` of days; those of a repeated event follow the clock of the zone in which it begins. An
instance that was moved is replaced by the event that moves it, and cancelled or declined meetings
are left out. An event that cannot be read becomes an `Unread` and stops nothing else. Rules that
repeat by hours or less are refused, and no more than MOST_INSTANCES of an event are looked at, so
that no file keeps the program busy for long.

Writing needs no library. `yearly`, `promised` and `planned` make all-day events, and `written`
turns them into the lines of a file. An event has the same uid in every export, so that a calendar
that subscribes updates it and does not add a second one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, cast

from connect_cli.errors import NeedsExtra, NotThisFormat
from connect_cli.exchange.normalise import decoded, one_line
from connect_cli.exchange.vcard_syntax import folded
from connect_cli.language.contact import email_key
from connect_cli.model import Occasion, Promise
from connect_cli.reports import Unread
from connect_cli.settings import Settings
from connect_cli.views import Plan

MOST_INSTANCES = 20_000
LONGEST_MINUTES = 1440

PRODUCT = "-//connect//connection journal//EN"
LEAP_YEAR = 1972
"""The first year of a yearly day whose year is not known, or too early for calendars."""

_LEAP_RULES = {"28 feb": "BYMONTH=2;BYMONTHDAY=-1", "1 mar": "BYYEARDAY=60"}
_OUT = ("CANCELLED",)
_BROKEN = (
    *(ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError),
    OSError,  # a zone called `Europe`: that is a directory
)
"""The errors that a malformed property may raise, also inside icalendar."""

_SHORTEST = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting on one day.

    key: unique to this meeting. time: local, or None for a whole day.
    invited: the addresses and names of everyone else.
    """

    key: str
    day: date
    summary: str
    time: str | None = None
    minutes: int | None = None
    invited: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The days whose meetings are wanted. own: your addresses, folded.

    zone: the local time zone; None is that of the system.
    """

    first: date
    last: date
    zone: tzinfo | None = None
    own: frozenset[str] = frozenset()

    def holds(self, day: date) -> bool:
        """Whether a day is in the span."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event. uid: the same in every export. rule: how it repeats."""

    uid: str
    on: date
    summary: str
    rule: str = ""


def begins(first: bytes) -> bool:
    """Whether a file begins as a calendar does."""
    return decoded(first[:200]).lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"


def read(content: bytes, span: Span) -> tuple[list[Meeting], list[Unread]]:
    """The meetings of a span, in order. Cancelled and declined ones are left out.

    Raises NotThisFormat if it is not a calendar, NeedsExtra if icalendar is not installed.
    """
    events = list(_events(content))
    moved = {key for one in events if (key := _moved(one, span.zone))}
    found: list[Meeting] = []
    unread: list[Unread] = []
    for number, event in enumerate(events, 1):
        try:
            found += _meetings(event, span, moved)
        except _BROKEN as error:
            unread.append(Unread(f"event {number}", one_line(str(error)) or "it cannot be read"))
    return sorted(found, key=lambda one: (one.day, one.time or "", one.summary)), unread


def yearly(occasions: Iterable[Occasion], settings: Settings) -> Iterator[Event]:
    """Birthdays and other yearly days."""
    for one in occasions:
        year = one.year if one.year is not None and one.year > LEAP_YEAR else LEAP_YEAR
        rule = "FREQ=YEARLY"
        if (one.month, one.day) == (2, 29):
            year -= year % 4
            rule += f";{_LEAP_RULES[settings.leap_birthdays]}"
        on = date(year, one.month, one.day)
        born = f" ({one.year})" if one.year is not None else ""
        yield Event(f"occasion-{one.id}", on, f"{one.person.name}: {one.label}{born}", rule)


def promised(promises: Iterable[Promise], *, discreet: bool) -> Iterator[Event]:
    """Open promises and questions with a day. discreet: without their texts."""
    for one in promises:
        if one.due_on is not None:
            summary = one.person.name if discreet else f"{one.person.name}: {one.text}"
            yield Event(f"promise-{one.id}", one.due_on, summary)


def planned(plans: Iterable[Plan]) -> Iterator[Event]:
    """The days ahead on which somebody is proposed."""
    for plan in plans:
        names = [one.person.name for one in plan.suggestions]
        if names:
            yield Event(f"plan-{plan.day}", plan.day, ", ".join(names))


def written(events: Sequence[Event], today: date, alarm: str | None = None) -> Iterator[str]:
    """The lines of the file. alarm: a time of day, `09:00`, for the days ahead."""
    yield from ("BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", f"PRODID:{PRODUCT}\r\n")
    yield from ("CALSCALE:GREGORIAN\r\n", "X-WR-CALNAME:connect\r\n")
    for event in events:
        for line in _event(event, today, alarm if event.uid.startswith("plan-") else None):
            yield f"{folded(line)}\r\n"
    yield "END:VCALENDAR\r\n"


def _events(content: bytes) -> Iterator[Any]:
    try:
        import icalendar  # an extra that few need
    except ImportError:
        raise NeedsExtra("reading calendars needs", "calendar") from None
    text = decoded(content).lstrip("\ufeff")
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise NotThisFormat("the calendar is cut off")
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except _BROKEN as error:
        raise NotThisFormat(f"this is not a calendar: {one_line(str(error))}") from error
    for calendar in calendars:
        yield from calendar.walk("VEVENT")


def _moved(event: Any, zone: tzinfo | None) -> tuple[str, date] | None:
    """The instance of a repeated meeting that this event replaces, if it does."""
    try:
        at = _at(event, "RECURRENCE-ID", zone)
        return None if at is None else (_text(event, "UID"), at)
    except _BROKEN:
        return None


def _meetings(event: Any, span: Span, moved: set[tuple[str, date]]) -> Iterator[Meeting]:
    """The instances of one event in the span."""
    if _text(event, "STATUS").upper() in _OUT or _declined(event, span.own):
        return
    start = _start(event)
    uid = _text(event, "UID")
    minutes = _minutes(event, start)
    for moment in _instances(event, start, span):
        at = _local(moment, span.zone)
        day = at.date() if isinstance(at, datetime) else at
        own_time = event.get("RECURRENCE-ID") is None
        if not span.holds(day) or (own_time and (uid, at) in moved):
            continue
        yield Meeting(
            key=f"{uid}\0{(_at(event, 'RECURRENCE-ID', span.zone) or at).isoformat()}",
            day=day,
            summary=one_line(_text(event, "SUMMARY")),
            time=f"{at:%H:%M}" if isinstance(at, datetime) else None,
            minutes=minutes,
            invited=tuple(_invited(event, span.own)),
        )


def _instances(event: Any, start: date, span: Span) -> Iterator[date]:
    """When an event takes place: once, or by its rule, without the excluded days.

    A rule follows the clock of the zone in which the event begins (RFC 5545, 3.3.10), so it is
    computed there, one day beyond the span on both sides.
    """
    if event.get("RRULE") is None and event.get("RDATE") is None:
        yield start
        return
    from dateutil.rrule import rrule, rruleset, rrulestr  # only for repeated meetings

    zone = start.tzinfo if isinstance(start, datetime) else None
    here, naive = zone or span.zone, _naive(start)
    first = datetime.combine(span.first - timedelta(days=1), time.min)
    last = datetime.combine(span.last + timedelta(days=1), time(23, 59, 59))
    rules = rruleset()
    for rule in _list(event.get("RRULE")):
        text = _within(_checked(rule.to_ical().decode()), last, here)
        rules.rrule(cast("rrule", rrulestr(text, dtstart=naive)))
    rules.rdate(naive)
    for moment in _dates(event, "RDATE", here):
        rules.rdate(moment)
    for moment in _dates(event, "EXDATE", here):
        rules.exdate(moment)
    for moment in islice(rules, MOST_INSTANCES):
        if moment > last:
            return
        if moment >= first:
            yield moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()


def _checked(rule: str) -> str:
    """A rule that repeats by days or longer. Raises ValueError for any other."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if parts.get("FREQ") not in _SHORTEST or int(parts.get("INTERVAL", "1")) < 1:
        raise ValueError(f"it repeats in a way that connect cannot read: {rule[:60]}")
    return rule


def _within(rule: str, last: datetime, zone: tzinfo | None) -> str:
    """A rule that ends by `last` in its own zone; a rule with a COUNT ends by itself."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if "COUNT" not in parts:
        end = f"{last:%Y%m%dT%H%M%S}"
        parts["UNTIL"] = min(end, _end(parts.get("UNTIL", end), zone))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _end(text: str, zone: tzinfo | None) -> str:
    """The end of a rule as a moment in its zone; a day counts to its end."""
    if text.endswith("Z"):
        return f"{datetime.strptime(text, '%Y%m%dT%H%M%S%z').astimezone(zone):%Y%m%dT%H%M%S}"
    return text if "T" in text else f"{text}T235959"


def _start(event: Any) -> date:
    """A day or a moment, in the zone that the event names."""
    value = event.get("DTSTART")
    if value is None:
        raise ValueError("it has no day")
    return cast("date", value.dt)


def _at(event: Any, name: str, zone: tzinfo | None) -> date | None:
    """A day, or a local moment without its zone."""
    value = event.get(name)
    return None if value is None else _local(value.dt, zone)


def _local(value: date, zone: tzinfo | None) -> date:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(zone).replace(tzinfo=None)
    return value


def _naive(at: date) -> datetime:
    """A moment as its own clock shows it; for a day, its beginning."""
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime.combine(at, time.min)


def _dates(event: Any, name: str, zone: tzinfo | None) -> Iterator[datetime]:
    """The moments of a property such as EXDATE, as the clock of a zone shows them."""
    for block in _list(event.get(name)):
        for one in block.dts:
            value = one.dt
            yield _naive(_local(value[0] if isinstance(value, tuple) else value, zone))


def _minutes(event: Any, start: date) -> int | None:
    """How long it takes; None for whole days."""
    if not isinstance(start, datetime):
        return None
    if (duration := event.get("DURATION")) is not None:
        length = duration.dt
    elif (end := _at(event, "DTEND", UTC)) is not None:
        length = _naive(end) - _naive(_local(start, UTC))
    else:
        return None
    minutes = length // timedelta(minutes=1)
    return minutes if 1 <= minutes <= LONGEST_MINUTES else None


def _invited(event: Any, own: frozenset[str]) -> Iterator[tuple[str, str]]:
    seen = set(own)
    for person in _people(event):
        email = email_key(str(person))
        if email and email not in seen:
            seen.add(email)
            yield email, one_line(str(_params(person).get("CN", "")))


def _declined(event: Any, own: frozenset[str]) -> bool:
    mine = (_params(person) for person in _people(event) if email_key(str(person)) in own)
    return any(str(each.get("PARTSTAT", "")).upper() == "DECLINED" for each in mine)


def _people(event: Any) -> Iterator[Any]:
    yield from _list(event.get("ATTENDEE"))
    yield from _list(event.get("ORGANIZER"))


def _params(person: Any) -> Mapping[str, Any]:
    return getattr(person, "params", {})


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    return "" if value is None else str(value)


def _list(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else [value]


def _event(event: Event, today: date, alarm: str | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@connect"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    if event.rule:
        yield f"RRULE:{event.rule}"
    yield f"SUMMARY:{_event_text(event.summary)}"
    yield "TRANSP:TRANSPARENT"
    if alarm is not None:
        hour, minute = alarm.split(":")
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:PT{int(hour)}H{int(minute)}M")
        yield from (f"DESCRIPTION:{_event_text(event.summary)}", "END:VALARM")
    yield "END:VEVENT"


def _event_text(value: str) -> str:
    kept = "".join(letter for letter in value if letter in "\n\t" or ord(letter) >= 32)
    return re.sub(r"\r\n|\r|\n", r"\\n", re.sub(r"([\\,;])", r"\\\1", kept))
