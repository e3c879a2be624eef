"""Who is near whom when cards go out: every relation from both sides, and those that once were."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from connect_cli.exchange.values import Related
from connect_cli.exchange.vcard_lines import in_text
from connect_cli.exchange.vcard_related import Near, TieKey, related_of
from connect_cli.language.contact import email_key
from connect_cli.language.relations import seen_from
from connect_cli.language.words import fold
from connect_cli.model import Named, Tied
from connect_cli.store import changes
from connect_cli.store.changes import Joined, Told
from connect_cli.store.people import grouped
from connect_cli.store.relations import all_relations

_TELLS = re.compile("related|spouse|/relation", re.IGNORECASE)
"""Without one of these words a card names nobody near."""


class Ways(NamedTuple):
    """The ways to name a person: all names that they have and had, uids, and keys of addresses."""

    names: frozenset[str] = frozenset()
    uids: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


class Nearby:
    """The relations of everybody as a card says them.

    told: what the journal said of people until it changed. joined: every merge of two people.
    texts: the stored cards of each person.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        told: Sequence[Told],
        joined: Sequence[Joined],
        texts: Mapping[str, Sequence[str]],
    ) -> None:
        self._names = grouped(connection, "SELECT id, name FROM person")
        self._kept = {one.gone: one.kept for one in joined}
        now = [Tied(one.person, one.other, one.word) for one in all_relations(connection)]
        once = [
            (one.until, Tied(self._named(one.person_id), self._named(one.other_id), one.word))
            for one in changes.related(connection)
        ]
        self._known: dict[str, Ways] = {}
        if now or once:
            self._known = self._ways_to_name(connection, told)
        self._now: dict[str, list[Near]] = defaultdict(list)
        for tie in now:
            for near in self._from_both(tie):
                self._now[near.owner_id].append(near)
        self._once: dict[str, list[tuple[int, Near]]] = defaultdict(list)
        for until, tie in once:
            for near in self._from_both(tie):
                self._once[near.owner_id].append((until, near))
        self._said = self._said_by_cards(texts)

    def of(self, person_id: str) -> tuple[Near, ...]:
        """Everybody near a person."""
        return tuple(
            replace(near, is_told=near.key in self._said) for near in self._now.get(person_id, ())
        )

    def once(self, person_id: str, since: int) -> tuple[Near, ...]:
        """Everybody who was near a person at a time after a change."""
        return tuple(near for until, near in self._once.get(person_id, ()) if until > since)

    def _named(self, person_id: str) -> Named:
        """Somebody by an id, or who they were merged with."""
        seen = {person_id}
        while person_id not in self._names and (kept := self._kept.get(person_id)):
            if kept in seen:
                break
            seen.add(kept)
            person_id = kept
        return Named(person_id, self._names.get(person_id, [""])[0])

    def _from_both(self, tie: Tied) -> Iterator[Near]:
        """A relation as the cards of both people say it."""
        for owner in (tie.person, tie.other):
            other, word = seen_from(tie, owner.id)
            ways = self._known.get(other.id, Ways())
            if other.id != owner.id:
                yield Near(owner.id, other.id, word, other.name, *ways)

    def _ways_to_name(
        self, connection: sqlite3.Connection, told: Sequence[Told]
    ) -> dict[str, Ways]:
        """The ways to name each person."""
        names: dict[str, set[str]] = defaultdict(set)
        for person_id, said in self._names.items():
            names[person_id].update(map(fold, said))
        for person_id, said in grouped(connection, "SELECT person_id, name FROM alias").items():
            names[person_id].update(map(fold, said))
        for one in told:
            if one.sort in ("name", "alias"):
                names[self._named(one.person_id).id].add(fold(one.value))
        emails = grouped(
            connection, "SELECT person_id, value FROM contact_point WHERE kind = 'email'"
        )
        uids = grouped(connection, "SELECT person_id, uid FROM card WHERE uid <> ''")
        return {
            person_id: Ways(
                frozenset(known),
                frozenset(uids.get(person_id, ())),
                frozenset(map(email_key, emails.get(person_id, ()))),
            )
            for person_id, known in names.items()
        }

    def _said_by_cards(self, texts: Mapping[str, Sequence[str]]) -> frozenset[TieKey]:
        """The relations that some stored card says."""
        return frozenset(
            near.key
            for person_id, nearby in self._now.items()
            for related in _related_in(texts.get(person_id, ()))
            for near in nearby
            if near.is_said_by(related)
        )


def _related_in(texts: Sequence[str]) -> Iterator[Related]:
    """Who the cards of a person name."""
    for text in texts:
        if _TELLS.search(text):
            for card in in_text(text)[0]:
                yield from related_of(card)
