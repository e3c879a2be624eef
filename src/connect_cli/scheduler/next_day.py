"""The next day on which somebody can be on the list, if nothing is recorded or changed for them.

Before that day they are on no list, whatever happens to others; from it on they are, if a place is
free. People who rest after offers are the exception: a draw may fill a short list with them.

Somebody dormant waits for their turn: one a week has the place, from the weekday of the settings
on. Whoever comes before them takes a week each. Those before them who may drop out (a pause, a
promise that is shown, more people than places) are not counted, so the day is never too late.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from connect_cli.language.calendar import day_of
from connect_cli.model import Pause, Person, Promise
from connect_cli.scheduler.plan import (
    PROMISE_SHOWN_DAYS,
    has_its_day,
    place_again,
    turn_order,
    week_start,
    with_room,
)
from connect_cli.scheduler.rest import OPEN, ordinals
from connect_cli.scheduler.standing import Reading, demand, readings, soon_on
from connect_cli.settings import Settings
from connect_cli.views import State

WEEK = 7


class NextDay(NamedTuple):
    """The first day after today on which somebody can be listed, and their state then."""

    on: date
    state: State


def next_day(
    person: Person,
    everyone: Sequence[Person],
    promises: Iterable[Promise],
    day: date,
    settings: Settings,
    away: Sequence[Pause],
) -> NextDay | None:
    """The first day after `day` on which their cadence can put them on the list.

    None if no such day is known: archived, no cadence, paused without an end, room on no day.
    """
    if not any(settings.capacity):
        return None
    future = _Future(person, everyone, promises, day, settings, away)
    on: int | None = day.toordinal() + 1
    while on is not None and on < OPEN:
        reading = future.reading(on)
        later = future.not_before(reading, on)
        if later == on:
            return NextDay(day_of(on), reading.state)
        on = later
    return None


def promise_day(person: Person, promises: Iterable[Promise], day: date) -> date | None:
    """The first day after `day` on which a promise or a question puts them on the list."""
    days = [one.due_on for one in _shown_from(promises, day) if one.person.id == person.id]
    return min((on for on in days if on is not None and on > day), default=None)


def dormant_before(mine: Reading, found: Iterable[Reading]) -> list[Person]:
    """Dormant people whose turn comes before that of `mine`, the first of them first.

    found: how everybody stands today.
    """
    dormant = [one.person for one in found if one.state is State.DORMANT]
    turn = turn_order(mine.person)
    return sorted((one for one in dormant if turn_order(one) < turn), key=turn_order)


class _Future:
    """How one person stands on later days, and the days on which that lets them be listed."""

    def __init__(
        self,
        person: Person,
        everyone: Sequence[Person],
        promises: Iterable[Promise],
        day: date,
        settings: Settings,
        away: Sequence[Pause],
    ) -> None:
        self._person, self._everyone, self._away = person, everyone, away
        self._promised = {one.person.id for one in _shown_from(promises, day)}
        self._day, self._settings = day, settings
        ends = {ordinals(pause)[1] for one in everyone for pause in one.pauses}
        self._demand_rises = sorted(end + 1 for end in ends)

    def reading(self, on: int) -> Reading:
        """How they stand on a day."""
        day = day_of(on)
        asked = demand(self._everyone, day)
        return readings([self._person], day, self._settings, self._away, asked)[0]

    def not_before(self, reading: Reading, on: int) -> int | None:
        """A day before which they are not listed: `on` itself if they can be; None for no day."""
        match reading.state:
            case State.ARCHIVED | State.NONE:
                return None
            case State.PAUSED | State.RESTING:
                return reading.back or None
            case State.FRESH:
                return soon_on(reading.clock)
            case State.DORMANT:
                return self._turn_or_change(on)
            case _:
                later = with_room(on, self._settings)
                return later if later < OPEN else None  # the calendar may end before it

    def _turn_or_change(self, on: int) -> int | None:
        """The day of their turn, or one before it on which they may be dormant no longer."""
        turn = self._turn(on)
        change = next((rise for rise in self._demand_rises if rise > on), None)
        known = [later for later in (turn, change) if later is not None]
        return min(known, default=None)

    def _turn(self, on: int) -> int | None:
        """The first day from `on` on which the place for somebody dormant can be theirs."""
        if self._settings.reconnect_weekday is None:
            return None
        week = week_start(self._day, self._settings)
        first = week + WEEK * (self._weeks_before + self._is_taken(week))
        return with_room(max(on, first, place_again(self._person)), self._settings)

    def _is_taken(self, week: int) -> bool:
        """Whether this week's place can no longer be given, after today or at all."""
        today = self._day.toordinal()
        had = (one.reconnected_on.toordinal() for one in self._everyone if one.reconnected_on)
        if any(week <= on <= today for on in had):
            return True
        return with_room(today, self._settings) >= week + WEEK

    @cached_property
    def _weeks_before(self) -> int:
        """How many people are sure to have their turn first."""
        most = demand([one._replace(pauses=()) for one in self._everyone], self._day)
        mine, today = turn_order(self._person), self._day
        able = [
            one
            for one in self._everyone
            if turn_order(one) < mine
            and one.id not in self._promised
            and all((pause.end_on or date.max) < today for pause in one.pauses)
        ]
        found = readings(able, today, self._settings, self._away, most)
        return sum(one.state is State.DORMANT for one in found)


def _shown_from(promises: Iterable[Promise], day: date) -> list[Promise]:
    """Promises and questions of mine that are on the list today or on a later day."""
    return [
        one
        for one in promises
        if has_its_day(one)
        and one.due_on is not None
        and (day - one.due_on).days <= PROMISE_SHOWN_DAYS
    ]
