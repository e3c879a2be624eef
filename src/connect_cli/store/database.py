"""Opening the journal: the only place that connects, and that names SQLite's faults."""

import contextlib
import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from connect_cli import files
from connect_cli.errors import (
    ConnectError,
    DamageMet,
    JournalDamaged,
    JournalTrouble,
    NoKey,
    WrongKey,
    as_typed,
)
from connect_cli.store import migrations

if TYPE_CHECKING:
    from pathlib import Path  # takes as long to load as everything that a prompt reads

BUSY_MS = 10_000
GLIMPSE_MS = 50
OVERTAKEN = 9  # times, before it is the file system that gives a file another number each time
SMALLEST_BYTES = 512  # one page of the smallest size; SQLite takes anything less for a new database
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -1000",  # KiB; a command reads a page once or twice, and the system has it
)
PLAIN = b"SQLite format 3\0"
APPLICATION_AT = 68  # where a database file says whose it is (sqlite.org/fileformat.html)
HEAD_BYTES, LEAST_DIFFERENT = 512, 180
"""So many different bytes stand in the head of an encrypted file (221 as a rule), in no other."""

Keys = Callable[["Path"], Iterable[str]]
"""The keys to try on an encrypted file, one after the other; it may ask somebody for them."""

Connecting = Callable[[str, str | None, int | None], sqlite3.Connection]
"""Connects to a file of this name, by this secret, waiting for others as long as this."""


def no_keys(_: "Path") -> Iterable[str]:
    """For whoever has no key, and nobody to ask."""
    return ()


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
    found = _in_place(str(path), lambda: held(path, keys))
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


def lacks_rights(error: Exception) -> bool:
    """Whether the system, or SQLite, refused to write or to open a file."""
    if isinstance(error, OSError):
        return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return any(mark in str(error) for mark in ("readonly", "unable to open"))


def _read_only(path: "Path", keys: Keys, *, up_to_date: bool = True) -> sqlite3.Connection:
    from connect_cli.store import read_only  # hardly any journal needs it

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
    from connect_cli.store import rights  # hardly any journal needs it

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
    connection = held(path, keys)
    try:
        migrations.migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def held(path: "Path", keys: Keys = no_keys) -> sqlite3.Connection:
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


def is_encrypted(path: "Path | str") -> bool:
    """Whether a file is an encrypted journal, as far as that can be seen: it looks like noise."""
    return looks_encrypted(head(path))


def head(path: "Path | str") -> bytes:
    """The bytes that show what a file is."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a prompt has only its name
        return file.read(HEAD_BYTES)


def is_journal(head: bytes) -> bool:
    """Whether a file that begins so is a journal that is not encrypted."""
    mark = migrations.APPLICATION_ID.to_bytes(4, "big")
    return head.startswith(PLAIN) and head[APPLICATION_AT : APPLICATION_AT + len(mark)] == mark


def looks_encrypted(head: bytes) -> bool:
    """Whether a file that begins so looks like noise, as an encrypted journal does."""
    head = head[:HEAD_BYTES]
    return not head.startswith(PLAIN) and len(set(head)) > LEAST_DIFFERENT


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
        from connect_cli.store import sqlcipher  # a plain journal has no use for SQLCipher
    except ImportError as error:
        install = "pip install 'connect-cli[encrypted]'"
        raise NoKey(needed, f"{install}, or {way_back(path)}" if path else install) from error
    return sqlcipher


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


@contextlib.contextmanager
def faults(path: "Path") -> Iterator[None]:
    """Turn SQLite's and the system's faults into one clear line about the journal at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise trouble(path, error) from error
    except UnicodeDecodeError as error:  # SQLite quotes what it found, as it found it
        raise _damaged(path) from error
    except OSError as error:
        if (stop := _stop_behind(error)) is not None:
            raise stop from None
        raise _refusal(path, error) or JournalTrouble(
            f"cannot use the journal {path}: {error.strerror or error}",
            "check the directory that it lies in, or name another with --journal FILE",
        ) from error


def _stop_behind(error: BaseException) -> KeyboardInterrupt | SystemExit | None:
    """What stopped the program where a file was just being closed, which then was closed twice."""
    behind = error.__context__
    while behind is not None and not isinstance(behind, (KeyboardInterrupt, SystemExit)):
        behind = behind.__context__
    return behind


def trouble(path: "Path", error: sqlite3.Error) -> JournalTrouble:
    """Say in plain words what SQLite reported, and the way out of it."""
    said = str(error)
    if "not a database" in said:
        hint = f"name another with --journal FILE, or {way_back(path)}"
        return JournalDamaged(f"{path} is not a journal", hint)
    if is_about_a_value(error) or any(mark in said for mark in _DAMAGE):
        return _damaged(path)
    if refusal := _refusal(path, error):
        return refusal
    message, hint = _said(path, said)
    return JournalTrouble(message, hint)


def _said(path: "Path", error: str) -> tuple[str, str]:
    """What SQLite's own words mean, and what to do."""
    doctor = as_typed("doctor")
    if "locked" in error:
        return f"the journal {path} is busy: another program holds it", "try again in a moment"
    if "disk is full" in error:
        return "the disk is full: nothing was written", "make room and try again"
    if "disk I/O error" in error:
        hint = f"make room if it is full, and try again; or see: {doctor}"
        return "the disk failed: nothing was written", hint
    if "readonly" in error:
        return f"the journal {path} cannot be written: it is read-only", f"see why: {doctor}"
    if "unable to open" in error:
        hint = f"check who may read it and its directory: {doctor}"
        return f"the journal {path} cannot be opened", hint
    return f"the journal {path} could not be used: {error}", f"see what is wrong: {doctor}"


def is_about_a_value(error: Exception) -> bool:
    """Whether SQLite met a value that cannot be read or kept, in a file that can be."""
    said = str(error)
    return said == _OF_AN_INDEX or any(mark in said for mark in _VALUES)


def _refusal(path: "Path", error: Exception) -> JournalTrouble | None:
    """Whose rights, and to what, are missing when the system or SQLite refused something."""
    if not lacks_rights(error):
        return None
    from connect_cli.store import rights  # as above

    return rights.refusal(path)


def _damaged(path: "Path") -> DamageMet:
    hint = f"see how much: {as_typed('doctor')}; {way_back(path)}"
    return DamageMet((), f"the journal {path} is damaged", hint)


def way_back(path: "Path", is_sound: "Callable[[Path], bool]" = lambda _: True) -> str:
    """How a copy is put back, with the newest one there is. is_sound: looks at each before."""
    from connect_cli.store import backups  # only trouble needs a way back

    copy = backups.newest_sound(path, is_sound)
    return f"put a copy back: {as_typed('restore', str(copy) if copy else 'FILE')}"


_VALUES = (
    *("malformed JSON", "decode", "JSON path", "JSON cannot hold", "cannot store"),
    *("CHECK constraint", "NOT NULL constraint"),
)
"""What SQLite says of a value, rather than of the file."""

_OF_AN_INDEX = "constraint failed"
"""Of the search index's own tables no constraint has a name; of ours each has."""

_DAMAGE = (
    *("malformed", "no such", "has no column", "syntax error", "vtable constructor", "fts5"),
    *("already exists", "duplicate column"),  # the file is newer than its version says
)
