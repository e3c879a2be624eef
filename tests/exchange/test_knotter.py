"""What knotter exports: people with yearly days, cadences, tags and interactions."""

import json
from typing import Any

import pytest

from connect_cli.exchange import knotter
from connect_cli.model import Kind

KNOTTER: dict[str, Any] = {
    "metadata": {
        "exported_at": 1767225600,
        "app_version": "0.3.1",
        "schema_version": 11,
        "format_version": 1,
    },
    "contacts": [
        {
            "id": "2d8b83e0-1b7c-4f28-9e1a-1a2d5b1e5e2d",
            "display_name": "Ada Lovelace",
            "email": "ada@example.org",
            "emails": ["ada@example.org", "al@example.org"],
            "phone": "+44 20 7946 0018",
            "handle": "@countess",
            "timezone": "Europe/London",
            "next_touchpoint_at": 1767830400,
            "cadence_days": 30,
            "created_at": 1704067200,
            "updated_at": 1704067200,
            "archived_at": None,
            "tags": ["friends", "old school"],
            "dates": [
                {
                    "id": "d-1",
                    "kind": "birthday",
                    "label": None,
                    "month": 12,
                    "day": 10,
                    "year": 1815,
                },
                {
                    "id": "d-2",
                    "kind": "name_day",
                    "label": None,
                    "month": 6,
                    "day": 5,
                    "year": None,
                },
                {"id": "d-3", "kind": "custom", "label": "Met", "month": 7, "day": 8, "year": 1835},
                {"id": "d-4", "kind": "birthday", "label": "legal", "month": 12, "day": 11},
            ],
            "interactions": [
                {
                    "id": "i-1",
                    "occurred_at": 1767268800,
                    "created_at": 1767268800,
                    "kind": "call",
                    "note": "about engines",
                    "follow_up_at": 1767355200,
                },
                {"id": "i-2", "occurred_at": 1767182400, "kind": "other:Lunch", "note": ""},
                {"id": "i-3", "occurred_at": 1767096000, "kind": "telegram", "note": "hi"},
            ],
        },
        {
            "id": "3b8b83e0-1b7c-4f28-9e1a-1a2d5b1e5e2d",
            "display_name": "Grace Hopper",
            "archived_at": 1704067200,
            "tags": [],
            "dates": [
                {"kind": "custom", "label": "Died", "month": 1, "day": 1, "year": 1992},
            ],
            "interactions": [],
        },
    ],
}


def snapshot(**contact: Any) -> bytes:
    """A snapshot of one person."""
    one = {"display_name": "Ada Lovelace", **contact}
    return json.dumps({**KNOTTER, "contacts": [one]}).encode()


def test_people_of_knotter_come_with_days_and_interactions() -> None:
    """What it plans is not imported, and counted."""
    found = knotter.read(json.dumps(KNOTTER).encode(), "knotter.json")
    ada, grace = found.contacts
    assert (ada.name, ada.uid, ada.emails, ada.phones) == (
        *("Ada Lovelace", "2d8b83e0-1b7c-4f28-9e1a-1a2d5b1e5e2d"),
        *(("ada@example.org", "al@example.org"), ("+44 20 7946 0018",)),
    )
    assert (ada.tags, ada.every, ada.archived) == (("friends", "old-school"), "30d", False)
    assert ada.details == (("handle", "@countess"), ("time zone", "Europe/London"))
    assert dict(ada.occasions) == {
        "birthday": (1815, 12, 10),
        "name day": (None, 6, 5),
        "Met": (1835, 7, 8),
        "legal": (None, 12, 11),
    }
    assert (grace.died, grace.archived, grace.occasions) == ("1992-01-01", True, ())
    call, lunch, message = found.happenings
    assert (call.kind, call.note, call.people, call.key) == (
        *(Kind.CALL, "about engines", ("Ada Lovelace",), "i-1"),
    )
    assert call.time is not None
    assert (lunch.kind, lunch.tags) == (Kind.MEAL, ("lunch",))
    assert (message.kind, message.tags) == (Kind.MESSAGE, ())
    assert [one.reason for one in found.unread] == [
        "1 of 'next_touchpoint_at' left out",
        "1 of 'follow_up_at' left out",
    ]


@pytest.mark.parametrize(
    ("contact", "reasons"),
    [
        ({"display_name": " "}, ["it has no name"]),
        ({"email": "@tom", "phone": "n/a"}, ["the email is not valid", "the phone is not valid"]),
        (
            {"dates": [{"kind": "custom", "label": "x", "month": 13, "day": 1}, {"month": 2}, 7]},
            ["this is not a day of the year"] * 2,
        ),
        ({"interactions": [{"kind": "call"}, {"occurred_at": 10**30}]}, ["it has no day"] * 2),
        ({"dates": 3, "tags": [4], "interactions": "x", "cadence_days": True}, []),
    ],
)
def test_what_cannot_be_read_of_knotter_is_told(
    contact: dict[str, Any], reasons: list[str]
) -> None:
    """And the rest is there."""
    found = knotter.read(snapshot(**contact))
    assert [one.reason for one in found.unread] == reasons


def test_a_snapshot_of_an_earlier_version_has_one_address_and_no_days() -> None:
    """The list of addresses and the days came later."""
    (ada,) = knotter.read(snapshot(email="ada@example.org")).contacts
    assert (ada.emails, ada.occasions) == (("ada@example.org",), ())


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"metadata": {}}', b'{"contacts": []}'])
def test_other_json_is_no_snapshot_of_knotter(content: bytes) -> None:
    """Whatever it holds."""
    found = knotter.read(content)
    assert (len(found.unread), found.contacts) == (1, [])
    assert not knotter.begins(content)
