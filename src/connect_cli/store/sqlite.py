"""The journal's file as SQLite opens it, by its key if it is encrypted: here, and nowhere else."""

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
"""The keys to try on an encrypted file, one after the other; it may ask somebody for them."""

Connecting = Callable[[str, str | None, int | None], sqlite3.Connection]
"""Connects to a file of this name, by this secret, waiting for others as long as this."""


def no_keys(_: "Path") -> Iterable[str]:
    """For whoever has no key, and nobody to ask."""
    return ()


def identity(path: "Path") -> tuple[int, int]:
    """What tells a file from another one that gets its name."""
    found = path.stat()
    return found.st_dev, found.st_ino


def reach(
    path: "Path",
    keys: Keys = no_keys,
    busy_ms: int | None = None,
    connecting: Connecting | None = None,
) -> sqlite3.Connection:
    """Connect to a file, by the first key that opens it if it is encrypted.

    Nothing of this process may hold the file: reading its first bytes would give up SQLite's locks.
    busy_ms: how long it waits for others, other than as usual. connecting: how, if not as usual.
    Raises NoKey when no key opens it.
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
    """What to say when there is no key, and nobody to ask for one."""
    return NoKey(
        f"the journal {path} is encrypted, or is not a journal, and no key is at hand",
        f"say its key in CONNECT_KEY, or {way_back(path)}",
    )


def wrong_key(path: "Path", key: str = "the key", look: str = "") -> WrongKey:
    """What to say of a key that does not open a file. look: where it is to be looked at first."""
    hint = f"{look}if the key is right, the file is damaged: {way_back(path)}"
    return WrongKey(f"{key} does not open {path}", hint)


def _opened(
    path: "Path", secret: str, busy_ms: int | None, connecting: Connecting
) -> sqlite3.Connection | None:
    """A connection, or None when this is another file's secret."""
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
    """Refuse what cannot be a journal before SQLite would take it for a new one."""
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
            f"{way_back(path)}; or move the file away to begin a new journal",
        )


def check_whole(connection: sqlite3.Connection, path: "Path") -> None:
    """Refuse a journal whose end is gone before a command meets the gap, or writes over it."""
    row = connection.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    )
    gone = row.fetchone()[0] - path.stat().st_size
    file = path.resolve()
    last_writes = file.with_name(f"{file.name}-wal")
    if gone > 0 and not (last_writes.exists() and last_writes.stat().st_size):
        raise JournalDamaged(
            f"the journal {path} was cut off: its last {gone} bytes are gone", way_back(path)
        )


def connect(
    name: str, secret: str | None = None, busy_ms: int | None = None, *, is_address: bool = False
) -> sqlite3.Connection:
    """Connect in autocommit mode: transactions are opened by hand, so that rollback is real.

    secret: what SQLCipher opens the file by; empty for a plain file that it is to read.
    is_address: the name is one of SQLite's own, `file:…?…`, which says how to open it.
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
    """What this journal's file is encrypted by, for a copy to be; None when it is not."""
    return getattr(connection, "secret", None)


def cipher(needed: str, path: "Path | None" = None) -> ModuleType:
    """SQLCipher's connections.

    needed: what is said when they are not installed, by NoKey. path: of a journal that may be no
    journal, to which a copy is the way back.
    """
    try:
        from connect_cli.store import sqlcipher  # noqa: PLC0415  # a plain journal has no use for SQLCipher
    except ImportError as error:
        install = "pip install 'connect-cli[encrypted]'"
        raise NoKey(needed, f"{install}, or {way_back(path)}" if path else install) from error
    return sqlcipher


def way_back(path: "Path", is_sound: "Callable[[Path], bool]" = lambda _: True) -> str:
    """How a copy is put back, with the newest one there is. is_sound: looks at each before."""
    from connect_cli.store import copies  # noqa: PLC0415  # only trouble needs a way back

    copy = copies.newest_sound(path, is_sound)
    return f"put a copy back: {as_typed('restore', str(copy) if copy else 'FILE')}"
