"""Large files: pictures cost nothing, what is beyond reason is told, memory stays flat."""

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.exchange import (
    csv_table,
    friends,
    frm,
    jrnl,
    knotter,
    monica,
    nametag,
    pagen,
    values,
    vcard_read,
)
from connect_cli.exchange.normalise import lines_of
from connect_cli.exchange.sources import read, source
from tests.exchange.test_killed import peak
from tests.exchange.test_knotter import KNOTTER
from tests.exchange.test_nametag import NAMETAG


def test_cards_are_read_until_they_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures do not count; what is beyond is told once."""
    monkeypatch.setattr(vcard_read, "LARGEST_FILE", 100)
    text = "".join(f"BEGIN:VCARD\nFN:{n}\nPHOTO:{'A' * 200}\nEND:VCARD\n" for n in range(9))
    found = vcard_read.read(text.encode())
    assert [one.name for one in found.contacts] == ["0", "1", "2", "3"]
    assert [one.reason for one in found.unread if "cut off" not in one.reason] == [
        "everything from here on: without pictures it is over 0 MB"
    ]


def test_more_people_than_there_is_room_for_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Within a file, and over several."""
    monkeypatch.setattr(values, "MOST_PEOPLE", 2)
    monkeypatch.setattr(values, "MOST_INTERACTIONS", 2)
    cards = "".join(f"BEGIN:VCARD\nFN:{name}\nEND:VCARD\n" for name in "abc")
    rows = "".join(f"{name},{name}@example.org\n" for name in "abc")
    log = "".join(f'{{"contact": "{name}", "time": "2026-02-01"}}\n' for name in "abc")
    names = [{"properties": {"first_name": name}} for name in "abc"]
    contacts = [{"display_name": name} for name in "abc"]
    people = [{"name": name} for name in "abc"]
    account = {"data": [{"type": "contact", "values": names}]}
    interaction = {"title": "tea", "date": "2026-02-01", "tags": ["@ada"]}
    for found in (
        vcard_read.read(cards.encode(), "file"),
        csv_table.read(f"name,email\n{rows}".encode(), "file"),
        frm.read(log.encode(), "file"),
        pagen.read(b"tool: pagen\ndata:\n" + b"  - name: Ada\n" * 3, "file"),
        friends.read(b"### Friends:\n" + b"- Ada\n" * 3, "file"),
        jrnl.read(json.dumps({"tags": {}, "entries": [interaction] * 3}).encode(), "file"),
        monica.read(json.dumps({"account": account}).encode(), "file"),
        knotter.read(json.dumps({**KNOTTER, "contacts": contacts}).encode(), "file"),
        nametag.read(
            json.dumps({**NAMETAG, "people": people, "journalEntries": []}).encode(), "file"
        ),
    ):
        assert len(found.contacts) + len(found.happenings) == 2
        (left,) = found.unread
        assert left.reason.startswith("everything from here on: more than")
    files = [tmp_path / f"{n}.vcf" for n in range(3)]
    for file in files:
        file.write_text(cards, encoding="utf-8")
    first, rest = read(source(files, None))
    assert (len(first.contacts), rest.contacts) == (2, [])
    assert [one.place for one in rest.unread] == ["1.vcf"]


@given(
    lines=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=6)),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_lines_come_one_by_one_as_they_stand_there(
    lines: list[str], end: str, encoding: str
) -> None:
    """With their ends in every spelling, behind a mark or without one."""
    text = "".join(f"{line}{end}" for line in lines).removeprefix("\ufeff")
    content = text.encode(encoding)
    if encoding == "utf-8" and content.startswith((b"\xff", b"\xfe", b"\xef\xbb\xbf")):
        return
    expected = [f"{line}{end}".encode() for line in text.split(end)][:-1]
    assert list(lines_of(io.BytesIO(content))) == expected


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells what was used")
def test_an_address_book_with_many_pictures_takes_little_memory(tmp_path: Path) -> None:
    """Sixty-four megabytes of it no more than a few."""
    env = {**os.environ, "CONNECT_JOURNAL": str(tmp_path / "journal.db")}
    picture = "\r\n ".join(["A" * 74] * 600)
    peaks = []
    for people in (100, 1500):
        file = tmp_path / f"{people}.vcf"
        with file.open("w", encoding="utf-8") as stream:
            for n in range(people):
                stream.write(f"BEGIN:VCARD\r\nFN:Person {n}\r\nPHOTO:{picture}\r\nEND:VCARD\r\n")
        peaks.append(peak(("import", str(file), "--dry-run"), env))
    assert peaks[1] < peaks[0] + 20_000
