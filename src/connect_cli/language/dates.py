"""Day phrases: dates such as `3 nov` and `2026-11-03`, relative days such as `last tue`."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import (
    CALENDAR_WORDS,
    MONTH,
    MONTHS,
    NUMBER,
    NUMBERS,
    OUTSIDE,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    clipped,
    number,
    shift,
    word_set,
)
from connect_cli.language.day_expression import (
    DayExpression,
    Fixed,
    Monthly,
    OnWeekday,
    Refused,
    Weekday,
    Yearly,
    dated,
)
from connect_cli.language.words import fold, shortened

Reader = Callable[[re.Match[str], date], DayExpression]
_ORDINAL = r"(?:st|nd|rd|th)"
_DAY = rf"(?P<day>[0-9]{{1,2}}){_ORDINAL}?"
_YEAR = r"(?:[ -](?P<year>[0-9]{4}))?"
_DAY_MONTH = rf"(?:the )?{_DAY}[ -]?(?:of )?(?P<month>{MONTH}){_YEAR}"
_MONTH_DAY = rf"(?P<month>{MONTH})[ -]?(?:the )?{_DAY}{_YEAR}"
_TO_12, _FROM_13 = "0?[1-9]|1[0-2]", "1[3-9]|2[0-9]|3[01]"
_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY}) )?"

LONGEST_PHRASE = 7  # words: "on the day before yesterday late evening"
_GLUED = rf"{MONTH}[-0-9]"

_FIRST_WORDS = (
    word_set(
        "today tonight yesterday yday tomorrow last this next past earlier just the day in on at "
        "over half few some several many end weekend during quarter fortnight"
    )
    | CALENDAR_WORDS
    | frozenset(word.split()[0] for word in NUMBERS)
)

_WEEKS = {"last": -1, "this": 0, "next": 1}

_PART = r"(?: (?:early |late |in the |at )?(?:morning|afternoon|evening|night|lunchtime))?"
_WEEKS_AGO = rf"(?P<count>{NUMBER}) ?(?:weeks?|wks?|w) ago"
_COUNT = rf"(?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_CLOCK = rf"(?:(?P<hours>{NUMBER}) ?(?:h|hrs?|hours?)|half an hour|{NUMBER} ?(?:mins?|minutes?))"

_HOW = "write it like 1815-12-10, or 12-10 without the year"
_SLASHED = r"(?P<first>[0-9]{1,2})([/-])(?P<second>[0-9]{1,2})\2(?P<year>[0-9]{4})"
_NUMBERS = r"(?:--?)?([0-9]{1,2})-?([0-9]{2})"

WEEKDAY_AND_DAY = rf"(?P<weekday>{WEEKDAY}) (?P<day>0?[1-9]|[12][0-9]|3[01])"


class Phrase(NamedTuple):
    """A day phrase at the beginning of some words. words: how many of them it takes."""

    said: DayExpression
    text: str
    words: int

    @property
    def is_outside(self) -> bool:
        """Whether it is a day that no calendar has."""
        return isinstance(self.said, Refused) and OUTSIDE in self.said.message


def match_phrase(words: Sequence[str], today: date) -> Phrase | None:
    """The longest day phrase that these folded words begin with.

    Never raises: an impossible day is a phrase that raises once its day is asked for.
    """
    if not words or not _may_begin(words[0]):
        return None
    text = " ".join(words[:LONGEST_PHRASE])
    found = [(match, read) for pattern, read in _PHRASES if (match := re.match(pattern, text))]
    if not found:
        return None
    match, read = max(found, key=lambda one: one[0].end())
    return Phrase(_read(read, match, today), match[0], match[0].count(" ") + 1)


def read_birthday(text: str, today: date) -> tuple[int | None, int, int]:
    """Year (None if it was not said), month and day; 29 February stays as it is.

    Raises NotUnderstood for a day that does not exist or is still to come.
    """
    said = _said(" ".join(plain_words(fold(text))), today)
    if isinstance(said, Yearly):
        return None, said.month, said.day
    if said is None or not isinstance(said, Fixed):
        if said is not None:
            said.latest(today)
        raise NotUnderstood(f"'{text}' is not a birthday", _HOW)
    if said.on > today:
        raise NotUnderstood(f"'{text}' is still to come", _HOW)
    return said.on.year, said.on.month, said.on.day


def two_days(text: str) -> tuple[date, date] | None:
    """The days that `2/3/1985` could be, day first and month first; None for any other text."""
    match = re.fullmatch(_SLASHED, text)
    return None if match is None else _either_way(*map(int, match.group("first", "second", "year")))


def _either_way(first: int, second: int, year: int) -> tuple[date, date] | None:
    if first == second or not (year and 1 <= first <= 12 and 1 <= second <= 12):
        return None
    return date(year, second, first), date(year, first, second)


def plain_words(folded: str) -> list[str]:
    """The words of a folded day phrase, without commas and final points."""
    return [bare for word in folded.replace(",", " ").split() if (bare := word.rstrip("."))]


def _iso(match: re.Match[str], _: date) -> DayExpression:
    return dated(int(match["year"]), int(match["month"]), int(match["day"]))


def _named_month(match: re.Match[str], _: date) -> DayExpression:
    year, weekday = match["year"], match["weekday"]
    said = dated(int(year) if year else None, MONTHS[match["month"]], int(match["day"]))
    return OnWeekday(said, WEEKDAYS[weekday]) if weekday else said


def _slashed(match: re.Match[str], _: date) -> DayExpression:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if days := _either_way(first, second, year):
        return Refused(f"'{match[0]}' could be two days", f"write {days[0]} or {days[1]}")
    day, month = (second, first) if second > 12 else (first, second)
    return dated(year, month, day)


def _without_year(match: re.Match[str], _: date) -> DayExpression:
    return Refused(f"'{match[0]}' could be two days", "write the month in letters, like 3 nov")


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


def _read(read: Reader, match: re.Match[str], today: date) -> DayExpression:
    try:
        return read(match, today)
    except NotUnderstood as error:
        return Refused(f"'{shortened(match[0])}': {error.message}", error.hint or "write the date")


def _may_begin(word: str) -> bool:
    return word in _FIRST_WORDS or word[0].isdecimal() or re.match(_GLUED, word) is not None


def _days_away(days: int) -> Reader:
    return lambda _, today: Fixed(shift(today, days, "d"))


def _span(direction: int) -> Reader:
    return lambda match, today: Fixed(
        shift(today, direction * number(match["count"]), match["unit"])
    )


def _nights_ago(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(shift(today, -number(match["count"]), "d"))


def _hours_ago(match: re.Match[str], today: date) -> DayExpression:
    hours = match["hours"]
    if hours is not None and number(hours) > 12:
        return Refused(f"'{match[0]}' could be two days", "write today, yesterday or the date")
    return Fixed(today)


def _vague(match: re.Match[str], _: date) -> DayExpression:
    return Refused(f"'{match[0]}' could be several days", "write it like 3 days ago, or the date")


def _weekday(match: re.Match[str], _: date) -> DayExpression:
    return Weekday(WEEKDAYS[match["weekday"]])


def _last_weekday(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(Weekday(WEEKDAYS[match["weekday"]]).latest(shift(today, -1, "d")))


def _of_week(today: date, weekday: int, weeks: int) -> date:
    return shift(today, weekday - today.weekday() + 7 * weeks, "d")


def _weekday_of_week(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(_of_week(today, WEEKDAYS[match["weekday"]], _WEEKS[match["which"]]))


def _weekdays_ago(match: re.Match[str], today: date) -> DayExpression:
    latest = Weekday(WEEKDAYS[match["weekday"]]).latest(shift(today, -1, "d"))
    return Fixed(shift(latest, -7 * (number(match["count"]) - 1), "d"))


def _weekday_weeks_ago(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(_of_week(today, WEEKDAYS[match["weekday"]], -number(match["count"])))


def _next_weekday(match: re.Match[str], today: date) -> DayExpression:
    weekday = match["weekday"]
    soonest = Weekday(WEEKDAYS[weekday]).soonest(shift(today, 1, "d"))
    later = _of_week(today, WEEKDAYS[weekday], 1)
    if soonest != later:
        return Refused(
            f"'{match[0]}' could be {soonest} or {later}", f"write {weekday} or {weekday} next week"
        )
    return Fixed(soonest)


def _last_unit(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(shift(today, -1, match["unit"]))


def _next_unit(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(shift(today, 1, match["unit"]))


def _weekend(match: re.Match[str], today: date) -> DayExpression:
    """The Saturday of a weekend; `last` is the weekend before this week."""
    return Fixed(_of_week(today, 5, -1)) if match["which"] == "last" else Weekday(5)


def _end_of(match: re.Match[str], today: date) -> DayExpression:
    weeks, unit = _WEEKS[match["which"] or "this"], match["unit"]
    if unit == "week":
        return Fixed(_of_week(today, 6, weeks))
    day = shift(today, weeks, unit)
    return Fixed(clipped(day.year, 12 if unit == "year" else day.month, 31))


_RELATIVE: tuple[tuple[str, Reader], ...] = (
    (r"(?:earlier |later )?today|tonight|just now", _days_away(0)),
    (r"this (?:morning|afternoon|evening|lunchtime)", _days_away(0)),
    (rf"(?:yesterday|yday){_PART}|last (?:night|evening)", _days_away(-1)),
    (rf"(?:the )?(?:day before yesterday{_PART}|night before last)", _days_away(-2)),
    (rf"(?P<count>{NUMBER}) nights ago", _nights_ago),
    (r"(?:a )?fortnight ago", _days_away(-14)),
    (rf"in (?:{MONTH})(?: [0-9]{{4}})?", _vague),
    (rf"tomorrow{_PART}", _days_away(1)),
    (rf"(?:the )?day after tomorrow{_PART}", _days_away(2)),
    (rf"{_COUNT} ago", _span(-1)),
    (rf"in {_COUNT}(?: time)?", _span(1)),
    (rf"{_COUNT} from (?:now|today)", _span(1)),
    (rf"{_CLOCK} ago", _hours_ago),
    (
        r"(?:a |the last |the past )?(?:few|some|several|many) (?:days|weeks|months|years) ago",
        _vague,
    ),
    (r"the other (?:day|evening|night|week|month)", _vague),
    (rf"(?P<weekday>{WEEKDAY}){_PART}", _weekday),
    (rf"(?P<count>{NUMBER}) (?P<weekday>{WEEKDAY})s? ago", _weekdays_ago),
    (rf"{_WEEKS_AGO}(?: on)? (?P<weekday>{WEEKDAY}){_PART}", _weekday_weeks_ago),
    (rf"(?P<weekday>{WEEKDAY}){_PART} {_WEEKS_AGO}", _weekday_weeks_ago),
    (rf"(?:last|past) (?P<weekday>{WEEKDAY}){_PART}", _last_weekday),
    (rf"next (?P<weekday>{WEEKDAY}){_PART}", _next_weekday),
    (rf"(?P<which>this) (?P<weekday>{WEEKDAY}){_PART}", _weekday_of_week),
    (rf"(?P<weekday>{WEEKDAY}){_PART}(?: of)? (?P<which>last|this|next) week", _weekday_of_week),
    (rf"(?P<which>last|this|next) week(?: on)? (?P<weekday>{WEEKDAY}){_PART}", _weekday_of_week),
    (r"last (?P<unit>week|month|year)", _last_unit),
    (r"next (?P<unit>week|month|year)", _next_unit),
    (r"(?:(?:at|on|over|during) )?(?:the |(?P<which>last|this) )weekend", _weekend),
    (r"(?:the )?end of (?:the |(?P<which>this|next) )?(?P<unit>week|month|year)", _end_of),
)
_PHRASES: tuple[tuple[str, Reader], ...] = tuple(
    (rf"(?:on )?(?:{pattern})(?!\S)", read) for pattern, read in (*_RELATIVE, *DATES)
)


def _said(words: str, today: date) -> DayExpression | None:
    if numbers := re.fullmatch(_NUMBERS, words):
        return dated(None, int(numbers[1]), int(numbers[2]))
    for pattern, read in DATES:
        if match := re.fullmatch(pattern, words):
            return read(match, today)
    return None
