"""What is said beside the answer: on stderr, safe, and broken between words at a terminal."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from connect_cli.control import shown_lines
from connect_cli.errors import ConnectError
from connect_cli.render.safe import clean, encodable, error_text

_TYPED = ": connect "
"""How a command begins that is shown to be typed."""


def tell(text: str, *, whole: bool = False) -> None:
    """A line below what was answered: it is not data. whole: unbroken, for copying."""
    sys.stdout.flush()
    said = clean(text)
    for line in [said] if whole else _lines(said):
        sys.stderr.write(f"{line}\n")


def tell_error(error: ConnectError) -> None:
    """What was wrong, and below it what to do; what is to be typed can be copied in one piece."""
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
    """Columns of the terminal that reads this; None in a pipe."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or None
    except (OSError, ValueError):
        return None


class Cleaned:
    """A stream that ends at a terminal: control characters are shown there, line ends kept.

    It has no `buffer`, so that nothing can write bytes past it. What draws by control sequences
    of its own, as Rich does, cleans the text in them and writes to what is `behind`.
    """

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal

    def write(self, text: str) -> int:
        """Write the text, cleaned line by line, and in letters that the terminal knows."""
        seen = shown_lines(text)
        self.terminal.write(encodable(seen, self.terminal.encoding or "utf-8"))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of them."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Send on what was written."""
        self.terminal.flush()

    def isatty(self) -> bool:
        """Whether eyes read it, as they do unless the terminal is gone."""
        return self.terminal.isatty()

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self.terminal.fileno()

    @property
    def encoding(self) -> str:
        """How the terminal's letters are written as bytes."""
        return self.terminal.encoding

    @property
    def errors(self) -> str | None:
        """What becomes of a letter that the terminal does not know."""
        return self.terminal.errors

    @property
    def closed(self) -> bool:
        """Whether nothing can be written any more."""
        return self.terminal.closed


def clean_terminals() -> None:
    """From now on, whatever is written to a terminal is cleaned, whoever writes it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream.isatty() and not isinstance(stream, Cleaned):
            setattr(sys, name, Cleaned(stream))


def behind(stream: TextIO) -> TextIO:
    """The stream as it is, for what cleans its text itself."""
    return stream.terminal if isinstance(stream, Cleaned) else stream


def give(lines: Iterable[str]) -> None:
    """Write an export to standard output: on a terminal to be read, else exact to the byte."""
    if sys.stdout.isatty():
        sys.stdout.writelines(lines)
        sys.stdout.flush()
        return
    sys.stdout.buffer.writelines(line.encode("utf-8") for line in lines)
    sys.stdout.buffer.flush()


Step = Callable[[int], object]


@contextmanager
def bar(total: int | None, text: str) -> Iterator[Step]:
    """Show how far something has come, for as long as it lasts; it leaves nothing behind.

    The value is told how much of the total is done; without one, the bar only shows that work goes
    on. Off a terminal nothing is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    from connect_cli.render.rich_layout import CleanConsole  # noqa: PLC0415  # only a terminal pays for Rich

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    console = CleanConsole(file=behind(sys.stderr))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(text, total=total)
        yield lambda done: progress.update(task, completed=done)
