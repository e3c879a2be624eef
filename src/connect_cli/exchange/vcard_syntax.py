"""The syntax of one line of a vCard: parts, escapes, parameters, and the old spellings of 2.1."""

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from connect_cli.text_encodings import decoded

FOLD_BYTES = 75
_PARAMS = r'(?P<params>(?:;[^:"]*(?:"[^"]*"[^:"]*)*)?)'
_PARAM = re.compile(r';((?:[^;"]|"[^"]*")*)')
_HEAD = re.compile(rf"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+){_PARAMS}:")


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card in its parts. raw: the unfolded line."""

    name: str
    value: str
    group: str
    params: Mapping[str, str]
    raw: str


def properties(lines: Iterable[str]) -> Iterator[Property | str]:
    """The lines of a card in their parts; an invalid line is returned as text."""
    return (taken_apart(line) or line for line in lines)


def taken_apart(line: str) -> Property | None:
    """A line of a card in its parts; None for an invalid line."""
    if (match := _HEAD.match(line)) is None:
        return None
    params = _params(match["params"])
    value = _plain(line[match.end() :], params)
    name, group = match["name"].upper(), match["group"] or ""
    raw = _modern(name, value, group, params) if _is_old(match["params"]) else line
    return Property(name, value, group, params, raw)


def head_of(line: str) -> str:
    """The part of a line before its value, with the colon."""
    match = _HEAD.match(line)
    return match[0] if match else ""


def name_of(line: str) -> str | None:
    """The name of the property in a line, as it is written; None for an invalid line."""
    match = _HEAD.match(line)
    return None if match is None else match["name"]


def _is_old(params: str) -> bool:
    """Whether a line is in the form of vCard 2.1: quoted-printable, or with bare parameters."""
    words = _PARAM.findall(params.upper())
    return "ENCODING=QUOTED-PRINTABLE" in words or any("=" not in word for word in words)


def _modern(name: str, value: str, group: str, params: Mapping[str, str]) -> str:
    """The same line as later versions write it."""
    kept = {key: said for key, said in params.items() if key not in ("ENCODING", "CHARSET")}
    said = "".join(f";{key}={text}" for key, text in kept.items())
    text = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return f"{group}.{name}{said}:{text}" if group else f"{name}{said}:{text}"


def parts(value: str, separator: str) -> list[str]:
    """A value split at its separators and unescaped; an escaped separator does not split."""
    return [unescaped(part).strip() for part in raw_parts(value, separator)]


def unescaped(value: str) -> str:
    r"""A value without its escapes; `\n` is a line break."""
    return re.sub(r"\\([\\,;:nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def escaped(value: str) -> str:
    """A value with the escapes of a card."""
    text = re.sub(r"([\\,;])", r"\\\1", value)
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def folded(line: str, end: str = "\r\n") -> str:
    """A line in pieces of at most 75 bytes, split between characters."""
    found, piece, size = [], "", 0
    for letter in line.replace("\r", " ").replace("\n", " "):
        width = len(letter.encode("utf-8"))
        if size + width > FOLD_BYTES:
            found.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return (end or "\r\n").join([*found, piece])


def parted(name: str) -> str:
    """The parts of a name as a card writes them: the last word is the family name."""
    *first, last = name.split(" ")
    if not first:
        return f";{escaped(last)};;;"
    return f"{escaped(last)};{escaped(' '.join(first))};;;"


def said_words(name: str) -> list[str]:
    """The words of a name, sorted."""
    return sorted(name.replace(",", " ").split())


def raw_parts(value: str, separator: str = ",") -> list[str]:
    """A value split at its separators, still escaped."""
    found, part, escaped = [], "", False
    for letter in value:
        if letter == separator and not escaped:
            found.append(part)
            part = ""
        else:
            part += letter
        escaped = letter == "\\" and not escaped
    return [*found, part]


def _params(text: str) -> dict[str, str]:
    """The parameters of a line; in 2.1 bare words are types or encodings."""
    found: dict[str, str] = {}
    for part in _PARAM.findall(text):
        name, equals, value = part.partition("=")
        key = name.strip().upper() if equals else _bare(part)
        value = value.strip('"') if equals else part
        found[key] = f"{found[key]},{value}" if key in found else value
    return found


def _bare(word: str) -> str:
    return "ENCODING" if word.strip().upper() in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"


def _plain(value: str, params: Mapping[str, str]) -> str:
    """A value as text, without the quoted-printable of 2.1."""
    if params.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return value
    octets = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    try:
        return octets.decode(params.get("CHARSET", "utf-8"))
    except (LookupError, ValueError):
        return decoded(octets)
