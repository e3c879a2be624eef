"""User text made safe to show: control characters become visible escapes, private texts hidden."""

import re

from connect_cli.control_characters import CONTROL, shown
from connect_cli.errors import ConnectError

HIDDEN = "..."
"""Replaces a note, a detail or a promise on a shared screen."""


def clean(text: str, *, newline: str | None = None) -> str:
    """Show every control character as a visible escape.

    newline: what a line break becomes, for a caller that lays out lines itself; a tab then
    becomes a space. Without it both are escaped like the rest, so that a record stays on one line.
    """
    if newline is not None:
        text = re.sub(r"\r?\n", "\n", text).replace("\t", " ")
        return newline.join(shown(line) for line in text.split("\n"))
    return shown(text)


def safe_beginning(text: str) -> str:
    """The beginning of a text, up to the first character that `clean` would escape."""
    return CONTROL.split(text, maxsplit=1)[0]


def one_line(text: str) -> str:
    """Clean a text, and turn every run of white space into one space."""
    return " ".join(clean(text, newline=" ").split())


def encodable(text: str, encoding: str) -> str:
    """Turn characters outside the output's encoding into escapes, so that writing never fails."""
    return text.encode(encoding, "backslashreplace").decode(encoding)


def json_escaped(document: str) -> str:
    r"""Escape the control characters that a JSON writer leaves raw (`\u202e`). Line ends stay."""
    return CONTROL.sub(_json_escape, document)


def error_text(error: ConnectError) -> str:
    """An error as stderr shows it: its message, then its hint, one line each, then its steps."""
    lines = [f"connect: {error.message}"]
    if error.hint:
        lines += [f"hint: {error.hint}", *error.steps]
    return "".join(f"{clean(line)}\n" for line in lines)


def _json_escape(found: re.Match[str]) -> str:
    if found[0] == "\n":
        return "\n"
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))
