"""Calendars: meetings that repeat across a clock change, whatever the zone and encoding."""

import time
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from connect_cli.errors import ConnectError, NotThisFormat
from connect_cli.exchange import ical
from connect_cli.exchange.ical import Span
from tests.cli.test_sweep import CALENDAR
from tests.exchange.meetings import calendar, event, read, reasons
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


OTHERS = Path(__file__).parent / "calendars_of_others"


def of_others(name: str) -> tuple[list[str], list[tuple[str, str | None, date | None, str]]]:
    """When the meetings of a calendar are in Berlin, and what cannot be read of it."""
    span = Span(date(2026, 2, 10), date(2026, 3, 12), ZoneInfo("Europe/Berlin"))
    found, unread = ical.read((OTHERS / f"{name}.ics").read_bytes(), span)
    told = [(one.place, one.title, one.day, one.reason) for one in unread]
    return [f"{one.day:%m-%d} {one.time} {one.summary}" for one in found], told


def test_an_alarm_that_cannot_be_read_does_not_matter() -> None:
    """Both meetings are asked about."""
    both = ["03-10 09:00 Train with Ada", "03-11 09:00 Other meeting"]
    assert of_others("broken-alarm") == (both, [])


def test_an_event_that_cannot_be_read_is_named_with_a_reason() -> None:
    """By its line, its title, and its day if that is known; in words of nobody's library."""
    custom = "its time zone is not known: 'tzone://Microsoft/Custom'"
    assert of_others("inner-words") == (
        [],
        [
            ("line 4", "Two starts", date(2026, 3, 10), "it begins twice"),
            ("line 11", "Only time", None, "its start is a time without a day"),
            ("line 17", "custom tz", date(2026, 3, 11), custom),
        ],
    )


def test_the_zone_of_outlook_is_read() -> None:
    """By its places."""
    assert of_others("outlook-zone") == (["03-11 01:00 outlook.com zone"], [])


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("DTSTART:20260231", "its start is not a day: '20260231'"),
        ("DTSTART:20260310T250000Z", "its start is not a day: '20260310T250000Z'"),
        ("DTSTART:PT1H", "its start is not a day: 'PT1H'"),
        ("DTSTART:20260310T100000Z/PT1H", "its start is not a day: '20260310T100000Z/PT1H'"),
        ("DTSTART:", "it has no day"),
        ("DTSTART;TZID=Foo/Bar:20260310T100000", "its time zone is not known: 'Foo/Bar'"),
        ("DTSTART:20260310\nRECURRENCE-ID:x", "the day that it replaces cannot be read"),
        ("DTEND:20260310T110000Z", "it has no day"),
    ],
)
def test_a_start_that_is_none_is_told(start: str, reason: str) -> None:
    """With what stands there."""
    assert reasons(calendar(event("UID:1", start)), "2026-03-01", "2026-03-31") == [reason]


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        ("DTEND:20260310T110000Z", 60),
        ("DTEND;TZID=Europe/Berlin:20260310T113000", 30),
        ("DURATION:PT45M", 45),
        ("DURATION:PT1H0S0", None),
        ("DTEND:never", None),
        ("DTEND;TZID=Foo/Bar:20260310T110000", None),
        ("DTEND:20260310T090000Z", None),
        ("SEQUENCE:one\nDTSTART:20260310T100000Z", None),
        ("DTEND;VALUE=DATE:20260310", None),
    ],
)
def test_a_meeting_without_a_length_that_makes_sense_is_asked_about(
    lines: str, minutes: int | None
) -> None:
    """How long it took is the smallest question."""
    found, unread = read(
        calendar(event("UID:1", "DTSTART:20260310T100000Z", lines)), "2026-03-01", "2026-03-31"
    )
    assert ([one.minutes for one in found], unread) == ([minutes], [])


def test_an_event_of_another_day_is_passed_over_unread() -> None:
    """Whatever is wrong with it; one that repeats may take place on any day."""
    old = event("UID:1", "DTSTART:20200310T100000Z", "STATUS:;", "EXDATE:never")
    whole = calendar(old, event("UID:2", "DTSTART;TZID=Foo:20200310T100000", "RRULE:FREQ=DAILY"))
    assert len(reasons(whole, "2026-03-01", "2026-03-31")) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "it holds no meeting"),
        ("BEGIN:VCALENDAR\nBEGIN:VJOURNAL\nEND:VJOURNAL\nEND:VCALENDAR", "1 journal entry"),
        ("BEGIN:VCALENDAR\n", "the calendar is cut off before the first meeting"),
        ("", "this is not a calendar"),
        ("nonsense", "this is not a calendar"),
    ],
)
def test_a_file_without_a_meeting_says_what_it_holds(body: str, reason: str) -> None:
    """Instead of nothing."""
    with pytest.raises(NotThisFormat, match=reason):
        read(body.encode(), "2026-03-01", "2026-03-31")


def test_a_calendar_that_is_cut_off_is_read_to_its_end() -> None:
    """And told: by the event that is not whole, or by the last line."""
    whole = calendar(event("UID:1", "DTSTART:20260310T100000Z"))
    found, unread = read(whole.removesuffix(b"END:VCALENDAR\n"), "2026-03-01", "2026-03-31")
    assert (len(found), [one.reason for one in unread]) == (1, ["the calendar is cut off here"])
    half = b"BEGIN:VEVENT\nSUMMARY:Half\nDTSTART:2026"
    found, unread = read(whole.replace(b"END:VCALENDAR\n", half), "2026-03-01", "2026-03-31")
    assert len(found) == 1
    assert [(one.title, one.reason) for one in unread] == [("Half", "it is cut off")]


ONE = event("UID:1", "DTSTART:20260310T100000Z", "SUMMARY:Train")
RULE = event(
    *("UID:2", "DTSTART:20260303T100000Z", "SUMMARY:Choir", "RRULE:FREQ=WEEKLY"),
    "EXRULE:FREQ=WEEKLY;INTERVAL=2",
)


def test_a_calendar_that_was_sent_to_call_meetings_off_holds_none() -> None:
    """As mail programs keep it; a title that says so is no method."""
    assert read(calendar("METHOD:CANCEL\n", ONE), "2026-03-01", "2026-03-31") == ([], [])
    assert len(read(calendar("METHOD:REQUEST\n", ONE), "2026-03-01", "2026-03-31")[0]) == 1


def test_days_that_a_rule_leaves_out_are_not_asked_about_blindly() -> None:
    """The event is named, and the others are read."""
    found, unread = read(calendar(RULE, ONE), "2026-03-01", "2026-03-31")
    assert [one.summary for one in found] == ["Train"]
    assert [one.reason for one in unread] == [
        "it leaves out days by a rule, which connect cannot read"
    ]
