"""Several days in one phrase: `mon and wed`, `the 3rd and the 5th`, `6-8 march`, `mon-wed`."""

import re
from collections.abc import Callable, Sequence

from connect_cli.language.calendar import MONTH, MONTHS, WEEKDAYS, word_set
from connect_cli.language.day_expression import DayExpression, Several, Weekday, dated
from connect_cli.language.day_forms import SOME_MONTH

MOST_IN_A_ROW = 9
"""Of a longer run of days only the first and the last are given."""

_JOINED = word_set("and or then plus to until till through thru -")
_UP_TO = word_set("to until till through thru -")
# Also verbs: `yesterday and sat in the garden`.
_VERBS = word_set("sat sun wed mon")
_NUMERAL = r"[1-9]|0[1-9]|[12][0-9]|3[01]"
_ORDINAL = r"(?:st|nd|rd|th)?"
_OPENING = r"(?:(?:on|from|between) )?"
_BETWEEN = r"(?: ?(?P<dash>[-/]) ?| (?P<to>to|until|till|through) | (?:and|or) )(?:the )?"
_PAIR = rf"(?P<first>{_NUMERAL}){_ORDINAL}{_BETWEEN}(?P<last>{_NUMERAL}){_ORDINAL}"
_YEAR = r"(?: (?P<year>[0-9]{4}))?"
_NUMBERED = (
    rf"{_OPENING}(?:the )?{_PAIR}\.?(?: of)? ?(?P<month>{MONTH}){_YEAR}(?!\S)",
    rf"{_OPENING}(?P<month>{MONTH}) (?:the )?{_PAIR}{_YEAR}(?= (?:with|at|in)\b|$)",
)
_OPENS = word_set("on from between the")

Next = Callable[[Sequence[str]], tuple[DayExpression, int] | None]


def match_numbered(text: str) -> tuple[Several, str, int] | None:
    """Days of one month at the beginning of folded words, `6-8 march`: also the text, its words."""
    word = text.partition(" ")[0]
    if not (word[:1].isdecimal() or word in _OPENS or word in MONTHS):
        return None
    if not any(month in text for month in SOME_MONTH):
        return None
    for pattern in _NUMBERED:
        if match := re.match(pattern, text):
            first, last = int(match["first"]), int(match["last"])
            year, month = match["year"], MONTHS[match["month"]]
            in_a_row = match["to"] or match["dash"] == "-"
            days = _in_a_row(first, last) if in_a_row else (first, last)
            said = tuple(dated(int(year) if year else None, month, day) for day in days)
            if first < last:
                return Several(match[0], said), match[0], match[0].count(" ") + 1
    return None


def match_weekdays(word: str) -> tuple[DayExpression, ...]:
    """The weekdays that one word names: `mon-wed`, `mon/tue`; none for any other word."""
    for sign in "-/":
        first, _, last = word.partition(sign)
        if first in WEEKDAYS and last in WEEKDAYS:
            days = WEEKDAYS[first], WEEKDAYS[last]
            return _weekdays_between(*days) if sign == "-" else tuple(map(Weekday, days))
    return ()


def match_more(
    words: Sequence[str], first: DayExpression, at: int, following: Next
) -> tuple[tuple[DayExpression, ...], int]:
    """The days that a phrase of `at` words goes on with, itself included, and the words of all."""
    days, since = [first], 0
    while at < len(words):
        joined = _joined(words, at)
        rest = words[at + joined :]
        found = following(rest) if rest and (joined or rest[0] in WEEKDAYS) else None
        if found is None or not _goes_on(words[since], days[-1], rest, found[0], joined):
            break
        between = joined and words[at] in _UP_TO
        if between and isinstance(days[-1], Weekday) and isinstance(found[0], Weekday):
            days += _weekdays_between(days[-1].number, found[0].number)[1:]
        else:
            days.append(found[0])
        since, at = at + joined, at + joined + found[1]
    return tuple(days), at


def _joined(words: Sequence[str], at: int) -> int:
    if words[at] not in _JOINED:
        return 0
    return 2 if list(words[at : at + 2]) == ["and", "then"] else 1


def _goes_on(
    before: str, last: DayExpression, rest: Sequence[str], found: DayExpression, joined: int
) -> bool:
    """Whether a day after another belongs to a list, and `sat` is not what somebody did then."""
    weekdays = isinstance(last, Weekday) and isinstance(found, Weekday)
    if rest[0] in _VERBS:
        return weekdays and (joined > 0 or len(before) <= 4)
    return weekdays or joined > 0


def _in_a_row(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(first, last + 1)) if last - first < MOST_IN_A_ROW else (first, last)


def _weekdays_between(first: int, last: int) -> tuple[DayExpression, ...]:
    return tuple(Weekday((first + step) % 7) for step in range((last - first) % 7 + 1))
