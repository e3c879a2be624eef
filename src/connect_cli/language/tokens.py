"""The words of a log line's head, each with its place and what parts it from the one before."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from connect_cli.language.durations import with_decimals
from connect_cli.language.tags import tag_end
from connect_cli.language.words import fold

# A number may hold commas, points and slashes (1,5h 3.11.2026 3/4); in other words they part.
_PIECE = (
    r"(?P<tag>#)|(?P<with>[wW]/)"
    r"|(?P<word>[0-9](?:[^\s,;&+()\[\]{}\"“”«»<>!?…]|,(?=[0-9]))*"
    r"|[^\s,;:&+/、，；()\[\]{}\"“”«»<>!?…]+)"
    r"|(?P<list>[,&+/、，])|(?P<quote>[\"“”«»])|(?P<stop>.)"
)
_DASHES = frozenset("-–—―~*·•|")
_BEFORE_POINT = (
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thu|thurs?|fri|sat|sun"
    r"|dr|mrs?|ms|prof|st|jr|sr|mins?|hrs?|[^\W\d_])"
)


class Token(NamedTuple):
    """A word, a tag, or something that is neither (a URL, an address, an emoji).

    text: as typed, without punctuation and possessive; head[start:end].
    word: folded. before: what parts it from the word before: nothing, a list mark, a stop.
    capital: begins with a capital, or with a letter of a script that has none.
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


def tokens_of(head: str) -> list[Token]:
    """The tokens of a head, from left to right; takes time in proportion to its length."""
    return list(_Tokenizer(head).read())


class _Tokenizer:
    def __init__(self, head: str) -> None:
        self.head = head
        self.before: Literal["", ",", "."] = "."
        self.shouted = head.isupper() and " " in head

    def read(self) -> Iterator[Token]:
        for chunk in re.finditer(r"\S+", self.head):
            if _opaque(chunk[0]):
                yield self._token(chunk.start(), chunk.end(), "other")
            elif not _DASHES.issuperset(chunk[0]):
                yield from self._pieces(chunk.start(), chunk.end())
            else:
                self.before = "."

    def _pieces(self, at: int, end: int) -> Iterator[Token]:
        while at < end:
            piece = re.compile(_PIECE).match(self.head, at, end)
            assert piece is not None  # noqa: S101 # the pattern takes any character that is not blank
            at = piece.end()
            if piece["word"]:
                yield from self._word(piece.start(), at)
            elif piece["with"]:
                yield self._token(piece.start(), at, "word", "with")
            elif piece["tag"]:
                at = tag_end(self.head, piece.start())
                yield self._token(piece.start(), max(at, piece.end()), "tag")
                at = max(at, piece.end())
            elif not piece["quote"]:
                self.before = "," if piece["list"] and self.before != "." else "."

    def _word(self, start: int, end: int) -> Iterator[Token]:
        text = self.head[start:end]
        bare = text.lstrip("'‘’*_.:@~-–—")
        start = end - len(bare)
        at_sign = self.head[max(0, start - 1) : start] == "@"
        bare = bare.rstrip("'’‘.:*_-–—")
        tail = text.rstrip("'’‘*_")[-1:]
        if bare:
            yield self._token(start, start + len(bare), "word", at_sign=at_sign)
            if tail in ":-–—" or (tail == "." and not re.fullmatch(_BEFORE_POINT, bare.casefold())):
                self.before = "."

    def _token(
        self,
        start: int,
        end: int,
        sort: Literal["word", "tag", "other"],
        word: str | None = None,
        *,
        at_sign: bool = False,
    ) -> Token:
        text = self.head[start:end]
        owner = _owner(text) if sort == "word" else text
        if sort == "word" and not any(map(str.isalnum, owner)):
            sort = "other"
        token = Token(
            owner,
            start,
            start + len(owner),
            word or fold(with_decimals(owner)),
            self.before,
            sort,
            capital=not self.shouted and _is_capital(owner),
            possessive=owner != text or self._owner_in_s(start, end),
            at_sign=at_sign,
        )
        self.before = ""
        return token

    def _owner_in_s(self, start: int, end: int) -> bool:
        """`James'`, and not the end of what is quoted."""
        quoted = self.head[max(0, start - 1) : start] in ("'", "‘")
        return self.head[end - 1 : end + 1] in ("s'", "s’") and not quoted


def _opaque(chunk: str) -> bool:
    return "://" in chunk or "@" in chunk[1:] or chunk[:4].casefold() == "www."


def _owner(text: str) -> str:
    """`Ada` for `Ada's`."""
    return text[:-2] if len(text) > 2 and text[-2] in "'’" and text[-1] in "sS" else text


def _is_capital(text: str) -> bool:
    letter = next(filter(str.isalpha, text), "a")
    return not letter.islower()
