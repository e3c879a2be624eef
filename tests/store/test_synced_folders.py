"""A journal in a folder that another program synchronises is found by that program's marks."""

from datetime import date
from pathlib import Path

import pytest

from connect_cli.safety import doctor, synced_folders
from connect_cli.safety.synced_folders import MARKS
from tests.store.journals import NOW, TODAY, log

CALLED = {
    "OneDrive - *": "OneDrive - Firm & Co",
    "GoogleDrive-*": "GoogleDrive-ada@example.org",
    ".sync_*.db": ".sync_a1b2c3.db",
    "._sync_*.db": "._sync_a1b2c3.db",
}
"""A name for each pattern that is none itself."""

NAMED = [(mark.program, pattern) for mark in MARKS for pattern in mark.called]
MARKED = [(mark.program, pattern) for mark in MARKS for pattern in mark.holds]


def found(folder: Path) -> list[str]:
    """What the doctor says of a journal deep in a folder."""
    journal = folder / "notes" / "connect" / "journal.db"
    log(journal, "Ada")
    report = doctor.look_over(journal, NOW, TODAY)
    return [each.said for each in report.findings if each.what == "synced folder"]


def test_every_pattern_has_a_name_that_fits() -> None:
    """None is left out of the tests below."""
    patterns = {pattern for _, pattern in (*NAMED, *MARKED) if "*" in pattern}
    assert patterns == set(CALLED)
    assert all(mark.called or mark.holds for mark in MARKS)


@pytest.mark.parametrize(("program", "pattern"), NAMED)
def test_a_folder_is_known_by_its_name(tmp_path: Path, program: str, pattern: str) -> None:
    """Wherever in it the journal lies; the program is named, and the folder."""
    folder = tmp_path / CALLED.get(pattern, pattern)
    assert found(folder) == [f"the journal lies in {folder}, which {program} synchronises"]


@pytest.mark.parametrize(("program", "pattern"), MARKED)
def test_a_folder_is_known_by_what_lies_in_it(tmp_path: Path, program: str, pattern: str) -> None:
    """The same."""
    mark = tmp_path / "mine" / CALLED.get(pattern, pattern)
    mark.parent.mkdir(parents=True)
    mark.touch()
    folder = tmp_path / "mine"
    assert found(folder) == [f"the journal lies in {folder}, which {program} synchronises"]


@pytest.mark.parametrize("name", ["Documents", "onedrive-backup", "My Dropbox notes", "sync"])
def test_other_folders_are_not(tmp_path: Path, name: str) -> None:
    """A name that only resembles one is none."""
    assert found(tmp_path / name) == []


def test_the_settings_of_dropbox_in_a_home_are_no_mark(tmp_path: Path) -> None:
    """There `.dropbox` is a folder, and whoever uses Dropbox has one."""
    (tmp_path / ".dropbox").mkdir()
    assert found(tmp_path) == []


def test_a_link_leads_to_where_the_journal_really_lies(tmp_path: Path) -> None:
    """A link into such a folder does not hide it, and one out of it is no mark."""
    synced = tmp_path / "OneDrive"
    log(synced / "journal.db", "Ada")
    link = tmp_path / "journal.db"
    link.symlink_to(synced / "journal.db")
    assert [each.what for each in synced_folders.synced_folder(link)] == ["synced folder"]
    inside, outside = synced / "link.db", tmp_path / "own.db"
    log(outside, "Ada")
    inside.symlink_to(outside)
    assert [*synced_folders.synced_folder(inside)] == []


def test_it_is_left_to_do_and_says_what(tmp_path: Path) -> None:
    """It is no damage: the journal is read and written as ever."""
    journal = tmp_path / "Dropbox" / "journal.db"
    log(journal, "Ada")
    (journal.parent / ".dropbox.cache").mkdir()
    report = doctor.mend(journal, NOW, date(2026, 11, 23))
    (one,) = [each for each in report.findings if each.what == "synced folder"]
    assert (one.standing, report.damage, report.trouble) == ("left", None, None)
    assert "connect export jsonl" in one.remedy
    log(journal, "Grace")
