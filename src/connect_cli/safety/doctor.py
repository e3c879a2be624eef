"""The doctor: find what is wrong with the journal, say what it means, and mend it.

How it works. `diagnose` looks from the outside in and changes nothing: who may read and write the
files (store/permissions.py), whether the file can be a journal at all, a folder that another
program synchronises, files left behind; then it opens the journal and runs the checks of checks.py
and damage.py, those for the newest schema only when the journal has it. Each problem is a
`Finding`, which may carry a function that mends it. `mend` first gives back rights, then keeps a
copy, calls those functions, and diagnoses again: a finding that is gone is reported as mended.
`connect doctor` calls `examine`, which adds the findings about the copies.

What can go wrong. A journal that cannot be opened ends the look: the report keeps what was found by
then and the reason (`Report.trouble`). A check that meets a damaged value is skipped if the value
was found already. `trouble_behind` serves other commands: it finds the damage behind their error.
"""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from connect_cli import files, reports, scratch, unsaved
from connect_cli.errors import (
    DamageMet,
    JournalDamaged,
    JournalTrouble,
    as_typed,
)
from connect_cli.journal.journal import Journal
from connect_cli.reports import READ_ONLY, Finding, by_fix
from connect_cli.safety import checks, daily_copy, damage, encryption, synced_folders
from connect_cli.safety.backup import keep_labelled, tidy_copies
from connect_cli.store import (
    checked_copy,
    database,
    faults,
    permissions,
    row_checks,
    sqlite,
)
from connect_cli.store import copies as store_copies
from connect_cli.store.read_values import MISREAD
from connect_cli.store.sqlite import Keys, no_keys

LEFT_AFTER = timedelta(hours=1)
COPY_WITHIN_DAYS = 7
_OTHERS = 0o077
_ALWAYS = (checks.damage, checks.lost_references, checks.unreadable)
_RECKONED = (
    checks.derived,
    checks.days_seen,
    checks.ahead_of_today,
    checks.same_person,
)
"""What would reckon with a value that cannot be read."""
_IN_SHAPE = (
    *(
        checks.structure,
        checks.search_index,
        checks.searched_texts,
        checks.derived,
        checks.days_seen,
        checks.open_command,
        checks.write_ahead,
    ),
    checks.back_again,
    checks.twice,
    checks.same_person,
)
_DAMAGE = ("damaged", reports.STRUCTURE, reports.UNREADABLE, "lost references")
_UNSAVED = "unsaved text"
_ELSEWHERE = "It can be mended where the journal can be written."
_ROUNDS = 2  # an older journal is diagnosed again once it is up to date


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. trouble: why the journal cannot be read. copy: kept before mending."""

    findings: tuple[Finding, ...]
    trouble: JournalTrouble | None = None
    copy: Path | None = None

    @property
    def left(self) -> bool:
        """Whether something is left to mend."""
        return any(not (finding.note or finding.mended) for finding in self.findings)

    @property
    def damage(self) -> Finding | None:
        """The first finding that can make a command fail."""
        return next((each for each in self.findings if each.what in _DAMAGE), None)


def examine(journal: Journal, *, fix: bool = False) -> "Report":
    """Examine the journal and its copies. fix: mend what can be mended."""
    journal.close()
    look = mend if fix else diagnose
    path, today = journal.context.path, journal.today_is
    report = look(path, journal.context.now, today, journal.context.keys)
    if fix:
        tidy_copies(journal)
    if report.trouble is not None:
        return report
    listed, most = store_copies.listed(path), journal.context.settings.backups_most
    found = (*checks.damaged_copies(listed), *checks.space_of_copies(listed, today, most))
    return replace(report, findings=(*report.findings, *found))


def diagnose(journal: Path, now: datetime, today: date, keys: Keys = no_keys) -> Report:
    """Examine the journal and change nothing. now: an aware moment; today: its logical day."""
    found: list[Finding] = []
    try:
        with faults.faults(journal):
            found += permissions.findings(journal)
            if not database.is_there(journal):
                return Report(())
            sqlite.check_file(journal)
            found += [*synced_folders.synced_folder(journal), *_files(journal, now)]
            with closing(database.open_to_look(journal, keys)) as connection:
                if secrets := [*_encryption(connection, journal)]:
                    found = [each for each in found if each.what != _UNSAVED] + secrets
                known = any(each.what == READ_ONLY for each in found)
                inside = _in_database(connection, journal, today)
                found += (each for each in inside if not (known and each.what == READ_ONLY))
    except JournalTrouble as trouble:
        trouble.hint = _without_doctor(trouble.hint)
        return Report(tuple(_as_can_be_mended(journal, found)), trouble)
    return Report(tuple(_as_can_be_mended(journal, found)))


def _as_can_be_mended(journal: Path, found: list[Finding]) -> list[Finding]:
    """The findings; if the journal cannot be made writable here, none is said to be mendable."""
    if all(each.by_fix for each in permissions.obstacles(journal)):
        return found
    return [each if each.mend is None else each._replace(remedy=_ELSEWHERE) for each in found]


def _without_doctor(hint: str | None) -> str | None:
    """A hint without `connect doctor`, which is what was just typed."""
    ways = (hint or "").split("; ")
    return (
        "; ".join(way.removesuffix(f": {as_typed('doctor')}") for way in ways if _leads_on(way))
        or None
    )


def _leads_on(way: str) -> bool:
    return way not in (
        f"see how much: {as_typed('doctor')}",
        f"see what is wrong: {as_typed('doctor')}",
    )


def mend(journal: Path, now: datetime, today: date, keys: Keys = no_keys) -> Report:
    """Keep a copy, mend what can be mended, and report what is gone afterwards as mended."""
    first = report = diagnose(journal, now, today, keys)
    if any(finding.what == READ_ONLY for finding in first.findings):
        permissions.mend(journal)
        report = diagnose(journal, now, today, keys)
    copy = None
    hindered = [*permissions.obstacles(journal)] or store_copies.is_hindered(journal)
    for _ in range(0 if hindered else _ROUNDS):
        mends = [finding.mend for finding in report.findings if finding.mend is not None]
        if not mends or report.trouble is not None:
            break
        with faults.faults(journal), closing(database.open_current(journal, keys)) as connection:
            copy = copy or _copy(connection, journal, today)
            for each in mends:
                each(connection)
        report = diagnose(journal, now, today, keys)
    still = {finding.what for finding in report.findings}
    mended = [each._replace(mended=True) for each in first.findings if each.what not in still]
    return Report((*mended, *report.findings), report.trouble, copy)


def _in_database(connection: sqlite3.Connection, journal: Path, today: date) -> Iterator[Finding]:
    """Run every check that applies; findings stand even if a later check meets damage."""
    older = [*checks.schema(connection, journal)]
    yield from older
    looks = [partial(check, connection, journal) for check in _ALWAYS]
    if not older:
        looks += [partial(check, connection, journal) for check in _IN_SHAPE]
        looks.append(partial(checks.ahead_of_today, connection, today))
        looks.append(partial(_copies, connection, journal))
        looks.append(partial(synced_folders.conflicted_copies, connection, journal))
    wrong = misshapen = False
    for look in looks:
        if (wrong and look.func in _RECKONED) or (misshapen and look.func is _copies):
            continue
        try:
            for finding in look():
                wrong |= finding.what == reports.UNREADABLE
                misshapen |= finding.what == reports.STRUCTURE
                yield finding
        except (*MISREAD, sqlite3.OperationalError) as error:
            if not misshapen and not (wrong and _is_about_a_value(error)):
                raise


def _is_about_a_value(error: Exception) -> bool:
    """Whether a check failed on a damaged value."""
    return not isinstance(error, sqlite3.Error) or faults.is_about_a_value(error)


def _copy(connection: sqlite3.Connection, journal: Path, today: date) -> Path | None:
    try:
        return keep_labelled(connection, journal, today, "before-fix")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return checked_copy.keep_bytes(journal, today)


def _files(journal: Path, now: datetime) -> Iterator[Finding]:
    """The journal's files, and those around it, before SQLite opens them."""
    file = files.real(journal)
    yield from _seen_by_others(file)
    last_writes = file.with_name(f"{file.name}-wal")
    if last_writes.exists() and last_writes.stat().st_size:
        yield Finding(
            "unfinished",
            "a command was cut off, or is running now",
            "Everything it reported as done is kept; what it had not finished is not.",
            note=True,
        )
    if store_copies.is_hindered(file):
        folder = store_copies.folder_of(file)
        yield Finding(
            "no folder of copies",
            f"{folder} is no folder, and copies of the journal go into a folder of that name",
            "No copy can be made.",
            f"Move it away; then '{as_typed('doctor')} --fix' mends what can be mended.",
        )
    yield from _left_over(file, now)
    for text in unsaved.saved(file):
        yield Finding(
            _UNSAVED,
            f"{text} holds text from an editor that could not be saved",
            "It is in no interaction.",
            "Remove it when you no longer need it.",
            note=True,
        )


def _left_over(file: Path, now: datetime) -> Iterator[Finding]:
    """What killed commands left; a folder that somebody works in, however long, is not left."""
    left = [*scratch.left_over(file, elsewhere=True)]
    abandoned = {*scratch.abandoned(left)}
    encrypted = store_copies.is_encrypted(file)
    for each in left:
        with suppress(FileNotFoundError):  # the command that made it has just ended
            if each in abandoned or _is_old_file(each, now):
                yield _one_left_over(file, each, encrypted=encrypted)


def _is_old_file(left: Path, now: datetime) -> bool:
    found = left.lstat()
    old = now.timestamp() - found.st_mtime > LEFT_AFTER.total_seconds()
    return old and not stat.S_ISDIR(found.st_mode)


def _one_left_over(file: Path, left: Path, *, encrypted: bool) -> Finding:
    name = left.name if left.parent == file.parent else str(left)
    written = unsaved.written_in(left)
    remedy = "removes it"
    if written and not encrypted:
        remedy = f"saves the text as {file.stem}-unsaved.txt, and removes the rest"
    return Finding(
        "left over",
        f"{name} was left behind by {'an editor' if written else 'a command'} that was cut off",
        "It holds what you had written; the journal does not have it."
        if written
        else "Nothing reads it, and it may hold what the journal holds.",
        by_fix(remedy),
        mend=partial(_clear_away, file, left),
    )


def _seen_by_others(file: Path) -> Iterator[Finding]:
    ours = [*store_copies.own_files(file), *store_copies.folder_of(file).glob("*")]
    ours += [
        path for path in (store_copies.folder_of(file), file.parent) if _holds_only_ours(path, file)
    ]
    for path in ours:
        with suppress(FileNotFoundError):  # SQLite may have removed it meanwhile
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & _OTHERS:
                yield _seen(path, mode, meant=not permissions.can_change(path))


def _seen(path: Path, mode: int, *, meant: bool) -> Finding:
    """A file that others may read. meant: only its owner, who is somebody else, can change that."""
    return Finding(
        "seen by others",
        f"others on this computer can read {path} (mode {mode:o})",
        "What you keep about people is for your eyes.",
        "" if meant else by_fix("makes it private"),
        note=meant,
        mend=None if meant else partial(_make_private, path, mode & ~_OTHERS),
    )


def _holds_only_ours(folder: Path, file: Path) -> bool:
    """Whether a directory holds only the journal and its own files."""
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()} - {store_copies.FOLDER}
    return all(name.startswith((file.stem, f".{file.stem}", "failed.")) for name in names)


def _encryption(connection: sqlite3.Connection, journal: Path) -> Iterator[Finding]:
    """Whether the journal is encrypted, and which files beside it are not."""
    secret = sqlite.secret_of(connection)
    if secret is None:
        return
    yield Finding(
        "encrypted",
        "the journal is encrypted",
        "Whoever has the key can read it; without the key nobody can, not even you.",
        note=True,
    )
    listed = store_copies.listed(journal)
    copies = [copy.path for copy in listed]
    damaged = {copy.path for copy in listed if copy.damaged}
    for copy in copies:
        if copy not in damaged and not encryption.opens(secret, copy):
            yield Finding(
                "another key",
                f"{copy} does not open with the key of the journal",
                "It has another key; a change of keys that was cut off leaves such a copy.",
                f"If you have that key, {as_typed('restore')} can read it, and with the key in"
                f" CONNECT_COPY_KEY {as_typed('encrypt')} rewrites it; if not, remove it.",
            )
    for path in encryption.readable_files(journal):
        ours = path in copies and path not in damaged
        yield Finding(
            "readable",
            f"{path} is not encrypted, though the journal is",
            "It may hold what the journal holds.",
            by_fix("encrypts it") if ours else "Remove it when you no longer need it.",
            mend=partial(_encrypt_copies, journal, secret) if ours else None,
        )


def _encrypt_copies(journal: Path, secret: str, _connection: sqlite3.Connection) -> None:
    encryption.encrypt_copies(journal, secret)


def _copies(connection: sqlite3.Connection, journal: Path) -> Iterator[Finding]:
    (last,) = connection.execute("SELECT max(substr(at, 1, 10)) FROM command").fetchone()
    if last is None or store_copies.is_hindered(journal):
        return
    sound = (copy for copy in store_copies.listed(journal) if not copy.damaged)
    newest = max((copy.day for copy in sound), default=date.min)
    wrote_on = date.fromisoformat(last)
    if (wrote_on - newest).days > COPY_WITHIN_DAYS:
        since = "there is no copy" if newest == date.min else f"the newest copy is of {newest}"
        yield Finding(
            "no copy",
            f"{since}, and the journal was last written on {last}",
            "If the file is lost, everything written since is lost too.",
            by_fix("makes one"),
            mend=lambda connection: daily_copy.make_daily(connection, journal, wrote_on),
        )


def _make_private(path: Path, mode: int, _connection: sqlite3.Connection) -> None:
    path.chmod(mode)


def _clear_away(journal: Path, left: Path, connection: sqlite3.Connection) -> None:
    unsaved.clear_room(journal, left, encrypted=sqlite.secret_of(connection) is not None)


def trouble_behind(journal: Journal, error: Exception) -> JournalTrouble | None:
    """The damage behind an error that made a command fail; None when the journal is sound."""
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
    """The error about a damaged value in one of these tables; in any table if none is given."""
    journal.close()
    path = journal.context.path
    with suppress(JournalTrouble), faults.faults(path):
        if database.is_there(path):
            with closing(database.open_current(path, journal.context.keys_at_hand)) as opened:
                return damage.trouble(opened, path, tables or row_checks.STORED)
    return None
