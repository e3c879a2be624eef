"""Which words that begin with @ in another journal are people; the others become tags.

jrnl marks people and topics alike, so nothing is guessed. Whoever runs the import says it at the
keyboard or with `--people`. Where nobody can be asked, it is settled only if each word names
somebody who is in the journal already; otherwise the entries with an undecided word wait, and the
import writes nothing.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.normalise import kept_name, kept_tag, unique
from connect_cli.exchange.values import Found
from connect_cli.language.names import By, Names
from connect_cli.language.plurals import listed
from connect_cli.language.words import fold
from connect_cli.reports import AtWord, Happening

AT = "@"
ALL, KNOWN, NONE = "all", "known", "none"
LONGEST_EXAMPLE = 50
NAMED = 5
"""The most words that an error message names."""


class People(NamedTuple):
    """What `--people` says. words: folded, with their @. known: also those in the journal."""

    words: frozenset[str] = frozenset()
    known: bool = False
    everybody: bool = False


def read_people(texts: Sequence[str]) -> People | None:
    """The words that are people; None if nothing is said. Raises NotUnderstood.

    Beside words with or without their @ it may be `all`, `known` (those in the journal) or `none`.
    """
    if not texts:
        return None
    said = [word for text in texts for word in re.split(r"[,\s]+", text) if word]
    sorts = {word for word in said if word in (ALL, KNOWN, NONE)}
    words = frozenset(_key(word) for word in said if word not in sorts)
    if not said or (NONE in sorts and len(set(said)) > 1):
        raise NotUnderstood(
            f"--people cannot be '{' '.join(texts)}'", f"for example: --people {AT}dan, or {NONE}"
        )
    return People(words, KNOWN in sorts, ALL in sorts)


def check_there(people: People, happenings: Iterable[Happening]) -> None:
    """Raise NotUnderstood for a word of `--people` that no entry has."""
    there = {_key(word): word for one in happenings for word in one.words}
    if missing := sorted(people.words - there.keys()):
        which = f"the words that begin with {AT} are: {_some(list(there.values()))}"
        none = f"no entry has a word that begins with {AT}"
        raise NotUnderstood(f"no entry has the word {missing[0]}", which if there else none)


def words_in(happenings: Iterable[Happening], names: Names) -> list[AtWord]:
    """Each word once, the most frequent first, with whom of the journal it fits."""
    first: dict[str, tuple[str, Happening]] = {}
    times: dict[str, int] = {}
    for one in happenings:
        for word in one.words:
            first.setdefault(_key(word), (word, one))
            times[_key(word)] = times.get(_key(word), 0) + 1
    return [
        AtWord(word, times[key], _example(one.note, word), _fitting(word, names))
        for key, (word, one) in sorted(first.items(), key=lambda each: (-times[each[0]], each[0]))
    ]


def decided(words: Sequence[AtWord], people: People | None) -> list[AtWord]:
    """The words as `--people` says; without it, only those in the journal are decided."""
    if people is None:
        return [_as_person(one) if is_known(one) else one for one in words]
    chosen = {
        one.word
        for one in words
        if people.everybody or _key(one.word) in people.words or (people.known and is_known(one))
    }
    return answered(words, chosen)


def answered(words: Sequence[AtWord], people: Collection[str]) -> list[AtWord]:
    """The words, of which these are people."""
    return [_as_person(one) if one.word in people else one._replace(becomes="tag") for one in words]


def settle(found: Found, words: Sequence[AtWord]) -> int:
    """Put people and tags in place of words. Entries with an undecided word wait: how many."""
    by_key = {_key(one.word): one for one in words}
    settled, waiting = [], 0
    for happening in found.happenings:
        theirs = [by_key[_key(word)] for word in happening.words]
        if any(one.becomes == "undecided" for one in theirs):
            waiting += 1
        else:
            settled.append(_settled(happening, theirs))
    found.happenings = settled
    return waiting


def refuse_undecided(words: Sequence[AtWord]) -> None:
    """Raise NotUnderstood if it is not decided which words are people."""
    undecided = [one.word for one in words if one.becomes == "undecided"]
    if undecided:
        what = "a person or a topic" if len(undecided) == 1 else "people or topics"
        known = any(map(is_known, words))
        raise NotUnderstood(
            f"{_some(undecided)} may be {what}",
            f"name those who are people: --people {f'{KNOWN},' if known else ''}{AT}WORD,{AT}WORD;"
            f" if nobody {'else ' if known else ''}is: --people {KNOWN if known else NONE}",
        )


def _some(words: Sequence[str]) -> str:
    """`@idea, @dan and 3 more`."""
    shown, rest = list(words[:NAMED]), len(words[NAMED:])
    return listed([*shown, *([f"{rest} more"] if rest else [])])


def is_known(one: AtWord) -> bool:
    """Whether a word names exactly one person in the journal."""
    return len(one.known) == 1


def _as_person(one: AtWord) -> AtWord:
    return one._replace(becomes="person", name=one.known[0] if is_known(one) else _called(one.word))


def _settled(happening: Happening, words: Sequence[AtWord]) -> Happening:
    people = (one.name for one in words if one.becomes == "person")
    tags = (kept_tag(one.word) for one in words if one.becomes == "tag")
    return happening._replace(
        people=unique((*happening.people, *people)), tags=unique((*happening.tags, *tags))
    )


def _fitting(word: str, names: Names) -> tuple[str, ...]:
    """Those in the journal whom a word names in full or by a whole word of their name."""
    fit = names.fit(_called(word))
    if fit is None or fit.by is By.PREFIX:
        return ()
    return tuple(person.name for person in fit.people)


def _called(word: str) -> str:
    """A word as a name: `@ada_lovelace` is Ada Lovelace."""
    words = re.split(r"[_-]+", word.removeprefix(AT))
    return kept_name(" ".join(one[:1].upper() + one[1:] for one in words))


def _example(note: str, word: str) -> str:
    """The line of a note that has the word, or the part of it around the word."""
    has = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    line, at = next(
        ((line.strip(), found.start()) for line in note.split("\n") if (found := has.search(line))),
        (note.partition("\n")[0], 0),
    )
    if len(line) <= LONGEST_EXAMPLE:
        return line
    start = max(0, min(at - LONGEST_EXAMPLE // 3, len(line) - LONGEST_EXAMPLE))
    part = line[start : start + LONGEST_EXAMPLE].strip()
    end = "…" if start + LONGEST_EXAMPLE < len(line) else ""
    return f"{'…' if start else ''}{part}{end}"


def _key(word: str) -> str:
    return AT + fold(word.removeprefix(AT))
