"""Turn SQLite's and the system's errors into plain messages, each with a hint."""

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
from connect_cli.files import NoFolder
from connect_cli.store.sqlite import way_back

if TYPE_CHECKING:
    from pathlib import Path  # takes as long to load as everything that a prompt reads


def lacks_rights(error: Exception) -> bool:
    """Whether the system or SQLite refused to open or write a file."""
    if isinstance(error, OSError):
        return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return any(mark in str(error) for mark in ("readonly", "unable to open"))


@contextlib.contextmanager
def faults(path: "Path") -> Iterator[None]:
    """Turn errors of SQLite and the system into a JournalTrouble about the journal at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise trouble(path, error) from error
    except UnicodeDecodeError as error:  # SQLite's message quotes damaged bytes
        raise _damaged(path) from error
    except OSError as error:
        if (stop := _stop_behind(error)) is not None:
            raise stop from None
        if isinstance(error, NoFolder):
            hint = "copies go into it: move away what stands there, or give yourself the rights"
            raise JournalTrouble(f"no copy can be made: {error.strerror}", hint) from error
        raise _refusal(path, error) or JournalTrouble(
            f"cannot use the journal {path}: {error.strerror or error}",
            "check the directory that it lies in, or name another with --journal FILE",
        ) from error


def _stop_behind(error: BaseException) -> KeyboardInterrupt | SystemExit | None:
    """The Ctrl-C or exit behind an OSError: interrupted while closing, a file is closed twice."""
    behind = error.__context__
    while behind is not None and not isinstance(behind, (KeyboardInterrupt, SystemExit)):
        behind = behind.__context__
    return behind


def trouble(path: "Path", error: sqlite3.Error) -> JournalTrouble:
    """SQLite's error as a JournalTrouble in plain words, with a hint."""
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
    """Message and hint for SQLite's own words."""
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
    """Whether the error is about a damaged value, and not about the file."""
    said = str(error)
    return said == _OF_AN_INDEX or any(mark in said for mark in _VALUES)


def _refusal(path: "Path", error: Exception) -> JournalTrouble | None:
    """The error that says which rights are missing; None if rights are not the cause."""
    if not lacks_rights(error):
        return None
    from connect_cli.store import permissions  # noqa: PLC0415  # hardly any journal needs it

    return permissions.refusal(path)


def _damaged(path: "Path") -> DamageMet:
    hint = f"see how much: {as_typed('doctor')}; {way_back(path)}"
    return DamageMet((), f"the journal {path} is damaged", hint)


_VALUES = (
    *("malformed JSON", "decode", "JSON path", "JSON cannot hold", "cannot store"),
    *("CHECK constraint", "NOT NULL constraint"),
)
"""Parts of SQLite's messages about a value."""

_OF_AN_INDEX = "constraint failed"
"""A constraint without a name belongs to the search index; each of ours has one."""

_DAMAGE = (
    *("malformed", "no such", "has no column", "syntax error", "vtable constructor", "fts5"),
    *("already exists", "duplicate column"),  # the file is newer than its version says
)
