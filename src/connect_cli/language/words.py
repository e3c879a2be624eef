"""How words are compared: without case, accents or typographic variants.

This is the one rule of what a word of a name is and of when typed words find it. Everything that
takes a person (a command, the search, the completion, an import) uses it.
"""

import unicodedata
from collections.abc import Sequence
from itertools import filterfalse

# Letters that Unicode does not decompose, and marks that keyboards and phones swap.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "‐": "-",
        "–": "-",
    }
)


def fold(text: str) -> str:
    """A text in the form in which two spellings of the same words are equal. It is idempotent.

    >>> fold("Łukasz Nguyễn O’Brien")
    "lukasz nguyen o'brien"
    """
    # Folding one character can uncover another that folds: repeat until nothing changes.
    while not text.isascii():
        if (folded := _once(text)) == text:
            return text
        text = folded
    return text.casefold()


def _once(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(filterfalse(unicodedata.combining, plain))


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name. A hyphen separates words: `ada-lovelace` has two."""
    bare = (word.strip(".,;:!?\"'()") for word in fold(text).replace("-", " ").split())
    return tuple(word for word in bare if word)


def begin_in(asked: Sequence[str], own: Sequence[str]) -> bool:
    """Whether each asked word begins one of the own words, in any order."""
    return all(any(word.startswith(one) for word in own) for one in asked)
