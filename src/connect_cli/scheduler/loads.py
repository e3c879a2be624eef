"""The load: what you promised against the time you have (scheduler.md §7)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.scheduler.cadences import mean_days
from connect_cli.scheduler.pauses import merged
from connect_cli.scheduler.standing import active
from connect_cli.settings import Settings

LONGEST_WINDOW = 56
PRIOR_DAYS = 14
COMFORTABLE = 5 / 6
TIGHT = 1.0
STRETCHED = 1.5

Promised = list[tuple[Person, Cadence | Rule]]


class Verdict(StrEnum):
    """What the load means. Up to 5/6 a schedule exists even on strict terms."""

    COMFORTABLE = "comfortable"
    TIGHT = "tight"
    STRETCHED = "stretched"
    OVER = "more promised than there is"


@dataclass(frozen=True, slots=True)
class CircleLoad:
    """What one circle asks for; `circle` is None for people outside any.

    demand: contacts a day. ratio: the part of your time that it takes, 1 being all of it.
    """

    circle: str | None
    people: int
    demand: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Load:
    """The load on one day.

    demand: D, contacts a day that all cadences ask for. time: T, contacts a day that you have
    time for: what you did in the last `window_days`, and 14 days at half capacity for a start.
    ratio: U = D/T. capacity: k, of a mean day. circles: those that ask for most first.
    """

    day: date
    people: int
    demand: float
    time: float
    ratio: float
    contacts: int
    window_days: int
    capacity: float
    circles: tuple[CircleLoad, ...]

    @property
    def verdict(self) -> Verdict:
        if self.ratio <= COMFORTABLE:
            return Verdict.COMFORTABLE
        if self.ratio <= TIGHT:
            return Verdict.TIGHT
        return Verdict.STRETCHED if self.ratio <= STRETCHED else Verdict.OVER

    @property
    def words(self) -> str:
        """The verdict, and what to expect of a stretched load."""
        if self.verdict is Verdict.STRETCHED:
            return f"{self.verdict}: expect about {self.ratio:.1f} times your cadences"
        return str(self.verdict)

    @property
    def room(self) -> float:
        """Contacts a day that may be promised at ease: 5/6 of the time."""
        return COMFORTABLE * self.time


def load(
    people: Iterable[Person],
    contacts: int,
    window_days: int,
    day: date,
    settings: Settings,
    *,
    away: Sequence[Pause] = (),
) -> Load:
    """The load on `day`.

    contacts: how many times someone with a cadence was met, wholly or by half, in the
    `window_days` (56 at most) before `day`. Days away in them are not counted as time.
    """
    promised = active(people, day)
    window = window_days - _away_days(away, day, window_days)
    capacity = sum(settings.capacity) / len(settings.capacity)
    time = (contacts + PRIOR_DAYS / 2 * capacity) / (window + PRIOR_DAYS)
    demand = demand_of(promised)
    return Load(
        day=day,
        people=len(promised),
        demand=demand,
        time=time,
        ratio=share(demand, time),
        contacts=contacts,
        window_days=window,
        capacity=capacity,
        circles=_by_circle(promised, time),
    )


def demand_of(promised: Promised) -> float:
    """Contacts a day that these cadences ask for."""
    return math.fsum(1 / mean_days(cadence) for _, cadence in promised)


def share(demand: float, time: float) -> float:
    """The demand as a part of the time; without any time every promise is too much."""
    if time:
        return demand / time
    return math.inf if demand else 0.0


def _by_circle(promised: Promised, time: float) -> tuple[CircleLoad, ...]:
    circles: dict[str | None, Promised] = {}
    for person, cadence in promised:
        circles.setdefault(person.circle, []).append((person, cadence))
    rows = [
        CircleLoad(circle, len(members), demand := demand_of(members), share(demand, time))
        for circle, members in circles.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.demand, row.circle or "")))


def _away_days(away: Sequence[Pause], day: date, window_days: int) -> int:
    """How many of the `window_days` before `day` everyone's pauses cover."""
    first, last = day.toordinal() - window_days, day.toordinal() - 1
    return sum(max(0, min(end, last) - max(start, first) + 1) for start, end in merged(away))
