"""Messages on stderr, exports on stdout, and streams that clean what a terminal would obey."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from connect_cli.control_characters import shown_lines
from connect_cli.errors import ConnectError
from connect_cli.render.safe import clean, encodable, error_text

if TYPE_CHECKING:
    from connect_cli.reports import Progress

_TYPED = ": connect "
"""What comes before a command that the reader is to type."""


def tell(text: str, *, whole: bool = False) -> None:
    """Print a message on stderr, wrapped at a terminal. whole: on one line, for copying."""
    sys.stdout.flush()
    said = clean(text)
    for line in [said] if whole else _lines(said):
        sys.stderr.write(f"{line}\n")


def tell_but_last(question: str) -> str:
    """Print all lines of a question but the last, which is returned, for the answer beside it."""
    if len(question) <= (_width() or len(question)):
        return question
    *before, last = _lines(question.rstrip())
    for line in before:
        tell(line, whole=True)
    return f"{last} "


def tell_error(error: ConnectError) -> None:
    """Print an error and its hint. A line with a command to type is left whole."""
    for line in error_text(error).rstrip("\n").split("\n"):
        tell(line, whole=_TYPED in line)


def _lines(text: str) -> list[str]:
    width = _width()
    if width is None or len(text) <= width:
        return [text]
    import textwrap  # noqa: PLC0415  # only what is too long for a terminal needs it

    return textwrap.wrap(
        text, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _width() -> int | None:
    """The width of the terminal; None if stderr is not a terminal."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or None
    except (OSError, ValueError):
        return None


class Cleaned:
    """A stream to a terminal that shows control characters as escapes and keeps line ends.

    It has no `buffer`, so nothing can write bytes past it. Rich draws with control sequences of its
    own: it cleans its text by itself, and writes to the stream `behind` this one.
    """

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal

    def write(self, text: str) -> int:
        """Write the text, cleaned line by line, with escapes for what the terminal cannot show."""
        seen = shown_lines(text)
        self.terminal.write(encodable(seen, self.terminal.encoding or "utf-8"))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each line."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Flush the terminal."""
        self.terminal.flush()

    def isatty(self) -> bool:
        """Whether the terminal is still there."""
        return self.terminal.isatty()

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self.terminal.fileno()

    @property
    def encoding(self) -> str:
        """The terminal's encoding."""
        return self.terminal.encoding

    @property
    def errors(self) -> str | None:
        """What the terminal does with characters outside its encoding."""
        return self.terminal.errors

    @property
    def closed(self) -> bool:
        """Whether the stream is closed."""
        return self.terminal.closed


def clean_terminals() -> None:
    """Replace stdout and stderr by cleaned streams where they are terminals."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream.isatty() and not isinstance(stream, Cleaned):
            setattr(sys, name, Cleaned(stream))


def behind(stream: TextIO) -> TextIO:
    """The real stream, for a writer that cleans its text itself."""
    return stream.terminal if isinstance(stream, Cleaned) else stream


def give(lines: Iterable[str]) -> None:
    """Write an export to standard output: cleaned on a terminal, else exact to the byte."""
    if sys.stdout.isatty():
        sys.stdout.writelines(lines)
        sys.stdout.flush()
        return
    sys.stdout.buffer.writelines(line.encode("utf-8") for line in lines)
    sys.stdout.buffer.flush()


@contextmanager
def bar(total: int | None, text: str) -> "Iterator[Progress]":
    """Show a progress bar while work lasts, and remove it afterwards.

    Call the value with how much of `total` is done. Without a total the bar only shows that work
    goes on. Off a terminal nothing is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich import progress

    from connect_cli.render.rich_layout import CleanConsole  # noqa: PLC0415  # only a terminal pays for Rich

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
    )
    console = CleanConsole(file=behind(sys.stderr))
    with progress.Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(text, total=total)
        yield lambda done: shown.update(task, completed=done)
