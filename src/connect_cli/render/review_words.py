"""A review in English words: what each line of its parts says.

Names and texts are as they were typed: `review_parts` hides what is private, and whoever shows
them cleans them (`safe`).
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from connect_cli.errors import as_typed, first_command
from connect_cli.language.calendar import month_name
from connect_cli.language.plurals import counted, listed, listed_briefly
from connect_cli.model import Energy, Interaction, Kind, Owed, Promise
from connect_cli.render.planning_words import say_ahead_occasion
from connect_cli.render.words import (
    date_words,
    kind_noun,
    linked_names,
    said_kind,
    say_length,
    say_minutes,
    say_promise_day,
)
from connect_cli.reviews import EnergyDay, KindTime, Met, Review, RhythmChange, Span

FIRST_TIME = "for the first time here"
_DONE = {
    Owed.ME: "You promised {name}",
    Owed.THEM: "{name} promised you",
    Owed.ASK: "You asked {name}",
    Owed.TELL: "You told {name}",
}
_TO_DO = {**_DONE, Owed.ASK: "To ask {name}", Owed.TELL: "To tell {name}"}

_PLURALS = {Kind.COFFEE: "coffees", Kind.OTHER: "other conversations"}
_ENERGY_WORDS = {
    Energy.GAVE: "gave energy",
    Energy.EVEN: "left you even",
    Energy.TOOK: "took energy",
}
TWICE = 2
MOST_MEDIANS = 3
"""Of more kinds the medians are not named; --json has each."""


class Line(NamedTuple):
    """A line of a list.

    when: its day in words, or nothing. text: private words, and command: one to type, either behind
    a colon.
    """

    when: str
    said: str
    text: str = ""
    command: str = ""


class KindRow(NamedTuple):
    """A kind as a row: its name, how many conversations, and their time; "" if none is known."""

    name: str
    number: int
    time: str


def say_nothing(view: Review, today: date) -> list[Line]:
    """That nothing was logged, if so; and what to type, where there is nothing else to show."""
    if view.kinds or view.tried:
        return []
    nothing = Line(
        "", f"Nothing was logged on {'that day' if view.span.days == 1 else 'these days'}."
    )
    how = Line("", "To log a conversation", command=first_command())
    if view.span.last < today:
        how = Line("", "To look back on a year until today", command=as_typed("review", "year"))
    return [nothing, how] if view.empty else [nothing]


def say_note_head(interaction: Interaction, today: date, *, discreet: bool = False) -> str:
    """Above a note: `Ada Lovelace, coffee, Tue 24 Nov`."""
    kind = said_kind(interaction, discreet=discreet)
    parts = (say_people(interaction), kind, date_words(interaction.day, today))
    return ", ".join(filter(None, parts))


def say_people(interaction: Interaction) -> str:
    """With whom; of many people the first ones, and a number."""
    return listed_briefly([person.name for person in interaction.people])


def say_year_head(interaction: Interaction, *, discreet: bool = False) -> str:
    """Above a note of this day in an earlier year: `2024, coffee with Ada Lovelace`."""
    kind = said_kind(interaction, discreet=discreet)
    return f"{interaction.day.year}, {kind} {linked_names(interaction)}".rstrip()


def first_lines(view: Review, today: date) -> list[Line]:
    """Whom you met for the first time: a line for each day."""
    lines = [
        Line(date_words(day, today), f"{listed([one.person.name for one in those])} {FIRST_TIME}")
        for day, those in groupby(view.first, key=lambda one: one.on)
    ]
    more = f"and {counted(view.more_first, 'other')} {FIRST_TIME}"
    return [*lines, *[Line("", more)] * (view.more_first > 0)]


def again_lines(view: Review, today: date) -> list[Line]:
    """Whom you met after a long time."""
    more = Line("", "and others again")
    lines = [Line(date_words(one.on, today), _say_again(one)) for one in view.again]
    return [*lines, *[more] * view.more_again]


def _say_again(met: Met) -> str:
    """`Tom Baker again after 11 months`."""
    return f"{met.person.name} again after {say_length(met.before_on or met.on, met.on)}"


def kept_lines(view: Review, today: date) -> list[Line]:
    """What was kept, asked and told: `You promised Ada`, and the promise."""
    more = Line("", f"and {counted(view.more_kept, 'other')} before that")
    lines = [_promised(one, one.done_on, today) for one in view.kept]
    return [*lines, *[more] * (view.more_kept > 0)]


def _promised(promise: Promise, on: date | None, today: date) -> Line:
    said = _DONE[promise.owed].format(name=promise.person.name)
    return Line("" if on is None else date_words(on, today), said, promise.text)


def open_lines(view: Review, today: date) -> list[Line]:
    """What is open without a day to come: `since Fri 20 Nov`, or at any time."""
    here = [one for one in view.open_loops if not _is_coming(one, today)]
    lines = [to_do(one, say_promise_day(one, today)) for one in here]
    number = f"{view.more_open} besides those coming"
    others = f"and {counted(view.more_open, 'other')}" if lines else number
    more = Line("", others, command=as_typed("promises"))
    return [*lines, *[more] * (view.more_open > 0)]


def to_do(promise: Promise, when: str) -> Line:
    """`You promised Ada`, and what; when: its day in words."""
    said = _TO_DO[promise.owed].format(name=promise.person.name)
    return Line(when, said, promise.text)


def _is_coming(promise: Promise, today: date) -> bool:
    return promise.due_on is not None and promise.due_on >= today


def kind_rows(view: Review) -> list[KindRow]:
    """Each kind in the order of the enumeration."""
    return [KindRow(kind_name(one.kind), one.number, say_time(one)) for one in view.kinds]


def kind_name(kind: Kind) -> str:
    """In a list of kinds: `coffee`, `video call`, `other`."""
    return kind.value if kind is Kind.OTHER else kind_noun(kind)


def say_time(row: KindTime) -> str:
    """`9 h`; `about 9 h` where some are counted as the median; nothing if no length is known."""
    return _about(row.minutes + row.reckoned, rough=row.reckoned > 0)


def _about(minutes: int, *, rough: bool) -> str:
    if not minutes:
        return ""
    return f"about {say_minutes(minutes)}" if rough else say_minutes(minutes)


def say_number(kind: Kind, number: int) -> str:
    """`1 call`, `3 video calls`, `2 other conversations`."""
    one = "other conversation" if kind is Kind.OTHER else kind_name(kind)
    return counted(number, one, _PLURALS.get(kind, ""))


def say_sum(view: Review) -> list[str]:
    """`In all 19 conversations, about 10 h 20 min, and 3 attempts.`

    Of a single kind its row says it.
    """
    tried = counted(view.tried, "attempt") if view.tried else ""
    if len(view.kinds) <= 1:
        return [f"{'And ' if view.kinds else ''}{tried}."] if tried else []
    minutes = sum(one.minutes + one.reckoned for one in view.kinds)
    time = _about(minutes, rough=any(one.reckoned for one in view.kinds))
    number = counted(sum(one.number for one in view.kinds), "conversation")
    attempts = tried and f"and {tried}"
    return [f"In all {', '.join(filter(None, (number, time, attempts)))}."]


def say_counting(view: Review) -> list[str]:
    """How conversations without a length were counted, and which were not."""
    return [one for one in (_say_reckoned(view), _say_timeless(view)) if one]


def _say_reckoned(view: Review) -> str:
    """`3 calls without a length count as 20 min each, the median of calls.`"""
    rows = [one for one in view.kinds if one.reckoned]
    if len(rows) > MOST_MEDIANS:
        number = sum(one.untimed for one in rows)
        return f"{number} conversations without a length count as the median of their kind."
    if len(rows) > 1:
        return f"Without a length, and counted as the median of their kind: {_say_medians(rows)}."
    return "".join(map(_say_median, rows))


def _say_medians(rows: Sequence[KindTime]) -> str:
    return listed([f"{_untimed(one)} at {_usual(one)}" for one in rows])


def _say_median(row: KindTime) -> str:
    verb = "count" if row.untimed > 1 else "counts"
    kinds = say_number(row.kind, 0).partition(" ")[2]
    return f"{_untimed(row)} without a length {verb} as {_usual(row)}, the median of {kinds}."


def _usual(row: KindTime) -> str:
    """`20 min each`; of a single conversation `20 min`."""
    each = " each" if row.untimed > 1 else ""
    return f"{say_minutes(row.usual or 0)}{each}"


def _untimed(row: KindTime) -> str:
    return say_number(row.kind, row.untimed)


def _say_timeless(view: Review) -> str:
    """What is not in the sum; nothing if there is no sum."""
    some = any(not one.timeless for one in view.kinds)
    return say_timeless(view.kinds) if some else ""


def say_timeless(kinds: Sequence[KindTime]) -> str:
    """`2 letters and 5 messages have no known length and add no time.`"""
    rows = [one for one in kinds if one.timeless]
    number = sum(one.timeless for one in rows)
    if not number:
        return ""
    has, adds = ("has", "adds") if number == 1 else ("have", "add")
    return f"{listed([*map(_untimed, rows)])} {has} no known length and {adds} no time."


def rhythm_sentences(view: Review, today: date) -> list[str]:
    """Who is met in another rhythm than before."""
    more = [f"and {counted(view.more_rhythms, 'other')}"] if view.more_rhythms else []
    return [*(say_rhythm_change(one, view.span, today) for one in view.rhythms), *more]


def say_rhythm_change(change: RhythmChange, span: Span, today: date) -> str:
    """`José: every 4 weeks until January, every 6 weeks now; you asked for every 4 weeks`."""
    month = month_name(span.first.month)
    until = month if span.first.year == today.year else f"{month} {span.first.year}"
    since = "now" if span.last >= today else "after that"
    said = f"{change.before.words} until {until}, {change.now.words} {since}"
    asked = "" if change.asked is None else f"; you asked for {change.asked.words}"
    return f"{change.person.name}: {said}{asked}"


def energy_sentences(view: Review, today: date) -> list[str]:
    """`12 conversations gave energy, 5 left you even, 3 took energy.`, and days that took twice."""
    said = [_say_energy(view.energy), _say_twice(view.energy, today)]
    return [one for one in said if one]


def energy_sums(days: Sequence[EnergyDay]) -> dict[Energy, int]:
    """How many conversations of all these days gave energy, left you even, and took some."""
    return {
        Energy.GAVE: sum(day.gave for day in days),
        Energy.EVEN: sum(day.even for day in days),
        Energy.TOOK: sum(day.took for day in days),
    }


def _say_energy(days: Sequence[EnergyDay]) -> str:
    sums = [(number, energy) for energy, number in energy_sums(days).items() if number]
    if not sums:
        return ""
    (number, energy), *others = sums
    first = f"{counted(number, 'conversation')} {_ENERGY_WORDS[energy]}"
    rest = [f"{number} {_ENERGY_WORDS[energy]}" for number, energy in others]
    return f"{', '.join((first, *rest))}."


def _say_twice(days: Sequence[EnergyDay], today: date) -> str:
    """`On Tue 3 Nov and Wed 11 Nov energy was taken twice.`"""
    took = [day for day in days if day.took >= TWICE]
    if not took:
        return ""
    exactly = all(day.took == TWICE for day in took)
    on = listed_briefly([date_words(day.on, today) for day in took], "other day")
    return f"On {on} energy was taken twice{'' if exactly else ' or more'}."


def coming_lines(view: Review, today: date, *, discreet: bool = False) -> list[Line]:
    """Occasions, and what is open with a day to come: by day, occasions first."""
    occasions = [
        (near.on, Line(_coming_day(near.on, today), say_ahead_occasion(near, discreet=discreet)))
        for near in view.occasions
    ]
    loops = [
        (one.due_on, to_do(one, _coming_day(one.due_on, today)))
        for one in view.open_loops
        if one.due_on is not None and _is_coming(one, today)
    ]
    lines = [line for _, line in sorted([*occasions, *loops], key=lambda each: each[0])]
    more = Line("", f"and {counted(view.more_occasions, 'other occasion')}")
    return [*lines, *[more] * (view.more_occasions > 0)]


def _coming_day(day: date, today: date) -> str:
    """`today`, `Thu 10 Dec`."""
    return "today" if day == today else date_words(day, today)
