"""The copies of a journal: which there are, how they are named, and the newest that is sound."""

import contextlib
import os
import re
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from connect_cli.errors import NotUnderstood
from connect_cli.files import beside, real
from connect_cli.reports import Copy
from connect_cli.store import compression

FOLDER = "backups"
UNWRITTEN = ("-wal", "-journal")
"""Endings of SQLite's files beside a database that hold changes not yet written or undone."""


def folder_of(journal: Path) -> Path:
    """The folder of copies: beside the journal's real file, even if `journal` is a link."""
    return real(journal).parent / FOLDER


def is_hindered(journal: Path) -> bool:
    """Whether something else stands where the folder of copies belongs: a file, or a dead link."""
    folder = folder_of(journal)
    return os.path.lexists(folder) and not folder.is_dir()


def is_ours(file: Path, journal: Path) -> bool:
    """Whether a file is the journal, one of SQLite's files beside it, or one of the copies."""
    return real(file) in own_files(journal) or real(file).parent == real(folder_of(journal))


def refuse_ours(file: Path, journal: Path) -> None:
    """Raise NotUnderstood if a file that is about to be written is one of the journal's."""
    if is_ours(file, journal):
        raise NotUnderstood(f"{file} belongs to the journal itself", "name another file")


def own_files(journal: Path) -> list[Path]:
    """The journal and SQLite's files beside it.

    Opening and closing one of them drops the locks that SQLite holds on it in this process.
    """
    return [beside(real(journal), ending) for ending in ("", *UNWRITTEN, "-shm")]


def listed(journal: Path) -> list[Copy]:
    """Every copy of this journal, newest first, including links to files elsewhere."""
    stem, suffix = (re.escape(part) for part in (real(journal).stem, real(journal).suffix))
    ending = f"{suffix}({re.escape(compression.ENDING)})?"
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
    """Whether a path is a folder, or something without an end, such as a pipe."""
    return path.exists() and not path.is_file()


def files_of(copy: Path) -> list[Path]:
    """A copy, and the files kept with it if SQLite could not read the journal."""
    return [copy, *(file for ending in UNWRITTEN if (file := beside(copy, ending)).exists())]


def _size(path: Path) -> int:
    """The bytes of a file; a link counts as none."""
    with contextlib.suppress(OSError):
        return 0 if path.is_symlink() else path.stat().st_size
    return 0


def _changed_at(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def newest_sound(journal: Path, is_sound: Callable[[Path], bool] = lambda _: True) -> Path | None:
    """The newest copy that may be read, was checked when made, and not replaced by a restore.

    is_sound: tests the copies, newest first, until one passes.
    """
    copies = (copy.path for copy in listed(journal) if copy.sound and os.access(copy.path, os.R_OK))
    return next(filter(is_sound, copies), None)


def is_encrypted(copy: Path) -> bool:
    """Whether a copy, compressed or not, is that of an encrypted journal; not if it is gone."""
    with contextlib.suppress(OSError):
        return compression.is_encrypted(copy)
    return False


def path_of(journal: Path, day: date, label: str = "") -> Path:
    """Where the copy of a day is, uncompressed: `backups/journal-2026-11-23-by-hand.db`."""
    file = real(journal)
    name = "-".join(filter(None, (file.stem, day.isoformat(), label)))
    return folder_of(journal) / f"{name}{file.suffix}"


def free_path(journal: Path, day: date, label: str) -> Path:
    """The first free name with this label."""
    labels = (f"{label}-{number}" if number > 1 else label for number in count(1))
    paths = (path_of(journal, day, each) for each in labels)
    return next(path for path in paths if not any(map(os.path.lexists, plain_and_compressed(path))))


def plain_and_compressed(path: Path) -> tuple[Path, Path]:
    """The two names a copy can have: plain and compressed."""
    return path, beside(path, compression.ENDING)


def copy_name(copy: Path, secret: str | None) -> Path:
    """The name of a copy: plain if it is encrypted, which does not compress, else compressed."""
    plain = copy.with_suffix("") if copy.suffix == compression.ENDING else copy
    return plain if secret else beside(plain, compression.ENDING)
