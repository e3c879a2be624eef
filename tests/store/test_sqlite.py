"""Connections to the file: durable and strict, with a key and without one."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from connect_cli.errors import WrongKey
from connect_cli.store import database, sqlite
from tests.store.test_sqlcipher import RAW, made_by_sqlcipher


def test_the_connection_is_durable_and_strict(tmp_path: Path) -> None:
    """WAL, full synchronisation, foreign keys, wiped pages, and patience with other processes."""
    connection = database.open_to_write(tmp_path / "journal.db")
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": sqlite.BUSY_MS,
    }
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    connection.close()
    assert found == wanted


def test_no_other_key_does(tmp_path: Path) -> None:
    """Not one that begins or ends alike; the right one may come after others."""
    path = tmp_path / "journal.db"
    made_by_sqlcipher(path, "geheim")
    with pytest.raises(WrongKey, match="does not open"):
        sqlite.reach(path, lambda _: ("geheim ", "gehei", "Geheim"))
    sqlite.reach(path, lambda _: ("another", "geheim")).close()


def test_an_encrypted_journal_is_opened_as_a_plain_one_is(tmp_path: Path) -> None:
    """The same pragmas are in force."""
    path = tmp_path / "journal.db"
    made_by_sqlcipher(path, RAW)

    def in_force(connection: sqlite3.Connection) -> list[Any]:
        names = ("busy_timeout", "foreign_keys", "synchronous", "secure_delete")
        with closing(connection):
            return [connection.execute(f"PRAGMA {name}").fetchone() for name in names]

    plain = in_force(sqlite.connect(":memory:"))
    assert in_force(sqlite.reach(path, lambda _: (RAW,))) == plain
