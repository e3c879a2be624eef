"""Days counted from today: `yesterday`, `last tue`, `2 weeks ago`, `a week last friday`."""

import re
from datetime import date

from connect_cli.language.calendar import (
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    clipped,
    number,
    shift,
)
from connect_cli.language.day_expression import DayExpression, Fixed, Refused, Weekday
from connect_cli.language.day_forms import AGO, COUNTS, IN_WEEKDAYS, PART, Form, Reader, form

_WEEKS = {"last": -1, "this": 0, "next": 1}
_COUNT = rf"(?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_WEEKS_AGO = rf"(?P<count>{NUMBER}) ?(?:weeks?|wks?|w) (?:ago|back)"
# `3 weeks back home with Mum` was no day.
_BACK = r"back(?! (?:home|in|to|from|together|at|there|here|then|up|and)\b)"
_CLOCK = rf"(?:(?P<hours>{NUMBER}) ?(?:h|hrs?|hours?)|half an hour|{NUMBER} ?(?:mins?|minutes?))"
_WEEKDAY = rf"(?P<weekday>{WEEKDAY})"
_YESTERDAY = "(?:yesterday|yday|y'day|ystd|yest)"


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
        days = (Fixed(today), Fixed(shift(today, -1, "d")))
        hint = "write today, yesterday or the date"
        return Refused(f"'{match[0]}' could be two days", hint, days, ("today", "yesterday"))
    return Fixed(today)


def vague(match: re.Match[str], _: date) -> DayExpression:
    """A phrase that could be any of many days."""
    return Refused(f"'{match[0]}' could be several days", "write it like 3 days ago, or the date")


def _this_week(match: re.Match[str], today: date) -> DayExpression:
    days = tuple(Fixed(shift(today, -days, "d")) for days in range(today.weekday() + 1))
    return Refused(f"'{match[0]}' could be several days", "write the weekday, or the date", days)


def _weekday(match: re.Match[str], _: date) -> DayExpression:
    return Weekday(WEEKDAYS[match["weekday"]])


def _newest(match: re.Match[str], today: date) -> date:
    return Weekday(WEEKDAYS[match["weekday"]]).latest(shift(today, -1, "d"))


def _last_weekday(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(_newest(match, today))


def _of_week(today: date, weekday: int, weeks: int) -> date:
    return shift(today, weekday - today.weekday() + 7 * weeks, "d")


def _weekday_of_week(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(_of_week(today, WEEKDAYS[match["weekday"]], _WEEKS[match["which"]]))


def _weekdays_ago(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(shift(_newest(match, today), -7 * (number(match["count"]) - 1), "d"))


def _weekday_weeks_ago(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(_of_week(today, WEEKDAYS[match["weekday"]], -number(match["count"])))


def _weeks_before_last(match: re.Match[str], today: date) -> DayExpression:
    return Fixed(shift(_newest(match, today), -number(match["count"]), "w"))


def _weeks_after(match: re.Match[str], today: date) -> DayExpression:
    soonest = Weekday(WEEKDAYS[match["weekday"]]).soonest(shift(today, 1, "d"))
    return Fixed(shift(soonest, number(match["count"]), "w"))


def _weekday_week(match: re.Match[str], today: date) -> DayExpression:
    weekday = match["weekday"]
    before = shift(_newest(match, today), -1, "w")
    after = shift(Weekday(WEEKDAYS[weekday]).soonest(shift(today, 1, "d")), 1, "w")
    return Refused(
        f"'{match[0]}' could be {before} or {after}",
        f"write a week last {weekday}, or a week on {weekday}",
        (Fixed(before), Fixed(after)),
        (f"a week last {weekday}", f"a week on {weekday}"),
    )


def _next_weekday(match: re.Match[str], today: date) -> DayExpression:
    weekday = match["weekday"]
    soonest = Weekday(WEEKDAYS[weekday]).soonest(shift(today, 1, "d"))
    later = _of_week(today, WEEKDAYS[weekday], 1)
    if soonest != later:
        return Refused(
            f"'{match[0]}' could be {soonest} or {later}",
            f"write {weekday} or {weekday} next week",
            (Fixed(soonest), Fixed(later)),
            (weekday, f"{weekday} next week"),
        )
    return Fixed(soonest)


def _unit(direction: int) -> Reader:
    return lambda match, today: Fixed(shift(today, direction, match["unit"]))


def _weekend(match: re.Match[str], today: date) -> DayExpression:
    """The Saturday of a weekend; `last` is the weekend before this week."""
    return Fixed(_of_week(today, 5, -1)) if match["which"] == "last" else Weekday(5)


def _end_of(match: re.Match[str], today: date) -> DayExpression:
    weeks, unit = _WEEKS[match["which"] or "this"], match["unit"]
    if unit == "week":
        return Fixed(_of_week(today, 6, weeks))
    day = shift(today, weeks, unit)
    return Fixed(clipped(day.year, 12 if unit == "year" else day.month, 31))


RELATIVE: tuple[Form, ...] = (
    form("today earlier later", r"(?:earlier |later )?today", _days_away(0)),
    form("tonight tonite just", r"tonight|tonite|just now", _days_away(0)),
    form(
        "this earlier later",
        r"(?:earlier |later )?this (?:mornin|morning|afternoon|arvo|evenin|evening|lunchtime)",
        _days_away(0),
    ),
    form("yesterday yday y'day ystd yest", rf"{_YESTERDAY}{PART}", _days_away(-1)),
    form("last", r"last (?:night|nite|evening)", _days_away(-1)),
    form("the day", rf"(?:the )?day before {_YESTERDAY}{PART}", _days_away(-2)),
    form("the night evening", r"(?:the )?(?:night|evening) before last", _days_away(-2)),
    form(COUNTS, rf"(?P<count>{NUMBER}) nights (?:ago|{_BACK})", _nights_ago, AGO),
    form("a fortnight", r"(?:a )?fortnight ago", _days_away(-14)),
    form("in", rf"in (?:{MONTH})(?: [0-9]{{4}})?", vague),
    form("tomorrow", rf"tomorrow{PART}", _days_away(1)),
    form("the day", rf"(?:the )?day after tomorrow{PART}", _days_away(2)),
    form(COUNTS, rf"{_COUNT} (?:ago|{_BACK})(?: today)?", _span(-1), AGO),
    form("in", rf"in {_COUNT}(?: time)?", _span(1)),
    form(COUNTS, rf"{_COUNT} from (?:now|today)", _span(1), (" from ",)),
    form(COUNTS | {"half"}, rf"{_CLOCK} ago", _hours_ago, AGO),
    form(
        "a the few some several many",
        r"(?:a |the last |the past )?(?:few|some|several|many) (?:days|weeks|months|years)"
        rf" (?:ago|{_BACK})",
        vague,
    ),
    form("the", r"the other (?:day|evening|night|week|month)", vague),
    form(
        "this earlier later",
        r"(?:earlier|later) in the week|(?:earlier |later )?this week",
        _this_week,
    ),
    form(IN_WEEKDAYS, rf"{_WEEKDAY}{PART}", _weekday),
    form(IN_WEEKDAYS, rf"{_WEEKDAY} week", _weekday_week, (" week",)),
    form(COUNTS, rf"(?P<count>{NUMBER}) {_WEEKDAY}s? (?:ago|{_BACK})", _weekdays_ago, AGO),
    form(COUNTS, rf"{_WEEKS_AGO}(?: on)? {_WEEKDAY}{PART}", _weekday_weeks_ago, AGO),
    form(
        COUNTS,
        rf"(?P<count>{NUMBER}) ?(?:weeks?|wks?|w)(?: ago)? last {_WEEKDAY}{PART}",
        _weeks_before_last,
        (" last ",),
    ),
    form(
        COUNTS,
        rf"(?P<count>{NUMBER}) ?(?:weeks?|wks?|w) on {_WEEKDAY}{PART}",
        _weeks_after,
        (" on ",),
    ),
    form(IN_WEEKDAYS, rf"{_WEEKDAY}{PART} {_WEEKS_AGO}", _weekday_weeks_ago, AGO),
    form("last past", rf"(?:last|past) {_WEEKDAY}{PART}", _last_weekday),
    form("next", rf"next {_WEEKDAY}{PART}", _next_weekday),
    form("this", rf"(?P<which>this) {_WEEKDAY}{PART}", _weekday_of_week),
    form(
        IN_WEEKDAYS,
        rf"{_WEEKDAY}{PART}(?: of)? (?P<which>last|this|next) week",
        _weekday_of_week,
        (" week",),
    ),
    form(
        "last this next",
        rf"(?P<which>last|this|next) week(?: on)? {_WEEKDAY}{PART}",
        _weekday_of_week,
        (" week",),
    ),
    form("last", r"last (?P<unit>week|month|year)", _unit(-1)),
    form("next", r"next (?P<unit>week|month|year)", _unit(1)),
    form(
        IN_WEEKDAYS | {"the"},
        rf"(?:the )?{_WEEKDAY} before last",
        lambda match, today: Fixed(shift(_newest(match, today), -1, "w")),
        (" before last",),
    ),
    form(
        "the weekend",
        r"(?:the )?weekend before last",
        lambda _, today: Fixed(_of_week(today, 5, -2)),
    ),
    form(
        "at on over during the last this weekend",
        r"(?:(?:at|on|over|during) )?(?:the |(?P<which>last|this) )weekend",
        _weekend,
    ),
    form(
        "the end",
        r"(?:the )?end of (?:the |(?P<which>this|next) )?(?P<unit>week|month|year)",
        _end_of,
    ),
)
