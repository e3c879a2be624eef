"""Writing the journal and its copies anew: encrypted, by another key, or plain again.

The journal is written beside its place, compared with what it was made from, and put there by a
change of names, while no other process holds it: at every moment it is whole, the old or the new.
"""

import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from glob import escape
from pathlib import Path
from types import ModuleType

from connect_cli import files
from connect_cli.errors import JournalTrouble, shell_word
from connect_cli.store import backups, compressed, database, retention, stopping, wiping, workrooms
from connect_cli.store.database import Keys

_STEPS = 100_000
_RAW_KEY = len("x'") + 64  # digits; those of the salt come after it
_KEPT_PRAGMAS = ("user_version", "application_id")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written anew.

    copies: how many copies of the journal were, besides it. left: files beside it that were not:
    they are readable, or open by another key. removed: how many copies had no room any more.
    """

    copies: int
    left: tuple[Path, ...]
    removed: int = 0


class CutOff(KeyboardInterrupt):
    """Ctrl-C once the journal was written anew. left: the copies that were not yet."""

    def __init__(self, left: tuple[Path, ...]) -> None:
        super().__init__()
        self.left = left


def new_secret(key: str) -> str:
    """What a file that does not exist yet is encrypted by. Raises NoKey for what is no key."""
    encrypted = check_installed()
    return str(encrypted.secret(key, secrets.token_bytes(encrypted.SALT_BYTES)))


def check_installed() -> ModuleType:
    """Raise NoKey without the extra, before anybody is asked for a key."""
    return database.cipher("encrypting a journal needs an extra")


def amount(journal: Path) -> int:
    """How many files `seal` writes anew, for a progress bar."""
    return 1 + len(backups.listed(journal))


def seal(
    journal: Path,
    keys: Keys,
    secret: str,
    progress: Callable[[int], object] = lambda _: None,
    at_hand: Keys = database.no_keys,
) -> Sealed:
    """Write the journal anew, and then its copies; one that does not exist is made.

    secret: what they are encrypted by from now on; empty for not at all. progress: told how many
    files are done. at_hand: the keys to try on a copy that is not encrypted as the journal was,
    because a command before was cut off. Raises JournalTrouble, and then the journal is as it was;
    a copy that cannot be written is named.
    """
    with stopping.in_order():
        with database.faults(journal):
            with closing(database.open_to_write(journal, keys)) as connection:
                before = database.secret_of(connection) or ""
            workrooms.clear(journal)
            _seal_journal(backups.real(journal), before, secret)
        try:
            progress(1)
            return _seal_copies(journal, partial(_secret_of, before, at_hand), secret, progress)
        except OSError:
            return Sealed(0, (backups.folder_of(journal),))
        except KeyboardInterrupt as error:
            raise CutOff(_not_of(journal, secret)) from error


def within(sealed: Sealed, journal: Path, today: date, most: int | None) -> Sealed:
    """Remove the copies that have no room any more: encrypted ones take four times as much.

    most: the bytes that all of them may take; None for any.
    """
    removed = 0
    with suppress(OSError):
        removed = backups.clear_away(journal, today, most)
    copies = min(sealed.copies, len(backups.listed(journal)))
    left = tuple(path for path in sealed.left if path.exists())
    return Sealed(copies, left, removed)


def _not_of(journal: Path, secret: str) -> tuple[Path, ...]:
    """The copies that are not encrypted by this."""
    copies = (copy.path for copy in backups.listed(journal))
    return tuple(path for path in copies if not _is_of(secret, path))


def replace(journal: Path, ready: Path, secret: str, today: date) -> Path:
    """Put an encrypted journal in the place of a plain one; returns what is kept of that.

    That, and the other copies, are encrypted by the same. Raises JournalTrouble.
    """
    with database.faults(journal):
        files.synchronise(ready)
        with _taken(backups.real(journal), "") as connection:
            kept = backups.keep(
                connection, journal, today, retention.BEFORE_RESTORE, partial(_copy, secret=secret)
            )
            _swap(ready, backups.real(journal))
    with suppress(OSError):  # what is left readable is found by the doctor
        seal_plain_copies(journal, secret)
    return kept


def _copy(connection: sqlite3.Connection, target: Path, secret: str) -> None:
    with files.new_file(target) as new:
        recast(connection, new, secret, "DELETE")
        files.settle(new, target)


def seal_plain_copies(journal: Path, secret: str) -> None:
    """Encrypt the copies that were made before the journal was encrypted."""
    _seal_copies(journal, partial(_secret_of, "", database.no_keys), secret, lambda _: None)


def plain_files(journal: Path) -> list[Path]:
    """The files beside an encrypted journal, copies of it among them, that anybody can read."""
    file = backups.real(journal)
    near = {*file.parent.iterdir(), *backups.folder_of(file).glob("*")}
    near -= {*backups.own_files(file)}
    unsaved = {*file.parent.glob(f"{escape(file.stem)}-unsaved*.txt")}
    return [path for path in sorted(near) if path in unsaved or _is_plain(path)]


def _is_plain(path: Path) -> bool:
    """Whether a file holds a database that is not encrypted, or what is yet to go into one."""
    with suppress(OSError):
        return path.is_file() and compressed.head(path).startswith(database.PLAIN)
    return False


def recast(connection: sqlite3.Connection, target: Path, secret: str, mode: str) -> None:
    """Write what a connection of SQLCipher holds to an empty file, by another secret, checked.

    mode: the journal mode of the new file. Raises sqlite3.DatabaseError when it is not the same.
    """
    with _interruptible(connection):
        with _attached(connection, target, secret):
            connection.execute("SELECT sqlcipher_export('ready')").fetchall()
            for pragma in _KEPT_PRAGMAS:
                (value,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
                connection.execute(f"PRAGMA ready.{pragma} = {value}")
        with _attached(connection, target, secret):  # anew, to see what is in the file
            backups.check(connection, "ready.integrity_check")
            if _counts(connection, "main") != _counts(connection, "ready"):
                raise sqlite3.DatabaseError("database disk image is malformed: rows are missing")
            connection.execute(f"PRAGMA ready.journal_mode = {mode}").fetchall()
    files.synchronise(target)


@contextmanager
def _interruptible(connection: sqlite3.Connection) -> Iterator[None]:
    """Let Ctrl-C end a statement that takes long: Python hears of it while it counts the steps."""
    connection.set_progress_handler(_go_on, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted":
            raise KeyboardInterrupt from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _go_on() -> int:
    """For SQLite; a signal that came meanwhile is raised from here."""
    return 0


@contextmanager
def _attached(connection: sqlite3.Connection, target: Path, secret: str) -> Iterator[None]:
    """The file as `ready`. When something fails, closing the connection lets go of it."""
    connection.execute("ATTACH ? AS ready KEY ?", (str(target), secret))
    connection.execute("PRAGMA ready.synchronous = OFF")  # all of it is synchronised at the end
    connection.execute("PRAGMA ready.journal_mode = OFF").fetchall()
    yield
    connection.execute("DETACH ready")


def _counts(connection: sqlite3.Connection, schema: str) -> dict[str, int]:
    """How many rows each table has; those behind a search index among them."""
    names = connection.execute(
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0]
        for (name,) in names
    }


def _seal_journal(file: Path, before: str, secret: str) -> None:
    with _taken(file, before) as connection, workrooms.workroom(file) as room:
        ready = room / file.name
        files.make_private(ready)
        recast(connection, ready, secret, "WAL")
        _swap(ready, file)


@contextmanager
def _taken(file: Path, secret: str) -> Iterator[sqlite3.Connection]:
    """A connection that nobody shares, to a journal whose file may be replaced meanwhile."""
    if not secret:
        _refuse_other_names(file)
    with (
        wiping.wiped_afterwards(file, readable=not secret),
        _held_alone(file, secret) as connection,
    ):
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise sqlite3.OperationalError("database is locked")
        yield connection


def _swap(ready: Path, file: Path) -> None:
    """Put a finished file in the place of a journal that is taken."""
    for beside in backups.own_files(file)[1:]:  # empty, and not the new file's
        beside.unlink(missing_ok=True)
    files.synchronise(file.parent)
    files.settle(ready, file)


def _refuse_other_names(file: Path) -> None:
    """A hard link would keep what was readable, or lose it when that is overwritten."""
    if file.stat().st_nlink > 1:
        raise JournalTrouble(
            f"the file {file} has a second name on this disk (a hard link)",
            f"find it with: find / -samefile {shell_word(str(file))}; remove it, and try again",
        )


@contextmanager
def _held_alone(file: Path, secret: str) -> Iterator[sqlite3.Connection]:
    """A connection that lets no other process read or write, once none is at work any more.

    What waits for it then finds another file in its place, and opens that (`database.held`).
    """
    for _ in range(backups.BUSY_TRIES):
        before = database.identity(file)
        with closing(database.connect(str(file), secret, 0)) as connection:
            if _has_taken(connection, file) and database.identity(file) == before:
                yield connection
                return
        time.sleep(backups.BUSY_SECONDS)
    raise sqlite3.OperationalError("database is locked")


def _has_taken(connection: sqlite3.Connection, file: Path) -> bool:
    """Take every lock there is, and keep them. False: somebody else has one."""
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            return False
        if "not a database" in str(error):
            raise JournalTrouble(
                f"another command has encrypted {file} meanwhile: nothing was written", "try again"
            ) from error
        raise
    return True


def _seal_copies(
    journal: Path,
    secret_of: Callable[[Path], str],
    secret: str,
    progress: Callable[[int], object],
) -> Sealed:
    done, left = 0, []
    with backups.folder_held(journal, wait=True):
        for number, copy in enumerate(backups.listed(journal), 2):
            try:
                done += _seal_copy(copy.path, secret_of, secret)
            except (OSError, sqlite3.Error, JournalTrouble):
                left.append(copy.path)
            progress(number)
    others = plain_files(journal) if secret else []
    return Sealed(done, tuple(dict.fromkeys([*left, *others])))


def _seal_copy(copy: Path, secret_of: Callable[[Path], str], secret: str) -> bool:
    """Write a copy anew, under its name and of its time; False when it is as it should be.

    What is encrypted is not compressed, what is readable is, and each is called so; the file that a
    link leads to, which somebody put there, is called as it was.

    secret_of: what it is encrypted by. Raises sqlite3.DatabaseError for one that nothing at hand
    opens, or that is damaged, and JournalTrouble for one that would stay readable by another name.
    """
    file = backups.real(copy)
    if _is_of(secret, file):
        return False
    if not (was := secret_of(file)):
        _refuse_other_names(file)
    times = file.stat()
    target = file if copy.is_symlink() else backups.named(file, secret)
    with _unpacked(file) as plain, files.new_file(target) as ready:
        with closing(database.connect(str(plain), was)) as connection:
            recast(connection, ready, secret, "DELETE")
        os.utime(ready, ns=(times.st_atime_ns, times.st_mtime_ns))
        with wiping.wiped_afterwards(file, readable=not was):
            backups.put(ready, target, pack=not secret and target.suffix == compressed.ENDING)
            if target != file:
                file.unlink()
    return True


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    """A copy as a database that can be opened, which leaves nothing on the disk afterwards."""
    if not compressed.is_compressed(file):
        yield file
        return
    with files.new_file(file) as plain:
        try:
            compressed.expand(file, plain)
            yield plain
        finally:
            wiping.wipe_away(plain)


def _secret_of(before: str, at_hand: Keys, file: Path) -> str:
    """What a copy is encrypted by: nothing, what the journal was, or by a key that is at hand.

    Raises sqlite3.DatabaseError when it is none of them, and NoKey.
    """
    if not compressed.is_encrypted(file):
        return ""
    if _is_of(before, file):
        return before
    encrypted = check_installed()
    for key in at_hand(file):
        if _opens(secret := str(encrypted.secret(key, encrypted.salt_of(file))), file):
            return secret
    raise sqlite3.DatabaseError("file is not a database")


def opens(secret: str, file: Path) -> bool:
    """Whether a file can be read by this, or without any; one that is gone is no reason for no."""
    with suppress(OSError):
        return not compressed.is_encrypted(file) or _opens(secret, file)
    return True


def _opens(secret: str, file: Path) -> bool:
    of_its_salt = f"{secret[:_RAW_KEY]}{check_installed().salt_of(file).hex()}'"
    try:
        with closing(database.connect(str(file), of_its_salt)) as connection:
            connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        return "not a database" not in str(error)
    return True


def _is_of(secret: str, file: Path) -> bool:
    """Whether a file is encrypted by this, or is not and this is nothing."""
    if not compressed.is_encrypted(file):
        return not secret
    return secret.endswith(f"{check_installed().salt_of(file).hex()}'")
