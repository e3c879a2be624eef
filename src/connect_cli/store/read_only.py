"""Read a journal where nothing can be written: on a read-only disk, or in another's folder.

A journal in write-ahead mode keeps its newest changes in a -wal file, and SQLite needs a -shm file
to read them: if that is missing and cannot be created, SQLite does not open the journal
(https://www.sqlite.org/wal.html#read_only_databases). Two ways are left.

If SQLite is told that the file is immutable, it needs no other file, takes no lock and ignores the
-wal (https://www.sqlite.org/uri.html#uriimmutable). That is right only where nobody can write and
the -wal is empty. Everywhere else a private copy of the journal and its -wal is read. The copy is
unlinked once it is open, so nothing of it stays behind.
"""

import errno
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import quote

from connect_cli import files, scratch
from connect_cli.errors import JournalTrouble
from connect_cli.store import copies, migrations, sqlite
from connect_cli.store.sqlite import Keys

_TRIES, _SECONDS = 40, 0.05
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_State = tuple[tuple[str, int, int, int], ...]


def opened(path: Path, keys: Keys, *, up_to_date: bool) -> sqlite3.Connection:
    """Open an existing journal to read, without writing anything beside it.

    up_to_date: bring a copy of an older journal up to date and read that; the file stays as it is.
    Raises OSError, sqlite3.Error, NoKey and JournalTrouble.
    """
    sqlite.check_file(path)
    if is_on_read_only_disk(path) and not unwritten(path):
        connection = sqlite.reach(path, keys, connecting=_immutable)
        if not (_is_older(connection, path) and up_to_date):
            return connection
        connection.close()
    return _copied(path, keys, up_to_date=up_to_date)


def is_on_read_only_disk(path: Path) -> bool:
    """Whether no process on this machine can write there, whoever owns it."""
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def unwritten(path: Path) -> list[Path]:
    """The files beside a journal that hold changes not yet written into it."""
    file = files.real(path)
    return [each for each in map(partial(files.beside, file), copies.UNWRITTEN) if _size(each)]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _is_older(connection: sqlite3.Connection, path: Path) -> bool:
    with _closed_on_error(connection):
        sqlite.check_whole(connection, path)
        connection.execute("PRAGMA query_only = ON")
        return migrations.check(connection, path) > 0


def _immutable(name: str, secret: str | None, busy_ms: int | None) -> sqlite3.Connection:
    address = f"file:{quote(str(Path(name).resolve()))}?mode=ro&immutable=1"
    return sqlite.connect(address, secret, busy_ms, is_address=True)


def _copied(path: Path, keys: Keys, *, up_to_date: bool) -> sqlite3.Connection:
    with scratch.workroom(path, elsewhere=True) as folder:
        copy = folder / "journal.db"
        _copy(files.real(path), copy)
        connection = sqlite.reach(path, keys, connecting=partial(_connect_to, copy))
        with _closed_on_error(connection):
            sqlite.check_whole(connection, path)
            if up_to_date and migrations.check(connection, path):
                migrations.migrate(connection)
            connection.execute("PRAGMA journal_mode = DELETE")  # writes the -wal into the copy
            connection.execute("PRAGMA query_only = ON")
    return connection


def _connect_to(
    copy: Path, _name: str, secret: str | None, busy_ms: int | None
) -> sqlite3.Connection:
    return sqlite.connect(str(copy), secret, busy_ms)


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _copy(file: Path, copy: Path) -> None:
    """Copy a journal and its -wal as they are at one moment. Raises JournalTrouble."""
    for _ in range(_TRIES):
        before = _state(file)
        for ending, *_ in before:
            with suppress(FileNotFoundError), _room():
                shutil.copyfile(files.beside(file, ending), files.beside(copy, ending))
        if _state(file) == before:
            return
        for ending, *_ in before:
            files.beside(copy, ending).unlink(missing_ok=True)
        time.sleep(_SECONDS)
    raise JournalTrouble(
        f"the journal {file} is busy: it kept changing while it was read", "try again in a moment"
    )


def _state(file: Path) -> _State:
    """The state of a journal's files, which differs after every write."""
    found = []
    for each in (file, *unwritten(file)):
        with suppress(FileNotFoundError):
            one = each.stat()
            ending = each.name.removeprefix(file.name)
            found.append((ending, one.st_ino, one.st_size, one.st_mtime_ns))
    return tuple(found)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise JournalTrouble(
            f"there is no room in {tempfile.gettempdir()} for the private copy that is needed to"
            " read a read-only journal",
            "make room there, or name another folder in TMPDIR",
        ) from error
