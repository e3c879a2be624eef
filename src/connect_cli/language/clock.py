"""Times of day as they are written: `15:00`, `3pm`, `at 3:30`, `3pm to 4pm`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.words import fold

LONGEST_PHRASE = 6  # words: "from 3 pm to 4 pm"
DAY = 24 * 60
NOON = 12 * 60
# Nobody meets before dawn: `at 3:30` is in the afternoon, unless it is written 03:30 or 3:30am.
# And `1:30` alone is a duration, `12:30` alone a time.
DAWN = 6 * 60
_HOW = "write it like 15:00 or 3pm"
_TIME = r"(?P<{0}hour>[01]?[0-9]|2[0-3])(?:[:.h](?P<{0}minute>[0-5][0-9]))? ?(?P<{0}half>am|pm)?"
_ONE = rf"(?P<at>at )?(?:{_TIME.format('')}|(?P<word>noon|midday|midnight))(?!\S)"
_RANGE = rf"(?:from |at )?{_TIME.format('')} ?(?:-|to|until|till) ?{_TIME.format('to_')}(?!\S)"
_WORDS = {"noon": NOON, "midday": NOON, "midnight": 0}


class Clock(NamedTuple):
    """A time of day `HH:MM` at the beginning of some words, and the minutes if an end was said."""

    time: str
    words: int
    minutes: int | None = None


def read_time(text: str) -> str:
    """The time of day as `HH:MM`; an hour before dawn without am is pm. Raises NotUnderstood."""
    match = re.fullmatch(_ONE, " ".join(fold(text).split()))
    minute = None if match is None else _minute_of_day(match)
    if minute is None:
        raise NotUnderstood(f"'{text}' is not a time of day", _HOW)
    return _written(minute)


def match_clock(words: Sequence[str]) -> Clock | None:
    """The time of day that these folded words begin with, if it can be nothing else."""
    text = " ".join(words[:LONGEST_PHRASE])
    if not text.startswith(("at ", "from ", "noon", "mid")) and not text[:1].isdecimal():
        return None
    return _range(text) or _single(text)


def _range(text: str) -> Clock | None:
    match = re.match(_RANGE, text)
    if match is None or not any(match.group("minute", "half", "to_minute", "to_half")):
        return None
    start = _minute_of_day(match, half=match["half"] or match["to_half"])
    end = _minute_of_day(match, "to_")
    if start is None or end is None or start == end:
        return None
    if start > end and not match["half"]:
        start = (start + NOON) % DAY  # the start of 11-1pm is in the morning
    return Clock(_written(start), match[0].count(" ") + 1, (end - start) % DAY)


def _single(text: str) -> Clock | None:
    match = re.match(_ONE, text)
    minute = None if match is None else _minute_of_day(match)
    if match is None or minute is None or not _surely_a_time(match):
        return None
    return Clock(_written(minute), match[0].count(" ") + 1)


def _surely_a_time(match: re.Match[str]) -> bool:
    if match["word"] or match["half"]:
        return True
    if "." in match[0] and not match["at"]:
        return False  # 20.11. is a day, somewhere
    return bool(match["minute"]) and (bool(match["at"]) or int(match["hour"]) * 60 >= DAWN)


def _minute_of_day(match: re.Match[str], which: str = "", half: str | None = None) -> int | None:
    """Minutes since midnight; None for what no clock shows (15pm) or says too little (`at 7`)."""
    said = match.groupdict()
    if said.get("word"):
        return _WORDS[said["word"]]
    hour, minute = said[f"{which}hour"], int(said[f"{which}minute"] or 0)
    half = half or said[f"{which}half"]
    if half and not 1 <= int(hour) <= 12:
        return None
    if half:
        return int(hour) % 12 * 60 + minute + (NOON if half == "pm" else 0)
    early = len(hour) == 1 and 60 <= int(hour) * 60 < DAWN
    return int(hour) * 60 + minute + (NOON if early else 0)


def _written(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
