"""How often somebody is really met, if that differs clearly from their cadence."""

import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from connect_cli.model import LONGEST, Cadence, Rule
from connect_cli.scheduler.recurrence import LADDER, mean_days

FEWEST_GAPS = 3
NEWEST_GAPS = 12
CLEARLY = 1.5
MOST = 3 / 4
ASKED_PERIODS = 2
SMALL_COMPANY = 4  # people in an interaction: in a larger one nobody was met for their own sake
RHYTHM_DAYS = 5 * 365  # older contacts say nothing about how people live now
RHYTHM_CONTACTS = 120  # the newest days that are looked at: weekly contacts for more than two years


class Rhythm(NamedTuple):
    """How often you really meet: `days` is the median of the newest `gaps`.

    cadence: the nearest step of the ladder, which may be offered.
    """

    days: float
    gaps: int
    cadence: Cadence

    def raises(self, asked: Cadence | Rule | None) -> bool:
        """Whether taking it in the place of this cadence would raise the load."""
        return asked is not None and mean_days(self.cadence) < mean_days(asked)


def rhythm_of(days: Iterable[date], cadence: Cadence | Rule | None = None) -> Rhythm | None:
    """The rhythm of contacts on these days; None for fewer than three gaps.

    With a cadence, None unless the gaps span two periods of it, and the rhythm differs from it by a
    factor of 1.5 or more with three gaps in four on the same side: an offer should be worth a line.
    """
    asked = None if cadence is None else mean_days(cadence)
    known = sorted({day.toordinal() for day in days})[-RHYTHM_CONTACTS:]
    met = _newest(known, ASKED_PERIODS * (asked or 0))
    gaps = [later - earlier for earlier, later in pairwise(met)]
    if len(gaps) < FEWEST_GAPS:
        return None
    middle = _median(gaps)
    if asked is not None and not _differs(gaps, middle, asked):
        return None
    return Rhythm(middle, len(gaps), _nearest(middle))


def _newest(met: list[int], span: float) -> list[int]:
    """The newest thirteen of these ordered days, or as many more as span so many days.

    Empty if all of them do not span so many.
    """
    spanning = [place for place, day in enumerate(met) if met[-1] - day >= math.floor(span)]
    return met[min(spanning[-1], max(0, len(met) - NEWEST_GAPS - 1)) :] if spanning else []


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
