"""The copies beside a journal: found, listed, told apart, and cleared away by rule."""

import os
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from connect_cli import files
from connect_cli.safety import backup, daily_copy
from connect_cli.store import checked_copy, copies
from tests.store.journals import begun

TODAY = date(2026, 11, 23)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with one person in it."""
    return begun(tmp_path)


def made(journal: Path, *names: str) -> None:
    """Files with these names among the copies."""
    folder = copies.folder_of(journal)
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch()


def names(journal: Path) -> list[str]:
    """The names of the copies, the newest first."""
    return [copy.path.name for copy in copies.listed(journal)]


def test_the_copies_of_a_journal_are_found_through_a_link(
    source: sqlite3.Connection, journal: Path, tmp_path: Path
) -> None:
    """They lie beside the file itself."""
    link = tmp_path / "mine.db"
    link.symlink_to(journal)
    daily_copy.make_daily(source, link, TODAY)
    assert names(link) == names(journal) == ["journal-2026-11-23.db.gz"]


def test_another_journal_in_the_same_directory_keeps_its_copies_apart(journal: Path) -> None:
    """Copies bear the journal's name."""
    made(journal, "journal-2026-11-23.db", "work-2026-11-23.db", "journal-2026-11-23-x.txt")
    assert names(journal) == ["journal-2026-11-23.db"]
    assert names(journal.with_name("work.db")) == ["work-2026-11-23.db"]


def test_a_link_among_the_copies_that_leads_nowhere_is_listed(journal: Path) -> None:
    """Somebody moved a copy to another disk: that hides none of the others."""
    made(journal, "journal-2026-11-20.db")
    (copies.folder_of(journal) / "journal-2026-11-21.db").symlink_to("nowhere")
    assert names(journal) == ["journal-2026-11-21.db", "journal-2026-11-20.db"]


def test_what_is_no_file_is_no_copy(journal: Path) -> None:
    """Nobody may ever write into a queue that lies there."""
    folder = copies.folder_of(journal)
    (folder / "journal-2026-01-05.db").mkdir(parents=True)
    os.mkfifo(folder / "journal-2026-01-06.db.gz")
    assert copies.listed(journal) == []


def test_the_newest_sound_copy_is_not_one_of_a_damaged_journal(journal: Path) -> None:
    """Nor one that was just turned from."""
    assert copies.newest_sound(journal) is None
    made(journal, "journal-2026-11-20.db", "journal-2026-11-23-damaged-2.db")
    made(journal, "journal-2026-11-22-before-restore.db")
    found = copies.newest_sound(journal)
    assert found is not None
    assert found.name == "journal-2026-11-20.db"


def test_clearing_away_takes_no_copy_made_by_hand(journal: Path) -> None:
    """Each series is kept by the rule for itself."""
    days = [TODAY - timedelta(days=back) for back in range(12)]
    made(journal, *(f"journal-{day}.db" for day in days))
    made(journal, *(f"journal-{day}-by-hand.db" for day in days))
    made(journal, *(f"journal-{day}-before-restore.db" for day in days))
    backup.clear_away(journal, TODAY, None)
    labels = [copy.label for copy in copies.listed(journal)]
    assert (labels.count("by-hand"), labels.count("")) == (12, 8)
    assert labels.count("before-restore") == 8


def test_a_file_is_written_whole_or_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure at any moment before the change of names changes nothing."""
    target = tmp_path / "file"
    target.write_text("before")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(target, b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert target.read_text() == "before"


def test_a_damaged_journals_copy_goes_with_what_was_kept_with_it(journal: Path) -> None:
    """All of it counts, and nothing of it is left behind."""
    folder = copies.folder_of(journal)
    made(journal, "journal-2026-11-19-damaged.db", "journal-2026-11-19-damaged.db-wal")
    made(journal, "journal-2026-11-20-before-import.db.gz", "journal-2026-11-21.db.gz")
    for file in folder.iterdir():
        file.write_bytes(bytes(1000))
    assert [copy.size for copy in copies.listed(journal)] == [1000, 1000, 2000]
    assert backup.clear_away(journal, TODAY, 4000) == 0
    assert backup.clear_away(journal, TODAY, 3999) == 1
    assert names(journal) == ["journal-2026-11-21.db.gz", "journal-2026-11-20-before-import.db.gz"]
    assert len(list(folder.iterdir())) == 2


def test_copies_of_before_are_listed_and_count(source: sqlite3.Connection, journal: Path) -> None:
    """Those that were not compressed; they go by the same rule, and are no copy of today again."""
    made(journal, "journal-2026-11-22.db", "journal-2026-11-23.db", "journal-2026-11-23.db.gzip")
    assert daily_copy.has_daily(journal, TODAY)
    daily_copy.make_daily(source, journal, TODAY)
    assert names(journal) == ["journal-2026-11-23.db", "journal-2026-11-22.db"]
    made(journal, "journal-2026-11-23-by-hand.db")
    assert checked_copy.keep(source, journal, TODAY, "by-hand").name.endswith("by-hand-2.db.gz")


def test_while_another_process_is_at_work_on_the_copies_none_is_removed(journal: Path) -> None:
    """That one does it."""
    days = [TODAY - timedelta(days=back) for back in range(40)]
    made(journal, *(f"journal-{day}.db" for day in days))
    with checked_copy.lock_folder(journal, wait=False):
        assert backup.clear_away(journal, TODAY, None) == 0
    assert backup.clear_away(journal, TODAY, None) > 0


def test_whether_a_copy_that_is_gone_is_encrypted_is_no_question(journal: Path) -> None:
    """Another process may have removed it."""
    assert not copies.is_encrypted(journal.with_name("gone.db.gz"))
