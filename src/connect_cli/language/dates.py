"""Day phrases: dates such as `3 nov` and `2026-11-03`, and every other way to say a day."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import (
    MONTH,
    MONTHS,
    ORDINALS,
    WEEKDAY,
    WEEKDAYS,
    choice,
    is_yearly_day,
    month_name,
)
from connect_cli.language.day_expression import (
    DayExpression,
    EitherWay,
    Fixed,
    Monthly,
    OnWeekday,
    Refused,
    Several,
    Yearly,
    dated,
)
from connect_cli.language.day_forms import (
    FIGURE,
    GLUED,
    IN_MONTHS,
    IN_WEEKDAYS,
    SOME_MONTH,
    Form,
    by_first_word,
    form,
)
from connect_cli.language.named_days import match_named_day
from connect_cli.language.relative_days import RELATIVE
from connect_cli.language.several_days import match_more, match_numbered, match_weekdays
from connect_cli.language.words import fold, shortened
from connect_cli.model import YEARLY_LABELS

YearlyDay = tuple[int | None, int, int]
"""Year (None if unknown), month and day."""

_ORDINAL = r"(?:st|nd|rd|th)"
_DAY = rf"(?P<day>[0-9]{{1,2}})(?:{_ORDINAL}|\.)?"
_YEAR = r"(?:[ -](?P<year>[0-9]{4}))?"
_SHORT_YEAR = r"-(?P<year>[0-9]{2})"
_DAY_MONTH = rf"(?:the )?{_DAY}[ -]?(?:of )?(?P<month>{MONTH}){_YEAR}"
_MONTH_DAY = rf"(?P<month>{MONTH})[ -]?(?:the )?{_DAY}{_YEAR}"
_TO_12, _FROM_13 = "0?[1-9]|1[0-2]", "1[3-9]|2[0-9]|3[01]"
_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY}) )?"

LONGEST_PHRASE = 10  # words: "on monday the 3rd and on wednesday the 5th"
_GLUED = rf"{MONTH}[-0-9]"
# `1/2 hour` and `3/4 of an hour` are no days.
_FRACTION = r"(?!(?:1/[2-8]|[23]/[345]) \w)"
# A bare `6th` is a day where nothing follows that could be the sixth: `6th birthday`.
_ALONE = r"(?= (?:with|at|in|for)\b|$)"
YEARS_AHEAD = 20

_HOW = "write it like 1815-12-10, or 12-10 without the year"
_SLASHED = r"(?P<first>[0-9]{1,2})([/-])(?P<second>[0-9]{1,2})\2(?P<year>[0-9]{4})"
_NUMBERS = r"(?:--?)?([0-9]{1,2})-?([0-9]{2})"

WEEKDAY_AND_DAY = rf"(?P<weekday>{WEEKDAY}) (?P<day>0?[1-9]|[12][0-9]|3[01])"


class Phrase(NamedTuple):
    """A day phrase at the beginning of some words. words: how many of them it takes."""

    said: DayExpression
    text: str
    words: int

    def may_be_later(self, today: date) -> bool:
        """Whether it is a day that is still to come, or that could be."""
        later = isinstance(self.said, Fixed) and self.said.on > today
        return later or isinstance(self.said, Refused)


def match_phrase(words: Sequence[str], today: date) -> Phrase | None:
    """The longest day phrase that these folded words begin with.

    Never raises: an impossible or unclear day is a phrase that raises once its day is asked for.
    `12.3.` needs its final point. Several days, `mon and wed`, are one phrase.
    """
    words = words[:LONGEST_PHRASE]
    text = " ".join(words)
    if numbered := match_numbered(text):
        return Phrase(*numbered)
    if words and words[0] in ("from", "between"):
        rest = match_phrase(words[1:], today)
        if rest is None or not isinstance(rest.said, Several):
            return None
        return Phrase(rest.said, f"{words[0]} {rest.text}", rest.words + 1)
    first = _single(words, text, today)
    if first is None or isinstance(first.said, Refused | Several):
        return first
    days, taken = match_more(words, first.said, first.words, lambda rest: _next(rest, today))
    if len(Several(text, days).choices(today)) < 2:
        return first
    said = " ".join(words[:taken])
    return Phrase(Several(said, days), said, taken)


def _next(words: Sequence[str], today: date) -> tuple[DayExpression, int] | None:
    """The day that a list of days goes on with; there `5th` is one too."""
    found = _single(words, " ".join(words), today)
    if found is None and words and (bare := re.fullmatch(rf"([0-9]{{1,2}}){_ORDINAL}", words[0])):
        return Monthly(int(bare[1])), 1
    return None if found is None or isinstance(found.said, Refused) else (found.said, found.words)


def _single(words: Sequence[str], text: str, today: date) -> Phrase | None:
    found = match_named_day(words, today) or _weekdays(words)
    best = Phrase(found[0], " ".join(words[: found[1]]), found[1]) if found else None
    for one in _forms_for(words):
        match = re.match(one.pattern, text) if one.may_fit(text) else None
        if match is not None and (best is None or match.end() > len(best.text)):
            best = Phrase(_read(one, match, today), match[0], match[0].count(" ") + 1)
    return best


def _weekdays(words: Sequence[str]) -> tuple[DayExpression, int] | None:
    at = 1 if words and words[0] == "on" else 0
    days = match_weekdays(words[at]) if words[at : at + 1] else ()
    return (Several(words[at], days), at + 1) if days else None


def _forms_for(words: Sequence[str]) -> Sequence[Form]:
    if not words:
        return ()
    word = words[1] if words[0] == "on" and len(words) > 1 else words[0]
    if word[0].isdecimal():
        word = FIGURE
    if word not in _FORMS and re.match(_GLUED, word):
        word = GLUED
    return _FORMS.get(word, ())


def read_birthday(text: str, today: date) -> YearlyDay:
    """Year (None if it was not said), month and day; 29 February stays as it is.

    Raises NotUnderstood for a day that does not exist or is still to come.
    """
    said = _said(" ".join(plain_words(fold(text))), today)
    if isinstance(said, Yearly):
        return None, said.month, said.day
    if said is None or not isinstance(said, Fixed):
        if isinstance(said, Refused) and (days := _of_any_year(said)):
            raise NotUnderstood(said.message, f"write {' or '.join(days)}")
        if said is not None:
            said.latest(today)
        raise NotUnderstood(f"'{text}' is not a birthday", _HOW)
    if said.on > today:
        raise NotUnderstood(f"'{text}' is still to come", _HOW)
    return said.on.year, said.on.month, said.on.day


def read_yearly_day(label: str, text: str, today: date) -> tuple[str, YearlyDay]:
    """A yearly day with its label as it is stored. Raises NotUnderstood."""
    if not label:
        raise NotUnderstood(
            f"'{text}' does not say which day it is", "write a label, like 'name day: 6 dec'"
        )
    try:
        day = read_birthday(text, today)
    except NotUnderstood as error:
        said = error.message.replace("is not a birthday", "is not a day of the year")
        raise NotUnderstood(f"{label}: {said}", error.hint) from error
    return (fold(label) if fold(label) in YEARLY_LABELS else label), day


def _of_any_year(said: Refused) -> list[str]:
    """The days without a year that could be meant, as they can be typed."""
    days = [day for day in said.days if isinstance(day, Yearly)]
    return [f"{day.day} {month_name(day.month)}" for day in days]


def two_days(text: str) -> tuple[date, date] | None:
    """The days that `2/3/1985` could be, day first and month first; None for any other text."""
    match = re.fullmatch(_SLASHED, text)
    return None if match is None else _either_way(*map(int, match.group("first", "second", "year")))


def _either_way(first: int, second: int, year: int) -> tuple[date, date] | None:
    if first == second or not (year and 1 <= first <= 12 and 1 <= second <= 12):
        return None
    return date(year, second, first), date(year, first, second)


def plain_words(folded: str) -> list[str]:
    """The words of a folded day phrase, without commas and final points, but for that of `12.3.`"""
    words = folded.replace(",", " ").split()
    return [
        bare
        for word in words
        if (bare := word if re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}\.", word) else word.rstrip("."))
    ]


def _year(said: str, today: date) -> int:
    """A year; of two figures, the one that is at most some years ahead."""
    if len(said) > 2:
        return int(said)
    year = today.year // 100 * 100 + int(said)
    return year - 100 if year > today.year + YEARS_AHEAD else year


def _iso(match: re.Match[str], today: date) -> DayExpression:
    return dated(_year(match["year"], today), int(match["month"]), int(match["day"]))


def _day_and_month(match: re.Match[str], _: date) -> DayExpression:
    return dated(None, int(match["month"]), int(match["day"]))


def _iso_week(match: re.Match[str], _: date) -> DayExpression:
    year, week, weekday = int(match["year"]), int(match["week"]), match["weekday"]
    try:
        monday = date.fromisocalendar(year, week, 1)
        if weekday:
            return Fixed(date.fromisocalendar(year, week, int(weekday)))
    except ValueError:
        return Refused(f"there is no week '{match[0]}'", "write the date, like 2026-11-03")
    days = tuple(Fixed(date.fromisocalendar(year, week, day)) for day in range(1, 8))
    return Refused(f"'{match[0]}' is a whole week", f"write a date from {monday} on", days)


def _named_month(match: re.Match[str], today: date) -> DayExpression:
    year, weekday = match["year"], match["weekday"]
    said = dated(_year(year, today) if year else None, MONTHS[match["month"]], int(match["day"]))
    return OnWeekday(said, WEEKDAYS[weekday]) if weekday else said


def _slashed(match: re.Match[str], today: date) -> DayExpression:
    first, second, year = int(match["first"]), int(match["second"]), _year(match["year"], today)
    if days := _either_way(first, second, year):
        return EitherWay(match[0], days)
    day, month = (second, first) if second > 12 else (first, second)
    return dated(year, month, day)


def _without_year(match: re.Match[str], _: date) -> DayExpression:
    first, second = int(match["first"]), int(match["second"])
    ways = ((second, first), (first, second))
    days = [Yearly(*way) for way in ways if is_yearly_day(*way)]
    return Refused(f"'{match[0]}' could be two days", "", tuple(days))


def _ordinal(match: re.Match[str], _: date) -> DayExpression:
    """`the first`, `the twenty-second of march`."""
    day = ORDINALS[match["ordinal"]]
    return dated(None, MONTHS[match["month"]], day) if match["month"] else Monthly(day)


def _weekday_in_figures(match: re.Match[str], today: date) -> DayExpression:
    """`fri 6/3`: the weekday says which number is the month, if only one of the days fits."""
    either, weekday = _without_year(match, today), WEEKDAYS[match["weekday"]]
    days = [OnWeekday(day, weekday) for day in getattr(either, "days", ())]
    fits = [day for day in days if day.fits(day.day.latest(today))]
    return fits[0] if len(fits) == 1 else either


def _in_figures(match: re.Match[str], _: date) -> DayExpression:
    """`3/3` and `11/20`, which are the same day in either order."""
    return dated(None, int(match["month"]), int(match["day"] or match["month"]))


def _day_of_month(match: re.Match[str], _: date) -> DayExpression:
    if not 1 <= (day := int(match["day"])) <= 31:
        return Refused(f"there is no '{match[0]}'", "months have up to 31 days")
    weekday = match["weekday"]
    return Monthly(day, WEEKDAYS[weekday] if weekday else None)


def _weekday_and_day(match: re.Match[str], _: date) -> DayExpression:
    """`sat 21`; if the 21st is another weekday, the number may be a time."""
    hint = "write the date like 3 nov, and a time like 3pm"
    return OnWeekday(Monthly(int(match["day"])), WEEKDAYS[match["weekday"]], hint)


_UNAMBIGUOUS: tuple[Form, ...] = (
    form("0", r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", _iso),
    form("0", r"(?P<year>[0-9]{4})([/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", _iso),
    form(
        "0",
        r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])",
        _iso,
    ),
    form("0", r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})", _iso),
    form("0", r"(?P<first>[0-9]{1,2})-(?P<second>[0-9]{1,2})-(?P<year>[0-9]{4})", _slashed),
)
DATES: tuple[Form, ...] = (
    *_UNAMBIGUOUS,
    form("0", rf"(?P<month>{_TO_12})/(?:(?P<day>{_FROM_13})|(?P=month))", _in_figures, ("/",)),
    form("0", rf"(?!24/7)(?P<day>{_FROM_13})/(?P<month>{_TO_12})", _in_figures, ("/",)),
    form(
        "0",
        rf"(?:(?<=on )|{_FRACTION})(?P<first>{_TO_12})/(?P<second>{_TO_12})",
        _without_year,
        ("/",),
    ),
    form("0", r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>[0-9]{4})", _slashed, ("/",)),
    form(
        IN_WEEKDAYS,
        rf"(?P<weekday>{WEEKDAY}) (?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})",
        _weekday_in_figures,
        ("/",),
    ),
    form(IN_WEEKDAYS | {"the", "0"}, _WEEKDAY + _DAY_MONTH, _named_month, SOME_MONTH),
    form(IN_WEEKDAYS | IN_MONTHS, _WEEKDAY + _MONTH_DAY, _named_month, SOME_MONTH),
    form("the 0", rf"(?:the |(?<=on ))(?P<weekday>)(?P<day>[0-9]{{1,2}}){_ORDINAL}", _day_of_month),
    form(
        IN_WEEKDAYS,
        rf"(?P<weekday>{WEEKDAY}) (?:the )?(?P<day>[0-9]{{1,2}}){_ORDINAL}",
        _day_of_month,
    ),
    form(IN_WEEKDAYS, WEEKDAY_AND_DAY, _weekday_and_day),
)
# Not for birthdays: these say a week, leave out the century, or need what follows.
_MORE: tuple[Form, ...] = (
    form(
        "0", r"(?P<year>[0-9]{4})-?w(?P<week>[0-9]{2})(?:-?(?P<weekday>[1-7]))?", _iso_week, ("w",)
    ),
    form(
        "0",
        r"(?P<day>0?[1-9]|[12][0-9]|3[01])\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>[0-9]{2})",
        _iso,
    ),
    form("0", r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>[0-9]{2})", _slashed, ("/",)),
    form("0", rf"(?P<weekday>){_DAY}-(?P<month>{MONTH}){_SHORT_YEAR}", _named_month, SOME_MONTH),
    form(
        "the",
        rf"(?:the )(?P<ordinal>{choice(ORDINALS)})(?: of (?P<month>{MONTH}))?",
        _ordinal,
    ),
    form("0", r"(?P<day>0?[1-9]|[12][0-9]|3[01])\.(?P<month>0?[1-9]|1[0-2])\.", _day_and_month),
    form("0", rf"(?P<weekday>)(?P<day>[0-9]{{1,2}}){_ORDINAL}{_ALONE}", _day_of_month),
)
_FORMS = by_first_word((*RELATIVE, *DATES, *_MORE))


def _read(one: Form, match: re.Match[str], today: date) -> DayExpression:
    try:
        return one.read(match, today)
    except NotUnderstood as error:
        return Refused(f"'{shortened(match[0])}': {error.message}", error.hint or "write the date")


def _said(words: str, today: date) -> DayExpression | None:
    if numbers := re.fullmatch(_NUMBERS, words):
        return dated(None, int(numbers[1]), int(numbers[2]))
    for one in DATES:
        if match := re.fullmatch(one.pattern, words):
            return one.read(match, today)
    return None
