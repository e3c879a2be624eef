"""What an import would write: who is new, who is known, what each of them gets."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.unread import Unread
from connect_cli.exchange.values import OWN_UID, Contact, Found, Happening
from connect_cli.journal.matching import Book, By
from connect_cli.language.cadences import read_cadence
from connect_cli.language.folding import fold
from connect_cli.model import Named, Rule, usual_counts
from connect_cli.scheduler import first_day
from connect_cli.store.reads import count_with_cadence

OnMatch = Literal["update", "skip", "new"]
Row = dict[str, Any]
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class Unsure(Protocol):
    """Who says what to do with a contact who may be somebody here."""

    def __call__(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do; a person is the one that they are."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """One contact as it would be taken in. gains: what the person gets, in words, by the field."""

    name: str
    status: Literal["new", "matched", "unsure"]
    by: By = ""
    maybe: tuple[Named, ...] = ()
    gains: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Arrivals:
    """An import before it is written.

    rows: what it would write, by table. cards: text and id of those to bring up to date.
    known: how many entries are here already. planned_after: the newest command on record then.
    """

    people: list[Arriving] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    cards: list[tuple[str, str]] = field(default_factory=list)
    entries: list[Happening] = field(default_factory=list)
    known: int = 0
    unread: list[Unread] = field(default_factory=list)
    planned_after: int = 0

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to write."""
        return not any(self.rows.values()) and not self.cards


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for. tag: for everybody who comes. cadences: take over those of the file.

    today: the logical day, from which first days are counted.
    """

    today: date
    tag: str | None = None
    cadences: bool = False


class Planner:
    """Decides about one contact after the other.

    new_id: makes the id of a row. now: the moment, as it is stored.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        book: Book,
        unsure: Unsure,
        new_id: Callable[[], str],
        now: str,
        wishes: Wishes,
    ) -> None:
        self._connection, self._book, self._unsure = connection, book, unsure
        self._new_id, self._now, self._wishes = new_id, now, wishes
        self._kept: dict[str, _Kept] = {}
        self._met: dict[str, Named | None] = {}
        self._given: Counter[str] = Counter()
        self._plan = Arrivals()

    def plan(self, found: Found, source: str) -> Arrivals:
        """What taking all of this in would write. source: the name of the format."""
        self._plan.unread = list(found.unread)
        self._plan.planned_after = newest_command(self._connection)
        for contact in found.contacts:
            self._take(contact)
        for happening in found.happenings:
            self._happened(happening, source)
        return self._plan

    def _take(self, contact: Contact) -> Named | None:
        match = self._book.match(contact)
        if match.person is not None:
            return self._gain(contact, match.person, "matched", match.by)
        if not match.maybe:
            return self._add(contact)
        answer = self._unsure(contact, match.maybe)
        if answer == "new":
            return self._add(contact)
        if answer == "skip":
            unsure = Arriving(contact.name, "unsure", maybe=match.maybe)
            self._plan.people.append(unsure)
            return None
        person = answer if isinstance(answer, Named) else match.maybe[0]
        return self._gain(contact, person, "matched", "")

    def _add(self, contact: Contact) -> Named:
        name, number = contact.name, 1
        while fold(name) in self._book.names:
            number += 1
            name = f"{contact.name} ({number})"
        person = Named(self._new_id(), name)
        row = {**dict.fromkeys(_EMPTY), "id": person.id, "name": name, "created_at": self._now}
        if self._wishes.cadences:
            row |= self._cadence(contact)
        self._row("person", *row.items())
        self._kept[person.id] = _Kept({fold(name)})
        return self._gain(contact, person, "new", "")

    def _cadence(self, contact: Contact) -> Row:
        """The cadence that a file names, with a first day that is no avalanche."""
        if not contact.every:
            return {}
        try:
            cadence = read_cadence(contact.every)
        except NotUnderstood as error:
            self._plan.unread.append(Unread(contact.place, error.message))
            return {}
        if cadence is None:
            return {"cadence": "never"}
        text = str(cadence)
        self._given[text] += 1
        already = count_with_cadence(self._connection, text) + self._given[text] - 1
        first_on = first_day(cadence, self._wishes.today, already=already)
        return {
            "cadence": text,
            "cadence_words": cadence.said or None if isinstance(cadence, Rule) else None,
            "first_on": first_on.isoformat(),
            "first_said_on": self._wishes.today.isoformat(),
        }

    def _gain(
        self, contact: Contact, person: Named, status: Literal["new", "matched"], by: By
    ) -> Named:
        """Give a person what a contact says and they do not have; nothing is overwritten."""
        kept = self._kept.get(person.id)
        if kept is None:
            kept = self._kept[person.id] = _kept(self._connection, person.id)
        gains = [*self._names(contact, person, kept), *self._facts(contact, person, kept)]
        self._card(contact, person, kept)
        self._plan.people.append(Arriving(person.name, status, by, gains=tuple(gains)))
        self._book.add(person, contact)
        return person

    def _names(self, contact: Contact, person: Named, kept: "_Kept") -> list[tuple[str, str]]:
        gained = []
        for name in (contact.name, *contact.aliases):
            holder = self._book.names.get(fold(name))
            if fold(name) not in kept.names and (holder is None or holder.id == person.id):
                kept.names.add(fold(name))
                self._owned("alias", person, ("name", name))
                gained.append(("alias", name))
        return gained

    def _facts(self, contact: Contact, person: Named, kept: "_Kept") -> list[tuple[str, str]]:
        gained = []
        for sort, value in _points(contact):
            if (sort, key := _point_key(sort, value)) not in kept.points:
                kept.points.add((sort, key))
                self._owned("contact_point", person, ("kind", sort), ("value", value))
                gained.append((sort, value))
        for label, (year, month, day) in contact.occasions:
            if label not in kept.occasions:
                kept.occasions.add(label)
                which = ("label", label), ("month", month), ("day", day), ("year", year)
                self._owned("occasion", person, *which)
                gained.append((label, f"{'' if year is None else f'{year}-'}{month:02}-{day:02}"))
        for label, value in contact.details:
            if fold(label) not in kept.details:
                kept.details.add(fold(label))
                self._owned("detail", person, ("label", label), ("value", value))
                gained.append((label, value))
        for tag in (*contact.tags, *filter(None, [self._wishes.tag])):
            if tag not in kept.tags:
                kept.tags.add(tag)
                self._owned("tag", person, ("name", tag), ("interaction_id", None))
                gained.append(("tag", tag))
        return gained

    def _card(self, contact: Contact, person: Named, kept: "_Kept") -> None:
        """Keep what was not understood; a card that is here already is brought up to date."""
        own = contact.uid in ("", f"{OWN_UID}{person.id}")
        if own and not contact.rest and contact.uid not in kept.cards:
            return
        card = kept.cards.get(contact.uid)
        if card is None:
            row_id = self._new_id()
            kept.cards[contact.uid] = (row_id, contact.rest)
            text = ("uid", contact.uid), ("text", contact.rest)
            self._row("card", ("id", row_id), ("person_id", person.id), *text)
        elif sorted(card[1].split("\n")) != sorted(contact.rest.split("\n")):
            self._plan.cards.append((contact.rest, card[0]))

    def _happened(self, happening: Happening, source: str) -> None:
        row_id = stable_id(source, happening.key)
        sql = "SELECT 1 FROM interaction WHERE id = ?"
        if self._connection.execute(sql, (row_id,)).fetchone():
            self._plan.known += 1
            return
        people = [self._somebody(name, happening.place) for name in happening.people]
        ids = list(dict.fromkeys(person.id for person in people if person is not None))
        if not ids:
            reason = "nobody in it is here" if happening.people else "it names nobody"
            self._plan.unread.append(Unread(happening.place, reason))
            return
        self._plan.entries.append(happening)
        self._row(
            "interaction", ("id", row_id), *entry_columns(happening, self._now), ("people", ids)
        )
        for tag in happening.tags:
            on = ("person_id", None), ("interaction_id", row_id)
            self._row("tag", ("id", stable_id(row_id, tag)), ("name", tag), *on)

    def _somebody(self, name: str, place: str) -> Named | None:
        """Whom an entry names; who is not known is asked about once."""
        key = fold(name)
        if key not in self._met:
            self._met[key] = self._book.names.get(key) or self._take(Contact(name, place))
        return self._met[key]

    def _owned(self, table: str, person: Named, *values: tuple[str, Any]) -> None:
        self._row(table, ("id", self._new_id()), ("person_id", person.id), *values)

    def _row(self, table: str, *values: tuple[str, Any]) -> None:
        self._plan.rows.setdefault(table, []).append(dict(values))


@dataclass(slots=True)
class _Kept:
    """What a person has already, so that it is not given twice. cards: id and text by uid."""

    names: set[str]
    points: set[tuple[str, str]] = field(default_factory=set)
    occasions: set[str] = field(default_factory=set)
    details: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    cards: dict[str, tuple[str, str]] = field(default_factory=dict)


def _kept(connection: sqlite3.Connection, person_id: str) -> _Kept:
    def all_of(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, {"id": person_id}).fetchall()

    names = all_of(
        "SELECT folded FROM person WHERE id = :id"
        " UNION SELECT folded FROM alias WHERE person_id = :id"
    )
    points = all_of("SELECT kind, value FROM contact_point WHERE person_id = :id")
    cards = all_of("SELECT uid, id, text FROM card WHERE person_id = :id")
    return _Kept(
        {name for (name,) in names},
        {(kind, _point_key(kind, value)) for kind, value in points},
        {one for (one,) in all_of("SELECT label FROM occasion WHERE person_id = :id")},
        {one for (one,) in all_of("SELECT label_folded FROM detail WHERE person_id = :id")},
        {one for (one,) in all_of("SELECT name FROM tag WHERE person_id = :id")},
        {uid: (row_id, text) for uid, row_id, text in cards},
    )


def newest_command(connection: sqlite3.Connection) -> int:
    """The row number of the newest command that is finished."""
    sql = "SELECT coalesce(max(seq), 0) FROM command WHERE open IS NULL"
    return int(connection.execute(sql).fetchone()[0])


def stable_id(*words: str) -> str:
    """An id that the same words always give, so that nothing is taken in twice."""
    number = int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:8], "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(12))


def _points(contact: Contact) -> list[tuple[str, str]]:
    return [
        *(("email", value) for value in contact.emails),
        *(("phone", value) for value in contact.phones),
        *(("url", value) for value in contact.urls),
        *(("address", value) for value in contact.addresses),
    ]


def _point_key(sort: str, value: str) -> str:
    """Two spellings of one number or address are one."""
    if sort == "phone":
        return "".join(letter for letter in value if letter.isdecimal() or letter == "+")
    return value.casefold() if sort == "email" else value


def entry_columns(happening: Happening, now: str) -> list[tuple[str, Any]]:
    """The columns of an interaction."""
    day: date = happening.day
    return [
        ("day", day.isoformat()),
        ("time", happening.time),
        ("kind", happening.kind.value),
        ("minutes", happening.minutes),
        ("direction", happening.direction and happening.direction.value),
        ("energy", None),
        ("counts", usual_counts(happening.kind, tried=False).value),
        ("tried", False),
        ("note", happening.note),
        ("entered", ""),
        ("recorded_at", now),
    ]


_EMPTY = (
    *("circle", "cadence", "cadence_words", "first_on", "first_said_on"),
    *("snoozed_on", "snooze_said_on", "archived_on"),
)
