"""Cadences as calendar rules (RFC 5545), checked before they are kept."""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import word_set
from connect_cli.model import LONGEST, Rule

_HOW = "write it like FREQ=MONTHLY;BYDAY=1FR, or in words: first friday"
_LONGEST_INTERVAL: Mapping[str, int] = {
    "DAILY": LONGEST["d"],
    "WEEKLY": LONGEST["w"],
    "MONTHLY": LONGEST["m"],
    "YEARLY": LONGEST["y"],
}
_PARTS = word_set("FREQ INTERVAL BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST")
_VALUE = r"[+-]?[0-9A-Z]{1,9}(?:,[+-]?[0-9A-Z]{1,9}){0,365}"
# A rule that never falls is sought until the year 9999, so it is tried out shortly before.
_TRIED_FROM = 9948
_TRIED_YEARS = 40
LEAST_DAYS = 4  # in those years: once in ten years


def check_rule(text: str, said: str = "") -> Rule:
    """The rule in its normal form. `said`: the words it stands for.

    Raises NotUnderstood for what is no rule of days, has an end, or hardly ever falls.
    """
    normal = "".join(text.split()).upper().removeprefix("RRULE:").strip(";")
    parts = _parts(normal)
    _check_interval(normal, parts)
    if any(_days_from(normal, year) < LEAST_DAYS for year in (_TRIED_FROM, _TRIED_FROM + 1)):
        raise NotUnderstood(f"'{said or normal}' comes less than once in ten years", _HOW)
    return Rule(normal, said)


def skipped(rule: Rule) -> str | None:
    """A remark for a rule whose day some months or years do not have, such as the 31st; or None."""
    parts = _parts(rule.text)
    if parts.get("INTERVAL", "1") != "1":
        return None
    if parts["FREQ"] == "YEARLY":
        years = _falling(rule.text, "%Y")
        return None if years == 28 else f"some years have no such day: in 28 it falls in {years}"
    if parts["FREQ"] != "MONTHLY" or "BYMONTH" in parts:
        return None
    months = round(_falling(rule.text, "%Y-%m") / 28)
    if months == 12:
        return None
    day = parts.get("BYMONTHDAY", "")
    which = f"{day}th" if day in ("29", "30") else "31st" if day == "31" else "such day"
    return f"some months have no {which}: this falls in {months} of 12 months"


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        key, _, value = part.partition("=")
        if key in ("COUNT", "UNTIL"):
            raise NotUnderstood("a cadence has no end", f"leave out {key}")
        if key not in _PARTS or key in parts or not re.fullmatch(_VALUE, value):
            raise NotUnderstood(f"'{part}' is not part of a rule of days", _HOW)
        parts[key] = value
    if parts.get("FREQ") not in _LONGEST_INTERVAL:
        raise NotUnderstood(
            f"'{text}' is not a rule of days", "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY"
        )
    return parts


def _check_interval(text: str, parts: Mapping[str, str]) -> None:
    interval, longest = parts.get("INTERVAL", "1"), _LONGEST_INTERVAL[parts["FREQ"]]
    if not interval.isdecimal() or not 1 <= int(interval) <= longest:
        raise NotUnderstood(
            f"'{text}' has no interval from 1 to {longest}", "a cadence is ten years at most"
        )


def _days_from(text: str, year: int) -> int:
    """How many days the rule has in the years from this one, counted up to enough."""
    from dateutil.rrule import rrulestr  # 10 ms, for those who give a rule

    start = datetime(year, 1, 1)  # noqa: DTZ001 # a rule knows days, no zones
    end = start.replace(year=year + _TRIED_YEARS)
    try:
        days = islice(rrulestr(text, dtstart=start), LEAST_DAYS)
        return sum(day < end for day in days)
    except (ValueError, IndexError) as error:
        raise NotUnderstood(f"'{text}' is not a rule of days", _HOW) from error


def _falling(text: str, form: str) -> int:
    """In how many months or years of 28 years the rule falls. form: how a day names its own."""
    from dateutil.rrule import rrulestr  # 10 ms, for those who give a rule

    start, end = datetime(2001, 1, 1), datetime(2028, 12, 31)  # noqa: DTZ001 # days, no zones
    days = rrulestr(text, dtstart=start).between(start, end, inc=True)
    return len({day.strftime(form) for day in days})
