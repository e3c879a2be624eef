"""Make a checked copy of the journal; it appears whole, and one process at a time makes one.

How it works. Under the lock of the folder of copies, `keep` finds a free name with a label.
`copy_to` then lets SQLite copy the open journal into a new private file beside the target, and
checks that file. Only a copy that passes is compressed, if its name says so, written to the disk,
and renamed to the target. If a lock on the journal does not clear within about ten seconds,
OperationalError is raised.

A copy of an encrypted journal has the journal's key, and in the folder it is not compressed. A
journal that SQLite cannot read is kept byte by byte instead, unchecked (`keep_bytes`). Whoever gets
the lock (`lock_folder`) also removes what a killed process left behind.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from connect_cli import files, scratch
from connect_cli.files import NoFolder, beside, real, write_whole
from connect_cli.reports import DAMAGED
from connect_cli.store import compression, sqlite
from connect_cli.store.copies import UNWRITTEN, copy_name, folder_of, free_path, path_of
from connect_cli.store.read_values import reading

BUSY_TRIES, BUSY_SECONDS = 40, 0.25
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def keep(
    source: sqlite3.Connection,
    journal: Path,
    today: date,
    label: str,
    copying: Callable[[sqlite3.Connection, Path], None] | None = None,
    at_last: Callable[[], None] = lambda: None,
) -> Path:
    """Make a copy with a label, such as `before-restore`, in the folder of copies.

    copying: how to copy, in place of `copy_to`. at_last: as for `copy_to`.
    """
    with lock_folder(journal, wait=True):
        target = free_path(journal, today, label)
        if copying is not None:
            copying(source, target)
        else:
            copy_to(source, target := copy_name_for(target, source), at_last=at_last)
    return target


@reading("command")
def keep_before_step(source: sqlite3.Connection, journal: Path, version: int) -> Path:
    """Copy a journal of this schema version before a step changes it.

    The copy has the day of the last change, because no clock is passed in here. It is dropped when
    another process has run the step meanwhile.
    """
    said = source.execute("SELECT coalesce(max(at), '0001-01-01') FROM command").fetchone()[0]
    target = path_of(journal, date.fromisoformat(said[:10]), f"before-schema-{version + 1}")
    with lock_folder(journal, wait=True):
        copy_to(
            source, target := copy_name_for(target, source), lambda copy: _version(copy) == version
        )
    return target


def keep_bytes(journal: Path, today: date) -> Path | None:
    """Keep the bytes of a journal that SQLite cannot read, and of SQLite's files beside it."""
    with lock_folder(journal, wait=True):
        target = free_path(journal, today, DAMAGED)
        files = [(ending, beside(real(journal), ending)) for ending in ("", *UNWRITTEN)]
        kept = [(ending, source) for ending, source in files if source.exists()]
        for ending, source in kept:
            write_whole(beside(target, ending), source)
    return beside(target, kept[0][0]) if kept else None


def copy_to(
    source: sqlite3.Connection,
    target: Path,
    wanted: Callable[[sqlite3.Connection], bool] = lambda _: True,
    at_last: Callable[[], None] = lambda: None,
) -> None:
    """Copy the journal to a file, which is replaced once the copy has been checked.

    The copy is compressed if the file's name says so. The copy of an encrypted journal is encrypted
    with the same key. wanted: decides on the finished copy whether it is kept. at_last: called when
    only the rename is left. Raises sqlite3.DatabaseError when the journal, and so its copy, is
    damaged.
    """
    with files.new_file(target) as new:
        secret = sqlite.secret_of(source)
        with contextlib.closing(sqlite.connect(str(new), secret)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # the file is synchronised once at the end
            copy.execute("PRAGMA journal_mode = OFF")
            source.backup(copy, progress=retry_limit(), sleep=BUSY_SECONDS)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable from a read-only disk
            check(copy, "quick_check")
            keep_it = wanted(copy)
        if keep_it:
            put(new, target, pack=target.suffix == compression.ENDING, at_last=at_last)


def put(new: Path, target: Path, *, pack: bool, at_last: Callable[[], None] = lambda: None) -> None:
    """Put a finished database in its place, durably, with its time. pack: compress it."""
    if not pack:
        files.synchronise(new)
        at_last()
        files.settle(new, target)
        return
    with files.new_file(target) as packed:
        compression.compress(new, packed)
        shutil.copystat(new, packed)
        files.synchronise(packed)
        at_last()
        files.settle(packed, target)


def check(connection: sqlite3.Connection, pragma: str) -> None:
    """Let SQLite check a database. Raises sqlite3.DatabaseError with the first fault found."""
    (said,) = connection.execute(f"PRAGMA {pragma}(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError(f"database disk image is malformed: {said}")


def retry_limit() -> Callable[[int, int, int], None]:
    """A progress function for SQLite's backup that gives up when a lock does not clear."""
    left = BUSY_TRIES

    def step(status: int, _remaining: int, _total: int) -> None:
        nonlocal left
        left -= status in _BUSY
        if not left:
            raise sqlite3.OperationalError("database is locked")

    return step


@contextlib.contextmanager
def lock_folder(journal: Path, *, wait: bool) -> Iterator[bool]:
    """Lock the folder of copies; yields False if another process holds the lock.

    Files that a killed process left behind are removed. Raises NoFolder where something else
    stands in its place, or it may not be opened.
    """
    folder = folder_of(journal)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except FileExistsError:
        raise NoFolder(folder, "is no folder") from None
    except PermissionError as error:
        raise NoFolder(folder, f"cannot be used: {error.strerror}") from None
    try:
        alone = files.locked(handle, wait=wait)
        for left in folder.glob(".*.new*") if alone else ():
            scratch.remove(left)
        if alone:
            scratch.clear(journal)
        yield alone
    finally:
        os.close(handle)


def copy_name_for(path: Path, source: sqlite3.Connection) -> Path:
    """The name of a copy of this open journal: compressed unless the journal is encrypted."""
    return copy_name(path, sqlite.secret_of(source))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
