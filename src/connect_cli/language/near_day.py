"""Misspelt days and lengths: `on tueday`, `3 days agp`, `45 mni`. They are asked about, never read.

A word is misspelt if it is one letter from a word for a day (two, if that has eight letters or
more), and is no word that is known otherwise. The phrase is then tried with the right word in its
place: only what is a day phrase then was a misspelt one.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.language.calendar import CALENDAR_WORDS, UNITS, word_set
from connect_cli.language.dates import LONGEST_PHRASE, Phrase, match_phrase
from connect_cli.language.day_expression import Refused
from connect_cli.language.day_forms import COUNTS, FIGURE
from connect_cli.language.spelling import letters_off
from connect_cli.language.times import match_duration
from connect_cli.language.vocabulary import COMMON, match_kind
from connect_cli.model import MONTH_NAMES, WEEKDAY_NAMES

LEAST_LETTERS = 5
LONG_WORD = 8  # letters: from here on a word may be two letters off
_DAYS = (*WEEKDAY_NAMES, "yesterday", "tomorrow", "tonight", "today")
_MONTHS = tuple(month for month in MONTH_NAMES if len(month) >= LEAST_LETTERS)
_UNITS = ("days", "weeks", "months", "years", "day", "week", "month", "year")
_AFTER_LAST = (
    *("week", "month", "year", "weekend", "night"),
    *("morning", "afternoon", "evening", "lunchtime"),
)
_UNITS_OF_TIME = ("minutes", "mins", "min", "hours", "minute", "hour")
# What fingers make of `ago`, rather than words that are like it: `age`, `ego`.
_AGO = word_set("agp agi agl ago0 ag0 ahp aho afo abo avo qgo sgo gao aog oag agoo aggo aago ag ao")
# Words that are like a word for a day, and are meant.
_ORDINARY = word_set(
    "sundry sundae toddy toady match marsh larch parch marcy marco augusta avril mourning "
    "morrow remember weak weaks weed weep seek meek leek reek peek geek eek mouth moth monty "
    "yeah yea ear yearn bear dear fear gear pear rear sear tear wear light fight right sight "
    "tight nigh eight knight bay bays dad dads say way ways pay lay rays hay men man mint "
    "mints mini win wins tin tins fin main mains kin bin bins sin sins pin pins gin gins mid "
    "mix tours pours fours nights evenings mornings weekends four pour tour dour sour minuet "
    "minuets minus frida mondal sundar fridas"
)
_FRAMES = COUNTS | word_set(
    "on the last next this past early late from by since until for in day of before after"
)


class NearDay(NamedTuple):
    """Misspelt words for a day. words: how many; phrases: what they may be, the nearest first."""

    words: int
    phrases: tuple[Phrase, ...]

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The phrases, spelt right."""
        return tuple(phrase.text for phrase in self.phrases)


class NearDuration(NamedTuple):
    """A misspelt length. words: how many; suggestion: spelt right; minutes: what that means."""

    words: int
    suggestion: str
    minutes: int


def near_day(words: Sequence[str], today: date) -> NearDay | None:
    """The day phrase that these folded words begin with but for one misspelt word, if any."""
    words = list(words[:LONGEST_PHRASE])
    read = match_phrase(words, today)
    for at in _places(words):
        found = [
            phrase
            for right in _right_words(words, at)
            if (phrase := _phrase([*words[:at], right, *words[at + 1 :]], today)) is not None
            and phrase.words > at
            and (read is None or _says_more(phrase, read))
        ]
        if found:
            return NearDay(found[0].words, tuple(found))
    return None


def _places(words: Sequence[str]) -> Iterator[int]:
    """Where a misspelt word may stand: first, or after words with which a day phrase begins."""
    for at, word in enumerate(words):
        yield at
        framing = word in _FRAMES or word in UNITS or word in CALENDAR_WORDS
        if not (framing or word[0].isdecimal()):
            return


def _says_more(phrase: Phrase, read: Phrase) -> bool:
    """Whether a misspelt word changes the day: in `the 3rd of agust`, not in `friday nihgt`."""
    return phrase.words > read.words and phrase.said != read.said


def _phrase(words: Sequence[str], today: date) -> Phrase | None:
    phrase = match_phrase(words, today)
    return None if phrase is None or isinstance(phrase.said, Refused) else phrase


def _right_words(words: Sequence[str], at: int) -> list[str]:
    """The words that may be meant there, the nearest first."""
    word, before = words[at], words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if at and word in _AGO and before in UNITS:
        return ["ago"]
    if is_known(word):
        return []
    counted = before in COUNTS or before[:1].isdecimal()
    if counted and after in ("ago", "back"):
        return _near(word, _UNITS, shortest=3)
    if before in ("last", "next", "this") and (near := _near(word, _AFTER_LAST, shortest=3)):
        return near
    if len(word) < LEAST_LETTERS:
        return []
    days = _near(word, _DAYS)
    numbered = before[:1].isdecimal() or after[:1].isdecimal() or before in ("of", "the")
    return [*days, *(_near(word, _MONTHS, most=1) if numbered else [])]


def _near(
    word: str, targets: Sequence[str], shortest: int = LEAST_LETTERS, most: int = 2
) -> list[str]:
    if len(word) < shortest:
        return []
    off = {target: letters_off(word, target, _most(target, most)) for target in targets}
    near = [target for target in targets if 0 < off[target] <= _most(target, most)]
    return sorted(near, key=lambda target: off[target])


def _most(target: str, most: int) -> int:
    return min(most, 2 if len(target) >= LONG_WORD else 1)


def is_known(word: str) -> bool:
    """Whether a folded word means something by itself, however like a day it looks."""
    plural = word.removesuffix("s")
    return (
        word in COMMON
        or word in _ORDINARY
        or word in CALENDAR_WORDS
        or word in UNITS
        or plural in CALENDAR_WORDS
        or plural in _DAYS
        or match_kind([word]) is not None
    )


def is_misspelt(word: str) -> bool:
    """Whether a folded word is no word, but one letter from the name of a day: `wendesday`."""
    return not is_known(word) and bool(_near(word, _DAYS))


def near_duration(words: Sequence[str]) -> NearDuration | None:
    """The length that these folded words begin with but for its misspelt unit: `45 mni`."""
    if len(words) < 2 or not (words[0][0].isdecimal() or words[0] in COUNTS - {FIGURE}):
        return None
    if match_duration(words) is not None or is_known(words[1]):
        return None
    for right in _near(words[1], _UNITS_OF_TIME, shortest=3):
        swapped_only = right not in ("min", "mins") or sorted(right) == sorted(words[1])
        if swapped_only and (found := match_duration([words[0], right])) and found.words == 2:
            return NearDuration(2, f"{words[0]} {right}", found.minutes)
    return None
