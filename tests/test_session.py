"""One run: an editor that goes wrong loses nothing, standard input is text, pipes close quietly."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.session import Session
from tests.conftest import Connect


def test_a_closed_pipe_is_quiet(process: Connect, tmp_path: Path) -> None:
    """`connect history | head -1` ends without a word."""
    process("log", "-", "--new", stdin=f"called Ada: {'word ' * 200}\n" * 200)
    shell = f"{sys.executable} -m connect_cli history | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)  # noqa: S602  # a real pipe is the point
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_stdin_that_is_no_text_is_refused(journal_file: Path) -> None:
    """So is a line of standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "connect_cli", "log", "-", "--new"],
        input=b"coffee with Ada: \xff\n",
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert not journal_file.exists()


@pytest.mark.parametrize("wrong", [LookupError, KeyboardInterrupt])
def test_what_was_written_is_kept_whatever_goes_wrong(
    connect: Connect,
    journal_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: type[BaseException],
) -> None:
    """Even where nobody expected it: the error stays what it is."""

    def fail(*_: object) -> bool:
        raise wrong

    connect("add", "Ada")
    monkeypatch.setenv("EDITOR", "sed -i 's/^circle:.*/circle: close/'")
    session = Session()
    with pytest.raises(wrong):
        session.edit_until_valid("circle:\n", fail)
    session.close()
    saved = journal_file.with_name("journal-unsaved.txt")
    assert saved.read_text() == "circle: close\n"
    assert str(saved) in capsys.readouterr().err


def test_what_was_written_is_kept_when_the_question_is_broken_off(
    connect: Connect, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is no answer to whether the editor should open again."""

    def mistaken(_: str) -> bool:
        raise NotUnderstood("no")

    def broken_off(_: NotUnderstood) -> bool:
        raise KeyboardInterrupt

    connect("add", "Ada")
    monkeypatch.setenv("EDITOR", "sed -i 's/^circle:.*/circle: close/'")
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr("connect_cli.session.wants_to_mend", broken_off)
    with pytest.raises(KeyboardInterrupt):
        Session().edit_until_valid("circle:\n", mistaken)
    assert journal_file.with_name("journal-unsaved.txt").read_text() == "circle: close\n"


def test_without_a_terminal_and_an_editor_there_is_no_form(connect: Connect) -> None:
    """No editor is started that would wait for somebody who is not there."""
    connect("add", "Ada")
    ran = connect("edit", "ada")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("connect: there is no terminal to open an editor in\n")


@pytest.mark.parametrize("content", [b"ada\n\xff\xfe\n", b"\xed\xb3\xbf"])
@pytest.mark.parametrize("errors", ["strict", "surrogateescape", "surrogatepass"])
def test_standard_input_that_is_no_text_is_refused(
    monkeypatch: pytest.MonkeyPatch, content: bytes, errors: str
) -> None:
    """Whatever the terminal makes of such bytes."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8", errors))
    with pytest.raises(NotUnderstood, match="not valid text"):
        Session().lines_of_stdin()


def test_the_lines_of_standard_input_end_as_any_system_ends_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Empty ones within them stay."""
    monkeypatch.setattr("sys.stdin", io.StringIO("ada\r\n\r\ntom\n\n"))
    assert Session().lines_of_stdin() == ["ada", "", "tom"]
