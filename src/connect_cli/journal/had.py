"""What somebody has in the journal, so that an import gives it to nobody twice."""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from connect_cli.exchange.values import Contact, Yearly, same_key
from connect_cli.store.stored import reading, text


@dataclass(slots=True)
class Had:
    """What a person has already, so that it is not given twice.

    cards: by uid, the id, the text, and what the journal says instead.
    """

    names: set[str]
    points: set[tuple[str, str]] = field(default_factory=set)
    occasions: dict[str, Yearly] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    cards: dict[str, tuple[str, str, str]] = field(default_factory=dict)


@reading("person", "alias", "contact_point", "occasion", "card", "detail", "tag")
def had(connection: sqlite3.Connection, person_id: str) -> Had:
    """What somebody who is here has."""

    def all_of(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, {"id": person_id}).fetchall()

    names = all_of(
        "SELECT folded FROM person WHERE id = :id"
        " UNION SELECT folded FROM alias WHERE person_id = :id"
    )
    reached = all_of("SELECT kind, value FROM contact_point WHERE person_id = :id")
    days = all_of("SELECT label, year, month, day FROM occasion WHERE person_id = :id")
    cards = all_of("SELECT uid, id, text, instead FROM card WHERE person_id = :id")
    return Had(
        {text(name) for (name,) in names},
        {(kind, same_key(kind, text(value))) for kind, value in reached},
        {label: (year, month, day) for label, year, month, day in days},
        dict(all_of("SELECT label_folded, value FROM detail WHERE person_id = :id")),
        {one for (one,) in all_of("SELECT name FROM tag WHERE person_id = :id")},
        {uid: (text(row_id), text(card), text(instead)) for uid, row_id, card, instead in cards},
    )


def points(contact: Contact) -> list[tuple[str, str]]:
    """How a contact is reached: kind and value."""
    return [
        *(("email", value) for value in contact.emails),
        *(("phone", value) for value in contact.phones),
        *(("url", value) for value in contact.urls),
        *(("address", value) for value in contact.addresses),
    ]
