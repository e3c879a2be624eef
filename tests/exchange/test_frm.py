"""What frm logs: each line is an interaction."""

from connect_cli.exchange import frm
from connect_cli.model import Kind


def test_what_frm_logged_becomes_interactions() -> None:
    """One a line; two of the same words on one day stay two."""
    line = '{"contact":"Ada","path":"/a.vcf","time":"2026-02-01T12:00:00Z","note":"coffee"}\n'
    found = frm.read((line * 2 + "no json\n").encode(), "log.jsonl")
    assert [(one.people, one.kind) for one in found.happenings] == [(("Ada",), Kind.COFFEE)] * 2
    assert len({one.key for one in found.happenings}) == 2
    assert [one.place for one in found.unread] == ["log.jsonl, line 3"]
