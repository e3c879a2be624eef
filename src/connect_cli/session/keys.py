"""One key at a time: the terminal gives each at once, and is put back whatever happens."""

import os
import select
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

ESCAPE = b"\x1b"
END = b"\x04"
LONGEST_SEQUENCE = 64
SEQUENCE_SECONDS = 0.05


def read_key() -> str:
    """The next key, in lower case; nothing at the end of input, or for one that is no character.

    Ctrl-C is an interrupt as ever. What was typed ahead is kept. Enter is a newline, though Python
    3.12.0 and 3.12.1 leave it as it comes.
    """
    descriptor = sys.stdin.fileno()
    with _at_once(descriptor):
        byte = os.read(descriptor, 1)
        while byte == ESCAPE:
            _swallow(descriptor)
            byte = os.read(descriptor, 1)
    if byte == END:
        return ""
    return byte.decode("ascii", "replace").lower().replace("\r", "\n")


@contextmanager
def _at_once(descriptor: int) -> Iterator[None]:
    """Let keys through as they are pressed, unseen."""
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _swallow(descriptor: int) -> None:
    """Drop the rest of an arrow's or a function key's sequence: its letters were not typed."""
    if select.select([descriptor], [], [], SEQUENCE_SECONDS)[0]:
        os.read(descriptor, LONGEST_SEQUENCE)
