"""Durations in words: `45m`, `1h30`, `1:30`, `1.5h`, `PT45M`, `an hour and a half` …"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import NUMBERS, choice
from connect_cli.language.words import fold

LONGEST = 24 * 60
LONGEST_PHRASE = 7  # words: "for about three quarters of an hour"
_HOW = "write it like 45m, 1h30 or 1:30"
_FRACTIONS = str.maketrans({"½": ".5", "¼": ".25", "¾": ".75"})

Reader = Callable[[re.Match[str]], float]


class Duration(NamedTuple):
    """A duration at the beginning of some words, and how many of them it takes."""

    minutes: int
    words: int


def with_decimals(text: str) -> str:
    """The same text with `1½` written `1.5`, because folding would make it `11/2`."""
    return text.translate(_FRACTIONS)


def read_minutes(text: str) -> int:
    """Minutes, from 1 to 1440; a bare number is minutes. Raises NotUnderstood."""
    words = fold(with_decimals(text)).split()
    if not words:
        raise NotUnderstood("no duration was given", _HOW)
    joined = " ".join(words)
    found = _longest(joined)
    if joined.isdecimal() and len(joined) <= 9:
        minutes = int(joined)
    elif found is not None and found[1] == len(joined):
        minutes = found[0]
    else:
        raise NotUnderstood(f"'{text}' is not a duration", _HOW)
    if not 1 <= minutes <= LONGEST:
        raise NotUnderstood(f"'{text}' is not between one minute and one day", _HOW)
    return minutes


def match_duration(words: Sequence[str]) -> Duration | None:
    """The duration that these folded words begin with; more than a day is none."""
    text = " ".join(words[:LONGEST_PHRASE])
    found = _longest(text)
    if found is None or not 1 <= found[0] <= LONGEST:
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
    return NUMBERS[word] if word in NUMBERS else float(word.replace(",", "."))


def _hours(match: re.Match[str]) -> float:
    return 60 * _value(match["hours"]) + _value(match["minutes"])


def _minutes(match: re.Match[str]) -> float:
    return _value(match["minutes"])


def _hours_and_part(match: re.Match[str]) -> float:
    return 60 * _value(match["hours"]) + _PARTS[match["part"]]


def _part(match: re.Match[str]) -> float:
    return _PARTS[match["part"]]


_PARTS = {"half": 30, "a half": 30, "quarter": 15, "a quarter": 15, "three quarters": 45}
_PART = rf"(?P<part>{choice(_PARTS)})"
_WORDS = choice(NUMBERS)
_HALVES = r"(?:[0-9]{1,2} )?1/2"
_COUNT = rf"(?:{_HALVES}|[0-9]{{0,4}}[.,][0-9]{{1,2}}|[0-9]{{1,5}}|{_WORDS})"
_HOUR = r"(?:h|hrs?|hours?)"
_MINUTE = r"(?:m|mins?|minutes?)"
_UP_TO_59 = r"(?P<minutes>[0-5]?[0-9])"
_FORMS: tuple[tuple[str, Reader], ...] = tuple(
    (
        rf"(?:for )?(?:about |around |roughly |almost |nearly |over |~)?{form}(?!\S)",
        read,
    )
    for form, read in (
        (r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])", _hours),
        (r"pt(?:(?P<hours>[0-9]{1,2})h)?(?:(?P<minutes>[0-9]{1,4})m)?", _hours),
        (rf"(?P<hours>{_COUNT})(?P<minutes>) ?{_HOUR}", _hours),
        (rf"(?P<hours>[0-9]{{1,2}}) ?{_HOUR} ?(?:and )?{_UP_TO_59} ?{_MINUTE}?", _hours),
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
