"""Days as the events of a calendar."""

from datetime import date

import pytest

from connect_cli.exchange.ical_write import Event, written
from tests.exchange.meetings import read

pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "2026-11-23", "9999-12-31"])
def test_any_day_becomes_an_event_that_is_read_again(day: str) -> None:
    """Also the last there is, which no other follows; with words that have signs in them."""
    event = Event("1", date.fromisoformat(day), "Ada: tea; milk, \\ and\nsugar")
    content = "".join(written([event], date(2026, 11, 23))).encode()
    found, unread = read(content, day, day)
    assert [(one.day.isoformat(), one.summary) for one in found] == [
        (day, "Ada: tea; milk, \\ and sugar")
    ]
    assert unread == []
