"""The load: contacts that your cadences ask for against the time you have, and ways to fit them.

How it works. The demand D is the sum of 1 / mean days over the cadences of all active people. The
time T, also in contacts a day, is measured: the contacts of the last eight weeks at most, without
days away, averaged with 14 days at half the capacity, so that a young journal has a time too. Their
ratio U = D/T gives the verdict.

Above 5/6 there are offers, each of which brings U down to that: all cadences longer, those outside
one circle longer, or more capacity. New cadences are rounded up to a step of the ladder
(recurrence.py), and an offer that would still be too much is left out. `rhythm_of` is about one
person: how often they were really met, if that differs clearly from their cadence.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, NamedTuple

from connect_cli.model import LONGEST, Cadence, Pause, Person, Rule
from connect_cli.scheduler.recurrence import LADDER, at_least, mean_days
from connect_cli.scheduler.rest import merged
from connect_cli.scheduler.standing import Promised, active, demand_of
from connect_cli.settings import Settings

COMFORTABLE = 5 / 6
ROUNDING = 1e-9
TIGHT = 1.0
STRETCHED = 1.5

LONGEST_WINDOW = 56
PRIOR_DAYS = 14

FEWEST_GAPS = 3
NEWEST_GAPS = 12
CLEARLY = 1.5
MOST = 3 / 4


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


_NONE: Mapping[str, Cadence] = MappingProxyType({})


class Offer(NamedTuple):
    """One way to make a load comfortable.

    number: the factor by which cadences get longer, or the capacity a day that is needed.
    kept: the circle whose cadences stay. changes: the new cadences, by person id.
    demand, time, ratio: D, T and U if the offer is taken.
    """

    kind: Literal["stretch", "keep", "capacity"]
    number: float
    demand: float
    time: float
    kept: str | None = None
    changes: Mapping[str, Cadence] = _NONE

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

    @property
    def ratio(self) -> float:
        """U, the demand as a share of the time."""
        return share(self.demand, self.time)

    @property
    def verdict(self) -> Verdict:
        """The word for the ratio."""
        return verdict_of(self.ratio)


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
    window = window_days - _away_days(away, day, window_days)
    capacity = sum(settings.capacity) / len(settings.capacity)
    time = (contacts + PRIOR_DAYS / 2 * capacity) / (window + PRIOR_DAYS)
    circles = by_circle(promised, time)
    return Load(
        day=day,
        people=len(promised),
        demand=demand_of(promised),
        time=time,
        contacts=contacts,
        window_days=window,
        capacity=capacity,
        circles=circles,
        offers=offers(promised, circles, time, capacity),
    )


def verdict_of(ratio: float) -> Verdict:
    """What a ratio U = D/T means."""
    if ratio <= COMFORTABLE:
        return Verdict.COMFORTABLE
    if ratio <= TIGHT:
        return Verdict.TIGHT
    return Verdict.STRETCHED if ratio <= STRETCHED else Verdict.OVER


def offers(
    promised: Promised, circles: Iterable[CircleLoad], time: float, capacity: float
) -> tuple[Offer, ...]:
    """What would make the load comfortable; empty if it is already, or if there is no time."""
    demand = demand_of(promised)
    if time <= 0 or share(demand, time) <= COMFORTABLE:
        return ()
    kept = [row.circle for row in circles if row.circle and row.demand < demand]
    found = [_stretched(promised, time, circle) for circle in (None, *kept)]
    found.append(_more_capacity(demand, time, capacity))
    return tuple(offer for offer in found if offer)


def by_circle(promised: Promised, time: float) -> tuple[CircleLoad, ...]:
    """A row for each circle with people in it, the greatest demand first."""
    circles: dict[str | None, Promised] = {}
    for person, cadence in promised:
        circles.setdefault(person.circle, []).append((person, cadence))
    rows = [
        CircleLoad(circle, len(members), demand := demand_of(members), share(demand, time))
        for circle, members in circles.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.demand, row.circle or "")))


def share(demand: float, time: float) -> float:
    """The demand as a share of the time; infinite if there is demand and no time."""
    if time > 0:
        return demand / time
    return math.inf if demand else 0.0


class Rhythm(NamedTuple):
    """How often you really meet: `days` is the median of the newest `gaps`.

    cadence: the nearest step of the ladder, which may be offered.
    """

    days: float
    gaps: int
    cadence: Cadence


def rhythm_of(days: Iterable[date], cadence: Cadence | Rule | None = None) -> Rhythm | None:
    """The rhythm of contacts on these days; None for fewer than three gaps.

    With a cadence, None unless the rhythm differs from it by a factor of 1.5 or more and three gaps
    in four are on the same side: an offer should be worth a line.
    """
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))]
    gaps = gaps[-NEWEST_GAPS:]
    if len(gaps) < FEWEST_GAPS:
        return None
    middle = _median(gaps)
    if cadence is not None and not _differs(gaps, middle, mean_days(cadence)):
        return None
    return Rhythm(middle, len(gaps), _nearest(middle))


def _stretched(promised: Promised, time: float, kept: str | None) -> Offer | None:
    """All cadences longer by D/(5T/6), or those outside a circle A by (D - D_A)/(5T/6 - D_A).

    None if the circle alone takes 5/6 of the time or more, or if the ladder is too short.
    """
    staying = [pair for pair in promised if kept and pair[0].circle == kept]
    others = [pair for pair in promised if not kept or pair[0].circle != kept]
    room = COMFORTABLE * time - demand_of(staying)
    if room <= ROUNDING:
        return None
    number = demand_of(others) / room
    changes = _longer(others, number)
    after = [(person, changes.get(person.id, cadence)) for person, cadence in promised]
    kind: Literal["stretch", "keep"] = "keep" if kept else "stretch"
    offer = Offer(kind, number, demand_of(after), time, kept, changes)
    return offer if offer.ratio <= COMFORTABLE + ROUNDING else None


def _longer(promised: Promised, number: float) -> dict[str, Cadence]:
    """The cadences that get longer: multiplied, then rounded up to a step of the ladder."""
    steps = {cadence: at_least(mean_days(cadence) * number) for _, cadence in promised}
    return {
        person.id: steps[cadence]
        for person, cadence in promised
        if mean_days(steps[cadence]) > mean_days(cadence) + ROUNDING
    }


def _more_capacity(demand: float, time: float, capacity: float) -> Offer | None:
    """The capacity at which the time, growing in proportion, is 6/5 of the demand."""
    if not capacity:
        return None
    number = math.ceil(demand / (COMFORTABLE * time / capacity) - ROUNDING)
    return Offer("capacity", number, demand, time * number / capacity)


def _away_days(away: Sequence[Pause], day: date, window_days: int) -> int:
    """How many of the `window_days` before `day` everyone's pauses cover."""
    first, last = day.toordinal() - window_days, day.toordinal() - 1
    return sum(max(0, min(end, last) - max(start, first) + 1) for start, end in merged(away))


def _differs(gaps: list[int], middle: float, asked: float) -> bool:
    longer = sum(gap > asked for gap in gaps) >= MOST * len(gaps)
    shorter = sum(gap < asked for gap in gaps) >= MOST * len(gaps)
    return (longer and middle >= asked * CLEARLY) or (shorter and middle * CLEARLY <= asked)


def _median(gaps: list[int]) -> float:
    """The median; the standard library's costs more to import than everything here."""
    ordered = sorted(gaps)
    return (ordered[(len(gaps) - 1) // 2] + ordered[len(gaps) // 2]) / 2


def _nearest(days: float) -> Cadence:
    """The nearest step by ratio; beyond the ends of the ladder, whole days or whole years."""
    if days < mean_days(LADDER[0]):
        return Cadence(round(days), "d")
    if days > mean_days(LADDER[-1]):
        return Cadence(min(LONGEST["y"], round(days / mean_days(Cadence(1, "y")))), "y")
    return min(LADDER, key=lambda step: abs(math.log(mean_days(step) / days)))
