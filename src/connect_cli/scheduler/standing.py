"""How people stand on one day: their state, and every term it comes from.

How it works. Somebody archived, or without a cadence, has that as their state. For everybody else
clock.py gives the due day, and the first of these that holds is the state: paused; resting, because
of a snooze; fresh, more than e days before the due day; resting, after an attempt; soon, before the
due day; dormant, at least 60 days past due and past the last attempt, with a ratio r above a bound;
resting, after offers (rest.py); due, up to g days past due; waiting.

The ratio r is 1 on the due day and grows by 1 with each period. The bound of dormancy rises with
the demand D, the contacts a day that all cadences ask for: where they are more than the capacity,
people are passed over again and again, and are not dormant for that. Days are ordinals until
`to_due` makes a value to show; a plan does that for the few whom it lists.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Literal, NamedTuple

from connect_cli.language.calendar import day_of
from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.scheduler.clock import NO_CLOCK, Clock, clock, snoozed_until
from connect_cli.scheduler.recurrence import mean_days, shortest_days, usual_days
from connect_cli.scheduler.rest import (
    OPEN,
    Stops,
    merged,
    moved_by_pauses,
    pause_end,
    rest_days,
    rests,
    stops_of,
)
from connect_cli.settings import Settings
from connect_cli.views import Due, State

LONGEST_EARLY = 14
SHORTEST_WITH_EARLY = 14
LONGEST_GRACE = 30
DORMANT_RATIO = 3.0
DORMANT_DAYS = 60
LOOK_AHEAD_DAYS = 2

Promised = list[tuple[Person, Cadence | Rule]]


class Reading(NamedTuple):
    """A person's state on a day and the clock it was read from.

    back: the first day after a rest or a pause that ends, as an ordinal; else 0.
    rests_after: what they rest after; empty in any other state.
    """

    person: Person
    state: State
    clock: Clock = NO_CLOCK
    back: int = 0
    rests_after: Literal["snooze", "attempt", "offers", ""] = ""


def due(
    person: Person,
    day: date,
    settings: Settings,
    *,
    away: Sequence[Pause] = (),
    demand: float | None = None,
) -> Due:
    """How one person stands on `day`.

    away: everyone's pauses. demand: D, contacts a day that all cadences ask for; without it
    dormancy ignores that there may be more people than places.
    """
    bound = dormant_ratio(demand or 0, settings)
    return to_due(_reading(person, day.toordinal(), merged(away), tuple(away), bound), day)


def state(person: Person, day: date, settings: Settings, away: Sequence[Pause]) -> State:
    """The state of one person on `day`: cheaper than `due` for many people."""
    bound = dormant_ratio(0, settings)
    return _reading(person, day.toordinal(), merged(away), tuple(away), bound).state


def standings(
    people: Iterable[Person],
    day: date,
    settings: Settings,
    *,
    away: Sequence[Pause] = (),
    demand: float | None = None,
) -> list[Due]:
    """How these people stand on `day`, in the order given.

    demand: D of everybody; without it, `people` is everybody.
    """
    return [to_due(reading, day) for reading in readings(people, day, settings, away, demand)]


def readings(
    people: Iterable[Person],
    day: date,
    settings: Settings,
    away: Sequence[Pause],
    demanded: float | None = None,
) -> list[Reading]:
    """The same before conversion by `to_due`: a plan converts three of ten thousand people."""
    everyone = list(people)
    bound = dormant_ratio(demand(everyone, day) if demanded is None else demanded, settings)
    today, stops, pauses = day.toordinal(), merged(away), tuple(away)
    return [_reading(person, today, stops, pauses, bound) for person in everyone]


def to_due(reading: Reading, day: date) -> Due:
    """A reading as a `Due`, with dates instead of ordinals."""
    person, state, clock, back, _ = reading
    if clock is NO_CLOCK:
        return Due(person, day, state)
    period, past = clock.period, day.toordinal() - clock.due
    return Due(
        person=person,
        day=day,
        state=state,
        anchor_on=day_of(clock.anchor) if clock.anchor else None,
        anchor_by=clock.by,
        rests_on=clock.rests_on,
        due_on=day_of(clock.due),
        period_days=period,
        early_days=early_days(period),
        grace_days=grace_days(period),
        pause_days=clock.due - clock.plain,
        ratio=1 + past / period,
        score=score(clock, day.toordinal()),
        back_on=day_of(back) if back else None,
    )


def score(clock: Clock, today: int) -> float:
    """s: the ratio as it will be in two days, so that short cadences do not always lose."""
    return 1 + (today + LOOK_AHEAD_DAYS - clock.due) / clock.period


def demand(people: Iterable[Person], day: date) -> float:
    """D: how many contacts a day the cadences of all active people ask for."""
    return demand_of(active(people, day))


def demand_of_cadences(numbers: Mapping[Cadence | Rule, int]) -> float:
    """The same, from the number of people who have each cadence."""
    return math.fsum(
        share
        for cadence, number in numbers.items()
        for share in repeat(1 / mean_days(cadence), number)
    )


def demand_of(promised: Promised) -> float:
    """Contacts a day that these cadences ask for, the same in any order."""
    return math.fsum(1 / mean_days(cadence) for _, cadence in promised)


def active(people: Iterable[Person], day: date) -> Promised:
    """People with a cadence who are neither archived nor paused, and their cadence."""
    today = day.toordinal()
    return [
        (person, person.cadence)
        for person in people
        if person.cadence is not None
        and not person.archived
        and not (person.pauses and pause_end(merged(person.pauses), today))
    ]


def dormant_ratio(demand: float, settings: Settings) -> float:
    """The r above which somebody is dormant: max(3, 4D/k), with k the mean capacity of a day.

    Without any capacity nobody has been passed over, so nobody is dormant.
    """
    capacity = settings.mean_capacity
    return max(DORMANT_RATIO, 4 * demand / capacity) if capacity else math.inf


def early_days(period: int) -> int:
    """e: how many days before the due day somebody is soon due; 0 for less than two weeks.

    Early meetings would otherwise make a weekly person one of every six days.
    """
    return min(LONGEST_EARLY, 3 * period // 20) if period >= SHORTEST_WITH_EARLY else 0


def soonest(cadence: Cadence | Rule) -> int:
    """How many days after a contact somebody with this cadence can be soon due at the earliest.

    A rule gives periods of one length, however few days after a contact its next day comes. Those
    of another cadence differ a little, and from two weeks on there is an e.
    """
    return shortest_days(cadence) - early_days(max(usual_days(cadence), SHORTEST_WITH_EARLY))


def soon_on(clock: Clock) -> int:
    """The first day, as an ordinal, on which somebody is soon due; the due day if e is 0."""
    return clock.due - early_days(clock.period)


def grace_days(period: int) -> int:
    """g: how many days after the due day somebody is due before they are waiting."""
    return min(LONGEST_GRACE, max(2, (period + 2) // 4))


def attempt_rests_until(person: Person, period: int, today: int, stops: Stops) -> int:
    """The first day after the short rest that an attempt gives; 0 without an attempt."""
    return _after_attempt(person, rest_days(period), today, stops)


def offers_counted(person: Person, clock: Clock, today: int, stops: Stops) -> list[int]:
    """The days before today on which an offer counts: since the due day and the last attempt.

    The due day is the one of that day: a pause that came later has moved it since.
    """
    tried = _attempt(person)
    return [
        day
        for day in map(date.toordinal, person.offered)
        if tried < day < today and day >= moved_by_pauses(clock.plain, clock.since, day, stops)
    ]


def _attempt(person: Person) -> int:
    """The newest attempt since the last contact, or 0."""
    tried = person.tried_on
    if tried is None or tried <= (person.last_on or date.min):
        return 0
    return tried.toordinal()


def _after_attempt(person: Person, days: int, today: int, stops: Stops) -> int:
    """The day so many days after the newest attempt, moved by pauses; 0 without an attempt."""
    tried = _attempt(person)
    return moved_by_pauses(tried + days, tried, today, stops) if tried else 0


def _reading(
    person: Person, today: int, everyones: Stops, away: tuple[Pause, ...], bound: float
) -> Reading:
    if person.archived:
        return Reading(person, State.ARCHIVED)
    if person.cadence is None:
        return Reading(person, State.NONE)
    stops = stops_of(person, away, everyones)
    found = clock(person, person.cadence, today, stops)
    return _left_alone(person, found, today, stops) or _past_due(person, found, today, stops, bound)


def _left_alone(person: Person, clock: Clock, today: int, stops: Stops) -> Reading | None:
    """The reading of somebody whose clock stands still, who rests, or who is not due yet."""
    if stops and (held := pause_end(stops, today)):
        return Reading(person, State.PAUSED, clock, held + 1 if held < OPEN else 0)
    if person.snoozed_on and today < (until := snoozed_until(person, today, stops)):
        return Reading(person, State.RESTING, clock, until, "snooze")
    if today < soon_on(clock):
        return Reading(person, State.FRESH, clock)
    if today < (until := attempt_rests_until(person, clock.period, today, stops)):
        return Reading(person, State.RESTING, clock, until, "attempt")
    return Reading(person, State.SOON, clock) if today < clock.due else None


def _past_due(person: Person, clock: Clock, today: int, stops: Stops, bound: float) -> Reading:
    if _is_dormant(person, clock, today, stops, bound):
        return Reading(person, State.DORMANT, clock)
    if person.offered and today < (until := _offers_rest_until(person, clock, today, stops)):
        return Reading(person, State.RESTING, clock, until, "offers")
    late = today - clock.due > grace_days(clock.period)
    return Reading(person, State.WAITING if late else State.DUE, clock)


def _is_dormant(person: Person, clock: Clock, today: int, stops: Stops, bound: float) -> bool:
    past = today - clock.due
    return (
        past >= DORMANT_DAYS
        and 1 + past / clock.period > bound
        and today > _after_attempt(person, DORMANT_DAYS, today, stops)
    )


def _offers_rest_until(person: Person, clock: Clock, today: int, stops: Stops) -> int:
    """The first day after the newest rest that offers gave; 0 without one."""
    offered = offers_counted(person, clock, today, stops)
    return max((back for _, back in rests(offered, clock.period, today, stops)), default=0)
