"""Cadences in words and as calendar rules: `2w`, `quarterly`, `first friday`, `FREQ=…`, `never`."""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import NUMBERS, WEEKDAYS, choice, word_set
from connect_cli.language.words import fold
from connect_cli.model import LONGEST, WEEKDAY_NAMES, Cadence, Rule

_HOW = "write it like 2w, monthly, every 3 months, first friday, or never"

_HOW_RULE = "write it like FREQ=MONTHLY;BYDAY=1FR, or in words: first friday"
LEAST_DAYS = 4  # days in _TRIED_YEARS: once in ten years
# dateutil looks for a rule's days until the year 9999, so rules are tried out shortly before.
_TRIED_FROM = 9948
_TRIED_YEARS = 40
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
_LONGEST_INTERVAL: Mapping[str, int] = {
    "DAILY": LONGEST["d"],
    "WEEKLY": LONGEST["w"],
    "MONTHLY": LONGEST["m"],
    "YEARLY": LONGEST["y"],
}
_PARTS = word_set("FREQ INTERVAL BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST")
_VALUE = r"[+-]?[0-9A-Z]{1,9}(?:,[+-]?[0-9A-Z]{1,9}){0,365}"


def read_cadence(text: str) -> Cadence | Rule | None:
    """The cadence meant by words, a short form such as `2w`, or a calendar rule; None for `never`.

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


def check_rule(text: str, said: str = "") -> Rule:
    """The rule in its normal form. `said`: the words it stands for.

    Raises NotUnderstood for a text that is not a calendar rule, and for a rule that has an end or
    has a day less than once in ten years.
    """
    normal = "".join(text.split()).upper().removeprefix("RRULE:").strip(";")
    parts = _parts(normal)
    _check_interval(normal, parts)
    if any(_days_from(normal, year) < LEAST_DAYS for year in (_TRIED_FROM, _TRIED_FROM + 1)):
        raise NotUnderstood(f"'{said or normal}' comes less than once in ten years", _HOW_RULE)
    return Rule(normal, said)


def skipped(rule: Rule) -> str | None:
    """A remark about a rule whose day some months or years lack, such as the 31st; or None."""
    parts = _parts(rule.text)
    if parts.get("INTERVAL", "1") != "1":
        return None
    if parts["FREQ"] == "YEARLY":
        years = _falling(rule.text, "%Y")
        return (
            None if years == 28 else f"some years have no such day: it falls in {years} of 28 years"
        )
    if parts["FREQ"] != "MONTHLY" or "BYMONTH" in parts:
        return None
    months = round(_falling(rule.text, "%Y-%m") / 28)
    if months == 12:
        return None
    day = parts.get("BYMONTHDAY", "")
    which = f"{day}th" if day in ("29", "30") else "31st" if day == "31" else "such day"
    return f"some months have no {which}: this falls in {months} of 12 months"


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


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        key, _, value = part.partition("=")
        if key in ("COUNT", "UNTIL"):
            raise NotUnderstood("a cadence has no end", f"leave out {key}")
        if key not in _PARTS or key in parts or not re.fullmatch(_VALUE, value):
            raise NotUnderstood(f"'{part}' is not part of a calendar rule", _HOW_RULE)
        parts[key] = value
    if parts.get("FREQ") not in _LONGEST_INTERVAL:
        raise NotUnderstood(
            f"'{text}' is not a calendar rule", "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY"
        )
    return parts


def _check_interval(text: str, parts: Mapping[str, str]) -> None:
    interval, longest = parts.get("INTERVAL", "1"), _LONGEST_INTERVAL[parts["FREQ"]]
    if not interval.isdecimal() or not 1 <= int(interval) <= longest:
        raise NotUnderstood(
            f"'{text}' needs an interval from 1 to {longest}", "a cadence is ten years at most"
        )


def _days_from(text: str, year: int) -> int:
    """How many days the rule has in the years from this one, counted up to LEAST_DAYS."""
    from dateutil.rrule import rrulestr  # 10 ms, for those who give a rule

    start = datetime(year, 1, 1)  # noqa: DTZ001 # a rule has days, not zones
    end = start.replace(year=year + _TRIED_YEARS)
    try:
        days = islice(rrulestr(text, dtstart=start), LEAST_DAYS)
        return sum(day < end for day in days)
    except (ValueError, IndexError) as error:
        raise NotUnderstood(f"'{text}' is not a calendar rule", _HOW_RULE) from error


def _falling(text: str, form: str) -> int:
    """In how many months or years of 28 years the rule has a day. form: `%Y-%m` or `%Y`."""
    from dateutil.rrule import rrulestr  # 10 ms, for those who give a rule

    start, end = datetime(2001, 1, 1), datetime(2028, 12, 31)  # noqa: DTZ001 # days, no zones
    days = rrulestr(text, dtstart=start).between(start, end, inc=True)
    return len({day.strftime(form) for day in days})
