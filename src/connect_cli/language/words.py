"""How words are compared: without case, accents or typographic variants.

This is the one rule of what a word of a name is and of when typed words find it. Everything that
takes a person (a command, the search, the completion, an import) uses it.
"""

import re
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


LONGEST_REPEATED = 60
FEWEST_WORDS = 5
_PARTING = re.compile(r"[\s‒—―−-]")  # the dashes that people take for a hyphen
_NUMBER = re.compile(r" \([0-9]+\)")
UNSEEN = "\xad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
UNSEEN += "\u2060\u2066\u2067\u2068\u2069\ufeff"
AROUND = f".,;:!?\"'()@“”„‟«»‹›{UNSEEN}"
"""What may stand around a word of a name without being part of it."""


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name, without quotes and other signs around them, seen or unseen.

    A hyphen or a dash separates words: `ada-lovelace` has two.
    """
    return tuple(filter(None, (word.strip(AROUND) for word in split_words(text))))


def split_words(text: str) -> list[str]:
    """A text, folded, at each blank, hyphen and dash, with the empty words between two of them."""
    return _PARTING.split(fold(text))


def name_key(text: str) -> str:
    """The same value for names that no command can tell apart: `Ana-Maria`, `ana maria`."""
    return " ".join(name_words(text)) or fold(text).strip()


def has_words(text: str) -> bool:
    """Whether a text has at least five words; two characters of a wide script count as one."""
    return sum(max(1, sum(map(_is_wide, word)) // 2) for word in text.split()) >= FEWEST_WORDS


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def numbered(name: str, number: int) -> str:
    """The name of a namesake: `Ada Lovelace (2)`."""
    return f"{name} ({number})"


def is_numbered(text: str, name: str) -> bool:
    """Whether a text is this name as `numbered` gives it to a namesake.

    >>> is_numbered("ada lovelace (2)", "Ada Lovelace"), is_numbered("Ada (Oslo)", "Ada")
    (True, False)
    """
    whole, alone = fold(text), fold(name)
    return whole.startswith(alone) and _NUMBER.fullmatch(whole[len(alone) :]) is not None


def shortened(text: str) -> str:
    """A text as an error repeats it: its beginning, if it is long."""
    return text if len(text) <= LONGEST_REPEATED else f"{text[:LONGEST_REPEATED]}…"


def begin_in(asked: Sequence[str], own: Sequence[str]) -> bool:
    """Whether each asked word begins one of the own words, in any order."""
    return all(any(word.startswith(one) for word in own) for one in asked)


def find_words(line: str, words: str, start: int = 0, stop: int | None = None) -> int:
    """Where these words stand first, as whole words if they do; -1 if nowhere.

    The `5` of `15 Feb 5` is the last word.
    """
    whole = re.compile(rf"(?<![\w/:-])(?<![0-9][.,]){re.escape(words)}(?![\w/:-]|[.,][0-9])")
    stop = len(line) if stop is None else stop
    found = whole.search(line, start, stop)
    return found.start() if found else line.find(words, start, stop)
