"""Which characters are shown instead of being obeyed, and that nothing writes past that."""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import connect_cli
from connect_cli.control import CONTROL, first_control, shown, shown_lines
from connect_cli.session import streams

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("one\ntwo\n", "one\ntwo\n", id="lines"),
        pytest.param("FN:Ada\r\nEND\r\n", "FN:Ada\nEND\n", id="lines of a card"),
        pytest.param("a\rb\tc\r", r"a\rb\tc\r", id="what is no line end"),
        pytest.param("\x1b[2J\n\x9b\u202e", "\\x1b[2J\n\\x9b\\u202e", id="control"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_lines_stay_lines_and_all_else_is_shown(text: str, seen: str) -> None:
    """A lone carriage return would overwrite the line."""
    assert shown_lines(text) == seen


@given(ANY_TEXT)
def test_no_control_but_line_ends_is_left_of_any_text(text: str) -> None:
    """Cleaning again changes nothing more."""
    seen = shown_lines(text)
    assert not CONTROL.search(seen.replace("\n", ""))
    assert shown_lines(seen) == seen
    assert seen.count("\n") == text.count("\n")


@given(ANY_TEXT)
def test_the_first_control_character_is_named_as_it_is_shown(text: str) -> None:
    """Nothing is named of a text that holds none."""
    named = first_control(text)
    assert bool(named) == (shown(text) != text)
    assert named in shown(text)


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
    streams.clean_terminals()
    return screen


def test_whatever_is_written_to_a_terminal_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line, in its own letters, and once however often it is asked for."""
    screen = at_screen(monkeypatch)
    streams.clean_terminals()
    assert sys.stdout.write("\x1b[1mJosé\r\n") == 10
    sys.stderr.writelines(["\x9b\n", "\\x1b\n"])
    print("\u202e")  # noqa: T201  # as a library might
    streams.give(["FN:\x07\r\n", "END\r\n"])
    assert screen.getvalue() == "\\x1b[1mJos\\xe9\n\\x9b\n\\x1b\n\\u202e\nFN:\\x07\nEND\n"


def test_no_bytes_can_be_written_past_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What draws by control sequences of its own asks for the stream behind."""
    screen = at_screen(monkeypatch)
    with pytest.raises(AttributeError, match="as they are"):
        _ = sys.stdout.buffer
    assert streams.behind(sys.stdout) is screen
    assert streams.behind(screen) is screen


def test_a_pipe_gets_bytes_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """In UTF-8, whatever its text is encoded by, and with its own line ends."""
    given = io.BytesIO()
    pipe = io.TextIOWrapper(given, "ascii")
    monkeypatch.setattr("sys.stdout", pipe)
    streams.clean_terminals()
    assert sys.stdout is pipe
    streams.give(["José\x1b\r\n", "\u202e\n"])
    assert given.getvalue() == "José\x1b\r\n\u202e\n".encode()


WAYS_PAST = {
    ("session/streams.py", "sys.stdout.buffer"),  # an export in a pipe
    ("session/screen.py", "CleanConsole"),  # Rich, which cleans the text that it draws
    ("session/progress.py", "CleanConsole"),  # as above
    ("render/terminal_console.py", "Console"),  # what that is made of
    ("session/asking.py", "input"),  # its question is cleaned
    ("session/passphrases.py", "getpass.getpass"),  # as above
    ("prompt.py", "os.write"),  # its names are cleaned
}
"""What writes to a terminal without the streams that clean, and why it may."""

WAYS = {
    *("Console", "CleanConsole", "input", "getpass.getpass", "os.write", "os.writev"),
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
