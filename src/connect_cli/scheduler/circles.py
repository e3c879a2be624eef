"""What each circle asks for, as a part of the time there is."""

import math
from dataclasses import dataclass

from connect_cli.scheduler.standing import Promised, demand_of


@dataclass(frozen=True, slots=True)
class CircleLoad:
    """What one circle asks for; `circle` is None for people outside any.

    demand: contacts a day. ratio: the part of your time that it takes, 1 being all of it.
    """

    circle: str | None
    people: int
    demand: float
    ratio: float


def by_circle(promised: Promised, time: float) -> tuple[CircleLoad, ...]:
    """A row for each circle that has someone in it, those that ask for most first."""
    circles: dict[str | None, Promised] = {}
    for person, cadence in promised:
        circles.setdefault(person.circle, []).append((person, cadence))
    rows = [
        CircleLoad(circle, len(members), demand := demand_of(members), share(demand, time))
        for circle, members in circles.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.demand, row.circle or "")))


def share(demand: float, time: float) -> float:
    """The demand as a part of the time; without any time every promise is too much."""
    if time > 0:
        return demand / time
    return math.inf if demand else 0.0
