"""No text of anybody's moves a terminal, and an export is exact wherever nobody reads it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from connect_cli.control_characters import CONTROL
from connect_cli.store.schema import TRAVELS as TABLES
from tests.cli.many import Answer, answers
from tests.cli.terminals import on_terminal, terminals
from tests.faults.shown import ASKING, COLOUR, COLUMNS, HOSTILE
from tests.faults.watched import COMMANDS, EXPORTS

OURS = re.compile(
    r"\x1b\[[0-9;]*m"  # colours
    r"|\x1b\]8;(id=[0-9]+;(mailto|tel|https?):[!-~]+|;)\x1b\\"  # links of a card
    r"|\x1b\[\?(25|2004)[lh]|\x1b\[2K|\x1b\[1A|\r(?=\x1b\[(2K|1A))"  # the bar, and typing
    r"|\x1b\[2J\x1b\[H"  # a new screen
    r"|\r+\n"
)
"""What Rich and readline write of their own accord."""

SEEN = re.compile(r"\\(x1b|u001b)\[|\\u202e")
"""The hostile text, or as much of it as there is room for, as it is shown."""


SILENT = {
    *(
        "--version",
        "--help",
        "help",
        "nonsense",
        "init",
        "demo",
    ),  # they know nothing of the journal
    *("plan", "away", "prompt", "sweep"),  # they say numbers and days
}
"""What shows no text of anybody's here."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose own name is hostile."""
    path = tmp_path / f"{COLOUR}home\x9b2J\u202e"
    path.mkdir()
    return path


def environment(home: Path) -> dict[str, str]:
    """Of the process that runs all commands there."""
    key = f"x'{'5e' * 32}'"
    return {
        **{name: os.environ[name] for name in ("PATH", "CONNECT_NOW", "TZ", "TMPDIR")},
        "HOME": str(home),
        "XDG_DATA_HOME": f"{home}/data",
        "XDG_CONFIG_HOME": f"{home}/config",
        "CONNECT_KEY": key,
        "CONNECT_NEW_KEY": key,
        "EDITOR": "true",
        "PAGER": "cat",
        "TERM": "xterm-256color",
        "PYTHONUTF8": "1",
    }


def seen_on_terminal(home: Path, width: int = 80, **env: str) -> list[Answer]:
    """What each command shows there, once it is clear that no terminal would obey any of it."""
    environ = {**environment(home), **env}
    written = on_terminal("tests.faults.shown", env=environ, width=width)
    assert COLOUR not in written
    shown = answers(OURS.sub("\n", written))
    assert [each for each in shown if CONTROL.search(each[1].replace("\n", ""))] == []
    return shown


def test_a_terminal_is_shown_hostile_text_and_obeys_none(home: Path) -> None:
    """Out of every command and export, whatever the journal, the paths and the words hold."""
    shown = seen_on_terminal(home)
    verbs = {words[0] for words in COMMANDS}
    assert verbs - {words[0] for words, answer in shown if SEEN.search(answer)} == SILENT


@pytest.mark.slow
@pytest.mark.parametrize("width", [24, 250])
@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"CONNECT_DISCREET": "1"}, id="discreet"),
        pytest.param({"PYTHONIOENCODING": "ascii"}, id="ascii"),
        pytest.param({"NO_COLOR": "1", "TERM": "dumb"}, id="dumb"),
    ],
)
def test_no_terminal_of_any_kind_obeys_hostile_text(
    home: Path, width: int, env: dict[str, str]
) -> None:
    """Narrow or wide, with others looking, without letters beyond ASCII, and without colours."""
    shown = seen_on_terminal(home, width, **env)
    assert any(SEEN.search(answer) for _, answer in shown)


PROMPT = re.compile(r"\[[yY]/[nN](?:/q)?\] $|Enter for none: $|Which one stays\? $")
KEYS = re.compile(r"q quit")
LEAVING = re.compile(r"q leave[^\r\n]*: $|\(q leaves\) $")
SECRET = ("CONNECT_KEY", "CONNECT_NEW_KEY")


def asked(home: Path) -> str:
    """All that commands say which ask, when nothing but Enter and q is answered."""
    env = {name: value for name, value in environment(home).items() if name not in SECRET}
    with terminals() as run:
        child, said = run("questions", module="tests.faults.shown", **env), ""
        while (found := child.expect([PROMPT, KEYS, LEAVING, pexpect.EOF])) < 3:
            said += f"{child.before}{child.after}"
            child.send(("\r", "q", "q\r")[found])
        return said + str(child.before)


def test_no_question_at_a_terminal_shows_hostile_text_raw(home: Path) -> None:
    """Nor do the choices that stand above it, and what is said when it is left."""
    said = asked(home)
    assert COLOUR not in said
    shown = answers(OURS.sub("\n", said))[-len(ASKING) :]
    assert [words[0] for words, _ in shown] == [words[0] for words in ASKING]
    assert [each for each in shown if CONTROL.search(each[1].replace("\n", ""))] == []
    assert [words for words, answer in shown if not SEEN.search(answer)] == []


def in_pipe(home: Path) -> list[Answer]:
    """All that they write to a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.shown"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    return answers(done.stdout.decode())


def content(path: Path) -> bytes:
    """Of a file, or of all files of a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return b"".join(file.read_bytes() for file in files)


def test_an_export_in_a_pipe_is_that_in_a_file_and_all_else_is_clean(home: Path) -> None:
    """Exact to the byte, control characters and all; the rest is lines of fields."""
    written = in_pipe(home)
    exports = {words: answer.encode() for words, answer in written if words[0] == "export"}
    for name, words in EXPORTS.items():
        assert exports[words] == content(home / name), name
    assert HOSTILE.encode() in exports["export", "csv", "people", "/dev/stdout"]
    said = [each for each in written if each[0][0] != "export" or str(home) in each[0][-1]]
    assert [each for each in said if CONTROL.search(re.sub(r"[\n\t]", "", each[1]))] == []


NO_TEXT = {"pause", "offered", "inbox_line", "distinct_pair"}


def test_every_text_of_the_journal_was_hostile() -> None:
    """A table that is added has its texts listed; some have none."""
    assert COLUMNS.keys() - {"command"} == TABLES.keys() - NO_TEXT
