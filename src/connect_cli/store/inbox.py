"""How many lines of the inbox wait: all that `today` and a prompt know of it."""

import sqlite3
from sys import maxsize

from connect_cli.store.read_values import reading, whole


@reading("inbox")
def waiting(connection: sqlite3.Connection) -> int:
    """How many lines waited for an answer when the inbox was last taken in."""
    found = connection.execute("SELECT waiting FROM inbox").fetchone()
    return 0 if found is None else whole(found[0], maxsize, 0)
