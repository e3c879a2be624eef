"""A journal open for writing, its rows, and an interaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connect_cli.model import Interaction, Kind, Named
from connect_cli.store import database
from connect_cli.store.writes import Writer
from tests.store.journals import TODAY


@contextmanager
def opened(path: Path) -> Iterator[tuple[sqlite3.Connection, Writer]]:
    """A journal open for writing."""
    connection = database.open_to_write(path)
    writer = Writer(connection, path)
    try:
        yield connection, writer
    finally:
        writer.close()
        connection.close()


Store = tuple[sqlite3.Connection, Writer]


def rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Every row of a table."""
    return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def interaction(people: tuple[Named, ...], **values: object) -> Interaction:
    """An interaction of today, coffee unless said otherwise."""
    usual: dict[str, object] = {"id": "", "day": TODAY, "kind": Kind.COFFEE, "people": people}
    return Interaction(**{**usual, **values})  # type: ignore[arg-type]  # values as the test names them
