"""Replace a person's names in texts and in address cards.

How it works. `NameRedactor` replaces names in a text by `someone`. It compares folded text, so case
and accents never matter, and keeps for each folded letter its place in the original (`_placed`), so
that the rest of the text stays as it was. Other people's names that contain one of these are
matched first and kept. In a text about others only full names go; in an interaction that they took
part in, the first and the last word of a name go too. `redact_card` works line by line through a
vCard.

What can go wrong. A first name alone in a text about others stays, because nobody knows who is
meant; `NameRedactor.mentions` counts such texts, and the question before `forget` says how many.
"""

import quopri
import re
from collections.abc import Callable, Iterable
from functools import cached_property

from connect_cli.language.words import fold

SOMEONE = "someone"
LEAST_WORD = 3
"""Letters that one word of a name must have to be replaced even when written in lower case."""

_LINE = re.compile(r"[^\r\n]+(?:(?:\r\n|\n|\r)[ \t][^\r\n]*|(?<==)(?:\r\n|\n|\r)[^\r\n]+)*")

_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")

_CODED = re.compile(r"(?P<head>[^:]*?);?ENCODING=QUOTED-PRINTABLE(?P<rest>[^:]*):", re.IGNORECASE)


class NameRedactor:
    """Replaces names in texts, whatever their case and accents.

    names: all the names to replace. others: names of other people, which stay whole even where they
    contain one of those.
    """

    def __init__(self, names: Iterable[str], others: Iterable[str] = ()) -> None:
        self._names = sorted({fold(name) for name in names}, key=len, reverse=True)
        self._others = {fold(other) for other in others} - set(self._names)
        self._kept = [one for one in self._others if any(name in one for name in self._names)]

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Folded words, at least one of which is in every text that holds a name."""
        longest = (max(re.findall(r"\w+", name) or [name], key=len) for name in self._names)
        return tuple(dict.fromkeys(longest))

    def text(self, text: str) -> str:
        """A text with the names replaced. A name of one word counts only with a capital letter."""
        return self._without(text, self._pattern)

    def interaction(self, text: str, company: Iterable[str]) -> str:
        """The text of an interaction that they took part in, with the names replaced.

        company: the names of the others in it. The first and the last word of a name are replaced
        too, unless they are a word of those.
        """
        theirs = {word for name in company for word in re.findall(r"\w+", fold(name))}
        words = {word for name in self._names for word in _outer(name)} - theirs
        pattern = _matching(words, [fold(name) for name in company])
        return self._without(self.text(text), pattern, small=True)

    def mentions(self, text: str) -> bool:
        """Whether a text holds one of their first names alone."""
        return self._without(text, self._first_pattern) != text

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """The first word of each of the names, folded."""
        return tuple({_outer(name)[0] for name in self._names if _outer(name)})

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        return _matching(self._names, self._kept)

    @cached_property
    def _first_pattern(self) -> "re.Pattern[str]":
        words = self.first_names
        kept = [one for one in self._others if any(word in one for word in words)]
        return _matching(words, kept)

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
    """A pattern whose group `gone` matches a name; what is kept matches first, without a group."""
    longest = sorted(names, key=len, reverse=True)
    staying = "|".join(map(_as_words, sorted(kept, key=len, reverse=True))) or r"(?!)"
    going = "|".join(map(_as_words, longest)) or r"(?!)"
    return re.compile(f"(?:{staying})|(?P<gone>{going})")


def _as_words(name: str) -> str:
    """A pattern for a name with any separators; whole words only, in scripts that have case."""
    words = list(filter(None, re.split(r"[\s\-_]+", name))) or [name]
    inner = r"[\s\-_]+".join(map(re.escape, words))
    before = r"(?<![^\W_])" if _has_case(words[0][:1]) else ""
    return f"{before}{inner}" + (r"(?![^\W_])" if _has_case(words[-1][-1:]) else "")


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower() or letter.isdigit()


def _is_name(written: str, *, small: bool) -> bool:
    """Whether a match is a name; a single lower-case word only if `small` is set and it is long."""
    if re.search(r"[\s\-_]", written) or written[:1] == written[:1].upper():
        return True
    return small and len(written) >= LEAST_WORD


def _outer(name: str) -> list[str]:
    """The first and the last word of a name."""
    words = re.findall(r"\w+", name)
    return [word for word in dict.fromkeys(words[:1] + words[-1:]) if len(word) > 1]


def _placed(text: str) -> tuple[str, list[int]]:
    """A text folded, and the place in the original of each folded letter."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), [*places, len(text)]


def _end(text: str, last: int) -> int:
    """Where a match ends in the original, including marks that fold away."""
    while last < len(text) and not fold(text[last]):
        last += 1
    return last


def redact_card(text: str, redact: Callable[[str], str]) -> str:
    """A vCard with the names in it replaced; lines without a name stay as they are."""
    return _LINE.sub(lambda line: _line(line[0], redact), text)


def _line(line: str, redact: Callable[[str], str]) -> str:
    said = _plain(line)
    changed = redact(said)
    return line if changed == said else changed


def _plain(line: str) -> str:
    """A line unfolded, and decoded from the quoted-printable of vCard 2.1."""
    said = _FOLD.sub("", line)
    if (coded := _CODED.match(said)) is None:
        return said
    value = quopri.decodestring(said[coded.end() :].encode()).decode("utf-8", "replace")
    value = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return f"{coded['head']}{coded['rest']}:{value}"
