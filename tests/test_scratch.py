"""Work folders beside the journal: what nobody works in any more is cleared away."""

import os
import signal
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli import files, scratch
from connect_cli.safety import daily_copy
from connect_cli.store import database
from tests.conftest import Connect
from tests.safety.test_doctor import mended
from tests.safety.test_encryption import seal
from tests.store.journals import TODAY, log, well


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal that is well, with the copy of the day."""
    return well(tmp_path)


def test_a_folder_that_nobody_works_in_any_more_is_found_at_once(journal: Path) -> None:
    """What was to be encrypted, or no more, may lie in it; one in use is nobody's business."""
    left = journal.with_name(".journal.db.abc.new")
    left.mkdir()
    (left / "journal.db").write_bytes(journal.read_bytes())
    with scratch.workroom(journal) as used:
        report = mended(journal)
        assert [finding.said.split()[0] for finding in report.findings] == [left.name]
        assert used.is_dir()
    assert not left.exists()


def test_what_a_killed_command_left_behind_is_removed(journal: Path) -> None:
    """It may hold what the journal holds; what another process still works in stays."""
    left = journal.with_name(".journal.db.abc.new")
    left.mkdir()
    (left / "journal.db").write_bytes(journal.read_bytes())
    with scratch.workroom(journal) as used:
        seal(journal)
        assert used.is_dir()
    assert not left.exists()


def test_what_was_left_behind_goes_with_the_copy_of_the_day(journal: Path) -> None:
    """In a journal whose name is a pattern too."""
    odd = journal.with_name("x[1]*.db")
    log(odd, "Ada Lovelace")
    left = odd.with_name(f".{odd.name}.abc.new")
    left.mkdir()
    (left / "journal.db").write_bytes(b"readable")
    with closing(database.open_to_read(odd)) as source:
        daily_copy.make_daily(source, odd, TODAY)
    assert not left.exists()


def test_ctrl_c_while_a_folder_is_removed_leaves_nothing(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It interrupts once the folder is gone."""
    real, calls = scratch.remove, []

    def interrupted(left: Path) -> None:
        calls.append(left)
        if len(calls) == 1:
            raise KeyboardInterrupt
        real(left)

    monkeypatch.setattr(scratch, "remove", interrupted)
    with pytest.raises(KeyboardInterrupt), scratch.workroom(journal) as room:
        (room / "journal.db").touch()
    assert len(calls) == 2
    assert not list(scratch.left_over(journal))


def killed_elsewhere(journal: Path, folder: Path) -> None:
    """Kill a process that writes a file and a copy to a folder, which it leaves unfinished."""
    if not (child := os.fork()):
        with (
            scratch.noting(journal),
            files.new_file(folder / "all.jsonl") as new,
            scratch.workroom(folder / "mine.db") as room,
        ):
            new.write_text("half")
            (room / "mine.db").write_text("half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    "words",
    [("remember", "ada", "tea: green"), ("doctor", "--fix"), ("export", "jsonl", "other.jsonl")],
)
def test_what_is_unfinished_elsewhere_is_removed(
    connect: Connect,
    journal_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    """By the next command that writes, the next export to any place, and the doctor."""
    monkeypatch.chdir(tmp_path)
    connect("add", "Ada")
    (tmp_path / "out").mkdir()
    killed_elsewhere(journal_file, tmp_path / "out")
    assert connect(*words).code == 0
    assert list((tmp_path / "out").iterdir()) == []
    assert not list(journal_file.parent.glob(".*"))


def test_what_is_being_written_elsewhere_is_left_alone(
    connect: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """As long as the process lives that writes it."""
    connect("add", "Ada")
    with scratch.noting(journal_file), files.new_file(tmp_path / "all.jsonl") as new:
        connect("remember", "ada", "tea: green")
        connect("doctor", "--fix")
        assert new.exists()


def test_a_note_removes_nothing_but_what_is_unfinished(journal: Path) -> None:
    """Whatever it names: no other file, no link, and no other folder."""
    folder, mine = journal.with_name(".journal.db.abc.new"), journal.with_name("mine.new")
    folder.mkdir()
    mine.touch()
    link = journal.with_name(f".mine.{'a' * 12}.new")
    link.symlink_to(mine)
    other = journal.with_name("folder.new")
    other.mkdir()
    (folder / "elsewhere").write_bytes(
        b"".join(bytes(each) + b"\0" for each in (mine, link, other))
    )
    scratch.clear(journal)
    assert not folder.exists()
    assert (mine.exists(), link.is_symlink(), other.is_dir()) == (True, True, True)


def test_an_export_is_written_even_if_nothing_can_be_noted(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk of the journal is full."""

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    connect("add", "Ada")
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    assert connect("export", "jsonl", str(tmp_path / "all.jsonl")).code == 0
    assert "Ada" in (tmp_path / "all.jsonl").read_text()


def test_a_first_command_that_is_killed_is_cleared_at_once(
    connect: Connect, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not an hour later: what it had begun lies in a work folder."""
    if not (child := os.fork()):
        monkeypatch.setattr(files, "link", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        connect("add", "Ada")
        os._exit(1)
    os.waitpid(child, 0)
    assert list(journal_file.parent.glob(".journal.db.*"))
    assert connect("add", "Ada").code == 0
    assert not list(journal_file.parent.glob(".*"))
