"""Journals with damage in a place that a test names."""

import sqlite3
from contextlib import closing
from pathlib import Path

PAGE_BYTES = 4096


def spoil_table(journal: Path, table: str) -> None:
    """Overwrite the first page of a table or index, which no command touches by itself."""
    with closing(sqlite3.Connection(str(journal))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    with journal.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES)
        file.write(b"\xff" * PAGE_BYTES)


def change_unrecorded(journal: Path, *statements: str) -> None:
    """Change the file as no command would: the record's triggers are put aside meanwhile."""
    with closing(sqlite3.Connection(str(journal), isolation_level=None)) as connection:
        named = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(named).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
