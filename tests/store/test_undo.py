"""Rows are taken back exactly, and a name that is forgotten is found in any file."""

import json
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.safety.forget import wipe_freed_pages
from connect_cli.safety.held_files import files_with
from connect_cli.store import undo
from connect_cli.store.changes import Record
from connect_cli.store.writes import Transaction, Writer

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def reverse(transaction: Transaction, connection: sqlite3.Connection, command_id: str) -> list[int]:
    """Take one command back, as a command of its own."""
    with transaction.command("undo", "…", command_id):
        return list(undo.take_back(connection, command_id))


def people(connection: sqlite3.Connection) -> list[str]:
    """The names of everybody."""
    return [name for (name,) in connection.execute("SELECT name FROM person ORDER BY seq")]


def test_a_row_comes_back_to_the_byte(connection: sqlite3.Connection, writer: Writer) -> None:
    """Its number, its id, control characters and all."""
    note = 'a "quote", a \\, a\x00NUL, \u2028, 😀, Ł'
    with writer.command("promise", "…", NOW) as rows:
        person_id = rows.add_person("Ada")
        rows.remember(person_id, "note", note)
    before = connection.execute("SELECT * FROM detail").fetchall()
    with writer.command("drop", "…", NOW) as rows:
        rows.drop_detail(before[0][1])
    (step,) = Record(connection).last(1)
    with writer.transaction(NOW) as transaction:
        assert reverse(transaction, connection, step.undoes) == [1]
    assert connection.execute("SELECT * FROM detail").fetchall() == before
    assert before[0][5] == note


def test_what_something_else_than_a_command_changed_is_not_overwritten(
    connection: sqlite3.Connection, writer: Writer
) -> None:
    """No command is to blame then, and the doctor is named."""
    with writer.command("add", "Ada", NOW) as rows:
        rows.add_person("Ada")
    connection.execute("UPDATE change SET after = json_set(after, '$.name', 'Eve')")
    (step,) = Record(connection).last(1)
    with (
        pytest.raises(ConnectError, match="not as it left them") as caught,
        writer.transaction(NOW) as transaction,
    ):
        reverse(transaction, connection, step.undoes)
    assert caught.value.hint == "see why: connect doctor"
    assert people(connection) == ["Ada"]


def test_many_rows_are_told_of_by_the_thousand(
    connection: sqlite3.Connection, writer: Writer
) -> None:
    """So that a bar can follow; the newest contacts are reckoned at the end."""
    with writer.command("log", "very many", NOW) as rows:
        ada, bo = rows.add_person("Ada"), rows.add_person("Bo")
        rows._session.flush()
        connection.execute(
            """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
            INSERT INTO interaction (id, day, kind, counts, tried, note, entered, folded,
              recorded_at) SELECT printf('%012d', i), '2026-11-23', 'call', 'yes', 0, '', '', '',
              '2026-11-23T08:00:00.000+00:00' FROM n"""
        )
        for person_id in (ada, bo):
            connection.execute(
                "INSERT INTO participant SELECT id, ?, seq FROM interaction", (person_id,)
            )
    (step,) = Record(connection).last(1)
    assert step.rows == 3602
    with writer.transaction(NOW) as transaction:
        assert reverse(transaction, connection, step.undoes) == [1000, 1000, 1000, 602]
    again = Record(connection).last_taken_back()
    assert again is not None
    assert json.loads(json.dumps(again.effects)) == [
        *(["brought back", "interaction", 1200], ["brought back", "person", 2]),
    ]
    with writer.transaction(NOW) as transaction:
        reverse(transaction, connection, again.undoes)
    days = connection.execute("SELECT last_full_on FROM person").fetchall()
    assert days == [("2026-11-23",), ("2026-11-23",)]


def test_a_name_is_found_in_any_file_wherever_it_stands(tmp_path: Path) -> None:
    """Across the pieces in which it is read, in any form; what cannot be read is passed over."""
    (tmp_path / "deep").mkdir()
    content = {
        "long": b"x" * (2**20 - 3) + "Zoë Q".encode(),
        "deep/folded": b"a zoe q.",
        "decomposed": "Zoe\u0308 Q".encode(),
        "nothing": b"Zo Q",
    }
    for name, written in content.items():
        (tmp_path / name).write_bytes(written)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    found = {str(path.relative_to(tmp_path)) for path in files_with(tmp_path, ["Zoë Q"])}
    assert found == {"long", "deep/folded", "decomposed"}
    if os.geteuid() != 0:
        (tmp_path / "long").chmod(0)
        assert tmp_path / "long" not in files_with(tmp_path, ["Zoë Q"])


def test_wiping_leaves_one_small_file(connection: sqlite3.Connection, tmp_path: Path) -> None:
    """Freed pages are gone from it, and what lies beside it is empty."""
    path = tmp_path / "journal.db"
    connection.execute("CREATE TABLE scratch (text TEXT)")
    connection.execute("INSERT INTO scratch VALUES (?)", ("x" * 500_000,))
    connection.execute("DROP TABLE scratch")
    wipe_freed_pages(connection, path)
    assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert path.with_name("journal.db-wal").stat().st_size == 0
    assert path.stat().st_size < 500_000
