r"""User text made safe to show: never markup, never control.

What moves a cursor, changes a colour, breaks a line, reverses a text or hides in it is shown as a
visible escape such as `\x1b` or `\u202e`. Joiners that scripts and emoji are written with stay.
"""

import re

from connect_cli.errors import ConnectError

# Cc, Cs, Zl, Zp, and of Cf all but the characters that some script cannot be written without:
# the zero-width (non-)joiner, signs that stand before numbers, hieroglyph layout.
_RANGES = (
    ("\x00", "\x1f"),  # C0 control
    ("\x7f", "\x9f"),  # delete and C1 control
    ("\u00ad", "\u00ad"),  # soft hyphen
    ("\u061c", "\u061c"),  # Arabic letter mark
    ("\u180e", "\u180e"),  # Mongolian vowel separator
    ("\u200b", "\u200b"),  # zero-width space
    ("\u200e", "\u200f"),  # left-to-right and right-to-left mark
    ("\u2028", "\u202e"),  # line and paragraph separator, bidi embedding and override
    ("\u2060", "\u206f"),  # word joiner, invisible operators, bidi isolates, shaping controls
    ("\ud800", "\udfff"),  # lone surrogates: bytes of a file name or terminal that were not text
    ("\ufeff", "\ufeff"),  # byte order mark
    ("\ufff9", "\ufffb"),  # interlinear annotation
    ("\U0001bca0", "\U0001bca3"),  # shorthand format controls
    ("\U0001d173", "\U0001d17a"),  # musical format controls
    ("\U000e0000", "\U000e007f"),  # tag characters
)
_CLASS = "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in _RANGES)
_UNSAFE = re.compile(f"[{_CLASS}]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def clean(text: str, *, newline: str | None = None) -> str:
    """Show every control character as a visible escape.

    newline: what a line break becomes, for a caller that lays lines out itself; a tab is then a
    space. Without it both are escaped like the rest, so a record stays one line.
    """
    if newline is not None:
        text = re.sub(r"\r?\n", "\n", text).replace("\t", " ")
        return newline.join(_UNSAFE.sub(_escape, line) for line in text.split("\n"))
    return _UNSAFE.sub(_escape, text)


def one_line(text: str) -> str:
    """Clean, with any white space, line breaks included, as one space."""
    return " ".join(clean(text, newline=" ").split())


def encodable(text: str, encoding: str) -> str:
    """Show as escapes what the output's encoding cannot hold, so that writing never fails."""
    return text.encode(encoding, "backslashreplace").decode(encoding)


def json_escaped(document: str) -> str:
    r"""Escape by JSON's rules (`\u202e`) what a JSON writer leaves raw. Line ends stay."""
    return _UNSAFE.sub(_json_escape, document)


def error_text(error: ConnectError) -> str:
    """What stderr says of an error: its message, then its hint, one line each."""
    lines = [f"connect: {error.message}"]
    if error.hint:
        lines.append(f"hint: {error.hint}")
    return "".join(f"{clean(line)}\n" for line in lines)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(found: re.Match[str]) -> str:
    if found[0] == "\n":
        return "\n"
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))
