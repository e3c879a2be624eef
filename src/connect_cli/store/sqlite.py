"""Connect to the journal's file, with its key if it is encrypted; nothing else connects."""

import sqlite3
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import TYPE_CHECKING

from connect_cli.errors import (
    JournalDamaged,
    JournalTrouble,
    NoKey,
    WrongKey,
    as_typed,
)
from connect_cli.store.signature import is_encrypted

if TYPE_CHECKING:
    from pathlib import Path  # takes as long to load as everything that a prompt reads

BUSY_MS = 10_000
SMALLEST_BYTES = 512  # one page of the smallest size; SQLite takes anything less for a new database
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -1000",  # KiB; a command reads a page once or twice, and the system has it
)

Keys = Callable[["Path"], Iterable[str]]
"""Yields the keys to try on an encrypted file, in order; it may ask somebody for one."""

Connecting = Callable[[str, str | None, int | None], sqlite3.Connection]
"""Connects to a file: its name, its secret, and how many milliseconds to wait for a lock."""


def no_keys(_: "Path") -> Iterable[str]:
    """No key at all, and nobody to ask for one."""
    return ()


def identity(path: "Path") -> tuple[int, int]:
    """The device and number of a file, which another file of the same name does not share."""
    found = path.stat()
    return found.st_dev, found.st_ino


def reach(
    path: "Path",
    keys: Keys = no_keys,
    busy_ms: int | None = None,
    connecting: Connecting | None = None,
) -> sqlite3.Connection:
    """Connect to a file, with the first key that opens it if it is encrypted.

    This process must have no other connection to it: reading its first bytes would drop SQLite's
    locks. busy_ms: how long to wait for a lock, if not as usual. connecting: how to connect, if not
    by `connect`. Raises NoKey when no key opens it.
    """
    connecting = connecting or connect
    if not is_encrypted(path):
        return connecting(str(path), None, busy_ms)
    noise = f"the journal {path} is encrypted, or is not a journal"
    sqlcipher = cipher(f"{noise}: to open it, connect needs an extra", path)
    tried = False
    for key in keys(path):
        tried = True
        secret = sqlcipher.secret(key, sqlcipher.salt_of(path))
        if (connection := _opened(path, secret, busy_ms, connecting)) is not None:
            return connection
    if tried:
        raise wrong_key(path)
    raise no_key(path)


def no_key(path: "Path") -> NoKey:
    """The error when there is no key, and nobody to ask for one."""
    return NoKey(
        f"the journal {path} is encrypted, or is not a journal, and no key is at hand",
        f"set CONNECT_KEY to its key, or {way_back(path)}",
    )


def wrong_key(path: "Path", key: str = "the key", look: str = "") -> WrongKey:
    """The error when a key does not open a file. look: the part of the hint that comes first."""
    hint = f"{look}if the key is right, the file is damaged: {way_back(path)}"
    return WrongKey(f"{key} does not open {path}", hint)


def _opened(
    path: "Path", secret: str, busy_ms: int | None, connecting: Connecting
) -> sqlite3.Connection | None:
    """A connection; None if the secret does not open the file."""
    try:
        connection = connecting(str(path), secret, busy_ms)
        try:
            connection.execute("PRAGMA user_version").fetchone()
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            return None
        raise
    return connection


def check_file(path: "Path") -> None:
    """Refuse a file that cannot be a journal, before SQLite takes it for a new database."""
    if path.is_symlink() and not path.exists():
        raise JournalDamaged(
            f"the journal {path} is a link that leads nowhere",
            f"name another with --journal FILE, or {way_back(path)}",
        )
    if not path.is_file():
        hint = "name another with --journal FILE"
        raise JournalTrouble(f"the journal {path} is not a file", hint)
    if (size := path.stat().st_size) < SMALLEST_BYTES:
        left = f"only {size} bytes long" if size else "empty"
        raise JournalDamaged(
            f"the journal {path} is {left}: something cut it off",
            f"{way_back(path)}; or move the file away to start a new journal",
        )


def check_whole(connection: sqlite3.Connection, path: "Path") -> None:
    """Refuse a journal whose end is missing, before a command reads there or writes over it."""
    row = connection.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    )
    gone = row.fetchone()[0] - path.stat().st_size
    file = path.resolve()
    last_writes = file.with_name(f"{file.name}-wal")
    if gone > 0 and not (last_writes.exists() and last_writes.stat().st_size):
        raise JournalDamaged(
            f"the journal {path} was cut off: its last {gone} bytes are missing", way_back(path)
        )


def connect(
    name: str, secret: str | None = None, busy_ms: int | None = None, *, is_address: bool = False
) -> sqlite3.Connection:
    """Connect in autocommit mode: transactions are opened by hand, so that rollback works.

    secret: the secret for SQLCipher; empty to read a plain file through it. is_address: the name is
    a SQLite URI, `file:…?…`.
    """
    if name.startswith("file:") and not is_address:
        name = f"./{name}"
    if secret is None:
        connection = sqlite3.connect(name, isolation_level=None, uri=is_address)  # noqa: TID251  # here, and only here
    else:
        sqlcipher = cipher(f"{name} is encrypted: it needs an extra")
        connection = sqlcipher.connect(name, secret, is_address=is_address)
    try:
        for pragma in (
            PRAGMAS if busy_ms is None else (*PRAGMAS, f"PRAGMA busy_timeout = {busy_ms}")
        ):
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def secret_of(connection: sqlite3.Connection) -> str | None:
    """The secret of this journal's file; None if it is plain."""
    return getattr(connection, "secret", None)


def cipher(
    needed: str = "encrypting a journal needs an extra", path: "Path | None" = None
) -> ModuleType:
    """The module that connects through SQLCipher. Raises NoKey if it is not installed.

    needed: the message then. path: a file that may not be a journal; the hint then also says how to
    restore a copy.
    """
    try:
        from connect_cli.store import sqlcipher  # noqa: PLC0415  # a plain journal has no use for SQLCipher
    except ImportError as error:
        install = "pip install 'connect-cli[encrypted]'"
        raise NoKey(needed, f"{install}, or {way_back(path)}" if path else install) from error
    return sqlcipher


def way_back(path: "Path", is_sound: "Callable[[Path], bool]" = lambda _: True) -> str:
    """The hint how to restore the newest sound copy. is_sound: tests each copy first."""
    from connect_cli.store import copies  # noqa: PLC0415  # only trouble needs a way back

    if (copy := copies.newest_sound(path, is_sound)) is None:
        return f"no sound copy is here; put one from elsewhere back: {as_typed('restore')} FILE"
    return f"put a copy back: {as_typed('restore', str(copy))}"
