"""Where the answer goes: a terminal, a pipe, a disk that is full, and streams that were closed."""

import ast
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import connect_cli
from connect_cli.terminal import output
from tests.conftest import Connect

FULL = "/dev/full"
needs_full = pytest.mark.skipif(
    not os.path.exists(FULL),  # noqa: PTH110  # a device, not a file of ours
    reason="this system has no /dev/full",
)


def shell(line: str) -> "subprocess.CompletedProcess[str]":
    """Run a line in which `connect` stands for the program."""
    program = f'connect() {{ {sys.executable} -m connect_cli "$@"; }}'
    return subprocess.run(
        ["/bin/sh", "-c", f"{program}\n{line}"], capture_output=True, text=True, check=False
    )


@needs_full
@pytest.mark.parametrize("words", ["today", "export jsonl", "--help", "people --json"])
def test_an_answer_that_finds_no_room_is_said_in_one_line(connect: Connect, words: str) -> None:
    """Exit 1, and nothing but the line and its hint."""
    connect("add", "Ada", "--every", "1w")
    ran = shell(f"connect {words} >{FULL}")
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "connect: the answer could not be written: No space left on device",
        "hint: to see what was done: connect changes",
    ]


@needs_full
def test_what_was_logged_is_kept_though_the_answer_found_no_room(connect: Connect) -> None:
    """The journal was written before the answer was tried."""
    connect("add", "Ada")
    assert shell(f"connect log 'coffee with ada' >{FULL}").returncode == 1
    assert connect("history").out.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("connect history >&-", 0),
        ("connect prompt >&-", 0),
        ("connect history 2>&-", 0),
        ("connect log - <&-", 2),
        ("connect forget ada <&-", 1),
    ],
)
def test_a_closed_stream_is_no_stumbling_block(connect: Connect, line: str, code: int) -> None:
    """No traceback, and no file of the journal in its place."""
    connect("add", "Ada")
    ran = shell(line)
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert connect("people").out.split("\t")[1] == "Ada"


class Screen(io.StringIO):
    """A terminal that keeps what it was given."""

    encoding = "ascii"

    def isatty(self) -> bool:
        """As a terminal says of itself."""
        return True


def at_screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Standard output and error at a terminal that knows ASCII only, for the rest of a test."""
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setattr("sys.stderr", screen)
    output.clean_terminals()
    return screen


def test_whatever_is_written_to_a_terminal_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line, in its own letters, and once however often it is asked for."""
    screen = at_screen(monkeypatch)
    output.clean_terminals()
    assert sys.stdout.write("\x1b[1mJosé\r\n") == 10
    sys.stderr.writelines(["\x9b\n", "\\x1b\n"])
    print("\u202e")  # noqa: T201  # as a library might
    output.give(["FN:\x07\r\n", "END\r\n"])
    assert screen.getvalue() == "\\x1b[1mJos\\xe9\n\\x9b\n\\x1b\n\\u202e\nFN:\\x07\nEND\n"


def test_no_bytes_can_be_written_past_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What draws by control sequences of its own asks for the stream behind."""
    screen = at_screen(monkeypatch)
    output.clean_terminals()
    assert not hasattr(sys.stdout, "buffer")
    assert output.behind(sys.stdout) is screen
    assert output.behind(screen) is screen


def test_a_pipe_gets_bytes_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """In UTF-8, whatever its text is encoded by, and with its own line ends."""
    given = io.BytesIO()
    pipe = io.TextIOWrapper(given, "ascii")
    monkeypatch.setattr("sys.stdout", pipe)
    output.clean_terminals()
    assert sys.stdout is pipe
    output.give(["José\x1b\r\n", "\u202e\n"])
    assert given.getvalue() == "José\x1b\r\n\u202e\n".encode()


WAYS_PAST = {
    ("terminal/output.py", "sys.stdout.buffer"),  # an export in a pipe
    ("terminal/output.py", "CleanConsole"),  # Rich, which cleans the text that it draws
    ("terminal/output.py", "behind"),  # where it writes
    ("terminal/screen.py", "CleanConsole"),  # as above
    ("terminal/screen.py", "behind"),
    ("render/rich_layout.py", "Console"),  # what that is made of
    ("terminal/prompts.py", "input"),  # its question is cleaned
    ("terminal/prompts.py", "getpass.getpass"),  # as above
    ("cli/prompt.py", "os.write"),  # its names are cleaned
}
"""What writes to a terminal without the streams that clean, and why it may."""

WAYS = {
    *("Console", "rich.console.Console", "CleanConsole", "behind"),
    *("input", "builtins.input"),
    *("getpass.getpass", "getpass.unix_getpass", "os.write", "os.writev"),
    *("sys.stdout.buffer", "sys.stderr.buffer", "sys.__stdout__", "sys.__stderr__"),
}


def ways(source: Path) -> Iterator[str]:
    """Those that a file of the program takes."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (called := ast.unparse(node.func)) in WAYS:
            yield called
        elif isinstance(node, ast.Attribute) and (named := ast.unparse(node)) in WAYS:
            yield named
        elif isinstance(node, ast.ClassDef):
            yield from WAYS & {ast.unparse(base) for base in node.bases}
        elif isinstance(node, ast.Constant) and node.value in ("/dev/tty", "/dev/stdout"):
            yield str(node.value)


def test_nothing_writes_to_a_terminal_past_what_cleans() -> None:
    """A way that is added is added here, with what cleans its text."""
    home = Path(connect_cli.__file__).parent
    found = {
        (str(path.relative_to(home)), way) for path in home.rglob("*.py") for way in ways(path)
    }
    assert found == WAYS_PAST
