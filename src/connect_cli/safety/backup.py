"""Backups: copies on request or before a large change, and the rule by which old ones go."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from connect_cli import files, interrupts, scratch
from connect_cli.errors import JournalDamaged, NotUnderstood, as_typed, in_an_empty_journal
from connect_cli.journal.answers import Answers
from connect_cli.journal.journal import Journal
from connect_cli.reports import BY_HAND, DAMAGED, Copy
from connect_cli.store import checked_copy, database, faults, sqlite
from connect_cli.store import copies as store_copies
from connect_cli.store.checked_copy import lock_folder
from connect_cli.store.copies import files_of, listed

DAYS, WEEKS, MONTHS = 7, 4, 12

Encrypting = Callable[[bytes], bytes]

MAY_BE_DAMAGED = "the journal may be damaged"


def copies(journal: Journal) -> list[Copy]:
    """The copies beside the journal, newest first."""
    return store_copies.listed(journal.context.path)


def backup(
    journal: Journal, answers: Answers, file: Path | None = None, encrypt: Encrypting | None = None
) -> Path:
    """Copy the journal to a file, or to its folder of copies; returns the copy's path.

    answers: asks before a file is replaced. encrypt: encrypts the copy in memory, so that no plain
    file is written on the way. Raises JournalTrouble.
    """
    path = journal.context.path
    with faults.faults(path):
        if not database.is_there(path):
            raise in_an_empty_journal(NotUnderstood("there is no journal yet"))
        if file is None:
            database.check_writable(path)
            made = keep_labelled(
                *(journal.connection, path, journal.today_is, BY_HAND), at_last=interrupts.hold
            )
            tidy_copies(journal)
            return _unless_damaged(journal, made)
        target = _target(journal, file, answers, ".age" if encrypt else "")
        with files.reporting("write", target), scratch.noting(path):
            if encrypt is None:
                _copy_elsewhere(journal, target)
            else:
                files.clear_unfinished(target.parent, target.name)
                files.write_whole(target, encrypt(_bytes(journal)), at_last=interrupts.hold)
        return _unless_damaged(journal, target)


def keep_labelled(
    source: sqlite3.Connection,
    journal: Path,
    today: date,
    label: str,
    at_last: Callable[[], None] = lambda: None,
) -> Path:
    """Make a copy with a label; a copy that cannot be put back is labelled as damaged instead.

    at_last: called when only the rename is left.
    """
    right = database.in_shape(source)
    return checked_copy.keep(source, journal, today, label if right else DAMAGED, at_last=at_last)


def _unless_damaged(journal: Journal, made: Path) -> Path:
    """The copy, if it can be put back. Raises JournalDamaged, which says where it is."""
    path = journal.context.path
    if database.in_shape(journal.connection):
        return made
    raise JournalDamaged(
        f"the journal {path} is damaged; it was copied as it is to {made}",
        f"see how much: {as_typed('doctor')}; {sqlite.way_back(path)}",
    )


def _copy_elsewhere(journal: Journal, target: Path) -> None:
    """Copy in a work folder beside the target, which the next copy to it finds after a crash."""
    with files.new_file(target):
        pass  # raises OSError, with the reason, where nothing can be written
    scratch.clear(target)
    with scratch.workroom(target) as room:
        checked_copy.copy_to(journal.connection, room / target.name)
        interrupts.hold()
        files.settle(room / target.name, target)


def keep_before(journal: Journal, verb: str) -> Path | None:
    """Copy the journal before a verb that changes much of it; None when there is no journal yet.

    The copy is read through its own connection, which does not see the open transaction.
    """
    path = journal.context.path
    with faults.faults(path):
        if not database.is_there(path):
            return None
        database.check_writable(path)
        secret = sqlite.secret_of(journal.connection)
        with closing(sqlite.connect(str(path), secret)) as source:
            kept = keep_labelled(source, path, journal.today_is, f"before-{verb}")
        tidy_copies(journal)
        return kept


def tidy_copies(journal: Journal) -> None:
    """Remove the copies that the rule does not keep; the doctor counts what is left."""
    with suppress(OSError):
        clear_away(journal.context.path, journal.today_is, journal.context.settings.backups_most)


def clear_away(journal: Path, today: date, most: int | None) -> int:
    """Remove the copies that the rule does not keep, unless another process holds the folder.

    most: the bytes that all of them may take; None for no limit. Returns how many were removed.
    Raises OSError.
    """
    with lock_folder(journal, wait=False) as alone:
        return clear_away_held(journal, today, most) if alone else 0


def clear_away_held(journal: Path, today: date, most: int | None) -> int:
    """`clear_away` for a caller who holds the lock of the folder. Raises OSError."""
    going = superfluous(listed(journal), today, most)
    for copy in going:
        for file in files_of(copy.path):
            file.unlink(missing_ok=True)
    return len(going)


def reason(error: OSError | sqlite3.Error) -> str:
    """Why a copy could not be made, in a few words."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return MAY_BE_DAMAGED if "malformed" in str(error) else str(error)


def kept_days(days: Iterable[date], today: date) -> set[date]:
    """The days whose copies stay: the newest 7 days, and the newest of 4 weeks and 12 months.

    Only days that have a copy count, so a long break removes nothing. Days after today come from a
    wrong clock: they stay, and displace no other.
    """
    ahead = {day for day in days if day > today}
    newest_first = sorted(set(days) - ahead, reverse=True)
    kept = ahead | set(newest_first[:DAYS])
    for period, most in ((_week, WEEKS), (_month, MONTHS)):
        newest: dict[tuple[int, int], date] = {}
        for day in newest_first:
            newest.setdefault(period(day), day)
        kept.update(list(newest.values())[:most])
    return kept


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def superfluous(newest_first: Sequence[Copy], today: date, most: int | None) -> list[Copy]:
    """The copies to remove. most: the bytes that all copies may take; None for no limit."""
    by_days = [copy for series in _series(newest_first) for copy in _past(series, today)]
    left = [copy for copy in newest_first if copy not in by_days]
    return by_days + _too_much(left, today, most)


def _series(copies: Sequence[Copy]) -> tuple[list[Copy], list[Copy]]:
    """The copies made before something, and the daily ones; none that somebody asked for."""
    ours = [copy for copy in copies if not copy.by_hand]
    return [copy for copy in ours if copy.label], [copy for copy in ours if not copy.label]


def _past(series: Sequence[Copy], today: date) -> list[Copy]:
    kept = kept_days([copy.day for copy in series], today)
    return [copy for copy in series if copy.day not in kept]


def _too_much(newest_first: Sequence[Copy], today: date, most: int | None) -> list[Copy]:
    too_much = total(newest_first) - most if most is not None else 0
    going = []
    for copy in removable(newest_first, today):
        if too_much <= 0:
            break
        going.append(copy)
        too_much -= copy.size
    return going


def total(copies: Iterable[Copy]) -> int:
    """The bytes that these copies take."""
    return sum(copy.size for copy in copies)


def removable(newest_first: Sequence[Copy], today: date) -> Iterator[Copy]:
    """The copies that may go when they take too much room, least important first."""
    kept = always_kept(newest_first, today)
    for series in _series(newest_first):
        yield from (copy for copy in reversed(series) if copy not in kept and copy.size)


def always_kept(newest_first: Sequence[Copy], today: date) -> set[Copy]:
    """The copies that stay however little room they are given.

    The newest of all days and the newest up to today both stay, in case the clock was wrong.
    """
    up_to_today = [copy for copy in newest_first if copy.day <= today]
    return {copy for copy in newest_first if copy.by_hand} | {
        copy for some in (newest_first, up_to_today) for copy in _newest_of_each(some)
    }


def _newest_of_each(newest_first: Sequence[Copy]) -> Iterator[Copy]:
    wanted: tuple[Callable[[Copy], bool], ...] = (
        lambda copy: not copy.label,
        lambda copy: bool(copy.label) and not copy.by_hand,
        lambda copy: copy.sound,
    )
    for is_wanted in wanted:
        yield from [copy for copy in newest_first if is_wanted(copy)][:1]


def _target(journal: Journal, file: Path, answers: Answers, ending: str) -> Path:
    """The file to copy to; in a directory, a name with today's date."""
    path = journal.context.path
    if file.is_dir():
        file /= f"{path.stem}-{journal.today_is}{path.suffix}{ending}"
    store_copies.refuse_ours(file, path)
    if file.exists():
        answers.confirm(f"{file} is there already. Replace it?")
    return files.real(file)


def _bytes(journal: Journal) -> bytes:
    """The content of a checked copy, encrypted if the journal is."""
    if sqlite.secret_of(journal.connection) is not None:
        with scratch.workroom(journal.context.path) as room:
            checked_copy.copy_to(journal.connection, room / "journal.db")
            return (room / "journal.db").read_bytes()
    with closing(sqlite.connect(":memory:")) as copy:
        journal.connection.backup(
            copy, progress=checked_copy.retry_limit(), sleep=checked_copy.BUSY_SECONDS
        )
        checked_copy.check(copy, "quick_check")
        return copy.serialize()
