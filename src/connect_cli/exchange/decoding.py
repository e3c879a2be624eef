"""Bytes of other programs as text: UTF-8, UTF-16 with its mark, or what Windows wrote."""

import json
from typing import Any

LONGEST_LINE = 2**20
LARGEST_FILE = 64 * 2**20
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


def decoded(content: bytes) -> str:
    """The text of a file. Bytes that are not UTF-8 are read as Windows' Western European ones."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def json_in(content: bytes) -> Any:
    """The JSON of a file; nothing for what is none, or is nested beyond reason."""
    try:
        return json.loads(decoded(content))
    except (ValueError, RecursionError):
        return None
