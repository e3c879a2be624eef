"""Opening the journal: the only place that connects, and that names SQLite's faults."""

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from connect_cli.errors import JournalTrouble
from connect_cli.store import migrations

BUSY_MS = 10_000
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the journal at `path`; one that does not exist reads as an empty one and is not created.

    Raises JournalTrouble when the file cannot be read, or was written by a newer connect.
    """
    with faults(path):
        if os.path.lexists(path):
            return _open(path)
        connection = _connect(":memory:")
        migrations.migrate(connection)
        return connection


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open the journal at `path`, creating it and its directory, private to the owner, if need be.

    Raises JournalTrouble when that is not possible.
    """
    with faults(path):
        if not os.path.lexists(path):
            _create(path)
        return _open(path)


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        what = "leads nowhere" if path.is_symlink() else "is not a file"
        raise JournalTrouble(f"the journal {path} {what}", "name another with --journal FILE")
    if path.stat().st_size == 0:
        raise JournalTrouble(
            f"the journal {path} is empty: something cut it off",
            "put a copy of it back, or move the empty file away to begin a new journal",
        )
    connection = _connect(str(path))
    try:
        migrations.migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(name: str) -> sqlite3.Connection:
    """Connect in autocommit mode: transactions are opened by hand, so that rollback is real."""
    connection = sqlite3.connect(name, isolation_level=None)  # noqa: TID251  # here, and only here
    for pragma in PRAGMAS:
        connection.execute(pragma)
    return connection


def _create(path: Path) -> None:
    """Make the journal beside its place and link it in: it appears whole, or not at all.

    Of several first commands at once, one wins the link and the others use its journal.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(6)}.new")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        connection = _connect(str(new))
        try:
            migrations.migrate(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink()


@contextlib.contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's faults into one clear line about the journal at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise trouble(path, error) from error
    except OSError as error:
        raise JournalTrouble(f"cannot use the journal {path}: {error.strerror or error}") from error


def trouble(path: Path, error: sqlite3.Error) -> JournalTrouble:
    """Say in plain words what SQLite reported."""
    said = str(error)
    for mark, message, hint in _SAID:
        if mark in said:
            return JournalTrouble(message.format(path=path), hint)
    return JournalTrouble(f"the journal {path} could not be used: {said}")


_SAID = (
    ("locked", "the journal {path} is busy: another program holds it", "try again in a moment"),
    ("disk is full", "the disk is full: nothing was written", "make room and try again"),
    ("disk I/O error", "the disk refused to write: nothing was written", "is the disk full?"),
    ("readonly", "the journal {path} cannot be written: it is read-only", "check who owns it"),
    ("unable to open", "the journal {path} cannot be opened", "check who may read it"),
    ("not a database", "{path} is not a journal", "name another with --journal FILE"),
    ("malformed", "the journal {path} is damaged", "put a copy of it back"),
)
