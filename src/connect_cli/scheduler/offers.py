"""Offers that would make a load comfortable; none is applied unless asked."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from connect_cli.model import Cadence
from connect_cli.scheduler.cadences import at_least, mean_days
from connect_cli.scheduler.circles import CircleLoad, share
from connect_cli.scheduler.standing import Promised, demand_of

COMFORTABLE = 5 / 6
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Offer:
    """One way out of a load that is too much.

    number: by how much cadences stretch, or the capacity a day that would be needed.
    kept: the circle whose cadences stay. changes: the new cadences, by person id.
    demand, time, ratio: D, T and U once the offer is taken.
    """

    kind: Literal["stretch", "keep", "capacity"]
    number: float
    demand: float
    time: float
    kept: str | None = None
    changes: Mapping[str, Cadence] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What to ask for it by: `stretch`, `keep-inner`, `capacity`."""
        return f"keep-{self.kept}" if self.kept else self.kind

    @property
    def ratio(self) -> float:
        return share(self.demand, self.time)


def offers(
    promised: Promised, circles: Iterable[CircleLoad], time: float, capacity: float
) -> tuple[Offer, ...]:
    """What would make the load comfortable; nothing if it is, or if there is no time at all."""
    demand = demand_of(promised)
    if time <= 0 or share(demand, time) <= COMFORTABLE:
        return ()
    kept = [row.circle for row in circles if row.circle and row.demand < demand]
    found = [_stretched(promised, time, circle) for circle in (None, *kept)]
    found.append(_more_capacity(demand, time, capacity))
    return tuple(offer for offer in found if offer)


def _stretched(promised: Promised, time: float, kept: str | None) -> Offer | None:
    """All cadences longer by D/(5T/6), or those outside a circle A by (D - D_A)/(5T/6 - D_A).

    None if the circle alone takes 5/6 of the time or more, or if the ladder ends too soon.
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
    """Those cadences that get longer: `number` times, and up to the next step of the ladder."""
    steps = {cadence: at_least(mean_days(cadence) * number) for _, cadence in promised}
    return {
        person.id: steps[cadence]
        for person, cadence in promised
        if mean_days(steps[cadence]) > mean_days(cadence) + ROUNDING
    }


def _more_capacity(demand: float, time: float, capacity: float) -> Offer | None:
    """The capacity at which the time, if it grows in step, is 6/5 of the demand."""
    if not capacity:
        return None
    number = math.ceil(demand / (COMFORTABLE * time / capacity) - ROUNDING)
    return Offer("capacity", number, demand, time * number / capacity)
