"""Whether two names may be those of one person, and how surely.

`NameForm.of` takes a name apart: titles and particles go, and what tells people of one name apart
(`Jr`, `VIII`, Mr and Mrs, `(Boston)`) is kept beside its words. `compare` then finds for each word
of the shorter name one of the longer: the same word as it sounds, a short form of it, an initial,
or the word with one letter wrong.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from itertools import permutations, takewhile
from typing import NamedTuple

from connect_cli.language.calendar import word_set
from connect_cli.language.contact import is_email
from connect_cli.language.name_sounds import romanised, sound, without_umlauts
from connect_cli.language.names import TITLES
from connect_cli.language.nicknames import is_short, whole_names
from connect_cli.language.spelling import one_letter_off
from connect_cli.language.vocabulary import PARTICLES
from connect_cli.language.words import name_words

SHORTEST_WRONG = 6  # letters: Lena is not a misspelt Lina
SHORTEST_SWAPPED = 4  # letters: Jhon is a misspelt John
MOST_WORDS = 6  # a longer name is a sentence, and like no other
_GENERATIONS = {
    **dict.fromkeys(("jr", "jun", "junior", "jnr", "filho"), "jr"),
    **dict.fromkeys(("sr", "sen", "senior", "snr"), "sr"),
    **{each: each for each in ("ii", "iii", "iv", "vii", "viii")},
}
_HIS, _HERS = word_set("mr sir herr monsieur sr"), word_set("mrs ms miss frau madame lady")
_BEFORE = TITLES | _HIS | _HERS | word_set("dipl ing rev dott dra mag")
_MORE = _BEFORE | word_set("med rer nat phil h c")
"""What may stand first, and what may follow it: `Dr. med.`, but Nat and Phil are names."""
_AFTER = word_set("phd md mba msc bsc mbe obe cbe esq cpa jd llm rn dds")
_LABELS = word_set(
    "work home mobile cell office private phone email new old privat arbeit bureau trabajo"
)
"""What people write behind a name to tell its cards apart: `Ada Lovelace mobile`."""

_BORN = word_set("nee geb geborene born roz")
_JOINED = re.compile(r"\s(?:and|und|et|y)\s|[&+/]", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[]([^)\]]*)[)\]]")
_PARTS = re.compile(r"[^a-z]+")


class Likeness(IntEnum):
    """How like two names are.

    OTHER: they are those of two people. UNKNOWN: one of them is a word that may stand for anybody.
    FIRST: only the first name is the same. PART: one is a single word of the other, or has initials
    in its place. NEAR: all words fit, but one is a short form or is misspelt. SAME: all words fit.
    """

    OTHER = 0
    UNKNOWN = 1
    FIRST = 2
    PART = 3
    NEAR = 4
    SAME = 5


class Word(NamedTuple):
    """A word of a name.

    written: in Latin letters. heard: as it sounds. whole: the names that it may be short for, as
    they sound. is_initial: it is one letter, in place of a word. is_short: it is a short form.
    """

    written: str
    heard: str
    whole: frozenset[str]
    is_initial: bool = False
    is_short: bool = False

    @property
    def plain(self) -> str:
        """Its letters without the e that stands for two dots: Mueller is Müller."""
        return without_umlauts(self.written)

    @property
    def keys(self) -> frozenset[str]:
        """The sounds by which it is found."""
        return self.whole | {self.heard}


class NameForm(NamedTuple):
    """A name, taken apart. aside: the words in brackets, or the name that somebody was born with.

    generation: `jr`, `sr` or a number. sex: by the title. joined: it names several people.
    address: it is an email address. surname_only: a title and one word.
    """

    words: tuple[Word, ...]
    aside: tuple[Word, ...] = ()
    generation: str = ""
    sex: str = ""
    joined: bool = False
    address: bool = False
    surname_only: bool = False

    @staticmethod
    def of(name: str) -> "NameForm":
        """Take a name apart."""
        if is_email(name):
            local = romanised(name.partition("@")[0])
            return NameForm(_words_of(_PARTS.split(local)), address=True)
        inside = " ".join(_ASIDE.findall(name))
        outside, aside = _born(_turned(_ASIDE.sub(" ", name)))
        titles = [word.replace(".", "") for word in outside]
        sex = "m" if _HIS & {*titles[:1]} else "f" if _HERS & {*titles[:1]} else ""
        generation = next((_GENERATIONS[each] for each in titles[2:] if each in _GENERATIONS), "")
        first = _titles(titles)
        kept = [
            word
            for at, (word, bare) in enumerate(zip(outside, titles, strict=True))
            if at >= first and not (at and (bare in _AFTER or (at > 1 and bare in _GENERATIONS)))
        ]
        while len(kept) > 1 and kept[-1] in _LABELS:
            kept.pop()
        main = [word for word in kept[:-1] if word not in PARTICLES] + kept[-1:]
        bare_words = main if len(main) > 1 else kept
        return NameForm(
            _words_of(bare_words),
            _words_of(word for word in (*aside, *name_words(inside)) if word not in _LABELS),
            generation,
            sex,
            joined=_JOINED.search(name) is not None,
            surname_only=len(bare_words) == 1 and first > 0,
        )

    @property
    def full(self) -> tuple[Word, ...]:
        """The words that are more than an initial."""
        return tuple(word for word in self.words if not word.is_initial)

    @property
    def letters(self) -> str:
        """Its letters without blanks: `JeanLuc` is Jean Luc."""
        return "".join(word.written for word in self.words)

    @property
    def all(self) -> tuple[Word, ...]:
        """The words, and those that stand aside."""
        return (*self.words, *self.aside)


Misspelt = Callable[[Word, Word], bool]
"""Whether one of two words that look or sound alike may be the other, misspelt."""


def compare(one: NameForm, other: NameForm, misspelt: Misspelt) -> Likeness:
    """How like two names are."""
    if told_apart(one, other):
        return Likeness.OTHER
    if one.address or other.address:
        return _with_address(one, other, misspelt)
    if not (one.words and other.words):
        return Likeness.UNKNOWN
    if one.letters == other.letters:
        return Likeness.SAME
    shorter, longer = _by_length(one, other)
    return (_single if len(shorter.words) == 1 else _several)(shorter, longer, misspelt)


def wrong_letter(one: Word, other: Word) -> bool:
    """Whether a typing error may be all that differs: one letter, but not at an end of the word.

    The first letter tells Hansen from Jansen, the last ones tell Mario from Maria, Petersen from
    Peterson and Christian from Christina.
    """
    mine, theirs = one.written, other.written
    ends = mine[:1] + mine[-1:] == theirs[:1] + theirs[-1:]
    if sorted(mine) == sorted(theirs):
        alike = ends and len(mine) >= SHORTEST_SWAPPED
    else:
        shortest = min(len(mine), len(theirs))
        alike = ends and mine[-2:] == theirs[-2:] and shortest >= SHORTEST_WRONG
    return alike and mine.isalpha() and theirs.isalpha() and one_letter_off(mine, theirs)


def told_apart(one: NameForm, other: NameForm) -> bool:
    """Whether something beside the words says that these are two people."""
    aside = {word.heard for word in one.aside}, {word.heard for word in other.aside}
    return (
        one.joined
        or other.joined
        or one.generation != other.generation
        or bool(one.sex and other.sex and one.sex != other.sex)
        or bool(aside[0] and aside[1] and not aside[0] & aside[1])
    )


def _with_address(one: NameForm, other: NameForm, misspelt: Misspelt) -> Likeness:
    """A name that is an address holds the words of the other, or tells nothing."""
    if min(len(one.full), len(other.full)) >= 2:  # first name and surname
        fitted = _fit(*_by_length(one, other), misspelt)
        return fitted or Likeness.UNKNOWN
    return Likeness.UNKNOWN


def _by_length(one: NameForm, other: NameForm) -> tuple[NameForm, NameForm]:
    """The name with fewer words first, then the one with fewer words aside."""
    if (len(other.words), len(other.all)) < (len(one.words), len(one.all)):
        return other, one
    return one, other


def _several(shorter: NameForm, longer: NameForm, misspelt: Misspelt) -> Likeness:
    """Two names of several words each."""
    fitted = _fit(shorter, longer, misspelt)
    if fitted is not None:
        return fitted
    return Likeness.FIRST if _first_alike(shorter.words[0], longer.words[0]) else Likeness.OTHER


def _single(shorter: NameForm, longer: NameForm, _: Misspelt) -> Likeness:
    """A name of one word is the first name of the other, a surname in it, or unknown."""
    (word,) = shorter.words
    if len(longer.words) == 1:
        return Likeness.SAME if word.heard == longer.words[0].heard else Likeness.OTHER
    if shorter.surname_only:
        fits = any(word.heard == own.heard for own in longer.all)
        return Likeness.UNKNOWN if fits else Likeness.OTHER
    if _first_alike(word, longer.words[0]):
        return Likeness.PART
    return Likeness.OTHER if whole_names(word.written) else Likeness.UNKNOWN


def _fit(shorter: NameForm, longer: NameForm, misspelt: Misspelt) -> Likeness | None:
    """How all words of the shorter name fit into the longer one; None if one does not."""
    if len(longer.all) > MOST_WORDS:
        return None
    ends = _ends_fit(shorter, longer)
    if len(shorter.words) < len(longer.words) and not ends:
        return None
    found = (
        sorted(map(_word_fits, shorter.words, own, [misspelt] * len(own)))
        for own in permutations(longer.all, len(shorter.words))
    )
    best = max((fits for fits in found if fits[0] > _NOT), default=None)
    if best is None or sum(fit == _WRONG for fit in best) > 1:
        return None
    real = sum(fit > _INITIAL for fit in best)
    if real < 2:  # a first name and a surname
        return Likeness.PART if real else None
    return Likeness.SAME if best[0] == _EQUAL else Likeness.NEAR


_NOT, _INITIAL, _WRONG, _SHORT, _EQUAL = range(5)
"""How one word fits another, the less sure first."""


def _word_fits(one: Word, other: Word, misspelt: Misspelt) -> int:
    if one.plain == other.plain or (one.heard == other.heard and misspelt(one, other)):
        return _EQUAL
    if one.is_initial or other.is_initial:
        return _INITIAL if one.written[:1] == other.written[:1] else _NOT
    if _same_first_name(one, other):
        return _SHORT
    return _WRONG if wrong_letter(one, other) and misspelt(one, other) else _NOT


def _ends_fit(shorter: NameForm, longer: NameForm) -> bool:
    """Whether the shorter name begins with the first word of the longer, or ends with it.

    Maria Schmidt is not Anna Maria Schmidt.
    """
    ends = (shorter.words[0], shorter.words[-1])
    return any(_first_alike(word, longer.words[0]) or _initial_of(word, longer) for word in ends)


def _initial_of(word: Word, longer: NameForm) -> bool:
    first = longer.words[0]
    either = word.is_initial or first.is_initial
    return either and word.written[:1] == first.written[:1]


def _first_alike(word: Word, first: Word) -> bool:
    return not word.is_initial and (word.heard == first.heard or _same_first_name(word, first))


def _same_first_name(one: Word, other: Word) -> bool:
    """Whether one is a short form of the other, or both are spellings of one name.

    Two short forms are if they begin alike: Kate and Katie are one, Jack and Jon are not.
    """
    if not one.whole & other.whole:
        return False
    return not (one.is_short and other.is_short) or one.written[:3] == other.written[:3]


def _words_of(words: Iterable[str]) -> tuple[Word, ...]:
    return tuple(_word(word) for word in words if any(map(str.isalpha, word)))


def _word(text: str) -> Word:
    latin = romanised(text)
    written = "".join(filter(str.isalnum, latin)) or latin
    is_initial = len(text) == 1 and text.upper() != text.lower()
    whole = frozenset(map(sound, whole_names(written)))
    return Word(written, sound(text), whole, is_initial, is_short(written))


def _turned(name: str) -> str:
    """`Lovelace, Ada` as it is said."""
    before, comma, after = name.partition(",")
    words = [word.replace(".", "") for word in name_words(after)]
    if not comma or not words or all(word in _AFTER or word in _GENERATIONS for word in words):
        return f"{before} {after}"
    return f"{after} {before}"


def _born(name: str) -> tuple[list[str], list[str]]:
    """The words of a name, and those after `née`."""
    words = list(name_words(name))
    at = next((at for at, word in enumerate(words) if at and word.rstrip(".") in _BORN), len(words))
    return words[:at], words[at + 1 :]


def _titles(words: Sequence[str]) -> int:
    """How many words, without their dots, are titles before a name; the last one never is."""
    if not words or words[0] not in _BEFORE:
        return 0
    return len([*takewhile(_MORE.__contains__, words[:-1])])
