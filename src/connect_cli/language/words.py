"""How text is compared: without case, accents or typographic variants, and word by word.

This is the one rule of what a word of a name is, and of when typed words find it. Whatever takes
a person (a command, the search, the completion, an import) uses it.
"""

import unicodedata
from collections.abc import Sequence
from itertools import filterfalse

# Letters that no decomposition takes apart, and the marks that keyboards and phones swap.
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
    """The form in which two spellings of the same words are equal; folding twice changes nothing.

    >>> fold("Łukasz Nguyễn O’Brien")
    "lukasz nguyen o'brien"
    """
    # Folding one character can uncover another that folds, so go on until nothing changes.
    while not text.isascii():
        if (folded := _once(text)) == text:
            return text
        text = folded
    return text.casefold()


def _once(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(filterfalse(unicodedata.combining, plain))


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name; hyphens part words, so that `ada-lovelace` is one too."""
    bare = (word.strip(".,;:!?\"'()") for word in fold(text).replace("-", " ").split())
    return tuple(word for word in bare if word)


def begin_in(asked: Sequence[str], own: Sequence[str]) -> bool:
    """Whether each of the asked words is the beginning of one of its own, in any order."""
    return all(any(word.startswith(one) for word in own) for one in asked)
