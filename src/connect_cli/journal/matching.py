"""Whom an arriving contact is: somebody who is here already, perhaps, or nobody yet."""

import difflib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from connect_cli.exchange.values import OWN_UID, Contact
from connect_cli.language.folding import fold
from connect_cli.language.names import name_words
from connect_cli.model import Named

By = Literal["uid", "email", "phone", "name", ""]
ALIKE = 0.85
LAST_DIGITS = 9
"""Of two spellings of a number the country's code and a leading 0 may differ."""


@dataclass(frozen=True, slots=True)
class Match:
    """Who a contact is, and by what; or who they may be."""

    person: Named | None = None
    by: By = ""
    maybe: tuple[Named, ...] = ()


@dataclass(slots=True)
class Book:
    """Everybody here by what tells them apart; people who are about to be added are put in too."""

    uids: dict[str, Named] = field(default_factory=dict)
    emails: dict[str, Named] = field(default_factory=dict)
    phones: dict[str, Named] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    by_word: dict[str, list[tuple[str, Named]]] = field(default_factory=lambda: defaultdict(list))
    carded: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def match(self, contact: Contact) -> Match:
        """Who a contact is."""
        if contact.uid and (person := self.uids.get(contact.uid)):
            return Match(person, "uid")
        words = {word for name in (contact.name, *contact.aliases) for word in name_words(name)}
        if (named := self.names.get(fold(contact.name))) is not None:
            if self._another(contact, named):
                return Match(maybe=(named,))
            return Match(named, self._reached(contact, named) or "name")
        reached = self._reachable(contact)
        for by, person in reached:
            if words & set(name_words(person.name)):
                return Match(person, by)
        maybe = {person.id: person for _, person in reached}
        maybe |= {person.id: person for person in self._alike(contact.name)}
        return Match(maybe=tuple(maybe.values()))

    def add(self, person: Named, contact: Contact) -> None:
        """Know somebody by what a contact says."""
        if contact.uid:
            self.uids.setdefault(contact.uid, person)
            self.carded[person.id].add(contact.uid)
        for email in contact.emails:
            self.emails.setdefault(email.casefold(), person)
        for phone in contact.phones:
            self.phones.setdefault(digits(phone), person)
        self.know((contact.name, *contact.aliases), person)

    def know(self, names: Iterable[str], person: Named) -> None:
        """Know somebody by names."""
        for name in names:
            self.names.setdefault(fold(name), person)
            for word in name_words(name):
                self.by_word[word].append((name, person))

    def _another(self, contact: Contact, named: Named) -> bool:
        """Whether a card is of another person of the same name: other uid, nothing in common."""
        others = self.carded.get(named.id)
        if not contact.uid or not others or contact.uid in others:
            return False
        return bool(contact.emails or contact.phones) and not self._reached(contact, named)

    def _reached(self, contact: Contact, named: Named) -> By:
        found = (by for by, person in self._reachable(contact) if person.id == named.id)
        return next(found, "")

    def _reachable(self, contact: Contact) -> list[tuple[By, Named]]:
        found: list[tuple[By, Named | None]] = [
            *(("email", self.emails.get(email.casefold())) for email in contact.emails),
            *(("phone", self.phones.get(digits(phone))) for phone in contact.phones),
        ]
        return [(by, person) for by, person in found if person is not None]

    def _alike(self, name: str) -> list[Named]:
        """People whose name has a word of this one and is part of it, or nearly the same."""
        mine = set(name_words(name))
        near = ((other, one) for word in sorted(mine) for other, one in self.by_word.get(word, ()))
        return [
            one
            for other, one in near
            if (theirs := set(name_words(other))) <= mine
            or mine <= theirs
            or difflib.SequenceMatcher(None, fold(name), fold(other)).ratio() >= ALIKE
        ]


def digits(phone: str) -> str:
    """The part of a phone number that two spellings of it share."""
    return "".join(letter for letter in phone if letter.isdecimal())[-LAST_DIGITS:]


def book(connection: sqlite3.Connection) -> Book:
    """Everybody who is here, archived people too."""
    found = Book()
    people = {row[0]: Named(*row) for row in connection.execute("SELECT id, name FROM person")}
    for person in people.values():
        found.know((person.name,), person)
        found.uids[f"{OWN_UID}{person.id}"] = person
    for person_id, name in connection.execute("SELECT person_id, name FROM alias"):
        found.know((name,), people[person_id])
    sql = "SELECT person_id, kind, value FROM contact_point WHERE kind IN ('email', 'phone')"
    for person_id, kind, value in connection.execute(sql):
        if kind == "email":
            found.emails.setdefault(value.casefold(), people[person_id])
        else:
            found.phones.setdefault(digits(value), people[person_id])
    for person_id, uid in connection.execute("SELECT person_id, uid FROM card"):
        found.uids.setdefault(uid, people[person_id])
        found.carded[person_id].add(uid)
    return found
