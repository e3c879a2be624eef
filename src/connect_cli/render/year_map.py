"""Some days as a calendar, a week a column: which sign stands where, and the words around it.

How it works. `levels` gives each day of the span a level: none, away, or one of four shades.
`blocks` lays them out: Monday to Sunday are rows, a week is a column, and a span of more than a
year is a block for each calendar year, in which January is always at the left. A level is drawn as
the sign at its place in SIGNS, or in ASCII_SIGNS where the locale has no others.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from connect_cli.errors import as_typed
from connect_cli.language.calendar import monday_of, month_name, plus_days, weekday_name
from connect_cli.language.plurals import counted
from connect_cli.render.span_words import from_to, say_span
from connect_cli.render.words import long_date
from connect_cli.reviews import DayCount, Span, YearMap

OUTSIDE, NONE, AWAY, FAINTEST = range(4)
"""The first levels; FAINTEST is the first of the four shades."""

SIGNS = " ·/░▒▓█"
ASCII_SIGNS = "  /.+*#"  # a sign for an empty day would weigh as much as the faintest shade

Limits = tuple[int, int, int, int]
ORDINARY: Limits = (1, 2, 3, 5)
"""From how many conversations on a day has each shade."""

FULL = 7
"""If full days have so many, the shades are quarters of it: they differ then, too."""

GUTTER = 5  # the cells left of the calendar, for weekdays or the year
MOST_WEEKS = 54  # a leap year that begins on a Sunday touches so many
LABEL = 3  # letters of a month


class Block(NamedTuple):
    """A part of the calendar.

    year: if it is one of several. months: the line above, each name over the week in which the
    month begins. rows: Monday to Sunday, a sign for each week, oldest first. step: cells of a week.
    """

    year: str
    months: str
    rows: tuple[str, ...]
    step: int


def limits(days: Sequence[DayCount]) -> Limits:
    """From how many conversations on a day has each of the four shades.

    One in twenty of the days with a conversation counts as full, so that a single wedding does not
    make a whole year pale. If a full day has FULL of them or more, the shades are quarters of it.
    """
    numbers = sorted(day.number for day in days)
    full = numbers[len(numbers) * 19 // 20] if numbers else 0
    if full < FULL:
        return ORDINARY
    return 1, -(-full // 4), -(-full // 2), -(-full * 3 // 4)


def levels(view: YearMap) -> dict[date, int]:
    """The level of every day of the span. A conversation shows on a day away, too."""
    found = dict.fromkeys(view.span.each(), NONE)
    for pause in view.away:
        away = Span(pause.start_on, view.span.last if pause.end_on is None else pause.end_on)
        found |= dict.fromkeys(view.span.common(away).each(), AWAY)
    steps = limits(view.days)
    return found | {day.on: NONE + 1 + bisect_right(steps, day.number) for day in view.days}


def blocks(view: YearMap, width: int, signs: str = SIGNS) -> list[Block]:
    """The calendar in `width` cells: one block, or one for each calendar year, newest first.

    A week has two cells where there is room. In a narrow window a block is cut into several.
    """
    room = max(LABEL, width - GUTTER)
    frames = _frames(view.span)
    step = 2 if 2 * max(frame.weeks for frame in frames) <= room else 1
    drawn = {day: signs[level] for day, level in levels(view).items()}
    return [
        _block(part, view.span, drawn, step, room, str(part.first.year) * (len(frames) > 1))
        for frame in frames
        for part in _parts(frame, room // step)
        if part.common(view.span).days > 0
    ]


def _frames(span: Span) -> list[Span]:
    if span.weeks <= MOST_WEEKS:
        return [span]
    years = range(span.last.year, span.first.year - 1, -1)
    return [Span(date(year, 1, 1), date(year, 12, 31)) for year in years]


def _parts(frame: Span, most: int) -> list[Span]:
    """A frame cut into equal parts of at most so many weeks."""
    number = -(-frame.weeks // most)
    weeks = -(-frame.weeks // number)
    start = monday_of(frame.first)
    mondays = [start + timedelta(weeks * 7 * part) for part in range(number)]
    parts = (Span(first, plus_days(first, weeks * 7 - 1)) for first in mondays)
    return [frame.common(part) for part in parts if part.first <= frame.last]


def _block(
    part: Span, span: Span, drawn: Mapping[date, str], step: int, room: int, year: str
) -> Block:
    base, shown = monday_of(part.first), part.common(span)
    columns = Span(base, shown.last).weeks
    rows = tuple(_row(base, shown, drawn, weekday, columns) for weekday in range(7))
    return Block(year, _month_line(base, shown, step, room), rows, step)


def _row(base: date, shown: Span, drawn: Mapping[date, str], weekday: int, columns: int) -> str:
    days = (plus_days(base, 7 * column + weekday) for column in range(columns))
    return "".join(_sign(day, shown, drawn) for day in days)


def _sign(day: date, shown: Span, drawn: Mapping[date, str]) -> str:
    return drawn[day] if shown.first <= day <= shown.last else " "


def _month_line(base: date, shown: Span, step: int, room: int) -> str:
    """The names of the months, each over the week in which it begins, or in which the block does.

    That of the first days is left out if the next month begins too soon after it.
    """
    begins = [day for day in shown.each() if day.day == 1 or day == shown.first]
    named = [((day - base).days // 7 * step, month_name(day.month)[:LABEL]) for day in begins]
    if len(named) > 1 and named[1][0] - named[0][0] <= LABEL:
        del named[0]
    line = ""
    for at, name in named:
        if at + LABEL <= room:
            line = f"{line.ljust(at)}{name}"
    return line


def legend(view: YearMap) -> list[tuple[int, str]]:
    """Each level that needs a word, with that word."""
    steps = limits(view.days)
    between = [_number(first, after - 1) for first, after in pairwise(steps)]
    said = ["0", *between, f"{steps[-1]} or more conversations"]
    shown = [NONE, *range(FAINTEST, FAINTEST + len(steps))]
    return [*zip(shown, said, strict=True), *([(AWAY, "away")] if view.away else [])]


def _number(first: int, last: int) -> str:
    if last <= first:
        return str(first)
    return f"{first} {'or' if last == first + 1 else 'to'} {last}"


def say_heading(view: YearMap, today: date) -> str:
    """`The year until today, 1 December 2025 to 30 November 2026, with Ada, tagged #work`."""
    person = f"with {view.person.name}" if view.person else ""
    tag = f"tagged #{view.tag}" if view.tag else ""
    return ", ".join(filter(None, (say_span(view.span, today), person, tag)))


def say_none(view: YearMap, today: date) -> str:
    """What stands in the place of a calendar without a conversation."""
    return f"{say_heading(view, today)}: no conversation."


def say_fullest(view: YearMap) -> str:
    """`The fullest week: 9 to 15 March 2026, 23 conversations.`; empty without any."""
    if view.fullest is None:
        return ""
    first, last = view.fullest
    days = from_to(view.fullest) if first < last else f"{long_date(first)} {first.year}"
    said = counted(number_in(view, view.fullest), "conversation")
    return f"The fullest week: {days}, {said}."


def fullest_command(view: YearMap) -> str:
    """The command that lists the conversations of the fullest week."""
    if view.fullest is None:
        return ""
    since, until = view.fullest.iso
    tagged = ("--tag", view.tag) if view.tag else ()
    names = (view.person.name,) if view.person else ()
    return as_typed("history", *names, options=("--since", since, "--until", until, *tagged))


def number_in(view: YearMap, span: Span) -> int:
    """How many of its conversations lie in a span."""
    return sum(day.number for day in view.days if span.first <= day.on <= span.last)


def weekday_label(weekday: int) -> str:
    """The name of every other weekday, Monday first: there is no need for more."""
    return weekday_name(weekday)[:LABEL] if weekday % 2 == 0 else ""
