"""A list of flat records in YAML, as programs write it: one key a line, texts plain or quoted.

It is no reader of YAML: what people write by hand may be in other forms, which are refused.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
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
    lines = re.split(r"\r\n|\n", text)
    begun = [(at, match) for at, line in enumerate(lines) if (match := _FIRST.match(line))]
    starts = [at for at, match in begun if match[1] == begun[0][1][1]]
    for start, end in pairwise([*starts, len(lines)]):
        try:
            yield Item(start + 1, _values(lines[start : _outside(lines, start + 1, end)]))
        except NotUnderstood as error:
            yield Item(start + 1, {}, error.message)


def _outside(lines: Sequence[str], at: int, end: int) -> int:
    """Where a record ends because the list does: at a key of the document itself."""
    inside = ("", " ", "-")
    return next((n for n in range(at, end) if lines[n][:1] not in inside), end)


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
