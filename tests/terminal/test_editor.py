"""The editor: a mistake opens it again, and what was written is never lost."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.terminal.editor import edit
from tests.cli.editors import editor
from tests.cli.terminals import Terminal, finished
from tests.conftest import Connect


@pytest.mark.usefixtures("_two_toms")
def test_a_mistake_in_the_editor_reopens_it_with_the_error(
    terminal: Terminal, connect: Connect, tmp_path: Path
) -> None:
    """The mistake stands at the top of the form the second time, and can be mended there."""
    connect("log", "coffee with baker")
    script = (
        "if grep -q '^#! .*wlak' $1; then sed -i 's/^kind: .*/kind: walk/' $1; "
        "else sed -i 's/^kind: .*/kind: wlak/' $1; fi"
    )
    child = terminal("amend", EDITOR=editor(tmp_path, script))
    child.expect("wlak")
    child.expect("Open the editor again")
    child.sendline("")
    child.expect("Now: Walk with Tom Baker")
    assert finished(child) == 0


@pytest.mark.usefixtures("_two_toms")
def test_a_mistake_can_be_left(terminal: Terminal, connect: Connect, tmp_path: Path) -> None:
    """Then nothing is written."""
    connect("log", "coffee with baker")
    child = terminal("amend", EDITOR=editor(tmp_path, "sed -i 's/^kind: .*/kind: wlak/' $1"))
    child.expect("Open the editor again")
    child.sendline("n")
    assert finished(child) == 2
    assert "coffee" in connect("history").out


@pytest.mark.parametrize(
    ("script", "told"),
    [
        pytest.param("exit 3", "failed", id="fails"),
        pytest.param("rm $1", "is gone", id="removes it"),
        pytest.param(r"printf '\377' > $1", "not UTF-8", id="leaves noise"),
    ],
)
def test_an_editor_that_fails_leaves_no_file(
    tmp_path: Path, script: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The temporary file is gone, and what cannot be read back is saved beside the journal."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    with pytest.raises(ConnectError, match=told):
        edit("a form\n", editor(tmp_path, script), tmp_path / "journal.db")
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not list(tmp_path.glob(".journal.db.*"))
    saved = list(tmp_path.glob("journal-unsaved*"))
    assert len(saved) == ("UTF" in told)
    for path in saved:
        assert path.read_bytes() == b"\xff"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_written_before_the_editor_failed_is_saved(tmp_path: Path) -> None:
    """And the error says where; a second time it gets a name of its own."""
    script = "echo more >> $1; exit 1"
    for name in ("journal-unsaved.txt", "journal-unsaved-2.txt"):
        with pytest.raises(ConnectError) as raised:
            edit("a form\n", editor(tmp_path, script), tmp_path / "journal.db")
        assert raised.value.hint == f"what you wrote is in {tmp_path / name}"
        assert (tmp_path / name).read_text() == "a form\nmore\n"


def test_a_program_that_is_stopped_while_the_editor_is_open_saves_the_text(
    tmp_path: Path, connect: Connect, journal_file: Path
) -> None:
    """As when the terminal is closed: nothing is left in the temporary directory."""
    connect("log", "coffee with Ada", "--new")
    (tmp_path / "tmp").mkdir()
    script = "echo 'note: more' >> $1; kill -TERM $PPID; sleep 1"
    done = subprocess.run(
        [sys.executable, "-m", "connect_cli", "amend"],
        env={
            **os.environ,
            "TMPDIR": str(tmp_path / "tmp"),
            "EDITOR": editor(tmp_path, script),
        },
        check=False,
    )
    assert done.returncode == 143
    assert list((tmp_path / "tmp").iterdir()) == []
    (saved,) = journal_file.parent.glob("journal-unsaved*")
    assert saved.read_text().endswith("note: more\n")
