"""Time zones by the names that programs give them, and what happens to one that nobody knows."""

from datetime import UTC, datetime, timedelta

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import ical_lines
from connect_cli.exchange.ical_zones import Zones
from tests.exchange.meetings import calendar, event, read, times

pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")

WINTER, SUMMER = datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12)


def hours(name: str) -> tuple[float, float, bool]:
    """The offsets of a zone in January and in July, and whether it is a guess."""
    zone = Zones((), datetime(2026, 3, 12, tzinfo=UTC)).of(name)
    offsets = (one.replace(tzinfo=zone.clock).utcoffset() for one in (WINTER, SUMMER))
    january, july = (offset / timedelta(hours=1) for offset in offsets if offset is not None)
    return january, july, zone.is_guess


@pytest.mark.parametrize(
    ("name", "january", "july"),
    [
        ("Europe/Berlin", 1, 2),
        ("W. Europe Standard Time", 1, 2),
        ("w. europe standard time", 1, 2),
        ("Eastern Standard Time", -5, -4),
        ("/freeassociation.sourceforge.net/Europe/Berlin", 1, 2),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", -3, -3),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 1, 2),
        ('"(UTC+01:00) Amsterdam, Berlin"', 1, 2),
        ("(GMT+01:00) Brussels, Copenhagen, Madrid, Paris", 1, 2),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", 1, 2),
        ("(UTC+01:00) Brüssel, Kopenhagen, Madrid, Paris", 1, 2),
        ("(UTC+01:00) West Central Africa", 1, 1),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", 0, 1),
        ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", 0, 1),
        ("(UTC+00:00) Monrovia, Reykjavik", 0, 0),
        ("(UTC-05:00) Eastern Time (US & Canada)", -5, -4),
        ("(UTC-07:00) Arizona", -7, -7),
        ("(UTC-07:00) Chihuahua, La Paz, Mazatlan", -7, -7),
        ("(UTC-04:00) Georgetown, La Paz, Manaus, San Juan", -4, -4),
        ("(UTC-03:00) City of Buenos Aires", -3, -3),
        ("(UTC+02:00) Athens, Bucharest", 2, 3),
        ("(GMT+02:00) Athens, Bucharest, Istanbul", 2, 3),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", 5.5, 5.5),
        ("(UTC+10:00) Canberra, Melbourne, Sydney", 11, 10),
        ("(UTC) Coordinated Universal Time", 0, 0),
        ("(UTC-11:00) Coordinated Universal Time-11", -11, -11),
        ("tzone://Microsoft/Utc", 0, 0),
        ("UTC", 0, 0),
        ("UTC+1", 1, 1),
        ("GMT-03:30", -3.5, -3.5),
    ],
)
def test_a_zone_is_known_by_every_name_that_programs_give_it(
    name: str, january: float, july: float
) -> None:
    """Those of the database, of Windows and of Outlook's list, whose places tell summer time."""
    assert hours(name) == (january, july, False)


@pytest.mark.parametrize(
    ("name", "offset"),
    [("(UTC+05:00) Nowhere, Elsewhere", 5), ("(UTC+04:00) Moscow, St. Petersburg", 4)],
)
def test_an_offset_whose_places_are_unknown_is_a_guess(name: str, offset: float) -> None:
    """So is one that does not belong to its places, or does no longer."""
    assert hours(name) == (offset, offset, True)


@pytest.mark.parametrize(
    "name",
    ["tzone://Microsoft/Custom", "Customized Time Zone", "Europe", "Foo/Bar", "", "/", "../x"],
)
def test_a_name_without_a_meaning_is_no_zone(name: str) -> None:
    """A wrong hour would be worse than none."""
    with pytest.raises(NotUnderstood, match="its time zone is not known"):
        hours(name)


ZONE = """BEGIN:VTIMEZONE
TZID:{name}
X-NOTE:a zone of our own
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0500
TZOFFSETTO:+0400
RRULE:{winter}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0400
TZOFFSETTO:+0500
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
USUAL = "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"


@pytest.mark.parametrize(
    "name",
    [
        "Customized Time Zone",
        "tzone://Microsoft/Custom",
        "(UTC+01:00) Amsterdam\\, Berlin",
        "W. Europe Standard Time",
        "Europe/Berlin",
    ],
)
def test_a_zone_that_the_file_describes_is_as_it_says(name: str) -> None:
    """Whatever its name means elsewhere."""
    said = name.replace("\\", "")
    days = [event(f"DTSTART;TZID={said}:2026{day}T120000") for day in ("0115", "0715")]
    whole = calendar(ZONE.format(name=name, winter=USUAL), *days)
    assert times(whole, "2026-01-01", "2026-12-31") == ["01-15 08:00", "07-15 07:00"]


@pytest.mark.parametrize(
    "winter", ["FREQ=SECONDLY", "FREQ=YEARLY;BYSETPOS=400", "FREQ=YEARLY;BYDAY=XX", "never"]
)
def test_a_zone_that_cannot_be_read_is_looked_up_by_its_name(winter: str) -> None:
    """And told if that says nothing."""
    start = "DTSTART;TZID={}:20260115T120000"
    zone = ZONE.format(name="Europe/Berlin", winter=winter)
    whole = calendar(zone, event(start.format("Europe/Berlin")))
    assert times(whole, "2026-01-01", "2026-01-31") == ["01-15 11:00"]
    whole = calendar(ZONE.format(name="Ours", winter=winter), event(start.format("Ours")))
    _, unread = read(whole, "2026-01-01", "2026-01-31")
    assert [one.reason for one in unread] == ["its time zone is not known: 'Ours'"]


def test_a_zone_that_nobody_uses_may_be_broken() -> None:
    """It is not even looked at."""
    broken = "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:never\n"
    whole = calendar(f"{broken}END:VTIMEZONE\n", event("DTSTART:20260115T120000Z"))
    assert times(whole, "2026-01-01", "2026-01-31") == ["01-15 12:00"]


def test_a_zone_ends_with_its_component() -> None:
    """Its parts are those between its BEGIN and END."""
    parts = ical_lines.parts_of(calendar(ZONE.format(name="x", winter=USUAL)))
    (zone,) = parts.zones
    assert [one.name for one in zone.all("BEGIN") + zone.all("END")] == ["BEGIN"] * 2 + ["END"] * 2
