"""Who an imported contact is: certainly somebody in the journal, perhaps somebody, or a new person.

`known_people` reads the names, addresses, numbers and card UIDs of everybody once.
`KnownPeople.match` compares a contact with them, the surest sign first:

1. the same UID: it is this person;
2. the same name: it is this person, unless their addresses or cards say otherwise;
3. the same email address or phone number: it is this person if the first names agree too and their
   cards have no other UID;
4. otherwise everybody who shares an address or number, or whose name is similar, may be meant;
5. if nobody is, the contact is a new person.

A wrong match is worse than a question, so signs that contradict each other give `maybe`. Contacts
of the same import are compared too, but two similar names in one address book are two people.
`existing_data` reads what a known person already has. Nothing is raised, except for a damaged
journal.
"""

import difflib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from connect_cli.exchange.values import OWN_UID, Contact, Day, Yearly, same_key
from connect_cli.language.contact import email_key, identifying_phone_key
from connect_cli.language.words import fold, name_words
from connect_cli.model import DEATH, Named
from connect_cli.reports import By
from connect_cli.store.read_values import named, reading, text

ALIKE, WORDS_ALIKE = 0.85, 0.7
MOST_SHARING = 30
"""A word in more names than this, such as a common surname, makes no names similar."""


@dataclass(frozen=True, slots=True)
class Match:
    """Who a contact is, and by which sign; or who they may be."""

    person: Named | None = None
    by: By = ""
    maybe: tuple[Named, ...] = ()


@dataclass(slots=True)
class KnownPeople:
    """Everybody in the journal, and everybody about to be added, by what identifies them.

    by_word: names and their people by each word, only of people who were in the journal before: two
    similar names in one address book are two people. carded: the uids of each person's cards.
    reachable: the ids of people with an address or number. sharing: who else has an address or
    number, by its sort and key.
    """

    uids: dict[str, Named] = field(default_factory=dict)
    emails: dict[str, Named] = field(default_factory=dict)
    phones: dict[str, Named] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    by_word: dict[str, dict[str, Named]] = field(default_factory=lambda: defaultdict(dict))
    carded: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reachable: set[str] = field(default_factory=set)
    sharing: dict[tuple[By, str], dict[str, Named]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def match(self, contact: Contact) -> Match:
        """Who a contact is, or may be."""
        if contact.uid and (person := self.uids.get(contact.uid)):
            return Match(person, "uid")
        reached = self._reached(contact)
        if (named := self.names.get(fold(contact.name))) is not None:
            return self._namesake(contact, named, reached)
        for by, person in reached:
            if _given_alike(contact, person) and not self._other_card(contact, person):
                return Match(person, by)
        maybe = {person.id: person for _, person in reached}
        maybe |= {person.id: person for person in self._alike(contact.name)}
        return Match(maybe=tuple(maybe.values()))

    def add(self, person: Named, contact: Contact) -> None:
        """Add what a contact says about a person."""
        self.carry(person, contact.uid)
        for email in contact.emails:
            self.reach(person, "email", email)
        for phone in contact.phones:
            self.reach(person, "phone", phone)
        for name in (contact.name, *contact.aliases):
            self.names.setdefault(fold(name), person)

    def carry(self, person: Named, uid: str) -> None:
        """Add the uid of a card of a person."""
        if uid:
            self.uids.setdefault(uid, person)
            self.carded[person.id].add(uid)

    def reach(self, person: Named, sort: str, value: str) -> None:
        """Add an address or number of a person."""
        by: By = "email" if sort == "email" else "phone"
        key = email_key(value) if by == "email" else identifying_phone_key(value)
        if not key:
            return
        first = (self.emails if by == "email" else self.phones).setdefault(key, person)
        if first.id != person.id:
            self.sharing[by, key][person.id] = person
        self.reachable.add(person.id)

    def know(self, names: Iterable[str], person: Named) -> None:
        """Add names of a person in the journal, for equal and for similar names."""
        for name in names:
            self.names.setdefault(fold(name), person)
            for word in name_words(name):
                self.by_word[word].setdefault(name, person)

    def _namesake(self, contact: Contact, named: Named, reached: list[tuple[By, Named]]) -> Match:
        """Who a contact is whose name somebody has: this person, unless everything else disagrees.

        Of namesakes with a number behind their name, it is the one with the same address.
        """
        for by, person in reached:
            if person.id == named.id:
                return Match(named, by)
        for by, person in reached:
            if _unnumbered(person.name) == fold(contact.name):
                return Match(person, by)
        says = bool(contact.emails or any(map(identifying_phone_key, contact.phones)))
        if says and (named.id in self.reachable or self._other_card(contact, named)):
            maybe = {person.id: person for person in (named, *(one for _, one in reached))}
            return Match(maybe=tuple(maybe.values()))
        return Match(named, "name")

    def _other_card(self, contact: Contact, person: Named) -> bool:
        """Whether all cards of a person have other uids than this contact."""
        others = self.carded.get(person.id)
        return bool(contact.uid and others) and contact.uid not in (others or ())

    def _reached(self, contact: Contact) -> list[tuple[By, Named]]:
        """Everybody with an address or number of the contact, whoever had it first in front."""
        numbers = map(identifying_phone_key, contact.phones)
        keys: list[tuple[By, str, Named | None]] = [
            *(("email", key, self.emails.get(key)) for key in map(email_key, contact.emails)),
            *(("phone", key, self.phones.get(key)) for key in numbers),
        ]
        return [
            (by, person)
            for by, key, first in keys
            if first is not None
            for person in (first, *self.sharing.get((by, key), {}).values())
        ]

    def _alike(self, name: str) -> list[Named]:
        """People whose name shares a word with this one, and is a part of it or nearly the same.

        A word that many names have does not count, and each name is compared once.
        """
        mine = set(name_words(name))
        near: dict[str, Named] = {}
        for word in sorted(mine):
            if len(sharing := self.by_word.get(word, {})) <= MOST_SHARING:
                near |= sharing
        return [
            one
            for other, one in near.items()
            if (theirs := set(name_words(other))) <= mine
            or mine <= theirs
            or (_likeness(fold(name), fold(other)) >= ALIKE and _word_by_word(mine, theirs))
        ]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _word_by_word(mine: set[str], theirs: set[str]) -> bool:
    """Whether the words that differ are similar too: a long common word is not enough."""
    pairs = zip(sorted(mine - theirs), sorted(theirs - mine), strict=False)
    return all(_likeness(one, other) >= WORDS_ALIKE for one, other in pairs)


def _given_alike(contact: Contact, person: Named) -> bool:
    """Whether two names begin with the same word, or one is part of the other.

    Families share a surname and a number, and colleagues share the number of their company.
    """
    theirs = name_words(person.name)
    for name in (contact.name, *contact.aliases):
        mine = name_words(name)
        if mine[:1] == theirs[:1] or set(mine) <= set(theirs) or set(theirs) <= set(mine):
            return True
    return False


def _unnumbered(name: str) -> str:
    """A folded name without the number that tells namesakes apart."""
    return re.sub(r" \(\d+\)$", "", fold(name))


@reading("person", "alias", "contact_point", "card")
def known_people(connection: sqlite3.Connection) -> KnownPeople:
    """Everybody in the journal, archived people too."""
    found = KnownPeople()
    people = {row[0]: named(*row) for row in connection.execute(_PEOPLE)}
    for person in people.values():
        found.know((person.name,), person)
        found.uids[f"{OWN_UID}{person.id}"] = person
    for person_id, name in connection.execute("SELECT person_id, name FROM alias ORDER BY seq"):
        found.know((text(name),), people[person_id])
    for person_id, kind, value in connection.execute(_POINTS):
        found.reach(people[person_id], kind, text(value))
    for person_id, uid in connection.execute("SELECT person_id, uid FROM card ORDER BY seq"):
        found.carry(people[person_id], text(uid))
    return found


# In a fixed order, so that something shared always belongs to the same person first.
_PEOPLE = "SELECT id, name FROM person ORDER BY seq"
_POINTS = """SELECT person_id, kind, value FROM contact_point WHERE kind IN ('email', 'phone')
  ORDER BY seq"""


@dataclass(slots=True)
class ExistingData:
    """What a person has already, so that it is not added twice.

    died: when they died, if they did. cards: by uid: the id, the text, and what the journal says
    instead. occasions, occasion_ids: by folded label. detail_ids: by the same keys as `details`.
    """

    names: set[str]
    points: set[tuple[str, str]] = field(default_factory=set)
    occasions: dict[str, Yearly] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    cards: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    occasion_ids: dict[str, str] = field(default_factory=dict)
    died: str = ""
    detail_ids: dict[str, str] = field(default_factory=dict)

    @property
    def days(self) -> dict[str, Day]:
        """The yearly days by folded labels, and the day on which they died."""
        days: dict[str, Day] = dict(self.occasions)
        return days | {DEATH: self.died} if self.died else days


@reading("person", "alias", "contact_point", "occasion", "card", "detail", "tag")
def existing_data(connection: sqlite3.Connection, person_id: str) -> ExistingData:
    """What a person in the journal has."""

    def all_of(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, {"id": person_id}).fetchall()

    names = all_of(
        "SELECT folded FROM person WHERE id = :id"
        " UNION SELECT folded FROM alias WHERE person_id = :id"
    )
    reached = all_of("SELECT kind, value FROM contact_point WHERE person_id = :id")
    days = all_of("SELECT label, year, month, day, id FROM occasion WHERE person_id = :id")
    details = all_of("SELECT label_folded, value, id FROM detail WHERE person_id = :id")
    died = all_of("SELECT died_on FROM person WHERE id = :id AND died_on IS NOT NULL")
    cards = all_of("SELECT uid, id, text, instead FROM card WHERE person_id = :id")
    return ExistingData(
        {text(name) for (name,) in names},
        {(kind, same_key(kind, text(value))) for kind, value in reached},
        {fold(label): (year, month, day) for label, year, month, day, _ in days},
        {label: value for label, value, _ in details},
        {one for (one,) in all_of("SELECT name FROM tag WHERE person_id = :id")},
        {uid: (text(row_id), text(card), text(instead)) for uid, row_id, card, instead in cards},
        {fold(label): row_id for label, *_, row_id in days},
        "".join(text(day) for (day,) in died),
        {label: row_id for label, _, row_id in details},
    )


def points(contact: Contact) -> list[tuple[str, str]]:
    """The contact points of a contact: kind and value."""
    return [
        *(("email", value) for value in contact.emails),
        *(("phone", value) for value in contact.phones),
        *(("url", value) for value in contact.urls),
        *(("address", value) for value in contact.addresses),
    ]
