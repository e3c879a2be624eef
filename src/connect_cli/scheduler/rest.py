"""Rest: offered for a week, then left alone for longer and longer.

Nothing is stored: the phase follows from the days past due alone.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from connect_cli.model import Pause

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


Stops = tuple[tuple[int, int], ...]
"""Disjoint intervals of days as ordinals, in order, both ends included."""

OPEN = date.max.toordinal()


def merged(pauses: Iterable[Pause]) -> Stops:
    """The days of all pauses, each once however many cover it."""
    stops: list[tuple[int, int]] = []
    for start, end in sorted(_ordinals(pause) for pause in pauses):
        if stops and start <= stops[-1][1] + 1:
            stops[-1] = (stops[-1][0], max(stops[-1][1], end))
        elif end >= start:
            stops.append((start, end))
    return tuple(stops)


def holding(stops: Stops, today: int) -> int:
    """The last day of the pause that `today` lies in; 0 outside any."""
    return next((end for start, end in stops if start <= today <= end), 0) if stops else 0


def moved(due: int, since: int, today: int, stops: Stops) -> int:
    """The due day, later by the paused days after `since` that count."""
    if not stops or stops[-1][1] <= since:
        return due
    return due + sum(end - start + 1 for start, end in counted(due, since, today, stops))


def counted(due: int, since: int, today: int, stops: Stops) -> Iterator[tuple[int, int]]:
    """The paused days after `since` that move a due day, as intervals.

    A pause yet to come counts if it begins by the due day; someone already due does not become
    less so before it begins. One without an end counts as far as it has gone.
    """
    for first, last in stops:
        start = max(first, since + 1)
        end = last if start <= due and last < OPEN else min(last, today)
        if start <= end:
            yield start, end
            due += end - start + 1


def _ordinals(pause: Pause) -> tuple[int, int]:
    return pause.start_on.toordinal(), pause.end_on.toordinal() if pause.end_on else OPEN
