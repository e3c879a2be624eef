"""A list of flat records in YAML, as programs write it: one key a line, texts plain or quoted.

It is no reader of YAML: what people write by hand may be in other forms, which are refused.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.decoding import LONGEST_LINE

_KEY = re.compile(r"( *)(- )?([A-Za-z_][\w-]*):(?: +(.*))?")
_FIRST = re.compile(r"( *)- [A-Za-z_][\w-]*:")
_BLOCK = re.compile(r"\|([1-9]?)([+-]?)")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_LETTERS = dict(zip("ntr0abefvN_LP", "\n\t\r\0\a\b\x1b\f\v\x85\xa0\u2028\u2029", strict=True))
_NOTHING = ("null", "~", "")
_UNKNOWN = ("&", "*", "!", ">", "{", "[", "@", "`", "%")
"""What a value begins with that is no text: it is in a form that is not read here."""


class Item(NamedTuple):
    """A record of the list. line: where it begins. wrong: why it cannot be read, or nothing."""

    line: int
    values: dict[str, str]
    wrong: str = ""


def items(text: str) -> Iterator[Item]:
    """The records of the lists in a document; one that cannot be read is told alone."""
    record: list[str] = []
    start, indent = 0, -1
    for number, ended in enumerate(io.StringIO(text), 1):
        line = ended.rstrip("\r\n")
        match = _FIRST.match(line)
        begins = match is not None and indent in (-1, len(match[1]))
        outside = line[:1] not in ("", " ", "-")  # a key of the document itself: the list is over
        if record and (begins or outside):
            yield _item(start, record)
            record = []
        if match is not None and begins:
            start, indent = number, len(match[1])
        if begins or record:
            record.append(line)
    if record:
        yield _item(start, record)


def _item(start: int, record: Sequence[str]) -> Item:
    try:
        return Item(start, _values(record))
    except NotUnderstood as error:
        return Item(start, {}, error.message)


def _values(lines: Sequence[str]) -> dict[str, str]:
    """The fields of one record. Raises NotUnderstood."""
    values: dict[str, str] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE or (match := _KEY.fullmatch(line)) is None:
            raise NotUnderstood(f"this is not understood: {line.strip()[:40]}")
        indent = len(match[1]) + len(match[2] or "")
        said = match[4] or ""
        if block := _BLOCK.fullmatch(said.strip()):
            end = _end(lines, at, indent)
            values[match[3]] = _block(lines[at:end], indent, *block.groups())
            at = end
        else:
            values[match[3]] = _scalar(said.strip())
    return values


def _end(lines: Sequence[str], at: int, indent: int) -> int:
    """The line behind a text whose lines stand further in than its key."""
    while at < len(lines) and (not lines[at].strip() or lines[at][: indent + 1].isspace()):
        at += 1
    return at


def _block(lines: Sequence[str], indent: int, deeper: str, end: str) -> str:
    """A text of several lines."""
    first = next((line for line in lines if line.strip()), "")
    cut = indent + int(deeper) if deeper else len(first) - len(first.lstrip(" "))
    text = "\n".join(line[cut:] for line in lines)
    return f"{text}\n" if end == "+" else text.rstrip("\n") + ("" if end == "-" else "\n")


def _scalar(said: str) -> str:
    """A text of one line. Raises NotUnderstood."""
    if said in _NOTHING:
        return ""
    if said.startswith('"'):
        return _quoted(said)
    if said.startswith("'"):
        if len(said) < 2 or not said.endswith("'"):
            raise NotUnderstood(f"this is not understood: {said[:40]}")
        return said[1:-1].replace("''", "'")
    if said.startswith(_UNKNOWN):
        raise NotUnderstood(f"this is not understood: {said[:40]}")
    return said.partition(" #")[0].rstrip()


def _quoted(said: str) -> str:
    if re.fullmatch(r'"(?:[^"\\]|\\.)*"', said) is None:
        raise NotUnderstood(f"this is not understood: {said[:40]}")
    return _ESCAPE.sub(_letter, said[1:-1])


def _letter(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] in "xuU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return _LETTERS.get(code, code)
