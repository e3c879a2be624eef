"""Rest: offered for a week, then left alone for longer and longer.

Nothing is stored: the phase follows from the days past due alone.
"""

from collections.abc import Iterator

OFFER_DAYS = 7
LONGEST_FIRST_REST = 14


def rest_days(period: int) -> int:
    """b, the length in days of the first rest, of an attempt's, and of a snooze without a day."""
    return min(LONGEST_FIRST_REST, max(1, (period + 3) // 7))


def rest_ends(past_due: int, period: int) -> int:
    """How many days past due the present rest ends; 0 when there is none."""
    if past_due < OFFER_DAYS:
        return 0
    start, rest = 0, rest_days(period)
    while rest < period and past_due >= start + OFFER_DAYS + rest:
        start += OFFER_DAYS + rest
        rest *= 2
    cycle = OFFER_DAYS + min(rest, period)
    start += (past_due - start) // cycle * cycle
    return start + cycle if past_due >= start + OFFER_DAYS else 0


def phases(period: int) -> Iterator[tuple[int, int, bool]]:
    """Every phase from the due day on: first and last day past due, and whether it is a rest."""
    start, rest = 0, rest_days(period)
    while True:
        yield start, start + OFFER_DAYS - 1, False
        start += OFFER_DAYS
        yield start, start + min(rest, period) - 1, True
        start += min(rest, period)
        rest *= 2
