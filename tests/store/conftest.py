"""What the tests of the store share: a journal open for writing."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from connect_cli.store.writes import Writer
from tests.store.writing import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, Writer]]:
    """A journal open for writing."""
    with opened(tmp_path / "journal.db") as both:
        yield both
