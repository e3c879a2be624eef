"""Calendars made for a test, and the meetings that are read from them."""

from datetime import UTC, date, tzinfo
from zoneinfo import ZoneInfo

from connect_cli.exchange import ical
from connect_cli.exchange.ical import Meeting, Span
from connect_cli.reports import Unread

OWN = frozenset({"me@example.org"})


def event(*lines: str) -> str:
    """An event with these lines."""
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def calendar(*parts: str) -> bytes:
    """A calendar with these parts."""
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{''.join(parts)}END:VCALENDAR\n".encode()


def read(
    content: bytes, first: str, last: str, zone: str = "UTC"
) -> tuple[list[Meeting], list[Unread]]:
    """The meetings of these days, and what cannot be read."""
    here: tzinfo = UTC if zone == "UTC" else ZoneInfo(zone)
    span = Span(date.fromisoformat(first), date.fromisoformat(last), here, OWN)
    return ical.read(content, span)


def times(content: bytes, first: str, last: str, zone: str = "UTC") -> list[str]:
    """When the meetings of these days begin; everything can be read."""
    found, unread = read(content, first, last, zone)
    assert unread == []
    return [f"{one.day:%m-%d} {one.time or 'all day'}" for one in found]


def reasons(content: bytes, first: str, last: str) -> list[str]:
    """Why events cannot be read; there are no meetings."""
    found, unread = read(content, first, last)
    assert found == []
    return [one.reason for one in unread]
