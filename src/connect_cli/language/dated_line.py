"""The stamp that a line of text begins with: when it was written."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import logical_day
from connect_cli.language.stamps import read_stamp
from connect_cli.language.when import STILL_TO_COME

_OPENING = "[("
_LAST = timedelta(hours=23, minutes=59)
_BEHIND = re.compile(r"[\])]?[\s,;:.|–—-]*")
_DAY = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?!\w|[:.+-][0-9])")
_MORE_OF_A_TIME = (
    r"\w|[:.–—-][0-9]| ?(?i:[ap]\.?m\b)| ?[–—-] ?[0-9]{1,2}:[0-9]| (?:to|until|till) [0-9]"
)
_TIME = re.compile(rf",? +(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-5][0-9])(?!{_MORE_OF_A_TIME})")


class Dated(NamedTuple):
    """A line and when it was written. text: the line without its stamp.

    moment: by the local clock; the end of the day, or now, if only the day is known. time: `HH:MM`,
    if it is known.
    """

    text: str
    moment: datetime
    time: str | None = None


def read_dated(line: str, now: datetime, day_starts_at: int) -> Dated | None:
    """What the leading stamp of a line says; None if it has none.

    The stamp is a day (`2026-11-20`), a day and a time, or one of stamps.py, bare or in brackets.
    now: an aware moment. Raises NotUnderstood for one that does not exist or is still to come.
    """
    start = 1 if line[:1] in _OPENING else 0
    stamp = read_stamp(line[start:], now, day_starts_at)
    time: str | None
    if stamp is not None:
        moment = stamp.moment.replace(tzinfo=now.tzinfo)
        time, end = stamp.time, start + stamp.length
    elif (day := _DAY.match(line, start)) is not None:
        moment, time, end = _day_and_time(line, day, now)
    else:
        return None
    if (on := logical_day(moment, day_starts_at)) > logical_day(now, day_starts_at):
        raise NotUnderstood(f"{on} is still to come", STILL_TO_COME)
    return Dated(_BEHIND.sub("", line[end:], count=1), moment, time)


def _day_and_time(line: str, day: re.Match[str], now: datetime) -> tuple[datetime, str | None, int]:
    try:
        on = date.fromisoformat(day["day"])
    except ValueError as error:
        raise NotUnderstood(
            f"there is no day '{day['day']}'", "write a day that exists, like 2026-11-03"
        ) from error
    midnight = datetime.combine(on, datetime.min.time(), now.tzinfo)
    clock = _TIME.match(line, day.end())
    if clock is None or int(clock["hour"]) > 23:
        return (now if on == now.date() else midnight + _LAST), None, day.end()
    moment = midnight + timedelta(hours=int(clock["hour"]), minutes=int(clock["minute"]))
    return moment, f"{moment:%H:%M}", clock.end()
