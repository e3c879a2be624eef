"""Days as options and answers say them, looking back or ahead, and intervals that lie ahead.

Intervals that are over, or last until today, are read in `spans`.
"""

import re
from datetime import date

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.calendar import (
    NUMBER,
    UNIT,
    months_between,
    number,
    plus_days,
    shift,
    whole_unit,
)
from connect_cli.language.dates import WEEKDAY_AND_DAY, match_phrase, plain_words
from connect_cli.language.day_expression import DayExpression, Fixed, UnclearDay, Weekday, Yearly
from connect_cli.language.months import (
    coming_day_of_month,
    is_month,
    month_interval,
)
from connect_cli.language.near_day import near_day
from connect_cli.language.words import fold

COUNTED_SPAN = rf"(?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_MOST_DIGITS = 9  # of a number of days; all that long are too many
LEADING = frozenset({"by", "on", "until", "till", "for"})
"""Words that may stand before a coming day and do not change it: `until june`, `for 2 weeks`."""
_PAST_HOW = "write it like yesterday, tue, 3 nov or 2026-11-03"
_COMING_HOW = "write it like tomorrow, fri, in 2 weeks, june, 3 dec or 2026-12-03"

# Two dates without a year that seem to run backwards span a new year: 24 dec to 2 jan.
LONGEST_TURN_DAYS = 150
# A date without a year that was so long ago and comes again so soon could be a mistake.
LONG_AGO_MONTHS = 9
SOON_DAYS = 91
_AGO = {9: "nine", 10: "ten", 11: "eleven"}
# A date without a year that has just passed is meant, not the one in eleven months.
JUST_OVER_DAYS = 31
_HOW = "write it like '3 aug to 17 aug', 'june', '3 weeks', 'until fri' or 'from 3 aug'"
ENDED = r"(?:from |since )?(?P<start>\S.*?) ?(?: to | till | until |\.\.|--| - )(?P<end>.+)"
_COUNTED = rf"(?:from )?(?:(?P<start>\S.*) )?for (?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
OPEN = r"(?:from|since) (?P<start>.+)"
UNTIL = r"(?:until|till|to) (?P<end>.+)"
_ONE_DAY = {"today": 0, "tomorrow": 1}  # other days alone could be the first or the last of several
_UNIT = r"(?P<which>this|next|last) (?P<unit>week|month)"
_NUMERAL = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DASHED = (
    r"(?:from )?(?:(?P<before>[a-z]+) )?"
    r"(?P<start>[0-9]{1,2})-(?P<end>[0-9]{1,2})(?: (?P<after>[a-z]+))?"
)


def read_past_day(text: str, today: date, hint: str = "") -> date:
    """The day on which something happened; a weekday or a date without a year is the last one.

    hint: for a day to come; without it, how to note plans. Raises NotUnderstood for a text that is
    no day, or a day that does not exist or is to come.
    """
    return past(day_said(text, today, _PAST_HOW), text, today, hint)


def is_day(text: str, today: date) -> bool:
    """Whether a text is nothing but a day, past or to come: `yesterday`, `on tuesday`."""
    words = _words(text)
    phrase = match_phrase(words, today)
    return phrase is not None and phrase.words == len(words)


def read_coming_day(text: str, today: date) -> date:
    """The day of something planned, with or without `until`, `on`, `for` or `by` before it.

    A weekday is the next one, `2w` is in two weeks, a month is its first day.
    Raises NotUnderstood for a text that is no day, or a day that does not exist or is past.
    """
    words = _words(text)
    bare = words[1:] if words[:1] and words[0] in LEADING else words
    said = " ".join(bare)
    if (span := re.fullmatch(COUNTED_SPAN, said)) is not None:
        on = shift(today, number(span["count"]), span["unit"])
    elif (of_month := coming_day_of_month(said, today)) is not None:
        on = of_month
    else:
        said = " ".join(words) if words[:1] == ["on"] else said
        on = _coming(day_said(said or text, today, _COMING_HOW), today)
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
    return (on - today).days + (re.fullmatch(COUNTED_SPAN, said) is None)


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
    on = up_to(said, text, today, hint)
    if isinstance(said, Yearly):
        _check_year(said, on, text, today)
    return on


def up_to(said: DayExpression, text: str, today: date, hint: str = "") -> date:
    """The newest such day up to today, however long ago. Raises NotUnderstood if it is to come."""
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


def _words(text: str) -> list[str]:
    return plain_words(fold(text))


def day_said(text: str, today: date, how: str, what: str = "a day") -> DayExpression:
    """The day that a text names and nothing else. Raises NotUnderstood, with the hint `how`.

    what: that which the text is not, as the error says it.
    """
    words = _words(text)
    phrase = match_phrase(words, today)
    if phrase is not None and phrase.words == len(words):
        return phrase.said
    near = near_day(words, today)
    if near is not None and near.words == len(words):
        said = near.suggestions
        raise UnclearDay(f"'{text}' is not a day", f"did you mean {' or '.join(said)}?", (), said)
    raise NotUnderstood(_why_no_day(text, words, what), how)


def _why_no_day(text: str, words: list[str], what: str) -> str:
    if not words:
        return "no day was given"
    if is_month(" ".join(words)):
        return f"'{text}' is a month, not a day"
    return f"'{text}' is not {what}"


def interval_words(text: str) -> str:
    """The folded words of an interval, `3-17 aug` as `3 aug to 17 aug`."""
    return _with_to(" ".join(plain_words(fold(text.replace("—", " to ")))))


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
    if until := re.fullmatch(UNTIL, words):
        return today, _last_day(until["end"], text, today)
    if ended := re.fullmatch(ENDED, words):
        return _between(*sharing_month(ended["start"], ended["end"]), text, today)
    if began := re.fullmatch(OPEN, words):
        return _nearest(_interval_said(began["start"], text, today), today), None
    raise NotUnderstood(f"'{text}' does not say from when to when", _HOW)


def _whole(words: str, today: date) -> tuple[date, date] | None:
    """All of a week, a month or several, a span from today on (`3 weeks`), or `tomorrow`."""
    if words in _ONE_DAY:
        return (shift(today, _ONE_DAY[words], "d"),) * 2
    if unit := re.fullmatch(_UNIT, words):
        return whole_unit(unit["unit"], {"last": -1, "this": 0, "next": 1}[unit["which"]], today)
    if span := re.fullmatch(COUNTED_SPAN, words):
        return today, shift(shift(today, number(span["count"]), span["unit"]), -1, "d")
    return month_interval(words, today)


def _last_day(words: str, text: str, today: date) -> date:
    """The end of `until fri` and `until 2 weeks`, as a pause has it."""
    if span := re.fullmatch(COUNTED_SPAN, words):
        return shift(today, number(span["count"]), span["unit"])
    return _interval_said(words, text, today).soonest(today)


def sharing_month(start: str, end: str) -> tuple[str, str]:
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
