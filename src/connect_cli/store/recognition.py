"""Read what people are recognised by: their names, numbers, addresses, firms and birthdays."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from connect_cli.model import BIRTHDAY
from connect_cli.store.names import known_names
from connect_cli.store.people import grouped
from connect_cli.store.read_values import reading

FIRM_LABELS = ("company", "organisation", "organization", "org", "firm", "work", "employer")
"""Labels of details that name the firm somebody works for; an import makes the first of them."""


class Signs(NamedTuple):
    """What one person is recognised by.

    firms: where they work, as their details say. born: `1815-12-10`, or `12-10` without the year.
    archived: nothing is due with them.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    born: str = ""
    archived: bool = False


def signs(connection: sqlite3.Connection) -> Iterator[Signs]:
    """What everybody is recognised by, archived people too, in the order of their adding."""
    emails, phones = (_points(connection, kind) for kind in ("email", "phone"))
    firms, born = firms_of(connection), _birthdays(connection)
    archived = _archived(connection)
    for known in known_names(connection):
        yield Signs(
            known.id,
            known.name,
            known.aliases,
            tuple(emails.get(known.id, ())),
            tuple(phones.get(known.id, ())),
            tuple(firms.get(known.id, ())),
            born.get(known.id, ""),
            known.id in archived,
        )


@reading("detail")
def firms_of(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The firms of everyone whose details name one, by their id."""
    labels = ", ".join(f"'{label}'" for label in FIRM_LABELS)
    sql = f"SELECT person_id, value FROM detail WHERE label_folded IN ({labels}) ORDER BY seq"
    return grouped(connection, sql)


@reading("contact_point")
def emails_of(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The email addresses of everyone who has any, by their id."""
    return _points(connection, "email")


def _points(connection: sqlite3.Connection, kind: str) -> dict[str, list[str]]:
    sql = "SELECT person_id, value FROM contact_point WHERE kind = ? ORDER BY seq"
    return grouped(connection, sql, (kind,))


@reading("occasion")
def _birthdays(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT person_id, year, month, day FROM occasion WHERE label = ?", (BIRTHDAY,)
    )
    return {
        person_id: f"{'' if year is None else f'{year:04}-'}{month:02}-{day:02}"
        for person_id, year, month, day in rows
    }


@reading("person")
def _archived(connection: sqlite3.Connection) -> frozenset[str]:
    rows = connection.execute("SELECT id FROM person WHERE archived_on IS NOT NULL")
    return frozenset(person_id for (person_id,) in rows)
