"""Stub until the words of days have their own near misses."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class NearDay(NamedTuple):
    """A misspelt day phrase."""

    words: int
    suggestions: tuple[str, ...]


def near_day(words: Sequence[str], today: date) -> NearDay | None:
    """The misspelt day phrase at the beginning of these words."""
    del words, today
    return None
