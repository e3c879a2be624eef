"""Reads the meetings of a calendar (iCalendar, RFC 5545).

The file is cut into its parts by lines (ical_lines.py), of which only events and the time zones
that they name are looked at (ical_zones.py). Each event is read on its own (ical_events.py), and
those of one uid together give their instances (ical_series.py). An event that cannot be read
becomes an `Unread` and stops nothing else. A single event on another day is passed over unread.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo

from connect_cli.errors import NotThisFormat, NotUnderstood
from connect_cli.exchange import ical_lines
from connect_cli.exchange.ical_attendance import title
from connect_cli.exchange.ical_events import (
    Event,
    Owner,
    day_if_known,
    day_of,
    local,
    read_event,
    replaced_if_known,
)
from connect_cli.exchange.ical_lines import Component, Parts
from connect_cli.exchange.ical_series import Instance, instances
from connect_cli.exchange.ical_zones import Zones
from connect_cli.exchange.normalise import one_line
from connect_cli.language.calendar import plus_days
from connect_cli.library_errors import in_our_words
from connect_cli.reports import Unread
from connect_cli.text_encodings import decoded

ELSEWHERE_DAYS = 2
"""The same moment is at most so many days earlier or later in another time zone."""

_FIRST_BYTES = 8192
_REPEATED = ("RRULE", "RDATE", "RECURRENCE-ID")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting on one day.

    key: unique to this meeting. time: local, or None for a whole day. invited: the addresses and
    names of everyone else; declined: of those who said that they would not come. guessed: the name
    of its time zone, if that is known by its offset alone.
    """

    key: str
    day: date
    summary: str
    time: str | None = None
    minutes: int | None = None
    invited: tuple[tuple[str, str], ...] = ()
    declined: tuple[tuple[str, str], ...] = ()
    guessed: str = ""


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

    def is_near(self, day: date) -> bool:
        """Whether a day may be in the span in some time zone."""
        first, last = plus_days(self.first, -ELSEWHERE_DAYS), plus_days(self.last, ELSEWHERE_DAYS)
        return first <= day <= last


@dataclass(slots=True)
class _Read:
    """What has been read. series: the events of each uid. gone: instances that an event replaces
    which cannot be read.
    """

    series: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    unread: list[tuple[int, Unread]] = field(default_factory=list)


def begins(first: bytes) -> bool:
    """Whether a file begins as a calendar does."""
    return ical_lines.begins(decoded(first[:_FIRST_BYTES]).lstrip("\ufeff"))


def read(
    content: bytes, span: Span, off: Counter[date] | None = None
) -> tuple[list[Meeting], list[Unread]]:
    """The meetings of a span, in order, and the events that cannot be read.

    Cancelled and declined meetings are left out, and so are birthdays; off: counts them, by day.
    Raises NotThisFormat if there is no event in the file, NeedsExtra without the extra.
    """
    parts = ical_lines.parts_of(content)
    _check(parts)
    if parts.is_cancelled:
        return [], []
    read = _read_events(parts, span)
    found: dict[str, Meeting] = {}
    for uid, events in read.series.items():
        for one in _instances(events, read.gone[uid], span, read.unread):
            if (meeting := _meeting(one, span)) is None:
                continue
            if not one.event.is_off:
                found.setdefault(meeting.key, meeting)
            elif off is not None:
                off[meeting.day] += 1
    unread = [one for _, one in sorted(read.unread, key=lambda pair: pair[0])]
    if parts.cut_at and parts.events[-1].is_whole:
        unread.append(Unread(f"line {parts.cut_at}", "the calendar is cut off here"))
    return sorted(found.values(), key=lambda one: (one.day, one.time or "", one.summary)), unread


def _check(parts: Parts) -> None:
    """Raise NotThisFormat if there is no event."""
    if parts.events:
        return
    if parts.cut_at:
        raise NotThisFormat("the calendar is cut off before the first meeting")
    if not parts.is_calendar:
        raise NotThisFormat("this is not a calendar")
    others = parts.in_words
    raise NotThisFormat(f"it holds no meeting: {others}" if others else "it holds no meeting")


def _read_events(parts: Parts, span: Span) -> _Read:
    """Every event that may take place in a span."""
    read = _Read()
    at = datetime.combine(span.last, time.min, UTC)
    zones, owner = Zones(parts.zones, at), Owner(span.zone, span.own)
    for component in _wanted(parts.events, span):
        uid = _uid(component)
        try:
            with in_our_words("it has a day that cannot be read", NotUnderstood):
                read.series[uid].append(read_event(component, zones, owner))
        except NotUnderstood as error:
            read.unread.append((component.number, _unread(component, error.message)))
            read.gone[uid] += replaced_if_known(component, zones, owner)
    return read


def _wanted(events: Sequence[Component], span: Span) -> Iterator[Component]:
    """The events without those that take place once, on a day outside of the span."""
    known: dict[str, int] = defaultdict(int)
    for one in events:
        known[_uid(one)] += 1
    for one in events:
        once = known[_uid(one)] == 1 and not any(map(one.value, _REPEATED))
        days = one.all("DTSTART")
        day = day_if_known(one) if once and one.is_whole and len(days) == 1 else None
        if day is None or span.is_near(day):
            yield one


def _uid(event: Component) -> str:
    """The uid of an event; one without any is alone."""
    return event.value("UID").strip() or f"\0{event.number}"


def _instances(
    events: Sequence[Event],
    gone: Sequence[date],
    span: Span,
    unread: list[tuple[int, Unread]],
) -> list[Instance]:
    """The instances of the events of one uid; without its rule, those that replace one are left."""
    try:
        with in_our_words("it repeats in a way that connect cannot read", NotUnderstood):
            return list(instances(events, span.first, span.last, span.zone, gone))
    except NotUnderstood as error:
        wrong = next((one for one in events if one.repeats), events[0])
        told = Unread(f"line {wrong.number}", error.message, title=wrong.title, day=wrong.start_day)
        unread.append((wrong.number, told))
        others = (one for one in events if one is not wrong and not one.repeats)
        return [Instance(one, one.start, one.minutes) for one in others]


def _unread(event: Component, reason: str) -> Unread:
    return Unread(f"line {event.number}", reason, title=title(event), day=day_if_known(event))


def _meeting(instance: Instance, span: Span) -> Meeting | None:
    """The meeting of an instance; None outside the span."""
    event = instance.event
    if not span.is_near(day_of(instance.start)):
        return None
    at = local(instance.start, span.zone)
    day = day_of(at)
    if not span.holds(day):
        return None
    replaced = None if event.following and instance.start != event.start else event.of
    key = f"{event.uid}\0{(local(replaced, span.zone) if replaced else at).isoformat()}"
    return Meeting(
        key=key if event.uid else f"{key}\0{event.title}",
        day=day,
        summary=event.title,
        time=f"{at:%H:%M}" if isinstance(at, datetime) else None,
        minutes=instance.minutes,
        invited=event.invited,
        declined=event.declined,
        guessed=one_line(event.guessed),
    )
