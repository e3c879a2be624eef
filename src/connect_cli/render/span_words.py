"""A span of days in English words, as a heading."""

from datetime import date

from connect_cli.language.calendar import (
    first_until,
    monday_of,
    month_days,
    month_name,
    months_between,
    plus_days,
)
from connect_cli.language.plurals import counted
from connect_cli.render.words import long_date, relative_day
from connect_cli.reviews import Span

_MOST_WEEKS = 12


def say_span(span: Span, today: date) -> str:
    """A span of days as a heading: `The week until today, 24 to 30 November 2026`, `March 2026`.

    One day: `Yesterday, Sunday 29 November 2026`.
    """
    if span.first == span.last:
        return _one_day(span.first, today)
    said = _one_unit(span)
    if not said and span.last == today:
        said = _until_today(span)
    return said or _several_units(span) or from_to(span)


def say_days(first: date | None, last: date | None, today: date) -> str:
    """Days as a heading, of which the ends may be open; nothing without any end."""
    if first is not None:
        return say_span(Span(first, last or today), today)
    return "" if last is None else f"Until {last.day} {month_name(last.month)} {last.year}"


def _one_day(day: date, today: date) -> str:
    said = f"{long_date(day)} {day.year}"
    near = (today - day).days <= 1
    return f"{relative_day(day, today).capitalize()}, {said}" if near else said


def _one_unit(span: Span) -> str:
    """`March 2026`, `2025`; nothing for what is not all of a month or a year."""
    said = _several_units(span)
    return "" if " to " in said else said


def _several_units(span: Span) -> str:
    """All of some months or years: `June to August 2026`, `2023 to 2025`."""
    first, last = span
    if first.day != 1 or last.day != month_days(last.year, last.month):
        return ""
    if (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    return _months(first, last)


def _months(first: date, last: date) -> str:
    end = f"{month_name(last.month)} {last.year}"
    if first.year != last.year:
        return f"{month_name(first.month)} {first.year} to {end}"
    return end if first.month == last.month else f"{month_name(first.month)} to {end}"


def _until_today(span: Span) -> str:
    """`The 3 weeks until today, …`, `This week, …`, `2026, until today`; or nothing."""
    first, last = span
    unit = _unit_until(span)
    if unit and " " not in unit:
        return f"The {unit} until today, {from_to(span)}"
    if first == monday_of(last):
        return f"This week, {from_to(span)}"
    if (first.year, first.month, first.day) == (last.year, 1, 1):
        return f"{last.year}, until today"
    if first.day == 1:
        return f"{_months(first, last)}, until today"
    return f"The {unit} until today, {from_to(span)}" if unit else ""


def _unit_until(span: Span) -> str:
    """`week`, `3 weeks`, `month`, `quarter`, `year`: what the days until the last one are."""
    months = months_between(plus_days(span.first, -1), span.last)
    if months and span.first == first_until(span.last, months, "month"):
        if months == 3:
            return "quarter"
        return _number_of(months, "month") if months % 12 else _number_of(months // 12, "year")
    weeks, rest = divmod(span.days, 7)
    return "" if rest or weeks > _MOST_WEEKS else _number_of(weeks, "week")


def _number_of(number: int, unit: str) -> str:
    return unit if number == 1 else counted(number, unit)


def from_to(span: Span) -> str:
    """`24 to 30 November 2026`, each word only as often as it is needed."""
    first, last = span
    start = f"{first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start += f" {month_name(first.month)}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} to {last.day} {month_name(last.month)} {last.year}"
