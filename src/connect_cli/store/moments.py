"""Several reads of the journal as it was at one moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let every read in here see the journal as it was at the first."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.ProgrammingError):  # one that was closed meanwhile has let go of it
            connection.execute("ROLLBACK")
