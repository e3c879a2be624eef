"""Look up names by their words, and who is usually seen with whom, without reading everybody."""

import sqlite3
from collections.abc import Iterable

from connect_cli.language.names import Names
from connect_cli.store.people import holding, known_names

COMPANY_ENTRIES = 100  # the newest; company of years ago says little about today


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


def together(connection: sqlite3.Connection, person_ids: Iterable[str]) -> dict[str, int]:
    """How many of these people's newest interactions each other person took part in, by id."""
    ids = sorted(person_ids)
    shared: dict[str, set[str]] = {}
    for person_id in ids:
        for other_id, entry_id in connection.execute(_SHARED, (person_id, COMPANY_ENTRIES)):
            shared.setdefault(other_id, set()).add(entry_id)
    return {other_id: len(found) for other_id, found in shared.items() if other_id not in ids}


_SHARED = """SELECT t.person_id, t.interaction_id FROM (
    SELECT entry_seq FROM seen WHERE person_id = ? ORDER BY day DESC, entry_seq DESC LIMIT ?) newest
  JOIN interaction i ON i.seq = newest.entry_seq JOIN participant t ON t.interaction_id = i.id"""
