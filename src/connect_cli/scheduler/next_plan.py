"""The next day on which somebody is listed, for a morning on which nobody is.

How it works. The first day with room after today is read as a plan reads it. If nobody is listed on
it, everybody with a cadence is fresh, paused, snoozed, tried lately or dormant, and each of these
gives the first day on which that can change. While nobody is met these days only move later, so
all days before the earliest of them are passed over. Where people are many an empty list is rare,
and then two or three days are read, not hundreds.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from connect_cli.language.calendar import day_of
from connect_cli.model import Pause, Person, Promise
from connect_cli.scheduler.plan import (
    PROMISE_SHOWN_DAYS,
    DayPlaces,
    has_its_day,
    place_again,
    with_room,
)
from connect_cli.scheduler.rest import OPEN
from connect_cli.scheduler.standing import Reading, readings, soon_on
from connect_cli.settings import Settings
from connect_cli.views import Plan, State

FARTHEST_DAYS = 731


def next_plan(
    people: Iterable[Person],
    promises: Iterable[Promise],
    day: date,
    settings: Settings,
    *,
    away: Sequence[Pause] = (),
) -> Plan | None:
    """The plan of the first day after `day` with somebody on it, if nobody is met before.

    Somebody is on it by a place or by a promise; it has no occasions. None if nobody is on any day
    of the next two years.
    """
    everyone, loops = list(people), [one for one in promises if has_its_day(one)]
    on, last = day.toordinal() + 1, min(day.toordinal() + FARTHEST_DAYS, OPEN - 1)
    while (on := min(with_room(on, settings), _promised(loops, on))) <= last:
        found = readings(everyone, day_of(on), settings, away)
        places = DayPlaces(found, loops, day_of(on), settings, ())
        listed = places.suggestions()
        if places.promises or listed:
            return Plan(day_of(on), places.capacity, (), places.promises, (), listed)
        changes = min((_changes_on(one, day_of(on), settings) for one in found), default=OPEN)
        on = max(on + 1, min(changes, _promised(loops, on + 1)))
    return None


def _promised(loops: Sequence[Promise], on: int) -> int:
    """The first day from `on` on which one of these promises is shown, or OPEN."""
    days = [one.due_on.toordinal() for one in loops if one.due_on is not None]
    return min((max(on, day) for day in days if on <= day + PROMISE_SHOWN_DAYS), default=OPEN)


def _changes_on(reading: Reading, today: date, settings: Settings) -> int:
    """The first day on which somebody who was not listed today, on a day with room, can be."""
    if reading.state is State.FRESH:
        return soon_on(reading.clock)
    if reading.state is State.DORMANT:
        return _place_on(reading.person, today, settings)
    return reading.back or OPEN


def _place_on(person: Person, today: date, settings: Settings) -> int:
    """The first day on which somebody dormant may have the place, if they have not today.

    Either their own last place is not long enough ago, or somebody has had this week's.
    """
    weekday = settings.reconnect_weekday
    if weekday is None:
        return OPEN
    again, tomorrow = place_again(person), today.toordinal() + 1
    return again if again >= tomorrow else tomorrow + (weekday - today.weekday() - 1) % 7
