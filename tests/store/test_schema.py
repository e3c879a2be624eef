"""The migration steps, the models and a file on disk say the same."""

import hashlib
import itertools
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Inspector, create_engine, inspect
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from connect_cli.errors import JournalTrouble
from connect_cli.store import copies, database, migrations, schema, sqlite, tables
from connect_cli.store.column_checks import CHECKS, OWN_WORDS
from connect_cli.store.row_checks import ELSEWHERE, STORED
from tests.store.unpacking import gunzip

FROZEN = {
    "0001_journal.sql": "3eae6fd9da88587b16671388fe65bdcd1313fdb3769098569ce95e764b096b45",
    "0002_said_on.sql": "4e20c9c74a486b3bbcdb3ec5c372db266ad7e9b55140460e4e05be9219922877",
    "0003_undo.sql": "b34074c3e9fb2fbf23c838a8ed0a6b0241c7ff807e1b76c73a38e0b2295501f4",
    "0004_exchange.sql": "7030ab06bf7747c55f560579322ff032ff31876282577a03bf60ea154f98ad0b",
    "0005_seen.sql": "e7991296c3cce5dccb30ac49a65fd5a8c3b7c1b304b8a3251ff669dea5afbfeb",
    "0006_cards.sql": "7baf90adf69fc936539c7ea345ab6b3a467341877e7937acf36520665217bfdc",
    "0007_record.sql": "296e57fe936c8b7e6cd840fcce42e9acd43590b57a4d1580813349120e7a695f",
}
AFFINITY = {"VARCHAR": "TEXT", "DATE": "TEXT", "BOOLEAN": "INTEGER"}


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    """A journal in memory with every step run."""
    connection = database.open_to_read(Path("/nowhere/journal.db"))
    yield connection
    connection.close()


@pytest.fixture
def modelled() -> Iterator[Engine]:
    """A database made from the models alone."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


def described(engine: Engine) -> dict[str, Any]:
    """Tables with everything that both ways of making them can say."""
    seen = inspect(engine)
    return {
        table: {
            "columns": [
                (
                    column["name"],
                    AFFINITY.get(str(column["type"]), str(column["type"])),
                    column["nullable"] and column["name"] not in keys,
                    column["name"] in keys,
                )
                for column in seen.get_columns(table)
            ],
            "foreign": sorted(
                (key["constrained_columns"], key["referred_table"], key["referred_columns"])
                for key in seen.get_foreign_keys(table)
            ),
            "on delete": _on_delete(engine, table),
            "unique": sorted(key["column_names"] for key in seen.get_unique_constraints(table)),
            "check": sorted(
                " ".join(key["sqltext"].split()).replace("( ", "(")
                for key in seen.get_check_constraints(table)
            ),
            "indexes": sorted(
                (str(key["name"]), key["column_names"], key["unique"])
                for key in seen.get_indexes(table)
            ),
        }
        for table, keys in primary_keys(seen).items()
        if "_words" not in table and table != "seen"
    }


def primary_keys(seen: Inspector) -> dict[str, list[str]]:
    """Each table's primary key."""
    names = seen.get_table_names()
    return {name: seen.get_pk_constraint(name)["constrained_columns"] for name in names}


def _on_delete(engine: Engine, table: str) -> set[str]:
    """What deleting does to the rows that refer here; SQLAlchemy does not read it everywhere."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})")
        return {row.on_delete for row in rows}


def test_steps_and_models_describe_the_same_tables(
    empty: sqlite3.Connection, modelled: Engine
) -> None:
    """Every column, key, check and index of the steps is in the models, and the other way round."""
    assert tables.PersonRow.metadata is SQLModel.metadata
    stepped = create_engine("sqlite://", creator=lambda: empty, poolclass=StaticPool)
    assert described(stepped) == described(modelled)


@pytest.mark.parametrize("name", migrations.STEP_FILES)
def test_the_text_of_a_step_never_changes(name: str) -> None:
    """What ran on somebody's journal stays as it was: new wishes are new steps."""
    text = migrations.step_texts()[migrations.STEP_FILES.index(name)]
    assert hashlib.sha256(text.encode()).hexdigest() == FROZEN[name]


def test_every_column_that_is_not_derived_is_recorded(empty: sqlite3.Connection) -> None:
    """The change triggers of each table name all of its columns; an added row stands itself."""
    skip = {"command", "change"}
    for table in inspect_tables(empty) - skip:
        columns = {row[1] for row in empty.execute(f"PRAGMA table_info({table})")}
        follows = {*schema.TABLES[table].folded, *schema.TABLES[table].derived}
        for when, rows in (("inserted", ()), ("updated", ("OLD", "NEW")), ("deleted", ("OLD",))):
            (sql,) = empty.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (f"{table}_{when}",)
            ).fetchone()
            for row, column in itertools.product(rows, columns):
                named = f"'{column}', {row}.{column}" in " ".join(sql.split())
                assert named == (column not in follows)


def test_the_description_of_each_table_is_that_of_the_file(empty: sqlite3.Connection) -> None:
    """Columns in their order, what only one row may have, and what a row names."""
    ours = inspect_tables(empty) | {"seen"}
    assert ours == {*schema.TABLES, *schema.ELSEWHERE}
    for table in ours:
        columns = [row[1] for row in empty.execute(f"PRAGMA table_info({table})")]
        described = schema.TABLES.get(table)
        assert columns == list(described.columns if described else schema.ELSEWHERE[table])
        if described is not None:
            found = empty.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            assert dict(described.refers) == {row[3]: row[2] for row in found}
            assert _unique(empty, table) == _once(table)


def _unique(connection: sqlite3.Connection, table: str) -> set[frozenset[str]]:
    """What only one row may have, its id left out."""
    indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({table})") if row[2]]
    found = {
        frozenset(row[2] for row in connection.execute(f"PRAGMA index_info({name})"))
        for name in indexes
    }
    return found - {frozenset({"id"})}


def _once(table: str) -> set[frozenset[str]]:
    """The same as it is described; a tag belongs to a person or to an interaction."""
    key = {*schema.TABLES[table].key}
    if table == "tag":
        return {frozenset(key - {"interaction_id"}), frozenset(key - {"person_id"})}
    return {frozenset(key)} if key else set()


def test_what_each_column_may_hold_is_said_in_the_order_of_the_file() -> None:
    """No column is without a check, and a column that goes leaves no check behind."""
    for table, described in schema.TABLES.items():
        assert tuple(STORED[table]) == described.columns
        checked = {*CHECKS.get(table, {})} - {schema.PEOPLE}
        assert checked == set(described.travels)
        for name in (name for name in checked if CHECKS[table][name] is OWN_WORDS):
            column = SQLModel.metadata.tables[table].c[name]
            assert (str(column.type), column.nullable) == ("VARCHAR", True)
    assert {name: tuple(checks) for name, checks in ELSEWHERE.items()} == schema.ELSEWHERE


def test_foreign_keys_are_checked_at_the_commit() -> None:
    """Every reference is deferred, so that a command may write its rows in any order."""
    text = "".join(migrations.step_texts())
    assert text.count("REFERENCES") == text.count("DEFERRABLE INITIALLY DEFERRED") > 0


def inspect_tables(connection: sqlite3.Connection) -> set[str]:
    """The journal's own tables, those that only index others left out."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows if "_words" not in name and name != "seen"}


def test_four_first_commands_at_once_all_succeed(tmp_path: Path) -> None:
    """Of several processes that open a new journal at the same time, none fails."""
    path = tmp_path / "new" / "journal.db"
    program = (
        "import sys; from pathlib import Path; from connect_cli.store import database;"
        "sys.stdin.read();"
        "c = database.open_to_write(Path(sys.argv[1]));"
        "print(c.execute('PRAGMA user_version').fetchone()[0]); c.close()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for one in started:
        assert one.stdin is not None
        one.stdin.close()
        one.stdin = None
    versions = [one.communicate()[0].strip() for one in started]
    assert versions == [str(len(migrations.STEP_FILES))] * 4
    assert [child.name for child in path.parent.iterdir() if child.suffix == ".new"] == []


def test_the_journal_is_private_from_the_first_byte(tmp_path: Path) -> None:
    """The file is 0600 in a 0700 directory, whatever the umask."""
    path = tmp_path / "data" / "journal.db"
    before = os.umask(0)
    try:
        database.open_to_write(path).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_reading_a_journal_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    """It reads as an empty one."""
    connection = database.open_to_read(tmp_path / "none" / "journal.db")
    assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
    connection.close()
    assert list(tmp_path.iterdir()) == []


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


def spoiled(path: Path, how: str) -> None:
    """Put something at `path` that is not a usable journal."""
    if how == "directory":
        path.mkdir()
    elif how == "dangling link":
        path.symlink_to(path.with_name("nowhere"))
    elif how == "empty":
        path.touch()
    elif how == "noise":
        path.write_bytes(bytes(range(256)) * 64)
    else:
        connection = database.open_to_write(path)
        pragma = "user_version = 99" if how == "newer" else "application_id = 7"
        connection.execute(f"PRAGMA {pragma}")
        connection.close()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("directory", "is not a file"),
        ("dangling link", "leads nowhere"),
        ("empty", "is empty"),
        ("noise", "is not a journal"),
        ("newer", "a newer connect"),
        ("foreign", "another program"),
    ],
)
def test_what_is_not_a_usable_journal_is_refused_and_left_alone(
    tmp_path: Path, how: str, told: str
) -> None:
    """One clear error, for reading as for writing, and not a byte is changed."""
    path = tmp_path / "journal.db"
    spoiled(path, how)
    before = path.read_bytes() if path.is_file() else None
    for opened in (database.open_to_read, database.open_to_write):
        with pytest.raises(JournalTrouble, match=told):
            opened(path)
    assert (path.read_bytes() if path.is_file() else None) == before


SECOND = "ALTER TABLE saving ADD COLUMN why TEXT;\n"


def test_a_step_after_the_first_copies_the_journal_first(tmp_path: Path) -> None:
    """The copy holds the journal as it was, private, and the step is done once."""
    path = tmp_path / "journal.db"
    connection = database.open_to_write(path)
    steps = (*migrations.step_texts(), SECOND)
    migrations.migrate(connection, path, steps)
    migrations.migrate(connection, path, steps)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
    connection.close()
    (kept,) = (copy.path for copy in copies.listed(path))
    assert kept.name == f"journal-0001-01-01-before-schema-{len(steps)}.db.gz"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    copy = database.open_to_read(gunzip(kept))
    assert copy.execute("PRAGMA user_version").fetchone() == (len(steps) - 1,)
    copy.close()


def test_a_step_that_fails_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    """Half a step is never kept: its first statement is gone with its second."""
    path = tmp_path / "journal.db"
    connection = database.open_to_write(path)
    broken = (*migrations.step_texts(), SECOND + "CREATE TABLE person (a);\n")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrations.migrate(connection, path, broken)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(saving)")]
    assert "why" not in columns
    assert connection.execute("PRAGMA user_version").fetchone() == (len(broken) - 1,)
    connection.close()


def test_half_a_statement_at_the_end_of_a_step_is_an_error() -> None:
    """A step that was cut off is not run as if it were whole."""
    with pytest.raises(ValueError, match="half a statement"):
        list(migrations.statements("CREATE TABLE a (b);\nCREATE TABLE"))
