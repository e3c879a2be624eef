"""A month where a day or an interval is asked for: `june`, `june 2027`, `next june`.

As a day it means its first one, as an interval all of it. Without a year it is the next such month
to come. As a day, the present month means that of next year; as an interval it is still going on.
Looking back, it is the newest such month that has begun.
"""

import re
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import (
    MONTH,
    MONTHS,
    OUTSIDE,
    clipped,
    month_name,
)
from connect_cli.language.day_expression import DayExpression, Fixed, UnclearDay, Yearly

_NAMED = (
    rf"(?P<end>(?:the )?end of )?(?:in )?(?:(?P<which>this|next|last) )?(?P<month>{MONTH})"
    r"(?:,? (?P<year>[0-9]{4}))?"
)
_FIGURES = r"(?P<year>[0-9]{4})-(?P<number>0[1-9]|1[0-2])"
_TO = r"(?:from )?(?P<start>.+?) (?:to|till|until) (?P<end>.+)"
_HOW = "write its name and the year, like june 2027"


class Month(NamedTuple):
    """One month of the calendar."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day. Raises NotUnderstood outside the years 1 to 9999."""
        return self._day(1)

    @property
    def last(self) -> date:
        """Its last day. Raises NotUnderstood outside the years 1 to 9999."""
        return self._day(31)

    def _day(self, day: int) -> date:
        try:
            return clipped(self.year, self.number, day)
        except ValueError as error:
            raise NotUnderstood(OUTSIDE, _HOW) from error


def is_month(words: str) -> bool:
    """Whether these folded words are a month alone: `june`, `last june`, `june 2027`."""
    named = re.fullmatch(_NAMED, words)
    return named is not None and not named["end"]


def coming_day_of_month(words: str, today: date) -> date | None:
    """The first day of a month to come, or its last one: `june`, `end of june`. None: no month.

    Raises UnclearDay for `next june` while there is another June before it.
    """
    if figures := re.fullmatch(_FIGURES, words):
        return Month(int(figures["year"]), int(figures["number"])).first
    named = re.fullmatch(_NAMED, words)
    if named is None or named["which"] == "last":
        return None
    ends = named["end"] is not None
    month = _meant(named, today, and_present=ends)
    return month.last if ends else month.first


def past_month(words: str, today: date) -> DayExpression | None:
    """The first day of a month, looking back: `march`, `last march`, `2025-03`. None: no month."""
    if figures := re.fullmatch(_FIGURES, words):
        return Fixed(Month(int(figures["year"]), int(figures["number"])).first)
    named = re.fullmatch(_NAMED, words)
    if named is None or named["end"]:
        return None
    if named["which"] == "next":
        return Fixed(_meant(named, today, and_present=False).first)
    number = MONTHS[named["month"]]
    if named["year"] or named["which"] == "this":
        return Fixed(Month(int(named["year"] or today.year), number).first)
    return Yearly(number, 1)


def month_interval(words: str, today: date) -> tuple[date, date] | None:
    """All of a month, or of the months from one to another: `june`, `june to august`."""
    if (month := _whole(words.removeprefix("for "), today)) is not None:
        return month.first, month.last
    if (between := re.fullmatch(_TO, words)) is None:
        return None
    start, end = re.fullmatch(_NAMED, between["start"]), re.fullmatch(_NAMED, between["end"])
    if start is None or end is None or start["end"] or end["end"]:
        return None
    if end["year"] and not start["year"]:
        last = Month(int(end["year"]), MONTHS[end["month"]])
        number = MONTHS[start["month"]]
        return Month(last.year - (number > last.number), number).first, last.last
    first = _meant(start, today, and_present=True)
    last = _meant(end, first.first, and_present=True)
    return first.first, last.last


def _whole(words: str, today: date) -> Month | None:
    named = re.fullmatch(_NAMED, words)
    if named is None or named["end"] or named["which"] == "last":
        return None
    return _meant(named, today, and_present=True)


def _meant(named: re.Match[str], today: date, *, and_present: bool) -> Month:
    """The month meant. and_present: without a year it may be the present one."""
    number = MONTHS[named["month"]]
    if named["year"]:
        return Month(int(named["year"]), number)
    this, present = Month(today.year, number), number == today.month
    if named["which"] == "this":
        return this
    later = number > today.month
    if named["which"] == "next":
        return _next(this, later=later)
    return this if later or (present and and_present) else Month(today.year + 1, number)


def _next(this: Month, *, later: bool) -> Month:
    """`next june` is that of next year, unless this year's is still to come: then it is unclear."""
    after = Month(this.year + 1, this.number)
    if not later:
        return after
    name = month_name(this.number).lower()
    days = (this.first, after.first)
    said = tuple(f"{name} {each.year}" for each in (this, after))
    raise UnclearDay(f"'next {name}' could be two months", f"write {' or '.join(said)}", days, said)
