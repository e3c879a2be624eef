"""Stretches of days: `3 aug to 17 aug`, `mon to fri`, `from 3 aug`, `today for 2 weeks`."""

import re
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import NUMBER, UNIT, number, shift
from connect_cli.language.dates import WEEKDAY_AND_DAY
from connect_cli.language.phrases import match_phrase, plain_words
from connect_cli.language.said import Fixed, Said, Weekday, Yearly
from connect_cli.language.words import fold

# Dates without a year that run backwards lie on both sides of a new year: 24 dec to 2 jan.
LONGEST_TURN_DAYS = 150
# Dates without a year that are just over are meant, rather than those in eleven months.
JUST_OVER_DAYS = 31
_HOW = "write it like '3 aug to 17 aug', 'today to fri' or 'from 3 aug'"
_ENDED = r"(?:from )?(?P<start>\S.*?) ?(?: to | till | until |\.\.|--| - )(?P<end>.+)"
_COUNTED = rf"(?:from )?(?:(?P<start>\S.*) )?for (?P<count>{NUMBER}) ?(?P<unit>{UNIT})"
_OPEN = r"(?:from|since) (?P<start>.+)"
_UNTIL = r"(?:until|till|to) (?P<end>.+)"
_WEEK = r"(?P<which>this|next|last) week"
_NUMERAL = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DASHED = (
    r"(?:from )?(?:(?P<before>[a-z]+) )?"
    r"(?P<start>[0-9]{1,2})-(?P<end>[0-9]{1,2})(?: (?P<after>[a-z]+))?"
)


def read_interval(text: str, today: date) -> tuple[date, date | None]:
    """First and last day, both included; no last day while the end is open.

    Looks ahead, but may begin in the past; dates with a year may lie wholly in it.
    Raises NotUnderstood.
    """
    words = _with_to(" ".join(plain_words(fold(text).replace("—", " to "))))
    start, end = _ends(words, text, today)
    if end is not None and end < start:
        raise NotUnderstood(f"'{text}' ends on {end}, before it begins on {start}", _HOW)
    return start, end


def _with_to(words: str) -> str:
    """`3-17 aug` and `aug 3-17` with the word that the dash stands for."""
    if (dashed := re.fullmatch(_DASHED, words)) is None:
        return words
    month = dashed["before"] or dashed["after"] or ""
    return f"{dashed['start']} {month} to {dashed['end']} {month}"


def _ends(words: str, text: str, today: date) -> tuple[date, date | None]:
    if week := re.fullmatch(_WEEK, words):
        monday = shift(today, -today.weekday(), "d")
        weeks = {"last": -1, "this": 0, "next": 1}[week["which"]]
        return shift(monday, 7 * weeks, "d"), shift(monday, 7 * weeks + 6, "d")
    if counted := re.fullmatch(_COUNTED, words):
        start = _said(counted["start"], text, today).soonest(today) if counted["start"] else today
        return start, shift(shift(start, number(counted["count"]), counted["unit"]), -1, "d")
    if until := re.fullmatch(_UNTIL, words):
        return today, _said(until["end"], text, today).soonest(today)
    if ended := re.fullmatch(_ENDED, words):
        return _between(*_sharing_month(ended["start"], ended["end"]), text, today)
    if began := re.fullmatch(_OPEN, words):
        return _nearest(_said(began["start"], text, today), today), None
    raise NotUnderstood(f"'{text}' does not say from when to when", _HOW)


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
    first, last = _said(start, text, today), _said(end, text, today)
    if isinstance(first, Fixed) and isinstance(last, Weekday):
        return first.on, last.soonest(max(shift(first.on, 1, "d"), today))
    if isinstance(first, Fixed):
        return first.on, last.soonest(first.on)
    until = _nearest(last, today) if isinstance(last, Yearly) else last.soonest(today)
    since = first.latest(until)
    if since.year < until.year and (until - since).days > LONGEST_TURN_DAYS:
        raise NotUnderstood(f"'{text}' ends before it begins", _HOW)
    return since, until


def _nearest(said: Said, today: date) -> date:
    return said.soonest(shift(today, -JUST_OVER_DAYS, "d") if isinstance(said, Yearly) else today)


def _said(words: str, text: str, today: date) -> Said:
    phrase = match_phrase(words.split(), today)
    if phrase is None or phrase.words != len(words.split()):
        raise NotUnderstood(f"'{words}' in '{text}' is not a day", _HOW)
    return phrase.said
