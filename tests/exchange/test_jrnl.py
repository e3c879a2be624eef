"""What jrnl exports: its entries become interactions; who is in them is decided afterwards."""

import json

from connect_cli.exchange import jrnl
from connect_cli.model import Kind

JRNL = {
    "tags": {"@ada_lovelace": 1, "#work": 1},
    "entries": [
        {
            "title": "Walk with @ada_lovelace.",
            "body": "It rained.",
            "date": "2026-02-01",
            "time": "14:30",
            "tags": ["@ada_lovelace", "@idea", "@", "#work"],
            "starred": False,
        },
        {"title": "Alone", "body": "", "date": "2026-02-02", "time": "09:00", "tags": []},
        {"title": "When?", "body": "", "date": "someday", "tags": ["@ada"]},
    ],
}


def test_entries_of_jrnl_become_interactions_with_words_to_decide() -> None:
    """A tag with @ may be somebody; an interaction without a day is told."""
    found = jrnl.read(json.dumps(JRNL).encode())
    walk, alone = found.happenings
    assert (walk.people, walk.kind, walk.time) == ((), Kind.WALK, "14:30")
    assert walk.words == ("@ada_lovelace", "@idea")
    assert (walk.note, walk.tags) == ("Walk with @ada_lovelace.\nIt rained.", ("work",))
    assert alone.people == ()
    assert [one.place for one in found.unread] == ["entry 3"]
