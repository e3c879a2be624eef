"""What nametag exports: people, who is near whom, groups and the journal."""

import json
from typing import Any

import pytest

from connect_cli.exchange import nametag
from connect_cli.exchange.values import Related
from connect_cli.model import Kind

NAMETAG: dict[str, Any] = {
    "version": "1.2",
    "exportDate": "2026-07-20T12:00:00.000Z",
    "user": {"email": "me@example.org", "name": "Me"},
    "groups": [{"id": "g-1", "name": "Family", "description": None, "color": "#FF5733"}],
    "people": [
        {
            "id": "p-1",
            "name": "Ada",
            "middleName": "King",
            "surname": "Lovelace",
            "nickname": "Countess",
            "organization": "Analytical Engines",
            "jobTitle": "Analyst",
            "photo": "data:image/png;base64,AAAA",
            "anniversary": "1835-07-08T00:00:00.000Z",
            "lastContact": "2026-07-10T00:00:00.000Z",
            "notes": "tea, no milk",
            "contactReminderEnabled": True,
            "contactReminderInterval": 2,
            "contactReminderIntervalUnit": "WEEKS",
            "importantDates": [
                {"title": "Birthday", "date": "1604-12-10T00:00:00.000Z"},
                {"title": "First met", "date": "1833-06-05T00:00:00.000Z"},
                {"title": "Name Day", "date": "1604-06-04T23:55:08.000Z"},
            ],
            "phoneNumbers": [{"type": "mobile", "number": "+44 20 7946 0018"}],
            "emails": [{"type": "home", "email": "ada@example.org"}],
            "addresses": [
                {"type": "home", "streetLine1": "1 Way", "locality": "Bath", "country": "UK"}
            ],
            "urls": [{"type": "blog", "url": "https://example.org"}],
            "imHandles": [{"protocol": "Signal", "handle": "ada.01"}],
            "locations": [{"type": "home", "latitude": 51.5, "longitude": 0, "label": "x"}],
            "customFields": [{"key": "X-SHOE-SIZE", "value": "39", "type": "text"}],
            "customFieldValues": [{"slug": "dietary-restriction", "value": "vegan"}],
            "relationshipToUser": {"name": "COUSIN", "label": "Cousin"},
            "groups": ["Family"],
            "relationships": [
                {
                    "relatedPersonId": "p-2",
                    "relatedPersonName": "Byron",
                    "relationshipType": {"name": "PARENT", "label": "Parent"},
                    "notes": "by letter",
                }
            ],
        },
        {
            "id": "p-2",
            "name": "Byron",
            "importantDates": [{"title": "Memorial", "date": "1862-09-01T00:00:00.000Z"}],
            "addresses": [{"type": "home", "locality": "Ockham"}],
            "relationships": [
                {
                    "relatedPersonId": "p-1",
                    "relatedPersonName": "Ada Lovelace",
                    "relationshipType": {"name": "CHILD", "label": "Child"},
                    "notes": None,
                }
            ],
        },
    ],
    "relationshipTypes": [],
    "journalEntries": [
        {
            "id": "j-1",
            "title": "Coffee",
            "date": "2026-07-18T09:00:00.000Z",
            "body": "about engines",
            "people": ["Ada Lovelace"],
            "peopleIds": ["p-1", "p-9"],
        }
    ],
}


def exported(**person: Any) -> bytes:
    """An export of one person."""
    return json.dumps({**NAMETAG, "people": [{"name": "Ada", **person}]}).encode()


def test_people_of_nametag_come_with_whom_they_are_near() -> None:
    """A relationship of Ada with Byron as parent says that Ada is Byron's parent."""
    found = nametag.read(json.dumps(NAMETAG).encode(), "nametag.json")
    ada, byron = found.contacts
    assert (ada.name, ada.uid, ada.aliases, ada.every) == (
        *("Ada King Lovelace", "p-1", ("Countess",), "2w"),
    )
    assert (ada.emails, ada.phones) == (("ada@example.org",), ("+44 20 7946 0018",))
    assert (ada.urls, ada.addresses) == (("https://example.org",), ("1 Way, Bath, UK",))
    assert dict(ada.occasions) == {
        "birthday": (None, 12, 10),
        "First met": (1833, 6, 5),
        "Name Day": (None, 6, 5),
        "anniversary": (1835, 7, 8),
    }
    assert dict(ada.details) == {
        "company": "Analytical Engines",
        "title": "Analyst",
        "relation to me": "cousin",
        "signal": "ada.01",
        "shoe size": "39",
        "dietary restriction": "vegan",
        "note": "tea, no milk",
    }
    assert ada.tags == ("family",)
    assert ada.related == (Related("child", "Byron", "p-2"),)
    assert byron.related == (Related("parent", "Ada King Lovelace", "p-1"),)
    assert (byron.died, byron.occasions) == ("1862-09-01", ())
    assert dict(byron.details) == {"lives in": "Ockham"}
    coffee, last = found.happenings
    assert (coffee.kind, coffee.note, coffee.people) == (
        *(Kind.COFFEE, "Coffee\nabout engines", ("Ada King Lovelace",)),
    )
    assert (last.day.isoformat(), last.people) == ("2026-07-10", ("Ada King Lovelace",))
    assert [one.reason for one in found.unread] == [
        "1 of 'locations' left out",
        "1 of 'photo' left out",
        "1 of 'notes of relationships' left out",
    ]


@pytest.mark.parametrize(
    ("person", "reasons"),
    [
        ({"name": ""}, ["it has no name"]),
        ({"name": "", "displayNameOverride": "Mum"}, []),
        ({"emails": [{"email": "@tom"}]}, ["the email is not valid"]),
        ({"phoneNumbers": [{"number": "n/a"}]}, ["the phone is not valid"]),
        (
            {"importantDates": [{"title": "x", "date": "soon"}, {"date": "2001-02-03"}, 7]},
            ["this is not a day of the year"] * 2,
        ),
        (
            {"prefix": "Dr.", "suffix": "Jr."},
            ["1 of 'prefix' left out", "1 of 'suffix' left out"],
        ),
        ({"groups": [4], "relationships": "x", "contactReminderInterval": True}, []),
        ({"relationships": [{"relatedPersonId": 3}, {"relatedPersonId": "p-9"}]}, []),
    ],
)
def test_what_cannot_be_read_of_nametag_is_told(person: dict[str, Any], reasons: list[str]) -> None:
    """And the rest is there."""
    found = nametag.read(exported(**person))
    assert [one.reason for one in found.unread] == reasons


def test_an_entry_without_ids_names_people_and_one_without_a_day_is_told() -> None:
    """As an earlier version wrote them."""
    entries = [{"title": "Tea", "date": "2026-07-18T09:00:00Z", "people": ["Ada", ""]}, {}]
    found = nametag.read(json.dumps({**NAMETAG, "people": [], "journalEntries": entries}).encode())
    assert [one.people for one in found.happenings] == [("Ada",)]
    assert [one.reason for one in found.unread] == ["it has no day"]


def test_a_last_contact_that_the_journal_has_is_not_a_second_one() -> None:
    """On the same day with the same person."""
    people = [{"id": "p", "name": "Ada", "lastContact": "2026-07-18T00:00:00Z"}]
    entry = {"title": "Tea", "date": "2026-07-18T09:00:00Z", "peopleIds": ["p"]}
    said = {**NAMETAG, "people": people, "journalEntries": [entry]}
    assert len(nametag.read(json.dumps(said).encode()).happenings) == 1


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"people": {}}', b'{"version": 1}'])
def test_other_json_is_no_export_of_nametag(content: bytes) -> None:
    """Whatever it holds."""
    found = nametag.read(content)
    assert (len(found.unread), found.contacts) == (1, [])
    assert not nametag.begins(content)
