"""What the tests of the store share: a journal open for writing."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from connect_cli.store import database
from connect_cli.store.writes import Writer
from tests.store.writing import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, Writer]]:
    """A journal open for writing."""
    with opened(tmp_path / "journal.db") as both:
        yield both


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    """A journal in memory with every step run."""
    connection = database.open_to_read(Path("/nowhere/journal.db"))
    yield connection
    connection.close()


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A journal's connection."""
    opened = database.open_to_write(tmp_path / "journal.db")
    yield opened
    opened.close()


@pytest.fixture
def writer(connection: sqlite3.Connection, tmp_path: Path) -> Iterator[Writer]:
    """What writes to it."""
    writer = Writer(connection, tmp_path / "journal.db")
    yield writer
    writer.close()
