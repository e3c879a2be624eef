"""A text in an editor that is killed: private, found by the next command, never just gone."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connect_cli import scratch, unsaved
from tests.cli.editors import editor
from tests.conftest import Connect
from tests.faults.working import NOW
from tests.safety.test_encryption import KEY

WORDS = "she is moving to Boston"
TYPES = f"echo '{WORDS}' >> $1; touch \"$(dirname $0)/open\"; sleep 600"
ONLY_OPENS = 'touch "$(dirname $0)/open"; sleep 600'
SECONDS = 60  # patience, not a measure: a slow machine only waits

Open = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def opened(tmp_path: Path, connect: Connect) -> Iterator[Open]:
    """Begin to amend in an editor of these words, and wait until it is open."""
    connect("log", "coffee with Ada: sun", "--new")
    started: list[subprocess.Popen[bytes]] = []

    def start(script: str = TYPES, *words: str) -> "subprocess.Popen[bytes]":
        (tmp_path / "open").unlink(missing_ok=True)
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "connect_cli", *(words or ("amend",))],
                env={**os.environ, "EDITOR": editor(tmp_path, script)},
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
        wait_until((tmp_path / "open").exists)
        return started[-1]

    yield start
    for each in started:
        kill_all(each)


def wait_until(so: Callable[[], bool]) -> None:
    for _ in range(SECONDS * 20):
        if so():
            return
        time.sleep(0.05)
    raise AssertionError


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """Kill connect and its editor."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def kill_both(process: "subprocess.Popen[bytes]", journal: Path) -> None:
    """Kill connect and its editor, and wait until the system has taken the editor's lock away."""
    kill_all(process)
    wait_until(lambda: rooms(journal) == [*scratch.abandoned(rooms(journal))])


def rooms(journal: Path) -> list[Path]:
    return [*scratch.left_over(journal, elsewhere=True)]


def files_with(folder: Path, words: str) -> list[Path]:
    """The files below a folder in which somebody can read these words."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "editor.sh")
    return sorted(path for path in found if words.encode() in path.read_bytes())


def test_the_text_is_beside_the_journal_and_private(
    opened: Open, journal_file: Path, tmp_path: Path, passing: Path
) -> None:
    """Not in the folder for temporary files, where nobody looks for it."""
    before = set(passing.iterdir())
    opened()
    (room,) = rooms(journal_file)
    assert room.parent == journal_file.parent
    assert stat.S_IMODE(room.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in room.iterdir()} == {0o600}
    assert files_with(tmp_path, WORDS) == [room / "connect.txt"]
    assert set(passing.iterdir()) == before


def test_after_a_kill_the_next_command_that_writes_saves_the_text_and_says_where(
    opened: Open, connect: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """One that only reads leaves the folder alone; a second one that writes has nothing to say."""
    kill_both(opened(), journal_file)
    (room,) = rooms(journal_file)
    for words in (("today",), ("history",), ("prompt",)):
        assert connect(*words).err == ""
    assert room.is_dir()
    ran = connect("add", "Grace")
    saved = journal_file.with_name("journal-unsaved.txt")
    told = f"An editor was cut off earlier. What you had written in it is in {saved}"
    assert (ran.code, ran.err) == (0, f"{told}\n")
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert saved.read_text().endswith(f"{WORDS}\n")
    assert files_with(tmp_path, WORDS) == [saved]
    assert rooms(journal_file) == []
    assert connect("add", "Linus").err == ""


def test_an_editor_in_which_nothing_was_written_is_cleared_without_a_word(
    opened: Open, connect: Connect, journal_file: Path
) -> None:
    """The form is in the journal already."""
    kill_both(opened(ONLY_OPENS), journal_file)
    assert len(rooms(journal_file)) == 1
    assert connect("add", "Grace").err == ""
    assert rooms(journal_file) == []
    assert unsaved.saved(journal_file) == []


@pytest.mark.parametrize("dead", [False, True], ids=["both live", "the editor lives"])
def test_a_text_in_an_open_editor_is_left_alone(
    opened: Open, connect: Connect, journal_file: Path, dead: bool
) -> None:
    """For hours, by commands that write and by the doctor, also when connect itself was killed."""
    process = opened()
    if dead:
        process.kill()
        process.wait()
    (room,) = rooms(journal_file)
    long_ago = NOW.timestamp() - 100_000
    os.utime(room, (long_ago, long_ago))
    assert connect("add", "Grace").err == ""
    ran = connect("doctor", "--fix")
    assert (ran.code, room.name in ran.out) == (0, False)
    assert (room / "connect.txt").read_text().endswith(f"{WORDS}\n")
    kill_both(process, journal_file)
    assert "journal-unsaved.txt" in connect("add", "Linus").err


def test_the_doctor_names_the_text_and_saves_it(
    opened: Open, connect: Connect, journal_file: Path
) -> None:
    """Without --fix nothing is changed; with it, the text is where the doctor says."""
    kill_both(opened(), journal_file)
    (room,) = rooms(journal_file)
    ran = connect("doctor")
    assert ran.code == 1
    assert f"{room.name} was left behind by an editor that was cut off" in ran.out
    assert "saves the text as journal-unsaved.txt" in ran.out
    assert room.is_dir()
    ran = connect("doctor", "--fix")
    saved = journal_file.with_name("journal-unsaved.txt")
    assert (ran.code, rooms(journal_file)) == (0, [])
    assert str(saved) in ran.out
    assert saved.read_text().endswith(f"{WORDS}\n")


def test_what_was_written_before_a_mistake_is_saved_though_the_editor_opened_again(
    opened: Open, connect: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """The text that was given to the second editor is not the form."""
    form, mistaken = "kind: coffee\n", f"#! no such kind\nkind: wlak\n{WORDS}\n"
    with unsaved.being_edited(journal_file, form, mistaken) as (path, _):
        assert unsaved.written_in(path.parent) == mistaken.encode()
    with unsaved.being_edited(journal_file, form, form) as (path, _):
        assert unsaved.written_in(path.parent) == b""
        path.write_text("")
        assert unsaved.written_in(path.parent) == b""


def test_a_text_that_cannot_be_saved_stays(
    opened: Open, connect: Connect, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command does its work all the same; the next one tries again."""
    kill_both(opened(), journal_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unsaved, "save", lambda *_: None)
        assert (connect("add", "Grace").code, len(rooms(journal_file))) == (0, 1)
    assert "journal-unsaved.txt" in connect("add", "Linus").err


@pytest.fixture
def encrypted(opened: Open, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The same with a journal that is encrypted."""
    pytest.importorskip("sqlcipher3", reason="needs the extra 'encrypted'")
    monkeypatch.setenv("CONNECT_KEY", KEY)
    assert connect("encrypt", "--yes").code == 0
    return opened


@pytest.mark.parametrize(
    "words",
    [("add", "Grace"), ("restore", "COPY", "--yes"), ("encrypt", "--yes"), ("decrypt", "--yes")],
    ids=lambda words: words[0],
)
def test_beside_an_encrypted_journal_no_text_stays(
    encrypted: Open,
    connect: Connect,
    journal_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    """The next command that writes, or replaces the file, removes it and says so."""
    kill_both(encrypted(), journal_file)
    assert len(files_with(tmp_path, WORDS)) == 1
    monkeypatch.setenv("CONNECT_NEW_KEY", KEY)
    (copy, *_) = (journal_file.parent / "backups").iterdir()
    ran = connect(*(word.replace("COPY", str(copy)) for word in words))
    assert ran.code == 0
    assert "What you had written in it was removed, because the journal is encrypted" in ran.err
    assert (rooms(journal_file), files_with(tmp_path, WORDS)) == ([], [])


def test_the_doctor_removes_the_text_beside_an_encrypted_journal(
    encrypted: Open, connect: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """It has said so before."""
    kill_both(encrypted(), journal_file)
    ran = connect("doctor")
    assert "was left behind by an editor that was cut off" in ran.out
    assert "removes it" in ran.out
    assert len(files_with(tmp_path, WORDS)) == 1
    assert connect("doctor", "--fix").code == 0
    assert files_with(tmp_path, WORDS) == []


def test_a_text_beside_a_journal_that_is_encrypted_then_is_saved_and_named(
    opened: Open, connect: Connect, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among the files that stay readable: whoever wrote it decides."""
    pytest.importorskip("sqlcipher3", reason="needs the extra 'encrypted'")
    kill_both(opened(), journal_file)
    monkeypatch.setenv("CONNECT_KEY", KEY)
    ran = connect("encrypt", "--yes")
    saved = journal_file.with_name("journal-unsaved.txt")
    assert (ran.code, str(saved) in ran.err) == (1, True)
    assert rooms(journal_file) == []


CARD = b"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:z\r\nFN:Zoe Zander\r\n"


@pytest.mark.parametrize("there", [True, False], ids=["a journal", "no journal yet"])
def test_what_was_piped_into_an_import_that_was_killed_is_cleared_by_the_next_command(
    connect: Connect, journal_file: Path, passing: Path, tmp_path: Path, there: bool
) -> None:
    """Where there is no folder of the journal yet, it was in the one for temporary files."""
    if there:
        connect("add", "Ada")
    before = set(passing.iterdir())
    process = subprocess.Popen(
        [sys.executable, "-m", "connect_cli", "import", "-", "--yes"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None
    process.stdin.write(CARD * 10_000)
    process.stdin.flush()
    place = journal_file.parent if there else passing
    wait_until(lambda: bool(files_with(place, "Zoe Zander")))
    assert set(passing.iterdir()) - before == set() if there else len(rooms(journal_file)) == 1
    kill_both(process, journal_file)
    process.stdin.close()
    assert len(rooms(journal_file)) == 1
    assert connect("add", "Grace").code == 0
    assert rooms(journal_file) == []
    assert files_with(tmp_path, "Zoe Zander") == []
    assert set(passing.iterdir()) == before


def test_where_the_journals_folder_cannot_be_written_work_is_elsewhere_and_private(
    tmp_path: Path, passing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left there is cleared by who works there next for the same journal."""
    monkeypatch.setattr("os.access", lambda *_: False)
    journal, other = tmp_path / "journal.db", tmp_path / "other.db"
    left = []
    for each in (journal, other):
        with scratch.workroom(each) as room:
            assert (room.parent, stat.S_IMODE(room.stat().st_mode)) == (passing, 0o700)
            left.append(room)
        room.mkdir()
    with scratch.workroom(journal):
        assert [each.is_dir() for each in left] == [False, True]
    scratch.clear(other)
    assert not left[1].exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_what_somebody_else_left_under_such_a_name_is_theirs(tmp_path: Path, passing: Path) -> None:
    """Others can write in the folder for temporary files."""
    journal = tmp_path / "nowhere" / "journal.db"
    with scratch.workroom(journal) as room:
        pass
    room.mkdir()
    os.chown(room, 12_345, 12_345)
    scratch.clear(journal)
    assert room.is_dir()
    room.rmdir()
