"""The relations of an import: who is near whom, once it is known who everybody in it is.

Whom a file names is taken for somebody in the journal, or in the same import, only by a uid, by an
address that nobody shares, or by a full name or an alias that only one person has. Whoever is not
found stays a detail of the person, `mother: Anna`, until a later import finds them.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from connect_cli.exchange.matching import KnownPeople
from connect_cli.exchange.values import Related
from connect_cli.exchange.vcard_related import TieKey, tie_key, uids_of
from connect_cli.language.contact import email_key
from connect_cli.language.relations import Tied, from_card
from connect_cli.language.words import fold
from connect_cli.model import Named
from connect_cli.store import changes
from connect_cli.store.relations import all_relations

BETWEEN = ", "
"""Between the names of several people of one label."""

NO_WORD = "related"
"""The label of a detail of people of whom a file does not say who they are."""

_NUMBER = re.compile(r" \(\d+\)$")


class RelatedPeople:
    """Finds whom the files name, among everybody in the journal and in the import."""

    def __init__(self, connection: sqlite3.Connection, known: KnownPeople) -> None:
        self._connection, self._known = connection, known
        self._ties: set[TieKey] = set()
        self._tied: dict[str, list[tuple[TieKey, Named]]] = defaultdict(list)
        for one in all_relations(connection):
            self._add(Tied(one.person, one.other, one.word))

    def new_ties(self, person: Named, related: Sequence[Related]) -> Iterator[Tied]:
        """The relations of a person that the journal does not have; each is given once."""
        for one in related:
            if not one.word or self._is_tied(person, one):
                continue
            other = self._found(one)
            if other is None or other.id == person.id:
                continue
            tie = from_card(person, other, one.word)
            if tie_key(tie) not in self._ties:
                self._add(tie)
                yield tie

    def not_found(self, person: Named, related: Sequence[Related]) -> dict[str, list[str]]:
        """The names of those who are nobody in the journal, by their labels."""
        left: dict[str, list[str]] = {}
        for one in related:
            names = left.setdefault(one.word or NO_WORD, [])
            if one.name and one.name not in names and not self._is_tied(person, one):
                names.append(one.name)
        return left

    def _add(self, tie: Tied) -> None:
        self._ties.add(tie_key(tie))
        self._tied[tie.person.id].append((tie_key(tie), tie.other))
        self._tied[tie.other.id].append((tie_key(tie), tie.person))

    def _is_tied(self, person: Named, one: Related) -> bool:
        """Whether the journal has this relation with somebody who has, or had, this name."""
        return one.word != "" and any(
            tie_key(from_card(person, other, one.word)) == key and self._is_called(other, one)
            for key, other in self._tied.get(person.id, ())
        )

    def _is_called(self, other: Named, one: Related) -> bool:
        if self._known.names.get(fold(one.name)) == other or fold(one.name) == fold(other.name):
            return True
        if any(self._known.uids.get(uid) == other for uid in uids_of(one)):
            return True
        if one.email and self._known.emails.get(email_key(one.email)) == other:
            return True
        return fold(one.name) in self._earlier_names.get(other.id, ())

    def _found(self, one: Related) -> Named | None:
        """Whom a file means, if that is certain."""
        for uid in uids_of(one):
            if (person := self._known.uids.get(uid)) is not None:
                return person
        if key := email_key(one.email):
            shared = self._known.sharing.get(("email", key))
            return None if shared else self._known.emails.get(key)
        name = fold(one.name)
        return None if name in self._namesakes else self._known.names.get(name)

    @cached_property
    def _namesakes(self) -> frozenset[str]:
        """The folded names that several people have, but for the numbers behind them."""
        return frozenset(
            plain for name in self._known.names if (plain := _NUMBER.sub("", name)) != name
        )

    @cached_property
    def _earlier_names(self) -> dict[str, set[str]]:
        """By person, the folded names that they had."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in changes.told(self._connection):
            if one.sort in ("name", "alias"):
                found[one.person_id].add(fold(one.value))
        return found


def still_said(there: str, told: Sequence[str]) -> bool:
    """Whether a detail is what an import wrote of people that a file tells under its label."""
    known = set(map(fold, told))
    return there == BETWEEN.join(told) or all(fold(one) in known for one in there.split(BETWEEN))
