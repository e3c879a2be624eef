"""Repeated meetings: on which days they take place, whatever forms their days are written in."""

from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.meetings import calendar, event, read, reasons, times

pytest.importorskip("recurring_ical_events", reason="the extra `calendar` is not installed")

BERLIN = "Europe/Berlin"
AT_TEN = "DTSTART;TZID=Europe/Berlin:20260106T100000"
WEEKLY = ("UID:1", AT_TEN, "RRULE:FREQ=WEEKLY")


def in_march(*events: tuple[str, ...]) -> list[str]:
    """When the meetings of three weeks of March begin in Berlin, every Tuesday if not moved."""
    return times(calendar(*(event(*one) for one in events)), "2026-03-03", "2026-03-17", BERLIN)


EVERY = ["03-03 10:00", "03-10 10:00", "03-17 10:00"]
LEFT_OUT = ["03-03 10:00", "03-17 10:00"]


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE;TZID=Europe/Berlin:20260310T100000",
        "EXDATE:20260310T090000Z",
        "EXDATE:20260310T100000",
        "EXDATE;VALUE=DATE:20260310",
        "EXDATE;TZID=America/New_York:20260310T050000",
        "EXDATE;TZID=Europe/Berlin:20260101T100000,20260310T100000",
        "EXDATE;TZID=Europe/Berlin:20260101T100000\nEXDATE:20260310T090000Z",
    ],
)
def test_a_day_that_is_left_out_may_be_written_in_any_form(line: str) -> None:
    """In the zone of the meeting, in UTC, in another zone, without a zone, or as a day."""
    assert in_march((*WEEKLY, line)) == LEFT_OUT


@pytest.mark.parametrize(
    "line",
    [
        "RECURRENCE-ID;TZID=Europe/Berlin:20260310T100000",
        "RECURRENCE-ID:20260310T090000Z",
        "RECURRENCE-ID:20260310T100000",
        "RECURRENCE-ID;VALUE=DATE:20260310",
        "RECURRENCE-ID;TZID=America/New_York:20260310T050000",
    ],
)
@pytest.mark.parametrize("start", ["DTSTART:20260312T080000Z", "DTSTART:20260312T090000"])
def test_a_moved_instance_replaces_its_own_whatever_form_that_is_in(line: str, start: str) -> None:
    """It is there once, on its new day."""
    moved = in_march(WEEKLY, ("UID:1", line, start))
    assert moved == ["03-03 10:00", "03-12 09:00", "03-17 10:00"]


def test_a_cancelled_instance_is_not_asked_about() -> None:
    """The others are."""
    gone = ("UID:1", "RECURRENCE-ID:20260310T090000Z", "DTSTART:20260310T090000Z")
    assert in_march(WEEKLY, (*gone, "STATUS:CANCELLED")) == LEFT_OUT


def test_an_instance_may_move_all_later_ones() -> None:
    """By as much as it was moved itself (RFC 5545, 3.2.13)."""
    moved = (
        "UID:1",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260310T100000",
        "DTSTART;TZID=Europe/Berlin:20260311T113000",
    )
    assert in_march(WEEKLY, moved) == ["03-03 10:00", "03-11 11:30"]
    whole = calendar(event(*WEEKLY), event(*moved))
    assert times(whole, "2026-04-01", "2026-04-08", BERLIN) == ["04-01 11:30", "04-08 11:30"]


def test_later_instances_may_be_cancelled_together() -> None:
    """The meeting ended that day."""
    end = (
        "UID:1",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260310T100000",
        AT_TEN.replace("20260106", "20260310"),
        "STATUS:CANCELLED",
    )
    assert in_march(WEEKLY, end) == ["03-03 10:00"]


def test_an_instance_that_cannot_be_read_is_not_asked_about_on_its_old_day() -> None:
    """It was moved, and nobody knows where to."""
    broken = event("UID:1", "SUMMARY:Moved", "RECURRENCE-ID:20260310T090000Z", "DTSTART:soon")
    found, unread = read(calendar(event(*WEEKLY), broken), "2026-03-03", "2026-03-17", BERLIN)
    assert [f"{one.day:%m-%d}" for one in found] == ["03-03", "03-17"]
    assert [(one.title, one.reason) for one in unread] == [
        ("Moved", "its start is not a day: 'soon'")
    ]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=WEEKLY;UNTIL=20260310", EVERY[:2]),
        ("FREQ=WEEKLY;UNTIL=20260310T100000", EVERY[:2]),
        ("FREQ=WEEKLY;UNTIL=20260310T090000Z", EVERY[:2]),
        ("FREQ=WEEKLY;UNTIL=20260310T085959Z", EVERY[:1]),
        ("FREQ=WEEKLY;UNTIL=20260310T000000", EVERY[:1]),
        ("FREQ=WEEKLY;COUNT=10", EVERY[:2]),
        ("FREQ=WEEKLY;INTERVAL=2", ["03-03 10:00", "03-17 10:00"]),
        (
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU",
            ["03-03 10:00", "03-15 10:00", "03-17 10:00"],
        ),
        ("freq=weekly;byday=tu", EVERY),
        ("FREQ=DAILY;INTERVAL=7", EVERY),
        ("FREQ=DAILY;BYDAY=TU", EVERY),
        ("FREQ=MONTHLY;BYDAY=2TU", ["03-10 10:00"]),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", []),
        ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1", EVERY),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=3TU", ["03-17 10:00"]),
        (
            "FREQ=WEEKLY\nRRULE:FREQ=MONTHLY;BYMONTHDAY=4",
            ["03-03 10:00", "03-04 10:00", *EVERY[1:]],
        ),
    ],
)
def test_a_rule_gives_the_days_that_it_says(rule: str, found: list[str]) -> None:
    """With an end as a day, in the zone of the meeting or in UTC; by days, weeks, months, years."""
    assert in_march(("UID:1", AT_TEN, f"RRULE:{rule}")) == found


@pytest.mark.parametrize("year", [1970, 1601, 1])
@pytest.mark.parametrize("frequency", ["DAILY;INTERVAL=7", "WEEKLY"])
def test_a_meeting_of_long_ago_is_followed_to_this_day(year: int, frequency: str) -> None:
    """A rule by days or weeks is begun shortly before the days that are asked about."""
    start = {1970: "19700106", 1601: "16010102", 1: "00010102"}[year]
    rule = f"RRULE:FREQ={frequency}"
    assert in_march(("UID:1", f"DTSTART;TZID=Europe/Berlin:{start}T100000", rule)) == EVERY


def test_added_days_are_meetings_too() -> None:
    """With a length of their own, if they say one."""
    lines = (
        *("UID:1", AT_TEN, "DTEND;TZID=Europe/Berlin:20260106T110000"),
        "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260304T080000/PT30M",
        "RDATE:20260305T080000Z",
        "RDATE;VALUE=DATE:20260306",
    )
    assert in_march(lines) == ["03-04 08:00", "03-05 09:00", "03-06 10:00"]


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("RRULE:FREQ=DAILY;UNTIL=20260305", "03-05"),
        ("RRULE:FREQ=DAILY;UNTIL=20260305T000000Z", "03-05"),
        ("RRULE:FREQ=DAILY;UNTIL=20260306T075959Z", "03-05"),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260304", "03-05"),
        ("RRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260306T080000Z", "03-05"),
    ],
)
def test_whole_days_end_on_the_day_that_is_meant(line: str, last: str) -> None:
    """Also west of Greenwich, where midnight in UTC is on the day before."""
    whole = calendar(event("UID:1", "DTSTART;VALUE=DATE:20260303", line))
    found = times(whole, "2026-03-01", "2026-03-31", "America/Los_Angeles")
    assert found[-1] == f"{last} all day"


def test_a_time_without_a_zone_stays_at_its_hour() -> None:
    """Also if a day that is left out has a zone."""
    lines = ("UID:1", "DTSTART:20260106T100000", "RRULE:FREQ=WEEKLY", "EXDATE:20260310T090000Z")
    assert in_march(lines) == LEFT_OUT


def test_the_newest_version_of_an_event_is_read() -> None:
    """By its SEQUENCE; several that are equally new are several meetings."""
    old = ("UID:1", "DTSTART:20260303T080000Z")
    new = ("UID:1", "DTSTART:20260304T080000Z", "SEQUENCE:1")
    assert in_march(old, new) == ["03-04 09:00"]
    assert in_march(old, (*old[:1], "DTSTART:20260305T080000Z")) == ["03-03 09:00", "03-05 09:00"]


def test_events_without_a_uid_are_several_meetings() -> None:
    """Two at the same hour, too."""
    start = "DTSTART:20260303T080000Z"
    assert len(in_march(("SUMMARY:a", start), ("SUMMARY:b", start))) == 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=OFTEN",
        "INTERVAL=2",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=0,1,2,3,4,5,6,7,8;BYSECOND=0,1,2,3,4,5,6",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=one",
        "W1 MO #0",
    ],
)
def test_a_rule_that_is_not_followed_is_told(rule: str) -> None:
    """By hours or less, without a frequency, with words of its own, or of vCalendar 1.0."""
    whole = calendar(event("UID:1", AT_TEN, f"RRULE:{rule}"))
    (reason,) = reasons(whole, "2026-03-03", "2026-03-17")
    assert reason.startswith("it repeats in a way that connect cannot read")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;COUNT=5;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYWEEKNO=54",
        "FREQ=DAILY;BYSETPOS=300",
    ],
)
def test_a_rule_without_a_day_comes_to_an_end(rule: str) -> None:
    """Only its start is a meeting, as with every rule."""
    whole = calendar(event("UID:1", "DTSTART:20260304T100000Z", f"RRULE:{rule}"))
    assert times(whole, "2026-03-01", "2026-03-31") == ["03-04 10:00"]


@pytest.mark.parametrize(
    "line", ["UNTIL=never", "COUNT=x", "BYDAY=TU\nEXDATE:never", "BYDAY=TU\nRDATE:1,2"]
)
def test_a_repetition_that_cannot_be_read_is_told(line: str) -> None:
    """Half of it would ask about days on which nobody met."""
    whole = calendar(event("UID:1", AT_TEN, f"RRULE:FREQ=WEEKLY;{line}"))
    assert len(reasons(whole, "2026-03-03", "2026-03-17")) == 1


def test_what_replaces_an_instance_of_a_rule_that_is_not_followed_is_read() -> None:
    """It has a day of its own."""
    moved = event("UID:1", "RECURRENCE-ID:20260310T090000Z", "DTSTART:20260311T090000Z")
    broken = event("UID:1", AT_TEN, "RRULE:FREQ=HOURLY")
    found, unread = read(calendar(broken, moved), "2026-03-03", "2026-03-17", BERLIN)
    assert ([f"{one.day:%m-%d}" for one in found], len(unread)) == (["03-11"], 1)


RULES = st.builds(
    "FREQ={};INTERVAL={}{}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 9),
    st.sampled_from(["", ";WKST=SU", ";COUNT=30", ";UNTIL=20260317T100000", ";BYMONTH=2,3"]),
    st.sampled_from(
        ["", ";BYDAY=TU", ";BYDAY=MO,WE,SA", ";BYMONTHDAY=1,13,-1", ";BYSETPOS=1;BYDAY=MO"]
    ),
)


@given(rule=RULES, back=st.integers(0, 9000))
def test_what_is_done_for_safety_leaves_the_days_of_a_rule_as_they_are(
    rule: str, back: int
) -> None:
    """They are those of dateutil, which begins with the first and knows no end."""
    start = datetime(2026, 3, 17, 10) - timedelta(days=back)
    first, last = datetime(2026, 3, 3), datetime(2026, 3, 17, 23)
    days = {*rrulestr(rule, dtstart=start).between(first, last), start}
    whole = calendar(event("UID:1", f"DTSTART:{start:%Y%m%dT%H%M%S}", f"RRULE:{rule}"))
    expected = [f"{one:%m-%d %H:%M}" for one in sorted(days) if first <= one]
    assert times(whole, "2026-03-03", "2026-03-17") == expected


def test_a_rule_that_begins_later_has_no_day_yet() -> None:
    """Also at the end of the calendar."""
    whole = calendar(event("UID:1", "DTSTART:99990101T100000", "RRULE:FREQ=DAILY;BYMONTH=1"))
    assert times(whole, "2026-03-03", "2026-03-17") == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_have_meetings(day: str) -> None:
    """Those that are there, and no fault."""
    digits = day.replace("-", "")
    once, daily = f"DTSTART;VALUE=DATE:{digits}", "RRULE:FREQ=DAILY"
    whole = calendar(
        event("UID:1", once), event(*WEEKLY), event("UID:3", "DTSTART:20260101", daily)
    )
    found, _ = read(whole, day, day)
    assert len([one for one in found if one.key.startswith("1")]) == 1


def test_what_replaces_an_instance_at_the_end_of_the_calendar_is_read() -> None:
    """No clock but its own shows that day."""
    moved = ("UID:1", "RECURRENCE-ID:99991231T235959Z", "DTSTART:20260310T090000Z")
    assert in_march(moved) == ["03-10 10:00"]
