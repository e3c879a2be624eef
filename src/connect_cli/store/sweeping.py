"""The file after somebody was forgotten: its freed pages, and other files that hold them."""

import sqlite3
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from connect_cli.errors import JournalDamaged, NotSwept
from connect_cli.language.words import fold
from connect_cli.store import compressed


def sweep(connection: sqlite3.Connection, path: Path) -> None:
    """Write the file anew without its freed pages, and empty what is kept beside it.

    Raises NotSwept when there is no room, or another program is reading: what was removed is gone
    from the journal, but its bytes may stand in the file beside it for a while.
    """
    try:
        busy = _written_anew(connection)
    except sqlite3.Error as error:
        raise NotSwept(
            f"they are forgotten, but {path} could not be written anew ({error}): bytes of theirs"
            f" may stay in {path.name}-wal",
            "make room if the disk is full; the next command then clears that file",
        ) from error
    if busy:
        raise NotSwept(
            f"they are forgotten, but another program reads {path}: bytes of theirs may stay"
            f" in {path.name}-wal until it ends",
            "end it; the next command then clears that file",
        )


def _written_anew(connection: sqlite3.Connection) -> bool:
    """Whether another program keeps the file from being emptied that lies beside the journal."""
    connection.execute("VACUUM")
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy)


def holding(folder: Path, names: Iterable[str], but: Iterable[Path] = ()) -> list[Path]:
    """The files of a directory and of those in it that hold one of the names, as it is written.

    but: files that are not opened, because closing them would give up SQLite's locks on them.
    """
    closed = {*but}
    needles = {form.encode() for name in names for form in _spellings(name)}
    files = (
        path
        for path in sorted(folder.rglob("*"), reverse=True)
        if path not in closed and path.is_file() and not path.is_symlink()
    )
    return [path for path in files if _holds(path, needles)]


def _spellings(name: str) -> set[str]:
    return {name, fold(name), *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))}


def _holds(path: Path, needles: set[bytes]) -> bool:
    """Whether one of these stands in a file, or in what it holds compressed.

    Of what is compressed and damaged nobody can say that it does not.
    """
    longest = max(map(len, needles))
    rest = b""
    try:
        with closing(compressed.parts(path)) as content:
            for some in content:
                if any(needle in rest + some for needle in needles):
                    return True
                rest = (rest + some)[-longest:]
    except JournalDamaged:
        return True
    except OSError:
        return False
    return False
