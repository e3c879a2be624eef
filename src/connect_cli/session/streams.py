"""Standard output and error: a terminal is shown clean text, a pipe or file gets exact bytes."""

import sys
from collections.abc import Iterable
from typing import TextIO

from connect_cli.control import shown_lines
from connect_cli.render.safe import encodable


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
