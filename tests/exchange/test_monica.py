"""What Monica exports: people, with calls and activities."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from connect_cli.exchange import monica
from connect_cli.exchange.values import Related
from connect_cli.model import Direction, Kind

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


def account(*contacts: dict[str, Any], relationships: Sequence[dict[str, Any]] = ()) -> bytes:
    """An export of these contacts."""
    blocks = [
        {"type": "contact", "values": contacts},
        {"type": "relationship", "values": [{"properties": one} for one in relationships]},
    ]
    return json.dumps({"app_version": "4.0.0", "account": {"data": blocks}}).encode()


def test_relationships_of_monica_say_who_is_near() -> None:
    """`contact_is` is the `type` of `of_contact`; whoever introduced somebody is near too."""
    said: list[dict[str, Any]] = [
        {"type": "stepparent", "contact_is": "c-1", "of_contact": "c-2"},
        {"type": "ex_husband", "contact_is": "c-2", "of_contact": "c-1"},
        {"type": "friend", "contact_is": "c-2"},
        {"type": 7, "contact_is": "c-2", "of_contact": "c-1"},
    ]
    ada = {"uuid": "c-1", "properties": {"first_name": "Ada", "first_met_through": "c-2"}}
    bob = {"uuid": "c-2", "properties": {"first_name": "Bob"}}
    found = monica.read(account(ada, bob, relationships=said))
    assert [one.related for one in found.contacts] == [
        (Related("ex husband", uid="c-2"), Related("met through", uid="c-2")),
        (Related("step-parent", uid="c-1"),),
    ]


@pytest.mark.parametrize(
    ("said", "died", "archived"),
    [
        ({"is_dead": False, "is_active": True}, "", False),
        ({"is_active": False}, "", True),
        ({"is_dead": True}, "unknown", False),
        ({"deceased_date": {"date": "2024-03-10T00:00:00Z"}}, "2024-03-10", False),
        ({"deceased_date": {"date": "2024-03-10", "is_age_based": True}}, "2024", False),
        ({"deceased_date": {"date": "2024-03-10", "is_year_unknown": True}}, "--03-10", False),
    ],
)
def test_the_dead_of_monica_are_dead_here(said: dict[str, Any], died: str, archived: bool) -> None:
    """As exactly as it is known there; whoever was archived there is archived here."""
    (ada,) = monica.read(account({"properties": {"first_name": "Ada", **said}})).contacts
    assert (ada.died, ada.archived) == (died, archived)


def test_addresses_of_monica_are_whole_or_say_where_somebody_lives() -> None:
    """A street makes the difference."""
    homes = [
        {"properties": {"name": "home", "street": "1 Way", "city": "Bath", "country": "GB"}},
        {"properties": {"city": "Rome"}},
    ]
    data = [{"type": "address", "values": homes}]
    (ada,) = monica.read(account({"properties": {"first_name": "Ada"}, "data": data})).contacts
    assert (ada.addresses, ada.details) == (("1 Way, Bath, GB",), (("lives in", "Rome"),))
