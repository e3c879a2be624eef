"""A checked copy of the journal: whole or not there, and by one process at a time."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.store import checked_copy, copies, sqlite
from tests.safety.test_backup import TODAY, names
from tests.store.damage import spoil_table
from tests.store.journals import begun


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with one person in it."""
    return begun(tmp_path)


def test_copies_for_a_reason_never_replace_each_other(
    source: sqlite3.Connection, journal: Path
) -> None:
    """They are numbered."""
    made_at = [checked_copy.keep(source, journal, TODAY, "by-hand").name for _ in range(3)]
    assert made_at == [
        "journal-2026-11-23-by-hand.db.gz",
        "journal-2026-11-23-by-hand-2.db.gz",
        "journal-2026-11-23-by-hand-3.db.gz",
    ]


def test_a_damaged_journal_gives_no_copy(journal: Path) -> None:
    """What fails its check takes nobody's place, and nothing is left of it."""
    spoil_table(journal, "command")
    with (
        closing(sqlite.connect(str(journal))) as source,
        pytest.raises(sqlite3.DatabaseError, match="malformed"),
    ):
        checked_copy.keep(source, journal, TODAY, "by-hand")
    assert list(copies.folder_of(journal).iterdir()) == []


def test_the_copy_before_a_step_is_dropped_when_another_process_ran_it(
    source: sqlite3.Connection, journal: Path
) -> None:
    """Two commands that meet an old journal do not call the new one old."""
    checked_copy.keep_before_step(source, journal, 1)
    assert names(journal) == []
    (version,) = source.execute("PRAGMA user_version").fetchone()
    checked_copy.keep_before_step(source, journal, version)
    assert names(journal) == [f"journal-2026-11-20-before-schema-{version + 1}.db.gz"]


def test_the_bytes_of_a_damaged_journal_are_kept_with_what_lies_beside_it(journal: Path) -> None:
    """So that whoever can read them later has all of them; without any file there is no copy."""
    journal.write_bytes(b"noise")
    journal.with_name("journal.db-wal").write_bytes(b"more")
    kept = checked_copy.keep_bytes(journal, TODAY)
    assert kept is not None
    assert kept.read_bytes() == b"noise"
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"more"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    journal.unlink()
    journal.with_name("journal.db-wal").unlink()
    assert checked_copy.keep_bytes(journal, TODAY) is None


def test_patience_with_a_lock_has_an_end() -> None:
    """Ten seconds of it, as for every other command."""
    step = checked_copy.retry_limit()
    for _ in range(checked_copy.BUSY_TRIES - 1):
        step(sqlite3.SQLITE_BUSY, 1, 1)
        step(sqlite3.SQLITE_OK, 1, 1)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        step(sqlite3.SQLITE_LOCKED, 1, 1)
    assert checked_copy.BUSY_TRIES * checked_copy.BUSY_SECONDS * 1000 == sqlite.BUSY_MS
