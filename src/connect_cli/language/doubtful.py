"""What a head leaves open, once it was read: nothing that looks like data is passed over.

Each function looks at one kind of words: those that tell of no contact, days that have not come or
could be two, a second day or conversation, and words that were not read though they look like a
misspelt day, kind or name, or like a number that says how long. The order of `doubts` is the order
in which they are asked about.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import month_name, weekday_name
from connect_cli.language.day_expression import UnclearDay, Yearly
from connect_cli.language.day_options import past
from connect_cli.language.doubts import About, Choice, Doubt
from connect_cli.language.happened import never_came, untrue
from connect_cli.language.head import Head, Span
from connect_cli.language.names import By, Names
from connect_cli.language.near_day import near_day, near_duration
from connect_cli.language.reader import HeadReader
from connect_cli.language.times import LONGEST
from connect_cli.language.vocabulary import (
    COMMON,
    FILLERS,
    FUNCTION_WORDS,
    JOINTS,
    LINKS,
    NEWS_VERBS,
    OTHERS_NEWS,
    OTHERS_POSSESSIVES,
    PLACE_PREPOSITIONS,
    WORD_NAMES,
    is_past,
    near_kind,
)
from connect_cli.language.when import STILL_TO_COME, Day, OfTheStory
from connect_cli.language.words import fold, shortened

_JOINING_END = re.compile(r"(?:[\s,;.&+-]|\b(?:and|then|n|plus)\b)+$")
_AFTER_COLON = "what you talked about goes after ': '"
_HAPPENED = f"if it did: --counts yes; if you tried: --tried; {_AFTER_COLON}"
# Also `5-7`, `3d`, and `5.3` rather than `6.30`.
_NUMBER = r"[0-9]+(?:[-–][0-9]+|[dw])?|[0-9]{1,2}\.(?:0?[1-9]|1[0-2])"
# Before a kind: `5-7 drinks`, `18.05 coffee`; but `3 coffees`.
_BEFORE_KIND = r"[0-9]+[-–][0-9]+|[0-9]{1,2}\.[0-9]{2}"
# What a machine may write, rather than `2015-2020` or `2000000`.
_LIKE_A_STAMP = r"(?![0-9]{4}[-–][0-9]{4}$)(?:19|20)[0-9]{2}(?=.*[^0-9])(?:[^0-9]*[0-9]){3}.*"
LEAST_LETTERS = 5  # of a misspelt name where no name is expected: `Pune` is nobody called June


class Asked(NamedTuple):
    """What the doubts are about: a head as words and as read, and everybody's names.

    clock: the time now, `HH:MM`, or empty. day_starts: when the logical day starts.
    """

    head: Head
    reader: HeadReader
    names: Names
    clock: str
    day_starts: str

    @property
    def before_dawn(self) -> bool:
        """Whether it is past midnight, and the logical day is still the day before."""
        return bool(self.clock) and self.clock < self.day_starts


def doubts(of: Asked) -> tuple[Doubt, ...]:
    """Everything about the head that has to be asked about."""
    return (
        *_no_contact(of),
        *_several(of),
        *_days(of),
        *_day_of_the_news(of),
        *_times(of),
        *_passed_over(of),
        *_misspelt(of),
        *_long_ago(of),
        *_numbers(of),
    )


def _no_contact(of: Asked) -> Iterator[Doubt]:
    reader = of.reader
    if reader.tried:
        return
    words = of.head.slice(*reader.plan) if reader.plan else ""
    news = of.head.slice(reader.end, len(of.head)) if reader.end < len(of.head) else ""
    untold = untrue(reader.said, kind_said=reader.kind_said).replace("_", " ")
    if words := untold or words or never_came(news):
        yield Doubt(About.CONTACT, words, f"'{words}' sounds as if it did not happen", _HAPPENED)


def _several(of: Asked) -> Iterator[Doubt]:
    """A second conversation in the line, or a second day."""
    head, reader = of.head, of.reader
    if reader.second:
        at = head.tokens[reader.second].start
        words = head.line[at:]
        yield Doubt(
            About.SEVERAL,
            words,
            f"'{shortened(words)}' is a second conversation",
            "log it as a line of its own",
            (Choice("log both", (_JOINING_END.sub("", head.line[:at]), words)),),
        )
        return
    dated = [one for one in reader.when.days if one.day is not None]
    if len({one.day for one in dated}) > 1:
        words = " and ".join(head.line[one.start : one.end] for one in dated)
        each = [(one.day, _on(of, one, dated)) for one in dated if one.day]
        choices = (
            Choice("log each of them", tuple(line for _, line in each)),
            *(Choice(_said(day, of.head.today), (line,)) for day, line in each),
        )
        yield Doubt(
            About.SEVERAL,
            words,
            f"'{words}' names several days",
            "log each day as a line of its own",
            () if _people_between(of, dated) else choices,
        )


def _people_between(of: Asked, days: list[Day]) -> bool:
    """`coffee with Ada Monday, Tom Tuesday`: who was met on which day only a new line can say."""
    between = range(days[0].end, days[-1].start)
    tokens = enumerate(of.head.tokens)
    return any(token.start in between and of.reader.is_name_before(at + 1) for at, token in tokens)


def _on(of: Asked, kept: Day, every: list[Day]) -> str:
    """The line with one of its days, as a date; the others are left out."""
    line = of.head.line
    for one in sorted(every, reverse=True):
        day = kept.day if one.start == kept.start else ""
        line = f"{line[: one.start]}{day}{line[one.end :]}"
    return line


def _said(day: date, today: date) -> str:
    """`Tue 10 Mar`, with the year if it is another one."""
    words = f"{weekday_name(day.weekday())[:3]} {day.day} {month_name(day.month)[:3]}"
    return words if day.year == today.year else f"{words} {day.year}"


def _days(of: Asked) -> Iterator[Doubt]:
    """Days that are none, have not come, or could be several."""
    for one in of.reader.when.days:
        words = of.head.line[one.start : one.end]
        if of.before_dawn and one.day and fold(words) in ("last night", "last evening"):
            yield _last_night(of, words, one.day)
        if (why := one.why) is None:
            continue
        if isinstance(why, OfTheStory):
            yield _of_the_story(of, words, why)
            continue
        could_be = why.choices if isinstance(why, UnclearDay) else ()
        days = tuple(day for day in could_be if day <= of.head.today)
        if could_be and not days:
            yield Doubt(About.DAY, words, f"'{words}' is still to come", STILL_TO_COME)
            continue
        said = why.suggestions if isinstance(why, UnclearDay) else ()
        choices = [Choice(_said(day, of.head.today), str(day)) for day in days] or [
            Choice(w, w) for w in said
        ]
        several = isinstance(why, UnclearDay) and why.several
        if several:
            each = tuple(_on(of, one._replace(day=day), [one]) for day in days)
            choices.insert(0, Choice("log each of them", each))
        about = About.SEVERAL if several else About.DAY
        message = why.message.replace(f"'{fold(words)}'", f"'{words}'")
        yield Doubt(about, words, message, why.hint or "", tuple(choices))


def _day_of_the_news(of: Asked) -> Iterator[Doubt]:
    """`Lunch with Ada, it was great, yesterday`, `Dinner with Tom, his wife and kids yesterday`.

    A day that stands alone, or behind words without a verb, may be no news.
    """
    head, start = of.head, of.reader.end
    told = head.word(start) not in OTHERS_POSSESSIVES
    for at in () if of.reader.when.days else range(start, len(head)):
        told = told or head.word(at) in NEWS_VERBS or is_past(head.word(at))
        if (phrase := head.day(at)) is None or isinstance(phrase.said, Yearly):
            continue
        end = at + phrase.words
        alone = head.tokens[at].before and (end == len(head) or head.tokens[end].before)
        if not alone and (told or not head.ends(end)):
            continue
        words = head.slice(at, end)
        with suppress(NotUnderstood):
            on = past(phrase.said, phrase.text, head.today)
            if on != head.today:
                yield _of_the_story(of, words, OfTheStory(words, on))
        return


def _of_the_story(of: Asked, words: str, why: OfTheStory) -> Doubt:
    """`called Tom, moved to Peru last week`: the day of the call, or of moving?"""
    line = f"{why.on}: {of.head.line}"
    choices = (
        Choice(f"you met on {_said(why.on, of.head.today)}", (line,)),
        Choice("another day's news", None),
    )
    return Doubt(About.DAY, words, why.message, why.hint or "", choices)


def _last_night(of: Asked, words: str, before: date) -> Doubt:
    """The evening that has just ended belongs to today still."""
    choices = tuple(Choice(_said(day, of.head.today), str(day)) for day in (of.head.today, before))
    hint = "write today, yesterday or the date"
    return Doubt(About.DAY, words, f"'{words}' could be two days", hint, choices)


def _times(of: Asked) -> Iterator[Doubt]:
    reader, head = of.reader, of.head
    if reader.when.too_long is not None:
        words = head.slice(*reader.when.too_long)
        yield Doubt(
            About.DURATION,
            words,
            f"'{shortened(words)}' is more than one day",
            "write a shorter time; if it is not how long you met, put it after ': '",
        )
    if reader.when.unclear is not None:
        words = head.slice(*reader.when.unclear)
        hint = "write one length, like 45m; if it is not how long you met, put it after ': '"
        yield Doubt(About.DURATION, words, f"'{words}' is not one length", hint)
    today = reader.when.day is None or reader.when.day == head.today
    if today and _is_later(of, reader.when.time):
        words = (
            head.slice(*reader.when.time_span) if reader.when.time_span else str(reader.when.time)
        )
        yield Doubt(
            About.TIME,
            words,
            f"'{words}' is later than now",
            "write the day it happened, like yesterday; plans are not logged",
        )


def _is_later(of: Asked, time: str | None) -> bool:
    """Whether a time of today is later than now; at 1:30, 23:30 is two hours ago."""
    if not (of.clock and time) or time <= of.clock:
        return False
    return not (of.before_dawn and time >= of.day_starts)


def _misspelt(of: Asked) -> Iterator[Doubt]:
    """Words that were not read, and are one letter from a day, a kind or a name."""
    for span in of.reader.left:
        at = span.start
        while at < span.end:
            found = _misspelt_at(of, at)
            if found is not None:
                yield found[0]
            at += found[1] if found else 1


def _misspelt_at(of: Asked, at: int) -> tuple[Doubt, int] | None:
    head, reader = of.head, of.reader
    words = head.window(at)
    if near := near_day(words, head.today):
        hint = "write the day; if it is not a day, put it after ': '"
        typed = head.slice(at, at + near.words)
        return _slip(About.DAY, typed, "a day", near.suggestions, hint), near.words
    if reader.when.minutes is None and (length := near_duration(words)):
        hint = "write it like 45m or 1h30; if it is not how long it was, put it after ': '"
        typed = head.slice(at, at + length.words)
        return _slip(About.DURATION, typed, "a time", (length.suggestion,), hint), length.words
    if not reader.kind_said and words and (kind := near_kind(words[0])):
        hint = f"write {kind}, or --kind {kind}"
        return _slip(About.KIND, head.slice(at, at + 1), "a kind", (kind,), hint), 1
    return _misspelt_name(of, at)


def _slip(about: About, typed: str, what: str, meant: Sequence[str], hint: str) -> Doubt:
    """A slip of the fingers: `yesteday`, `45 mni`, `coffe`."""
    message = f"'{typed}' is not {what}; did you mean {meant[0]}?"
    return Doubt(about, typed, message, hint, tuple(Choice(one, one) for one in meant))


def _misspelt_name(of: Asked, at: int) -> tuple[Doubt, int] | None:
    """`Gracce` where nobody is expected: a name begins with a capital."""
    head = of.head
    known = head.word(at) in COMMON or head.kind(at) is not None
    somewhere = head.word_before(at) in PLACE_PREPOSITIONS | {"the", "to", "from"}
    if known or somewhere or not head.tokens[at].capital or len(head.word(at)) < LEAST_LETTERS:
        return None
    typed = head.slice(at, at + 1)
    people = of.names.misspelt(typed)
    if not people:
        return None
    return Doubt(
        About.PERSON,
        typed,
        f"nobody is called '{typed}'; did you mean {people[0].name}?",
        "write the name as it is; if it is no name, put it after ': '",
        tuple(Choice(one.name, one.name) for one in people),
    ), 1


def _numbers(of: Asked) -> Iterator[Doubt]:
    """Figures that say when it was or how long: `call Ada 90`, `5.3`, `2026-03-10T18`."""
    head, reader = of.head, of.reader
    for span in reader.left:
        for at in range(*span):
            if re.fullmatch(_LIKE_A_STAMP, head.word(at)):
                yield _unknown_day(head.slice(at, at + 1))
            elif _is_bare(head, at, span) and not (at == 0 and _marks_an_item(head)):
                yield _number(head.slice(at, at + 1))


def _number(typed: str) -> Doubt:
    minutes = typed.isdecimal() and len(typed) <= 4 and 1 <= int(typed) <= LONGEST
    return Doubt(
        About.DURATION,
        typed,
        f"'{typed}' could be a time, a day or how long it was",
        "write it like 45m or 3 May; if it is none of these, put it after ': '",
        (Choice(f"{typed} minutes", f"{typed}m"),) if minutes else (),
    )


def _unknown_day(words: str) -> Doubt:
    hint = "write the day, like yesterday or 3 May; if it is none, put it after ': '"
    return Doubt(About.DAY, words, f"'{shortened(words)}' is not a day that is known", hint)


def _long_ago(of: Asked) -> Iterator[Doubt]:
    """`tow days ago`, `two sleeps ago`: words for a day that say no day."""
    head, reader = of.head, of.reader
    for span in () if reader.when.days else reader.left:
        for at in range(span.start + 1, span.end):
            if head.word(at) == "ago" and head.ends(at + 1):
                yield _unknown_day(head.slice(max(span.start, at - 2), at + 1))


def _is_bare(head: Head, at: int, span: Span) -> bool:
    """Whether a number stands alone, behind what was read: nothing is counted by it."""
    after = at + 1
    ends = after >= len(head) or bool(head.tokens[after].before)
    ends = ends or head.word(after) in LINKS or head.when(after)
    begins = all(head.word(here) in FILLERS for here in range(span.start, at))
    begins = begins or head.word(at - 1) == "at"
    if head.kind(after) is not None and re.fullmatch(_BEFORE_KIND, head.word(at)):
        return begins
    return re.fullmatch(_NUMBER, head.word(at)) is not None and ends and begins


def _passed_over(of: Asked) -> Iterator[Doubt]:
    """A name in lower case that is also a word: `with ada and pat downtown`, `met may she left`."""
    head, reader = of.head, of.reader
    for span in reader.left:
        for at in range(*span):
            beside = reader.is_name_before(at) and head.word(at) not in FUNCTION_WORDS
            expected = head.word(at - 1) in JOINTS or beside or _tells_of(head, at)
            if not expected or not reader.named or head.tokens[at].capital:
                continue
            fit = of.names.fit(head.slice(at, at + 1)) if head.word(at) in WORD_NAMES else None
            if fit is None or fit.by > By.FIRST:
                continue
            typed = head.slice(at, at + 1)
            yield Doubt(
                About.PERSON,
                typed,
                f"'{typed}' could be {fit.people[0].name}, or a word",
                f"write {typed.capitalize()}, or put it after ': '",
                tuple(Choice(one.name, one.name) for one in fit.people),
            )


def _tells_of(head: Head, at: int) -> bool:
    """`phoned grace she moved`: somebody behind a verb, then the news; not `saw art with Ada`."""
    kind = head.kind_before(at)
    return kind is not None and kind.verb and head.word(at + 1) in OTHERS_NEWS | OTHERS_POSSESSIVES


def _marks_an_item(head: Head) -> bool:
    """`1. coffee with Ada`."""
    return len(head) > 1 and head.tokens[1].before == "."
