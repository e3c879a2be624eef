"""The demo's folder: one, made anew, and never what somebody else put there."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from connect_cli import scratch
from connect_cli.errors import ConnectError
from connect_cli.journal import demo_folder
from tests.conftest import Connect
from tests.faults.test_files import held


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the demo's folder is in a test."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return demo_folder.place()


def test_the_demo_is_made_anew_in_the_same_folder(connect: Connect, folder: Path) -> None:
    """What somebody played with there is gone, and nothing is beside it."""
    assert connect("demo").code == 0
    journal = str(folder / "journal.db")
    assert connect("--journal", journal, "add", "Played With").code == 0
    (folder / "a folder").mkdir()
    (folder / "a folder" / "all.jsonl").touch()
    folder.chmod(0o755)
    assert connect("demo").code == 0
    assert [*folder.parent.iterdir()] == [folder]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert connect("--journal", journal, "people", "played").out == ""
    assert not (folder / "a folder").exists()


def test_a_demo_that_was_cut_off_is_made_anew(connect: Connect, folder: Path) -> None:
    """Right after its folder was made, or while that was emptied."""
    folder.mkdir(mode=0o700)
    assert connect("demo").code == 0
    (folder / "journal.db").unlink()
    assert connect("demo").code == 0


def test_links_in_it_lead_nowhere(connect: Connect, folder: Path, tmp_path: Path) -> None:
    """The link goes; what it names stays."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear Ada")
    assert connect("demo").code == 0
    (folder / "here").symlink_to(mine)
    (folder / "there").symlink_to(mine / "letter.txt")
    assert connect("demo").code == 0
    assert not list(folder.glob("*here"))
    assert (mine / "letter.txt").read_text() == "dear Ada"


def of_somebody(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "letter.txt").write_text("dear Ada")


def a_link(folder: Path) -> None:
    mine = folder.with_name("mine")
    mine.mkdir()
    (mine / demo_folder.MARK).touch()
    (mine / "letter.txt").write_text("dear Ada")
    folder.symlink_to(mine)


def a_link_to_nothing(folder: Path) -> None:
    folder.symlink_to(folder.with_name("nothing"))


def a_file(folder: Path) -> None:
    folder.write_text("dear Ada")


def open_to_others(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    (folder / demo_folder.MARK).touch()
    (folder / "letter.txt").write_text("dear Ada")


@pytest.mark.parametrize(
    "put",
    [of_somebody, a_link, a_link_to_nothing, a_file, open_to_others],
    ids=lambda each: each.__name__,
)
def test_what_the_demo_did_not_make_is_left_as_it_is(
    connect: Connect, folder: Path, put: Callable[[Path], None]
) -> None:
    """It says so in one line, with what to do, and makes no folder elsewhere."""
    put(folder)
    before = held(folder)
    ran = connect("demo")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        f"connect: {folder} was not made by the demo, so it is left as it is",
        "hint: move it away, or name another folder in TMPDIR",
    ]
    assert held(folder) == before


def test_a_demo_that_somebody_works_with_stays(connect: Connect, folder: Path) -> None:
    """An editor is open in another terminal, or another demo is being made."""
    assert connect("demo").code == 0
    with scratch.text_room(folder / "journal.db") as (room, _):
        ran = connect("demo")
        assert (ran.code, room.is_dir()) == (1, True)
        assert ran.err.startswith(f"connect: another connect works in {folder}\n")
    with demo_folder.emptied(), pytest.raises(ConnectError), demo_folder.emptied():
        raise AssertionError
    assert connect("demo").code == 0
