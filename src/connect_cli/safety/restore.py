"""Putting a copy in the place of the journal: looked at first, then all of it or nothing."""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from connect_cli import files, scratch, views
from connect_cli.errors import (
    JournalDamaged,
    JournalTrouble,
    NoKey,
    NoSuchThing,
    WrongKey,
    as_typed,
)
from connect_cli.journal.journal import Journal
from connect_cli.safety import age, checks, encryption
from connect_cli.safety import damage as safety_damage
from connect_cli.safety.backup import tidy_copies
from connect_cli.store import compression, copying, database, faults, migrations, signature, sqlite
from connect_cli.store import copies as store_copies
from connect_cli.store.sqlite import Keys, no_keys

Opening = Callable[[bytes], bytes]
"""How an encrypted copy is opened."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a journal holds: the ids of its people and entries, and the day of the newest entry.

    damage: the first of its values that cannot be read, when that was asked for.
    """

    people: frozenset[str]
    entries: frozenset[str]
    newest_on: date | None
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A copy that is ready, and the journal as it is: None when there is none that can be read.

    trouble: why the present journal cannot be read, when there is one. encrypts: the journal is not
    encrypted and will be, as the copy is. decrypts: it seems to be, and will not.
    """

    ready: Path
    held: Contents
    present: Contents | None
    trouble: str = ""
    encrypts: bool = False
    decrypts: bool = False


@contextmanager
def offer_of(file: Path, journal: Path, opening: Opening, keys: Keys = no_keys) -> Iterator[Offer]:
    """Look at a copy without touching it, or the journal. Raises JournalTrouble for a bad one.

    The key that opens the journal is tried on the copy first.
    """
    with (
        scratch.in_order(),
        faults.faults(journal),
        scratch.workroom(journal) as folder,
    ):
        found = _found(file, journal)
        present = _present(journal, keys)
        ready = folder / "journal.db"
        held = _made_ready(found, ready, opening, keys)
        yield _offer(ready, held, journal, present)


def _offer(ready: Path, held: Contents, journal: Path, present: "_Present") -> Offer:
    encrypted = signature.is_encrypted(ready)
    if isinstance(present.trouble, NoKey) and not encrypted and _was_encrypted(journal, present):
        hint = f"the copy is not encrypted; to have it nevertheless, move {journal} away first"
        raise type(present.trouble)(present.trouble.message, hint)
    return Offer(
        ready,
        held,
        present.held,
        present.trouble.message if present.trouble else "",
        encrypts=encrypted and present.held is not None and not present.encrypted,
        decrypts=isinstance(present.trouble, NoKey) and not encrypted,
    )


def put_back(ready: Path, journal: Path, today: date, keys: Keys = no_keys) -> Path | None:
    """Put a copy that is ready in the place of the journal; returns what is kept of that.

    A journal that works is overwritten in one transaction of its own, so that other commands at
    work see all of it or nothing, and none writes into a file that is gone. One that does not is
    replaced whole. One that is encrypted stays so, by its key; one that is not is encrypted by the
    key of a copy that is. Raises JournalTrouble.
    """
    with faults.faults(journal):
        files.make_folder(files.real(journal).parent)
        kept = None
        try:
            if database.is_there(journal):
                return _overwrite(ready, journal, today, keys)
        except (JournalDamaged, NoKey):
            kept = copying.keep_as_it_is(journal, today)
        file = files.real(journal)
        files.write_whole(file, ready, at_last=lambda: _take_away_beside(file))
        return kept


def _others() -> str:
    return f"the copies that there are: {as_typed('restore')}"


def _found(file: Path, journal: Path) -> Path:
    """The file, or the copy beside the journal that is called so."""
    named = store_copies.folder_of(journal) / file
    for path in (file, named, files.beside(named, compression.ENDING)):
        if files.real(path) == files.real(journal):
            raise NoSuchThing(f"{file} is the journal itself", _others())
        if path.is_file():
            return path
    raise NoSuchThing(f"there is no file {file}", _others())


def _made_ready(file: Path, ready: Path, opening: Opening, keys: Keys) -> Contents:
    """Bring a copy of the copy into the newest shape, checked."""
    try:
        with faults.faults(file), _read_from(file):
            sqlite.check_file(file)
            _bring(file, ready, opening)
            with closing(sqlite.reach(ready, lambda _: keys(file))) as connection:
                migrations.check(connection, file)
                copying.check(connection, "integrity_check")
                migrations.migrate(connection)
                _refuse_foreign(connection, file)
                connection.execute("PRAGMA journal_mode = WAL")
                return replace(contents(connection), damage=_first_damage(connection))
    except JournalDamaged as error:
        raise JournalTrouble(error.message, _others()) from error


@contextmanager
def _read_from(file: Path) -> Iterator[None]:
    """Say of what the system would not do whether it is the copy, or the disk it is brought to."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise JournalTrouble(
                "the disk is full: nothing was written", "make room and try again"
            ) from error
        said = f"the copy {file} cannot be read: {error.strerror or error}"
        raise JournalTrouble(said, _others()) from error


def _refuse_foreign(connection: sqlite3.Connection, file: Path) -> None:
    """What a trigger of somebody else's does to the journal, nobody knows."""
    for finding in checks.structure(connection, file):
        raise JournalTrouble(f"in {file} {finding.said}", _others())


def _bring(file: Path, ready: Path, opening: Opening) -> None:
    if compression.is_compressed(file):
        files.make_private(ready)
        compression.expand(file, ready)
        return
    with file.open("rb") as stream:
        content = stream.read(100)
        if age.is_encrypted(content):
            files.make_private(ready)
            ready.write_bytes(opening(content + stream.read()))
            return
    for ending in ("", *store_copies.UNWRITTEN):
        if (source := file.with_name(file.name + ending)).exists():
            target = ready.with_name(ready.name + ending)
            files.make_private(target)
            shutil.copyfile(source, target)


def _was_encrypted(journal: Path, present: "_Present") -> bool:
    """Whether a journal that does not open is one, and no noise: nobody means to lose its key."""
    copies = (copy.path for copy in store_copies.listed(journal))
    return isinstance(present.trouble, WrongKey) or any(map(compression.is_encrypted, copies))


class _Present(NamedTuple):
    """What there is in the journal's place, and why it cannot be read when it cannot."""

    held: Contents | None = None
    encrypted: bool = False
    trouble: JournalTrouble | None = None


def _present(journal: Path, keys: Keys) -> _Present:
    try:
        with faults.faults(journal), closing(database.open_to_read(journal, keys)) as present:
            if not database.is_there(journal):
                return _Present()
            return _Present(contents(present), sqlite.secret_of(present) is not None)
    except (JournalDamaged, NoKey) as error:
        return _Present(trouble=error)


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


def _first_damage(connection: sqlite3.Connection) -> str:
    found = next(safety_damage.damaged(connection), None)
    return "" if found is None else found.sentence


def _day(text: str | None) -> date | None:
    """A day; what damage made of one is no day."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _overwrite(ready: Path, journal: Path, today: date, keys: Keys) -> Path:
    with closing(sqlite.reach(ready, keys)) as source:
        secret = sqlite.secret_of(source)
    if secret is not None and not signature.is_encrypted(journal):
        with faults.faults(journal), closing(database.held(journal)):
            pass  # it is whole
        return encryption.put_in_place(journal, ready, secret, today)
    with faults.faults(journal), closing(database.open_to_write(journal, keys)) as present:
        kept = _kept_whole(present, journal, today)
        with closing(_as_secret(ready, secret, sqlite.secret_of(present))) as source:
            source.backup(present, progress=copying.patience(), sleep=copying.BUSY_SECONDS)
        present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return kept


def _as_secret(ready: Path, secret: str | None, wanted: str | None) -> sqlite3.Connection:
    """A copy that is ready, encrypted if the journal is: one is not copied into the other else."""
    if secret is not None or wanted is None:
        return sqlite.connect(str(ready), secret)
    target = ready.with_name("encrypted.db")
    files.make_private(target)
    with closing(sqlite.connect(str(ready), "")) as connection:
        encryption.write_anew(connection, target, wanted, "WAL")
    return sqlite.connect(str(target), wanted)


def _kept_whole(present: sqlite3.Connection, journal: Path, today: date) -> Path:
    """Keep the journal as it is, once more when another command wrote to it meanwhile."""
    while True:
        before = _data_version(present)
        kept = copying.keep(present, journal, today, views.BEFORE_RESTORE)
        if _data_version(present) == before:
            return kept
        kept.unlink()


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that another connection's writing changes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _take_away_beside(journal: Path) -> None:
    """SQLite would take what lies beside a damaged file for a part of the new one."""
    for beside in store_copies.own_files(journal)[1:]:
        beside.unlink(missing_ok=True)


def offered(journal: Journal, file: Path, opening: "Opening") -> AbstractContextManager["Offer"]:
    """A copy as it could be put back. opening: how an encrypted one is read."""
    # the commands of every day have no use for it

    journal.close()
    journal.check_writable()
    return offer_of(file, journal.context.path, opening, journal.context.keys)


def restore(journal: Journal, offer: "Offer") -> Path | None:
    """Put a copy in the journal's place; returns where the journal as it was is kept."""
    # as above

    journal.close()
    path, keys = journal.context.path, journal.context.keys
    kept = put_back(offer.ready, path, journal.today_is, keys)
    tidy_copies(journal)
    return kept
