"""Open the journal: to read, to write, or for a glimpse by a prompt; create it if need be."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from connect_cli import files
from connect_cli.errors import (
    ConnectError,
    JournalDamaged,
)
from connect_cli.store import migrations
from connect_cli.store.faults import faults, lacks_rights
from connect_cli.store.signature import is_encrypted
from connect_cli.store.sqlite import (
    Keys,
    check_file,
    check_whole,
    connect,
    identity,
    no_keys,
    reach,
    way_back,
)

if TYPE_CHECKING:
    from pathlib import Path  # takes as long to load as everything that a prompt reads
GLIMPSE_MS = 50
OVERTAKEN = 9  # times in a row: then the file system itself changes a file's number


def open_to_read(path: "Path", keys: Keys = no_keys) -> sqlite3.Connection:
    """Open the journal at `path`; if it does not exist, an empty one in memory.

    Raises JournalTrouble when the file cannot be read, or was written by a newer connect.
    """
    with faults(path):
        if is_there(path):
            return _in_place(str(path), lambda: _open(path, keys)) or _read_only(path, keys)
        return empty()


def open_to_look(path: "Path", keys: Keys) -> sqlite3.Connection:
    """Open an existing journal to read, without bringing an older version up to date."""
    found = _in_place(str(path), lambda: open_current(path, keys))
    return found or _read_only(path, keys, up_to_date=False)


def _in_place(name: str, connecting: Callable[[], sqlite3.Connection]) -> sqlite3.Connection | None:
    """A connection to the file itself; None if this process lacks the rights for that."""
    if not leaves_nothing_behind(name):
        return None
    try:
        return connecting()
    except (sqlite3.OperationalError, OSError) as error:
        if not lacks_rights(error):
            raise
        return None


def leaves_nothing_behind(name: str) -> bool:
    """Whether SQLite can open a journal here without blocking those who may write it.

    SQLite creates a missing -wal and -shm, owned by whoever reads. Somebody who may not write the
    journal could not remove them again, and nobody else could write it as long as they exist.
    """
    if os.access(name, os.W_OK):
        return True
    file = os.path.realpath(name)
    return all(map(os.path.exists, (f"{file}-wal", f"{file}-shm")))


def _read_only(path: "Path", keys: Keys, *, up_to_date: bool = True) -> sqlite3.Connection:
    from connect_cli.store import read_only  # noqa: PLC0415  # hardly any journal needs it

    return read_only.opened(path, keys, up_to_date=up_to_date)


def empty() -> sqlite3.Connection:
    """An empty journal in memory."""
    connection = connect(":memory:")
    migrations.migrate(connection)
    return connection


def in_shape(connection: sqlite3.Connection) -> bool:
    """Whether a journal of the newest version has the tables, indexes and triggers of the steps."""
    return _structure(connection) == _made_by_the_steps()


@cache
def _made_by_the_steps() -> set[tuple[str, ...]]:
    """The structure of a new journal, with which `doctor --fix` compares several times."""
    with contextlib.closing(empty()) as new:
        return _structure(new)


def _structure(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """The whole schema except what SQLite makes by itself."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    )
    return set(rows)


def open_to_write(path: "Path", keys: Keys = no_keys) -> sqlite3.Connection:
    """Open the journal at `path`, creating it and its directory, private to the owner, if need be.

    Raises JournalTrouble when that is not possible.
    """
    with faults(path):
        if not is_there(path):
            _create(path)
        check_writable(path)
        return _open(path, keys)


def check_writable(path: "Path") -> None:
    """Refuse a journal that cannot be written, before anybody is asked or SQLite opens it.

    Raises JournalTrouble that says which rights are missing.
    """
    if _seems_writable(os.path.realpath(path)):
        return
    from connect_cli.store import permissions  # noqa: PLC0415  # hardly any journal needs it

    if refusal := permissions.refusal(path):
        raise refusal


def _seems_writable(file: str) -> bool:
    beside = [f"{file}{ending}" for ending in ("-wal", "-shm", "-journal")]
    return (
        os.access(file, os.W_OK)
        and (os.access(os.path.dirname(file), os.W_OK) or all(map(os.path.exists, beside[:2])))  # noqa: PTH120  # no Path is made of it
        and all(os.access(each, os.R_OK | os.W_OK) or not os.path.exists(each) for each in beside)  # noqa: PTH110  # as above
    )


@contextlib.contextmanager
def glimpse(name: str, key: str | None) -> Iterator[sqlite3.Connection | None]:
    """Open an existing, up-to-date journal for a prompt or for Tab; else None.

    It hardly waits for a lock, asks nobody, and migrates nothing. key: opens an encrypted one.
    Raises sqlite3.Error and ConnectError.
    """
    connection = _glimpsed(name, key)
    if connection is None:
        yield None
        return
    try:
        yield None if migrations.check(connection, name) else connection
    finally:
        connection.close()


def _glimpsed(name: str, key: str | None) -> sqlite3.Connection | None:
    if not os.path.isfile(name):  # noqa: PTH113  # see above: no Path is made of it
        return None
    encrypted = is_encrypted(name)
    if encrypted and key is None:
        return None

    def keys(_: "Path") -> tuple[str, ...]:
        return () if key is None else (key,)

    def connecting() -> sqlite3.Connection:
        if encrypted:
            return reach(_path(name), keys, GLIMPSE_MS)
        return connect(name, busy_ms=GLIMPSE_MS)

    return _in_place(name, connecting) or _read_only(_path(name), keys, up_to_date=False)


def _path(name: str) -> "Path":
    from pathlib import Path  # noqa: PLC0415  # a prompt of a plain journal does without it

    return Path(name)


def is_there(path: "Path") -> bool:
    """Whether the journal exists. Raises JournalDamaged if only its write-ahead file does."""
    last_writes = path.with_name(f"{path.name}-wal")
    if _exists(last_writes) and not _exists(path):
        raise JournalDamaged(
            f"the journal {path} is missing, but its last writes are still there",
            f"{way_back(path)}; to start a new journal, move {last_writes} away",
        )
    return _exists(path)


def _exists(path: "Path") -> bool:
    """Whether anything has this name. Raises PermissionError if that cannot be known."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _open(path: "Path", keys: Keys) -> sqlite3.Connection:
    connection = open_current(path, keys)
    try:
        migrations.migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def open_current(path: "Path", keys: Keys = no_keys) -> sqlite3.Connection:
    """Connect to the file that has this name now, not to one that was replaced meanwhile.

    A command that waits while another encrypts the journal has the old file open, and must open the
    new one. After this returns that cannot happen: the connection has read from the file, and so
    keeps the other command waiting.
    """
    for left in reversed(range(OVERTAKEN)):
        check_file(path)
        before = identity(path)
        try:
            connection = reach(path, keys)
            try:
                check_whole(connection, path)
                if identity(path) == before or not left:
                    return connection
            except BaseException:
                connection.close()
                raise
            connection.close()
        except (sqlite3.DatabaseError, ConnectError):
            if identity(path) == before or not left:
                raise
    raise AssertionError


def _create(path: "Path") -> None:
    """Create the journal in a work folder and link it from there: it appears whole, or not at all.

    Of several first commands at once one makes the link, and the others use its journal.
    """
    from connect_cli import scratch  # noqa: PLC0415  # only a first command needs it

    files.make_folder(path.parent)
    with scratch.workroom(path) as folder:
        files.make_private(new := folder / path.name)
        connection = connect(str(new))
        try:
            migrations.migrate(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        with contextlib.suppress(FileExistsError):
            files.link(new, path)
