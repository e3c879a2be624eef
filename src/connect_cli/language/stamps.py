"""Stamps of machines: the date and time that a text begins with, `2026-03-10T18:05:00+01:00`."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MONTHS, OUTSIDE, logical_day

_DATE = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_BASIC_DATE = r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_MINUTES = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
_SECONDS = r":(?P<second>[0-9]{2})(?:[.,][0-9]+)?"
_BASIC_TIME = r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?:(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
_OFFSET = r"(?P<zone>[Zz]|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)"
_HOURS_OF_ZONE: Mapping[str, int] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7,
}  # fmt: skip
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?"
_DAY = r" +(?P<day>[0-9]{1,2})"
_CLOCK = r" (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?: (?P<half>AM|PM))?"
_NAMED_ZONE = r"(?: (?P<zone>[A-Z]{3,5}|[+-][0-9]{4}))?"
_YEAR = r" (?P<year>[0-9]{4})"
_FORMS = tuple(
    rf"{form}(?![^\W_]|[:.+-][0-9])"
    for form in (
        rf"{_DATE}[Tt]{_MINUTES}(?:{_SECONDS})?{_OFFSET}?",
        # With a blank for the T only what no person writes: `2026-03-10 18:05-19:30` is no offset.
        rf"{_DATE} {_MINUTES}{_SECONDS}(?: ?{_OFFSET})?",
        rf"{_BASIC_DATE}[Tt]{_BASIC_TIME}{_OFFSET}?",
        rf"{_WEEKDAY} {_MONTH}{_DAY}{_CLOCK}{_NAMED_ZONE}{_YEAR}",  # date(1)
        rf"{_WEEKDAY}{_DAY} {_MONTH}{_CLOCK}{_NAMED_ZONE}{_YEAR}",
        rf"{_WEEKDAY}{_DAY} {_MONTH}{_YEAR}{_CLOCK}{_NAMED_ZONE}",  # RFC 5322
    )
)
_WEEKDAYS = frozenset({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"})
_HOW = "write a date and a time that exist, like 2026-11-03T15:00"


class Stamp(NamedTuple):
    """When something was, by the local clock.

    moment: by that clock. day: the logical one. time: `HH:MM`, also if it belongs to the day
    before. length: how many characters of the text say so.
    """

    moment: datetime
    day: date
    length: int

    @property
    def time(self) -> str:
        return f"{self.moment:%H:%M}"


def read_stamp(text: str, now: datetime, day_starts_at: int) -> Stamp | None:
    """The stamp that a text begins with, in the zone of `now`, or of this machine if it has none.

    Raises NotUnderstood for a moment that does not exist.
    """
    if not text[:4].isdecimal() and text[:3] not in _WEEKDAYS:
        return None
    match = next((found for form in _FORMS if (found := re.match(form, text))), None)
    if match is None:
        return None
    moment = _local(match, _zone_of(now))
    return Stamp(moment, logical_day(moment, day_starts_at), match.end())


def _zone_of(now: datetime) -> tzinfo | None:
    """The zone of a moment; None for that of this machine, whose offset changes twice a year."""
    return None if now.utcoffset() in (None, now.astimezone().utcoffset()) else now.tzinfo


def _local(match: re.Match[str], here: tzinfo | None) -> datetime:
    try:
        moment = _moment(match)
    except ValueError as error:
        raise NotUnderstood(f"there is no '{match[0]}'", _HOW) from error
    try:
        zone = _zone(match["zone"], moment, here)
        return moment if zone is None else moment.replace(tzinfo=zone).astimezone(here)
    except LookupError as error:
        raise NotUnderstood(f"there is no '{match[0]}'", _HOW) from error
    except (OverflowError, ValueError) as error:  # ValueError since Python 3.13
        raise NotUnderstood(OUTSIDE, _HOW) from error


def _moment(match: re.Match[str]) -> datetime:
    said = match.groupdict()
    month = MONTHS.get(said["month"].casefold()) or int(said["month"])
    hour = int(said["hour"])
    if half := said.get("half"):
        hour = hour % 12 + (12 if half == "PM" else 0)
    second = min(int(said["second"] or 0), 59)  # a leap second is the 60th
    return datetime(  # noqa: DTZ001 # by the clock of whoever wrote it; the zone comes next
        int(said["year"]), month, int(said["day"]), hour, int(said["minute"]), second
    )


def _zone(said: str | None, moment: datetime, here: tzinfo | None) -> tzinfo | None:
    """The zone of a stamp; None for that of this machine, also if it says it by its name."""
    if not said or said == moment.astimezone(here).tzname():
        return None
    if said[0] not in "+-":
        if (hours := _HOURS_OF_ZONE.get(said.upper())) is None:
            raise LookupError(said)
        return timezone(timedelta(hours=hours))
    minutes = int(said[1:3]) * 60 + int(said[-2:] if len(said) > 3 else 0)
    return timezone(timedelta(minutes=-minutes if said[0] == "-" else minutes))
