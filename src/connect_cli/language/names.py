"""Who a typed name means: full name or alias, first name, words of it, prefix, then company."""

import unicodedata
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import word_set
from connect_cli.language.near_names import near_names
from connect_cli.language.sorting import by_name
from connect_cli.language.spelling import Spellings
from connect_cli.language.words import name_words
from connect_cli.model import Named

LONGEST_NAME = 200
LEAST_COMPANY = 3  # times seen together before company decides
CLEARLY_AHEAD = 3  # and this many times as often as the next
MOST_PARTS = 40  # words looked up one by one; beyond that it is cheaper to read everybody
LEAST_MISSPELT = 4  # letters of a whole name or a first name that may be misspelt
LEAST_ALIAS = 5  # and of an alias
LONGEST_NEAR = 60  # letters: anything longer is a sentence, not a misspelt name

TITLES = word_set("dr doctor mr mrs ms miss mx prof professor sir herr frau")
"""What may stand before a full name without being part of it; `Dr Smith` may be any Smith."""

Together = Callable[[frozenset[str]], Mapping[str, int]]


class Known(NamedTuple):
    """A person as names find them: full name and aliases."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


class By(IntEnum):
    """How a typed name fits, the surest first."""

    NAME = 1
    ALIAS = 2
    FIRST = 3
    WORDS = 4
    PREFIX = 5


class Fit(NamedTuple):
    """Everyone whom a typed name fits in the surest way that fits anyone."""

    people: tuple[Named, ...]
    by: By


class Found(NamedTuple):
    """The person meant, or several who could be meant, or names that look alike."""

    person: Named | None = None
    candidates: tuple[Named, ...] = ()
    near: tuple[str, ...] = ()


def check_name(text: str) -> str:
    """A name as it is stored: trimmed, blanks collapsed. Raises NotUnderstood."""
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp"):
            raise NotUnderstood(
                f"a name cannot contain the control character U+{ord(letter):04X}", "write it again"
            )
    name = " ".join(text.split())
    if not name:
        raise NotUnderstood("a name cannot be empty")
    if len(name) > LONGEST_NAME:
        raise NotUnderstood(
            f"a name can have up to {LONGEST_NAME} letters; this one has {len(name)}"
        )
    return name


class Names:
    """The names of everybody. The index is built when the first name is looked up.

    together: how often each other person was with the people of these ids.
    holding: the people whose names contain a folded word, so that not everybody is read.
    suggesting: whether to look for names that look alike, which is slow among thousands.
    """

    def __init__(
        self,
        people: Iterable[Known],
        together: Together | None = None,
        holding: Callable[[str], Iterable[Known]] | None = None,
        *,
        suggesting: bool = True,
    ) -> None:
        self._suggesting = suggesting
        self._people = people
        self._together = together
        self._holding = holding
        self._added: list[Known] = []
        self._built: _Index | None = None
        self._parts: dict[str, _Index] = {}

    def add(self, known: Known) -> None:
        """Let somebody be found too who is not in the journal yet."""
        self._added.append(known)
        for index in [self._built] if self._built else self._parts.values():
            index.add(known)

    def find(self, text: str, beside: Iterable[str] = ()) -> Found:
        """Who is meant by `text`. beside: the ids of people named with it."""
        fit = self.fit(text)
        if fit is None:
            return Found(near=self.near(text))
        return self.choose(fit, beside)

    def choose(self, fit: Fit, beside: Iterable[str] = ()) -> Found:
        """The one person of a fit, or the one usually seen with `beside`, or all as candidates."""
        person = fit.people[0] if len(fit.people) == 1 else self._by_company(fit.people, beside)
        return Found(person) if person else Found(candidates=fit.people)

    def fit(self, text: str) -> Fit | None:
        """Everyone whom `text` fits best, in the order of their names; None if it fits nobody."""
        words = name_words(text)
        if not words:
            return None
        found = self._part(words).fit(words, text.strip())
        if found is None and words[0] in TITLES and (plain := words[1:]):
            titled = self._part(plain).fit(plain, "")
            return titled if titled is not None and titled.by <= By.ALIAS else None
        return found

    def may_begin(self, word: str) -> bool:
        """Whether some name or alias begins with this word."""
        words = name_words(word)
        return bool(words) and words[0] in self._part(words).openings

    def is_whole(self, text: str) -> bool:
        """Whether `text` is somebody's full name or alias."""
        words = name_words(text)
        joined, index = " ".join(words), self._part(words)
        return bool(words) and (joined in index.names or joined in index.aliases)

    def near(self, text: str) -> tuple[str, ...]:
        """Up to three names that look like `text`, best first: suggestions, never matches."""
        words = name_words(text)
        if not words or len(" ".join(words)) > LONGEST_NEAR or not self._suggesting:
            return ()
        plain = words[1:] if words[0] in TITLES else words
        return near_names(plain or words, self._index.spellings)

    def misspelt(self, text: str) -> tuple[Named, ...]:
        """Everybody whose name is one letter from `text`, if that fits nobody; in order of names.

        The letter is added, missing, another, or swapped with the next. A whole name or a first
        name has four letters or more for that, an alias five.
        """
        words = name_words(text)
        joined = " ".join(words)
        if not LEAST_MISSPELT - 1 <= len(joined) <= LONGEST_NEAR or self.fit(text) is not None:
            return ()
        people = self._parts_of(words).misspelt(joined, first=len(words) == 1)
        return _fit(people, By.NAME).people

    def longest(self, word: str) -> int:
        """How many words the longest name or alias has that may begin with this word."""
        return self._part(name_words(word)).longest

    def _by_company(self, people: Sequence[Named], beside: Iterable[str]) -> Named | None:
        """The person clearly seen most often with those named beside, or None."""
        others = frozenset(beside)
        if not others or self._together is None:
            return None
        times = self._together(others)
        ranked = sorted(people, key=lambda one: -times.get(one.id, 0))
        best, next_best = times.get(ranked[0].id, 0), times.get(ranked[1].id, 0)
        ahead = best >= LEAST_COMPANY and best >= CLEARLY_AHEAD * next_best
        return ranked[0] if ahead else None

    def _part(self, words: tuple[str, ...]) -> "_Index":
        """An index that holds every name beginning with these words; it may hold all names."""
        if self._holding is None or not words or self._built or len(self._parts) >= MOST_PARTS:
            return self._index
        if words[0] not in self._parts:
            self._parts[words[0]] = _Index(chain(self._holding(words[0]), self._added))
        return self._parts[words[0]]

    def _parts_of(self, words: tuple[str, ...]) -> "_Index":
        """An index of all who may have a name one letter from these words, or of everybody."""
        if self._holding is None or self._built:
            return self._index
        found = {one.id: one for part in _intact(words) for one in self._holding(part)}
        return _Index(chain(found.values(), self._added))

    @property
    def _index(self) -> "_Index":
        if self._built is None:
            self._built = _Index(chain(self._people, self._added))
        return self._built


class _Index:
    """Every spelling by its words. `starts` is sorted, so the words with a prefix are adjacent."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.names: defaultdict[str, list[Named]] = defaultdict(list)
        self.aliases: defaultdict[str, list[Named]] = defaultdict(list)
        self.firsts: defaultdict[str, list[Named]] = defaultdict(list)
        self.spellings: list[tuple[tuple[str, ...], Named]] = []
        self.starts: list[tuple[str, int, int]] = []
        self.openings: set[str] = set()
        self.longest = 0
        for known in people:
            self.starts += self._spelt(known)
        self.starts.sort()

    def add(self, known: Known) -> None:
        """One more person."""
        for start in self._spelt(known):
            insort(self.starts, start)
        if "_similar" in self.__dict__:
            for spelling in (known.name, *known.aliases):
                words = name_words(spelling)
                self._similar.add(" ".join(words))
                self._similar.add("".join(words[:1]))

    def _spelt(self, known: Known) -> list[tuple[str, int, int]]:
        """Index a person's spellings, and give where each word begins, for `starts`."""
        person = Named(known.id, known.name)
        starts = self._spelling(person, known.name, self.names)
        for alias in known.aliases:
            starts += self._spelling(person, alias, self.aliases)
        for first in (*name_words(known.name)[:1], *_given_name(known.name)):
            self.firsts[first].append(person)
        return starts

    def _spelling(
        self, person: Named, spelling: str, whole: defaultdict[str, list[Named]]
    ) -> list[tuple[str, int, int]]:
        words = name_words(spelling)
        whole[" ".join(words)].append(person)
        self.openings.update(words[:1])
        self.longest = max(self.longest, len(words))
        self.spellings.append((words, person))
        return [(word, len(self.spellings) - 1, at) for at, word in enumerate(words)]

    def fit(self, words: tuple[str, ...], typed: str) -> Fit | None:
        """Who is meant by these folded words, by the first rule that fits anybody."""
        joined = " ".join(words)
        if named := self.names.get(joined):
            exact = [one for one in named if one.name == typed]
            return _fit(exact or named, By.NAME)
        if called := self.aliases.get(joined):
            return _fit(called, By.ALIAS)
        if first := self.firsts.get(joined):
            return _fit(first, By.FIRST)
        starting = list(self._starting(words))
        whole = [person for person, in_full in starting if in_full]
        if whole:
            return _fit(whole, By.WORDS)
        return _fit([person for person, _ in starting], By.PREFIX) if starting else None

    def _starting(self, words: tuple[str, ...]) -> Iterable[tuple[Named, bool]]:
        """People whose words begin with these, in order, and whether these are whole words."""
        at = bisect_left(self.starts, (words[0],))
        while at < len(self.starts) and self.starts[at][0].startswith(words[0]):
            _, spelling, first = self.starts[at]
            own, person = self.spellings[spelling]
            if in_order(words, own[first:], str.startswith):
                yield person, in_order(words, own[first:], str.__eq__)
            at += 1

    def misspelt(self, joined: str, *, first: bool) -> Iterator[Named]:
        """Those who have a spelling one letter from this. first: whether it may be a first name."""
        alike = ((self.names, LEAST_MISSPELT), (self.aliases, LEAST_ALIAS))
        for table, least in (*alike, (self.firsts, LEAST_MISSPELT)) if first else alike:
            for spelling in self._similar.near(joined):
                if len(spelling) >= least and spelling in table:
                    yield from table[spelling]

    @cached_property
    def _similar(self) -> Spellings:
        """Every spelling, in the order that finds those which are one letter off."""
        similar = Spellings()
        for table in (self.names, self.aliases, self.firsts):
            for spelling in table:
                similar.add(spelling)
        return similar


def _given_name(name: str) -> tuple[str, ...]:
    """What follows the family name in three or four Chinese characters: `小明` of `王小明`."""
    family = {3: 1, 4: 2}.get(len(name), 0)
    chinese = all("\u4e00" <= letter <= "\u9fff" for letter in name)
    return (name[family:],) if family and chinese else ()


def _intact(words: tuple[str, ...]) -> tuple[str, ...]:
    """Parts of which a name that is one letter off holds at least one as it is.

    Of several words, at most one is misspelt. Of one word, the letter is in one half, or two are
    swapped where the halves meet.
    """
    if len(words) > 1:
        return words[:2]
    word, half = words[0], len(words[0]) // 2
    swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
    return word[:half], word[half:], swapped


def _fit(people: Iterable[Named], by: By) -> Fit:
    once = {person.id: person for person in people}
    return Fit(tuple(sorted(once.values(), key=lambda one: by_name(one.name, one.id))), by)


def in_order(words: Sequence[str], own: Sequence[str], fits: Callable[[str, str], bool]) -> bool:
    """Whether the words fit words of a name in the same order."""
    rest = iter(own)
    return all(any(fits(one, word) for one in rest) for word in words)
