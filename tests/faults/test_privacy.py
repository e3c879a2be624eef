"""Nobody else: private files, no network, and no text of anybody's that moves the terminal."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.editors import editor
from tests.cli.terminals import Terminal, finished, terminals
from tests.conftest import Connect
from tests.faults.shown import told
from tests.faults.watched import COMMANDS

MAY_FAIL = {"nonsense": 2}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole command set, run once under watch: answers, rights, network, modules, starts."""
    home = tmp_path_factory.mktemp("watched")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.watched"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(tmp_path_factory.mktemp("passing")),
            "CONNECT_NOW": "2026-11-23T08:00",
            "CONNECT_KEY": f"x'{'5e' * 32}'",
            "CONNECT_NEW_KEY": f"x'{'5e' * 32}'",
            "EDITOR": editor(
                home, "stat -c %a $1 $(dirname $1) >> $HOME/seen; sed -i s/Ada/Eda/ $1"
            ),
        },
    )
    assert (done.returncode, done.stderr) == (0, "")
    return (home, *json.loads(done.stdout))


def test_every_command_works_without_the_network(watched: Any) -> None:
    """Each attempt would be refused, and fail its command; there is none."""
    _, answered, _, network, *_ = watched
    failed = {words: said for words, said in answered.items() if said[0]}
    assert {words: code for words, (code, _) in failed.items()} == MAY_FAIL, failed
    assert network == []


def test_no_command_starts_another_program_but_the_editor(watched: Any) -> None:
    """Nor does `sync` with a folder; with a repository it is git (tests/sync/test_network.py)."""
    assert watched[-1] == ["edit ada"]


def test_every_command_was_watched(watched: Any) -> None:
    """A command that is added is added to the watch."""
    from typer.main import get_command

    from connect_cli.cli.app import app

    commands = get_command(app)
    known = {words[0] for words in COMMANDS}
    named = commands.list_commands(None)  # type: ignore[attr-defined]  # it is a group
    assert set(named) - known <= UNWATCHED
    assert len(watched[1]) == len(COMMANDS)


UNWATCHED = {"triage"}
"""It needs a terminal, and opens no file that others do not."""


@pytest.mark.parametrize("words", [("today",), ("show", "ada"), ("people", "--json")], ids=" ".join)
def test_what_reads_does_not_even_load_the_network(words: Sequence[str], connect: Connect) -> None:
    """Only writing does: SQLAlchemy brings asyncio, and with it the module, which nobody uses."""
    connect("add", "Ada")
    program = "import sys; from connect_cli.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program, *words],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "connect_cli.cli" in loaded
    assert not loaded & {"socket", "ssl", "http", "urllib.request", "asyncio"}


def test_no_file_is_ever_open_to_others(watched: Any) -> None:
    """With umask 0000, from the first byte to the last: directories 0700, files 0600."""
    home, _, rights, *_ = watched
    made = {Path(path): mode for path, mode in rights.items() if Path(path) != home}
    made.pop(home / "editor.sh")
    made.pop(home / "seen")
    assert {path for path, mode in made.items() if mode not in (0o600, 0o700)} == set()
    names = {path.name for path in made}
    assert {"journal.db", "journal.db-wal", "journal.db-shm", "backups", "config.toml"} <= names
    assert {"mine.db", "all.jsonl", "journal-2026-11-23.db"} <= names
    assert sum(".new" in name for name in names) > 3


def test_the_editors_file_is_private(watched: Any) -> None:
    """So is the directory it lies in."""
    home = watched[0]
    assert set((home / "seen").read_text().split()) == {"600", "700"}


PIECES = st.one_of(
    st.sampled_from(
        [
            *("\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x9b31m", "\x90q\x9c"),
            *("\r", "\n", "\t", "\x00", "\x07", "\x08", "\x7f", "\x85", "\u2028", "\u2029"),
            *("\u202e", "\u2066", "\u2069", "\u061c", "\u200f", "\ufeff", "\u00ad", "\U000e0041"),
            *(
                "[red]",
                "[/]",
                "[link=http://x]",
                ":warning:",
                "%s",
                "{0}",
                "\\",
                "'",
                '"',
                "#",
                ":",
            ),
            *("x" * 300, "王", "e\u0301", "\U0001f468\u200d\U0001f469", "-", "--", "=cmd|' '!A0"),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)
HOSTILE = st.lists(PIECES, min_size=1, max_size=8).map("".join)
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


EXTRAS = ((), ("--json",), ("--discreet",))


def shown_safely(connect: Connect, journal: Path, text: str) -> None:
    """Run them all on a new journal; no control reaches an output."""
    for path in journal.parent.glob("journal.db*"):
        path.unlink()
    connect("log", "-", "--new", stdin=f"coffee with Ada: {text}\n")
    for number, words in enumerate(told(text.replace("\0", ""), journal.parent)):  # no word has one
        extra = EXTRAS[number % 3]
        full = (*extra, *words) if extra == ("--discreet",) else (*words, *extra)
        answer = connect(*full)
        assert not UNSAFE.search(answer.out), full
        assert not UNSAFE.search(answer.err), full
        assert "Traceback" not in answer.err


QUICK = settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
LONG = settings(QUICK, max_examples=100)


@given(text=HOSTILE)
@QUICK
def test_no_hostile_text_reaches_an_output_raw(
    text: str, connect: Connect, journal_file: Path
) -> None:
    """In every field, argument and setting, and out of every command, in plain and in JSON."""
    shown_safely(connect, journal_file, text)


@pytest.mark.slow
@given(text=HOSTILE)
@LONG
def test_no_hostile_text_of_a_hundred_reaches_an_output_raw(
    text: str, connect: Connect, journal_file: Path
) -> None:
    """The same, for longer."""
    shown_safely(connect, journal_file, text)


def test_no_hostile_text_reaches_a_terminal(connect: Connect, tmp_path: Path) -> None:
    """Nor through completion, the settings or the environment."""
    text = "\x1b[2J\x9b31m\x07\u202eevil\x1b]8;;x\x1b\\a[red]b[/]"
    connect("add", f"Ada {text}", "--every", "1d", "--tag", "work")
    connect("log", "coffee with ada 9 days ago", "--note", text, "--promise", text)
    connect("remember", "ada", f"tea: {text}")
    with terminals() as terminal:
        for words in (("today",), ("show", "ada"), ("people",), ("history",), ("show", text)):
            assert is_quiet(terminal, *words), words
        for name in ("CONNECT_NOW", "CONNECT_JOURNAL", "EDITOR", "PAGER", "XDG_CONFIG_HOME"):
            assert is_quiet(terminal, "amend" if name == "EDITOR" else "people", **{name: text})
    folder = tmp_path / "config" / "connect"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f"{json.dumps(text)} = 3\n")
    answer = connect("today")
    assert (answer.code, UNSAFE.search(answer.err)) == (2, None)


def is_quiet(terminal: Terminal, *words: str, **env: str) -> bool:
    """Whether a command at a terminal writes no control but colours and line ends."""
    child = terminal(*words, **env)
    finished(child)
    bare = re.sub(r"\x1b\[[0-9;]*m|\r\n|\x1b\[\?[0-9]+[hl]", "\n", str(child.before))
    return not UNSAFE.search(bare)


def test_completion_offers_no_control(connect: Connect, process: Connect) -> None:
    """What Tab offers is typed into the shell's line."""
    connect("add", "Ada \x1b[2J\u202e Lovelace")
    env = {"_CONNECT_COMPLETE": "fish"}
    assert not UNSAFE.search(process("connect show a", env=env).out)


@pytest.mark.parametrize("name", ["CONNECT_NOW", "CONNECT_JOURNAL", "CONNECT_DISCREET"])
def test_bytes_in_the_environment_that_are_no_text_are_harmless(name: str) -> None:
    """Refused, or taken for what they are; never raw, never a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "connect_cli", "people"],
        capture_output=True,
        env={
            **{key.encode(): value.encode() for key, value in os.environ.items()},
            name.encode(): b"/nowhere/\xff\x1b[2J",
        },
        check=False,
    )
    assert done.returncode in (0, 2, 5)
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stderr + done.stdout
