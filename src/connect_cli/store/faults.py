"""SQLite's and the system's faults in plain words, each with the way out."""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from connect_cli.errors import (
    DamageMet,
    JournalDamaged,
    JournalTrouble,
    as_typed,
)
from connect_cli.store.sqlite import way_back

if TYPE_CHECKING:
    from pathlib import Path  # takes as long to load as everything that a prompt reads


def lacks_rights(error: Exception) -> bool:
    """Whether the system, or SQLite, refused to write or to open a file."""
    if isinstance(error, OSError):
        return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return any(mark in str(error) for mark in ("readonly", "unable to open"))


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
    from connect_cli.store import rights  # noqa: PLC0415  # as above

    return rights.refusal(path)


def _damaged(path: "Path") -> DamageMet:
    hint = f"see how much: {as_typed('doctor')}; {way_back(path)}"
    return DamageMet((), f"the journal {path} is damaged", hint)


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
