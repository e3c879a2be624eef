"""A span of days that is over or lasts until today, in words: `week`, `march`, `2025`, `aug 3-17`.

A span is made of parts of the calendar: a day, a week, a month, a quarter, a year. Each part has a
first day, which may come again and again (`march`, `fri`), and a length. Looking back, the newest
one that has begun is meant; of two, `june to august`, the newest first one and then the next other.
What ends after today ends today. Only days until today are counted instead: `week`, `3 weeks`.

`since` and `until` as options name one part: `since` its first day, `until` its last one. There
`3 weeks` is the day three weeks ago, as in `since 3 weeks ago`; a span of 3 weeks begins a day
later, because it has 21 days with today.
"""

import re
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import (
    NUMBER,
    UNIT,
    clipped,
    first_until,
    month_at,
    month_number,
    number,
    plus_days,
    shift,
    whole_unit,
)
from connect_cli.language.dates import plain_words
from connect_cli.language.day_expression import DayExpression, Fixed, Refused, UnclearDay, Yearly
from connect_cli.language.day_options import (
    ENDED,
    LONGEST_TURN_DAYS,
    OPEN,
    UNTIL,
    day_said,
    interval_words,
    sharing_month,
    up_to,
)
from connect_cli.language.months import past_month
from connect_cli.language.named_days import SEASONS, match_named_day
from connect_cli.language.words import fold
from connect_cli.reviews import Span

UNIT_NAMES = ("week", "month", "quarter", "year")
_WHAT = "a day or a span of days"
_EXAMPLES = "march, 2025, q3, 'last month', '3 weeks', '3 aug to 17 aug' or 'since june'"
_HOW = f"write it like {_EXAMPLES}"
_ONE_HOW = "write it like yesterday, tue, 3 nov, march, 2025, 'last month' or 2026-11-03"

_UNIT = rf"(?P<unit>{'|'.join(UNIT_NAMES)})"
_ROLLING = (
    rf"(?:(?:for|over|during) )?(?:the )?(?:(?:past )?{_UNIT}"
    rf"|(?:last |past )?(?P<count>{NUMBER}) ?(?P<counted>{UNIT}|quarters?))"
    r"(?: (?:until|till|to) (?:today|now))?"
)
_WHOLE_UNIT = rf"(?P<which>this|last|previous|next) {_UNIT}(?: so far)?"
_QUARTER = r"(?:(?P<before>[0-9]{4})[ -]?)?q(?P<quarter>[0-9])(?:[ /-]?(?P<year>[0-9]{4}))?"
_WEEK = r"(?:(?P<before>[0-9]{4})-?w|(?:week|wk|kw) ?)(?P<week>[0-9]{1,2})(?: (?P<year>[0-9]{4}))?"
_YEAR = r"(?:year )?(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?"
_FOUR_FIGURES = r"[0-9]{4}"
_LEADING = r"(?:(?:in|on|over|during|within|for|all|of|whole|the) )+"
_BETWEEN = r"between (?P<start>.+?) and (?P<end>.+)"
_START_OF = r"(?:the )?(?:start|beginning) of "
_END_OF = r"(?:the )?end of "
_WHICH = {"last": -1, "previous": -1, "this": 0, "next": 1}
_LONGEST_YEARS = 8  # from one year that has a week 53 to the next, at most


class NoSpan(NotUnderstood):
    """Words that say nothing about days, not even days that are unclear, wrong or to come."""


class _Part(NamedTuple):
    """A part of the calendar: `march`, `fri`, `last week`. length: in days or, else, in months."""

    begins: DayExpression
    length: int = 1
    months: bool = False

    def last_from(self, first: date) -> date:
        """Its last day, if it begins on `first`."""
        if not self.months:
            return plus_days(first, self.length - 1)
        return clipped(*month_at(month_number(first) + self.length - 1), 31)


def read_span(text: str, today: date) -> Span:
    """The span that a text names; what ends after today ends today.

    Raises NotUnderstood for what is no span, is wholly to come, or has no fixed days (`summer`).
    """
    words = interval_words(text)
    if not words:
        raise NotUnderstood("no span of days was given", _HOW)
    first, last = _rolling(words, today) or _open(words, text, today) or _whole(words, text, today)
    if first > today:
        raise NotUnderstood(f"'{text}' is still to come", "write days that have come")
    if last < first:
        raise NotUnderstood(f"'{text}' ends on {last}, before it begins on {first}", _HOW)
    return Span(first, min(last, today))


def read_days(text: str, today: date) -> tuple[date | None, date]:
    """The ends of a span, or of one without a beginning: `until march`. Raises NotUnderstood."""
    words = interval_words(text)
    if words.startswith(("until ", "till ")):
        return None, read_until(words, today)
    return read_span(text, today)


def read_since(text: str, today: date) -> date:
    """The first day of what a text names: any past day, `2025`, `march`; `3m` is 3 months ago.

    Raises NotUnderstood for what is no part of the calendar, or has not begun.
    """
    words = " ".join(plain_words(fold(text)))
    words = re.sub(_START_OF, "", re.sub(r"^(?:since|from) ", "", words), count=1)
    return _ago(words, today) or _begun(_part(words, today, words or text), words, today)


def read_until(text: str, today: date) -> date:
    """The last day of what a text names, today at the latest: `march` is 31 March.

    Raises NotUnderstood like `read_since`.
    """
    words = " ".join(plain_words(fold(text)))
    words = re.sub(_END_OF, "", re.sub(r"^(?:until|till|to) ", "", words), count=1)
    if (on := _ago(words, today)) is not None:
        return on
    part = _part(words, today, words or text)
    return min(part.last_from(_begun(part, words, today)), today)


def read_ends(since: str, until: str, today: date) -> tuple[date | None, date | None]:
    """First and last day, each None if nothing was said. Raises NotUnderstood.

    Each is read by itself: `until march` is the newest March, whatever `since` says.
    """
    first = read_since(since, today) if since else None
    last = read_until(until, today) if until else None
    if first is not None and last is not None and last < first:
        raise NotUnderstood(
            f"until '{until}' is {last}, before '{since}', which begins on {first}",
            "write the year, like 'march 2025', or one span, like 'june to august'",
        )
    return first, last


def _rolling(words: str, today: date) -> tuple[date, date] | None:
    """`week`, `the past month`, `3 weeks`: so many days until today."""
    counted = _counted(words)
    return (first_until(today, *counted), today) if counted and counted[0] else None


def _ago(words: str, today: date) -> date | None:
    """`3 weeks`, and `week` alone, as that long ago."""
    counted = _counted(words)
    return shift(today, -counted[0], counted[1]) if counted else None


def _counted(words: str) -> tuple[int, str] | None:
    if (match := re.fullmatch(_ROLLING, words)) is None:
        return None
    count = number(match["count"]) if match["count"] else 1
    unit = match["counted"] or match["unit"]
    return (count * 3, "month") if unit.startswith("quarter") else (count, unit)


def _open(words: str, text: str, today: date) -> tuple[date, date] | None:
    """`since march`: until today. `until march` alone has no beginning."""
    if re.fullmatch(UNTIL, words):
        raise NotUnderstood(f"'{text}' does not say from when", _HOW)
    if re.fullmatch(ENDED, words) or not (began := re.fullmatch(OPEN, words)):
        return None
    return read_since(began["start"], today), today


def _whole(words: str, text: str, today: date) -> tuple[date, date]:
    ended = re.fullmatch(_BETWEEN, words) or re.fullmatch(ENDED, words)
    if ended:
        start, end = sharing_month(ended["start"], ended["end"])
        return _between(_part(start, today), _part(end, today), text, today)
    part = _part(words, today, text)
    first = _begun(part, text, today)
    return first, part.last_from(first)


def _between(start: _Part, end: _Part, text: str, today: date) -> tuple[date, date]:
    """From the newest such beginning to the next such end; a year holds for both."""
    if isinstance(end.begins, Fixed) and not isinstance(start.begins, Fixed):
        last = end.begins.on
        first = start.begins.latest(last)
    else:
        first = start.begins.latest(today)
        last = end.begins.soonest(first)
    turns = first.year < last.year and isinstance(start.begins, Yearly)
    if turns and not end.months and (last - first).days > LONGEST_TURN_DAYS:
        raise NotUnderstood(f"'{text}' ends before it begins", _HOW)
    return first, end.last_from(last)


def _begun(part: _Part, text: str, today: date) -> date:
    """The first day of the newest such part. Raises NotUnderstood if it has not begun."""
    if part.length == 1 and not part.months:
        return up_to(part.begins, text, today, _ONE_HOW)
    first = part.begins.latest(today)
    if first > today:
        raise NotUnderstood(f"'{text}' is still to come", _ONE_HOW)
    return first


def _part(words: str, today: date, text: str = "") -> _Part:
    """The part of the calendar that these folded words name. Raises NotUnderstood.

    text: how they were typed, for the error.
    """
    bare = re.sub(f"^{_LEADING}", "", words)
    if (part := _larger_part(bare, today)) is not None:
        return part
    _refuse_unfixed(words, today)
    if bare.endswith("weekend"):
        said = "the weekend" if bare == "weekend" else words
        return _Part(_day(said, today), 2)
    return _Part(_day(text or words, today))


def _day(text: str, today: date) -> DayExpression:
    try:
        return day_said(text, today, _HOW, _WHAT)
    except UnclearDay:
        raise
    except NotUnderstood as error:
        raise NoSpan(error.message, error.hint) from error


def _larger_part(words: str, today: date) -> _Part | None:
    """A week, a month, a quarter or a year."""
    if unit := re.fullmatch(_WHOLE_UNIT, words):
        first, last = whole_unit(unit["unit"], _WHICH[unit["which"]], today)
        return _Part(Fixed(first), (last - first).days + 1)
    if quarter := re.fullmatch(_QUARTER, words):
        return _quarter(int(quarter["quarter"]), quarter["before"] or quarter["year"])
    if week := re.fullmatch(_WEEK, words):
        return _Part(Fixed(_monday(week, today)), 7)
    if (month := past_month(words, today)) is not None:
        return _Part(month, 1, months=True)
    year = re.fullmatch(_YEAR, words)
    return _Part(_new_year(year["year"], year["month"]), 12, months=True) if year else None


def _quarter(which: int, year: str | None) -> _Part:
    if not 1 <= which <= 4:
        raise NotUnderstood(f"there is no quarter {which}", "quarters go from q1 to q4")
    month = which * 3 - 2
    begins = Yearly(month, 1) if year is None else Fixed(_first_of(int(year), month))
    return _Part(begins, 3, months=True)


def _monday(week: re.Match[str], today: date) -> date:
    """The Monday of a numbered week; without a year of the newest such week that has begun."""
    said = week["before"] or week["year"]
    this = today.isocalendar().year
    for year in (int(said),) if said else range(this, this - _LONGEST_YEARS, -1):
        with suppress(ValueError):
            monday = date.fromisocalendar(year, int(week["week"]), 1)
            if said or monday <= today:
                return monday
    raise NotUnderstood(f"there is no week '{week[0]}'", _ONE_HOW)


def _new_year(year: str, month: str | None) -> DayExpression:
    if month is not None:  # the others are read as months
        raise NotUnderstood(f"there is no month {year}-{month}", _ONE_HOW)
    return Fixed(_first_of(int(year), 1))


def _first_of(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError as error:
        raise NotUnderstood(f"there is no year {year:04}", _ONE_HOW) from error


def _refuse_unfixed(words: str, today: date) -> None:
    """Raise NotUnderstood for a season, or for a holiday that lasts as long as you like."""
    apart = [word for word in words.split() if not re.fullmatch(_FOUR_FIGURES, word)]
    named = match_named_day(apart, today)
    holiday = named is not None and isinstance(named[0], Refused) and named[1] == len(apart)
    if holiday or not SEASONS.isdisjoint(apart):
        raise NotUnderstood(
            f"'{words}' has no fixed first and last day",
            "write its months or days, like 'june to august' or '20 dec to 6 jan'",
        )
