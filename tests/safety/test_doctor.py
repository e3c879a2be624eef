"""The doctor finds what is wrong, says what it means, and mends what can be mended."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from connect_cli.errors import JournalTrouble
from connect_cli.safety import checks, doctor
from connect_cli.safety.doctor import Report
from connect_cli.store import copies, database, migrations, signature, sqlite
from tests.store.damage import change_unrecorded, spoil_table
from tests.store.journals import NOW, TODAY, log, people, well
from tests.store.unpacking import readable


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal that is well, with the copy of the day."""
    return well(tmp_path)


def examined(journal: Path) -> Report:
    """A look at it."""
    return doctor.diagnose(journal, NOW, TODAY)


def mended(journal: Path) -> Report:
    """And mending."""
    return doctor.mend(journal, NOW, TODAY)


def what(report: Report) -> list[str]:
    """The words for what was found."""
    return [finding.what for finding in report.findings]


def test_a_journal_that_is_well_has_no_findings(journal: Path) -> None:
    """Nothing left to do, and nothing is changed by looking."""
    before = journal.read_bytes()
    report = examined(journal)
    assert (report.findings, report.trouble, report.left) == ((), None, False)
    assert mended(journal).copy is None
    assert journal.read_bytes() == before


def test_without_a_journal_there_is_nothing_to_find(tmp_path: Path) -> None:
    """And nothing is made."""
    assert examined(tmp_path / "none" / "journal.db") == Report(())
    assert list(tmp_path.iterdir()) == []


def lose_a_word(journal: Path) -> None:
    with closing(sqlite3.Connection(str(journal), isolation_level=None)) as connection:
        connection.execute("INSERT INTO detail_words (detail_words) VALUES ('delete-all')")


def fold_wrongly(journal: Path) -> None:
    with closing(sqlite3.Connection(str(journal), isolation_level=None)) as connection:
        connection.execute("UPDATE detail SET folded = 'another word', label_folded = 'other'")
        connection.execute("UPDATE interaction SET folded = 'another word'")


def derive_wrongly(journal: Path) -> None:
    change_unrecorded(journal, "UPDATE person SET last_full_on = '2020-01-01', last_half_on = NULL")


def forget_the_days(journal: Path) -> None:
    change_unrecorded(journal, "DELETE FROM seen")


def remember_a_day_that_was_none(journal: Path) -> None:
    change_unrecorded(journal, "INSERT INTO seen SELECT id, '1999-01-01', 1 FROM person LIMIT 1")


def open_a_command(journal: Path) -> None:
    change_unrecorded(journal, "UPDATE command SET open = 1 WHERE seq = 1")


def leave_the_wal_mode(journal: Path) -> None:
    change_unrecorded(journal, "PRAGMA journal_mode = DELETE")


def open_to_all(journal: Path) -> None:
    journal.chmod(0o644)
    journal.parent.chmod(0o755)


def leave_half_a_copy(journal: Path) -> None:
    left = journal.with_name(".journal.db.0123456789ab.new")
    left.touch()
    long_ago = (NOW - timedelta(days=2)).timestamp()
    os.utime(left, (long_ago, long_ago))
    folder = journal.with_name(".journal.db.abc.new")
    folder.mkdir()
    (folder / "journal.db").touch()
    os.utime(folder, (long_ago, long_ago))


def spoil_an_index(journal: Path) -> None:
    """An index that holds no row, and says that it holds all."""
    with closing(sqlite3.Connection(str(journal), isolation_level=None)) as connection:
        name, sql = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'interaction'"
            " AND type = 'index' AND sql IS NOT NULL"
        ).fetchone()
        connection.execute(f"DROP INDEX {name}")
        connection.execute(f"{sql} WHERE 0")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))


MENDED = {
    "searched text": fold_wrongly,
    "search index": lose_a_word,
    "newest contact": derive_wrongly,
    "days seen": forget_the_days,
    "open command": open_a_command,
    "journal mode": leave_the_wal_mode,
    "seen by others": open_to_all,
    "left over": leave_half_a_copy,
    "damaged": spoil_an_index,
}


@pytest.mark.parametrize("word", MENDED)
def test_what_can_be_mended_is_mended_after_a_copy(journal: Path, word: str) -> None:
    """It is found, mended and then gone; nobody and nothing is lost on the way."""
    MENDED[word](journal)
    found = examined(journal)
    assert set(what(found)) == {word}
    assert found.left
    assert all("--fix" in finding.remedy for finding in found.findings)
    report = mended(journal)
    assert {finding.standing for finding in report.findings} == {"mended"}
    assert report.copy is not None
    assert report.copy.is_file()
    assert not report.left
    assert examined(journal).findings == ()
    assert people(journal) == ["Ada Lovelace", "Grace Hopper"]


def test_a_day_too_many_is_found_and_mended_too(journal: Path) -> None:
    """The index of days holds no more than the interactions say, either."""
    remember_a_day_that_was_none(journal)
    assert set(what(examined(journal))) == {"days seen"}
    assert not mended(journal).left
    assert examined(journal).findings == ()


def test_the_doctor_does_not_send_to_the_doctor(journal: Path) -> None:
    """Of the ways out of trouble it names the others."""
    content = journal.read_bytes()
    journal.write_bytes(content[:8192] + b"\x55" * 32_768 + content[40_960:])
    report = examined(journal)
    assert report.trouble is not None
    assert report.trouble.hint is not None
    assert report.trouble.hint.startswith("put a copy back: connect restore /")


def test_the_first_of_many_faults_is_said_in_one_line() -> None:
    """SQLite tells several in one row, below a heading."""
    told = "*** in database main ***\nPage 4: one\nPage 3: another"
    connection = cast("sqlite3.Connection", SimpleNamespace(execute=lambda _: [(told,)]))
    (found,) = checks.damage(connection, Path("journal.db"))
    assert found.said == "SQLite finds 2 faults in the file, the first: Page 4: one"


def test_the_copy_before_mending_is_of_the_journal_as_it_was(journal: Path) -> None:
    """So that mending can be taken back."""
    derive_wrongly(journal)
    copy = mended(journal).copy
    assert copy is not None
    with readable(copy) as file, closing(sqlite3.Connection(str(file))) as connection:
        days = connection.execute("SELECT DISTINCT last_full_on FROM person").fetchall()
    assert days == [("2020-01-01",)]


def test_a_relation_folded_wrongly_is_found_and_mended(journal: Path) -> None:
    """By its folded word the same relation is known again."""
    people = "SELECT '000000000001', min(id), max(id), 'Boss', 'friend' FROM person"
    change_unrecorded(
        journal,
        f"INSERT INTO relation (id, person_id, other_id, word, word_folded) {people}",
    )
    assert what(examined(journal)) == ["searched text"]
    assert [one.standing for one in mended(journal).findings] == ["mended"]
    assert examined(journal).findings == ()


def test_an_older_journal_is_brought_up_to_date_and_looked_at_again(tmp_path: Path) -> None:
    """What only shows in the newest shape is found and mended in the same run."""
    path = tmp_path / "journal.db"
    with closing(sqlite.connect(str(path))) as connection:
        migrations.migrate(connection, steps=migrations.step_texts()[:1])
    path.chmod(0o600)
    assert what(examined(path)) == ["older schema"]
    assert {finding.standing for finding in mended(path).findings} == {"mended"}
    assert examined(path).findings == ()


def test_a_newer_journal_is_said_and_left_alone(journal: Path) -> None:
    """There is nothing to mend: connect is to be upgraded."""
    change_unrecorded(journal, "PRAGMA user_version = 99")
    before = journal.read_bytes()
    for look in (examined, mended):
        report = look(journal)
        assert report.trouble is not None
        assert "newer connect" in report.trouble.message
    assert journal.read_bytes() == before


def test_a_structure_that_no_step_made_is_said(journal: Path) -> None:
    """A trigger that is gone takes the record of changes with it."""
    with closing(sqlite3.Connection(str(journal), isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER person_updated")
    report = examined(journal)
    assert what(report) == ["structure"]
    assert report.damage is not None
    assert "connect restore" in report.findings[0].remedy


def test_what_can_be_mended_beside_damage_is_mended_after_keeping_the_bytes(journal: Path) -> None:
    """No checked copy can be made of a damaged journal: its files are kept as they are."""
    journal.chmod(0o644)
    with journal.open("r+b") as file:
        file.seek(36)  # the header's count of free pages
        file.write(b"\0\0\0\5")
    before = journal.read_bytes()
    report = mended(journal)
    assert report.copy is not None
    assert report.copy.name == "journal-2026-11-23-damaged.db"
    assert report.copy.read_bytes() == before
    assert journal.stat().st_mode & 0o777 == 0o600


def test_a_read_only_journal_is_said(journal: Path) -> None:
    """The search index cannot be checked without the right to write; that is said instead."""
    with closing(sqlite3.Connection(f"file:{journal}?mode=ro", uri=True)) as connection:
        found = list(checks.search_index(connection, journal))
    assert [one.what for one in found] == ["read only"]


def test_lost_references_are_said(journal: Path) -> None:
    """They are no command's work, and a copy is the remedy."""
    change_unrecorded(journal, "DELETE FROM person WHERE name LIKE 'Ada%'")
    report = examined(journal)
    assert what(report)[0] == "lost references"
    assert "connect restore" in report.findings[0].remedy
    assert report.damage is report.findings[0]


def test_damage_that_no_index_explains_names_the_newest_copy(journal: Path) -> None:
    """And mending keeps its hands off."""
    spoil_table(journal, "participant")
    report = mended(journal)
    (copy,) = copies.listed(journal)
    assert report.left or report.trouble is not None
    said = " ".join(finding.remedy for finding in report.findings)
    assert copy.path.name in said + str(report.trouble and report.trouble.hint)


def test_what_follows_from_the_interactions_is_reckoned_again(journal: Path) -> None:
    """No copy is needed for it."""
    change_unrecorded(
        journal,
        "UPDATE person SET last_full_on = 'soon' WHERE seq = 1",
        "UPDATE seen SET day = 'then' WHERE entry_seq = 2",
    )
    assert "unreadable" in what(examined(journal))
    assert not mended(journal).left
    assert examined(journal).findings == ()


def test_a_copy_that_does_not_open_is_left_to_restore(journal: Path) -> None:
    """It may be packed or encrypted in a way that only restore knows."""
    newer = journal.parent / "backups" / "journal-2026-11-24.db"
    newer.write_bytes(b"packed" * 1000)
    newer.chmod(0o600)
    change_unrecorded(journal, "UPDATE person SET cadence = '2x' WHERE seq = 1")
    (found,) = [one for one in examined(journal).findings if one.what == "unreadable"]
    assert str(newer) in found.remedy


def test_interactions_ahead_of_today_are_said(journal: Path) -> None:
    """A clock that was wrong; the way to mend one is named."""
    log(journal, "Linus", day=TODAY + timedelta(days=400))
    report = examined(journal)
    assert what(report) == ["ahead of today"]
    assert "connect amend" in report.findings[0].remedy


def test_a_clock_that_went_back_is_a_note(journal: Path) -> None:
    """Nothing is asked: interactions stand by their day."""
    log(journal, "Linus", now=NOW - timedelta(days=2))
    report = examined(journal)
    assert what(report) == ["clock went back"]
    assert not report.left


def test_two_people_of_one_name_are_said(journal: Path) -> None:
    """Accents and case never matter."""
    log(journal, "Áda LOVELACE")
    report = examined(journal)
    assert what(report) == ["same name", "same person"]
    assert "connect merge" in report.findings[0].remedy


def test_whoever_was_forgotten_and_is_here_again_is_said(journal: Path) -> None:
    """No command brings them; the command that removes them is named."""
    change_unrecorded(journal, "INSERT INTO forgotten (id) SELECT id FROM person WHERE seq = 1")
    (found,) = examined(journal).findings
    assert found.said == "Ada Lovelace was forgotten, but is in the journal again"
    assert found.remedy == "To remove them for good: connect forget 'Ada Lovelace'."
    change_unrecorded(
        journal, "INSERT OR IGNORE INTO forgotten (id) SELECT id FROM person ORDER BY seq"
    )
    (found,) = examined(journal).findings
    assert found.said == "Ada Lovelace, Grace Hopper were forgotten, but are in the journal again"


def test_a_number_alone_is_no_finding(journal: Path) -> None:
    """People of other names who share one live together, or work together."""
    log(journal, "Linus")
    for seq, value in enumerate(("+1 (555) 555-0100", "+1 555 555 0100", "1 555 555 01 00"), 1):
        change_unrecorded(
            journal,
            "INSERT INTO contact_point (id, person_id, kind, value)"
            f" SELECT '{seq:012}', id, 'phone', '{value}' FROM person WHERE seq = {seq}",
        )
    report = examined(journal)
    assert what(report) == []


def test_people_who_may_be_one_are_counted_in_a_note(journal: Path) -> None:
    """Nothing is wrong with the journal, so the exit code stays; the command is named."""
    log(journal, "Lovelace, Ada")
    log(journal, "Dr. Ada Lovelace")
    report = examined(journal)
    assert what(report) == ["same person"]
    assert report.findings[0].said == "3 pairs of people may be one person each"
    assert report.findings[0].command == "connect merge"
    assert not report.left


def test_unsaved_text_and_a_write_ahead_file_are_notes(journal: Path) -> None:
    """Both are explained, neither is touched."""
    unsaved = journal.with_name("journal-unsaved.txt")
    unsaved.write_text("kind: wlak")
    unsaved.chmod(0o600)
    with closing(database.open_to_write(journal)) as connection:
        connection.execute("PRAGMA application_id = 0")
        connection.execute(f"PRAGMA application_id = {signature.APPLICATION_ID}")
        report = examined(journal)
    assert what(report) == ["unfinished", "unsaved text"]
    assert not report.left
    assert unsaved.exists()


def test_what_was_left_just_now_may_be_at_work(journal: Path) -> None:
    """Only what is older than an hour was left behind."""
    left = journal.with_name(".journal.db.0123456789ab.new")
    left.touch()
    now = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    assert doctor.diagnose(journal, now, TODAY).findings == ()
    later = now + timedelta(hours=2)
    assert "left over" in what(doctor.diagnose(journal, later, TODAY))


def test_a_journal_without_a_copy_for_a_week_of_writing_is_said(journal: Path) -> None:
    """Mending makes one, as it would have been."""
    log(journal, "Linus", now=NOW + timedelta(days=30))
    later = TODAY + timedelta(days=30)
    found = doctor.diagnose(journal, NOW + timedelta(days=30), later)
    assert what(found) == ["no copy"]
    report = doctor.mend(journal, NOW + timedelta(days=30), later)
    assert [finding.standing for finding in report.findings] == ["mended"]


def test_a_directory_that_holds_other_things_is_not_closed(journal: Path) -> None:
    """Whoever keeps the journal among other files knows who may look in there."""
    (journal.parent / "thesis.txt").touch()
    journal.parent.chmod(0o755)
    assert examined(journal).findings == ()


@pytest.mark.parametrize("spoil", ["empty", "noise", "directory", "link"])
def test_what_cannot_be_opened_is_trouble(journal: Path, spoil: str) -> None:
    """The reason is passed on, with the way out, by mending as by looking."""
    journal.unlink()
    if spoil == "directory":
        journal.mkdir()
    elif spoil == "link":
        journal.symlink_to("nowhere")
    else:
        journal.write_bytes(b"" if spoil == "empty" else b"noise" * 4000)
    for look in (examined, mended):
        report = look(journal)
        assert isinstance(report.trouble, JournalTrouble)
        assert report.trouble.hint


CHECKS: list[Callable[[Path], None]] = list(MENDED.values())


def test_everything_at_once_is_mended_in_one_run(journal: Path) -> None:
    """One fault does not hide another."""
    for spoil in CHECKS:
        if spoil is not spoil_an_index:
            spoil(journal)
    report = mended(journal)
    assert not report.left
    assert len({finding.what for finding in report.findings}) == len(MENDED) - 1
    assert examined(journal).findings == ()
