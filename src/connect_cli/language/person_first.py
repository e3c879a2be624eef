"""A person, then a value: how the words of `promise tom baker send the book` are divided.

The longest run of leading words that names somebody is the person, and what follows is the value.
The first word, or what the shell passed on as one word because it was quoted, may be any beginning
of a name; every further word must be a whole word of that name. A quoted text is never a part of a
name: it is a name by itself, or it belongs to the value.

Several people are joined by commas, by `and`, or by quotes: `ada, tom`, `ada and tom`,
`"ada king" "tom baker"`. After a comma or `and` a name must follow.

Two things are asked about instead of guessed: a name that nobody has, and a first word of the value
that looks like the next word of the name (`tom bakr send the book`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.names import By, Fit, Names
from connect_cli.language.spelling import one_letter_off
from connect_cli.language.words import name_words

JOINING = frozenset({"and", "&", "+"})
COMMA, COLON = ",", ":"
ENDING = (COMMA, COLON)
"""A word that ends so ends a name."""
SHORTEST_ALIKE = 4


Said = tuple[str, Fit | None]
"""What was typed for a person, and whom it fits; None for nobody."""


class Divided(NamedTuple):
    """The people that a command names, and the value, which may be empty."""

    people: tuple[Said, ...]
    value: str

    @property
    def is_known(self) -> bool:
        """Whether everything that was typed for a person fits somebody."""
        return all(fit is not None for _, fit in self.people)


def divide(words: Sequence[str], names: Names, *, by_quotes: bool = False) -> Divided:
    """Divide the words of a command into people and a value.

    by_quotes: whether a quoted name right after another one is one more person.
    Raises NotUnderstood for a word that may belong to the name or to the value.
    """
    people: list[Said] = []
    at, begins = 0, True
    while begins and at < len(words):
        found, at = _people_at(words, at, names)
        people += found
        at, begins = _next(words, at, names, by_quotes=by_quotes)
        begins = begins and people[-1][1] is not None
        if not begins and not words[at - 1].endswith(ENDING):
            _refuse_unsure(people[-1], words[at:])
    return Divided(tuple(people), " ".join(words[at:]))


def people_in(text: str, names: Names) -> tuple[str, ...]:
    """What was typed for each of several people, if a text holds nothing else; else nothing."""
    people: list[str] = []
    rest = text.replace(COMMA, f"{COMMA} ")
    while rest:
        try:
            found = divide(rest.split(), names)
        except NotUnderstood:
            return ()
        if not found.is_known:
            return ()
        people += (typed for typed, _ in found.people)
        rest = found.value
    return tuple(people) if len(people) > 1 else ()


def _next(words: Sequence[str], at: int, names: Names, *, by_quotes: bool) -> tuple[int, bool]:
    """Where the words after a name begin, and whether they are one more person."""
    if words[at - 1].endswith(COLON) or at == len(words):
        return at, False
    joined = next((end for end in range(at, len(words)) if not _joins(words[end])), len(words))
    if joined > at:
        return joined, True
    quoted = by_quotes and _is_quoted(words[at - 1]) and _is_quoted(words[at])
    return at, words[at - 1].endswith(COMMA) or (quoted and names.fit(words[at]) is not None)


def _people_at(words: Sequence[str], at: int, names: Names) -> tuple[list[Said], int]:
    """The people whom the words from here on name, and where the rest begins."""
    for end in range(_end_of_run(words, at, names), at, -1):
        typed = " ".join(words[at:end])
        fit = names.fit(typed)
        if fit is not None and (end == at + 1 or fit.by is not By.PREFIX):
            return [(_bare(typed), fit)], end
    if _holds_several(words[at]) and (several := people_in(words[at], names)):
        return [(typed, names.fit(typed)) for typed in several], at + 1
    return [(_bare(words[at]), None)], at + 1


def _end_of_run(words: Sequence[str], at: int, names: Names) -> int:
    """Where the longest run of words that may be one name ends."""
    if _is_quoted(words[at]):
        return at + 1
    longest = max(names.longest(word) for word in words[at : at + 2]) + 1  # with a title
    for end in range(at + 1, min(len(words), at + longest) + 1):
        if words[end - 1].endswith(ENDING):
            return end
        if end < len(words) and (_is_quoted(words[end]) or not name_words(words[end])):
            return end
    return min(len(words), at + longest)


def _refuse_unsure(person: Said, rest: Sequence[str]) -> None:
    """Raise NotUnderstood if the first of several words looks like more of the name."""
    typed, fit = person
    if fit is None or len(rest) < 2 or _is_quoted(rest[0]):
        return
    word, said = " ".join(name_words(rest[0])), name_words(typed)
    for named in fit.people:
        if any(own not in said and _alike(word, own) for own in name_words(named.name)):
            raise NotUnderstood(
                f"'{rest[0]}' may belong to the name or to what follows it",
                f"write the whole name, {named.name}, or put what follows it in quotes",
            )


def _alike(word: str, own: str) -> bool:
    """Whether a word begins a word of a name, or is one letter off it."""
    return len(word) >= SHORTEST_ALIKE and (own.startswith(word) or one_letter_off(word, own))


def _is_quoted(word: str) -> bool:
    return any(map(str.isspace, word))


def _holds_several(word: str) -> bool:
    return COMMA in word.rstrip(COMMA) or _is_quoted(word)


def _joins(word: str) -> bool:
    return word == COMMA or word.casefold() in JOINING


def _bare(typed: str) -> str:
    return typed.rstrip("".join(ENDING)).strip() or typed
