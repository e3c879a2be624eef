"""The days on which the events of one uid take place, as recurring-ical-events finds them.

The library knows moved instances, RANGE=THISANDFUTURE and excluded days. What reaches it is made
safe first, because a file can ask for more than a program can do: a rule that repeats by hours or
less is refused, and so is one with more than MOST_INSTANCES instances; every other rule gets an end
behind the days that are wanted. A rule by days or weeks that began long ago begins shortly before
them instead, which leaves its days as they are. All days are on the clock of the start already
(ical_events.py): the library would otherwise take the zone of whichever day comes first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.ical_events import Event, day_in_digits, day_of, local, on_clock
from connect_cli.exchange.normalise import one_line
from connect_cli.language.calendar import plus_days
from connect_cli.library_errors import in_our_words

MOST_INSTANCES = 20_000
_NUMBER = "X-CONNECT-NUMBER"
_MARGIN_DAYS = 2
_FREQUENCY_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_MOST_IN_A_PERIOD = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_SHOWN = 60
_ALWAYS = re.compile(
    r"(?:FREQ=WEEKLY;?|BYDAY=[A-Z,]+;?|(?:INTERVAL|COUNT|UNTIL|WKST)=[^;]*;?)+|[^B]*"
)
"""A rule that has a day in every one of its periods."""
_UNTIL = re.compile(r"[0-9]{8}(?:T(?P<time>[0-9]{6})Z?)?")


class Instance(NamedTuple):
    """An event on one of its days. start: when this instance begins. minutes: how long it takes."""

    event: Event
    start: date
    minutes: int | None


def instances(
    events: Sequence[Event],
    first: date,
    last: date,
    zone: tzinfo | None,
    gone: Sequence[date] = (),
) -> Iterator[Instance]:
    """The instances from a little before `first` to a little behind `last`, of events of one uid.

    gone: instances that do not take place on their day. Raises NotUnderstood if a rule cannot be
    followed.
    """
    if len(events) == 1 and not events[0].repeats and not gone:
        yield Instance(events[0], events[0].start, events[0].minutes)
        return
    span = _Span(plus_days(first, -_MARGIN_DAYS), plus_days(last, _MARGIN_DAYS), zone)
    whole = _newest([one for one in events if one.of is None])
    whole = [one for one in whole if one.start_day <= span.last or one.added]
    repeated = next((one for one in whole if one.repeats), whole[0] if whole else None)
    if repeated is None:
        yield from (Instance(one, one.start, one.minutes) for one in events)
        return
    for one in whole:
        if one is not repeated:
            yield from span.instances([one])
    days = [on_clock(one, repeated.start, zone) for one in gone]
    moved = [
        replace(one, of=on_clock(one.of, repeated.start, zone))
        for one in events
        if one.of is not None
    ]
    repeated = replace(repeated, left_out=(*repeated.left_out, *days))
    yield from span.instances([repeated, *moved])


def _newest(events: Sequence[Event]) -> list[Event]:
    """Of the versions of an event the newest; several that are equally new are several events."""
    newest = max((one.sequence for one in events), default=0)
    return [one for one in events if one.sequence == newest]


class _Span(NamedTuple):
    """The days that are wanted, with a margin for other time zones, and the local zone."""

    first: date
    last: date
    zone: tzinfo | None

    def instances(self, events: Sequence[Event]) -> Iterator[Instance]:
        """The instances of one event and of those that replace some of them."""
        import icalendar  # an extra that few need
        from recurring_ical_events import CalendarQuery  # the same extra

        reach = max(map(_moved_by, events)) + timedelta(days=_MARGIN_DAYS)
        calendar = icalendar.Calendar()
        for number, one in enumerate(events):
            calendar.subcomponents.append(self._component(icalendar, one, number, reach))
        begin = datetime.combine(self.first, time.min, UTC)
        end = datetime.combine(self.last, time.max, UTC)
        with in_our_words("it repeats in a way that connect cannot read", NotUnderstood):
            found = CalendarQuery(calendar).between(begin, end)
        for one in found:
            event, start = events[int(one[_NUMBER])], one["DTSTART"].dt
            length = one["DTEND"].dt - start if isinstance(start, datetime) else timedelta(0)
            minutes = length // timedelta(minutes=1) or event.minutes
            yield Instance(event, start, minutes)

    def _component(self, icalendar: Any, event: Event, number: int, reach: timedelta) -> Any:
        """An event as the library wants it. It has no length: only where it begins is wanted."""
        days = icalendar.vDDDTypes
        component = icalendar.Event()
        component["UID"] = "1"
        component["SEQUENCE"] = event.sequence
        component[_NUMBER] = number
        component["DTSTART"] = days(event.start)
        if event.of is not None:
            component["RECURRENCE-ID"] = days(event.of)
            if event.following:
                component["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
            return component
        if event.rules:
            rules = [(rule, self._bounded(rule, event)) for rule in event.rules]
            component["RRULE"] = [_parsed(text, rule, icalendar) for rule, text in rules if text]
            component["DTSTART"] = days(self._start(event, reach))
        if event.added:
            component["RDATE"] = icalendar.vDDDLists(list(event.added))
        if event.left_out:
            component["EXDATE"] = icalendar.vDDDLists(list(event.left_out))
        return component

    def _bounded(self, rule: str, event: Event) -> str:
        """A rule that ends behind these days; empty if none of its days is among them.

        Raises NotUnderstood for one that is not followed.
        """
        parts = _checked(rule)
        if event.start_day > self.last:
            return ""
        days = (self.last - event.start_day).days + 2
        periods = max(1, days // _period_days(parts))
        if self._can_start_later(event):
            periods = min(periods, (self.last - self.first).days + 60)
        number = periods * _times_in_a_period(parts)
        if min(number, int(parts.get("COUNT", number))) > MOST_INSTANCES:
            raise _not_followed(rule)
        parts["UNTIL"] = self._until(parts.get("UNTIL", ""), event.start)
        if not _ALWAYS.fullmatch(rule) and not self._is_among(parts, event):
            return ""
        return ";".join(f"{name}={value}" for name, value in parts.items())

    def _is_among(self, parts: Mapping[str, str], event: Event) -> bool:
        """Whether a rule has an instance on these days, or near them.

        A rule without any day, such as 30 February, is looked for up to the last year there is. The
        calendar repeats every 400 years to the weekday, so that year is brought near.
        """
        from dateutil.rrule import rrulestr  # only for repeated meetings

        later = 400 * ((MAXYEAR - 1 - self.last.year) // 400)
        rule = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
        start = self._start(event, timedelta(0))
        naive = datetime.combine(start, start.time() if isinstance(start, datetime) else time.min)
        with in_our_words(_not_followed(rule).message, NotUnderstood):
            days = rrulestr(rule, dtstart=naive.replace(year=naive.year + later))
            first = datetime.combine(self.first, time.min)
            found = days.after(first.replace(year=first.year + later), inc=True)
            last = datetime.combine(self.last, time.max)
            return found is not None and found <= last.replace(year=last.year + later)

    def _until(self, said: str, start: date) -> str:
        """The end of a rule, at the latest that of these days."""
        last = datetime.combine(self.last, time(23, 59, 59))
        end = min(last, _end(said, start, self.zone)) if said else last
        if isinstance(start, datetime) and start.tzinfo is not None:
            return _digits(end.replace(tzinfo=start.tzinfo).astimezone(UTC)) + "Z"
        return _digits(end)

    def _start(self, event: Event, reach: timedelta) -> date:
        """Where a rule may begin: later than it does, by whole periods, if that changes nothing."""
        if not self._can_start_later(event):
            return event.start
        period = _period_days(_parts(event.rules[0]))
        days = (self.first - event.start_day - reach).days
        return event.start + timedelta(days=max(0, days // period) * period)

    def _can_start_later(self, event: Event) -> bool:
        """Whether the days of a rule depend on the number of its periods alone."""
        parts = _parts(event.rules[0])
        alone = len(event.rules) == 1 and "COUNT" not in parts and "BYSETPOS" not in parts
        return alone and parts.get("FREQ") in ("DAILY", "WEEKLY")


def _parts(rule: str) -> dict[str, str]:
    """The parts of a rule, by name; that it means our calendar need not be said."""
    pairs = (part.split("=", 1) for part in rule.split(";") if "=" in part)
    parts = {name.strip(): value.strip() for name, value in pairs}
    if parts.get("RSCALE") == "GREGORIAN" and parts.get("SKIP", "OMIT") == "OMIT":
        parts = {name: value for name, value in parts.items() if name not in ("RSCALE", "SKIP")}
    return parts


def _checked(rule: str) -> dict[str, str]:
    """The parts of a rule that repeats by days or longer. Raises NotUnderstood for any other."""
    parts = _parts(rule)
    numbers = {name: parts.get(name, "1") for name in ("INTERVAL", "COUNT")}
    whole = all(re.fullmatch(r"[0-9]{1,9}", each) for each in numbers.values())
    if parts.get("FREQ") not in _FREQUENCY_DAYS or not whole or not int(numbers["INTERVAL"]):
        raise _not_followed(rule)
    return parts


def _period_days(parts: Mapping[str, str]) -> int:
    """How many days there are at least from one period of a rule to the next."""
    return _FREQUENCY_DAYS[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))


def _parsed(bounded: str, rule: str, icalendar: Any) -> Any:
    """A rule as icalendar has it. rule: as the file has it. Raises NotUnderstood."""
    with in_our_words(_not_followed(rule).message, NotUnderstood):
        return icalendar.vRecur.from_ical(bounded)


def _times_in_a_period(parts: Mapping[str, str]) -> int:
    """How often a rule takes place in a day, week, month or year, at most."""
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(parts.get(name, "0").split(","))
    by = [name for name in parts if name.startswith("BY") and name[2:] in ("DAY", "MONTHDAY")]
    most = _MOST_IN_A_PERIOD[parts["FREQ"]]
    days = sum(len(parts[name].split(",")) * 5 for name in by) or 1
    if parts["FREQ"] == "YEARLY":
        days *= len(parts.get("BYMONTH", "1").split(","))
        days += len(parts.get("BYYEARDAY", "").split(",")) + len(
            parts.get("BYWEEKNO", "").split(",")
        )
    return times * min(most, days)


def _not_followed(rule: str) -> NotUnderstood:
    return NotUnderstood(f"it repeats in a way that connect cannot read: {one_line(rule)[:_SHOWN]}")


def _end(said: str, start: date, zone: tzinfo | None) -> datetime:
    """The end of a rule on the clock of its start; a day counts to its end.

    Raises NotUnderstood.
    """
    match = _UNTIL.fullmatch(said)
    day = None if match is None else day_in_digits(said)
    if match is None or day is None:
        raise NotUnderstood(f"the end of its repetition is not a day: '{one_line(said)[:40]}'")
    whole_day = not isinstance(start, datetime) and match["time"] == "000000"
    if match["time"] is None or whole_day:
        return datetime.combine(day, time(23, 59, 59))
    hours, minutes, seconds = (int(match["time"][place : place + 2]) for place in (0, 2, 4))
    at = datetime.combine(day, time(min(hours, 23), min(minutes, 59), min(seconds, 59)))
    if not said.endswith("Z"):
        return at
    clock = start.tzinfo if isinstance(start, datetime) and start.tzinfo is not None else zone
    here: datetime = local(at.replace(tzinfo=UTC), clock)
    return here


def _digits(at: datetime) -> str:
    """A moment as calendars write it, with all four digits of its year."""
    return f"{at:%Y%m%dT%H%M%S}".zfill(15)


def _moved_by(event: Event) -> timedelta:
    """How far an event was moved, in whole days."""
    if event.of is None:
        return timedelta(0)
    return abs(event.start_day - day_of(event.of)) + timedelta(days=1)
