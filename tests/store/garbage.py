"""Values that no command writes, put into any column of a journal, as damage would."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from connect_cli.store import database


class Column(NamedTuple):
    """A column of a table. key: whether it is SQLite's own row number, which is always whole."""

    table: str
    name: str
    kind: str
    key: bool

    @property
    def said(self) -> str:
        """As the doctor names it."""
        return f"{self.table}.{self.name}"


def columns() -> list[Column]:
    """Every column of every table of the newest journal, the search indexes' own left out."""
    with closing(database.empty()) as connection:
        tables = connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " ORDER BY name"
        ).fetchall()
        return [
            Column(table, name, kind, name == "seq")
            for (table,) in tables
            for name, kind in connection.execute(
                "SELECT name, type FROM pragma_table_info(?) ORDER BY cid", (table,)
            )
        ]


@contextmanager
def loosened(journal: Path, table: str) -> Iterator[sqlite3.Connection]:
    """The journal with a table that takes anything, and no trigger that would notice it.

    All is as before afterwards but for what was written meanwhile.
    """
    named = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with _opened(journal) as connection:
        triggers = connection.execute(named).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        (strict,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        _redefine(connection, table, _loose(strict))
    with _opened(journal) as connection:
        yield connection
        _redefine(connection, table, strict)
    with _opened(journal) as connection:
        for _, sql in triggers:
            connection.execute(sql)


@contextmanager
def _opened(journal: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.Connection(str(journal), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


def _redefine(connection: sqlite3.Connection, table: str, sql: str) -> None:
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")


def _loose(sql: str) -> str:
    """A table's definition without what it asks of its columns, but for its keys."""
    without = sql.replace(" STRICT", " ").replace(" , WITHOUT", " WITHOUT")
    return re.sub(r"\b(TEXT|INTEGER)\b(?! PRIMARY)( NOT NULL)?", "BLOB", without)


def write(journal: Path, column: Column, value: Any, row: int = 0) -> None:
    """Put a value into a column of the table's first row, or of another; bytes as a text."""
    with loosened(journal, column.table) as connection:
        keys = [
            name
            for name, pk in connection.execute(
                "SELECT name, pk FROM pragma_table_info(?) WHERE pk > 0", (column.table,)
            )
        ]
        listed = ", ".join(keys)
        found = connection.execute(
            f"SELECT {listed} FROM {column.table} ORDER BY {listed} LIMIT 1 OFFSET ?", (row,)
        ).fetchone()
        mark = "CAST(? AS TEXT)" if isinstance(value, Text) else "?"
        where = " AND ".join(f"{key} = ?" for key in keys)
        connection.execute(
            f"UPDATE {column.table} SET {column.name} = {mark} WHERE {where}", (value, *found)
        )


class Text(bytes):
    """Bytes that are to stand as a text, though they are none."""
