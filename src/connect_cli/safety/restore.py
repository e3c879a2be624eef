"""Restore: replace the journal by a copy, after showing what that would change.

How it works. `prepare_copy` finds the copy, brings it into a private folder beside the journal
(unpacked or decrypted), opens it there, checks it and migrates it; the copy itself is not touched.
It yields an `Offer` that compares the contents of both, for the question. `put_back` then keeps a
copy of the journal as it is and replaces it. A journal that works is overwritten by SQLite's backup
in one transaction, so that running commands see the old content or the new, and none writes into a
file that has lost its name. A journal that cannot be read is kept byte for byte and replaced as a
file. An encrypted journal stays encrypted with its own key; a plain one becomes encrypted if the
copy is.

What can go wrong. A copy that is damaged, of a newer version, encrypted with an unknown key, or
changed in its tables or triggers is refused before anything is asked, and the other copies are
named. A lock that does not clear, or a full disk, leaves the journal as it was (JournalTrouble).
"""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from connect_cli import files, interrupts, reports, scratch
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
from connect_cli.store import (
    checked_copy,
    compression,
    database,
    faults,
    migrations,
    signature,
    sqlite,
)
from connect_cli.store import copies as store_copies
from connect_cli.store.sqlite import Keys, no_keys

Opening = Callable[[bytes], bytes]
"""Decrypts the content of an age file."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a journal holds: the ids of its people and interactions, and the day of the newest
    interaction.

    damage: the first of its values that cannot be read, when that was asked for.
    """

    people: frozenset[str]
    interactions: frozenset[str]
    newest_on: date | None
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A copy that is ready to restore, and what the journal holds now.

    ready: the prepared file. held: what it holds. present: what the journal holds; None if it does
    not exist or cannot be read. trouble: why it cannot be read. encrypts: the journal is plain and
    will be encrypted, as the copy is. decrypts: it seems to be encrypted, and will not be.
    """

    ready: Path
    held: Contents
    present: Contents | None
    trouble: str = ""
    encrypts: bool = False
    decrypts: bool = False


def offered(journal: Journal, file: Path, opening: "Opening") -> AbstractContextManager["Offer"]:
    """Prepare a copy to restore. opening: decrypts one that is encrypted with age."""
    journal.close()
    journal.check_writable()
    return prepare_copy(file, journal.context.path, opening, journal.context.keys)


def restore(journal: Journal, offer: "Offer") -> Path | None:
    """Replace the journal by a prepared copy; returns the copy kept of the old journal."""
    journal.close()
    path, keys = journal.context.path, journal.context.keys
    journal.clear_texts()
    kept = put_back(offer.ready, path, journal.today_is, keys)
    tidy_copies(journal)
    return kept


@contextmanager
def prepare_copy(
    file: Path, journal: Path, opening: Opening, keys: Keys = no_keys
) -> Iterator[Offer]:
    """Prepare a copy in a private folder, without changing it or the journal.

    The key that opens the journal is tried on the copy first. Raises JournalTrouble for a copy that
    cannot be restored.
    """
    with (
        scratch.stopped_in_order(),
        faults.faults(journal),
        scratch.workroom(journal) as folder,
    ):
        found = _find(file, journal)
        present = _present(journal, keys)
        ready = folder / "journal.db"
        held = _prepare(found, ready, opening, keys)
        yield _offer(ready, held, journal, present)


def _offer(ready: Path, held: Contents, journal: Path, present: "_Present") -> Offer:
    encrypted = signature.is_encrypted(ready)
    if isinstance(present.trouble, NoKey) and not encrypted and _was_encrypted(journal, present):
        hint = f"the copy is not encrypted; to restore it anyway, move {journal} away first"
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
    """Replace the journal by a prepared copy; returns the copy kept of the old journal, if any.

    A working journal is overwritten in one transaction; one that cannot be read is replaced as a
    file. Raises JournalTrouble.
    """
    with faults.faults(journal):
        files.make_folder(files.real(journal).parent)
        kept = None
        try:
            if database.is_there(journal):
                return _overwrite(ready, journal, today, keys)
        except (JournalDamaged, NoKey):
            kept = checked_copy.keep_bytes(journal, today)
        file = files.real(journal)
        with interrupts.committing():
            files.write_whole(file, ready, at_last=lambda: _remove_companions(file))
        return kept


def _other_copies() -> str:
    return f"list the copies: {as_typed('restore')}"


def _find(file: Path, journal: Path) -> Path:
    """The file, or the copy beside the journal that has this name."""
    named = store_copies.folder_of(journal) / file
    for path in (file, named, files.beside(named, compression.ENDING)):
        if files.real(path) == files.real(journal):
            raise NoSuchThing(f"{file} is the journal itself", _other_copies())
        if path.is_file():
            return path
    raise NoSuchThing(f"there is no file {file}", _other_copies())


def _prepare(file: Path, ready: Path, opening: Opening, keys: Keys) -> Contents:
    """Bring the copy into the private folder, check it there and migrate it."""
    try:
        with faults.faults(file), _read_from(file):
            sqlite.check_file(file)
            _unpack(file, ready, opening)
            with closing(sqlite.reach(ready, lambda _: keys(file))) as connection:
                migrations.check(connection, file)
                checked_copy.check(connection, "integrity_check")
                migrations.migrate(connection)
                _refuse_foreign(connection, file)
                connection.execute("PRAGMA journal_mode = WAL")
                return replace(contents(connection), damage=_first_damage(connection))
    except JournalDamaged as error:
        raise JournalTrouble(error.message, _other_copies()) from error


@contextmanager
def _read_from(file: Path) -> Iterator[None]:
    """Turn an OSError into one that says whether the disk is full or the copy cannot be read."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise JournalTrouble(
                "the disk is full: nothing was written", "make room and try again"
            ) from error
        said = f"the copy {file} cannot be read: {error.strerror or error}"
        raise JournalTrouble(said, _other_copies()) from error


def _refuse_foreign(connection: sqlite3.Connection, file: Path) -> None:
    """Refuse a copy with tables or triggers of somebody else's: nobody knows what they do."""
    for finding in checks.structure(connection, file):
        raise JournalTrouble(f"in {file} {finding.said}", _other_copies())


def _unpack(file: Path, ready: Path, opening: Opening) -> None:
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
    """Whether a file that no key opens is an encrypted journal, rather than noise."""
    copies = (copy.path for copy in store_copies.listed(journal))
    return isinstance(present.trouble, WrongKey) or any(map(compression.is_encrypted, copies))


class _Present(NamedTuple):
    """The journal as it is now. trouble: why it cannot be read, if it cannot."""

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
    interactions = connection.execute("SELECT id FROM interaction")
    newest = connection.execute("SELECT max(day) FROM interaction").fetchone()[0]
    return Contents(
        frozenset(row[0] for row in people),
        frozenset(row[0] for row in interactions),
        _day(newest),
    )


def _first_damage(connection: sqlite3.Connection) -> str:
    found = next(safety_damage.damaged(connection), None)
    return "" if found is None else found.sentence


def _day(text: str | None) -> date | None:
    """A day; None for text that is not a day, which is damage."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _overwrite(ready: Path, journal: Path, today: date, keys: Keys) -> Path:
    with closing(sqlite.reach(ready, keys)) as source:
        secret = sqlite.secret_of(source)
    if secret is not None and not signature.is_encrypted(journal):
        with faults.faults(journal), closing(database.open_current(journal)):
            pass  # it opens, so it is not cut off
        return encryption.put_in_place(journal, ready, secret, today)
    with faults.faults(journal), closing(database.open_to_write(journal, keys)) as present:
        kept = _keep_unchanged(present, journal, today)
        with (
            closing(_encrypted_alike(ready, secret, sqlite.secret_of(present))) as source,
            interrupts.committing(),
        ):
            source.backup(
                present, progress=checked_copy.retry_limit(), sleep=checked_copy.BUSY_SECONDS
            )
        present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return kept


def _encrypted_alike(ready: Path, secret: str | None, wanted: str | None) -> sqlite3.Connection:
    """The prepared copy, encrypted if the journal is: SQLite copies only between two alike."""
    if secret is not None or wanted is None:
        return sqlite.connect(str(ready), secret)
    target = ready.with_name("encrypted.db")
    files.make_private(target)
    with closing(sqlite.connect(str(ready), "")) as connection:
        encryption.write_anew(connection, target, wanted, "WAL")
    return sqlite.connect(str(target), wanted)


def _keep_unchanged(present: sqlite3.Connection, journal: Path, today: date) -> Path:
    """Keep a copy of the journal; again if another command wrote to it meanwhile."""
    while True:
        before = _data_version(present)
        kept = checked_copy.keep(present, journal, today, reports.BEFORE_RESTORE)
        if _data_version(present) == before:
            return kept
        kept.unlink()


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection writes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _remove_companions(journal: Path) -> None:
    """Remove the files beside a damaged journal: SQLite would take them for the new one's."""
    for beside in store_copies.own_files(journal)[1:]:
        beside.unlink(missing_ok=True)
