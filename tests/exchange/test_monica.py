"""What Monica exports: people, with calls and activities."""

import json
from typing import Any

from connect_cli.exchange import monica
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
