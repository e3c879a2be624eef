"""Whom you introduced to whom: `introduced Ada to Grace: both restore boats`.

Only what you did yourself counts: by `Tom introduced Ada to Grace` and `Ada introduced me to Grace`
somebody else did. With two people it is those two. With more, they are parted where `to` or `with`
stands, and each must be found by a word of their name; otherwise nothing is taken from it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations, product

from connect_cli.language.dates import match_phrase, plain_words
from connect_cli.language.times import match_clock
from connect_cli.language.words import fold, name_words
from connect_cli.model import Named

_VERB = re.compile(r"\b(?:introduced|intro'd|introed)\b")
_ME = frozenset({"me", "myself", "us", "ourselves"})
_I = frozenset({"i", "we"})
_SIDES = re.compile(r"\b(?:to|with)\b")
_TO_YOU = re.compile(r"\s+(?:by|to|with)\b")
"""After the verb: you are the one who was introduced, as in `introduced to Grace`."""

Pair = tuple[Named, Named]


def introductions(entered: str, people: Sequence[Named], today: date) -> list[Pair]:
    """Each two of these people whom you introduced to each other, by the words of a log line."""
    head = _head(fold(entered), today)
    verb = _VERB.search(head)
    if verb is None or len(people) < 2 or not _is_yours(head[: verb.start()], today):
        return []
    said = head[verb.end() :]
    if _TO_YOU.match(said) or not _ME.isdisjoint(name_words(said)):
        return []
    if len(people) == 2:
        return [(people[0], people[1])]
    return list(_between_sides(said, people))


def question(one: Named, other: Named) -> str:
    """What to ask after a while, by their first names if these differ: `did Ada and Bo meet?`"""
    first, second = (person.name.split()[0] for person in (one, other))
    if fold(first) == fold(second):
        first, second = one.name, other.name
    return f"did {first} and {second} meet?"


def _head(line: str, today: date) -> str:
    """What stands before the colon of the note, without a day or time with a colon of its own."""
    head, _, rest = line.partition(": ")
    return rest.partition(": ")[0] if _is_when(head, today) else head


def _is_yours(before: str, today: date) -> bool:
    """Whether nobody else stands before the verb: nothing does, or I, or a day and a time."""
    words = before.replace(",", " ").split()
    if words and words[-1] in _I:
        words.pop()
    return _is_when(" ".join(words), today)


def _is_when(words: str, today: date) -> bool:
    """Whether a text consists of days and times."""
    left = plain_words(words)
    while left:
        found = match_phrase(left, today) or match_clock(left)
        if found is None:
            return False
        left = left[found.words :]
    return True


def _between_sides(said: str, people: Sequence[Named]) -> Iterable[Pair]:
    places = [_place(said, person) for person in people]
    if None in places:
        return []
    side = _SIDES.search(said)
    if side is None:
        return combinations(people, 2)
    before = [
        person
        for person, place in zip(people, places, strict=True)
        if place is not None and place < side.start()
    ]
    after = [person for person in people if person not in before]
    return product(before, after)


def _place(said: str, person: Named) -> int | None:
    """Where the first word of a name stands, by any of its words."""
    found = (re.search(rf"\b{re.escape(word)}", said) for word in name_words(person.name))
    return min((match.start() for match in found if match), default=None)
