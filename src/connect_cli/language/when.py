"""The days, the time and the length that a head names, each taken where it is said plainly.

A day that has come is taken wherever it stands. One that has not come, or is none, is asked about
where it plainly says when it was (`coffee with Ada on 32 May`), and is a part of the story
elsewhere (`she moves next year`). The same holds for more hours than a day has.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.day_expression import UnclearDay
from connect_cli.language.day_options import past
from connect_cli.language.head import Head, Span
from connect_cli.language.times import LONGEST
from connect_cli.language.vocabulary import AGAIN, EVENINGS, LINKS, PREPOSITIONS, TIMES, WHERE

STILL_TO_COME = "say the day it happened; put what you talked about after ': '"


class Day(NamedTuple):
    """Words of the line that say a day; line[start:end].

    day: None if it is no day that has come. why: then, the reason.
    """

    start: int
    end: int
    day: date | None
    why: NotUnderstood | None = None


class OfTheStory(NotUnderstood):
    """A day in a clause that tells of something else, and may be the day of that. on: the day."""

    def __init__(self, words: str, on: date) -> None:
        super().__init__(
            f"'{words}' could be the day of what you talked about",
            "write the day first, like 'yesterday: …', and the news after ': '",
        )
        self.on = on


class When(NamedTuple):
    """When it was, as far as it is known."""

    days: tuple[Day, ...] = ()
    time: str | None = None
    minutes: int | None = None


NEVER = When()


class WhenReader:
    """Reads when it was, place by place.

    goes_on: whether the words before a place were read, or nothing stands before it.
    time_span, too_long, unclear: the tokens of the time, of a length of more than a day, and of
    one that is not one length. other_time: what the time may be too, twelve hours later.
    in_the_evening: whether the day was said so: `last night`.
    """

    def __init__(self, head: Head, known: When, goes_on: Callable[[int], bool]) -> None:
        self.days, self.time, self.minutes = list(known.days), known.time, known.minutes
        self.time_span: Span | None = None
        self.too_long: Span | None = None
        self.unclear: Span | None = None
        self.other_time = ""
        self.in_the_evening = False
        self._head = head
        self._goes_on = goes_on

    @property
    def known(self) -> When:
        """What was read."""
        return When(tuple(self.days), self.time, self.minutes)

    def at_night(self) -> None:
        """Let an hour that may be in the morning or in the evening be in the evening."""
        self.time = self.other_time or self.time

    @property
    def day(self) -> date | None:
        """The day that was said; None if none was, or none that has come."""
        return next((one.day for one in self.days if one.day), None)

    def read(self, at: int, *, topic: bool, story: bool) -> int:
        """The end of the day, time or length there, or 0.

        topic: it is only talked about. story: words of its clause before it were not read.
        """
        day = self._day(at, topic=topic, story=story)
        return day or self._clock(at) or self._length(at, topic=topic)

    def _day(self, at: int, *, topic: bool, story: bool) -> int:
        phrase = self._head.day(at)
        if phrase is None or (phrase.text.startswith("in ") and not self._goes_on(at)):
            return 0  # `moving in March`, `due in 2 weeks`
        if self.days and not self._is_another(at):
            return 0  # `yesterday, seeing her again on Sunday`
        end = at + phrase.words
        start, stop = self._head.tokens[at].start, self._head.tokens[end - 1].end
        try:
            day = past(phrase.said, phrase.text, self._head.today, STILL_TO_COME)
        except NotUnderstood as why:
            before = (
                at - 1 if self._head.word_before(at) in ("before", "after", "is", *TIMES) else at
            )
            unclear = isinstance(why, UnclearDay) and self._goes_on(before)
            if topic or not (unclear or self._stands_plainly(at, end)):
                self._head.pass_over(at, end)
                return 0  # `she moves next year`, `bones from 66000000 years ago`
            self.days.append(Day(start, stop, None, why))
        else:
            other = story and not self.days and day != self._head.today
            news = OfTheStory(self._head.line[start:stop], day) if other else None
            self.days.append(Day(start, stop, None if news else day, news))
            self.in_the_evening = self.in_the_evening or phrase.text.split()[-1] in EVENINGS
        return end

    def _is_another(self, at: int) -> bool:
        """Whether a second day was one of meeting too: `yesterday and again this morning`."""
        while self._head.word(at - 1) in AGAIN:
            at -= 1
        return self._goes_on(at)

    def _clock(self, at: int) -> int:
        clock = None if self.time else self._head.clock(at)
        if clock is None:
            return 0
        self.time, self.time_span = clock.time, Span(at, at + clock.words)
        self.other_time = clock.other
        self.minutes = self.minutes or clock.minutes
        return at + clock.words

    def _length(self, at: int, *, topic: bool) -> int:
        if self.minutes is None and (unclear := self._head.unclear_duration(at)):
            self.unclear = Span(at, at + unclear.words)
            return at + unclear.words
        duration = None if self.minutes else self._head.duration(at)
        if duration is None:
            return 0
        end = at + duration.words
        if self._head.word(end) in ("late", "early"):
            return 0
        ends = self._ends(end) or self._head.tokens[end].before or self._head.kind(end)
        if not (self._goes_on(at) or ends or self._head.word(end) in WHERE):
            return 0  # `waited 20 minutes for her`
        if duration.minutes <= LONGEST:
            self.minutes = duration.minutes
        elif topic or not self._stands_plainly(at, end):
            return 0  # `Ada works 80 hours a week`
        else:
            self.too_long = Span(at, end)
        return end

    def _stands_plainly(self, start: int, end: int) -> bool:
        """Whether these words follow on words that were read, or stand alone, and end a clause."""
        goes_on = self._goes_on(start) or bool(self._head.tokens[start].before)
        ends = self._ends(end) or self._head.word(end) in PREPOSITIONS
        return goes_on and (ends or (start == 0 and self._head.kind(end) is not None))

    def _ends(self, at: int) -> bool:
        return at >= len(self._head) or self._head.parted(at) or self._head.word(at) in LINKS
