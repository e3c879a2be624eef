"""The time zones of a calendar, by the names that programs give them.

The file's own description of a zone (VTIMEZONE) comes first. Without one, a name is looked up as
that of the time zone database (`Europe/Berlin`, also at the end of a path), of Windows (`W. Europe
Standard Time`), or of Outlook's list (`(UTC+01:00) Amsterdam, Berlin`): there the places decide
about summer time, and one that lies in a zone of another offset is not meant. What remains is an
offset with words that nobody knows. It is taken as it stands and marked as a guess.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

from connect_cli.errors import ConnectError, NotUnderstood
from connect_cli.exchange.ical_lines import OBSERVANCES, Component
from connect_cli.exchange.normalise import one_line
from connect_cli.exchange.vcard_syntax import unescaped
from connect_cli.language.words import fold
from connect_cli.library_errors import in_our_words

LONGEST_RULE_YEARS = 500
"""A zone's rule that begins earlier than that is no rule of a zone."""

_UTC = frozenset({"z", "utc", "gmt", "etc/utc", "tzone://microsoft/utc", "universal time"})
_OFFSET = r"(?P<sign>[+\u2212-])(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>\d\d))?"
_SHOWN = re.compile(rf"\((?:UTC|GMT) ?(?:{_OFFSET})?\) ?(?P<words>.*)", re.IGNORECASE)
_BARE = re.compile(rf"(?:UTC|GMT)? ?{_OFFSET}", re.IGNORECASE)
_PLACES = re.compile(r"[,/:;]")
_NO_SUMMER_TIME = re.compile(r"coordinated universal time|international date line|$")
_RULE = re.compile(r"FREQ=YEARLY;(?:(?:BYMONTH|BYDAY|BYMONTHDAY|INTERVAL|WKST)=[^;]*;)*", re.I)

_OUTLOOK = {
    "Africa/Johannesburg": "pretoria",
    "Africa/Lagos": "west central africa",
    "America/Anchorage": "alaska",
    "America/Argentina/Buenos_Aires": "city of buenos aires",
    "America/Chicago": "central time (us & canada)",
    "America/Denver": "mountain time (us & canada)",
    "America/Guatemala": "central america",
    "America/Halifax": "atlantic time (canada)",
    "America/Indiana/Indianapolis": "indiana (east)",
    "America/Los_Angeles": "pacific time (us & canada)",
    "America/New_York": "eastern time (us & canada)",
    "America/Nuuk": "greenland",
    "America/Phoenix": "arizona",
    "America/Regina": "saskatchewan",
    "America/Sao_Paulo": "brasilia",
    "America/St_Johns": "newfoundland",
    "America/Tijuana": "baja california",
    "Asia/Bangkok": "hanoi",
    "Asia/Colombo": "sri jayawardenepura",
    "Asia/Dubai": "abu dhabi",
    "Asia/Karachi": "islamabad",
    "Asia/Kolkata": "chennai|mumbai|new delhi|kalkutta",
    "Asia/Shanghai": "beijing|peking",
    "Asia/Tokyo": "osaka|sapporo|tokio",
    "Asia/Yangon": "yangon (rangoon)",
    "Asia/Yekaterinburg": "ekaterinburg",
    "Atlantic/Azores": "azoren|acores",
    "Atlantic/Cape_Verde": "cape verde is.|cabo verde is.",
    "Australia/Sydney": "canberra",
    "Europe/Brussels": "brussel|brüssel|bruxelles",
    "Europe/Copenhagen": "kopenhagen|kobenhavn|copenhague",
    "Europe/London": "edinburgh",
    "Europe/Moscow": "st. petersburg|moskau|moscou",
    "Europe/Rome": "rom|roma",
    "Europe/Vienna": "wien|vienne",
    "Europe/Warsaw": "warschau|varsovie",
    "Europe/Zurich": "bern|berne",
    "Pacific/Apia": "samoa",
    "Pacific/Auckland": "wellington",
    "Pacific/Guadalcanal": "solomon is.",
    "Pacific/Honolulu": "hawaii",
    "Pacific/Majuro": "marshall is.",
    "Pacific/Midway": "midway island",
    "Pacific/Noumea": "new caledonia",
    "Pacific/Tongatapu": "nuku'alofa",
}
"""Places in the names of Outlook that the time zone database has no zone for."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone. is_guess: whether only its offset is known, and not its summer time."""

    clock: tzinfo
    is_guess: bool = False


class Zones:
    """The zones of one calendar. at: the moment whose offsets tell zones of one name apart."""

    def __init__(self, described: Sequence[Component], at: datetime) -> None:
        self._described: dict[str, list[Component]] = {}
        self._known: dict[str, Zone | None] = {}
        self._at = at
        for one in described:
            self._described.setdefault(_key(unescaped(one.value("TZID"))), []).append(one)

    def of(self, name: str) -> Zone:
        """The zone of this name. Raises NotUnderstood."""
        key = _key(name)
        if key not in self._known:
            self._known[key] = self._found(key)
        if (zone := self._known[key]) is None:
            raise NotUnderstood(f"its time zone is not known: '{one_line(name)[:60]}'")
        return zone

    def _found(self, key: str) -> Zone | None:
        for one in self._described.get(key, ()):
            if (clock := _described(one, self._at)) is not None:
                return Zone(clock)
        return _named(key, self._at)


def _key(name: str) -> str:
    """A name without quotes and with single blanks."""
    return " ".join(name.strip().strip("\"'").split())


def _described(zone: Component, at: datetime) -> tzinfo | None:
    """The clock that a VTIMEZONE describes; None if it cannot be read."""
    from dateutil.tz import tzical  # noqa: PLC0415  # only for meetings in such a zone

    try:
        with in_our_words("this is not a time zone"):
            lines = ["BEGIN:VTIMEZONE", "TZID:file", *_observances(zone, at), "END:VTIMEZONE", ""]
            clock: tzinfo | None = tzical(StringIO("\r\n".join(lines))).get()
            at.astimezone(clock)
            return clock
    except ConnectError:
        return None


def _observances(zone: Component, at: datetime) -> Iterator[str]:
    """The lines of a zone's standard and summer times. Raises NotUnderstood for an odd rule."""
    within = False
    for one in zone.properties:
        if one.name in ("BEGIN", "END"):
            within = one.name == "BEGIN" and one.value in OBSERVANCES
            yield one.raw
        elif within and one.name == "RRULE":
            yield f"RRULE:{_rule(one.value, at)}"
        elif within and one.name == "DTSTART":
            if int(one.value[:4]) < at.year - LONGEST_RULE_YEARS:
                raise NotUnderstood("it begins too early")
            yield f"DTSTART:{one.value[:8]}{one.value[8:15] or 'T000000'}"
        elif within and one.name != "TZID":
            yield f"{one.name}:{one.value}"


def _rule(rule: str, at: datetime) -> str:
    """A rule of a zone that ends: once a year, as all of them do."""
    until = re.search(r";?UNTIL=(\d{8})", rule, re.IGNORECASE)
    rest = re.sub(r";?UNTIL=[^;]*", "", rule, flags=re.IGNORECASE).strip(";")
    first = re.sub(r"(.*?);?(FREQ=YEARLY)", r"\2;\1", f"{rest};", count=1, flags=re.IGNORECASE)
    rest = ";".join(part for part in first.split(";") if part)
    if _RULE.fullmatch(f"{rest};") is None:
        raise NotUnderstood("it is no rule of a zone")
    last = f"{at.year + 2}1231"
    return f"{rest};UNTIL={min(last, until[1]) if until else last}T235959"


def _named(name: str, at: datetime) -> Zone | None:
    """The zone of a name that the file does not describe."""
    if fold(name) in _UTC:
        return Zone(UTC)
    for key in _keys(name):
        if (clock := _of_database(key)) is not None:
            return Zone(clock)
    if match := _SHOWN.fullmatch(name):
        return _shown(match, at)
    if match := _BARE.fullmatch(name):
        return Zone(timezone(_offset(match)))
    return None


def _keys(name: str) -> Iterator[str]:
    """The names in the time zone database that may be meant, the surest first."""
    yield name
    if windows := _windows().get(fold(name)):
        yield windows
    parts = name.strip("/").split("/")
    yield from ("/".join(parts[start:]) for start in range(1, min(len(parts) - 1, 8)))


@cache
def _windows() -> Mapping[str, str]:
    """The zones of Windows, by name."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # an extra

    return {fold(name): zone for name, zone in WINDOWS_TO_OLSON.items()}


def _of_database(key: str) -> tzinfo | None:
    try:
        return ZoneInfo(key)
    except (ValueError, LookupError, OSError):  # OSError: `Europe` is a directory
        return None


def _shown(match: re.Match[str], at: datetime) -> Zone:
    """The zone of a name that Outlook shows: an offset and places."""
    offset, words = _offset(match), fold(match["words"])
    for place in (words, *(part.strip() for part in _PLACES.split(words))):
        for key in _of_place(place):
            clock = _of_database(key)
            if clock is not None and _usual_offset(clock, at) == offset:
                return Zone(clock)
    return Zone(timezone(offset), is_guess=_NO_SUMMER_TIME.match(words) is None)


def _of_place(place: str) -> Sequence[str]:
    """The zones that a place may lie in."""
    windows = _windows().get(f"{place} standard time")
    return (*_places().get(place, ()), *([windows] if windows else ()))


@cache
def _places() -> Mapping[str, list[str]]:
    """The zones of the database by the places in their names, and those that Outlook adds."""
    found: dict[str, list[str]] = {}
    for key, words in _OUTLOOK.items():
        for word in words.split("|"):
            found.setdefault(fold(word), []).append(key)
    for key in sorted(available_timezones()):
        found.setdefault(fold(key.rpartition("/")[2].replace("_", " ")), []).append(key)
    return found


def _offset(match: re.Match[str]) -> timedelta:
    """The offset in a name, at most a day; none is that of UTC."""
    if match["sign"] is None:
        return timedelta(0)
    minutes = min(int(match["hours"]) * 60 + int(match["minutes"] or 0), 1439)
    return timedelta(minutes=minutes if match["sign"] == "+" else -minutes)


def _usual_offset(clock: tzinfo, at: datetime) -> timedelta | None:
    """The offset of a zone without its summer time, in this year."""
    year = (datetime(at.year, month, 1, tzinfo=clock) for month in (1, 4, 7, 10))
    offsets = [one.utcoffset() for one in year if not one.dst()]
    return offsets[0] if offsets else None
