"""A line as tokens: its words, tags, and what is neither, each with the mark that stands before."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from connect_cli.language.calendar import MONTH
from connect_cli.language.tags import tag_end
from connect_cli.language.times import with_decimals
from connect_cli.language.words import UNSEEN, fold

# Commas, points and slashes belong to a number (1,5h 3.11.2026 3/4) and separate other words.
_PIECE = (
    r"(?P<tag>#)|(?P<with>[wW]/)"
    r"|(?P<word>[0-9](?:[^\s,;&+()\[\]{}\"“”«»<>!?…—]|,(?=[0-9]))*"
    r"|[^\s,;:&+/、，；()\[\]{}\"“”«»<>!?…—]+)"
    r"|(?P<list>[,&+/、，])|(?P<quote>[\"“”«»])|(?P<stop>.)"
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_DASHES = frozenset("-–—―~*·•|")
_SHORT = (
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thu|thurs?|fri|sat|sun"
    r")"
)
_LONGEST_TIME = 10
_ENDS_TIME = r"[0-9](?:[:h][0-9]{2}| ?[ap]m) *$"
_BEGINS_TIME = r" *[0-9]{1,2}(?:[:h][0-9]{2}| ?[ap]m)"
_UNIT = r"(?:mins?|hrs?)"
_TITLE = r"(?:dr|mrs?|ms|prof|st|jr|sr|[^\W\d_])"


class Token(NamedTuple):
    """A word, a tag, or something that is neither (a URL, an address, an emoji).

    text: as typed, without punctuation and possessive; head[start:end].
    word: folded. before: what separates it from the word before: nothing, a list mark or a stop.
    capital: it begins with a capital, or with a letter of a script that has no capitals.
    aside: it stands in brackets.
    """

    text: str
    start: int
    end: int
    word: str
    before: Literal["", ",", "."]
    sort: Literal["word", "tag", "other"] = "word"
    capital: bool = False
    possessive: bool = False
    at_sign: bool = False
    aside: bool = False


class Tokenizer:
    """Parts a line into tokens, from left to right, in time proportional to its length."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.before: Literal["", ",", "."] = "."
        self.aside = False
        self.shouted = False

    def read(self, start: int, stop: int) -> Iterator[Token]:
        """The tokens of line[start:stop]; what separates them from the part before goes on."""
        part = self.line[start:stop]
        self.shouted = part.isupper() and " " in part
        for chunk in re.compile(r"\S+").finditer(self.line, start, stop):
            if _opaque(chunk[0]):
                yield self._token(chunk.start(), chunk.end(), "other")
            elif chunk[0] == "@":
                yield self._token(chunk.start(), chunk.end(), "word", "at")
            elif not _DASHES.issuperset(chunk[0]):
                yield from self._pieces(chunk.start(), chunk.end())
            elif self._is_between_times(chunk.start(), chunk.end()):
                yield self._token(chunk.start(), chunk.end(), "word", "-")
            else:
                self.before = "."

    def _is_between_times(self, start: int, end: int) -> bool:
        """Whether a dash stands for `to`, as in `18:05 - 19:30`."""
        before = self.line[max(0, start - _LONGEST_TIME) : start].casefold()
        after = self.line[end : end + _LONGEST_TIME].casefold()
        return bool(re.search(_ENDS_TIME, before) and re.match(_BEGINS_TIME, after))

    def _pieces(self, at: int, end: int) -> Iterator[Token]:
        while at < end:
            piece = re.compile(_PIECE).match(self.line, at, end)
            assert piece is not None  # noqa: S101 # the pattern takes any character that is not blank
            at = piece.end()
            if piece["word"]:
                yield from self._word(piece.start(), at)
            elif piece["with"]:
                yield self._token(piece.start(), at, "word", "with")
            elif piece["tag"]:
                at = tag_end(self.line, piece.start())
                yield self._token(piece.start(), max(at, piece.end()), "tag")
                at = max(at, piece.end())
            elif piece["stop"] == "—" and self._is_between_times(piece.start(), at):
                yield self._token(piece.start(), at, "word", "-")
            elif not piece["quote"]:
                stop = piece["stop"] or ""
                self.aside = stop in _OPENING or (self.aside and stop not in _CLOSING)
                self.before = "," if piece["list"] and self.before != "." else "."

    def _word(self, start: int, end: int) -> Iterator[Token]:
        text = self.line[start:end]
        bare = text.lstrip(f"'‘’*_.:@~-–—{UNSEEN}")
        start = end - len(bare)
        at_sign = self.line[max(0, start - 1) : start] == "@"
        bare = bare.rstrip(f"'’‘.:*_-–—{UNSEEN}")
        tail = text.rstrip("'’‘*_")[-1:]
        if bare:
            yield self._token(start, start + len(bare), "word", at_sign=at_sign)
            if tail in ":-–—" or (tail == "." and self._is_stop(bare, end)):
                self.before = "."

    def _is_stop(self, bare: str, end: int) -> bool:
        """Whether a point ends a sentence: not in `Nov. 3`, but in `45 min. She`."""
        word = bare.casefold()
        if re.fullmatch(_TITLE, word):
            return False
        if re.fullmatch(_UNIT, word):
            return True
        if bare.isdecimal():
            return not re.match(rf" +(?:{MONTH})(?!\w)", self.line[end:].casefold())  # `5. March`
        return not re.fullmatch(_SHORT, word) or self.line[end : end + 2].strip().isupper()

    def _token(
        self,
        start: int,
        end: int,
        sort: Literal["word", "tag", "other"],
        word: str | None = None,
        *,
        at_sign: bool = False,
    ) -> Token:
        text = self.line[start:end]
        owner = _owner(text) if sort == "word" else text
        if sort == "word" and word is None and not any(map(str.isalnum, owner)):
            sort = "other"
        token = Token(
            owner,
            start,
            start + len(owner),
            word or self._spelling(owner, end),
            self.before,
            sort,
            capital=not self.shouted and _is_capital(owner),
            possessive=owner != text or self._owner_in_s(start, end),
            at_sign=at_sign,
            aside=self.aside,
        )
        self.before = ""
        return token

    def _spelling(self, text: str, end: int) -> str:
        """The folded word; figures keep the mark that says what they are: `10.03.`, `45'`."""
        mark = self.line[end : end + 1]
        dated = mark == "." and re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}", text)
        minutes = mark in ("'", "’", "′") and re.fullmatch(r"(?:[0-9]{1,2}h)?[0-9]{1,3}", text)
        return fold(with_decimals(f"{text}{mark}" if dated or minutes else text))

    def _owner_in_s(self, start: int, end: int) -> bool:
        """Whether it is a possessive like `James'`, rather than the end of a quotation."""
        quoted = self.line[max(0, start - 1) : start] in ("'", "‘")
        return self.line[end - 1 : end + 1] in ("s'", "s’") and not quoted


def _opaque(chunk: str) -> bool:
    return "://" in chunk or "@" in chunk[1:] or chunk[:4].casefold() == "www."


def _owner(text: str) -> str:
    """`Ada` for `Ada's`."""
    return text[:-2] if len(text) > 2 and text[-2] in "'’" and text[-1] in "sS" else text


def _is_capital(text: str) -> bool:
    letter = next(filter(str.isalpha, text), "a")
    return not letter.islower()
