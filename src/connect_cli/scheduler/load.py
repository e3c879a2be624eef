"""The load: contacts that your cadences ask for against the time you have, and ways to fit them.

How it works. The demand D is the sum of 1 / mean days over the cadences of all active people. The
time T, also in contacts a day, is measured: the contacts of the last eight weeks at most, without
days away, averaged with 14 days at half the capacity, so that a young journal has a time too. Their
ratio U = D/T gives the verdict.

Above 5/6 there are offers, each of which brings U down to that: longer cadences for all, longer
ones outside one circle, or more capacity. Cadences move up the ladder (recurrence.py). A group, the
people of one circle with one cadence, moves as a whole: in rounds of one step for each group, until
U is 5/6; then the steps that were not needed are taken back, those of the longest cadences first.
So no part of an offer would have been enough, those whom you see seldom are moved last, and U after
it is that of the very cadences it gives.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

from connect_cli.language.sorting import by_name
from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.scheduler.recurrence import LADDER, mean_days
from connect_cli.scheduler.rest import merged
from connect_cli.scheduler.standing import Promised, active, demand_of, demand_of_cadences
from connect_cli.settings import LARGEST_CAPACITY, Settings

COMFORTABLE = 5 / 6
ROUNDING = 1e-9
TIGHT = 1.0
STRETCHED = 1.5

LONGEST_WINDOW = 56
PRIOR_DAYS = 14


class Verdict(StrEnum):
    """What the load means. Up to 5/6 there is a schedule even under strict terms."""

    COMFORTABLE = "comfortable"
    TIGHT = "tight"
    STRETCHED = "stretched"
    OVER = "more promised than there is"


class CircleLoad(NamedTuple):
    """What one circle asks for; `circle` is None for people without a circle.

    demand: contacts a day. ratio: the share of your time that it takes; 1 is all of it.
    """

    circle: str | None
    people: int
    demand: float
    ratio: float


class Longer(NamedTuple):
    """One step of an offer: these people of a circle get a longer cadence.

    circle: None for people without one.
    """

    circle: str | None
    before: Cadence | Rule
    after: Cadence
    people: int


_NONE: Mapping[str, Cadence] = MappingProxyType({})


class Offer(NamedTuple):
    """One way to make a load comfortable.

    demand, time, ratio: D, T and U if the offer is taken. kept: the circle whose cadences stay.
    steps: what gets longer, the shortest cadence first. changes: the new cadences, by person id.
    capacity: the places a day that are needed, in an offer of more capacity. open_days: on how many
    days a week; the others are rest days.
    """

    kind: Literal["stretch", "keep", "capacity"]
    demand: float
    time: float
    kept: str | None = None
    steps: tuple[Longer, ...] = ()
    changes: Mapping[str, Cadence] = _NONE
    capacity: int | None = None
    open_days: int = 7

    @property
    def name(self) -> str:
        """The name by which it is taken: `stretch`, `keep-inner`, `capacity`."""
        return f"keep-{self.kept}" if self.kept else self.kind

    @property
    def ratio(self) -> float:
        """The demand as a share of the time, if this is taken."""
        return share(self.demand, self.time)


class Load(NamedTuple):
    """The load on one day.

    demand: D, contacts a day that all cadences ask for. time: T, contacts a day that you have
    time for: those of the last `window_days`, averaged with 14 days at half capacity.
    ratio: U = D/T. capacity: k, of a mean day. circles: the greatest demand first.
    offers: what would make it comfortable; empty if it is.
    gap: days without an entry that make the time look too small, unless you were there.
    """

    day: date
    people: int
    demand: float
    time: float
    contacts: int
    window_days: int
    capacity: float
    circles: tuple[CircleLoad, ...]
    offers: tuple[Offer, ...]
    gap: Pause | None = None

    @property
    def ratio(self) -> float:
        """U, the demand as a share of the time."""
        return share(self.demand, self.time)

    @property
    def verdict(self) -> Verdict:
        """The word for the ratio."""
        return verdict_of(self.ratio)

    @property
    def fits(self) -> bool:
        """Whether there is room: U is 5/6 or less, and something may be added."""
        return fits(self.demand, self.time)


def measure_load(
    people: Iterable[Person],
    contacts: int,
    window_days: int,
    day: date,
    settings: Settings,
    *,
    away: Sequence[Pause] = (),
) -> Load:
    """The load on `day`.

    contacts: how many contacts, full or half, there were with people who have a cadence in the
    `window_days` (56 at most) before `day`; days away do not count as time.
    """
    promised = active(people, day)
    time, window = measure_time(contacts, window_days, day, settings, away)
    circles = by_circle(promised, time)
    return Load(
        day=day,
        people=len(promised),
        demand=demand_of(promised),
        time=time,
        contacts=contacts,
        window_days=window,
        capacity=settings.mean_capacity,
        circles=circles,
        offers=offers(promised, circles, time, settings.capacity),
    )


def measure_time(
    contacts: int, window_days: int, day: date, settings: Settings, away: Sequence[Pause]
) -> tuple[float, int]:
    """T, the contacts a day that there is time for, and the days of the window without days away.

    contacts, window_days: as in `measure_load`.
    """
    window = window_days - _away_days(away, day, window_days)
    return (contacts + PRIOR_DAYS / 2 * settings.mean_capacity) / (window + PRIOR_DAYS), window


def verdict_of(ratio: float) -> Verdict:
    """What a ratio U = D/T means."""
    bounds = (
        (COMFORTABLE, Verdict.COMFORTABLE),
        (TIGHT, Verdict.TIGHT),
        (STRETCHED, Verdict.STRETCHED),
    )
    return next((word for most, word in bounds if ratio <= most + ROUNDING), Verdict.OVER)


def exceeds(ratio: float) -> bool:
    """Whether a load, or a part of it, asks for more than all of your time."""
    return ratio > TIGHT + ROUNDING


def fits(demand: float, time: float) -> bool:
    """Whether a demand is comfortable: 5/6 of the time or less."""
    return share(demand, time) <= COMFORTABLE + ROUNDING


def offers(
    promised: Promised, circles: Iterable[CircleLoad], time: float, capacity: Sequence[int]
) -> tuple[Offer, ...]:
    """What would make the load comfortable; empty if it is already, or if there is no time.

    An offer with the same steps as one before it is left out.
    """
    demand = demand_of(promised)
    if time <= 0 or fits(demand, time):
        return ()
    groups = Counter((person.circle, cadence) for person, cadence in promised)
    found: dict[tuple[Longer, ...], Offer] = {}
    for kept in (None, *(row.circle for row in circles if row.circle)):
        if steps := _steps(groups, time, kept):
            found.setdefault(steps, _stretched(promised, steps, time, kept))
    return (*found.values(), *_more_capacity(demand, time, capacity))


def by_circle(promised: Promised, time: float) -> tuple[CircleLoad, ...]:
    """A row for each circle with people in it, the greatest demand first."""
    circles: dict[str | None, Promised] = {}
    for person, cadence in promised:
        circles.setdefault(person.circle, []).append((person, cadence))
    rows = [
        CircleLoad(circle, len(members), demand := demand_of(members), share(demand, time))
        for circle, members in circles.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.demand, by_name(row.circle or ""))))


def share(demand: float, time: float) -> float:
    """The demand as a share of the time; infinite if there is demand and no time."""
    if time > 0:
        return demand / time
    return math.inf if demand else 0.0


class _Climb:
    """A group on its way up: its own cadence and the ladder above that, and its place there."""

    def __init__(self, circle: str | None, cadence: Cadence | Rule, people: int) -> None:
        self.circle, self.cadence, self.people = circle, cadence, people
        self._above = [step for step in LADDER if mean_days(step) > mean_days(cadence) + ROUNDING]
        self._place = 0

    def up(self) -> float:
        """Take one step, if there is one; returns by how much the demand grows: 0 or less."""
        if self._place == len(self._above):
            return 0.0
        self._place += 1
        return -self.last_step()

    def last_step(self) -> float:
        """By how much the demand would grow without the last step; infinite if none was taken."""
        if not self._place:
            return math.inf
        before, after = (self.cadence, *self._above)[self._place - 1 : self._place + 1]
        return self.people * (1 / mean_days(before) - 1 / mean_days(after))

    def back(self) -> None:
        """Take the last step back."""
        self._place -= 1

    def taken(self) -> list[Longer]:
        """All its steps as one, or none."""
        steps = self._above[: self._place][-1:]
        return [Longer(self.circle, self.cadence, after, self.people) for after in steps]


Group = tuple[str | None, Cadence | Rule]
"""The people of one circle with one cadence, who move up the ladder together."""


def _steps(groups: Mapping[Group, int], time: float, kept: str | None) -> tuple[Longer, ...]:
    """Steps that make the load fit, none of them to spare; empty if the ladder is too short.

    kept: a circle that stays as it is.
    """
    order = sorted((group for group in groups if not kept or group[0] != kept), key=_shortest_first)
    climbs = [_Climb(*group, groups[group]) for group in order]
    demand = math.fsum(people / mean_days(cadence) for (_, cadence), people in groups.items())
    while not fits(demand, time):
        gained = math.fsum(climb.up() for climb in climbs)
        if not gained:
            return ()
        demand += gained
    for climb in reversed(climbs):
        while fits(demand + (more := climb.last_step()), time):
            climb.back()
            demand += more
    return tuple(step for climb in climbs for step in climb.taken())


def _shortest_first(group: Group) -> tuple[float, bool, str, str]:
    circle, cadence = group
    return mean_days(cadence), circle is None, circle or "", str(cadence)


def _stretched(
    promised: Promised, steps: tuple[Longer, ...], time: float, kept: str | None
) -> Offer:
    """The offer of these steps, with the demand of the cadences that it gives."""
    after = {(step.circle, step.before): step.after for step in steps}
    changes = {
        person.id: after[person.circle, cadence]
        for person, cadence in promised
        if (person.circle, cadence) in after
    }
    cadences = Counter(changes.get(person.id, cadence) for person, cadence in promised)
    demand = demand_of_cadences(cadences)
    return Offer("keep" if kept else "stretch", demand, time, kept, steps, changes)


def _more_capacity(demand: float, time: float, capacity: Sequence[int]) -> list[Offer]:
    """The capacity at which the time, growing in proportion, is 6/5 of the demand.

    It is one for all days but rest days, which stay so. Nothing without a capacity, or if a day
    cannot hold so many.
    """
    if not any(capacity):
        return []
    open_days = sum(one > 0 for one in capacity)
    by_place = time * open_days / sum(capacity)
    needed = math.ceil(demand / (COMFORTABLE * by_place) - ROUNDING)
    if needed > LARGEST_CAPACITY:
        return []
    return [Offer("capacity", demand, by_place * needed, capacity=needed, open_days=open_days)]


def _away_days(away: Sequence[Pause], day: date, window_days: int) -> int:
    """How many of the `window_days` before `day` everyone's pauses cover."""
    first, last = day.toordinal() - window_days, day.toordinal() - 1
    return sum(max(0, min(end, last) - max(start, first) + 1) for start, end in merged(away))
