"""Text as it is compared: without case, accents or typographic variants."""

import unicodedata
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
