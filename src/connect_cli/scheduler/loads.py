"""The load: what you promised against the time you have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from connect_cli.model import Pause, Person
from connect_cli.scheduler.circles import CircleLoad, by_circle, share
from connect_cli.scheduler.offers import COMFORTABLE, Offer, offers
from connect_cli.scheduler.pauses import merged
from connect_cli.scheduler.standing import active, demand_of
from connect_cli.settings import Settings

LONGEST_WINDOW = 56
PRIOR_DAYS = 14
TIGHT = 1.0
STRETCHED = 1.5


class Verdict(StrEnum):
    """What the load means. Up to 5/6 a schedule exists even on strict terms."""

    COMFORTABLE = "comfortable"
    TIGHT = "tight"
    STRETCHED = "stretched"
    OVER = "more promised than there is"


@dataclass(frozen=True, slots=True)
class Load:
    """The load on one day.

    demand: D, contacts a day that all cadences ask for. time: T, contacts a day that you have
    time for: what you did in the last `window_days`, and 14 days at half capacity for a start.
    ratio: U = D/T. capacity: k, of a mean day. circles: those that ask for most first.
    offers: what would make it comfortable; none if it is.
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
        return share(self.demand, self.time)

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.ratio)


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
    `window_days` (56 at most) before `day`; days away among them are no time you had.
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


def _away_days(away: Sequence[Pause], day: date, window_days: int) -> int:
    """How many of the `window_days` before `day` everyone's pauses cover."""
    first, last = day.toordinal() - window_days, day.toordinal() - 1
    return sum(max(0, min(end, last) - max(start, first) + 1) for start, end in merged(away))
