"""Names taken out of the cards that the journal keeps, which fold their lines within a word."""

import quopri
import re
from collections.abc import Callable

_LINE = re.compile(r"[^\r\n]+(?:(?:\r\n|\n|\r)[ \t][^\r\n]*|(?<==)(?:\r\n|\n|\r)[^\r\n]+)*")
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_CODED = re.compile(r"(?P<head>[^:]*?);?ENCODING=QUOTED-PRINTABLE(?P<rest>[^:]*):", re.IGNORECASE)


def without(text: str, unnamed: Callable[[str], str]) -> str:
    """A card without the names that `unnamed` takes out; its other lines stay as they are."""
    return _LINE.sub(lambda line: _line(line[0], unnamed), text)


def _line(line: str, unnamed: Callable[[str], str]) -> str:
    said = _plain(line)
    changed = unnamed(said)
    return line if changed == said else changed


def _plain(line: str) -> str:
    """A line without its folds, and without what vCard 2.1 wraps it in."""
    said = _FOLD.sub("", line)
    if (coded := _CODED.match(said)) is None:
        return said
    value = quopri.decodestring(said[coded.end() :].encode()).decode("utf-8", "replace")
    value = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return f"{coded['head']}{coded['rest']}:{value}"
