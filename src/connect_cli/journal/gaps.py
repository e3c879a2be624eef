"""Days without an entry, which may have been days away."""

from collections.abc import Sequence
from datetime import date

from connect_cli.model import Pause

LEAST_GAP_DAYS = 7
LAST = date.max.toordinal()


def present(away: Sequence[Pause], today: date) -> Pause | None:
    """The days away that today is one of."""
    now = today.toordinal()
    return next((one for one in away if ordinals(one)[0] <= now <= ordinals(one)[1]), None)


def gap(last: date | None, begun: date, away: Sequence[Pause], today: date) -> Pause | None:
    """The latest seven days or more before today without an entry, and not away.

    last: the newest day with an entry, before today. begun: the day since which there is a record:
    what was before it is no gap. None while away, and in a journal without entries.
    """
    now = today.toordinal()
    if last is None or present(away, today) is not None:
        return None
    runs, start = [], max(last, begun).toordinal() + 1
    for first, end in [*sorted(map(ordinals, away)), (now, LAST)]:
        runs.append((start, min(first, now) - 1))
        start = max(start, end + 1)
    return next(
        (
            Pause(date.fromordinal(first), date.fromordinal(end))
            for first, end in reversed(runs)
            if end - first + 1 >= LEAST_GAP_DAYS
        ),
        None,
    )


def ordinals(pause: Pause) -> tuple[int, int]:
    """Its first and its last day; without an end, the last day that there is."""
    return pause.start_on.toordinal(), pause.end_on.toordinal() if pause.end_on else LAST
