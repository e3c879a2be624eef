"""Copies of the journal in a folder beside it: each whole or not there, and kept by rule."""

import contextlib
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

from connect_cli.files import real, write_whole
from connect_cli.store import retention
from connect_cli.store.copies import either_way, files_of, folder_of, listed, path_of
from connect_cli.store.copying import copy_to, folder_held, named_like

SMALL_BYTES = 8 * 2**20
"""Up to this size the day's copy takes under a fifth of a second: nobody waits for it."""
MAY_BE_DAMAGED = "the journal may be damaged"
_FAILED = "failed.txt"


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


def has_daily(journal: Path, today: date) -> bool:
    """Whether today's copy is there."""
    return any(path.exists() for path in either_way(path_of(journal, today)))


def keep_daily(
    source: sqlite3.Connection, journal: Path, today: date, most: int | None = None
) -> None:
    """Make today's copy, unless it is there or another process is making one.

    most: as for `clear_away`, which follows. Raises OSError and sqlite3.Error.
    """
    with folder_held(journal, wait=False) as alone:
        if alone and not has_daily(journal, today):
            copy_to(source, named_like(path_of(journal, today), source))
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
