"""The program as a process: the journal it uses, its clock, its pipes, hostile text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Connect

HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07 [red]x[/red] [/] "
    "\u202eabc\u2066 \x00 \x9b31m \u2028 \r\n\t end"
)


def is_safe(text: str) -> bool:
    """No control character but the line ends and tabs that plain output is made of."""
    return not any(
        (ord(letter) < 32 and letter not in "\n\t") or 0x7F <= ord(letter) < 0xA0 for letter in text
    ) and not set(text) & set("\u202e\u2066\u2028\u2029")


def test_another_journal_can_be_named(process: Connect, tmp_path: Path) -> None:
    """`--journal` wins over CONNECT_JOURNAL, which wins over the usual place."""
    one, two = tmp_path / "one.db", tmp_path / "deep" / "two.db"
    process("--journal", str(one), "add", "Ada")
    process("add", "Bo", env={"CONNECT_JOURNAL": str(two)})
    assert "Ada" in process("--journal", str(one), "people", env={"CONNECT_JOURNAL": str(two)}).out
    assert "Bo" in process("people", env={"CONNECT_JOURNAL": str(two)}).out
    assert process("people").out == ""


def test_a_moment_that_is_none_is_said(process: Connect) -> None:
    """CONNECT_NOW is for demonstrations; what it cannot read it refuses."""
    ran = process("today", env={"CONNECT_NOW": "soon"})
    assert (ran.code, "CONNECT_NOW holds 'soon'" in ran.err) == (2, True)


def test_settings_that_are_wrong_are_said_with_their_key(process: Connect, tmp_path: Path) -> None:
    """The file, the key and the nearest known one."""
    folder = tmp_path / "config" / "connect"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("capcity = 3\n")
    ran = process("today")
    assert ran.code == 2
    assert "there is no setting 'capcity'" in ran.err
    assert "did you mean capacity?" in ran.err


def test_a_closed_pipe_is_quiet(process: Connect, tmp_path: Path) -> None:
    """`connect history | head -1` ends without a word."""
    process("log", "-", "--new", stdin=f"called Ada: {'word ' * 200}\n" * 200)
    shell = f"{sys.executable} -m connect_cli history | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)  # noqa: S602  # a real pipe is the point
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


@pytest.mark.parametrize("encoding", ["C", pytest.param("POSIX", marks=pytest.mark.slow)])
def test_names_survive_a_plain_locale(process: Connect, encoding: str) -> None:
    """In a terminal that knows no UTF-8, names are kept and shown without failing."""
    env = {"LC_ALL": encoding, "LANG": encoding}
    assert process("log", "coffee with 王小明: Łódź", "--new", env=env).code == 0
    assert "王小明" in process("history").out
    assert process("history", env={**env, "PYTHONIOENCODING": "ascii"}).code == 0


def test_bytes_that_are_no_text_are_refused(journal_file: Path) -> None:
    """An argument in another encoding cannot be kept, so nothing is written."""
    done = subprocess.run(
        [
            sys.executable.encode(),
            b"-m",
            b"connect_cli",
            b"log",
            b"coffee with Ada: \xff",
            b"--new",
        ],
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 2
    assert b"not valid text" in done.stderr
    assert not journal_file.exists()


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


def test_hostile_text_is_escaped_in_every_output(connect: Connect) -> None:
    """Notes, tags, details, promises and names reach no terminal as they are."""
    connect("add", "Ada [red] Lovelace", "--every", "1d", "--alias", "[/]")
    connect("log", "-", stdin=f"coffee with ada 9 days ago: {HOSTILE.splitlines()[0]}\n")
    connect("amend", "--note", HOSTILE)
    connect("remember", "ada", f"usual order: {HOSTILE}")
    connect("promise", "ada", HOSTILE, "--by", "today")
    for words in (
        *[("today",), ("show", "ada"), ("people",), ("history",), ("promises",)],
        *[("search", "end"), ("log", HOSTILE), ("show", HOSTILE), ("done", HOSTILE), (HOSTILE,)],
        *[
            ("add", HOSTILE),
            ("people", "--circle", HOSTILE),
            ("--journal", HOSTILE.replace("\0", ""), "today"),
        ],
        *[
            ("history", "--kind", HOSTILE),
            ("today", f"--{HOSTILE}"),
            ("history", "--limit", HOSTILE),
        ],
    ):
        for extra in ((), ("--json",)):
            ran = connect(*words, *extra)
            assert is_safe(ran.out), words
            assert is_safe(ran.err), words


def test_what_was_hostile_comes_back_whole_in_json(connect: Connect) -> None:
    """Nothing is lost by escaping: JSON gives the note back as it was."""
    connect("log", "coffee with Ada", "--new", "--note", HOSTILE)
    (entry,) = json.loads(connect("history", "--json").out)["interactions"]
    assert entry["note"] == HOSTILE


def test_version_is_said(process: Connect) -> None:
    """One line, for bug reports."""
    assert process("--version").out == "connect 0.1.0\n"
