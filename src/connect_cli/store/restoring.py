"""Putting a copy in the place of the journal: looked at first, then all of it or nothing."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from connect_cli.errors import JournalDamaged, JournalTrouble, NoSuchThing
from connect_cli.store import age, backups, database, migrations

Opening = Callable[[bytes], bytes]
"""How an encrypted copy is opened."""

_OTHERS = "the copies that there are: connect restore"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a journal holds: the ids of its people and entries, and the day of the newest entry."""

    people: frozenset[str]
    entries: frozenset[str]
    newest_on: date | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A copy that is ready, and the journal as it is: None when there is none that can be read.

    trouble: why the present journal cannot be read, when there is one.
    """

    ready: Path
    held: Contents
    present: Contents | None
    trouble: str = ""


@contextmanager
def offered(file: Path, journal: Path, opening: Opening) -> Iterator[Offer]:
    """Look at a copy without touching it, or the journal. Raises JournalTrouble for a bad one."""
    with database.faults(journal), _folder(journal) as folder:
        ready = folder / "journal.db"
        held = _made_ready(_found(file, journal), ready, opening)
        yield _offer(ready, held, journal)


def put_back(ready: Path, journal: Path, today: date) -> Path | None:
    """Put a copy that is ready in the place of the journal; returns what is kept of that.

    A journal that works is overwritten in one transaction of its own, so that other commands at
    work see all of it or nothing, and none writes into a file that is gone. One that does not is
    replaced whole. Raises JournalTrouble.
    """
    with database.faults(journal):
        database.make_folder(backups.real(journal).parent)
        kept = None
        try:
            if database.is_there(journal):
                return _overwrite(ready, journal, today)
        except JournalDamaged:
            kept = backups.keep_as_it_is(journal, today)
        file = backups.real(journal)
        backups.write_whole(file, ready, at_last=lambda: _take_away_beside(file))
        return kept


@contextmanager
def _folder(journal: Path) -> Iterator[Path]:
    """A private folder to work in, beside the journal when that has a place already."""
    beside = backups.real(journal).parent
    with TemporaryDirectory(
        prefix=f".{journal.name}.", suffix=".new", dir=beside if beside.is_dir() else None
    ) as folder:
        yield Path(folder)


def _found(file: Path, journal: Path) -> Path:
    """The file, or the copy beside the journal that is called so."""
    named = backups.folder_of(journal) / file
    for path in (file, named):
        if backups.real(path) == backups.real(journal):
            raise NoSuchThing(f"{file} is the journal itself", _OTHERS)
        if path.is_file():
            return path
    raise NoSuchThing(f"there is no file {file}", _OTHERS)


def _made_ready(file: Path, ready: Path, opening: Opening) -> Contents:
    """Bring a copy of the copy into the newest shape, checked."""
    try:
        with database.faults(file):
            database.check_file(file)
            _bring(file, ready, opening)
            with closing(database.connect(str(ready))) as connection:
                migrations.check(connection, file)
                backups.check(connection, "integrity_check")
                migrations.migrate(connection)
                connection.execute("PRAGMA journal_mode = WAL")
                return contents(connection)
    except JournalDamaged as error:
        raise JournalTrouble(error.message, _OTHERS) from error


def _bring(file: Path, ready: Path, opening: Opening) -> None:
    with file.open("rb") as stream:
        content = stream.read(100)
        if age.is_encrypted(content):
            backups.make_private(ready)
            ready.write_bytes(opening(content + stream.read()))
            return
    for ending in ("", *backups.UNWRITTEN):
        if (source := file.with_name(file.name + ending)).exists():
            target = ready.with_name(ready.name + ending)
            backups.make_private(target)
            shutil.copyfile(source, target)


def _offer(ready: Path, held: Contents, journal: Path) -> Offer:
    try:
        with database.faults(journal), closing(database.open_to_read(journal)) as present:
            there = database.is_there(journal)
            return Offer(ready, held, contents(present) if there else None)
    except JournalDamaged as error:
        return Offer(ready, held, None, error.message)


def contents(connection: sqlite3.Connection) -> Contents:
    """What an open journal holds."""
    people = connection.execute("SELECT id FROM person")
    entries = connection.execute("SELECT id FROM interaction")
    newest = connection.execute("SELECT max(day) FROM interaction").fetchone()[0]
    return Contents(
        frozenset(row[0] for row in people),
        frozenset(row[0] for row in entries),
        _day(newest),
    )


def _day(text: str | None) -> date | None:
    """A day; what damage made of one is no day."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _overwrite(ready: Path, journal: Path, today: date) -> Path:
    with database.faults(journal), closing(database.open_to_write(journal)) as present:
        kept = _kept_whole(present, journal, today)
        with closing(database.connect(str(ready))) as source:
            source.backup(present, progress=backups.patience(), sleep=backups.BUSY_SECONDS)
        present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return kept


def _kept_whole(present: sqlite3.Connection, journal: Path, today: date) -> Path:
    """Keep the journal as it is, once more when another command wrote to it meanwhile."""
    while True:
        before = _data_version(present)
        kept = backups.keep(present, journal, today, backups.BEFORE_RESTORE)
        if _data_version(present) == before:
            return kept
        kept.unlink()


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that another connection's writing changes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _take_away_beside(journal: Path) -> None:
    """SQLite would take what lies beside a damaged file for a part of the new one."""
    for beside in (*backups.UNWRITTEN, "-shm"):
        journal.with_name(journal.name + beside).unlink(missing_ok=True)
