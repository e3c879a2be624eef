"""Names that look like a typed one: suggestions for what fits nobody.

One word is compared with the single words of names, several words with whole names, word by word.
"""

from collections.abc import Iterable, Sequence

from connect_cli.language.spelling import letters_off, one_letter_off
from connect_cli.language.words import fold
from connect_cli.model import Named

MOST_NEAR = 3
SHORT = 5  # letters: up to here a word may be one letter off, beyond it two
TINY = 3  # letters: `Tim` is not a misspelt `Tom`
_FAR = 99

Spelling = tuple[tuple[str, ...], Named]


def near_names(typed: Sequence[str], spellings: Iterable[Spelling]) -> tuple[str, ...]:
    """Up to three names that look like these folded words, the nearest first.

    Among equally near ones, a first name comes before a surname; then their order is that of names.
    """
    compare = _Comparison(typed)
    ranked = (
        (*rank, fold(person.name), person.name)
        for words, person in spellings
        if (rank := compare.rank(words))[0] < _FAR
    )
    nearest = sorted(ranked)
    if nearest and nearest[0][0] == 0:
        nearest = [one for one in nearest if one[0] == 0]  # `Mr Baker` and Tom Baker
    return tuple(dict.fromkeys(name for *_, name in nearest))[:MOST_NEAR]


class _Comparison:
    """The typed words beside one name after another; each word is compared only once."""

    def __init__(self, typed: Sequence[str]) -> None:
        self._typed = tuple(typed)
        self._off: dict[tuple[str, str], int] = {}

    def rank(self, words: Sequence[str]) -> tuple[int, int]:
        """How many letters off a name is, and how sure that it is the one; less is nearer."""
        if len(self._typed) == 1:
            return min(self._one_word(words), self._without_blanks(words))
        if len(self._typed) == len(words):
            return min(self._in_pairs(words), self._in_pairs(words[::-1]))
        if 1 < len(words) < len(self._typed) and all(word in self._typed for word in words):
            return 1, 1  # `Grace B Hopper` for Grace Hopper
        return self._without_blanks(words)

    def _one_word(self, words: Sequence[str]) -> tuple[int, int]:
        own = ((self._letters(self._typed[0], word), min(at, 1)) for at, word in enumerate(words))
        return min(own, default=(_FAR, 0))

    def _in_pairs(self, words: Sequence[str]) -> tuple[int, int]:
        """`Tam Baker` for Tom Baker: beside a word that is right, a short one may be wrong too."""
        surer = any(map(str.__eq__, self._typed, words))
        off = map(_letters_of_any if surer else self._letters, self._typed, words)
        return sum(off), 0

    def _without_blanks(self, words: Sequence[str]) -> tuple[int, int]:
        if len(words) == len(self._typed):
            return _FAR, 0
        return self._letters("".join(self._typed), "".join(words)), 1

    def _letters(self, typed: str, word: str) -> int:
        if (typed, word) not in self._off:
            self._off[typed, word] = _letters(typed, word)
        return self._off[typed, word]


def _letters_of_any(typed: str, word: str) -> int:
    """The letters that a word is off another, which may be short if the other words are right."""
    if len(typed) == len(word) == TINY:
        return 1 if one_letter_off(typed, word) else 0 if typed == word else _FAR
    return _letters(typed, word)


def _letters(typed: str, word: str) -> int:
    """The letters that one word is off another, if it looks like it; otherwise far too many."""
    if typed == word:
        return 0
    shortest = min(len(typed), len(word))
    if shortest < TINY or len(typed) == len(word) == TINY:
        return _FAR
    most = 1 if shortest <= SHORT or not _begin_alike(typed, word) else 2
    off = letters_off(typed, word, most)
    return off if off <= most else _FAR


def _begin_alike(typed: str, word: str) -> bool:
    return typed[0] == word[0] or typed[:2] == word[1::-1]
