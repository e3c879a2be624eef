"""Bytes of other programs: of several encodings, and cut where no letter ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.exchange import ical, vcard_read
from connect_cli.exchange.ical import Span
from connect_cli.exchange.normalise import decoded

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART;VALUE=DATE:20261123\r\nSUMMARY:Café\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@given(lines=st.lists(st.text("aé€𝄞 ;:", max_size=5), max_size=4))
def test_one_line_of_windows_spoils_no_other(lines: list[str]) -> None:
    """Each is read for itself."""
    text = "".join(f"{line}\n" for line in lines)
    assert decoded(text.encode() + b"Jos\xe9\n" + text.encode()) == f"{text}José\n{text}"


@pytest.mark.parametrize("letter", ["é", "€", "𝄞"])
def test_a_letter_that_a_fold_cuts_comes_out_whole(letter: str) -> None:
    """The fold is put behind it, so that places in the file stay right."""
    octets = letter.encode()
    for at in range(1, len(octets)):
        for fold in (b"\r\n ", b"\n\t"):
            cut = b"FN:Ad" + octets[:at] + fold + octets[at:] + b"!\n"
            assert decoded(cut) == f"FN:Ad{letter}{fold.decode()}!\n"


def test_a_card_keeps_a_name_that_a_fold_cuts() -> None:
    """As phones write it that count bytes."""
    content = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jos\xc3\r\n \xa9 Gr\xc3\xbcn\r\nEND:VCARD\r\n"
    assert [one.name for one in vcard_read.read(content).contacts] == ["José Grün"]


@pytest.mark.parametrize("rest", [b"\xe9\n \xa9", b"\xc3\xa9\n \xa9\xa9\xa9", b"\xf0\n \x9d"])
def test_a_fold_that_cuts_no_letter_stays_where_it_is(rest: bytes) -> None:
    """Two lines of another encoding only look as if."""
    assert decoded(rest).count("\n ") == 1
    assert decoded(rest).index("\n") == len(_begun(rest))


def _begun(content: bytes) -> str:
    return decoded(content.partition(b"\n")[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_a_calendar_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    """And is recognised in it."""
    pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")
    content = CALENDAR.encode(encoding)
    assert ical.begins(content)
    found, unread = ical.read(content, Span(date(2026, 11, 1), date(2026, 11, 30)))
    assert ([one.summary for one in found], unread) == (["Café"], [])
