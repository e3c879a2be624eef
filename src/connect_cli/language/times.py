"""Times of day and durations as they are written: `15:00`, `3pm to 4pm`, `45m`, `1h30`."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MOST, NUMBERS, choice
from connect_cli.language.words import fold

Reader = Callable[[re.Match[str]], float]

LONGEST_TIME = 6  # words: "from 3 pm to 4 pm"
DAY = 24 * 60
NOON = 12 * 60
# Minutes. Nobody meets before dawn: `at 3:30` is in the afternoon, unless written 03:30 or 3:30am.
# `1:30` alone is a duration, `12:30` alone a time.
DAWN = 6 * 60

LONGEST = 24 * 60
LONGEST_DURATION = 7  # words: "for about three quarters of an hour"
_HOW_TIME = "write it like 15:00 or 3pm"
_TIME = r"(?P<{0}hour>[01]?[0-9]|2[0-3])(?:[:.h](?P<{0}minute>[0-5][0-9]))? ?(?P<{0}half>am|pm)?"
_ONE = rf"(?P<at>at )?(?:{_TIME.format('')}|(?P<word>noon|midday|midnight))(?!\S)"
_RANGE = rf"(?:from |at )?{_TIME.format('')} ?(?:-|to|until|till) ?{_TIME.format('to_')}(?!\S)"
_NAMED_TIMES = {"noon": NOON, "midday": NOON, "midnight": 0}
_HOW_LONG = "write it like 45m, 1h30 or 1:30"
_FRACTIONS = str.maketrans({"½": ".5", "¼": ".25", "¾": ".75"})

_PARTS = {"half": 30, "a half": 30, "quarter": 15, "a quarter": 15, "three quarters": 45}
_PART = rf"(?P<part>{choice(_PARTS)})"
_WORDS = choice(NUMBERS)
_HALVES = r"(?:[0-9]{1,2} )?1/2"
_COUNT = rf"(?:{_HALVES}|[0-9]{{0,4}}[.,][0-9]{{1,2}}|[0-9]+|{_WORDS})"
_HOUR = r"(?:h|hrs?|hours?)"
_MINUTE = r"(?:m|mins?|minutes?)"
_UP_TO_59 = r"(?P<minutes>[0-5]?[0-9])"


class Clock(NamedTuple):
    """A time of day `HH:MM` at the beginning of some words. minutes: its length, if it is said."""

    time: str
    words: int
    minutes: int | None = None


def read_time(text: str) -> str:
    """The time of day as `HH:MM`; an hour before dawn without am is pm. Raises NotUnderstood."""
    match = re.fullmatch(_ONE, " ".join(fold(text).split()))
    minute = None if match is None else _minute_of_day(match)
    if minute is None:
        raise NotUnderstood(f"'{text}' is not a time of day", _HOW_TIME)
    return _written(minute)


def match_clock(words: Sequence[str]) -> Clock | None:
    """The time of day that these folded words begin with, unless they may mean something else."""
    text = " ".join(words[:LONGEST_TIME])
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
    """Minutes since midnight; None for an hour that no clock shows, such as 15pm."""
    said = match.groupdict()
    if said.get("word"):
        return _NAMED_TIMES[said["word"]]
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


class Duration(NamedTuple):
    """A duration at the beginning of some words. words: how many of them it takes."""

    minutes: int
    words: int


def with_decimals(text: str) -> str:
    """The text with `1½` written as `1.5`, because folding would make it `11/2`."""
    return text.translate(_FRACTIONS)


def read_minutes(text: str) -> int:
    """Minutes, from 1 to 1440; a bare number is minutes. Raises NotUnderstood."""
    words = fold(with_decimals(text)).split()
    if not words:
        raise NotUnderstood("no duration was given", _HOW_LONG)
    joined = " ".join(words)
    found = _longest(joined)
    if joined.isdecimal() and len(joined) <= 9:
        minutes = int(joined)
    elif found is not None and found[1] == len(joined):
        minutes = found[0]
    else:
        raise NotUnderstood(f"'{text}' is not a duration", _HOW_LONG)
    if not 1 <= minutes <= LONGEST:
        raise NotUnderstood(f"'{text}' is not between one minute and one day", _HOW_LONG)
    return minutes


def match_duration(words: Sequence[str]) -> Duration | None:
    """The duration that these folded words begin with; over one day, only if it can be no length.

    `5000 m` is how far somebody walked.
    """
    text = " ".join(words[:LONGEST_DURATION])
    found = _longest(text)
    if found is None or found[0] < 1:
        return None
    if found[0] > LONGEST and re.fullmatch(r".*[0-9] ?m", text[: found[1]]):
        return None
    return Duration(found[0], text[: found[1]].count(" ") + 1)


def _longest(text: str) -> tuple[int, int] | None:
    matches = [(match, read) for pattern, read in _FORMS if (match := re.match(pattern, text))]
    if not matches:
        return None
    match, read = max(matches, key=lambda one: one[0].end())
    return round(read(match)), match.end()


def _value(word: str | None) -> float:
    if not word:
        return 0
    if word.endswith("1/2"):
        return int(word[:-3] or 0) + 0.5
    return NUMBERS[word] if word in NUMBERS else min(float(word.replace(",", ".")), MOST)


def _hours(match: re.Match[str]) -> float:
    return 60 * _value(match["hours"]) + _value(match["minutes"])


def _minutes(match: re.Match[str]) -> float:
    return _value(match["minutes"])


def _hours_and_part(match: re.Match[str]) -> float:
    return 60 * _value(match["hours"]) + _PARTS[match["part"]]


def _part(match: re.Match[str]) -> float:
    return _PARTS[match["part"]]


_FORMS: tuple[tuple[str, Reader], ...] = tuple(
    (
        rf"(?:for )?(?:about |around |roughly |almost |nearly |over |~)?{form}(?!\S)",
        read,
    )
    for form, read in (
        (r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])", _hours),
        (r"pt(?:(?P<hours>[0-9]+)h)?(?:(?P<minutes>[0-9]+)m)?", _hours),
        (rf"(?P<hours>{_COUNT})(?P<minutes>) ?{_HOUR}", _hours),
        (rf"(?P<hours>[0-9]+) ?{_HOUR} ?(?:and )?{_UP_TO_59} ?{_MINUTE}?", _hours),
        (
            rf"(?P<hours>{_WORDS}) {_HOUR} (?:and )?(?P<minutes>[0-5]?[0-9]|{_WORDS}) {_MINUTE}",
            _hours,
        ),
        (rf"(?P<minutes>{_COUNT}) ?{_MINUTE}", _minutes),
        (rf"(?P<hours>{_COUNT}) ?{_HOUR} and {_PART}(?: of an {_HOUR})?", _hours_and_part),
        (rf"(?P<hours>{_COUNT}) and (?P<part>a half) {_HOUR}", _hours_and_part),
        (rf"{_PART}(?: of)?(?: an?)? {_HOUR}", _part),
    )
)
