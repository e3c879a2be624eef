"""Writes iCalendar: yearly days, promises and the lists of the days ahead.

`yearly`, `promised` and `planned` make all-day events, and `written` turns them into the lines of a
file. An event has the same uid in every export, so that a calendar that subscribes updates it and
does not add a second one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from connect_cli.exchange.vcard_syntax import folded
from connect_cli.language.calendar import plus_days
from connect_cli.model import Occasion, Promise
from connect_cli.settings import Settings
from connect_cli.views import Plan

PRODUCT = "-//connect//connection journal//EN"
LEAP_YEAR = 1972
"""The first year of a yearly day whose year is not known, or too early for calendars."""

_LEAP_RULES = {"28 feb": "BYMONTH=2;BYMONTHDAY=-1", "1 mar": "BYYEARDAY=60"}


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event. uid: the same in every export. rule: how it repeats."""

    uid: str
    on: date
    summary: str
    rule: str = ""


def yearly(occasions: Iterable[Occasion], settings: Settings, *, discreet: bool) -> Iterator[Event]:
    """Birthdays and other yearly days. discreet: without labels in your own words."""
    for one in occasions:
        year = one.year if one.year is not None and one.year > LEAP_YEAR else LEAP_YEAR
        rule = "FREQ=YEARLY"
        if (one.month, one.day) == (2, 29):
            year -= year % 4
            rule += f";{_LEAP_RULES[settings.leap_birthdays]}"
        on = date(year, one.month, one.day)
        born = f" ({one.year})" if one.year is not None else ""
        hidden = discreet and one.has_own_label
        what = one.person.name if hidden else f"{one.person.name}: {one.label}"
        yield Event(f"occasion-{one.id}", on, f"{what}{born}", rule)


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


def _event(event: Event, today: date, alarm: str | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@connect"
    yield f"DTSTAMP:{_digits(today)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_digits(event.on)}"
    if event.on < date.max:  # without an end it takes one day as well
        yield f"DTEND;VALUE=DATE:{_digits(plus_days(event.on, 1))}"
    if event.rule:
        yield f"RRULE:{event.rule}"
    yield f"SUMMARY:{_event_text(event.summary)}"
    yield "TRANSP:TRANSPARENT"
    if alarm is not None:
        hour, minute = alarm.split(":")
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:PT{int(hour)}H{int(minute)}M")
        yield from (f"DESCRIPTION:{_event_text(event.summary)}", "END:VALARM")
    yield "END:VEVENT"


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _event_text(value: str) -> str:
    kept = "".join(letter for letter in value if letter in "\n\t" or ord(letter) >= 32)
    return re.sub(r"\r\n|\r|\n", r"\\n", re.sub(r"([\\,;])", r"\\\1", kept))
