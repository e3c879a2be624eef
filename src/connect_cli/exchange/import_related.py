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
from connect_cli.language.relations import Tied, from_card, seen_from
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
        self._others: dict[tuple[str, TieKey], set[str]] = defaultdict(set)
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
        left: dict[str, dict[str, None]] = {}
        for one in related:
            names = left.setdefault(one.word or NO_WORD, {})
            if one.name and not self._is_tied(person, one):
                names[one.name] = None
        return {label: list(names) for label, names in left.items()}

    def unknown(self, person: Named, related: Sequence[Related]) -> Iterator[Related]:
        """Those who are named by a uid or an address only, and are nobody in the journal."""
        return (one for one in related if not (one.name or self._is_tied(person, one)))

    def _add(self, tie: Tied) -> None:
        self._ties.add(tie_key(tie))
        for one in (tie.person, tie.other):
            other, label = seen_from(tie, one.id)
            self._others[one.id, _label_key(label)].add(other.id)

    def _is_tied(self, person: Named, one: Related) -> bool:
        """Whether the journal has this relation with somebody who has, or had, this name."""
        others = self._others.get((person.id, _label_key(one.word)), set()) if one.word else set()
        return not others.isdisjoint(self._called(one)) if others else False

    def _called(self, one: Related) -> set[str]:
        """The ids of everybody who is named so, or was."""
        name, key = fold(one.name), email_key(one.email)
        by_uid = [person.id for uid in uids_of(one) if (person := self._known.uids.get(uid))]
        by_mail = [person.id for person in filter(None, [self._known.emails.get(key)]) if key]
        return {*by_uid, *by_mail, *self._by_name.get(name, ()), *self._earlier.get(name, ())}

    def _found(self, one: Related) -> Named | None:
        """Whom a file means, if that is certain."""
        for uid in uids_of(one):
            if (person := self._known.uids.get(uid)) is not None:
                return person
        if key := email_key(one.email):
            shared = self._known.sharing.get(("email", key))
            return None if shared else self._known.emails.get(key)
        name = fold(one.name)
        is_one = len(self._by_name.get(name, ())) == 1 and name not in self._namesakes
        return self._known.names.get(name) if is_one else None

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        """The ids of everybody with a name, by the folded name."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, person_id in self._connection.execute(_NAMES):
            found[name].add(person_id)
        for name, person in self._known.names.items():
            found[name].add(person.id)
        return found

    @cached_property
    def _namesakes(self) -> frozenset[str]:
        """The folded names that several people have, but for the numbers behind them."""
        return frozenset(
            plain for name in self._known.names if (plain := _NUMBER.sub("", name)) != name
        )

    @cached_property
    def _earlier(self) -> dict[str, set[str]]:
        """The ids of everybody who had a name, by the folded name."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in changes.told(self._connection):
            if one.sort in ("name", "alias"):
                found[fold(one.value)].add(one.person_id)
        return found


_NAMES = "SELECT folded, id FROM person UNION ALL SELECT folded, person_id FROM alias"


def _label_key(label: str) -> TieKey:
    """The same value for all labels that say one thing."""
    return tie_key(from_card(Named("a", ""), Named("b", ""), label))


def still_said(there: str, told: Sequence[str]) -> bool:
    """Whether a detail is what an import wrote of people that a file tells under its label."""
    known = set(map(fold, told))
    return there == BETWEEN.join(told) or all(fold(one) in known for one in there.split(BETWEEN))
