"""The schema's numbered steps, run once each, in order, under `PRAGMA user_version`.

Steps are append-only: what has run on somebody's journal is never edited. The first six made the
triggers of the record and of the search indexes by hand; since then triggers.py takes them down
before a step and puts them up after it, in the step's transaction.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from connect_cli.errors import JournalDamaged, JournalTrouble
from connect_cli.store.signature import APPLICATION_ID

if TYPE_CHECKING:
    from pathlib import Path

STEP_FILES = (
    "0001_journal.sql",
    "0002_said_on.sql",
    "0003_undo.sql",
    "0004_exchange.sql",
    "0005_seen.sql",
    "0006_cards.sql",
    "0007_record.sql",
)
GENERATED = 7
"""The first step around which the triggers are made from the schema, and which frees much room."""


def step_texts() -> tuple[str, ...]:
    """The SQL of every step, oldest first."""
    from pathlib import Path  # noqa: PLC0415  # no step, no use for it

    folder = Path(__file__).with_name("steps")
    return tuple((folder / name).read_text(encoding="utf-8") for name in STEP_FILES)


def migrate(
    connection: sqlite3.Connection,
    path: "Path | None" = None,
    steps: Sequence[str] | None = None,
) -> None:
    """Bring the journal up to the newest step, each in a transaction of its own.

    path: where the journal lies, to copy it before every step but the first; None for a new one.
    Raises JournalTrouble for a journal of a newer version, or a database of another program.
    """
    newest = len(STEP_FILES) if steps is None else len(steps)
    begun = at = _version(connection)
    if path is not None:
        _check_ours(connection, path, at, newest)
    if at == newest:
        return
    from connect_cli.store import copying  # noqa: PLC0415  # a journal that is up to date has no use for it

    texts = step_texts() if steps is None else steps
    while (at := _version(connection)) < newest:
        if path is not None:
            copy = copying.keep_before_step(connection, path, at)
        try:
            _run(connection, texts[at], at + 1)
        except sqlite3.Error:
            if path is not None:
                copy.unlink(missing_ok=True)  # of a journal that is no such version
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
            f"{path} is the database of another program", "name a journal with --journal FILE"
        )
    if at <= 0:  # the first step writes its number and the mark above together
        raise _of_no_version(path, at)
    if at > newest:
        raise JournalTrouble(
            f"the journal {path} was written by a newer connect (schema {at}, this one knows"
            f" {newest})",
            "install a newer connect",
        )


def _of_no_version(path: "Path | str", at: int) -> JournalDamaged:
    from pathlib import Path  # noqa: PLC0415  # as above

    from connect_cli.store.sqlite import way_back  # noqa: PLC0415  # which opens what this brings up to date

    said = f"the journal {path} is damaged: its version is said to be {at}"
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
    from connect_cli.store import triggers  # noqa: PLC0415  # as above

    if number >= GENERATED:
        triggers.take_down(connection)
    for statement in statements(text):
        connection.execute(statement)
    if number >= GENERATED:
        triggers.put_up(connection)


def _shrink(connection: sqlite3.Connection) -> None:
    """Write the file anew without the room that the steps freed.

    The steps are done by then: where there is no room for a second file, or this is cut off, what
    is written next fills the first.
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
