"""Rewrite the journal and its copies: encrypted, with another key, or plain again.

How it works. The journal is locked first, so that no other process can read or write it; this waits
a few seconds for running commands, and then says who has it open. SQLCipher exports it into a new
file in a private folder beside it; the new file is compared with the old one and synchronised to
the disk, and a rename puts it in place. If the process is killed at any moment, the journal is the
old file or the new one, and whole. A command that opened the old file meanwhile waits for the lock;
when it gets it, it sees that the name belongs to another file now, and opens that one
(`database.open_current`), so nothing is written into the old file. The copies follow one by one in
the same way, under the lock of their folder.

What can go wrong. Whatever fails before the rename leaves the journal as it was (JournalTrouble):
another program has it open, another command rewrote it first, the disk is full, the file has a hard
link. A copy that cannot be rewritten stays as it is and is named in `Rewritten.left`; Ctrl-C after
the rename names the copies that are left (`CutOff`), and the doctor finds them later.

The old file is deleted, not overwritten: its blocks stay on the disk until they are reused.
"""

import fcntl
import os
import secrets
import sqlite3
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from types import ModuleType

from connect_cli import files, interrupts, scratch, unsaved
from connect_cli.errors import JournalTrouble, shell_word
from connect_cli.journal.journal import Journal
from connect_cli.reports import BEFORE_RESTORE, Progress
from connect_cli.safety import backup
from connect_cli.store import checked_copy, compression, database, faults, signature, sqlite
from connect_cli.store import copies as store_copies
from connect_cli.store.sqlite import Keys

WAIT_MS = 5_000
"""How long to wait for every other program to close the journal."""

_KEPT_PRAGMAS = ("user_version", "application_id")
_LOCKS_FROM, _LOCKS = 2**30, 512
"""The bytes of a database file that SQLite locks (https://www.sqlite.org/lockingv3.html)."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was rewritten.

    copies: how many copies, besides the journal itself. left: files beside it that were not
    rewritten: they are readable, or open with another key. removed: how many copies were removed,
    because encrypted copies take more room.
    """

    copies: int
    left: tuple[Path, ...] = ()
    removed: int = 0


class CutOff(KeyboardInterrupt):
    """Ctrl-C after the journal was rewritten. left: the copies that have yet to be."""

    def __init__(self, left: tuple[Path, ...]) -> None:
        super().__init__()
        self.left = left


def count(journal: Journal) -> int:
    """How many files there are to rewrite: the journal and its copies.

    Raises NoKey without the extra, and JournalTrouble where nothing can be written.
    """
    _sqlcipher()
    journal.check_writable()
    return 1 + len(store_copies.listed(journal.context.path))


def encrypt(journal: Journal, key: str, progress: Progress) -> Rewritten:
    """Encrypt the journal and its copies with a key, which replaces the one they have, if any.

    progress: called with the number of files done. Raises JournalTrouble when the journal stays as
    it was, and CutOff.
    """
    return _rewrite_open(journal, new_secret(key), progress)


def decrypt(journal: Journal, progress: Progress) -> Rewritten:
    """Make the journal and its copies readable without a key. Raises as `encrypt` does."""
    return _rewrite_open(journal, "", progress)


def _rewrite_open(journal: Journal, secret: str, progress: Progress) -> Rewritten:
    journal.close()
    here, most = journal.context, journal.context.settings.backups_most
    journal.clear_texts()
    done = rewrite(here.path, here.keys, secret, progress, here.keys_at_hand)
    removed = 0
    with suppress(OSError):
        removed = backup.clear_away(here.path, here.today, most)
    copies = min(done.copies, len(store_copies.listed(here.path)))
    return Rewritten(copies, tuple(each for each in done.left if each.exists()), removed)


def new_secret(key: str) -> str:
    """The secret of a new file: a key and a new salt. Raises NoKey for an impossible key."""
    sqlcipher = _sqlcipher()
    return str(sqlcipher.secret(key, secrets.token_bytes(sqlcipher.SALT_BYTES)))


def _sqlcipher() -> ModuleType:
    """The module that connects through SQLCipher. Raises NoKey without the extra."""
    return sqlite.cipher()


def rewrite(
    path: Path,
    keys: Keys,
    secret: str,
    progress: Progress = lambda _: None,
    at_hand: Keys = sqlite.no_keys,
) -> Rewritten:
    """Rewrite the journal, and then its copies; a journal that does not exist is created.

    keys: open the journal. secret: what the files are encrypted with from now on; empty for plain
    files. at_hand: keys to try on a copy that has another key than the journal, because an earlier
    command was cut off. Raises JournalTrouble when the journal stays as it was, and CutOff.
    """
    with scratch.stopped_in_order():
        with faults.faults(path):
            with closing(database.open_to_write(path, keys)) as connection:
                before = sqlite.secret_of(connection) or ""
            scratch.clear(path)
            _rewrite_journal(files.real(path), before, secret)
        try:
            progress(1)
            done = _rewrite_copies(path, _keys_from(before, at_hand), secret, progress)
            interrupts.hold()
        except OSError:
            return Rewritten(0, (store_copies.folder_of(path),))
        except KeyboardInterrupt as error:
            raise CutOff(_not_rewritten(path, secret)) from error
    return done


def put_in_place(path: Path, ready: Path, secret: str, today: date) -> Path:
    """Replace a plain journal by an encrypted one; returns the copy kept of the plain one.

    That copy and the others are encrypted with the same secret. Raises JournalTrouble.
    """
    with faults.faults(path):
        files.synchronise(ready)
        file = files.real(path)
        with _locked(file, "") as connection:
            kept = checked_copy.keep(
                connection, path, today, BEFORE_RESTORE, partial(_copy, secret=secret)
            )
            with interrupts.committing():
                _swap(ready, file)
    with suppress(OSError):  # the doctor finds what stays readable
        encrypt_copies(path, secret)
    return kept


def _copy(connection: sqlite3.Connection, target: Path, secret: str) -> None:
    with files.new_file(target) as new:
        write_anew(connection, new, secret, "DELETE")
        files.settle(new, target)


def _rewrite_journal(file: Path, before: str, secret: str) -> None:
    with _locked(file, before) as connection, scratch.workroom(file) as room:
        ready = room / file.name
        files.make_private(ready)
        write_anew(connection, ready, secret, "WAL")
        _swap(ready, file)


@contextmanager
def _locked(file: Path, secret: str) -> Iterator[sqlite3.Connection]:
    """A connection that locks every other process out of the journal.

    The write-ahead file has been written back into the journal by then. Raises JournalTrouble when
    another process keeps the journal open, or has rewritten it meanwhile.
    """
    if not secret:
        _refuse_other_names(file)
    before = sqlite.identity(file)
    try:
        connection = _with_all_locks(file, secret)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise _busy(file) from error
        if "not a database" in str(error):  # this secret opened it a moment ago
            raise _overtaken(file) from error
        raise
    with closing(connection):
        if sqlite.identity(file) != before:
            raise _overtaken(file)
        yield connection


def _with_all_locks(file: Path, secret: str) -> sqlite3.Connection:
    """A connection that holds all of SQLite's locks until it is closed.

    In write-ahead mode every process that has read the file holds a lock on it until it closes the
    file, so none is overlooked. Of two that want all locks at once, each would keep out the other
    while it waits: so nobody waits with the file open, and chance decides who is the first.
    """
    until = time.monotonic() + WAIT_MS / 1000
    while True:
        connection = sqlite.connect(str(file), secret, 0)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except BaseException as error:
            connection.close()
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        else:
            return connection
        time.sleep((1 + secrets.randbelow(50)) / 1000)


def _refuse_other_names(file: Path) -> None:
    """Raise JournalTrouble for a hard link: the plain text would stay readable under that name."""
    if file.stat().st_nlink > 1:
        raise JournalTrouble(
            f"the file {file} has a second name on this disk (a hard link)",
            f"find it with: find / -samefile {shell_word(str(file))}; remove it, and try again",
        )


def _overtaken(file: Path) -> JournalTrouble:
    said = f"another command has just rewritten {file}, so nothing was changed"
    return JournalTrouble(said, "try again")


def _busy(file: Path) -> JournalTrouble:
    """The error that says who has the journal open, as far as the system knows."""
    holder = _holder(file)
    who = f"{_program(holder)} has it open" if holder else "another program has it open"
    hint = "end that program, which may be another connect, and try again"
    return JournalTrouble(f"the journal {file} is busy: {who}, so nothing was changed", hint)


def _holder(file: Path) -> int:
    """The process that holds one of SQLite's locks on a file; 0 when the system does not say.

    This process must have no connection to the file: closing it here would give up their locks.
    """
    kind, span = (fcntl.F_WRLCK, os.SEEK_SET), (_LOCKS_FROM, _LOCKS, 0)
    layout, at, asked = "hhqqi", 4, (*kind, *span)  # as fcntl(2) has it
    if sys.platform == "darwin":
        layout, at, asked = "qqihh", 2, (*span, *kind)
    try:
        with file.open("rb", buffering=0) as opened:
            told = fcntl.fcntl(opened, fcntl.F_GETLK, struct.pack(layout, *asked))
    except OSError:
        return 0
    return max(0, int(struct.unpack(layout, told)[at]))


def _program(process: int) -> str:
    """A process by its name, where the system gives it (Linux), and its number."""
    try:
        name = Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return f"process {process}"
    return f"{name} (process {process})"


def write_anew(connection: sqlite3.Connection, target: Path, secret: str, mode: str) -> None:
    """Export a database to an empty file with another secret, and check the result.

    connection: made by SQLCipher. mode: the journal mode of the new file. Raises
    sqlite3.DatabaseError when the new file does not hold the same.
    """
    with _attached(connection, target, secret):
        connection.execute("SELECT sqlcipher_export('ready')").fetchall()
        for pragma in _KEPT_PRAGMAS:
            (value,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
            connection.execute(f"PRAGMA ready.{pragma} = {value}")
    with _attached(connection, target, secret):  # opened again, to read what is in the file
        checked_copy.check(connection, "ready.integrity_check")
        if _counts(connection, "main") != _counts(connection, "ready"):
            raise sqlite3.DatabaseError("database disk image is malformed: rows are missing")
        connection.execute(f"PRAGMA ready.journal_mode = {mode}").fetchall()
    files.synchronise(target)


@contextmanager
def _attached(connection: sqlite3.Connection, target: Path, secret: str) -> Iterator[None]:
    """Attach a file as `ready`. After an error it stays attached until the connection closes."""
    connection.execute("ATTACH ? AS ready KEY ?", (str(target), secret))
    connection.execute("PRAGMA ready.synchronous = OFF")  # all of it is synchronised at the end
    connection.execute("PRAGMA ready.journal_mode = OFF").fetchall()
    yield
    connection.execute("DETACH ready")


def _counts(connection: sqlite3.Connection, schema: str) -> dict[str, int]:
    """How many rows each table has, including the tables behind a search index."""
    names = connection.execute(
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0]
        for (name,) in names
    }


def _swap(ready: Path, file: Path) -> None:
    """Replace a locked journal by a finished file.

    The empty files beside the old one are removed first: SQLite would take them for the new one's.
    """
    for beside in store_copies.own_files(file)[1:]:
        beside.unlink(missing_ok=True)
    files.synchronise(file.parent)
    files.settle(ready, file)


def encrypt_copies(path: Path, secret: str) -> None:
    """Encrypt the copies that are still readable with the journal's secret. Raises OSError."""
    _rewrite_copies(path, sqlite.no_keys, secret)


def readable_files(path: Path) -> list[Path]:
    """The files beside an encrypted journal, its copies included, that anybody can read."""
    file = files.real(path)
    near = {*file.parent.iterdir(), *store_copies.folder_of(file).glob("*")}
    near -= {*store_copies.own_files(file)}
    texts = {*unsaved.saved(file)}
    return [each for each in sorted(near) if each in texts or _is_readable(each)]


def _is_readable(file: Path) -> bool:
    """Whether a file holds a database that is not encrypted."""
    with suppress(OSError):
        return file.is_file() and compression.head(file).startswith(signature.PLAIN)
    return False


def opens(secret: str, file: Path) -> bool:
    """Whether a copy opens with the key in a secret, or without one; True if it is gone."""
    with suppress(OSError):
        return _secret_of(file, _keys_from(secret)) is not None
    return True


def _rewrite_copies(
    path: Path, known: Keys, secret: str, progress: Progress = lambda _: None
) -> Rewritten:
    done, left = 0, []
    with checked_copy.lock_folder(path, wait=True):
        for number, copy in enumerate(store_copies.listed(path), 2):
            try:
                done += _rewrite_copy(copy.path, known, secret)
            except (OSError, sqlite3.Error, JournalTrouble):
                left.append(copy.path)
            progress(number)
    readable = readable_files(path) if secret else []
    return Rewritten(done, tuple(dict.fromkeys([*left, *readable])))


def _rewrite_copy(copy: Path, known: Keys, secret: str) -> bool:
    """Rewrite a copy and keep its time; returns False when it has this secret already.

    Plain copies are compressed and encrypted ones are not, and the name follows; but a file behind
    a link, which somebody put there, keeps its name. Raises sqlite3.DatabaseError for a damaged
    copy, or one that no known key opens, and JournalTrouble for a hard link.
    """
    file = files.real(copy)
    before = _secret_of(file, known)
    if before == secret:
        return False
    if before is None:
        raise sqlite3.DatabaseError("file is not a database")
    if not before:
        _refuse_other_names(file)
    target = file if copy.is_symlink() else store_copies.copy_name(file, secret)
    with files.new_file(target) as ready:
        _rewrite_file(file, before, ready, secret)
        checked_copy.put(ready, target, pack=not secret and target.suffix == compression.ENDING)
    if target != file:
        file.unlink()
    return True


def _rewrite_file(file: Path, before: str, ready: Path, secret: str) -> None:
    """Write the content of a copy to an empty file, and give it the copy's time."""
    times = file.stat()
    with _unpacked(file) as plain, closing(sqlite.connect(str(plain), before)) as connection:
        write_anew(connection, ready, secret, "DELETE")
    os.utime(ready, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    """A copy as a database file, unpacked if it is compressed."""
    if not compression.is_compressed(file):
        yield file
        return
    with files.new_file(file) as plain:
        compression.expand(file, plain)
        yield plain


def _not_rewritten(path: Path, secret: str) -> tuple[Path, ...]:
    """The copies that are not encrypted with this secret."""
    copies = (copy.path for copy in store_copies.listed(path))
    return tuple(copy for copy in copies if _secret_of(copy, _keys_from(secret)) != secret)


def _keys_from(secret: str, at_hand: Keys = sqlite.no_keys) -> Keys:
    """Keys to try: the key in a secret, if there is one, and then those at hand."""
    first = (_sqlcipher().without_salt(secret),) if secret else ()
    return lambda file: chain(first, at_hand(file))


def _secret_of(file: Path, keys: Keys) -> str | None:
    """The secret of a copy; empty for a plain one, None when none of the keys opens it.

    Raises OSError, and NoKey when a key was asked for and not given.
    """
    if not compression.is_encrypted(file):
        return ""
    sqlcipher = _sqlcipher()
    salt = sqlcipher.salt_of(file)
    secrets_of_it = (str(sqlcipher.secret(key, salt)) for key in keys(file))
    return next((each for each in secrets_of_it if _opens(each, file)), None)


def _opens(secret: str, file: Path) -> bool:
    """Whether a secret opens a file, even one that is damaged further on."""
    try:
        with closing(sqlite.connect(str(file), secret)) as connection:
            connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        return "not a database" not in str(error)
    return True
