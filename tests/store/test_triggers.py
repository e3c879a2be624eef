"""The database itself records every change, and refuses one outside a command."""

import itertools
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.store import database, migrations, schema
from tests.store.journals import NOW
from tests.store.test_schema import inspect_tables
from tests.store.writing import Store


def test_every_column_that_is_not_derived_is_recorded(empty: sqlite3.Connection) -> None:
    """The change triggers of each table name all of its columns; an added row stands itself."""
    for table in inspect_tables(empty) - {*schema.ELSEWHERE}:
        columns = {row[1] for row in empty.execute(f"PRAGMA table_info({table})")}
        follows = {*schema.TABLES[table].folded, *schema.TABLES[table].derived}
        for when, rows in (("inserted", ()), ("updated", ("OLD", "NEW")), ("deleted", ("OLD",))):
            (sql,) = empty.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (f"{table}_{when}",)
            ).fetchone()
            for row, column in itertools.product(rows, columns):
                named = f"'{column}', {row}.{column}" in " ".join(sql.split())
                assert named == (column not in follows)


def test_a_command_records_each_row_before_and_after(store: Store) -> None:
    """The record names table and row, with the values as they were and as they are."""
    connection, writer = store
    with writer.command("add", "added Ada", NOW) as changes:
        person_id = changes.add_person("Ada")
    with writer.command("rename", "Ada is Ada King", NOW) as changes:
        changes.change_person(person_id, name="Ada King")
    recorded = connection.execute(
        """SELECT verb, words, at, open, table_name, row_id, before, after
        FROM change JOIN command ON command.seq = command_seq ORDER BY change.seq"""
    ).fetchall()
    (added, renamed) = recorded
    assert added[:7] == (
        *("add", "added Ada", "2026-11-23T08:00:00.000+00:00", None),
        *("person", person_id, None),
    )
    assert json.loads(renamed[6])["name"] == "Ada"
    assert json.loads(renamed[7])["name"] == "Ada King"


def test_no_row_changes_outside_a_command(store: Store) -> None:
    """The record cannot be gone round: without an open command the database refuses the row."""
    connection, writer = store
    with writer.command("add", "added Ada", NOW) as changes:
        changes.add_person("Ada")
    for statement in ("UPDATE person SET name = 'Eve'", "DELETE FROM person"):
        with pytest.raises(sqlite3.IntegrityError, match=r"change\.command_seq"):
            connection.execute(statement)


def test_a_step_may_change_columns_while_the_triggers_are_down(tmp_path: Path) -> None:
    """They come back for what is there: one that a step takes away is not named any more."""
    path = tmp_path / "journal.db"
    drops = "ALTER TABLE card DROP COLUMN instead;\nUPDATE saving SET minutes = minutes + 1;\n"
    with closing(database.open_to_write(path)) as connection:
        migrations.migrate(connection, path, (*migrations.step_texts(), drops))
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'card_deleted'"
        ).fetchone()
    assert "'text'" in sql
    assert "instead" not in sql
