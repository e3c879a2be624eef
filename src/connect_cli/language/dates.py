"""Dates as they are written: `2026-11-03`, `3 nov`, `nov 3rd 2025`, `tue 3 nov`, `3.11.2026`."""

import re
from collections.abc import Callable
from datetime import date

from connect_cli.language.calendar import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from connect_cli.language.said import Monthly, OnWeekday, Refused, Said, dated

Reader = Callable[[re.Match[str], date], Said]
_ORDINAL = r"(?:st|nd|rd|th)"
_DAY = rf"(?P<day>[0-9]{{1,2}}){_ORDINAL}?"
_YEAR = r"(?:[ -](?P<year>[0-9]{4}))?"
_DAY_MONTH = rf"(?:the )?{_DAY}[ -]?(?:of )?(?P<month>{MONTH}){_YEAR}"
_MONTH_DAY = rf"(?P<month>{MONTH})[ -]?(?:the )?{_DAY}{_YEAR}"
_TO_12, _FROM_13 = "0?[1-9]|1[0-2]", "1[3-9]|2[0-9]|3[01]"
_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY}) )?"


def _iso(match: re.Match[str], _: date) -> Said:
    return dated(int(match["year"]), int(match["month"]), int(match["day"]))


def _named_month(match: re.Match[str], _: date) -> Said:
    year, weekday = match["year"], match["weekday"]
    said = dated(int(year) if year else None, MONTHS[match["month"]], int(match["day"]))
    return OnWeekday(said, WEEKDAYS[weekday]) if weekday else said


def _slashed(match: re.Match[str], _: date) -> Said:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first <= 12 and second <= 12 and first != second:
        return Refused(
            f"'{match[0]}' could be two days",
            f"write {year:04}-{second:02}-{first:02} or {year:04}-{first:02}-{second:02}",
        )
    day, month = (second, first) if second > 12 else (first, second)
    return dated(year, month, day)


def _without_year(match: re.Match[str], _: date) -> Said:
    return Refused(f"'{match[0]}' could be two days", "write the month in letters, like 3 nov")


def _in_figures(match: re.Match[str], _: date) -> Said:
    """`3/3` and `11/20`, which are one day however they are read."""
    return dated(None, int(match["month"]), int(match["day"] or match["month"]))


def _day_of_month(match: re.Match[str], _: date) -> Said:
    if not 1 <= (day := int(match["day"])) <= 31:
        return Refused(f"there is no '{match[0]}'", "months have up to 31 days")
    weekday = match["weekday"]
    return Monthly(day, WEEKDAYS[weekday] if weekday else None)


def _weekday_and_day(match: re.Match[str], _: date) -> Said:
    """`sat 21`; on another weekday the number may be a time."""
    hint = "write the date like 3 nov, and a time like 3pm"
    return OnWeekday(Monthly(int(match["day"])), WEEKDAYS[match["weekday"]], hint)


WEEKDAY_AND_DAY = rf"(?P<weekday>{WEEKDAY}) (?P<day>0?[1-9]|[12][0-9]|3[01])"
DATES: tuple[tuple[str, Reader], ...] = (
    (r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", _iso),
    (r"(?P<year>[0-9]{4})([/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", _iso),
    (r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})", _iso),
    (r"(?P<first>[0-9]{1,2})-(?P<second>[0-9]{1,2})-(?P<year>[0-9]{4})", _slashed),
    (rf"(?P<month>{_TO_12})/(?:(?P<day>{_FROM_13})|(?P=month))", _in_figures),
    (rf"(?!24/7)(?P<day>{_FROM_13})/(?P<month>{_TO_12})", _in_figures),
    (r"(?<=on )[0-9]{1,2}/[0-9]{1,2}", _without_year),
    (r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>[0-9]{4})", _slashed),
    (_WEEKDAY + _DAY_MONTH, _named_month),
    (_WEEKDAY + _MONTH_DAY, _named_month),
    (rf"(?:the |(?<=on ))(?P<weekday>)(?P<day>[0-9]{{1,2}}){_ORDINAL}", _day_of_month),
    (rf"(?P<weekday>{WEEKDAY}) (?:the )?(?P<day>[0-9]{{1,2}}){_ORDINAL}", _day_of_month),
    (WEEKDAY_AND_DAY, _weekday_and_day),
)
