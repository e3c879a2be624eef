"""Stamps of machines, in local time and logical days that begin at 04:00."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import logical_day
from connect_cli.language.stamps import read_stamp

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 12, 21, 30, tzinfo=BERLIN)
# The stamp ends at the bar.
STAMPS = {
    "2026-03-10T18:05| Coffee with Ada": "2026-03-10 18:05",
    "2026-03-10t18:05|": "2026-03-10 18:05",
    "2026-03-10T18:05|: Coffee": "2026-03-10 18:05",
    "2026-03-10T18:05:00| Coffee": "2026-03-10 18:05",
    "2026-03-10T18:05:00.123|": "2026-03-10 18:05",
    "2026-03-10T18:05:00,123456|": "2026-03-10 18:05",
    "2026-03-10T18:05:60|": "2026-03-10 18:05",
    "2026-03-10T17:05:00Z| Coffee": "2026-03-10 18:05",
    "2026-03-10T17:05Z|": "2026-03-10 18:05",
    "2026-03-10T18:05:00+01:00| Coffee": "2026-03-10 18:05",
    "2026-03-10T18:05:00+0100|": "2026-03-10 18:05",
    "2026-03-10T18:05:00+01|": "2026-03-10 18:05",
    "2026-03-10T12:05:00-05:00|": "2026-03-10 18:05",
    "2026-03-10T22:35:00+05:30|": "2026-03-10 18:05",
    "2026-07-10T16:05:00Z|": "2026-07-10 18:05",
    "20260310T180500|": "2026-03-10 18:05",
    "20260310T1805|": "2026-03-10 18:05",
    "20260310T170500Z| Coffee": "2026-03-10 18:05",
    "2026-03-10 18:05:00| Coffee": "2026-03-10 18:05",
    "2026-03-10 18:05:00+01:00| Coffee": "2026-03-10 18:05",
    "2026-03-10 18:05:00 +0100|": "2026-03-10 18:05",
    "2026-03-10 18:05:00.5Z|": "2026-03-10 19:05",
    "2026-03-10T01:30| drinks": "2026-03-09 01:30",
    "2026-03-10T03:59:59|": "2026-03-09 03:59",
    "2026-03-10T23:30:00Z|": "2026-03-10 00:30",
    "Tue Mar 10 17:05:00 UTC 2026| Coffee": "2026-03-10 18:05",
    "Tue Mar  3 17:05:00 UTC 2026|": "2026-03-03 18:05",
    "Tue 10 Mar 18:05:00 CET 2026|": "2026-03-10 18:05",
    "Tue 10 Mar 2026 06:05:00 PM CET|": "2026-03-10 18:05",
    "Fri 10 Jul 18:05:00 CEST 2026|": "2026-07-10 18:05",
    "Tue, 10 Mar 2026 18:05:00 +0100|": "2026-03-10 18:05",
    "Tue Mar 10 18:05:00 2026|": "2026-03-10 18:05",
}
NO_STAMPS = (
    "", "Coffee with Ada", "2026-03-10", "2026-03-10 Coffee", "2026-03-10 18:05 Coffee",
    "2026-03-10 18:05-19:30 dinner", "2026-03-10T18:05-19:30", "20260310", "2026-03-10T18",
    "2026-03-10T1805", "2026-03-10Today", "Tue Mar 10", "Tuesday 18:05", "at 2026-03-10T18:05",
)  # fmt: skip


@pytest.mark.parametrize(("text", "when"), STAMPS.items())
def test_a_stamp_is_a_local_day_and_time(text: str, when: str) -> None:
    """With its offset or zone, and with the logical day that the moment belongs to."""
    stamp = read_stamp(text.replace("|", ""), NOW, 4)
    assert stamp is not None
    assert f"{stamp.day} {stamp.time}" == when
    assert stamp.length == text.index("|")


@pytest.mark.parametrize("text", NO_STAMPS)
def test_what_people_write_is_no_stamp(text: str) -> None:
    """A date, and a date with a time or with two, are read as days and times."""
    assert read_stamp(text, NOW, 4) is None


@pytest.mark.parametrize(
    "text",
    ["2026-02-30T18:05", "2026-13-01T18:05", "2026-03-10T25:00:00", "Tue Mar 10 18:05:00 XYZ 2026"],
)
def test_a_moment_that_does_not_exist_is_refused(text: str) -> None:
    """With the stamp as it was typed, and what to write instead."""
    with pytest.raises(NotUnderstood, match="there is no") as caught:
        read_stamp(f"{text} Coffee", NOW, 4)
    assert text in caught.value.message
    assert caught.value.hint


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    """An offset can lead out of the years 1 to 9999."""
    with pytest.raises(NotUnderstood, match="outside the years"):
        read_stamp("9999-12-31T23:59:00-05:00", NOW, 4)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 30)),
    OFFSETS,
    st.sampled_from(["T", " "]),
    st.sampled_from(["seconds", "milliseconds", "microseconds"]),
    st.integers(0, 8),
)
def test_any_moment_that_a_machine_writes_is_read(
    local: datetime, zone: timezone, between: str, precision: str, day_starts_at: int
) -> None:
    """In whatever zone it was written, the stamp is that moment here."""
    moment = local.replace(tzinfo=zone)
    text = moment.isoformat(between, precision)
    stamp = read_stamp(text, NOW, day_starts_at)
    assert stamp is not None
    here = moment.astimezone(BERLIN)
    assert stamp.day == logical_day(here, day_starts_at)
    assert stamp.time == f"{here:%H:%M}"
    assert stamp.length == len(text)


def test_without_a_zone_the_clock_of_this_machine_counts() -> None:
    """A clock that says no zone is local."""
    now = NOW.replace(tzinfo=None)
    stamp = read_stamp("2026-03-10T18:05:00Z", now, 4)
    assert stamp is not None
    here = datetime(2026, 3, 10, 18, 5, tzinfo=UTC).astimezone()
    assert stamp.time == f"{here:%H:%M}"


@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize("text", ["2026-07-10T18:05:00+02:00", "2026-07-10T16:05:00Z"])
def test_a_stamp_of_last_summer_keeps_its_hour_in_winter(text: str) -> None:
    """The offset of now is not that of then, on a machine whose clock changes twice a year."""
    stamp = read_stamp(text, datetime(2026, 11, 23, 8, tzinfo=BERLIN).astimezone(), 4)
    assert stamp is not None
    assert (f"{stamp.day}", stamp.time) == ("2026-07-10", "18:05")
