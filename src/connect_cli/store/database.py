"""Opening the journal: the only place that connects, and that names SQLite's faults."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
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
OVERTAKEN = 9  # times, before it is the file system that gives a file another number each time


def open_to_read(path: "Path", keys: Keys = no_keys) -> sqlite3.Connection:
    """Open the journal at `path`; one that does not exist reads as an empty one and is not created.

    Raises JournalTrouble when the file cannot be read, or was written by a newer connect.
    """
    with faults(path):
        if is_there(path):
            return _in_place(str(path), lambda: _open(path, keys)) or _read_only(path, keys)
        return empty()


def open_to_look(path: "Path", keys: Keys = no_keys) -> sqlite3.Connection:
    """The same for a journal that is there, but one of an older version stays as it is."""
    found = _in_place(str(path), lambda: open_current(path, keys))
    return found or _read_only(path, keys, up_to_date=False)


def _in_place(name: str, connecting: Callable[[], sqlite3.Connection]) -> sqlite3.Connection | None:
    """A connection to the file where it lies; None when that takes rights that are not there."""
    if not leaves_nothing_behind(name):
        return None
    try:
        return connecting()
    except (sqlite3.OperationalError, OSError) as error:
        if not lacks_rights(error):
            raise
        return None


def leaves_nothing_behind(name: str) -> bool:
    """Whether SQLite may open a journal in its place without harm to those who may write it.

    It makes a -wal and a -shm where they are missing, with the owner of whoever reads and the mode
    of the file. Who may not write the file could not remove them again, and nobody else could write
    the journal for as long as they lie there.
    """
    if os.access(name, os.W_OK):
        return True
    file = os.path.realpath(name)
    return all(map(os.path.exists, (f"{file}-wal", f"{file}-shm")))


def _read_only(path: "Path", keys: Keys, *, up_to_date: bool = True) -> sqlite3.Connection:
    from connect_cli.store import read_only  # noqa: PLC0415  # hardly any journal needs it

    return read_only.opened(path, keys, up_to_date=up_to_date)


def empty() -> sqlite3.Connection:
    """A journal without anything in it, that is nowhere kept."""
    connection = connect(":memory:")
    migrations.migrate(connection)
    return connection


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
    """Refuse a journal that may not be written, before anybody is asked, or SQLite opens it.

    Raises JournalTrouble that says whose rights are missing.
    """
    if _seems_writable(os.path.realpath(path)):
        return
    from connect_cli.store import rights  # noqa: PLC0415  # hardly any journal needs it

    if refusal := rights.refusal(path):
        raise refusal


def _seems_writable(file: str) -> bool:
    beside = [f"{file}{ending}" for ending in ("-wal", "-shm", "-journal")]
    return (
        os.access(file, os.W_OK)
        and (os.access(os.path.dirname(file), os.W_OK) or all(map(os.path.exists, beside[:2])))  # noqa: PTH120  # no Path is made of it
        and all(os.access(each, os.R_OK | os.W_OK) or not os.path.exists(each) for each in beside)  # noqa: PTH110  # as above
    )


@contextlib.contextmanager
def glimpse(name: str, key: str | None = None) -> Iterator[sqlite3.Connection | None]:
    """Open a journal that is there and up to date, for a prompt or a key press; else None.

    It waits for nobody, asks nobody, and brings nothing up to date. key: of one that is encrypted.
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
    """Whether there is something to open. Raises JournalDamaged when only its last writes are."""
    last_writes = path.with_name(f"{path.name}-wal")
    if _exists(last_writes) and not _exists(path):
        raise JournalDamaged(
            f"the journal {path} is gone, but what was written to it last is still there",
            f"{way_back(path)}; to begin a new journal, move {last_writes} away",
        )
    return _exists(path)


def _exists(path: "Path") -> bool:
    """Whether anything has this name. One that may not be looked at is no reason to say no."""
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
    """Connect to the journal that has this name, and to no file that was in its place before.

    A command that waits while another one encrypts the journal has the old file open. From here on
    that cannot be: a connection that has read from a journal keeps the other one waiting.
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
    """Make the journal beside its place and link it in: it appears whole, or not at all.

    Of several first commands at once, one wins the link and the others use its journal.
    """
    files.make_folder(path.parent)
    with files.new_file(path) as new:
        connection = connect(str(new))
        try:
            migrations.migrate(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
