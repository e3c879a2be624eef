"""Days in words, looking back or ahead, for options and answers."""

import re
from datetime import date

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.birthdays import read_birthday
from connect_cli.language.calendar import (
    MONTH,
    MONTHS,
    NUMBER,
    UNIT,
    WEEKDAYS,
    number,
    shift,
)
from connect_cli.language.clock import read_time
from connect_cli.language.phrases import match_phrase, plain_words
from connect_cli.language.said import Said, Weekday, Yearly
from connect_cli.language.words import fold

__all__ = ["past", "read_birthday", "read_coming_day", "read_past_day", "read_since", "read_time"]

_SPAN = rf"(?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_PAST_HOW = "write it like yesterday, tue, 3 nov or 2026-11-03"
_COMING_HOW = "write it like tomorrow, fri, in 2 weeks, 3 dec or 2026-12-03"


def read_past_day(text: str, today: date) -> date:
    """The day meant by something that has happened; a weekday or yearless date is the last one.

    Raises NotUnderstood for what is no day, no day of the calendar, or still to come.
    """
    return past(_said(text, today, _PAST_HOW), text, today)


def past(said: Said, text: str, today: date, hint: str = "") -> date:
    """The newest such day up to today. Raises NotUnderstood when it is still to come."""
    on = said.latest(today)
    if on > today:
        raise NotUnderstood(f"{_that_is(text, on)} still to come", hint or _still_to_come())
    return on


def _still_to_come() -> str:
    planned = f"{as_typed('promise')}, {as_typed('ask')}"
    return f"only what has happened goes here; for what is planned: {planned}"


def _that_is(text: str, on: date) -> str:
    return f"{on} is" if str(on) in text else f"'{text}' is {on}, which is"


def read_coming_day(text: str, today: date) -> date:
    """The day meant by something planned: a weekday is the next one, `2w` is in two weeks.

    Raises NotUnderstood for what is no day, no day of the calendar, or past.
    """
    words = _words(text)
    if words[:1] in (["by"], ["until"], ["till"]):
        words = words[1:]
    if (span := re.fullmatch(_SPAN, " ".join(words))) is not None:
        on = shift(today, number(span["count"]), span["unit"])
    else:
        on = _coming(_said(" ".join(words) or text, today, _COMING_HOW), today)
    if on < today:
        raise NotUnderstood(f"{_that_is(text, on)} past", _COMING_HOW)
    return on


def _coming(said: Said, today: date) -> date:
    """Who says `fri` on a Friday means the next one; today has its own word."""
    return said.soonest(shift(today, 1, "d") if isinstance(said, Weekday) else today)


_SINCE_UNIT = r"(?P<which>this|last) (?P<unit>week|month|year)"
_YEAR = r"(?P<year>[0-9]{4})(?:-(?P<number>[0-9]{2}))?"
_MONTH = rf"(?:last )?(?P<month>{MONTH})(?: (?P<year>[0-9]{{4}}))?"


def read_since(text: str, today: date) -> date:
    """The first day of a stretch up to today: any past day, `3m`, `2025`, `march`, `last month`.

    Raises NotUnderstood like `read_past_day`.
    """
    joined = " ".join(_words(text)).removeprefix("since ")
    on = _first_day(joined, today)
    if on is None:
        return read_past_day(joined or text, today)
    if on > today:
        raise NotUnderstood(f"'{text}' is still to come", _PAST_HOW)
    return on


def _first_day(words: str, today: date) -> date | None:
    if span := re.fullmatch(_SPAN, words):
        return shift(today, -number(span["count"]), span["unit"])
    if unit := re.fullmatch(_SINCE_UNIT, words):
        return _unit_start(unit["unit"], shift(today, -(unit["which"] == "last"), unit["unit"]))
    if month := re.fullmatch(_MONTH, words):
        number_ = MONTHS[month["month"]]
        year = month["year"]
        return _month_start(int(year), number_) if year else Yearly(number_, 1).latest(today)
    if year := re.fullmatch(_YEAR, words):
        return _month_start(int(year["year"]), int(year["number"] or 1))
    return None


def _unit_start(unit: str, day: date) -> date:
    if unit == "week":
        return shift(day, -day.weekday(), "d")
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _month_start(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError as error:
        raise NotUnderstood(f"there is no month {year:04}-{month:02}", _PAST_HOW) from error


def _words(text: str) -> list[str]:
    return plain_words(fold(text))


def _said(text: str, today: date, how: str) -> Said:
    words = _words(text)
    phrase = match_phrase(words, today)
    if phrase is not None and phrase.words == len(words):
        return phrase.said
    raise NotUnderstood(_why_no_day(text, words), how)


def _why_no_day(text: str, words: list[str]) -> str:
    if not words:
        return "no day was given"
    if len(words) == 1 and words[0] in MONTHS and words[0] not in WEEKDAYS:
        return f"'{text}' is a month, not a day"
    return f"'{text}' is not a day"
