"""Read names: everyone's, those that hold a word, and who has a name already."""

import sqlite3
from collections.abc import Iterator, Sequence

from connect_cli.language.names import Known, Names
from connect_cli.language.words import name_key
from connect_cli.model import Named
from connect_cli.store.interactions import together
from connect_cli.store.people import aliases_of_people, grouped
from connect_cli.store.read_values import reading, text

FEW = 5
"""So many names are looked for one by one."""


def names_of(connection: sqlite3.Connection, *, suggesting: bool = True) -> Names:
    """The names of everyone in a journal, read when they are looked up.

    suggesting: whether to look for similar names when none fits.
    """
    return Names(
        known_names(connection),
        lambda ids: together(connection, ids),
        lambda word: holding(connection, word),
        suggesting=suggesting,
    )


def known_names(connection: sqlite3.Connection) -> Iterator[Known]:
    """Everyone's name and aliases, archived people included."""
    aliases = grouped(connection, "SELECT person_id, name FROM alias ORDER BY seq")
    with reading("person"):
        for person_id, name in connection.execute("SELECT id, name FROM person ORDER BY seq"):
            yield Known(text(person_id), text(name), tuple(aliases.get(person_id, ())))


def holder(connection: sqlite3.Connection, name: str, but: str | None = None) -> Named | None:
    """Who has this name as a full name or an alias, in any spelling, except the person `but`."""
    key = name_key(name)
    for known in holding(connection, max(key.split(), key=len, default=key)):
        if known.id != but and key in map(name_key, (known.name, *known.aliases)):
            return Named(known.id, known.name)
    return None


def holders(connection: sqlite3.Connection, names: Sequence[str]) -> dict[str, str]:
    """The ids of those who have one of these names in any spelling, by `name_key`.

    Everyone is read once if there are more than FEW names.
    """
    keys = {name_key(name) for name in names}
    if len(keys) <= FEW:
        held = ((key, holder(connection, key)) for key in keys)
        return {key: person.id for key, person in held if person is not None}
    found: dict[str, str] = {}
    for known in known_names(connection):
        for key in keys.intersection(map(name_key, (known.name, *known.aliases))):
            found.setdefault(key, known.id)
    return found


def holding(connection: sqlite3.Connection, word: str) -> Iterator[Known]:
    """Name and aliases of everyone with a name that contains a folded word or part of a word."""
    rows = connection.execute(f"{_HOLDING} ORDER BY p.seq", {"word": word}).fetchall()
    aliases = aliases_of_people(connection, [person_id for person_id, _ in rows])
    with reading("person"):
        for person_id, name in rows:
            yield Known(text(person_id), text(name), tuple(aliases.get(person_id, ())))


_HOLDING = """SELECT p.id, p.name FROM person p
  WHERE p.seq IN (SELECT seq FROM person WHERE instr(folded, :word))
     OR p.id IN (SELECT person_id FROM alias WHERE instr(folded, :word))"""
