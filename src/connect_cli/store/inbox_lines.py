"""Which lines of the inbox were taken.

How it works. The id of an interaction from the inbox follows from its line, so that every copy of
the journal gives it the same one. Of a line that was taken, `inbox_line` keeps the keyed hash of
that id: nothing in the journal says what the line was. Each copy has a key of its own until copies
meet; afterwards all of them know all keys, and new lines are hashed by the first.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterable
from hashlib import blake2b

from connect_cli.store.read_values import reading, text

HASH_BYTES = 16


def new_key() -> str:
    """A random key, as it is stored."""
    return secrets.token_hex(HASH_BYTES)


@reading("inbox_line")
def keys(connection: sqlite3.Connection) -> list[str]:
    """The keys by which lines were hashed, the first first; none if no line was taken yet."""
    found = connection.execute("SELECT DISTINCT hash_key FROM inbox_line ORDER BY hash_key")
    return [text(key) for (key,) in found]


def keyed_hash(key: str, interaction_id: str) -> str:
    """What `inbox_line` keeps of a line."""
    return blake2b(interaction_id.encode(), key=key.encode(), digest_size=HASH_BYTES).hexdigest()


def taken(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Those of these ids of interactions whose lines were taken, or dropped."""
    there = list(dict.fromkeys(ids))
    found: set[str] = set()
    for key in keys(connection):
        hashes = {keyed_hash(key, one): one for one in there}
        rows = connection.execute(_TAKEN, {"key": key, "hashes": json.dumps(list(hashes))})
        found.update(hashes[one] for (one,) in rows)
    return found


def interactions(connection: sqlite3.Connection) -> list[str]:
    """The ids of all interactions whose lines were taken."""
    if not keys(connection):
        return []
    found: list[str] = []
    every = connection.execute("SELECT id FROM interaction")
    while batch := every.fetchmany(_BATCH):
        found += taken(connection, (text(each) for (each,) in batch))
    return found


_BATCH = 500
_TAKEN = """SELECT l.hash FROM json_each(:hashes) AS w CROSS JOIN inbox_line AS l
  ON l.hash_key = :key AND l.hash = w.value"""
