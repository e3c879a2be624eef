"""The day's copy of a large journal, made by a process that nobody waits for."""

import os
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from connect_cli.errors import JournalTrouble
from connect_cli.store import backups, database, sqlite


def main(
    journal: Path,
    today: date,
    most: int | None = None,
    keys: sqlite.Keys = sqlite.no_keys,
) -> None:
    """Make the copy; what goes wrong is noted for the next command to say.

    most: the bytes that all copies may take.
    """
    os.nice(10)
    try:
        with closing(database.open_to_read(journal, keys)) as source:
            backups.keep_daily(source, journal, today, most)
    except JournalTrouble as trouble:
        backups.note_failure(journal, trouble.message)
    except (OSError, sqlite3.Error) as error:
        backups.note_failure(journal, backups.reason(error))


if __name__ == "__main__":
    secret = sys.stdin.read()
    main(
        Path(sys.argv[1]),
        date.fromisoformat(sys.argv[2]),
        int(sys.argv[3]) if sys.argv[3:] else None,
        lambda _: (secret,) if secret else (),
    )
