"""The daily copy, made after the day's first write; a large journal in a background process.

How it works. `keep_daily` runs at the end of a command; it does nothing if the command wrote
nothing or the day has its copy. A journal of up to 8 MiB is copied at once. For a larger one a
process of its own runs `main`, with low priority; it gets the secret of an encrypted journal
through a pipe. Who finds the folder of copies locked leaves the copy to the process that holds the
lock. After the copy, old ones are removed by the rule of backup.py.

A failure never affects what was written. It becomes a warning or, in the background process, a note
in `backups/failed.txt`, which a later `keep_daily` reports and removes.
"""

import contextlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from connect_cli.errors import (
    JournalTrouble,
    as_typed,
)
from connect_cli.files import real, write_whole
from connect_cli.journal.journal import Journal
from connect_cli.safety import backup as safety_backup
from connect_cli.safety.backup import clear_away_held
from connect_cli.store import database, sqlite
from connect_cli.store.checked_copy import copy_name_for, copy_to, lock_folder
from connect_cli.store.copies import folder_of, path_of, plain_and_compressed

SMALL_BYTES = 8 * 2**20
"""Up to this size a copy takes under a fifth of a second, so it is made at once."""

_FAILED = "failed.txt"

_KEPT = "Everything is saved, but today's copy of the journal could not be made"


def keep_daily(journal: Journal) -> str | None:
    """Make the day's copy after a command that wrote. Returns a warning if that failed.

    A failure here never affects what was written. A large journal is copied in the background:
    nobody waits for it, and a failure is reported by the next command.
    """
    if not journal.wrote:
        return None
    path, today = journal.context.path, journal.today_is
    failed = None
    try:
        if has_daily(path, today):
            return None
        failed = noted_failure(path)
        if path.stat().st_size > SMALL_BYTES:
            secret = sqlite.secret_of(journal.connection)
            make_in_background(path, today, journal.context.settings.backups_most, secret)
        else:
            make_daily(journal.connection, path, today, journal.context.settings.backups_most)
    except (OSError, sqlite3.Error) as error:
        failed = safety_backup.reason(error)
    see = f" See: {as_typed('doctor')}" if failed == safety_backup.MAY_BE_DAMAGED else ""
    return None if failed is None else f"{_KEPT} ({failed}).{see}"


def has_daily(journal: Path, today: date) -> bool:
    """Whether today's copy exists."""
    return any(path.exists() for path in plain_and_compressed(path_of(journal, today)))


def make_daily(
    source: sqlite3.Connection, journal: Path, today: date, most: int | None = None
) -> None:
    """Make today's copy, unless it is there or another process is making one.

    most: as for `clear_away`, which follows. Raises OSError and sqlite3.Error.
    """
    with lock_folder(journal, wait=False) as alone:
        if alone and not has_daily(journal, today):
            if not database.in_shape(source):
                raise sqlite3.DatabaseError("malformed: no copy that could be put back")
            copy_to(source, copy_name_for(path_of(journal, today), source))
            clear_away_held(journal, today, most)


def make_in_background(
    journal: Path, today: date, most: int | None = None, secret: str | None = None
) -> None:
    """Start a background process that makes today's copy.

    secret: what the journal is encrypted with. It goes through a pipe, since other users can see a
    process's arguments.
    """
    told = (str(real(journal)), f"{today}", *(() if most is None else (f"{most}",)))
    with lock_folder(journal, wait=False) as alone:
        if not alone:
            return
    process = subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, "-P", "-m", "connect_cli.safety.daily_copy", *told],
        stdin=subprocess.DEVNULL if secret is None else subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if secret is not None and process.stdin is not None:
        with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(secret.encode())


def note_failure(journal: Path, why: str) -> None:
    """Note that a copy could not be made, for the next command to report."""
    with contextlib.suppress(OSError):
        write_whole(folder_of(journal) / _FAILED, why.encode())


def noted_failure(journal: Path) -> str | None:
    """The note of `note_failure`, which is removed when it is read."""
    note = folder_of(journal) / _FAILED
    if not note.is_file():
        return None
    try:
        why = note.read_text(encoding="utf-8")
        note.unlink()
    except OSError:
        return None
    return why


def main(
    journal: Path,
    today: date,
    most: int | None = None,
    keys: sqlite.Keys = sqlite.no_keys,
) -> None:
    """Make the copy in the background process; a failure is noted for the next command.

    most: the bytes that all copies may take.
    """
    os.nice(10)
    try:
        with closing(database.open_to_read(journal, keys)) as source:
            make_daily(source, journal, today, most)
    except JournalTrouble as trouble:
        note_failure(journal, trouble.message)
    except (OSError, sqlite3.Error) as error:
        note_failure(journal, safety_backup.reason(error))


if __name__ == "__main__":
    secret = sys.stdin.read()
    main(
        Path(sys.argv[1]),
        date.fromisoformat(sys.argv[2]),
        int(sys.argv[3]) if sys.argv[3:] else None,
        lambda _: (secret,) if secret else (),
    )
