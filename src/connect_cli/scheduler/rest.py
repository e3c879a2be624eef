"""When somebody is left alone: rests after real offers, and pauses that stop their clock.

A rest is not stored: it follows from the days on which the person was offered.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from connect_cli.model import Pause, Person

OFFERS_FIRST = 3
OFFERS_AFTER = 2
LONGEST_FIRST_REST = 14

OPEN = date.max.toordinal()

Stops = tuple[tuple[int, int], ...]
"""Paused days: disjoint intervals of ordinals, in order, first and last included."""


def rest_days(period: int) -> int:
    """b: the days of the first rest, of one after an attempt, and of a snooze without a day."""
    return min(LONGEST_FIRST_REST, max(1, (period + 3) // 7))


def rests(
    offered: Iterable[int], period: int, today: int, stops: Stops
) -> Iterator[tuple[int, int]]:
    """Each rest that follows from these offered days: its last offered day, and the day back.

    offered: ordinals since the due day, in order. The first rest follows on the third of them, each
    further one on the second after a rest, and is twice as long, up to the period. A day within a
    rest is no offer: another copy of the journal knew less.
    """
    length, left, back = rest_days(period), OFFERS_FIRST, 0
    for day in offered:
        if day < back:
            continue
        left -= 1
        if not left:
            back = _back(day + min(length, period) + 1, day, today, stops)
            yield day, back
            length, left = 2 * length, OFFERS_AFTER


def _back(back: int, since: int, today: int, stops: Stops) -> int:
    """The day back after a rest, moved later by the pauses that begin before the rest is over."""
    for start, end in counted_pauses(back, since, today, stops):
        if start > back:
            break
        back += end - start + 1
    return back


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


def stops_of(person: Person, away: Sequence[Pause], everyones: Stops) -> Stops:
    """The paused days of one person. everyones: those of `away`, merged once for many people."""
    return merged((*person.pauses, *away)) if person.pauses else everyones


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
