"""The word that was typed for the kind of an interaction: a wedding, a tea, a pint."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from connect_cli.language.vocabulary import LONGEST_KIND, REACHING, match_kind
from connect_cli.language.words import fold
from connect_cli.model import Kind

LONGEST_HEAD = 300
"""Characters: a kind that is said later is not looked for."""

_HEAD_ENDS = re.compile(r":(?=\s|$)|[\r\n：]")
_WORD = re.compile(r"[^\s,;.!?()“”\"]+(?:\.[^\s,;.!?()“”\"]+)*")


def typed_kind(entered: str, kind: Kind) -> str:
    """The noun for this kind in the head of a line, as typed: `wedding`; empty if there is none.

    A verb (`called`) is no such word: nobody has a `called` with somebody.
    """
    if kind is Kind.OTHER or not entered:
        return ""
    head, tail = _parted(entered[:LONGEST_HEAD])
    words = _words(head)
    if word := _noun(words, kind):
        return word
    if tail and not any(_matches(words)):  # `yesterday: lunch with Tom`
        return _noun(_words(_parted(tail)[0]), kind)
    return ""


def _noun(words: Sequence[str], kind: Kind) -> str:
    return next((said for found, verb, said in _matches(words) if found is kind and not verb), "")


def _parted(text: str) -> tuple[str, str]:
    text = text.lstrip()
    end = _HEAD_ENDS.search(text)
    return (text, "") if end is None else (text[: end.start()], text[end.end() :])


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _matches(words: Sequence[str]) -> Iterator[tuple[Kind, bool, str]]:
    """Each phrase for a kind, whether it is a verb, and as it was typed."""
    folded = [_folded(word) for word in words]
    at = 0
    while at < len(words):
        found = match_kind(folded[at : at + LONGEST_KIND])
        if found is None:
            at += 1
            continue
        said = " ".join(words[at : at + found.words])
        verb = found.verb or (found.kind in REACHING and said.casefold().endswith("ing"))
        yield found.kind, verb, said
        at += found.words


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word)
