"""The copy of a day: one, whole and private, here or in a process of its own."""

import sqlite3
import stat
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from connect_cli.safety import backup, daily_copy
from connect_cli.store import checked_copy, copies
from tests.safety.test_backup import TODAY, made, names
from tests.store.journals import begun
from tests.store.unpacking import readable


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with one person in it."""
    return begun(tmp_path)


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


def test_the_copy_of_a_day_makes_room_for_itself(source: sqlite3.Connection, journal: Path) -> None:
    """By the total that it is told, here and in a process of its own."""
    made(journal, "journal-2026-11-21.db", "journal-2026-11-22.db")
    for copy in copies.listed(journal):
        copy.path.write_bytes(bytes(50_000))
    daily_copy.make_daily(source, journal, TODAY, 100_000)
    assert names(journal) == ["journal-2026-11-23.db.gz", "journal-2026-11-22.db"]
    daily_copy.main(journal, TODAY + timedelta(days=1), 1)
    assert names(journal) == ["journal-2026-11-24.db.gz"]
