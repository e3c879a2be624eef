"""Cadence arithmetic: the day one cadence later, its mean length, and the ladder of lengths."""

from bisect import bisect_left
from datetime import MAXYEAR, date, datetime
from functools import lru_cache
from itertools import takewhile

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import day_of, month_at, month_number, plus_months
from connect_cli.model import Cadence, Rule

# Mean lengths in the Gregorian calendar, whose 400 years have 146,097 days.
MEAN_DAYS = {"d": 1.0, "w": 7.0, "m": 146097 / 4800, "y": 146097 / 400}
LADDER = tuple(
    Cadence.parse(text)
    for text in "1w 10d 2w 3w 1m 6w 2m 3m 4m 6m 9m 1y 18m 2y".split()  # noqa: SIM905  # read as it is said
)

# A rule has no start, so "every other week" is counted from here: a Monday and a 1 January.
EPOCH = date(2001, 1, 1)
BLOCK_YEARS = 4
BLOCKS = 10
NEVER = date.max.toordinal() + 1
"""A day that does not come within the calendar."""
MONTHS = {"MONTHLY": 1, "YEARLY": 12}
_FIRST_MONTH = month_number(date.min)
DAYS = {"DAILY": 1, "WEEKLY": 7}


@lru_cache(maxsize=4096)  # of ten thousand people many were met on the same days
def following(start: int, cadence: Cadence | Rule) -> int:
    """The day one cadence after `start`; both are ordinals."""
    if isinstance(cadence, Rule):
        return next_of(cadence, start + least_days(cadence))
    if cadence.unit == "d":
        return start + cadence.count
    if cadence.unit == "w":
        return start + 7 * cadence.count
    months = cadence.count if cadence.unit == "m" else 12 * cadence.count
    try:
        return plus_months(day_of(start), months).toordinal()
    except ValueError:
        return NEVER


def least_days(rule: Rule) -> int:
    """The fewest days from a contact to a day of the rule: half of its mean gap, at least 1."""
    return max(1, round(gap_days(rule) / 2))


SHORTEST = {"d": 1, "w": 7, "m": 28, "y": 365}


def shortest_days(cadence: Cadence | Rule) -> int:
    """How many days there are at least from a contact to the day that follows by the cadence."""
    if isinstance(cadence, Rule):
        return least_days(cadence)
    return cadence.count * SHORTEST[cadence.unit]


def mean_days(cadence: Cadence | Rule) -> float:
    """The cadence's mean length in days: its demand does not vary from month to month."""
    if isinstance(cadence, Rule):
        return gap_days(cadence)
    return cadence.count * MEAN_DAYS[cadence.unit]


def usual_days(cadence: Cadence | Rule) -> int:
    """The cadence's length in whole days if no contact starts it, at least 1."""
    return max(1, round(mean_days(cadence)))


def half_days(cadence: Cadence | Rule) -> int:
    """How far a contact that counts by half sets the clock back."""
    return usual_days(cadence) // 2


@lru_cache(maxsize=256)
def gap_days(rule: Rule) -> float:
    """The mean number of days between two days of the rule. Raises NotUnderstood."""
    blocks, days = 1, _block(rule.text, 0)
    if len(days) < BLOCK_YEARS:
        blocks, days = BLOCKS, _days(rule.text, 0, BLOCKS)
    if len(days) < BLOCKS * BLOCK_YEARS // 10:
        raise NotUnderstood(
            f"'{rule.words}' comes less than once in ten years", "choose a rule with nearer days"
        )
    return (_block_start(blocks) - EPOCH).days / len(days)


def next_of(rule: Rule, day: int) -> int:
    """The first day of the rule on or after `day`, both as ordinals. Raises NotUnderstood."""
    block = (day_of(day).year - EPOCH.year) // BLOCK_YEARS
    while not (days := _block(rule.text, block)) or days[-1] < day:
        gap_days(rule)  # raises for a rule without days, which would be sought for ever
        block += 1
        if _block_start(block) == date.max:
            return NEVER
    return days[bisect_left(days, day)]


@lru_cache(maxsize=1024)
def _block(text: str, block: int) -> tuple[int, ...]:
    """The rule's days, as ordinals, in one block of four years counted from the epoch."""
    return _days(text, block, 1)


def _days(text: str, block: int, blocks: int) -> tuple[int, ...]:
    from dateutil.rrule import rrulestr  # 10 ms, for those who use a rule

    freq, interval, kept = _parts(text)
    first, end = _block_start(block), _block_start(block + blocks)
    start = datetime.combine(_aligned(freq, interval, first), datetime.min.time())
    try:
        moments = takewhile(lambda moment: moment.date() < end, rrulestr(kept, dtstart=start))
        days = [moment.toordinal() for moment in moments]
    except ValueError as error:
        raise _not_a_rule(text) from error
    return tuple(day for day in days if day >= first.toordinal())


def _block_start(block: int) -> date:
    """The first day of a block, or else the last day of the calendar."""
    year = EPOCH.year + block * BLOCK_YEARS
    return date(year, 1, 1) if year <= MAXYEAR else date.max


def _aligned(freq: str, interval: int, day: date) -> date:
    """The latest day up to `day` that is a whole number of intervals from the epoch.

    Where the calendar has none it is the first one.
    """
    if freq in DAYS:
        step = interval * DAYS[freq]
        ordinal = EPOCH.toordinal() + (day - EPOCH).days // step * step
        return day_of(ordinal if ordinal > 0 else ordinal + step)
    step = interval * MONTHS[freq]
    number = month_number(EPOCH) + (day.year - EPOCH.year) * 12 // step * step
    return date(*month_at(number if number >= _FIRST_MONTH else number + step), 1)


def _parts(text: str) -> tuple[str, int, str]:
    """Frequency, interval, and the rule without its end: a cadence has none."""
    parts = text.upper().removeprefix("RRULE:").split(";")
    pairs = dict(part.partition("=")[::2] for part in parts)
    freq, interval = pairs.get("FREQ", ""), pairs.get("INTERVAL", "1")
    if freq not in {*DAYS, *MONTHS} or not interval.isdecimal() or int(interval) < 1:
        raise _not_a_rule(text)
    ends = {"COUNT", "UNTIL"}
    kept = ";".join(f"{key}={value}" for key, value in pairs.items() if key not in ends)
    return freq, int(interval), kept


def _not_a_rule(text: str) -> NotUnderstood:
    return NotUnderstood(f"'{text}' is not a calendar rule", "write it like FREQ=MONTHLY;BYDAY=1FR")
