"""A calendar in its parts, whatever stands between them."""

import pytest

from connect_cli.exchange import ical, ical_lines
from tests.exchange.meetings import calendar, event

LUNCH = event("UID:1", "DTSTART:20260310T100000Z", "SUMMARY:Lunch")


def titles(content: bytes) -> list[str]:
    """The titles of the events, in brackets if they are cut off."""
    events = ical_lines.parts_of(content).events
    return [one.value("SUMMARY") if one.is_whole else f"({one.value('SUMMARY')})" for one in events]


@pytest.mark.parametrize(
    "part",
    [
        "a stray line\n",
        ";;;:\n",
        "\n\n",
        "BEGIN:VTODO\nDUE:never\nEND:VTODO\n",
        "BEGIN:VTODO\n",
        "END:VTODO\n",
        "END:VALARM\n",
        "BEGIN:X-OTHER\nBEGIN:X-INNER\nEND:X-OTHER\n",
    ],
)
def test_what_stands_between_events_is_in_the_way_of_none(part: str) -> None:
    """Whole or not."""
    assert titles(calendar(part, LUNCH, part, LUNCH, part)) == ["Lunch", "Lunch"]


@pytest.mark.parametrize(
    "line",
    [
        "a stray line",
        "BEGIN:VALARM\nTRIGGER:-PT1H0S0\nSUMMARY:Alarm\nEND:VALARM",
        "BEGIN:VALARM\nBEGIN:X-A\nSUMMARY:x\nEND:X-A\nEND:VALARM",
        "DESCRIPTION:one\ntwo",
        "X-A;:",
    ],
)
def test_what_stands_in_an_event_says_nothing_of_it(line: str) -> None:
    """An alarm has a title of its own."""
    inner = LUNCH.replace("UID:1", f"UID:1\n{line}")
    assert titles(calendar(inner)) == ["Lunch"]


@pytest.mark.parametrize("around", ["Dear all,\nthe plan:\n\n{}", "{}bye\n", "\ufeff{}", "  \n{}"])
def test_text_around_a_calendar_does_no_harm(around: str) -> None:
    """A mail program may have put it there."""
    content = around.format(calendar(LUNCH).decode()).encode()
    assert titles(content) == ["Lunch"]
    assert ical.begins(content)


@pytest.mark.parametrize(
    ("text", "found", "cut_at"),
    [
        (calendar(LUNCH).decode().removesuffix("END:VCALENDAR\n"), ["Lunch"], 8),
        (f"BEGIN:VCALENDAR\n{LUNCH}BEGIN:VEVENT\nSUMMARY:Half", ["Lunch", "(Half)"], 8),
        (
            f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Half\n{LUNCH}END:VCALENDAR",
            ["(Half)", "Lunch"],
            0,
        ),
        (f"{LUNCH}", ["Lunch"], 0),
    ],
    ids=["the end", "an event", "an event between", "both ends"],
)
def test_what_is_cut_off_is_known(text: str, found: list[str], cut_at: int) -> None:
    """What is whole is there."""
    parts = ical_lines.parts_of(text.encode())
    assert titles(text.encode()) == found
    assert parts.cut_at == cut_at


@pytest.mark.parametrize(
    ("line", "zone", "value"),
    [
        (
            "DTSTART;TZID=tzone://Microsoft/Custom:20260311T1",
            "tzone://Microsoft/Custom",
            "20260311T1",
        ),
        ("DTSTART;TZID=(UTC+01:00) A, B;X=1:20260311", "(UTC+01:00) A, B", "20260311"),
        ('DTSTART;TZID="(UTC+01:00) A; B":20260311', "(UTC+01:00) A; B", "20260311"),
        ("DTSTART;VALUE=DATE:20260311", "", "20260311"),
    ],
)
def test_the_name_of_a_zone_may_hold_a_colon(line: str, zone: str, value: str) -> None:
    """In quotes as the standard says, or without."""
    (found,) = ical_lines.parts_of(calendar(event(line))).events[0].all("DTSTART")
    assert (found.params.get("TZID", ""), found.value) == (zone, value)


def test_lines_are_unfolded_within_letters_too() -> None:
    """The standard allows it."""
    folded = b"BEGIN:VEVENT\r\nSUMMARY:Caf\xc3\r\n \xa9 with A\r\n\tda\r\nEND:VEVENT\r\n"
    assert titles(folded) == ["Café with Ada"]


def test_what_else_there_is_is_counted() -> None:
    """In words; what nobody knows is not."""
    others = ["BEGIN:VJOURNAL\nEND:VJOURNAL\n"] * 2 + ["BEGIN:VTODO\nEND:VTODO\nBEGIN:X\nEND:X\n"]
    parts = ical_lines.parts_of(calendar(*others))
    assert parts.in_words == "2 journal entries (VJOURNAL), 1 to-do (VTODO)"
