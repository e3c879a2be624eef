"""Copies of the journal: whole or not there, checked, private, and kept by rule."""

import os
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from connect_cli import files
from connect_cli.safety import backup, daily_copy
from connect_cli.store import checked_copy, copies, database, sqlite
from tests.store.damage import spoil_table
from tests.store.unpacking import readable

TODAY = date(2026, 11, 23)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with one person in it."""
    path = tmp_path / "connect" / "journal.db"
    with closing(database.open_to_write(path)) as connection:
        connection.execute(
            "INSERT INTO command (id, at, verb, words, open) VALUES (?, ?, ?, ?, 1)", FIRST
        )
        connection.execute("UPDATE command SET open = NULL")
    return path


FIRST = ("0" * 12, "2026-11-20T08:00:00.000+00:00", "add", "added Ada")


@pytest.fixture
def source(journal: Path) -> Iterator[sqlite3.Connection]:
    """That journal, open."""
    with closing(database.open_to_read(journal)) as connection:
        yield connection


def made(journal: Path, *names: str) -> None:
    """Files with these names among the copies."""
    folder = copies.folder_of(journal)
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch()


def names(journal: Path) -> list[str]:
    """The names of the copies, the newest first."""
    return [copy.path.name for copy in copies.listed(journal)]


def commands(path: Path) -> list[tuple[str]]:
    """The words of the commands in a copy."""
    with readable(path) as file, closing(sqlite3.Connection(str(file))) as connection:
        return connection.execute("SELECT words FROM command").fetchall()


def test_the_copy_of_a_day_is_whole_private_and_a_single_file(
    source: sqlite3.Connection, journal: Path
) -> None:
    """It holds what the journal holds, and nothing lies beside it."""
    daily_copy.make_daily(source, journal, TODAY)
    (copy,) = copies.listed(journal)
    assert (copy.path.name, copy.day, copy.label) == ("journal-2026-11-23.db.gz", TODAY, "")
    assert commands(copy.path) == [("added Ada",)]
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700
    assert [path.name for path in copy.path.parent.iterdir()] == [copy.path.name]


def test_one_copy_a_day_is_made(source: sqlite3.Connection, journal: Path) -> None:
    """A second command of the day leaves the first copy as it was."""
    daily_copy.make_daily(source, journal, TODAY)
    (first,) = copies.listed(journal)
    before = first.path.stat().st_ino
    daily_copy.make_daily(source, journal, TODAY)
    assert first.path.stat().st_ino == before


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


def test_what_a_killed_copy_left_is_cleared_by_the_next(
    source: sqlite3.Connection, journal: Path
) -> None:
    """Half a copy has a name of its own, which no list shows."""
    made(journal, ".journal-2026-11-22.db.0123456789ab.new", "note.txt", "journal-2026-13-01.db")
    assert names(journal) == []
    daily_copy.make_daily(source, journal, TODAY)
    left = {path.name for path in copies.folder_of(journal).iterdir()}
    assert left == {"note.txt", "journal-2026-13-01.db", "journal-2026-11-23.db.gz"}


def test_while_one_process_copies_another_does_not(
    source: sqlite3.Connection, journal: Path
) -> None:
    """The day's copy is made by whoever comes first."""
    with checked_copy.lock_folder(journal, wait=False) as alone:
        assert alone
        daily_copy.make_daily(source, journal, TODAY)
        daily_copy.make_in_background(journal, TODAY)
    assert names(journal) == []


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


def test_patience_with_a_lock_has_an_end() -> None:
    """Ten seconds of it, as for every other command."""
    step = checked_copy.retry_limit()
    for _ in range(checked_copy.BUSY_TRIES - 1):
        step(sqlite3.SQLITE_BUSY, 1, 1)
        step(sqlite3.SQLITE_OK, 1, 1)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        step(sqlite3.SQLITE_LOCKED, 1, 1)
    assert checked_copy.BUSY_TRIES * checked_copy.BUSY_SECONDS * 1000 == sqlite.BUSY_MS


def test_a_failure_is_noted_once_for_the_next_command(journal: Path) -> None:
    """And read once."""
    assert daily_copy.noted_failure(journal) is None
    copies.folder_of(journal).mkdir()
    daily_copy.note_failure(journal, "No space left on device")
    assert daily_copy.noted_failure(journal) == "No space left on device"
    assert daily_copy.noted_failure(journal) is None


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(OSError(28, "No space left on device"), "No space left on device", id="disk"),
        pytest.param(OSError("odd"), "odd", id="other"),
        pytest.param(sqlite3.DatabaseError("… malformed"), "may be damaged", id="damage"),
        pytest.param(sqlite3.OperationalError("database is locked"), "locked", id="lock"),
    ],
)
def test_why_a_copy_failed_is_said_in_a_few_words(
    error: OSError | sqlite3.Error, said: str
) -> None:
    """Without names of modules or numbers."""
    assert said in backup.reason(error)


def test_a_copy_made_aside_is_the_same_copy(journal: Path) -> None:
    """The other process makes what this one would have made."""
    daily_copy.main(journal, TODAY)
    assert names(journal) == ["journal-2026-11-23.db.gz"]


def test_a_copy_aside_that_fails_leaves_word(journal: Path) -> None:
    """A journal that cannot be read, and one whose copy fails."""
    copies.folder_of(journal).mkdir()
    journal.write_bytes(b"")
    daily_copy.main(journal, TODAY)
    assert "is empty" in (daily_copy.noted_failure(journal) or "")


def test_a_copy_aside_that_finds_damage_leaves_word(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next command passes it on."""

    def fail(*_: object) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(daily_copy, "copy_to", fail)
    daily_copy.main(journal, TODAY)
    assert "may be damaged" in (daily_copy.noted_failure(journal) or "")


def test_a_large_journal_is_copied_by_another_process(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is started and not waited for; what is started makes the copy."""
    started: list[list[str]] = []
    with monkeypatch.context() as patch:
        patch.setattr("subprocess.Popen", lambda words, **_: started.append(words))
        daily_copy.make_in_background(journal, TODAY)
    assert names(journal) == []
    (words,) = started
    subprocess.run(words, check=True)
    assert names(journal) == ["journal-2026-11-23.db.gz"]


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


def test_the_copy_of_a_day_makes_room_for_itself(source: sqlite3.Connection, journal: Path) -> None:
    """By the total that it is told, here and in a process of its own."""
    made(journal, "journal-2026-11-21.db", "journal-2026-11-22.db")
    for copy in copies.listed(journal):
        copy.path.write_bytes(bytes(50_000))
    daily_copy.make_daily(source, journal, TODAY, 100_000)
    assert names(journal) == ["journal-2026-11-23.db.gz", "journal-2026-11-22.db"]
    daily_copy.main(journal, TODAY + timedelta(days=1), 1)
    assert names(journal) == ["journal-2026-11-24.db.gz"]


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
