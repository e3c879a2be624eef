"""Promises in the words of a log line: found to be asked about, never kept unasked.

A promise begins a clause: `I promised to send her the paper`, `I'll send him the book`, `owe Ada a
lunch`, and theirs: `she promised to …`, `he'll send me …`. What follows, up to the end of the
clause, is its text. Of `I'll` and `need to` only what one does for somebody is one (DEEDS): `I'll
see` and `I need to sleep` promise nothing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from connect_cli.language.words import fold, name_words

LONGEST = 200
"""Characters: what is longer is a story, and not a promise."""

DEEDS = (
    r"(?:send|bring|lend|give|call|ring|phone|email|text|message|write|ask|introduce|forward"
    r"|share|book|buy|return|pay|show|help|cook|bake|post|mail|drop|pick|organi[sz]e|arrange"
    r"|invite|fix|make|find|tell|let|print|order|read|review|draft|recommend|remind|lookup|look"
    r"|check|get back|put|collect|fetch|translate|water|feed|teach|order|reply|answer|hand)"
)
SHE = r"(?:he|she|they)"
HER = r"(?:her|him|them|you|everyone|both)"
ME = r"(?:me|us)"
SOON = r"(?:also |just |then |really |still |definitely |probably )?"
WILL = r"(?:'ll| will|'s going to|'re going to| is going to| are going to)"

_BEGINS = re.compile(r"(?:^|[.;!?:,(\n—–]|\s-\s|\s(?:and|but|so|then|because)\s)\s*", re.MULTILINE)
_AND = r"(?:and |but |so |also |then )*"
_ENDS = re.compile(
    r"[.;!?](?=\s|$)|\n|\s[-—–]\s|\)"
    rf"|,\s*(?=(?:and |but |so )?(?:i|we|{SHE}|who|which|it)\b)"
    rf"|\s(?=(?:and|but|so|because|since|as) (?:i|we|{SHE}|it)\b)"
    r"|\s(?=#\w)",
    re.IGNORECASE,
)
_PROMISED = r"(?:promised|promise|have promised|'ve promised|offered)"
_NEAR = r"(?:\S+ ){0,6}"

# Each names the text of the promise `text`; NAME is a word of the name of whoever took part.
_I = "(?:i |we )?"
_I_WILL = "(?:i|we)(?:'ll| will|'m going to|'re going to| am going to| are going to)"
_I_SAID = f"{_I}(?:said|told (?:{HER}|NAME))(?: that)? (?:i|we)(?:'d|'ll| would| will)"
_I_MUST = f"{_I}{SOON}(?:need|have|ought|got|must|should|gotta)(?: to)?"
_TO = "(?:to |that {}(?:'d|'ll| would| will) )"
_SHE = f"(?:{SHE}|who|NAME)"
_SHE_SAID = f"(?:{SHE}|NAME) (?:said|says|told {ME})(?: that)? {SHE}(?:'ll|'d| will| would)"
_MINE = (
    rf"{_I}{SOON}{_PROMISED} (?:{HER} |NAME )?{_TO.format('i')}(?P<text>(?!(?:have|be)\b).+)",
    rf"{_I}{SOON}promised (?P<text>(?:{HER}|NAME) (?:a|an|the|my|our|some|another|\d)\b.+)",
    rf"{_I_WILL} {SOON}(?P<text>{DEEDS}\b.*)",
    rf"{_I_SAID} {SOON}(?P<text>{DEEDS}\b.*)",
    rf"{_I_MUST} (?P<text>{DEEDS} {_NEAR}(?:{HER}|NAME)\b.*)",
    rf"{_I}{SOON}owe (?P<text>(?:{HER}|NAME) \S.*)",
    rf"(?:todo|to do|to-do):? (?P<text>{DEEDS} .+)",
)
_THEIRS = (
    rf"{_SHE} {SOON}{_PROMISED} (?:{ME} )?{_TO.format(SHE)}(?P<text>(?!(?:have|be)\b).+)",
    rf"{_SHE} {SOON}promised (?P<text>{ME} (?:a|an|the|his|her|their|some|\d)\b.+)",
    rf"{_SHE}{WILL} {SOON}(?P<text>{DEEDS} {_NEAR}{ME}\b.*)",
    rf"{_SHE_SAID} {SOON}(?P<text>{DEEDS} {_NEAR}{ME}\b.*)",
    rf"{_SHE} owes? (?P<text>{ME} \S.*)",
)


class Promised(NamedTuple):
    """Words that may be a promise. theirs: they promised it. names: who is named in it."""

    text: str
    theirs: bool
    names: tuple[str, ...] = ()


def promises(text: str, names: Sequence[str]) -> list[Promised]:
    """What the words may promise, in their order, each once. names: who took part."""
    found: dict[str, Promised] = {}
    for clause in _clauses(text):
        if (one := _promise(clause, names)) is not None:
            found.setdefault(fold(one.text), one)
    return list(found.values())


def _clauses(text: str) -> Iterator[str]:
    """Each clause from its first word to its end; a question is none."""
    plain = text.replace("’", "'")
    for begin in _BEGINS.finditer(plain):
        last = min(begin.end() + LONGEST + 1, len(plain))
        end = _ENDS.search(plain, begin.end(), last)
        clause = plain[begin.end() : end.start() if end else last].strip(" ,")
        asks = end is not None and end[0] == "?"
        if clause and len(clause) <= LONGEST and not asks:
            yield clause


def _promise(clause: str, names: Sequence[str]) -> Promised | None:
    words = {word for name in names for word in name_words(name)}
    named = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
    folded = fold(clause)
    if len(folded) != len(clause):  # places of the folded text would not be those of the clause
        folded = clause.lower()
    for theirs, patterns in ((False, _MINE), (True, _THEIRS)):
        for pattern in patterns:
            found = re.fullmatch(_AND + pattern.replace("NAME", f"(?:{named})"), folded)
            if found is not None:
                text = clause[found.start("text") : found.end("text")].strip(" ,")
                return Promised(text, theirs, _named(folded, names))
    return None


def _named(clause: str, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the names of which a word stands in a clause."""
    said = set(name_words(clause))
    return tuple(name for name in names if said.intersection(name_words(name)))
