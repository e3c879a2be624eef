"""The syntax of vCards: lines, folds, escapes, parameters, and the old spellings of 2.1."""

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from connect_cli.exchange.normalise import LONGEST_LINE, decoded, line_as_text

LONGEST_HEAD = 300
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


@dataclass(slots=True, eq=False)
class Line:
    """A whole line of a file. raw: its bytes, with folds and line end.

    number: where it starts. text: without folds and line end. is_own: whether it belongs to the
    card itself rather than to a card inside it.
    """

    number: int
    raw: bytes
    text: str
    is_own: bool = True

    @property
    def end(self) -> str:
        """Its line end, which the last line of a file may lack."""
        return self.raw[len(self.raw.rstrip(b"\r\n")) :].decode()


@dataclass(slots=True)
class Card:
    """The lines of a card, from BEGIN to END.

    is_whole: whether it has an END. size: its bytes, of which a large card keeps only some.
    """

    lines: list[Line]
    is_whole: bool = False
    size: int = 0

    @property
    def number(self) -> int:
        """The line of the file where it begins."""
        return self.lines[0].number

    @property
    def own(self) -> list[Line]:
        """The lines that say something about the person of the card."""
        return [line for line in self.lines[1:-1] if line.is_own and line.text.strip()]


def whole_lines(lines: Iterable[bytes], longest: int = LONGEST_LINE) -> Iterator[Line]:
    """Each whole line, with folds and soft breaks undone in its text.

    A line longer than `longest` is cut a little after that, so that it shows.
    """
    pieces: list[bytes] = []
    start = size = 0
    wrapped = False
    for number, line in enumerate(lines, 1):
        soft = wrapped and pieces[-1].rstrip(b"\r\n").endswith(b"=")
        if pieces and (soft or line[:1] in (b" ", b"\t")):
            if size <= longest:
                pieces.append(line)
                size += len(line)
            continue
        if pieces:
            yield _whole(start, pieces, wrapped=wrapped)
        pieces, start, size = [line], number, len(line)
        wrapped = b"QUOTED-PRINTABLE" in line[:LONGEST_HEAD].upper()
    if pieces:
        yield _whole(start, pieces, wrapped=wrapped)


def _whole(number: int, pieces: Sequence[bytes], *, wrapped: bool) -> Line:
    if len(pieces) == 1:
        return Line(number, pieces[0], line_as_text(pieces[0].rstrip(b"\r\n")))
    bare = [piece.rstrip(b"\r\n") for piece in pieces]
    text = [bare[0], *(one[one[:1] in (b" ", b"\t") :] for one in bare[1:])]
    if wrapped:
        text[:-1] = [one.removesuffix(b"=") for one in text[:-1]]
    return Line(number, b"".join(pieces), line_as_text(b"".join(text)))


def cards(lines: Iterable[Line], largest: int = LONGEST_LINE) -> Iterator[Card]:
    """The cards among these lines; lines beyond the size `largest` of a card are left out."""
    card = Card([])
    depth = 0
    last = ""
    for line in lines:
        word = line.text.strip().upper()
        if word == "BEGIN:VCARD":
            if depth and not _is_agent(last):
                yield card
                depth = 0
            depth += 1
            if depth == 1:
                card = Card([])
        if not depth:
            continue
        line.is_own = depth == 1
        card.size += len(line.raw)
        if card.size <= largest or word == "END:VCARD":
            card.lines.append(line)
        last = line.text if word and depth == 1 else last
        if word == "END:VCARD":
            depth -= 1
            if not depth:
                card.is_whole = True
                yield card
    if depth:
        yield card


def text_of(card: Card) -> str:
    """The text of a stored card."""
    return b"".join(line.raw for line in card.lines).decode("utf-8", "surrogatepass")


def separated(texts: Iterable[str], end: str = "\r\n") -> Iterator[str]:
    """Texts one after the other, with a line end added where one is missing."""
    before = ""
    for text in texts:
        if before and not before.endswith(("\n", "\r")):
            yield end
        yield text
        before = text


def in_text(text: str) -> tuple[list[Card], list[str]]:
    """The cards of a stored text, and the lines outside of them."""
    raw = text.encode("utf-8", "surrogatepass").splitlines(keepends=True)
    lines = list(whole_lines(raw))
    found = [card for card in cards(lines) if card.is_whole]
    inside = {line.number for card in found for line in card.lines}
    return found, [line.text for line in lines if line.number not in inside and line.text]


def _is_agent(line: str) -> bool:
    """Whether a card follows inside this one, as in vCard 2.1 for an assistant."""
    return line.upper().startswith("AGENT")


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
