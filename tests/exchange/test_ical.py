"""Calendars: meetings that repeat across a clock change, whatever the zone and encoding."""

import time
from collections.abc import Iterator
from datetime import UTC, date

import pytest
from hypothesis import given, settings

from connect_cli.errors import ConnectError
from connect_cli.exchange import ical
from connect_cli.exchange.ical import Span
from tests.cli.test_sweep import CALENDAR
from tests.exchange.test_formats import CHANGES, mangled

pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")

WEEKLY = """UID:1
DTSTART;TZID=Europe/Berlin:20260707T100000
DTEND;TZID=Europe/Berlin:20260707T104500
RRULE:FREQ=WEEKLY{until}
EXDATE;TZID=Europe/Berlin:20261110T100000
"""
MOVED = """UID:1
RECURRENCE-ID;TZID=Europe/Berlin:20261117T100000
DTSTART;TZID=Europe/Berlin:20261118T110000
"""
NEW_YORK = """UID:2
DTSTART;TZID=America/New_York:20260706T200000
RRULE:FREQ=WEEKLY;BYDAY=MO
EXDATE:20261020T000000Z
RDATE;TZID=America/New_York:20261022T230000
"""


@pytest.fixture
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system's zone is that of Berlin, as long as a test takes."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def times(first: str, last: str, *events: str) -> list[str]:
    """When the meetings of these days begin."""
    body = "".join(f"BEGIN:VEVENT\n{one}END:VEVENT\n" for one in events)
    content = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{body}END:VCALENDAR\n".encode()
    found, unread = ical.read(content, Span(date.fromisoformat(first), date.fromisoformat(last)))
    assert unread == []
    return [f"{one.day} {one.time}" for one in found]


@pytest.mark.usefixtures("_in_berlin")
@pytest.mark.parametrize(
    ("until", "found"),
    [
        ("", ["10-20 10:00", "10-27 10:00", "11-03 10:00", "11-18 11:00", "11-24 10:00"]),
        (";UNTIL=20261103T090000Z", ["10-20 10:00", "10-27 10:00", "11-03 10:00", "11-18 11:00"]),
        (";UNTIL=20261103T085959Z", ["10-20 10:00", "10-27 10:00", "11-18 11:00"]),
        (";COUNT=17", ["10-20 10:00", "10-27 10:00", "11-18 11:00"]),
    ],
    ids=["for ever", "to the minute", "a second short", "counted"],
)
def test_a_meeting_keeps_its_hour_when_the_clocks_change(until: str, found: list[str]) -> None:
    """What was taken out stays out, what was moved is there once."""
    asked = times("2026-10-20", "2026-11-24", WEEKLY.format(until=until), MOVED)
    assert asked == [f"2026-{one}" for one in found]


@pytest.mark.usefixtures("_in_berlin")
def test_a_rule_means_the_days_of_its_own_zone() -> None:
    """Monday evening in New York is Tuesday night in Berlin, in most weeks at two o'clock."""
    assert times("2026-10-13", "2026-11-10", NEW_YORK) == [
        "2026-10-13 02:00",
        "2026-10-23 05:00",
        "2026-10-27 01:00",
        "2026-11-03 02:00",
        "2026-11-10 02:00",
    ]


@pytest.mark.usefixtures("_in_berlin")
def test_whole_days_have_no_zone() -> None:
    """They repeat on the day that stands there."""
    event = "UID:3\nDTSTART;VALUE=DATE:20261023\nRRULE:FREQ=DAILY\nEXDATE;VALUE=DATE:20261024\n"
    assert times("2026-10-23", "2026-10-25", event) == ["2026-10-23 None", "2026-10-25 None"]


ONE_MEETING = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART;VALUE=DATE:20261123\r\nSUMMARY:Café\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_a_calendar_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    """And is recognised in it."""
    content = ONE_MEETING.encode(encoding)
    assert ical.begins(content)
    found, unread = ical.read(content, Span(date(2026, 11, 1), date(2026, 11, 30)))
    assert ([one.summary for one in found], unread) == (["Café"], [])


@settings(max_examples=50)
@given(changes=CHANGES)
def test_a_mangled_calendar_is_read_or_told(changes: list[tuple[int, int, bytes]]) -> None:
    """Days that are none, rules without end, lines cut in two: meetings, or a clear line."""
    content = mangled(CALENDAR.encode(), changes)
    span = Span(date(2026, 11, 1), date(2026, 11, 30), UTC, frozenset({"me@example.org"}))
    try:
        found, _ = ical.read(content, span)
    except ConnectError:
        return
    assert all(span.holds(one.day) for one in found)


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_a_rule_that_never_ends_does_not_hang(rule: str) -> None:
    """So many instances are looked at, and no more."""
    content = CALENDAR.replace("FREQ=WEEKLY;UNTIL=20261207T090000Z", rule).encode()
    span = Span(date(2026, 11, 1), date(2026, 11, 30), UTC)
    assert ical.read(content, span)
