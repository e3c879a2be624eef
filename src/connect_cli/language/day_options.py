"""Days and intervals as options and answers say them, looking back or ahead."""

import re
from datetime import date

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.calendar import (
    MONTH,
    MONTHS,
    NUMBER,
    UNIT,
    months_between,
    number,
    plus_days,
    shift,
)
from connect_cli.language.dates import WEEKDAY_AND_DAY, match_phrase, plain_words
from connect_cli.language.day_expression import DayExpression, Fixed, UnclearDay, Weekday, Yearly
from connect_cli.language.months import (
    coming_day_of_month,
    following_month,
    is_month,
    month_interval,
)
from connect_cli.language.near_day import near_day
from connect_cli.language.words import fold

_SPAN = rf"(?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_MOST_DIGITS = 9  # of a number of days; all that long are too many
LEADING = frozenset({"by", "on", "until", "till", "for"})
"""Words that may stand before a coming day and do not change it: `until june`, `for 2 weeks`."""
_PAST_HOW = "write it like yesterday, tue, 3 nov or 2026-11-03"
_COMING_HOW = "write it like tomorrow, fri, in 2 weeks, june, 3 dec or 2026-12-03"

_SINCE_UNIT = r"(?P<which>this|last) (?P<unit>week|month|year)"
_YEAR = r"(?P<year>[0-9]{4})(?:-(?P<number>[0-9]{2}))?"
_MONTH = rf"(?:in )?(?:last )?(?P<month>{MONTH})(?: (?P<year>[0-9]{{4}}))?"

# Two dates without a year that seem to run backwards span a new year: 24 dec to 2 jan.
LONGEST_TURN_DAYS = 150
# A date without a year that was so long ago and comes again so soon could be a mistake.
LONG_AGO_MONTHS = 9
SOON_DAYS = 91
_AGO = {9: "nine", 10: "ten", 11: "eleven"}
# A date without a year that has just passed is meant, not the one in eleven months.
JUST_OVER_DAYS = 31
_HOW = "write it like '3 aug to 17 aug', 'june', '3 weeks', 'until fri' or 'from 3 aug'"
_ENDED = r"(?:from )?(?P<start>\S.*?) ?(?: to | till | until |\.\.|--| - )(?P<end>.+)"
_COUNTED = rf"(?:from )?(?:(?P<start>\S.*) )?for (?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_OPEN = r"(?:from|since) (?P<start>.+)"
_UNTIL = r"(?:until|till|to) (?P<end>.+)"
_ONE_DAY = {"today": 0, "tomorrow": 1}  # other days alone could be the first or the last of several
_UNIT = r"(?P<which>this|next|last) (?P<unit>week|month)"
_NUMERAL = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DASHED = (
    r"(?:from )?(?:(?P<before>[a-z]+) )?"
    r"(?P<start>[0-9]{1,2})-(?P<end>[0-9]{1,2})(?: (?P<after>[a-z]+))?"
)


def read_past_day(text: str, today: date) -> date:
    """The day on which something happened; a weekday or a date without a year is the last one.

    Raises NotUnderstood for a text that is no day, or a day that does not exist or is to come.
    """
    return past(_day_said(text, today, _PAST_HOW), text, today)


def read_coming_day(text: str, today: date) -> date:
    """The day of something planned, with or without `until`, `on`, `for` or `by` before it.

    A weekday is the next one, `2w` is in two weeks, a month is its first day.
    Raises NotUnderstood for a text that is no day, or a day that does not exist or is past.
    """
    words = _words(text)
    bare = words[1:] if words[:1] and words[0] in LEADING else words
    said = " ".join(bare)
    if (span := re.fullmatch(_SPAN, said)) is not None:
        on = shift(today, number(span["count"]), span["unit"])
    elif (of_month := coming_day_of_month(said, today)) is not None:
        on = of_month
    else:
        said = " ".join(words) if words[:1] == ["on"] else said
        on = _coming(_day_said(said or text, today, _COMING_HOW), today)
    if on < today:
        raise NotUnderstood(f"{_that_is(text, on)} past", _COMING_HOW)
    return on


def read_days_ahead(text: str, today: date) -> int:
    """How many days, today among them: a number, `3 weeks`, or up to a day to come.

    Raises NotUnderstood like `read_coming_day`.
    """
    words = _words(text)
    said = " ".join(words[1:] if words[:1] and words[0] in LEADING else words)
    if said.isdecimal() and said.isascii():
        return int(said[:_MOST_DIGITS])
    on = read_coming_day(text, today)
    return (on - today).days + (re.fullmatch(_SPAN, said) is None)


def read_since(text: str, today: date) -> date:
    """The first day of an interval up to today: any past day, `3m`, `2025`, `march`, `last month`.

    Raises NotUnderstood like `read_past_day`.
    """
    joined = " ".join(_words(text)).removeprefix("since ")
    on = _first_day(joined, today)
    if on is None:
        said = joined or text
        on = _up_to(_day_said(said, today, _PAST_HOW), said, today)
    if on > today:
        raise NotUnderstood(f"'{text}' is still to come", _PAST_HOW)
    return on


def read_interval(text: str, today: date) -> tuple[date, date | None]:
    """First and last day, both included; None as last day if the end is open.

    The interval lies ahead but may begin in the past; with years it may lie wholly in the past.
    Raises NotUnderstood.
    """
    words = _with_to(" ".join(plain_words(fold(text).replace("—", " to "))))
    start, end = _ends(words, text, today)
    if end is not None and end < start:
        raise NotUnderstood(f"'{text}' ends on {end}, before it begins on {start}", _HOW)
    return start, end


def past(said: DayExpression, text: str, today: date, hint: str = "") -> date:
    """The newest such day up to today.

    Raises NotUnderstood if it is still to come; UnclearDay if several days could be meant, as by a
    day without a year that was eleven months ago and is tomorrow.
    """
    on = _up_to(said, text, today, hint)
    if isinstance(said, Yearly):
        _check_year(said, on, text, today)
    return on


def _up_to(said: DayExpression, text: str, today: date, hint: str = "") -> date:
    on = said.latest(today)
    if on > today:
        raise NotUnderstood(f"{_that_is(text, on)} still to come", hint or _still_to_come())
    return on


def _check_year(said: Yearly, on: date, text: str, today: date) -> None:
    """Raises UnclearDay if the newest such day is long ago and the next one soon."""
    months = months_between(on, today)
    soon = _soonest(said, today) if months >= LONG_AGO_MONTHS else None
    if soon is None or soon > plus_days(today, SOON_DAYS):
        return
    days = (soon - today).days
    when = "tomorrow" if days == 1 else f"in {days} days"
    raise UnclearDay(
        f"'{text}' was {_AGO.get(months, months)} months ago and is {when}",
        f"write {on} if you mean that day",
        (on, soon),
        (str(on), str(soon)),
    )


def _soonest(said: DayExpression, today: date) -> date | None:
    try:
        return said.soonest(today)
    except NotUnderstood:
        return None


def _still_to_come() -> str:
    planned = f"{as_typed('promise')} NAME TEXT, {as_typed('ask')} NAME TEXT"
    return f"log only what has happened; for plans: {planned}"


def _that_is(text: str, on: date) -> str:
    return f"{on} is" if str(on) in text else f"'{text}' is {on}, which is"


def _coming(said: DayExpression, today: date) -> date:
    """`fri` said on a Friday is the next one; today has its own word."""
    return said.soonest(shift(today, 1, "d") if isinstance(said, Weekday) else today)


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


def _day_said(text: str, today: date, how: str) -> DayExpression:
    words = _words(text)
    phrase = match_phrase(words, today)
    if phrase is not None and phrase.words == len(words):
        return phrase.said
    near = near_day(words, today)
    if near is not None and near.words == len(words):
        said = near.suggestions
        raise UnclearDay(f"'{text}' is not a day", f"did you mean {' or '.join(said)}?", (), said)
    raise NotUnderstood(_why_no_day(text, words), how)


def _why_no_day(text: str, words: list[str]) -> str:
    if not words:
        return "no day was given"
    if is_month(" ".join(words)):
        return f"'{text}' is a month, not a day"
    return f"'{text}' is not a day"


def _with_to(words: str) -> str:
    """`3-17 aug` and `aug 3-17` as `3 aug to 17 aug`."""
    if (dashed := re.fullmatch(_DASHED, words)) is None:
        return words
    month = dashed["before"] or dashed["after"] or ""
    return f"{dashed['start']} {month} to {dashed['end']} {month}"


def _ends(words: str, text: str, today: date) -> tuple[date, date | None]:
    if (whole := _whole(words, today)) is not None:
        return whole
    if counted := re.fullmatch(_COUNTED, words):
        start = (
            _interval_said(counted["start"], text, today).soonest(today)
            if counted["start"]
            else today
        )
        return start, shift(shift(start, number(counted["count"]), counted["unit"]), -1, "d")
    if until := re.fullmatch(_UNTIL, words):
        return today, _last_day(until["end"], text, today)
    if ended := re.fullmatch(_ENDED, words):
        return _between(*_sharing_month(ended["start"], ended["end"]), text, today)
    if began := re.fullmatch(_OPEN, words):
        return _nearest(_interval_said(began["start"], text, today), today), None
    raise NotUnderstood(f"'{text}' does not say from when to when", _HOW)


def _whole(words: str, today: date) -> tuple[date, date] | None:
    """All of a week, a month or several, a span from today on (`3 weeks`), or `tomorrow`."""
    if words in _ONE_DAY:
        return (shift(today, _ONE_DAY[words], "d"),) * 2
    if unit := re.fullmatch(_UNIT, words):
        return _whole_unit(unit["unit"], {"last": -1, "this": 0, "next": 1}[unit["which"]], today)
    if span := re.fullmatch(_SPAN, words):
        return today, shift(shift(today, number(span["count"]), span["unit"]), -1, "d")
    return month_interval(words, today)


def _last_day(words: str, text: str, today: date) -> date:
    """The end of `until fri` and `until 2 weeks`, as a pause has it."""
    if span := re.fullmatch(_SPAN, words):
        return shift(today, number(span["count"]), span["unit"])
    return _interval_said(words, text, today).soonest(today)


def _whole_unit(unit: str, which: int, today: date) -> tuple[date, date]:
    """This week or month, or one so many before or after it."""
    if unit == "month":
        month = following_month(today, which)
        return month.first, month.last
    monday = shift(today, 7 * which - today.weekday(), "d")
    return monday, shift(monday, 6, "d")


def _sharing_month(start: str, end: str) -> tuple[str, str]:
    """`3` and `17 aug` as `3 aug` and `17 aug`; `aug 3` and `17` likewise; `fri 3` and `17`."""
    if re.fullmatch(_NUMERAL, start):
        return f"{start} {re.sub(_NUMERAL, '', end, count=1)}".strip(), end
    if re.fullmatch(_NUMERAL, end):
        if re.fullmatch(WEEKDAY_AND_DAY, start):
            return start, f"the {end.rstrip('stndrh')}th"
        return start, f"{re.sub(_NUMERAL, '', start, count=1)} {end}".strip()
    return start, end


def _between(start: str, end: str, text: str, today: date) -> tuple[date, date]:
    first, last = _interval_said(start, text, today), _interval_said(end, text, today)
    if isinstance(first, Fixed) and isinstance(last, Weekday):
        return first.on, last.soonest(max(shift(first.on, 1, "d"), today))
    if isinstance(first, Fixed):
        return first.on, last.soonest(first.on)
    until = _nearest(last, today) if isinstance(last, Yearly) else last.soonest(today)
    since = first.latest(until)
    if since.year < until.year and (until - since).days > LONGEST_TURN_DAYS:
        raise NotUnderstood(f"'{text}' ends before it begins", _HOW)
    return since, until


def _nearest(said: DayExpression, today: date) -> date:
    return said.soonest(shift(today, -JUST_OVER_DAYS, "d") if isinstance(said, Yearly) else today)


def _interval_said(words: str, text: str, today: date) -> DayExpression:
    if (of_month := coming_day_of_month(words, today)) is not None:
        return Fixed(of_month)
    phrase = match_phrase(words.split(), today)
    if phrase is None or phrase.words != len(words.split()):
        raise NotUnderstood(f"'{words}' in '{text}' is not a day", _HOW)
    return phrase.said
