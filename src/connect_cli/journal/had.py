"""What somebody has in the journal, so that an import gives it to nobody twice."""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from connect_cli.exchange.values import Contact, Yearly
from connect_cli.store.stored import reading, text


@dataclass(slots=True)
class Had:
    """What a person has already, so that it is not given twice. cards: id and lines by uid."""

    names: set[str]
    points: set[tuple[str, str]] = field(default_factory=set)
    occasions: dict[str, Yearly] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    cards: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    @property
    def lines(self) -> set[str]:
        """The lines of all their cards."""
        return {line for _, lines in self.cards.values() for line in lines}


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
    cards = all_of("SELECT uid, id, text FROM card WHERE person_id = :id")
    return Had(
        {text(name) for (name,) in names},
        {(kind, point_key(kind, text(value))) for kind, value in reached},
        {label: (year, month, day) for label, year, month, day in days},
        dict(all_of("SELECT label_folded, value FROM detail WHERE person_id = :id")),
        {one for (one,) in all_of("SELECT name FROM tag WHERE person_id = :id")},
        {uid: (row_id, lines.split("\n") if lines else []) for uid, row_id, lines in cards},
    )


def points(contact: Contact) -> list[tuple[str, str]]:
    """How a contact is reached: kind and value."""
    return [
        *(("email", value) for value in contact.emails),
        *(("phone", value) for value in contact.phones),
        *(("url", value) for value in contact.urls),
        *(("address", value) for value in contact.addresses),
    ]


def point_key(sort: str, value: str) -> str:
    """Two spellings of one number or address are one."""
    if sort == "phone":
        return "".join(letter for letter in value if letter.isdecimal() or letter == "+")
    return value.casefold() if sort == "email" else value
