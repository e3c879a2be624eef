"""The lines of vCards, taken apart and put together: folds, escapes, parameters, old spellings."""

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from connect_cli.exchange.decoding import LONGEST_LINE, decoded, line_as_text

MOST_LINES = 10_000
LONGEST_HEAD = 300
_PARAMS = r'(?P<params>(?:;[^:"]*(?:"[^"]*"[^:"]*)*)?)'
_HEAD = re.compile(rf"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+){_PARAMS}:")


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card. raw: as it stands there, unfolded."""

    name: str
    value: str
    group: str
    params: Mapping[str, str]
    raw: str


def properties(lines: Iterable[str]) -> Iterator[Property | str]:
    """The lines of a card, each taken apart; a line that is none is given as it stands."""
    for line in lines:
        if (match := _HEAD.match(line)) is None:
            yield line
            continue
        params = _params(match["params"])
        value = _plain(line[match.end() :], params)
        name, group = match["name"].upper(), match["group"] or ""
        raw = _modern(name, value, group, params) if _is_old(match["params"]) else line
        yield Property(name, value, group, params, raw)


def _is_old(params: str) -> bool:
    """Whether a line is written as only vCard 2.1 had it: wrapped, or with bare words."""
    words = params.upper().split(";")[1:]
    return "ENCODING=QUOTED-PRINTABLE" in words or any("=" not in word for word in words)


def _modern(name: str, value: str, group: str, params: Mapping[str, str]) -> str:
    """The same line as later versions write it."""
    kept = {key: said for key, said in params.items() if key not in ("ENCODING", "CHARSET")}
    said = "".join(f";{key}={text}" for key, text in kept.items())
    text = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return f"{group}.{name}{said}:{text}" if group else f"{name}{said}:{text}"


def parts(value: str, separator: str) -> list[str]:
    """A value at its separators, unescaped; those behind a backslash do not part."""
    return [unescaped(part).strip() for part in _split(value, separator)]


def unescaped(value: str) -> str:
    r"""A value without its escapes; `\n` is a line break."""
    return re.sub(r"\\([\\,;:nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def escaped(value: str) -> str:
    """A value as it stands in a card."""
    text = re.sub(r"([\\,;])", r"\\\1", value)
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def parted(name: str) -> str:
    """The line with the parts of a name, where no card says better."""
    *first, last = name.split(" ")
    if not first:
        return f"N:;{escaped(last)};;;"
    return f"N:{escaped(last)};{escaped(' '.join(first))};;;"


def said_words(name: str) -> list[str]:
    """The words of a name, in whatever order it says them."""
    return sorted(name.replace(",", " ").split())


def _split(value: str, separator: str) -> list[str]:
    found, part, escaped = [], "", False
    for letter in value:
        if letter == separator and not escaped:
            found.append(part)
            part = ""
        else:
            part += letter
        escaped = letter == "\\" and not escaped
    return [*found, part]


def unfolded(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Each whole line with the number where it starts: folds and soft breaks are undone.

    Of one that grows longer than LONGEST_LINE only what shows that it does.
    """
    parts: list[bytes] = []
    start = size = 0
    wrapped = False
    for number, line in enumerate(lines, 1):
        soft = wrapped and parts[-1].endswith(b"=")
        fold = line[:1] in (b" ", b"\t")
        if start and (soft or fold):
            if size <= LONGEST_LINE:
                parts[-1] = parts[-1][:-1] if soft else parts[-1]
                parts.append(line[1:] if fold else line)
                size += len(parts[-1])
            continue
        if start:
            yield start, line_as_text(b"".join(parts))
        parts, start, size = [line], number, len(line)
        wrapped = b"QUOTED-PRINTABLE" in line[:LONGEST_HEAD].upper()
    if start:
        yield start, line_as_text(b"".join(parts))


def cards(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str] | None]]:
    """The lines of each card, with where it begins; None for one that does not end."""
    card: list[str] = []
    start = depth = 0
    for number, line in lines:
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            if depth and not any(_is_agent(each) for each in card[-1:]):
                yield start, None
                depth = 0
            depth += 1
            if depth == 1:
                start, card = number, []
                continue
        if not depth:
            continue
        if word == "END:VCARD":
            depth -= 1
            if not depth:
                yield start, card
                continue
        if depth == 1 and len(card) < MOST_LINES and line.strip():
            card.append(line)
    if depth:
        yield start, None


def _is_agent(line: str) -> bool:
    """Whether a card stands within this one, as vCard 2.1 had it for an assistant."""
    return line.upper().startswith("AGENT")


def _params(text: str) -> dict[str, str]:
    """A line's parameters; of 2.1, which names no TYPE, the bare words are types."""
    found: dict[str, str] = {}
    for part in re.findall(r';((?:[^;"]|"[^"]*")*)', text):
        name, equals, value = part.partition("=")
        key = name.strip().upper() if equals else _bare(part)
        value = value.strip('"') if equals else part
        found[key] = f"{found[key]},{value}" if key in found else value
    return found


def _bare(word: str) -> str:
    return "ENCODING" if word.strip().upper() in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"


def _plain(value: str, params: Mapping[str, str]) -> str:
    """A value as text, whatever 2.1 wrapped it in."""
    if params.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return value
    octets = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    try:
        return octets.decode(params.get("CHARSET", "utf-8"))
    except (LookupError, ValueError):
        return decoded(octets)
