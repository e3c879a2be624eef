"""What frm logs: each line is an interaction."""

import time

import pytest

from connect_cli.exchange import frm
from connect_cli.model import Kind


def test_what_frm_logged_becomes_interactions() -> None:
    """One a line; two of the same words on one day stay two."""
    line = '{"contact":"Ada","path":"/a.vcf","time":"2026-02-01T12:00:00Z","note":"coffee"}\n'
    found = frm.read((line * 2 + "no json\n").encode(), "log.jsonl")
    assert [(one.people, one.kind) for one in found.happenings] == [(("Ada",), Kind.COFFEE)] * 2
    assert len({one.key for one in found.happenings}) == 2
    assert [one.place for one in found.unread] == ["log.jsonl, line 3"]


@pytest.mark.parametrize(
    ("said", "day", "at"),
    [
        ("2026-02-01T12:00:00Z", "2026-02-01", "21:00"),
        ("2026-02-01T18:30:00.123456789Z", "2026-02-02", "03:30"),
        ("2026-02-01T18:30:00-03:00", "2026-02-02", "06:30"),
        ("2026-02-01T18:30:00", "2026-02-01", "18:30"),
        ("2026-02-01T00:00:00Z", "2026-02-01", None),
        ("2026-02-01", "2026-02-01", None),
        ("2026-02-01 about noon", "2026-02-01", None),
    ],
)
def test_a_moment_is_read_by_the_clock_of_this_machine(
    said: str, day: str, at: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day without a time stays the day that it is."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    line = f'{{"contact": "Ada", "time": "{said}", "note": "tea"}}'
    (one,) = frm.read(line.encode()).happenings
    monkeypatch.undo()
    time.tzset()
    assert (str(one.day), one.time) == (day, at)
