"""The lines of a file of vCards without their folds, and the cards that they make.

Not every program folds: a line of a text that is neither folded nor a property of its own belongs
to the text before it. A card may contain another one (`AGENT` of 2.1, or a group of cards), or
parts of a calendar; their lines say nothing about the person of the outer card. A card without an
end is told from a card around others by what follows: only the latter ends after them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from connect_cli.exchange.normalise import LONGEST_LINE
from connect_cli.exchange.vcard_syntax import head_of, name_of, taken_apart
from connect_cli.language.calendar import word_set
from connect_cli.text_encodings import line_as_text

LONGEST_HEAD = 300
DEEPEST = 20
"""How deeply cards and other parts may be nested to be told one by one."""

MOST_BLANK = 20
"""Blank lines in a row that may stand within a text that is not folded."""

_TEXTS = frozenset(("NOTE", "LABEL", "ADR", "ORG", "TITLE", "ROLE"))
_FREE_TEXTS = frozenset(("NOTE", "LABEL"))
"""Texts in which a line such as `Remember: call Tom` is no property."""

_PICTURES = frozenset(("PHOTO", "LOGO", "SOUND", "KEY"))
_BASE64 = re.compile(r"[A-Za-z0-9+/]+=*\s*")
_KNOWN = word_set(
    "ADR AGENT ANNIVERSARY BDAY BEGIN BIRTHPLACE CALADRURI CALURI CATEGORIES CLASS CLIENTPIDMAP "
    "CONTACT-URI CREATED DEATHDATE DEATHPLACE EMAIL END EXPERTISE FBURL FN GENDER GEO GRAMGENDER "
    "HOBBY IMPP INTEREST JSPROP KEY KIND LABEL LANG LANGUAGE LOGO MAILER MEMBER N NAME NICKNAME "
    "NOTE ORG ORG-DIRECTORY PHOTO PRODID PROFILE PRONOUNS RELATED REV ROLE SOCIALPROFILE "
    "SORT-STRING SOUND SOURCE TEL TITLE TZ UID URL VERSION XML"
)
"""Properties of the versions 2.1, 3.0 and 4.0 of vCard, and of their extensions."""

_AGENT = re.compile(r"(?:[\w-]+\.)?AGENT[;:]", re.IGNORECASE)
_CARD = "VCARD"


@dataclass(slots=True, eq=False)
class Line:
    """A whole line of a file. raw: its bytes, with folds and line end.

    number: where it starts. text: without folds and line end. is_own: whether it belongs to the
    card itself rather than to something inside it. unfolded: the first line of the file that
    continues it without a fold, or 0.
    """

    number: int
    raw: bytes
    text: str
    is_own: bool = True
    unfolded: int = 0

    @property
    def end(self) -> str:
        """Its line end, which the last line of a file may lack."""
        return self.raw[len(self.raw.rstrip(b"\r\n")) :].decode()


@dataclass(slots=True)
class Card:
    """The lines of a card, from BEGIN to END.

    is_whole: whether it has an END. size: its bytes, of which a large card keeps only some.
    inner: the cards inside it. others: where something else begins inside it, such as a to-do.
    """

    lines: list[Line]
    is_whole: bool = False
    size: int = 0
    inner: list["Card"] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)

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

    A text that continues without a fold is one line too. A line longer than `longest` is cut a
    little after that, so that it shows.
    """
    held: list[Line] = []
    whole = size = 0
    for line in _without_folds(lines, longest):
        if held and len(held) - whole < MOST_BLANK and not line.text.strip():
            held.append(line)
        elif held and _continues(held[0], line):
            if size <= longest:
                held.append(line)
                whole, size = len(held), size + len(line.raw)
        else:
            yield from _joined(held, whole)
            held, whole, size = [line], 1, len(line.raw)
    yield from _joined(held, whole)


def _joined(held: Sequence[Line], whole: int) -> Iterator[Line]:
    """A property with the lines that continue it, the first `whole` of these; then the others."""
    if whole > 1:
        first = held[0]
        coded = _is_coded(first.text)
        mark = "" if coded else "=0A" if _is_wrapped(first.text) else "\\n"
        text = mark.join(line.text for line in held[:whole])
        raw = b"".join(line.raw for line in held[:whole])
        next_line = next(line.number for line in held[1:whole] if line.text.strip())
        yield Line(first.number, raw, text, unfolded=0 if coded else next_line)
        held = held[whole:]
    yield from held


def _continues(first: Line, line: Line) -> bool:
    """Whether a line that is not folded continues the property before it."""
    name = name_of(line.text[:LONGEST_HEAD])
    if name and (name.upper() in _KNOWN or name == name.upper() or name.startswith(("X-", "x-"))):
        return False
    begun = (name_of(first.text[:LONGEST_HEAD]) or "").upper()
    if name is None and _is_coded(first.text):
        return _BASE64.fullmatch(line.text) is not None
    return bool(line.text.strip()) and begun in (_FREE_TEXTS if name else _TEXTS)


def _is_coded(line: str) -> bool:
    """Whether the value of a line is a picture, or something else in base64."""
    one = taken_apart(line[:LONGEST_HEAD])
    coded = ("B", "BASE64")
    return one is not None and (
        one.name in _PICTURES or one.params.get("ENCODING", "").upper() in coded
    )


def _is_wrapped(line: str) -> bool:
    return "QUOTED-PRINTABLE" in head_of(line[:LONGEST_HEAD]).upper()


def _without_folds(lines: Iterable[bytes], longest: int) -> Iterator[Line]:
    """Each line with its folds and soft breaks."""
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


def cards(
    lines: Iterable[Line],
    largest: int = LONGEST_LINE,
    outside: Callable[[Line], object] = lambda _: None,
) -> Iterator[Card]:
    """The cards among these lines; lines beyond the size `largest` of a card are left out.

    outside: called with each line that is in no card and not blank.
    """
    reading = _Reading(largest)
    for line in lines:
        if reading.is_open or beginning(line.text) == _CARD:
            yield from reading.take(line)
        elif line.text.strip():
            outside(line)
    yield from reading.cut_off()


class _Reading:
    """The cards that are open: one, and those inside it.

    It is in doubt while a card has begun inside another one that did not announce it: then the
    outer one may lack its end.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._open: list[Card] = []
        self._within: list[str] = []
        self._last = ""
        self._doubt: int | None = None
        self._deeper = 0

    @property
    def is_open(self) -> bool:
        """Whether a card has begun that has not ended yet."""
        return bool(self._open)

    def take(self, line: Line) -> Iterator[Card]:
        """Add a line; gives the cards that are complete with it, or known to be cut off."""
        begins, ends = beginning(line.text), _ending(line.text)
        if begins == _CARD:
            yield from self._begin(line)
        line.is_own = not self._within and len(self._open) == 1
        if begins and begins != _CARD:
            if line.is_own:
                self._open[0].others.append(line)
            if len(self._within) < DEEPEST:
                self._within.append(begins)
            line.is_own = False
        self._add(line, ends=ends)
        if ends == _CARD:
            yield from self._end()
        elif ends and ends in self._within:
            del self._within[self._within.index(ends) :]

    def _begin(self, line: Line) -> Iterator[Card]:
        if self._open and not (_AGENT.match(line.text) or _AGENT.match(self._last)):
            outer = self._open[0]
            if self._doubt is not None and (len(self._open) > 1 or outer.size > self._largest):
                yield from self.cut_off()
            elif len(self._open) == 1 and self._doubt is None:
                self._doubt = len(outer.lines)
        if len(self._open) == DEEPEST:
            self._deeper += 1
            return
        self._open.append(Card([]))
        self._within = []

    def _add(self, line: Line, ends: str) -> None:
        for card in self._open:
            card.size += len(line.raw)
            if card.size <= self._largest or ends == _CARD:
                card.lines.append(line)
        if line.is_own and line.text.strip():
            self._last = line.text

    def _end(self) -> Iterator[Card]:
        if self._deeper:
            self._deeper -= 1
            return
        card = self._open.pop()
        card.is_whole, self._within, self._last = True, [], ""
        if self._open:
            self._open[-1].inner.append(card)
        else:
            self._doubt = None
            yield card

    def cut_off(self) -> Iterator[Card]:
        """The open card, which has no end; in doubt, each card inside it is one of its own."""
        if not self._open:
            return
        outer, *inside = self._open
        started, self._open, self._within, self._last = self._doubt, [], [], ""
        self._doubt, self._deeper = None, 0
        if started is None:
            yield outer
            return
        yield Card(outer.lines[:started], size=sum(len(one.raw) for one in outer.lines[:started]))
        for card in (*outer.inner, *inside):
            yield from cards(card.lines, self._largest)


def beginning(line: str) -> str:
    """What begins in a line: `VCARD`, `VTODO`; empty if nothing does."""
    word = line.strip().upper()
    if word.endswith(f":BEGIN:{_CARD}") and _AGENT.match(word):
        return _CARD
    return word[6:] if word.startswith("BEGIN:") else ""


def _ending(line: str) -> str:
    word = line.strip().upper()
    return word[4:] if word.startswith("END:") else ""


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
