"""The day phrases: `yesterday`, `last tue`, `two weeks ago`, `next week`, and every date."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import (
    CALENDAR_WORDS,
    MONTH,
    NUMBER,
    NUMBERS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    clipped,
    number,
    shift,
    word_set,
)
from connect_cli.language.dates import DATES, Reader
from connect_cli.language.said import Fixed, Refused, Said, Weekday

LONGEST_PHRASE = 7  # words: "on the day before yesterday late evening"


class Phrase(NamedTuple):
    """A day phrase at the beginning of some words, and how many of them it takes."""

    said: Said
    text: str
    words: int


def plain_words(folded: str) -> list[str]:
    """The words of a folded day phrase without the commas and points that people put there."""
    return [bare for word in folded.replace(",", " ").split() if (bare := word.rstrip("."))]


def match_phrase(words: Sequence[str], today: date) -> Phrase | None:
    """The longest day phrase that these folded words begin with.

    Never raises: an impossible day is a phrase whose day, once asked for, is refused.
    """
    if not words or not _may_begin(words[0]):
        return None
    text = " ".join(words[:LONGEST_PHRASE])
    found = [(match, read) for pattern, read in _PHRASES if (match := re.match(pattern, text))]
    if not found:
        return None
    match, read = max(found, key=lambda one: one[0].end())
    return Phrase(_read(read, match, today), match[0], match[0].count(" ") + 1)


def _read(read: Reader, match: re.Match[str], today: date) -> Said:
    try:
        return read(match, today)
    except NotUnderstood as error:
        return Refused(f"'{match[0]}': {error.message}", error.hint or "write the date")


_FIRST_WORDS = (
    word_set(
        "today tonight yesterday yday tomorrow last this next past earlier just the day in on at "
        "over half few some several many end weekend during quarter fortnight"
    )
    | CALENDAR_WORDS
    | frozenset(word.split()[0] for word in NUMBERS)
)
_GLUED = rf"{MONTH}[-0-9]"


def _may_begin(word: str) -> bool:
    return word in _FIRST_WORDS or word[0].isdecimal() or re.match(_GLUED, word) is not None


def _days_away(days: int) -> Reader:
    return lambda _, today: Fixed(shift(today, days, "d"))


def _span(direction: int) -> Reader:
    return lambda match, today: Fixed(
        shift(today, direction * number(match["count"]), match["unit"])
    )


def _nights_ago(match: re.Match[str], today: date) -> Said:
    return Fixed(shift(today, -number(match["count"]), "d"))


def _hours_ago(match: re.Match[str], today: date) -> Said:
    hours = match["hours"]
    if hours is not None and number(hours) > 12:
        return Refused(f"'{match[0]}' could be two days", "write today, yesterday or the date")
    return Fixed(today)


def _vague(match: re.Match[str], _: date) -> Said:
    return Refused(f"'{match[0]}' could be several days", "write it like 3 days ago, or the date")


def _weekday(match: re.Match[str], _: date) -> Said:
    return Weekday(WEEKDAYS[match["weekday"]])


def _last_weekday(match: re.Match[str], today: date) -> Said:
    return Fixed(Weekday(WEEKDAYS[match["weekday"]]).latest(shift(today, -1, "d")))


_WEEKS = {"last": -1, "this": 0, "next": 1}


def _of_week(today: date, weekday: int, weeks: int) -> date:
    return shift(today, weekday - today.weekday() + 7 * weeks, "d")


def _weekday_of_week(match: re.Match[str], today: date) -> Said:
    return Fixed(_of_week(today, WEEKDAYS[match["weekday"]], _WEEKS[match["which"]]))


def _weekdays_ago(match: re.Match[str], today: date) -> Said:
    latest = Weekday(WEEKDAYS[match["weekday"]]).latest(shift(today, -1, "d"))
    return Fixed(shift(latest, -7 * (number(match["count"]) - 1), "d"))


def _weekday_weeks_ago(match: re.Match[str], today: date) -> Said:
    return Fixed(_of_week(today, WEEKDAYS[match["weekday"]], -number(match["count"])))


def _next_weekday(match: re.Match[str], today: date) -> Said:
    weekday = match["weekday"]
    soonest = Weekday(WEEKDAYS[weekday]).soonest(shift(today, 1, "d"))
    later = _of_week(today, WEEKDAYS[weekday], 1)
    if soonest != later:
        return Refused(
            f"'{match[0]}' could be {soonest} or {later}", f"write {weekday} or {weekday} next week"
        )
    return Fixed(soonest)


def _last_unit(match: re.Match[str], today: date) -> Said:
    return Fixed(shift(today, -1, match["unit"]))


def _next_unit(match: re.Match[str], today: date) -> Said:
    return Fixed(shift(today, 1, match["unit"]))


def _weekend(match: re.Match[str], today: date) -> Said:
    """A weekend is its Saturday; `last` is the one before this week."""
    return Fixed(_of_week(today, 5, -1)) if match["which"] == "last" else Weekday(5)


def _end_of(match: re.Match[str], today: date) -> Said:
    weeks, unit = _WEEKS[match["which"] or "this"], match["unit"]
    if unit == "week":
        return Fixed(_of_week(today, 6, weeks))
    day = shift(today, weeks, unit)
    return Fixed(clipped(day.year, 12 if unit == "year" else day.month, 31))


_PART = r"(?: (?:early |late |in the |at )?(?:morning|afternoon|evening|night|lunchtime))?"
_WEEKS_AGO = rf"(?P<count>{NUMBER}) ?(?:weeks?|wks?|w) ago"
_COUNT = rf"(?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_CLOCK = rf"(?:(?P<hours>{NUMBER}) ?(?:h|hrs?|hours?)|half an hour|{NUMBER} ?(?:mins?|minutes?))"
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
