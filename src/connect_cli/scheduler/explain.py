"""Why somebody is on today's list or not, in terms that can be checked by hand."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from connect_cli.language.calendar import day_of
from connect_cli.model import Cadence, Pause, Person, Promise, Rule
from connect_cli.scheduler.plan import DayPlaces
from connect_cli.scheduler.recurrence import half_days, least_days
from connect_cli.scheduler.rest import Stops, counted_pauses, merged, pause_end, rest_days
from connect_cli.scheduler.standing import (
    Reading,
    demand,
    dormant_ratio,
    early_days,
    grace_days,
    readings,
    to_due,
)
from connect_cli.settings import Settings
from connect_cli.views import Due, State


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
BY_STATE = {
    State.ARCHIVED: Reason.ARCHIVED,
    State.NONE: Reason.NO_CADENCE,
    State.DORMANT: Reason.DORMANT,
    State.FRESH: Reason.FRESH,
    State.SOON: Reason.SOON,
    State.DUE: Reason.NO_ROOM,
    State.WAITING: Reason.NO_ROOM,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How a due day is calculated, for somebody who has one.

    contact_on: the contact the clock runs from; one that counts by half sets it back by
    `half_days`, and one during a pause counts from its eve. plain_on: the due day before pauses.
    least_days: how many days after the clock's start a rule's day may come; 0 without a rule.
    pauses: the days that moved it. soon_on, waiting_on: the first days of these states.
    rest_days: b.
    """

    contact_on: date | None
    half_days: int
    least_days: int
    plain_on: date
    pauses: tuple[Pause, ...]
    soon_on: date
    waiting_on: date
    rest_days: int


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that decides about one person on one day.

    due: how they stand. capacity: today's places. room: places left for people who are ready in
    the same way. rank: the person's position by s among these; 0 if they are not ready.
    last_place: the lowest s among these that has a place; None if nobody has one.
    demand, dormant_ratio: D, and the r above which somebody is dormant.
    """

    due: Due
    reason: Reason
    capacity: int
    room: int
    rank: int
    demand: float
    dormant_ratio: float
    terms: Terms | None
    last_place: float | None = None


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
    found = readings(everyone, day, settings, away)
    day_places = DayPlaces(found, promises, day, settings, contacted)
    mine, asked = found[-1], demand(everyone, day)
    reason = _reason(mine, day_places, merged(away))
    rank, room = _rank(mine, day_places)
    terms = None
    if person.cadence and mine.clock.due:
        terms = _terms(mine, person.cadence, day, merged((*person.pauses, *away)))
    return Why(
        due=to_due(mine, day),
        reason=reason,
        capacity=day_places.capacity,
        room=room,
        rank=rank,
        demand=asked,
        dormant_ratio=dormant_ratio(asked, settings),
        terms=terms,
        last_place=_last_place(mine, day_places),
    )


def _reason(mine: Reading, day_places: DayPlaces, everyones: Stops) -> Reason:
    person_id = mine.person.id
    if any(person.id == person_id for person in day_places.done):
        return Reason.DONE
    if any(promise.person.id == person_id for promise in day_places.promises):
        return Reason.PROMISED
    listed = {one.person.id: LISTED[one.because] for one in day_places.suggestions()}
    if person_id in listed:
        return listed[person_id]
    today = day_places.day.toordinal()
    if mine.state is State.PAUSED:
        return Reason.AWAY if pause_end(everyones, today) else Reason.PAUSED
    return RESTS[mine.rests_after] if mine.rests_after else BY_STATE[mine.state]


def _rank(mine: Reading, day_places: DayPlaces) -> tuple[int, int]:
    """The position among those who are ready in the same way, and the places for these."""
    first = [one for one in day_places.suggestions() if one.because != "soon"]
    if mine in day_places.soon:
        return day_places.rank(mine), day_places.room_for_others(len(first))
    places = day_places.room() - (day_places.reconnection() is not None)
    return day_places.rank(mine) if mine in day_places.ready else 0, places


def _last_place(mine: Reading, day_places: DayPlaces) -> float | None:
    because = "soon" if mine.state is State.SOON else "due"
    places = [one.due.score for one in day_places.suggestions() if one.because == because]
    return min(places, default=None)


def _terms(mine: Reading, cadence: Cadence | Rule, day: date, stops: Stops) -> Terms:
    clock, person = mine.clock, mine.person
    contacts = {"full": person.last_full_on, "half": person.last_half_on, "": None}
    return Terms(
        contact_on=contacts[clock.by],
        half_days=half_days(cadence) if clock.by == "half" else 0,
        least_days=least_days(cadence) if isinstance(cadence, Rule) else 0,
        plain_on=day_of(clock.plain),
        soon_on=day_of(clock.due - early_days(clock.period)),
        waiting_on=day_of(clock.due + grace_days(clock.period) + 1),
        pauses=tuple(
            Pause(day_of(start), day_of(end))
            for start, end in counted_pauses(clock.plain, clock.since, day.toordinal(), stops)
        ),
        rest_days=rest_days(clock.period),
    )
