"""The rhythm in which you really meet someone, where it is clearly not the one asked for."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from connect_cli.model import LONGEST, Cadence, Rule
from connect_cli.scheduler.cadences import LADDER, mean_days

FEWEST_GAPS = 3
NEWEST_GAPS = 12
CLEARLY = 1.5
MOST = 3 / 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often you meet: `days` is the median of so many newest `gaps`.

    cadence: the step of the ladder nearest to it, which may be offered.
    """

    days: float
    gaps: int
    cadence: Cadence


def rhythm(days: Iterable[date], cadence: Cadence | Rule | None = None) -> Rhythm | None:
    """The rhythm of contacts on these days, from three gaps or more.

    With a cadence, only if the rhythm is half as long again or more, or that much shorter, and
    three gaps in four are on the same side: it is offered, and an offer should be worth a line.
    """
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))]
    gaps = gaps[-NEWEST_GAPS:]
    if len(gaps) < FEWEST_GAPS:
        return None
    middle = _median(gaps)
    if cadence is not None and not _differs(gaps, middle, mean_days(cadence)):
        return None
    return Rhythm(middle, len(gaps), _nearest(middle))


def _differs(gaps: list[int], middle: float, asked: float) -> bool:
    longer = sum(gap > asked for gap in gaps) >= MOST * len(gaps)
    shorter = sum(gap < asked for gap in gaps) >= MOST * len(gaps)
    return (longer and middle >= asked * CLEARLY) or (shorter and middle * CLEARLY <= asked)


def _median(gaps: list[int]) -> float:
    """The middle; the standard library's costs more to import than everything here."""
    ordered = sorted(gaps)
    return (ordered[(len(gaps) - 1) // 2] + ordered[len(gaps) // 2]) / 2


def _nearest(days: float) -> Cadence:
    """The nearest step by proportion; beyond the ladder's ends whole days, or whole years."""
    if days < mean_days(LADDER[0]):
        return Cadence(round(days), "d")
    if days > mean_days(LADDER[-1]):
        return Cadence(min(LONGEST["y"], round(days / mean_days(Cadence(1, "y")))), "y")
    return min(LADDER, key=lambda step: abs(math.log(mean_days(step) / days)))
