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
    (interaction,) = json.loads(connect("history", "--json").out)["interactions"]
    assert interaction["note"] == HOSTILE


def test_version_is_said(process: Connect) -> None:
    """One line, for bug reports."""
    assert process("--version").out == "connect 0.1.0\n"
