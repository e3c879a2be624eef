"""The last year of somebody in one line: a sign a week, or for several where room is short."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.language.plurals import counted
from connect_cli.model import Counts
from connect_cli.views import CountedDay

WEEKS = 52
SPOKEN, LESS, NONE = "█", "▄", "·"
"""A week in which you spoke; one with an attempt or what counts half; any other."""

STEPS = (1, 2, 4)
"""Weeks of one sign: as few as there is room for."""


class Strip(NamedTuple):
    """signs: the oldest first, the last one ends today. said: what a sign is."""

    signs: str
    said: str


def strip(days: Sequence[CountedDay], today: date, width: int) -> Strip | None:
    """The strip that fits `width` cells; None without a day, or without room."""
    strips = (_strip(days, today, step) for step in STEPS)
    fitting = (one for one in strips if len(f"{one.signs} {one.said}") <= width)
    return next(fitting, None) if days else None


def _strip(days: Sequence[CountedDay], today: date, step: int) -> Strip:
    signs = [NONE] * (WEEKS // step)
    for day in days:
        at = -1 - (today - day.on).days // (7 * step)
        if day.counts is Counts.YES or signs[at] == SPOKEN:
            signs[at] = SPOKEN
        else:
            signs[at] = LESS
    weeks = "week" if step == 1 else counted(step, "week")
    return Strip("".join(signs), f"now, by {weeks}")
