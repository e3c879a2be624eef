"""The text of a file, whatever it is encoded in."""

import re

MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))

CUT = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r?\n[ \t])([\x80-\xbf]{1,3})")
"""A fold of a card or calendar inside a letter, which the standards allow."""

FEWEST_NULS = 16
"""At least so often a byte of unmarked UTF-16 is NUL: once in eight letters, such as its blanks."""

_LONG_FROM = (0xE0, 0xF0)
"""The lowest first bytes of UTF-8 letters with three and with four bytes."""


def decoded(content: bytes) -> str:
    """The text of a file. Lines that are neither UTF-16 nor UTF-8 are read as Windows-1252."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if (unmarked := _unmarked(content)) is not None:
        return content.decode(unmarked, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        lines = CUT.sub(mended, content).splitlines(keepends=True)
        return "".join(map(line_as_text, lines))


def _unmarked(content: bytes) -> str | None:
    """Which UTF-16 it is without a mark: one byte of each letter below U+0100 is NUL."""
    first, second = content[::2].count(0), content[1::2].count(0)
    if (first + second) * FEWEST_NULS < max(len(content), 1):
        return None
    if first * FEWEST_NULS < second:
        return "utf-16-le"
    return "utf-16-be" if second * FEWEST_NULS < first else None


def line_as_text(line: bytes) -> str:
    """One line, from UTF-8 or Windows-1252."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def mended(cut: re.Match[bytes]) -> bytes:
    """The fold moved behind the letter that it split; the number of lines stays the same."""
    begun, fold, rest = cut.groups()
    missing = 2 + sum(begun[0] >= first for first in _LONG_FROM) - len(begun)
    if not 0 < missing <= len(rest):
        return cut[0]
    return begun + rest[:missing] + fold + rest[missing:]
