"""When somebody is left alone: rests after each week on offer, and pauses that stop their clock.

Nothing is stored: the phase follows from the number of days past due.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from connect_cli.model import Pause

OFFER_DAYS = 7
LONGEST_FIRST_REST = 14

OPEN = date.max.toordinal()

Stops = tuple[tuple[int, int], ...]
"""Paused days: disjoint intervals of ordinals, in order, first and last included."""


def rest_days(period: int) -> int:
    """b: the days of the first rest, of one after an attempt, and of a snooze without a day."""
    return min(LONGEST_FIRST_REST, max(1, (period + 3) // 7))


def rest_ends(past_due: int, period: int) -> int:
    """How many days past due the current rest ends; 0 if there is none."""
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
    """Each phase from the due day on: its first and last day past due, and if it is a rest."""
    start, rest = 0, rest_days(period)
    while True:
        yield start, start + OFFER_DAYS - 1, False
        start += OFFER_DAYS
        yield start, start + min(rest, period) - 1, True
        start += min(rest, period)
        rest *= 2


def ordinals(pause: Pause) -> tuple[int, int]:
    """The first and last day as ordinals; OPEN, the last day of the calendar, without an end."""
    return pause.start_on.toordinal(), pause.end_on.toordinal() if pause.end_on else OPEN


def merged(pauses: Iterable[Pause]) -> Stops:
    """The days of all pauses; days that several cover are there once."""
    stops: list[tuple[int, int]] = []
    for start, end in sorted(ordinals(pause) for pause in pauses):
        if stops and start <= stops[-1][1] + 1:
            stops[-1] = (stops[-1][0], max(stops[-1][1], end))
        elif end >= start:
            stops.append((start, end))
    return tuple(stops)


def pause_end(stops: Stops, today: int) -> int:
    """The last day of the pause that `today` is in; 0 outside a pause."""
    return next((end for start, end in stops if start <= today <= end), 0) if stops else 0


def moved_by_pauses(due: int, since: int, today: int, stops: Stops) -> int:
    """The due day, moved later by the paused days after `since` that count."""
    if not stops or stops[-1][1] <= since:
        return due
    return due + sum(end - start + 1 for start, end in counted_pauses(due, since, today, stops))


def counted_pauses(due: int, since: int, today: int, stops: Stops) -> Iterator[tuple[int, int]]:
    """The paused days after `since` that move a due day, as intervals.

    A future pause counts if it begins by the due day, but somebody who is due stays due until it
    begins. A pause without an end counts up to today.
    """
    for first, last in stops:
        start = max(first, since + 1)
        end = last if start <= due and last < OPEN else min(last, today)
        if start <= end:
            yield start, end
            due += end - start + 1
