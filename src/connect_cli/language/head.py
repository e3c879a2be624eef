"""The words of a log line's head: each with its place, and what it may say there."""

import re
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.dates import WEEKDAY_AND_DAY, Phrase, match_phrase
from connect_cli.language.day_expression import Monthly, Refused, Several
from connect_cli.language.times import (
    Clock,
    Duration,
    UnclearDuration,
    match_clock,
    match_duration,
    match_unclear_duration,
)
from connect_cli.language.tokens import Tokenizer
from connect_cli.language.vocabulary import (
    COUNTED,
    DAYS_OF_SOMETHING_ELSE,
    ENDS,
    LINKS,
    LONG_WAITS,
    LONGEST_KIND,
    OTHERS,
    PAST_OF_ANOTHER,
    PREPOSITIONS,
    SELVES,
    UNLIKE_A_WEEKDAY,
    WORD_WEEKDAYS,
    KindWord,
    is_past,
    match_kind,
)
from connect_cli.language.words import find_words

WINDOW = 7  # words: the longest phrase of any reader
RANGE = re.compile(r"[0-9]+\.? ?[-–—~] ?[0-9]")
HOUR = re.compile(r"(?:[1-9]|1[0-2]) (?:in the (?:morning|afternoon|evening)|at night)\b")


class Span(NamedTuple):
    """Tokens of the head."""

    start: int
    end: int


class Head:
    """A part of a line as tokens. A question about a place costs the same wherever the place is.

    kept: words that are to be read as nothing but words. without: a part that was read already.
    """

    def __init__(
        self,
        line: str,
        today: date,
        part: tuple[int, int] | None = None,
        kept: frozenset[str] = frozenset(),
        without: tuple[int, int] = (0, 0),
    ) -> None:
        self.line = line
        self.today = today
        self.start, self.stop = part or (0, len(line))
        tokenizer = Tokenizer(line)
        self.tokens = [
            *tokenizer.read(self.start, without[0]),
            *tokenizer.read(max(self.start, without[1]), self.stop),
        ]
        for words in kept:
            self._keep(words)
        self._days: dict[int, Phrase | None] = {}
        self._windows: dict[int, list[str]] = {}

    def _keep(self, words: str) -> None:
        """Take these words for nothing but words, wherever they begin first."""
        begin = find_words(self.line, words, self.start, self.stop)
        if begin < 0 and " and " in words:  # days that stand apart: `yesterday and today`
            for part in words.split(" and "):
                self._keep(part)
        if begin < 0:
            return
        for at, token in enumerate(self.tokens):
            if begin <= token.start < begin + len(words):
                self.tokens[at] = token._replace(sort="other")

    def __len__(self) -> int:
        return len(self.tokens)

    def slice(self, start: int, end: int) -> str:
        """The text of these tokens, as typed."""
        return self.line[self.tokens[start].start : self.tokens[end - 1].end]

    def word(self, at: int) -> str:
        """The folded word there; empty beyond the ends and for a token that is no word."""
        if not 0 <= at < len(self.tokens) or self.tokens[at].sort != "word":
            return ""
        return self.tokens[at].word

    def word_before(self, at: int) -> str:
        """The word before, unless a stop stands between them."""
        return "" if self.parted(at) else self.word(at - 1)

    def parted(self, at: int) -> bool:
        """Whether a sentence or the head begins (or ends) there."""
        return at >= len(self.tokens) or self.tokens[at].before == "."

    def after_comma(self, at: int) -> bool:
        """Whether a comma stands right before, rather than another mark of a list."""
        if not at or self.tokens[at].before != ",":
            return False
        between = self.line[self.tokens[at - 1].end : self.tokens[at].start]
        return any(comma in between for comma in ",，、")

    def window(self, at: int) -> list[str]:
        """The words from there up to a stop, at most WINDOW of them."""
        if at not in self._windows:
            self._windows[at] = self._window(at)
        return self._windows[at]

    def _window(self, at: int) -> list[str]:
        words: list[str] = []
        for place in range(at, min(at + WINDOW, len(self.tokens))):
            if not self.word(place) or (words and self.parted(place)):
                break
            words.append(self.word(place))
        return words

    def day(self, at: int) -> Phrase | None:
        """The day phrase there, unless its words are used in another sense."""
        if at not in self._days:
            self._days[at] = self._day(at)
        return self._days[at]

    def pass_over(self, start: int, end: int) -> None:
        """Let no day begin there: not `Friday` of `next Friday` either."""
        self._days |= dict.fromkeys(range(start, end))

    def clock(self, at: int) -> Clock | None:
        """The time of day there."""
        return None if self.word_before(at) in ENDS else match_clock(self.window(at))

    def duration(self, at: int) -> Duration | None:
        """The duration there; `an hour ago` is a day phrase."""
        return None if self.day(at) else match_duration(self.window(at))

    def unclear_duration(self, at: int) -> UnclearDuration | None:
        """The length there that is no one length: `30-45 min`."""
        return match_unclear_duration(self.window(at))

    def kind(self, at: int) -> KindWord | None:
        """The kind word there; not after `before` or `after`, as in `before the meeting`."""
        return None if self.word_before(at) in ("after", "before") else match_kind(self.window(at))

    def kind_before(self, at: int) -> KindWord | None:
        """The kind word that ends before this place."""
        for start in range(max(0, at - LONGEST_KIND), at):
            kind = self.kind(start)
            if kind is not None and start + kind.words == at:
                return kind
        return None

    def aside_end(self, at: int) -> int:
        """The place behind the brackets that open there."""
        while at < len(self.tokens) and self.tokens[at].aside:
            at += 1
        return at

    def when(self, at: int) -> bool:
        """Whether a day, a time or a duration begins there."""
        return bool(self.day(at) or self.clock(at) or self.duration(at))

    def ends(self, at: int) -> bool:
        """Whether a name may end before this place: a mark, a link or a day or time follows."""
        if at >= len(self.tokens) or self.tokens[at].before or self.tokens[at].sort != "word":
            return True
        return self.word(at) in LINKS or self.word(at) in PREPOSITIONS or self.when(at)

    def _day(self, at: int) -> Phrase | None:
        words = self.window(at)
        phrase = match_phrase(words, self.today)
        if phrase is not None and self._belongs_to_another(at + phrase.words):
            return None
        if phrase is not None and self._only_seems_numbered(at, phrase):
            phrase = match_phrase(words[: phrase.words - 1], self.today)
        if phrase is not None and self._only_seems_two(at, phrase):
            phrase = match_phrase(words[: phrase.words - 1], self.today)
        if phrase is None:
            return None
        if self._about_another(at, phrase):
            self.pass_over(at + 1, at + phrase.words)
            return None
        if phrase.text in WORD_WEEKDAYS and not self._weekday(at):
            return None
        ordinal = phrase.text.removeprefix("on ").startswith("the ") and phrase.words <= 3
        if ordinal and isinstance(phrase.said, Monthly):
            end = at + phrase.words
            return phrase if self._plainly_ends(end) or self.word(end) in SELVES else None
        return phrase

    def _only_seems_two(self, at: int, phrase: Phrase) -> bool:
        """`on Tuesday, sat with Frank`: the second weekday is another word."""
        last = at + phrase.words - 1
        word = self.word(last) in WORD_WEEKDAYS
        return isinstance(phrase.said, Several) and word and not self._weekday(last)

    def _belongs_to_another(self, end: int) -> bool:
        """`Saturday's shift`; but not `Saturday's party`, nor `at Sunday's`."""
        owner = self.tokens[end - 1].possessive
        return owner and end < len(self.tokens) and self.kind(end) is None

    def _only_seems_numbered(self, at: int, phrase: Phrase) -> bool:
        """Whether the number is no date: `fri 3 hours`, `tue 10 km`, `Ada sat 3 exams`."""
        if (said := re.fullmatch(rf"(?:on )?{WEEKDAY_AND_DAY}", phrase.text)) is None:
            return False
        end = at + phrase.words
        is_word = said["weekday"] in WORD_WEEKDAYS
        if self._counts(end - 1) or (is_word and self.word_before(at) in UNLIKE_A_WEEKDAY):
            return True
        opens = self.parted(at) or phrase.text.startswith("on ")
        goes_on = self._goes_on(end)
        if self._plainly_ends(end) or (goes_on and (opens or not is_word)):
            return False
        maybe = goes_on or (opens and self.word(end) not in LINKS)
        return not (maybe and _is_day(phrase, self.today))

    def _counts(self, at: int) -> bool:
        """Whether a number says how many, how long or what time: `2 hours`, `6 of us`, `6 - 8`."""
        token, words = self.tokens[at], self.window(at)
        if token.before or (self.word(at + 1) in COUNTED and not self.tokens[at + 1].before):
            return True
        if RANGE.match(self.line, token.start) or HOUR.match(" ".join(words)):
            return True
        return bool(match_phrase(words, self.today) or match_clock(words) or match_duration(words))

    def _goes_on(self, at: int) -> bool:
        """Whether a sentence continues there after a day: `with Ada`, `and Tom`, `at home`."""
        word = self.word(at)
        if word in LINKS - {"with"}:
            return at + 1 < len(self.tokens) and self.tokens[at + 1].capital
        return word in ("with", "was") or word in PREPOSITIONS or word in SELVES

    def _about_another(self, at: int, phrase: Phrase) -> bool:
        """Whether it is the day of something else: `about tomorrow`, `first time in 2 years`."""
        if phrase.text.startswith("in "):
            return any(self.word(place) in LONG_WAITS for place in range(at - WINDOW, at))
        before = self.word_before(at)
        if before == "by" and (self.kind_before(at) or is_past(self.word(at - 2))):
            return False  # `stopped by yesterday`
        if before in ("before", "after") and isinstance(phrase.said, Refused):
            return False  # `before Easter`
        if phrase.text.endswith("ago"):
            return before in PAST_OF_ANOTHER and self.word_before(at - 1) in OTHERS
        if before in ("is", "are") and phrase.may_be_later(self.today):
            return False  # `her leaving do is next Friday`
        return before in DAYS_OF_SOMETHING_ELSE

    def _weekday(self, at: int) -> bool:
        """Whether `sat` is a day here, rather than what somebody did on a chair."""
        before = self.word_before(at)
        if before in UNLIKE_A_WEEKDAY:
            return False
        return self._plainly_ends(at + 1) or (
            self.word(at + 1) in LINKS and match_kind([before]) is not None
        )

    def _plainly_ends(self, at: int) -> bool:
        if at >= len(self.tokens) or self.tokens[at].before or self.tokens[at].sort != "word":
            return True
        words = self.window(at)
        return any(match(words) for match in (match_clock, match_duration, match_kind))


def _is_day(phrase: Phrase, today: date) -> bool:
    """Whether a phrase means a day that exists."""
    try:
        phrase.said.latest(today)
    except NotUnderstood:
        return False
    return True
