"""Taking somebody's names out of texts: where one stood, `someone` stands."""

import re
from collections.abc import Iterable
from functools import cached_property

from connect_cli.language.words import fold

SOMEONE = "someone"
LEAST_WORD = 3
"""Letters of a single word of a name that is taken out of an entry in any spelling."""


class Unnaming:
    """Takes names out of texts, however their case and accents were written.

    names: all the names to take out. others: names of other people, which stay whole even where
    they hold one of those.
    """

    def __init__(self, names: Iterable[str], others: Iterable[str] = ()) -> None:
        self._names = sorted({fold(name) for name in names}, key=len, reverse=True)
        self._others = {fold(other) for other in others} - set(self._names)
        self._kept = [one for one in self._others if any(name in one for name in self._names)]

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Folded runs of letters, at least one of which stands in every text to look at."""
        longest = (max(re.findall(r"\w+", name) or [name], key=len) for name in self._names)
        return tuple(dict.fromkeys(longest))

    def text(self, text: str) -> str:
        """A text without the names. One that is a single word must begin as a name does."""
        return self._without(text, self._pattern)

    def entry(self, text: str, company: Iterable[str]) -> str:
        """A text about something that they took part in, with the people `company`.

        The first and the last word of a name go too, unless they are a word of the others' names.
        """
        theirs = {word for name in company for word in re.findall(r"\w+", fold(name))}
        words = {word for name in self._names for word in _outer(name)} - theirs
        pattern = _matching(words, [fold(name) for name in company])
        return self._without(self.text(text), pattern, small=True)

    def mentions(self, text: str) -> bool:
        """Whether a first name of theirs stands alone in a text."""
        words = self.first_names
        kept = [one for one in self._others if any(word in one for word in words)]
        return self._without(text, _matching(words, kept)) != text

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """The first word of each of the names, folded."""
        return tuple({_outer(name)[0] for name in self._names if _outer(name)})

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        return _matching(self._names, self._kept)

    def _without(self, text: str, pattern: "re.Pattern[str]", *, small: bool = False) -> str:
        folded, places = _placed(text)
        parts, last = [], 0
        for found in pattern.finditer(folded):
            start, end = places[found.start()], _end(text, places[found.end() - 1] + 1)
            if found["gone"] is None or not _is_name(text[start:end], small=small):
                continue
            parts += [text[last:start], SOMEONE]
            last = end
        return "".join([*parts, text[last:]])


def _matching(names: Iterable[str], kept: Iterable[str]) -> "re.Pattern[str]":
    """Finds the names; what is kept is found first and has no group."""
    longest = sorted(names, key=len, reverse=True)
    staying = "|".join(map(_as_words, sorted(kept, key=len, reverse=True))) or r"(?!)"
    going = "|".join(map(_as_words, longest)) or r"(?!)"
    return re.compile(f"(?:{staying})|(?P<gone>{going})")


def _as_words(name: str) -> str:
    """A name however its words are parted; whole words only, in scripts that part words."""
    inner = r"[\s\-_]+".join(re.escape(word) for word in re.split(r"[\s\-_]+", name.strip()))
    before = r"(?<!\w)" if _has_case(name[:1]) else ""
    return f"{before}{inner}" + (r"(?!\w)" if _has_case(name[-1:]) else "")


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower() or letter.isdigit()


def _is_name(written: str, *, small: bool) -> bool:
    """A single word in small letters is a name only where `small` says so, and if it is long."""
    if re.search(r"[\s\-_]", written) or written[:1] == written[:1].upper():
        return True
    return small and len(written) >= LEAST_WORD


def _outer(name: str) -> list[str]:
    """The first and the last word of a name."""
    words = re.findall(r"\w+", name)
    return [word for word in dict.fromkeys(words[:1] + words[-1:]) if len(word) > 1]


def _placed(text: str) -> tuple[str, list[int]]:
    """A text folded, and for each of its letters the place in the text that it comes from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), [*places, len(text)]


def _end(text: str, last: int) -> int:
    """Where a match ends in the text, marks that fold away included."""
    while last < len(text) and not fold(text[last]):
        last += 1
    return last
