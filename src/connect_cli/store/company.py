"""Names by the words in them, and who was seen with whom: read without going through everybody."""

import sqlite3
from collections.abc import Iterable

from connect_cli.language.names import Names
from connect_cli.store.people import holding, known_names

COMPANY_ENTRIES = 100  # newest ones: who was with somebody years ago says little of now


def names_of(connection: sqlite3.Connection, *, suggesting: bool = True) -> Names:
    """The names of everyone in a journal, read as they are looked for.

    suggesting: whether names that look alike are looked for where none fits.
    """
    return Names(
        known_names(connection),
        lambda ids: together(connection, ids),
        lambda word: holding(connection, word),
        suggesting=suggesting,
    )


def together(connection: sqlite3.Connection, person_ids: Iterable[str]) -> dict[str, int]:
    """How many of the newest interactions of these each other person shared with any of them."""
    ids = sorted(person_ids)
    shared: dict[str, set[str]] = {}
    for person_id in ids:
        for other_id, entry_id in connection.execute(_SHARED, (person_id, COMPANY_ENTRIES)):
            shared.setdefault(other_id, set()).add(entry_id)
    return {other_id: len(found) for other_id, found in shared.items() if other_id not in ids}


_SHARED = """SELECT t.person_id, t.interaction_id FROM (
    SELECT entry_seq FROM seen WHERE person_id = ? ORDER BY day DESC, entry_seq DESC LIMIT ?) newest
  JOIN interaction i ON i.seq = newest.entry_seq JOIN participant t ON t.interaction_id = i.id"""
