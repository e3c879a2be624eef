"""The schema's numbered steps, run once each, in order, under `PRAGMA user_version`.

How it works. `PRAGMA user_version` is the number of the last step that ran. `migrate` first checks
that the file is a journal, and none of a newer version; then it runs each missing step in a
transaction of its own: BEGIN IMMEDIATE, read the version again (another process may have run the
step while this one waited for the lock), run its SQL, set the version, COMMIT. Before each step of
an existing journal a copy of the file is kept. The first six steps made the triggers by hand; since
then triggers.py drops them before a step and creates them after it, in the same transaction.

What can go wrong. A step that fails is rolled back whole, and the journal stays at the version
before it; the copy that was made for it is removed. A newer journal, another program's database and
an impossible version are refused (JournalTrouble).

Steps are append-only: what has run on somebody's journal is never edited.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from os import scandir
from typing import TYPE_CHECKING

from connect_cli.errors import JournalDamaged, JournalTrouble
from connect_cli.store.signature import APPLICATION_ID

if TYPE_CHECKING:
    from pathlib import Path

_STEPS = f"{__file__.removesuffix('migrations.py')}steps"
STEP_FILES = tuple(sorted(file.name for file in scandir(_STEPS) if file.name.endswith(".sql")))
SCHEMA = len(STEP_FILES)
"""The version of the tables that this program knows."""
GENERATED = 7
"""The first step with triggers made from the schema; it frees much room in the file."""


def step_texts() -> tuple[str, ...]:
    """The SQL of every step, oldest first."""
    from pathlib import Path  # noqa: PLC0415  # only a journal that lacks a step needs it

    return tuple(Path(_STEPS, name).read_text(encoding="utf-8") for name in STEP_FILES)


def migrate(
    connection: sqlite3.Connection,
    path: "Path | None" = None,
    steps: Sequence[str] | None = None,
) -> None:
    """Run the steps that the journal lacks, each in a transaction of its own.

    path: the journal's file, which is copied before each step; None for a new one.
    Raises JournalTrouble for a journal of a newer version, or another program's database.
    """
    newest = len(STEP_FILES) if steps is None else len(steps)
    begun = at = _version(connection)
    if path is not None:
        _check_ours(connection, path, at, newest)
    if at == newest:
        return
    from connect_cli.store import checked_copy  # noqa: PLC0415  # an up-to-date journal needs no copy

    texts = step_texts() if steps is None else steps
    while (at := _version(connection)) < newest:
        if path is not None:
            copy = checked_copy.keep_before_step(connection, path, at)
        try:
            _run(connection, texts[at], at + 1)
        except sqlite3.Error:
            if path is not None:
                copy.unlink(missing_ok=True)  # the step did not happen
            raise
    if path is not None and begun < GENERATED <= newest:
        _shrink(connection)


def check(connection: sqlite3.Connection, path: "Path | str") -> int:
    """How many steps the journal lacks. Raises JournalTrouble as `migrate` does."""
    at = _version(connection)
    _check_ours(connection, path, at, len(STEP_FILES))
    return len(STEP_FILES) - at


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_ours(connection: sqlite3.Connection, path: "Path | str", at: int, newest: int) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise JournalTrouble(
            f"{path} is another program's database", "name a journal with --journal FILE"
        )
    if at <= 0:  # the first step sets the version and the application id together
        raise _of_no_version(path, at)
    if at > newest:
        raise JournalTrouble(
            f"the journal {path} was written by a newer connect (schema {at}, this one knows"
            f" {newest})",
            "install a newer connect",
        )


def _of_no_version(path: "Path | str", at: int) -> JournalDamaged:
    from pathlib import Path  # noqa: PLC0415  # only a damaged version needs it

    from connect_cli.store.sqlite import way_back  # noqa: PLC0415  # which opens what this brings up to date

    said = f"the journal {path} is damaged: it says that its version is {at}"
    return JournalDamaged(said, way_back(Path(path)))


def _run(connection: sqlite3.Connection, text: str, number: int) -> None:
    """Run one step, unless another process ran it while this one waited for the lock."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < number:
            _run_statements(connection, text, number)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _run_statements(connection: sqlite3.Connection, text: str, number: int) -> None:
    from connect_cli.store import triggers  # noqa: PLC0415  # only a missing step needs it

    if number >= GENERATED:
        triggers.drop(connection)
    for statement in statements(text):
        connection.execute(statement)
    if number >= GENERATED:
        triggers.create(connection)


def _shrink(connection: sqlite3.Connection) -> None:
    """Give the room that the steps freed back to the disk.

    This may fail, for want of room for a second file: later writes then fill the free pages.
    """
    with suppress(sqlite3.Error):
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def statements(text: str) -> Iterator[str]:
    """Split SQL into statements. `executescript` would commit before it runs; this does not."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"a step ends in half a statement: {statement[:60]!r}")
