"""Cadences in words: `2w`, `every other week`, `quarterly`, `first friday`, `never`."""

import re
from collections.abc import Mapping

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import NUMBERS, WEEKDAY_NAMES, WEEKDAYS, choice
from connect_cli.language.rules import check_rule, skipped
from connect_cli.language.words import fold
from connect_cli.model import Cadence, Rule

__all__ = ["read_cadence", "skipped"]

_HOW = "write it like 2w, monthly, every 3 months, first friday, or never"
_NEVER = frozenset({"never", "none", "no"})
_NAMED: Mapping[str, str] = {
    "daily": "1d", "weekly": "1w", "fortnightly": "2w", "monthly": "1m", "quarterly": "3m",
    "half-yearly": "6m", "half yearly": "6m", "every half year": "6m", "twice yearly": "6m",
    "twice a year": "6m", "yearly": "1y", "annually": "1y", "annual": "1y",
}  # fmt: skip
_TWO_MEANINGS: Mapping[str, str] = {
    "biweekly": "write 2w for every two weeks",
    "bi-weekly": "write 2w for every two weeks",
    "bimonthly": "write 2m for every two months",
    "bi-monthly": "write 2m for every two months",
    "biannually": "write 6m for twice a year, or 2y for every two years",
}
_UNITS: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(("d", "day", "days"), (1, "d")),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), (1, "w")),
    **dict.fromkeys(("fortnight", "fortnights"), (2, "w")),
    **dict.fromkeys(("m", "mo", "month", "months"), (1, "m")),
    **dict.fromkeys(("quarter", "quarters"), (3, "m")),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), (1, "y")),
}
_COUNTS: Mapping[str, int] = {**NUMBERS, "other": 2, "second": 2, "third": 3, "fourth": 4}
_ORDINALS: Mapping[str, int] = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "last": -1,
}  # fmt: skip
_DAY_WORDS: Mapping[str, int] = {
    **WEEKDAYS,
    **{f"{name}s": number for number, name in enumerate(WEEKDAY_NAMES)},
}
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EACH = r"(?:every|each|once every|once)"
_OF_MONTH = r"(?: (?:of|in) (?:the|each|every|a) month| every month| each month| monthly)?"
_PLAIN = rf"(?:{_EACH} )?(?:(?P<count>[0-9]{{1,5}}|{choice(_COUNTS)}) ?)?(?P<unit>{choice(_UNITS)})"
_TIMES_A_YEAR = rf"(?P<times>[0-9]{{1,2}}|{choice(NUMBERS)}) times a year"
_NTH = (
    rf"(?P<every>(?:every|each) )?(?:the )?(?P<nth>{choice(_ORDINALS)}) "
    rf"(?P<day>{choice(_DAY_WORDS)})(?P<month>{_OF_MONTH})"
)
_OTHER = rf"(?:every other|alternate) (?P<day>{choice(_DAY_WORDS)})"
_DAY = rf"(?:{choice(_DAY_WORDS)})"
_WEEKLY = rf"(?:(?:every|each|weekly on|on) )?(?P<days>{_DAY}(?:(?:/|(?:,|,? and| &)? ){_DAY})*)"
_MONTH_DAY = rf"(?:(?:every|each|on) )?(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th){_OF_MONTH}"
_RULES: Mapping[str, str] = {
    "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "every weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekends": "FREQ=WEEKLY;BYDAY=SA,SU",
    "every weekend": "FREQ=WEEKLY;BYDAY=SA",
    "last day of the month": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "first of the month": "FREQ=MONTHLY;BYMONTHDAY=1",
}


def read_cadence(text: str) -> Cadence | Rule | None:
    """The cadence in words, short form or as a calendar rule; None for `never`.

    Raises NotUnderstood.
    """
    words = " ".join(fold(text).split())
    if not words:
        raise NotUnderstood("no cadence was given", _HOW)
    if words in _NEVER:
        return None
    if "=" in words:
        return check_rule(text)
    if words in _TWO_MEANINGS:
        raise NotUnderstood(f"'{text}' can mean two things", _TWO_MEANINGS[words])
    if (cadence := _cadence(words)) is not None:
        return cadence
    if (rule := _rule(words)) is not None:
        return check_rule(rule, words)
    raise NotUnderstood(f"'{text}' is not a cadence", _HOW)


def _cadence(words: str) -> Cadence | None:
    if words in _NAMED:
        return Cadence.parse(_NAMED[words])
    if (times := re.fullmatch(_TIMES_A_YEAR, words)) is not None:
        return _times_a_year(words, _value(times["times"]))
    if (plain := re.fullmatch(_PLAIN, words)) is None:
        return None
    size, unit = _UNITS[plain["unit"]]
    return Cadence.parse(f"{size * _value(plain['count'] or 'one')}{unit}")


def _times_a_year(words: str, times: int) -> Cadence:
    if not times or 12 % times:
        raise NotUnderstood(f"'{words}' is not a whole number of months", _HOW)
    return Cadence.parse(f"{12 // times}m")


def _value(word: str) -> int:
    return _COUNTS[word] if word in _COUNTS else int(word)


def _rule(words: str) -> str | None:
    if words in _RULES:
        return _RULES[words]
    if (nth := re.fullmatch(_NTH, words)) is not None:
        return _nth(words, nth)
    if (other := re.fullmatch(_OTHER, words)) is not None:
        return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_CODES[_DAY_WORDS[other['day']]]}"
    if (weekly := re.fullmatch(_WEEKLY, words)) is not None:
        days = {_DAY_WORDS[day] for day in re.findall(r"[a-z]+", weekly["days"]) if day != "and"}
        return f"FREQ=WEEKLY;BYDAY={','.join(_CODES[day] for day in sorted(days))}"
    if (day := re.fullmatch(_MONTH_DAY, words)) is not None:
        return f"FREQ=MONTHLY;BYMONTHDAY={int(day['day'])}"
    return None


def _nth(words: str, nth: re.Match[str]) -> str:
    number, day = _ORDINALS[nth["nth"]], nth["day"]
    if nth["every"] and number > 1 and not nth["month"]:
        raise NotUnderstood(
            f"'{words}' can mean two things",
            f"write 'every other {day}', or '{nth['nth']} {day} of the month'",
        )
    return f"FREQ=MONTHLY;BYDAY={number}{_CODES[_DAY_WORDS[day]]}"
