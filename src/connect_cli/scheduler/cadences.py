"""Cadence arithmetic: where one leads from a day, how long it is, and the ladder of lengths."""

from datetime import date

from connect_cli.language.calendar import plus_months
from connect_cli.model import Cadence, Rule
from connect_cli.scheduler.rules import gap_days, next_of

# Mean lengths in the Gregorian calendar, whose 400 years have 146,097 days.
MEAN_DAYS = {"d": 1.0, "w": 7.0, "m": 146097 / 4800, "y": 146097 / 400}
LADDER = tuple(
    Cadence.parse(text)
    for text in "1w 10d 2w 3w 1m 6w 2m 3m 4m 6m 9m 1y 18m 2y".split()  # noqa: SIM905  # read as it is said
)


def following(start: int, cadence: Cadence | Rule) -> int:
    """The day on which the cadence comes round, counted from `start`; both are ordinals."""
    if isinstance(cadence, Rule):
        return next_of(cadence, start + least_days(cadence))
    if cadence.unit == "d":
        return start + cadence.count
    if cadence.unit == "w":
        return start + 7 * cadence.count
    months = cadence.count if cadence.unit == "m" else 12 * cadence.count
    return plus_months(date.fromordinal(start), months).toordinal()


def least_days(rule: Rule) -> int:
    """How many days after a contact one of the rule may come: half of its mean gap, at least 1."""
    return max(1, round(gap_days(rule) / 2))


def mean_days(cadence: Cadence | Rule) -> float:
    """The cadence's length in days, on average: what a promise costs does not vary by month."""
    if isinstance(cadence, Rule):
        return gap_days(cadence)
    return cadence.count * MEAN_DAYS[cadence.unit]


def usual_days(cadence: Cadence | Rule) -> int:
    """The cadence's length in whole days where no contact starts it: at least 1."""
    return max(1, round(mean_days(cadence)))


def half_days(cadence: Cadence | Rule) -> int:
    """How far a contact that counts by half sets the clock back."""
    return usual_days(cadence) // 2


def at_least(days: float) -> Cadence:
    """The first step of the ladder that is not shorter than `days`, or its last."""
    return next((step for step in LADDER if mean_days(step) >= days - 1e-9), LADDER[-1])
