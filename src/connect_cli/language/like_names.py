"""Names to be added: which are like one that is there, and which are no name but a sentence."""

from collections.abc import Iterable, Sequence

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import word_set
from connect_cli.language.names import Known, Names
from connect_cli.language.person_first import COMMA, JOINING, SHORTEST_ALIKE
from connect_cli.language.spelling import one_letter_off
from connect_cli.language.vocabulary import (
    FINITE,
    LINKS,
    PARTICLES,
    PREPOSITIONS,
    SELVES,
    TALK,
    TRANSITIVE,
    WORD_NAMES,
    match_kind,
)
from connect_cli.language.words import fold, name_words

_SENTENCE = (
    (LINKS | PREPOSITIONS | FINITE | TALK | TRANSITIVE | SELVES)
    | word_set("he she it they his her their today yesterday tomorrow tonight")
) - (WORD_NAMES | PARTICLES | word_set("and of said"))
"""In small letters and within several words, these make a sentence and no name."""
_SUFFIXES = word_set("jr sr ii iii iv phd md esq")
"""After a comma these belong to the name before it."""


def names_said(words: Sequence[str]) -> list[str]:
    """The names in the words of `add`: words without quotes are one name.

    Several are joined by commas, by `and`, or are in quotes each. Raises NotUnderstood for quoted
    and other words side by side.
    """
    return [name for group in _groups(words) for name in _names_of(group)]


def _groups(words: Sequence[str]) -> list[list[str]]:
    """The words between commas and `and`."""
    groups: list[list[str]] = [[]]
    for at, word in enumerate(words):
        follows = words[at + 1 : at + 2]
        if word == COMMA or (word.casefold() in JOINING and 0 < at < len(words) - 1):
            groups.append([])
        elif word.endswith(COMMA) and follows and not _is_suffix(follows[0]):
            groups[-1].append(word.removesuffix(COMMA))
            groups.append([])
        else:
            groups[-1].append(word)
    return [group for group in groups if group] or [[]]


def _names_of(group: Sequence[str]) -> list[str]:
    quoted = [len(word.split()) > 1 for word in group]
    if len(group) > 1 and all(quoted):
        return [*group]
    if len(group) > 1 and any(quoted):
        raise NotUnderstood(
            f"it is not clear which of these words are one name: {' | '.join(group)}",
            "put each whole name in quotes, or a comma between two names",
        )
    return [" ".join(group)]


def _is_suffix(word: str) -> bool:
    return fold(word).replace(".", "") in _SUFFIXES


def is_sentence(text: str, names: Names) -> bool:
    """Whether a text reads like something that happened. names: those of everybody."""
    words = text.split()
    if len(words) < 2:
        return False
    folded = [fold(word) for word in words]
    if any(word in _SENTENCE for word in words):
        return True
    kind = match_kind(folded)
    if kind is None or kind.words == len(words):
        return False
    return kind.verb or names.fit(" ".join(words[kind.words :])) is not None


def like(name: str, people: Iterable[Known]) -> list[Known]:
    """Those who may be meant by a new name, in their order."""
    words = name_words(name)
    return [
        known
        for known in people
        if _holds(words, name_words(known.name))
        or any(_spelt_alike(words, name_words(each)) for each in (known.name, *known.aliases))
    ]


def _holds(words: Sequence[str], own: Sequence[str]) -> bool:
    """Whether one of two names has all words of the other: `Marta`, `Marta Rossi`."""
    return bool(words and own) and (set(words) <= set(own) or set(own) <= set(words))


def _spelt_alike(words: Sequence[str], own: Sequence[str]) -> bool:
    """Whether two names differ by signs, or by a letter in a word."""
    if _letters(words) == _letters(own):
        return bool(words)
    return len(words) == len(own) and all(map(_alike, words, own))


def _letters(words: Sequence[str]) -> str:
    return "".join(filter(str.isalnum, "".join(words)))


def _alike(word: str, own: str) -> bool:
    if word == own:
        return True
    if min(len(word), len(own)) < SHORTEST_ALIKE or any(map(str.isdigit, word + own)):
        return False
    return one_letter_off(word, own)
