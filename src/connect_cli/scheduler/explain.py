"""Why somebody is on today's list or not, in terms that can be checked by hand."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from connect_cli.language.calendar import day_of
from connect_cli.model import Pause, Person, Promise, Rule
from connect_cli.scheduler.first_days import moved_from
from connect_cli.scheduler.next_day import NextDay, dormant_before, next_day, promise_day
from connect_cli.scheduler.plan import DayPlaces
from connect_cli.scheduler.recurrence import half_days, least_days
from connect_cli.scheduler.rest import (
    OFFERS_AFTER,
    OFFERS_FIRST,
    Stops,
    counted_pauses,
    merged,
    pause_end,
    rest_days,
    rests,
    stops_of,
)
from connect_cli.scheduler.standing import (
    DORMANT_DAYS,
    Reading,
    attempt_rests_until,
    demand,
    dormant_ratio,
    grace_days,
    offers_counted,
    readings,
    soon_on,
    to_due,
)
from connect_cli.settings import Settings
from connect_cli.views import Due, State, Suggestion


class Reason(StrEnum):
    """What puts somebody on today's list, or keeps them off it."""

    DONE = "met today"
    PROMISED = "a promise or a question has its day"
    DUE = "listed: due"
    EARLY = "listed: soon due, and there is room"
    RECONNECT = "listed: this week's place for someone dormant"
    DRAWN = "listed: resting, and there is room"
    ARCHIVED = "archived"
    NO_CADENCE = "no cadence"
    AWAY = "everyone's clocks stand still"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    TRIED = "tried lately"
    RESTING = "resting"
    DORMANT = "dormant: waits for a place of their own"
    FRESH = "fresh"
    SOON = "soon due"
    NO_ROOM = "no room"


LISTED = {
    "due": Reason.DUE,
    "soon": Reason.EARLY,
    "reconnect": Reason.RECONNECT,
    "resting": Reason.DRAWN,
}
RESTS = {"snooze": Reason.SNOOZED, "attempt": Reason.TRIED, "offers": Reason.RESTING}
LISTED_REASONS = frozenset({Reason.DONE, Reason.PROMISED, *LISTED.values()})
BY_STATE = {
    State.ARCHIVED: Reason.ARCHIVED,
    State.NONE: Reason.NO_CADENCE,
    State.DORMANT: Reason.DORMANT,
    State.FRESH: Reason.FRESH,
    State.SOON: Reason.SOON,
    State.DUE: Reason.NO_ROOM,
    State.WAITING: Reason.NO_ROOM,
}


class Rest(NamedTuple):
    """Offers without contact, and the rest that followed.

    offered: the days that counted for it. days: its length, without paused days.
    back_on: the first day after it.
    """

    offered: tuple[date, ...]
    days: int
    back_on: date


@dataclass(frozen=True, slots=True)
class Offers:
    """The days on which somebody was offered since they came due, today included.

    rests: the rests that followed, in order. since: the days that count for the next one.
    left: on how many more days they are offered before it. next_days: its length.
    """

    rests: tuple[Rest, ...]
    since: tuple[date, ...]
    left: int
    next_days: int

    @property
    def days(self) -> tuple[date, ...]:
        """All the days that counted."""
        return (*(day for rest in self.rests for day in rest.offered), *self.since)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a due day is calculated, for somebody who has one.

    contact_on: the contact the clock runs from; one that counts by half sets it back by
    `half_days`, and one during a pause counts from its eve. plain_on: the due day before pauses.
    least_days: how many days after the clock's start a rule's day may come; 0 without a rule.
    moved_from: the due day that this contact gave, if the first day was moved from it because many
    others come due then. pauses: the days that moved it. soon_on, waiting_on, dormant_on: the first
    days of these states; dormant_on is None if attempts or missing places put it off.
    rest_days: b.
    tried_until: the first day after the rest that the last attempt gave. offers: of the past days.
    """

    contact_on: date | None
    half_days: int
    least_days: int
    plain_on: date
    moved_from: date | None
    pauses: tuple[Pause, ...]
    soon_on: date
    waiting_on: date
    dormant_on: date | None
    rest_days: int
    tried_until: date | None
    offers: Offers


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that decides about one person on one day.

    due: how they stand. capacity: today's places. room: places left for people who are ready in
    the same way. rank: the person's position by s among these; 0 if they are not ready.
    last: the one with the lowest s among these who has a place; None if nobody has one.
    reconnects: who has the place for somebody dormant today.
    demand, dormant_ratio: D, and the r above which somebody is dormant.
    next: the next day on which their cadence can put them on the list; None if they are on it, or
    if no such day is known. promise_on: the next day on which a promise puts them on it.
    before: dormant people whose turn comes before theirs, for somebody dormant.
    reconnect_weekday: the weekday from which on somebody dormant has a place; None for never.
    """

    due: Due
    reason: Reason
    capacity: int
    room: int
    rank: int
    demand: float
    dormant_ratio: float
    terms: Terms | None
    last: Due | None = None
    reconnects: Person | None = None
    next: NextDay | None = None
    promise_on: date | None = None
    before: tuple[Person, ...] = ()
    reconnect_weekday: int | None = None

    @property
    def listed(self) -> bool:
        """Whether they are on today's list, done or not."""
        return self.reason in LISTED_REASONS

    @property
    def can_be_on(self) -> date | None:
        """Today or the next day on which they can be on the list, by a promise as well."""
        if self.listed:
            return self.due.day
        known = (self.next.on if self.next else None, self.promise_on)
        return min((on for on in known if on is not None), default=None)


def explain(
    person: Person,
    day: date,
    people: Iterable[Person],
    promises: Iterable[Promise],
    settings: Settings,
    *,
    contacted: Collection[str] = frozenset(),
    away: Sequence[Pause] = (),
) -> Why:
    """What decides about `person` on `day`; the other arguments are those of `make_plan`."""
    everyone = [*(one for one in people if one.id != person.id), person]
    loops = list(promises)
    found = readings(everyone, day, settings, away)
    day_places = DayPlaces(found, loops, day, settings, contacted)
    suggestions = day_places.suggestions()
    mine, asked, everyones = found[-1], demand(everyone, day), merged(away)
    reason = _reason(mine, day_places, suggestions, everyones)
    rank, room = _rank(mine, day_places, suggestions)
    bound, listed = dormant_ratio(asked, settings), reason in LISTED_REASONS
    before = dormant_before(mine, found) if mine.state is State.DORMANT else []
    return Why(
        due=to_due(mine, day),
        reason=reason,
        capacity=day_places.capacity,
        room=room,
        rank=rank,
        demand=asked,
        dormant_ratio=bound,
        terms=_terms(mine, day, stops_of(person, away, everyones), bound),
        last=_last(mine, suggestions),
        reconnects=_reconnects(suggestions),
        next=None if listed else next_day(person, everyone, loops, day, settings, away),
        promise_on=promise_day(person, loops, day),
        before=tuple(before),
        reconnect_weekday=settings.reconnect_weekday,
    )


def _reason(
    mine: Reading, day_places: DayPlaces, suggestions: Sequence[Suggestion], everyones: Stops
) -> Reason:
    person_id = mine.person.id
    if any(person.id == person_id for person in day_places.done):
        return Reason.DONE
    if any(promise.person.id == person_id for promise in day_places.promises):
        return Reason.PROMISED
    listed = {one.person.id: LISTED[one.because] for one in suggestions}
    if person_id in listed:
        return listed[person_id]
    today = day_places.day.toordinal()
    if mine.state is State.PAUSED:
        return Reason.AWAY if pause_end(everyones, today) else Reason.PAUSED
    return RESTS[mine.rests_after] if mine.rests_after else BY_STATE[mine.state]


def _rank(
    mine: Reading, day_places: DayPlaces, suggestions: Sequence[Suggestion]
) -> tuple[int, int]:
    """The position among those who are ready in the same way, and the places for these."""
    if mine in day_places.soon:
        first = sum(one.because != "soon" for one in suggestions)
        return day_places.rank(mine), day_places.room_for_others(first)
    places = day_places.room() - (_reconnects(suggestions) is not None)
    return day_places.rank(mine) if mine in day_places.ready else 0, places


def _last(mine: Reading, suggestions: Sequence[Suggestion]) -> Due | None:
    """The one with the last place among those who are ready in the same way."""
    because = "soon" if mine.state is State.SOON else "due"
    places = [one.due for one in suggestions if one.because == because]
    return min(places, key=lambda due: due.score, default=None)


def _reconnects(suggestions: Sequence[Suggestion]) -> Person | None:
    return next((one.person for one in suggestions if one.because == "reconnect"), None)


def _terms(mine: Reading, day: date, stops: Stops, bound: float) -> Terms | None:
    clock, person, cadence = mine.clock, mine.person, mine.person.cadence
    if cadence is None or not clock.due:
        return None
    contacts = {"full": person.last_full_on, "half": person.last_half_on, "": None}
    tried_until = attempt_rests_until(person, clock.period, day.toordinal(), stops)
    return Terms(
        contact_on=contacts[clock.by],
        half_days=half_days(cadence) if clock.by == "half" else 0,
        least_days=least_days(cadence) if isinstance(cadence, Rule) else 0,
        plain_on=day_of(clock.plain),
        moved_from=moved_from(person, stops) if clock.rests_on == "first" else None,
        soon_on=day_of(soon_on(clock)),
        waiting_on=day_of(clock.due + grace_days(clock.period) + 1),
        dormant_on=_dormant_on(mine, bound),
        pauses=tuple(
            Pause(day_of(start), day_of(end))
            for start, end in counted_pauses(clock.plain, clock.since, day.toordinal(), stops)
        ),
        rest_days=rest_days(clock.period),
        tried_until=day_of(tried_until) if tried_until else None,
        offers=_offers(mine, day, stops),
    )


def _dormant_on(mine: Reading, bound: float) -> date | None:
    """The first day on which r is above the bound and 60 days have passed since the due day."""
    if math.isinf(bound) or mine.person.tried_on is not None:
        return None
    days = max(DORMANT_DAYS, math.floor((bound - 1) * mine.clock.period) + 1)
    return day_of(mine.clock.due + days)


def _offers(mine: Reading, day: date, stops: Stops) -> Offers:
    """The days that count, today's too: whoever is offered today may rest from tomorrow on."""
    period, today = mine.clock.period, day.toordinal()
    days = offers_counted(mine.person, mine.clock, today + 1, stops)
    found, length, back = [], rest_days(period), 0
    for last, again in rests(days, period, today, stops):
        counted = tuple(day_of(one) for one in days if back <= one <= last)
        found.append(Rest(counted, min(length, period), day_of(again)))
        length, back = 2 * length, again
    since = tuple(day_of(one) for one in days if one >= back)
    needed = OFFERS_AFTER if found else OFFERS_FIRST
    return Offers(tuple(found), since, needed - len(since), min(length, period))
