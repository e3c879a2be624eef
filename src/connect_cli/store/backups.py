"""Copies of the journal in a folder beside it: each whole or not there, and kept by rule."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from connect_cli import files
from connect_cli.store import compressed, database, retention, workrooms
from connect_cli.store.stored import reading
from connect_cli.views import DAMAGED, Copy

FOLDER = "backups"
UNWRITTEN = ("-wal", "-journal")
"""What SQLite keeps beside a database file that has yet to be written into it, or out of it."""

SMALL_BYTES = 8 * 2**20
"""Up to this size the day's copy takes under a fifth of a second: nobody waits for it."""

BUSY_TRIES, BUSY_SECONDS = 40, 0.25
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
MAY_BE_DAMAGED = "the journal may be damaged"
_FAILED = "failed.txt"
_CHUNK_BYTES = 2**20


def folder_of(journal: Path) -> Path:
    """Where the copies lie: beside the file itself, wherever a link to it stands."""
    return real(journal).parent / FOLDER


def real(path: Path) -> Path:
    """The file that a path leads to, whether or not it is there."""
    return Path(os.path.realpath(path))


def is_ours(file: Path, journal: Path) -> bool:
    """Whether a file is the journal, what SQLite keeps beside it, or one of the copies."""
    return real(file) in own_files(journal) or real(file).parent == real(folder_of(journal))


def own_files(journal: Path) -> list[Path]:
    """The journal, and what SQLite keeps beside it.

    Who opens one of them and closes it gives up the locks that SQLite has in this process.
    """
    return [beside(real(journal), ending) for ending in ("", *UNWRITTEN, "-shm")]


def listed(journal: Path) -> list[Copy]:
    """Every copy of this journal, the newest first: files, and links to some elsewhere."""
    stem, suffix = (re.escape(part) for part in (real(journal).stem, real(journal).suffix))
    ending = f"{suffix}({re.escape(compressed.ENDING)})?"
    shape = re.compile(rf"{stem}-(\d{{4}}-\d\d-\d\d)(?:-([a-z][a-z0-9-]*))?{ending}")
    found = []
    with contextlib.suppress(OSError):
        for path in folder_of(journal).iterdir():
            with contextlib.suppress(ValueError):
                if (name := shape.fullmatch(path.name)) and not _is_no_file(path):
                    day = date.fromisoformat(name[1])
                    found.append(Copy(path, day, name[2] or "", sum(map(_size, files_of(path)))))
    return sorted(found, key=lambda copy: (copy.day, _changed_at(copy.path)), reverse=True)


def _is_no_file(path: Path) -> bool:
    """Whether a folder lies there, or what is read for ever."""
    return path.exists() and not path.is_file()


def files_of(copy: Path) -> list[Path]:
    """A copy, and what was kept with it of a journal that SQLite could not read."""
    return [copy, *(file for ending in UNWRITTEN if (file := beside(copy, ending)).exists())]


def _size(path: Path) -> int:
    """The bytes of a file; a link takes none, wherever it leads."""
    with contextlib.suppress(OSError):
        return 0 if path.is_symlink() else path.stat().st_size
    return 0


def _changed_at(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def newest_sound(journal: Path, is_sound: Callable[[Path], bool] = lambda _: True) -> Path | None:
    """The newest copy that was checked when it was made, and that nobody has turned from.

    is_sound: looks at a copy, the newest first, until one will do.
    """
    copies = (copy.path for copy in listed(journal) if copy.sound)
    return next(filter(is_sound, copies), None)


def clear_away(journal: Path, today: date, most: int | None) -> int:
    """Remove the copies that do not stay, unless another process is at work on them.

    most: the bytes that all of them may take; None for no such bound. Returns how many went.
    Raises OSError.
    """
    with folder_held(journal, wait=False) as alone:
        return _clear_away(journal, today, most) if alone else 0


def _clear_away(journal: Path, today: date, most: int | None) -> int:
    going = retention.superfluous(listed(journal), today, most)
    for copy in going:
        for file in files_of(copy.path):
            file.unlink(missing_ok=True)
    return len(going)


def is_encrypted(copy: Path) -> bool:
    """Whether a copy, compressed or not, is that of an encrypted journal; not if it is gone."""
    with contextlib.suppress(OSError):
        return compressed.is_encrypted(copy)
    return False


def has_daily(journal: Path, today: date) -> bool:
    """Whether today's copy is there."""
    return any(path.exists() for path in _either(_path(journal, today)))


def keep_daily(
    source: sqlite3.Connection, journal: Path, today: date, most: int | None = None
) -> None:
    """Make today's copy, unless it is there or another process is making one.

    most: as for `clear_away`, which follows. Raises OSError and sqlite3.Error.
    """
    with folder_held(journal, wait=False) as alone:
        if alone and not has_daily(journal, today):
            copy_to(source, _named(_path(journal, today), source))
            _clear_away(journal, today, most)


def keep_daily_aside(
    journal: Path, today: date, most: int | None = None, secret: str | None = None
) -> None:
    """Have today's copy made by a process of its own, which nobody waits for.

    secret: what the journal is encrypted by. It goes through a pipe: arguments are for all to see.
    """
    told = (str(real(journal)), f"{today}", *(() if most is None else (f"{most}",)))
    with folder_held(journal, wait=False) as alone:
        if not alone:
            return
    process = subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, "-P", "-m", "connect_cli.store.aside", *told],
        stdin=subprocess.DEVNULL if secret is None else subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if secret is not None and process.stdin is not None:
        with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(secret.encode())


def keep(
    source: sqlite3.Connection,
    journal: Path,
    today: date,
    label: str,
    copying: Callable[[sqlite3.Connection, Path], None] | None = None,
) -> Path:
    """Make a copy for a reason, such as `before-restore`, beside those that are there.

    copying: how, if not as it is.
    """
    with folder_held(journal, wait=True):
        target = _free(journal, today, label)
        if copying is not None:
            copying(source, target)
        else:
            copy_to(source, target := _named(target, source))
    return target


@reading("command")
def keep_before_step(source: sqlite3.Connection, journal: Path, version: int) -> Path:
    """Copy a journal of this schema version before a step changes it.

    The copy bears the day of the last change, for no clock is at hand. It is dropped when another
    process has run the step meanwhile.
    """
    said = source.execute("SELECT coalesce(max(at), '0001-01-01') FROM command").fetchone()[0]
    target = _path(journal, date.fromisoformat(said[:10]), f"before-schema-{version + 1}")
    with folder_held(journal, wait=True):
        copy_to(source, target := _named(target, source), lambda copy: _version(copy) == version)
    return target


def keep_as_it_is(journal: Path, today: date) -> Path | None:
    """Keep the bytes of a journal that SQLite cannot read, and of what lies beside it, if any."""
    with folder_held(journal, wait=True):
        target = _free(journal, today, DAMAGED)
        files = [(ending, beside(real(journal), ending)) for ending in ("", *UNWRITTEN)]
        kept = [(ending, source) for ending, source in files if source.exists()]
        for ending, source in kept:
            write_whole(beside(target, ending), source)
    return beside(target, kept[0][0]) if kept else None


def copy_to(
    source: sqlite3.Connection,
    target: Path,
    wanted: Callable[[sqlite3.Connection], bool] = lambda _: True,
) -> None:
    """Copy the journal to a file, in the place of what is there, once the copy is checked.

    It is compressed when the file is called so. The copy of one that is encrypted is encrypted, and
    opens by the same key. wanted: looks at the copy before it takes its place. Raises
    sqlite3.DatabaseError when the journal, and so its copy, is damaged.
    """
    with files.new_file(target) as new:
        secret = database.secret_of(source)
        with contextlib.closing(database.connect(str(new), secret)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # the whole file is synchronised at the end
            copy.execute("PRAGMA journal_mode = OFF")
            source.backup(copy, progress=patience(), sleep=BUSY_SECONDS)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable from a read-only disk
            check(copy, "quick_check")
            keep_it = wanted(copy)
        if keep_it:
            put(new, target, pack=target.suffix == compressed.ENDING)


def put(new: Path, target: Path, *, pack: bool) -> None:
    """Put a finished database in its place, durably and of its time. pack: compressed."""
    if not pack:
        files.synchronise(new)
        files.settle(new, target)
        return
    with files.new_file(target) as packed:
        compressed.compress(new, packed)
        shutil.copystat(new, packed)
        files.synchronise(packed)
        files.settle(packed, target)


def check(connection: sqlite3.Connection, pragma: str) -> None:
    """Let SQLite check a database. Raises sqlite3.DatabaseError with the first fault it names."""
    (said,) = connection.execute(f"PRAGMA {pragma}(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError(f"database disk image is malformed: {said}")


def write_whole(
    target: Path, content: Path | bytes, at_last: Callable[[], None] = lambda: None
) -> None:
    """Write a private file that is there whole, or as it was before.

    at_last: done when all is written and only the change of names is left.
    """
    if isinstance(content, bytes):
        files.write(target, [content], at_last=at_last)
    else:
        with content.open("rb") as stream:
            files.write(target, iter(partial(stream.read, _CHUNK_BYTES), b""), at_last=at_last)


def patience() -> Callable[[int, int, int], None]:
    """For a copy in progress: give up, as every other command does, when a lock stays."""
    left = BUSY_TRIES

    def step(status: int, _remaining: int, _total: int) -> None:
        nonlocal left
        left -= status in _BUSY
        if not left:
            raise sqlite3.OperationalError("database is locked")

    return step


def reason(error: OSError | sqlite3.Error) -> str:
    """Why a copy could not be made, in a few words."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return MAY_BE_DAMAGED if "malformed" in str(error) else str(error)


def note_failure(journal: Path, why: str) -> None:
    """Leave word of a copy that could not be made, for the next command to pass on."""
    with contextlib.suppress(OSError):
        write_whole(folder_of(journal) / _FAILED, why.encode())


def noted_failure(journal: Path) -> str | None:
    """What `note_failure` left, once."""
    note = folder_of(journal) / _FAILED
    if not note.is_file():
        return None
    try:
        why = note.read_text(encoding="utf-8")
        note.unlink()
    except OSError:
        return None
    return why


@contextlib.contextmanager
def folder_held(journal: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the folder, so that one process at a time changes it. False: another one does.

    What an earlier one left behind when it was killed is removed.
    """
    folder = folder_of(journal)
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        alone = workrooms.locked(handle, wait=wait)
        for left in folder.glob(".*.new*") if alone else ():
            workrooms.remove(left)
        if alone:
            workrooms.clear(journal)
        yield alone
    finally:
        os.close(handle)


def _path(journal: Path, day: date, label: str = "") -> Path:
    file = real(journal)
    name = "-".join(filter(None, (file.stem, day.isoformat(), label)))
    return folder_of(journal) / f"{name}{file.suffix}"


def _free(journal: Path, day: date, label: str) -> Path:
    """The first name with this label that nothing has."""
    labels = (f"{label}-{number}" if number > 1 else label for number in count(1))
    paths = (_path(journal, day, each) for each in labels)
    return next(path for path in paths if not any(map(os.path.lexists, _either(path))))


def _either(path: Path) -> tuple[Path, Path]:
    """A copy's file as it is called when it is not compressed, and when it is."""
    return path, beside(path, compressed.ENDING)


def _named(path: Path, source: sqlite3.Connection) -> Path:
    return named(path, database.secret_of(source))


def named(copy: Path, secret: str | None) -> Path:
    """What a copy is called that is encrypted by this, which grows no smaller, or is compressed."""
    plain = copy.with_suffix("") if copy.suffix == compressed.ENDING else copy
    return plain if secret else beside(plain, compressed.ENDING)


def beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
