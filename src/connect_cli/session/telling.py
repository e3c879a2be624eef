"""What is said beside the answer: on stderr, safe, and broken between words at a terminal."""

import os
import sys

from connect_cli.errors import ConnectError
from connect_cli.render.safe import clean, error_text

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
    import textwrap  # only what is too long for a terminal needs it

    return textwrap.wrap(
        text, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _width() -> int | None:
    """Columns of the terminal that reads this; None in a pipe."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or None
    except (OSError, ValueError):
        return None
