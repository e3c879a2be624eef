"""Keeping the journal safe: copies of it, putting one back, looking after the file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from connect_cli import files, scratch
from connect_cli.errors import (
    ConnectError,
    DamageMet,
    JournalDamaged,
    JournalTrouble,
    NotUnderstood,
    as_typed,
)
from connect_cli.journal.answers import Answers
from connect_cli.journal.core import Journal
from connect_cli.store import (
    backups,  # noqa: TID253  # this family is loaded late
    copying,
    database,  # noqa: TID253  # this family is loaded late
    faults,
    sqlite,
)
from connect_cli.store import copies as store_copies
from connect_cli.store.stored import MISREAD
from connect_cli.views import (
    BY_HAND,  # this family is loaded late
    Copy,  # this family is loaded late
)

if TYPE_CHECKING:
    from connect_cli.store.doctor import Report
    from connect_cli.store.restoring import Offer, Opening

Encrypting = Callable[[bytes], bytes]


def keep_daily(journal: Journal) -> str | None:
    """After a command that wrote, see to the day's copy. Returns what to say when it failed.

    What was written is kept whatever happens here. A large journal is copied by a process of
    its own: nobody waits for it, and what it could not do is said the next time.
    """
    if not journal.wrote:
        return None
    path, today = journal.context.path, journal.today_is
    if backups.has_daily(path, today):
        return None
    failed = backups.noted_failure(path)
    try:
        if path.stat().st_size > backups.SMALL_BYTES:
            secret = sqlite.secret_of(journal.connection)
            backups.keep_daily_aside(path, today, journal.settings.backups_most, secret)
        else:
            backups.keep_daily(journal.connection, path, today, journal.settings.backups_most)
    except (OSError, sqlite3.Error) as error:
        failed = backups.reason(error)
    see = f" See: {as_typed('doctor')}" if failed == backups.MAY_BE_DAMAGED else ""
    return None if failed is None else f"{_KEPT} ({failed}).{see}"


def keep_before(journal: Journal, verb: str) -> Path | None:
    """Copy the journal before a verb that changes much of it; None when there is none yet.

    By a connection of its own, which sees nothing of a command that is under way.
    """
    path = journal.context.path
    with faults.faults(path):
        if not database.is_there(path):
            return None
        database.check_writable(path)
        secret = sqlite.secret_of(journal.connection)
        with closing(sqlite.connect(str(path), secret)) as source:
            kept = copying.keep(source, path, journal.today_is, f"before-{verb}")
        _clear_away(journal)
        return kept


def copies(journal: Journal) -> list[Copy]:
    """The copies beside the journal, the newest first."""
    return store_copies.listed(journal.context.path)


def backup(
    journal: Journal, answers: Answers, file: Path | None = None, encrypt: Encrypting | None = None
) -> Path:
    """Copy the journal to a file, or beside itself; returns where.

    answers: who is asked before a file is replaced. encrypt: makes what is written, in memory,
    so that nothing readable is left on the way. Raises JournalTrouble.
    """
    path = journal.context.path
    with faults.faults(path):
        if not database.is_there(path):
            raise NotUnderstood("there is no journal yet", f"log something: {as_typed('log')} ada")
        if file is None:
            database.check_writable(path)
            made = copying.keep(journal.connection, path, journal.today_is, BY_HAND)
            _clear_away(journal)
            return made
        target = _target(journal, file, answers, ".age" if encrypt else "")
        with _writing(target):
            if encrypt is None:
                copying.copy_to(journal.connection, target)
            else:
                files.write_whole(target, encrypt(_bytes(journal)))
        return target


def offered(journal: Journal, file: Path, opening: "Opening") -> AbstractContextManager["Offer"]:
    """A copy as it could be put back. opening: how an encrypted one is read."""
    from connect_cli.store import restoring  # the commands of every day have no use for it

    journal.close()
    journal.check_writable()
    return restoring.offered(file, journal.context.path, opening, journal.context.keys)


def restore(journal: Journal, offer: "Offer") -> Path | None:
    """Put a copy in the journal's place; returns where the journal as it was is kept."""
    from connect_cli.store import restoring  # as above

    journal.close()
    path, keys = journal.context.path, journal.context.keys
    kept = restoring.put_back(offer.ready, path, journal.today_is, keys)
    _clear_away(journal)
    return kept


def examine(journal: Journal, *, fix: bool = False) -> "Report":
    """Look after the journal; fix: and mend what can be mended."""
    from connect_cli.store import copies_found, doctor  # as above

    journal.close()
    look = doctor.mend if fix else doctor.examine
    path, today = journal.context.path, journal.today_is
    report = look(path, journal.context.now, today, journal.context.keys)
    if fix:
        _clear_away(journal)
    if report.trouble is not None:
        return report
    listed, most = store_copies.listed(path), journal.settings.backups_most
    found = (*copies_found.damaged(listed), *copies_found.room(listed, today, most))
    return replace(report, findings=(*report.findings, *found))


def _clear_away(journal: Journal) -> None:
    """Remove the copies that do not stay; what cannot be removed, `doctor` counts."""
    with suppress(OSError):
        backups.clear_away(journal.context.path, journal.today_is, journal.settings.backups_most)


def trouble_behind(journal: Journal, error: Exception) -> JournalTrouble | None:
    """The damage that made a command fail with this error; None when the journal is sound."""
    path = journal.context.path
    if isinstance(error, sqlite3.Error):
        error = faults.trouble(path, error)
    if isinstance(error, JournalTrouble) and not isinstance(error, DamageMet):
        return error
    tables = error.tables if isinstance(error, DamageMet) else ()
    if (found := _damage_in(journal, tables)) is not None:
        return found
    if isinstance(error, DamageMet) and not isinstance(error.__cause__, MISREAD):
        return error
    report = examine(journal)
    if report.trouble is None and report.damage is not None:
        return JournalDamaged(
            f"the journal {path} is damaged: {report.damage.said}",
            f"see how much: {as_typed('doctor')}; {sqlite.way_back(path)}",
        )
    return report.trouble


def _damage_in(journal: Journal, tables: tuple[str, ...]) -> JournalTrouble | None:
    """The damaged value that a command met in one of these tables, or in any."""
    from connect_cli.store import damaged, held  # noqa: PLC0415  # as above

    journal.close()
    path = journal.context.path
    with suppress(JournalTrouble), faults.faults(path):
        if database.is_there(path):
            with closing(database.held(path, journal.context.keys_at_hand)) as opened:
                return damaged.trouble(opened, path, tables or held.STORED)
    return None


def _target(journal: Journal, file: Path, answers: Answers, ending: str) -> Path:
    """Where a copy goes: into a directory under the day's name, or where it was said."""
    path = journal.context.path
    if file.is_dir():
        file /= f"{path.stem}-{journal.today_is}{path.suffix}{ending}"
    if store_copies.is_ours(file, path):
        raise NotUnderstood(f"{file} belongs to the journal itself", "name another file")
    if file.exists():
        answers.confirm(f"{file} is there already. Replace it?")
    return files.real(file)


def _bytes(journal: Journal) -> bytes:
    """The journal as one checked file would hold it, encrypted if the journal is."""
    if sqlite.secret_of(journal.connection) is not None:
        with scratch.workroom(journal.context.path) as room:
            copying.copy_to(journal.connection, room / "journal.db")
            return (room / "journal.db").read_bytes()
    with closing(sqlite.connect(":memory:")) as copy:
        journal.connection.backup(copy, progress=copying.patience(), sleep=copying.BUSY_SECONDS)
        copying.check(copy, "quick_check")
        return copy.serialize()


_KEPT = "All is kept, but the day's copy of the journal could not be made"


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConnectError(f"cannot write {target}: {error.strerror}") from error
