"""Journals of others: what they hold becomes people and interactions."""

import json
from datetime import date
from typing import Any

import pytest

from connect_cli.exchange import friends, frm, jrnl, monica
from connect_cli.model import Direction, Kind

FRIENDS = """### Activities:
- 2018-11-01: **Grace Hopper** and I had lunch at _Marie's Diner_. @food
- 2018-01-04: Called **Ada Lovelace** and **Grace Hopper**.
- not a line

### Notes:
- 2018-06-12: **Ada Lovelace** is moving to _Boston_.

### Friends:
- Ada Lovelace (a.k.a. The Countess a.k.a. Enchantress) [London] @math
- Grace Hopper

### Locations:
- London
"""


def test_friends_become_people_with_what_was_noted_of_them() -> None:
    """Nicknames are aliases, the location is a city, notes are details with their day."""
    found = friends.read(FRIENDS.encode(), "friends.md")
    ada, grace = found.contacts
    assert (ada.name, ada.aliases, ada.tags) == (
        "Ada Lovelace",
        ("The Countess", "Enchantress"),
        ("math",),
    )
    assert ada.details == (
        ("city", "London"),
        ("note 2018-06-12", "Ada Lovelace is moving to Boston."),
    )
    assert grace.name == "Grace Hopper"
    assert [one.place for one in found.unread] == ["friends.md, line 4"]


def test_activities_of_friends_become_interactions() -> None:
    """With whom, when, what it was and the words, without their marks."""
    lunch, call = friends.read(FRIENDS.encode()).happenings
    assert (lunch.day, lunch.people, lunch.kind) == (date(2018, 11, 1), ("Grace Hopper",), "meal")
    assert lunch.note == "Grace Hopper and I had lunch at Marie's Diner. @food"
    assert lunch.tags == ("food",)
    assert (call.people, call.kind) == (("Ada Lovelace", "Grace Hopper"), Kind.CALL)


def test_what_frm_logged_becomes_interactions() -> None:
    """One a line; two of the same words on one day stay two."""
    line = '{"contact":"Ada","path":"/a.vcf","time":"2026-02-01T12:00:00Z","note":"coffee"}\n'
    found = frm.read((line * 2 + "no json\n").encode(), "log.jsonl")
    assert [(one.people, one.kind) for one in found.happenings] == [(("Ada",), Kind.COFFEE)] * 2
    assert len({one.key for one in found.happenings}) == 2
    assert [one.place for one in found.unread] == ["log.jsonl, line 3"]


JRNL = {
    "tags": {"@ada_lovelace": 1, "#work": 1},
    "entries": [
        {
            "title": "Walk with @ada_lovelace.",
            "body": "It rained.",
            "date": "2026-02-01",
            "time": "14:30",
            "tags": ["@ada_lovelace", "#work"],
            "starred": False,
        },
        {"title": "Alone", "body": "", "date": "2026-02-02", "time": "09:00", "tags": []},
        {"title": "When?", "body": "", "date": "someday", "tags": ["@ada"]},
    ],
}


def test_entries_of_jrnl_become_interactions_with_whom_they_tag() -> None:
    """A tag with @ is somebody; an entry without a day is told."""
    found = jrnl.read(json.dumps(JRNL).encode())
    walk, alone = found.happenings
    assert (walk.people, walk.kind, walk.time) == (("Ada Lovelace",), Kind.WALK, "14:30")
    assert (walk.note, walk.tags) == ("Walk with @ada_lovelace.\nIt rained.", ("work",))
    assert alone.people == ()
    assert [one.place for one in found.unread] == ["entry 3"]


MONICA: dict[str, Any] = {
    "version": "1.0-preview.1",
    "app_version": "4.0.0",
    "account": {
        "uuid": "a",
        "data": [
            {
                "count": 1,
                "type": "contact",
                "values": [
                    {
                        "uuid": "c-1",
                        "properties": {
                            "first_name": "Ada",
                            "last_name": "Lovelace",
                            "nickname": "Countess",
                            "job": "Analyst",
                            "stay_in_touch_frequency": 30,
                            "tags": ["Old friends"],
                            "birthdate": {
                                "is_age_based": False,
                                "is_year_unknown": True,
                                "date": "1900-12-10T00:00:00Z",
                            },
                        },
                        "data": [
                            {
                                "count": 1,
                                "type": "call",
                                "values": [
                                    {
                                        "properties": {
                                            "called_at": "2020-01-02T00:00:00Z",
                                            "content": "about engines",
                                            "contact_called": True,
                                        }
                                    }
                                ],
                            },
                            {
                                "count": 1,
                                "type": "contact_field",
                                "values": [{"properties": {"data": "ada@example.org"}}],
                            },
                            {"count": 1, "type": "activity", "values": ["x-1"]},
                            {"count": 1, "type": "task", "values": [{"uuid": "t"}]},
                        ],
                    }
                ],
            },
            {
                "count": 1,
                "type": "activity",
                "values": [
                    {
                        "uuid": "x-1",
                        "properties": {"summary": "Dinner", "happened_at": "2020-02-03"},
                    }
                ],
            },
        ],
    },
}


def test_people_of_monica_come_with_calls_and_activities() -> None:
    """Who was there is found by the ids; what has no place here is counted."""
    found = monica.read(json.dumps(MONICA).encode(), "monica.json")
    (ada,) = found.contacts
    assert (ada.name, ada.uid, ada.aliases, ada.emails, ada.tags, ada.every) == (
        *("Ada Lovelace", "c-1", ("Countess",), ("ada@example.org",), ("old-friends",), "30d"),
    )
    assert ada.occasions == (("birthday", (None, 12, 10)),)
    call, dinner = found.happenings
    assert (call.kind, call.direction, call.note) == (
        *(Kind.CALL, Direction.THEIRS, "about engines"),
    )
    assert (dinner.kind, dinner.people, dinner.key) == (Kind.MEAL, ("Ada Lovelace",), "x-1")
    assert [one.reason for one in found.unread] == ["1 of 'task' left out"]


@pytest.mark.parametrize("reader", [jrnl, monica], ids=["jrnl", "monica"])
@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "nonsense", '{"entries": 1, "account": 1}', "[" * 100_000, "1" * 5000],
    ids=["empty", "list", "object", "words", "wrong", "deep", "long number"],
)
def test_a_file_that_is_no_such_export_is_told(reader: Any, text: str) -> None:
    """One reason, no fault."""
    assert len(reader.read(text.encode()).unread) == 1


def test_a_note_of_friends_that_nobody_gets_is_told() -> None:
    """Whom it names is no friend, or it names nobody."""
    text = (
        "### Notes:\n- 2018-06-12: **Ada** moves with **Bob**.\n- 2018-06-13: **Cyd** left.\n"
        "- 2018-06-14: Rain.\n### Friends:\n- Ada\n"
    )
    found = friends.read(text.encode(), "friends.md")
    assert [one.details for one in found.contacts] == [
        (("note 2018-06-12", "Ada moves with Bob."),)
    ]
    assert [one.place for one in found.unread] == ["friends.md, line 3", "friends.md, line 4"]
