"""What an import would write: who is new, who is known, and what each of them gets.

`Planner.plan` takes everything that the files hold (`Found`) and only reads the journal. In order:

1. Of two contacts with one UID, an exact duplicate is dropped, and a different one loses its UID.
2. Each contact is matched (matching.py). Known people get what they do not have yet, new people are
   added, and uncertain contacts wait.
3. Those are tried again, because what came with the others may make them certain, and
   then asked about. Contacts that stay uncertain are left out and listed.
4. Interactions that are in the journal already are only counted, not imported. Those of a future
   day, or with somebody uncertain or nobody at all, are listed as unread. Unknown people whom they
   name are matched like contacts.
5. Relations are made between people who are here by now; whoever is not stays a detail.
6. New people with a cadence get their first days, once it is known when they were last met.

Nothing in the journal is overwritten: a value that differs is only shown in the preview. A record
that cannot be used goes to `unread` with its reason and stops nothing else. The plan is written by
`imports.write_import`, which refuses it if the journal has changed since (`planned_after`).
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.death_days import death_words, says_more
from connect_cli.exchange.import_cards import CardChange, CardImport
from connect_cli.exchange.import_related import Relating
from connect_cli.exchange.import_values import (
    EITHER,
    SHOWN,
    ImportOptions,
    ImportPlan,
    Row,
    Unsure,
    beginning,
)
from connect_cli.exchange.matching import ExistingData, KnownPeople, existing_data, points
from connect_cli.exchange.not_people import sort_of
from connect_cli.exchange.values import (
    OWN_UID,
    Contact,
    Found,
    Yearly,
    interaction_columns,
    same_key,
)
from connect_cli.language.cadences import read_cadence
from connect_cli.language.calendar import logical_day, yearly_text
from connect_cli.language.words import fold, numbered
from connect_cli.model import NEVER, Cadence, Named, Person, Rule, cadence_columns
from connect_cli.reports import Arriving, By, Gain, Happening, Progress, Status, Unread
from connect_cli.scheduler.first_days import first_days
from connect_cli.store import people
from connect_cli.store.places import CITY, LIVES_IN
from connect_cli.store.schema import detail_key, stable_id

STEP = 100
"""People or interactions between two reports of progress."""

NOTHING_DUE = "nothing is due"

_EMPTY = (
    *("circle", "cadence", "cadence_words", "first_on", "first_said_on"),
    *("snoozed_on", "snooze_said_on", "archived_on", "died_on"),
)


class Planner:
    """Plans one import, contact by contact.

    new_id: makes the id of a row. now: the current moment, as it is stored.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        known: KnownPeople,
        unsure: Unsure,
        new_id: Callable[[], str],
        now: str,
        options: ImportOptions,
    ) -> None:
        self._connection, self._known, self._unsure = connection, known, unsure
        self._new_id, self._now, self._options = new_id, now, options
        self._kept: dict[str, ExistingData] = {}
        self._met: dict[str, Named | None] = {}
        self._given: list[tuple[Row, Cadence | Rule]] = []
        self._newest: dict[str, date] = {}
        self._carried: dict[str, tuple[str, int]] = {}
        self._days_given: dict[tuple[str, str], Row] = {}
        self._added: dict[str, Row] = {}
        self._happenings: set[str] = set()
        self._relating = Relating(connection, known, new_id)
        self._plan = ImportPlan()
        self._cards = CardImport(connection, ())

    def plan(self, found: Found, source: str, progress: Progress = lambda _: None) -> ImportPlan:
        """What importing all of this would write. source: the name of the format.

        progress: called now and then with the number of people and interactions done.
        """
        self._cards = CardImport(self._connection, found.contacts)
        self._plan.unread, self._plan.remarks = list(found.unread), list(found.remarks)
        self._plan.planned_after = newest_command(self._connection)
        waiting = []
        for number, contact in enumerate(found.contacts):
            if not number % STEP:
                progress(number)
            own = self._with_own_uid(contact)
            if own is not None and self._take_surely(own) is None:
                waiting.append(own)
        self._take_others(waiting)
        for number, happening in enumerate(found.happenings, len(found.contacts)):
            if not number % STEP:
                progress(number)
            self._happened(happening, source)
        self._relating.finish(self._plan, self._kept)
        self._give_first_days()
        return self._plan

    def _with_own_uid(self, contact: Contact) -> Contact | None:
        """A contact, without its uid if another of this import has it; None for a duplicate.

        Otherwise two cards would change each other at every import.
        """
        content = hash(replace(contact, place=""))
        if not contact.uid or contact.uid not in self._carried:
            self._carried[contact.uid] = contact.place, content
            return contact
        place, first = self._carried[contact.uid]
        if first == content:
            return None
        self._plan.remarks.append(
            f"{contact.place}: has the UID of {place}; imported as a card without a UID"
        )
        return replace(contact, uid="")

    def _take_surely(self, contact: Contact) -> Named | None:
        """Import a contact who is certainly a known person, or certainly new."""
        match = self._known.match(contact)
        if match.person is not None:
            return self._gain(contact, match.person, "matched", match.by)
        return None if match.maybe else self._add(contact)

    def _take_others(self, waiting: Sequence[Contact]) -> None:
        """Import uncertain contacts; what came with the others may make them certain.

        This repeats as long as it helps: otherwise a second import of the file would find more.
        """
        left = [one for one in waiting if not (self._take_surely(one) or self._take_asked(one))]
        while len(fewer := [one for one in left if not self._take_surely(one)]) < len(left):
            left = fewer
        for one in left:
            self._leave_out(one)

    def _take_asked(self, contact: Contact) -> Named | None:
        """Import a contact as `unsure` decides; None if they are left out."""
        maybe = self._known.match(contact).maybe
        answer = self._unsure(contact, maybe)
        if answer == "new":
            return self._add(contact)
        if answer == "skip":
            return None
        person = answer if isinstance(answer, Named) else maybe[0]
        return self._gain(contact, person, "matched", "choice")

    def _leave_out(self, contact: Contact) -> None:
        maybe = self._known.match(contact).maybe
        self._plan.people.append(Arriving(contact.name, "unsure", maybe=maybe))

    def _take(self, contact: Contact) -> Named | None:
        """Import somebody whom an interaction names; None if they are left out."""
        if (person := self._take_surely(contact) or self._take_asked(contact)) is None:
            self._leave_out(contact)
        return person

    def _add(self, contact: Contact) -> Named:
        name, number = contact.name, 1
        while fold(name) in self._known.names:
            number += 1
            name = numbered(contact.name, number)
        person = Named(self._cards.id_of(contact) or self._new_id(), name)
        row = {**dict.fromkeys(_EMPTY), "id": person.id, "name": name, "created_at": self._now}
        leaves = contact.archived or (contact.died and not self._is_to_come(contact.died))
        if self._options.cadences and contact.every and not leaves:
            self._give_cadence(row, contact)
        if leaves:
            row["archived_on"] = self._options.today.isoformat()
        self._plan.rows.setdefault("person", []).append(row)
        self._kept[person.id] = ExistingData({fold(name)})
        self._added[person.id] = row
        self._known.names[fold(name)] = person  # so that another namesake gets the next number
        return self._gain(contact, person, "new", "")

    def _give_cadence(self, row: Row, contact: Contact) -> None:
        """Give a new person the cadence of the file."""
        try:
            cadence = read_cadence(contact.every)
        except NotUnderstood as error:
            self._plan.unread.append(Unread(contact.place, error.message))
            return
        row |= cadence_columns(cadence or NEVER)
        if cadence is not None:
            self._given.append((row, cadence))

    def _give_first_days(self) -> None:
        """Spread the first days of new people, once it is known when they were last met."""
        if not self._given:
            return
        today, settings = self._options.today, self._options.settings
        newest = self._newest
        newcomers = [
            Person(row["id"], row["name"], cadence=cadence, last_full_on=newest.get(row["id"]))
            for row, cadence in self._given
        ]
        everyone = people.people(self._connection, settings.circles, today)
        away = people.away(self._connection)
        days = first_days(newcomers, everyone, today, settings, away)
        for (row, _), first in zip(self._given, days, strict=True):
            row["first_on"] = first.on.isoformat()
            row["first_said_on"] = today.isoformat()

    def _gain(self, contact: Contact, person: Named, status: Status, by: By) -> Named:
        """Give a person what the contact has and they lack; nothing is overwritten."""
        kept = self._kept.get(person.id)
        if kept is None:
            kept = self._kept[person.id] = existing_data(self._connection, person.id)
        untaken: list[str] = []
        gains = [
            *self._names(contact, person, kept, untaken),
            *self._reached_by(contact, person, kept),
            *self._days(contact, person, kept),
            *self._death(contact, person, kept, status),
            *self._details(contact, person, kept),
            *self._tags(contact, person, kept),
        ]
        change = self._card(contact, person, kept, untaken)
        if change and status == "matched" and not gains:
            gains.append(("card", f"lines {', '.join(_properties(change.lines))}"))
        shown = tuple((what, beginning(value, SHOWN)) for what, value in gains)
        self._relating.hear(contact, person, len(self._plan.people))
        self._plan.people.append(
            Arriving(person.name, status, by, gains=shown, sort=sort_of(contact))
        )
        self._known.add(person, contact)
        return person

    def _names(
        self, contact: Contact, person: Named, kept: ExistingData, untaken: list[str]
    ) -> Iterator[Gain]:
        for name in (contact.name, *contact.aliases):
            holder = self._known.names.get(fold(name), person)
            if fold(name) in kept.names:
                continue
            if holder.id == person.id:
                kept.names.add(fold(name))
                self._owned("alias", person, ("name", name))
                yield "alias", name
            elif name != contact.name:
                untaken.append(name)
                yield "alias", f"{name} stays with {holder.name}"

    def _reached_by(self, contact: Contact, person: Named, kept: ExistingData) -> Iterator[Gain]:
        for sort, value in points(contact):
            if (key := (sort, same_key(sort, value))) not in kept.points:
                kept.points.add(key)
                self._owned("contact_point", person, ("kind", sort), ("value", value))
                yield sort, value

    def _days(self, contact: Contact, person: Named, kept: ExistingData) -> Iterator[Gain]:
        for name, said in contact.occasions:
            label = fold(name)
            if (there := kept.occasions.get(label)) is None:
                kept.occasions[label] = said
                year, month, day = said
                which = ("label", name), ("month", month), ("day", day), ("year", year)
                self._days_given[person.id, label] = self._owned("occasion", person, *which)
                yield name, _day_words(said)
            elif there[0] is None and there[1:] == said[1:] and said[0] is not None:
                kept.occasions[label] = said
                self._give_year(person, kept, label, said[0])
                yield name, f"{_day_words(there)} becomes {_day_words(said)}"
            elif said not in (there, (None, *there[1:])):
                yield name, f"kept {_day_words(there)}, not {_day_words(said)}"

    def _give_year(self, person: Named, kept: ExistingData, label: str, year: int) -> None:
        """Give a yearly day its year, whether it is in the journal or new in this import."""
        if row_id := kept.occasion_ids.get(label):
            self._plan.years.append((year, row_id))
            return
        self._days_given[person.id, label]["year"] = year

    def _death(
        self, contact: Contact, person: Named, kept: ExistingData, status: Status
    ) -> Iterator[Gain]:
        """Archive somebody who died; a card that does not say so changes nothing."""
        said, there = contact.died, kept.died
        if not said:
            if contact.archived and status == "new":
                yield "archived", f"in the file, so {NOTHING_DUE}"
        elif self._is_to_come(said):
            self._plan.unread.append(Unread(contact.place, "the day of death is still to come"))
        elif not there or says_more(said, there):
            self._bury(person, kept, said)
            words = f"{death_words(there)} becomes {death_words(said)}"
            yield "died", words if there else f"{death_words(said)}: archived, {NOTHING_DUE}"
        elif not (said == there or says_more(there, said)):
            yield "died", f"kept {death_words(there)}, not {death_words(said)}"

    def _is_to_come(self, died: str) -> bool:
        """Whether a day of death, of which the year is known, lies ahead."""
        return died[:1].isdigit() and died > self._options.today.isoformat()

    def _bury(self, person: Named, kept: ExistingData, said: str) -> None:
        kept.died = said
        today = self._options.today.isoformat()
        if (row := self._added.get(person.id)) is not None:
            row |= {"died_on": said, "archived_on": today}
        else:
            self._plan.deaths.append((said, today, person.id))

    def _details(self, contact: Contact, person: Named, kept: ExistingData) -> Iterator[Gain]:
        for label, value in contact.details:
            key = detail_key(label, value)
            if label == LIVES_IN and fold(kept.details.get(CITY, "")) == fold(value):
                continue  # an earlier version imported it so
            if (there := kept.details.get(key)) is None:
                kept.details[key] = value
                self._owned("detail", person, ("label", label), ("value", value))
                yield label or "detail", value
            elif label and there != value:
                yield label, f"kept {beginning(there, EITHER)}, not {beginning(value, EITHER)}"

    def _tags(self, contact: Contact, person: Named, kept: ExistingData) -> Iterator[Gain]:
        for tag in (*contact.tags, *filter(None, [self._options.tag])):
            if tag not in kept.tags:
                kept.tags.add(tag)
                self._owned("tag", person, ("name", tag), ("interaction_id", None))
                yield "tag", tag

    def _card(
        self, contact: Contact, person: Named, kept: ExistingData, untaken: Sequence[str]
    ) -> CardChange | None:
        """Store a card as it is, or change the stored one. Contacts without a card change none."""
        uid, row = contact.uid, kept.cards.get(contact.uid)
        if not contact.card:
            if uid and row is None and uid != f"{OWN_UID}{person.id}":
                self._keep_card(person, kept, uid, "", "")
            return None
        before = ("", "") if row is None else row[1:]
        change = self._cards.change(contact, person, before, kept.days, untaken)
        if change is not None:
            self._keep_card(person, kept, uid, change.text, change.instead)
        return change

    def _keep_card(
        self, person: Named, kept: ExistingData, uid: str, text: str, instead: str
    ) -> None:
        row_id, *_ = kept.cards.get(uid, ("",))
        if row_id:
            self._plan.cards.append((text, instead, row_id))
        else:
            row_id = self._new_id()
            said = ("uid", uid), ("text", text), ("instead", instead)
            self._row("card", ("id", row_id), ("person_id", person.id), *said)
        kept.cards[uid] = (row_id, text, instead)

    def _happened(self, happening: Happening, source: str) -> None:
        row_id = stable_id(source, happening.key)
        if is_here(self._connection, source, happening):
            self._plan.known += 1
            return
        if row_id in self._happenings:
            self._plan.unread.append(Unread(happening.place, "another interaction has its id"))
            return
        happening = self._on_its_day(happening)
        if happening.day > self._options.today:
            self._plan.unread.append(Unread(happening.place, "its day is still to come"))
            return
        people = [self._somebody(name, happening.place) for name in happening.people]
        ids = list(dict.fromkeys(person.id for person in people if person is not None))
        if ids and None in people:
            unsure = happening.people[people.index(None)]
            reason = f"it waits until it is decided who {unsure} is"
            self._plan.unread.append(Unread(happening.place, reason))
            return
        if not ids:
            reason = "nobody in it is in the journal" if happening.people else "it names nobody"
            self._plan.unread.append(Unread(happening.place, reason))
            return
        self._happenings.add(row_id)
        self._plan.interactions.append(happening)
        for person_id in ids:
            newest = self._newest.get(person_id, happening.day)
            self._newest[person_id] = max(newest, happening.day)
        self._row(
            "interaction",
            ("id", row_id),
            *interaction_columns(happening, self._now),
            ("people", ids),
        )
        for tag in happening.tags:
            on = ("person_id", None), ("interaction_id", row_id)
            self._row("tag", ("id", stable_id(row_id, tag)), ("name", tag), *on)

    def _on_its_day(self, happening: Happening) -> Happening:
        """An interaction on its logical day: one at 02:30 belongs to the day before."""
        if happening.time is None:
            return happening
        at = datetime.combine(happening.day, time.fromisoformat(happening.time))
        try:
            return happening._replace(day=logical_day(at, self._options.settings.day_starts_at))
        except OverflowError:  # there is no day before the first of the calendar
            return happening

    def _somebody(self, name: str, place: str) -> Named | None:
        """The person whom an interaction names; an unknown one is asked about once."""
        key = fold(name)
        if key not in self._met:
            self._met[key] = self._known.names.get(key) or self._take(Contact(name, place))
        return self._met[key]

    def _owned(self, table: str, person: Named, *values: tuple[str, Any]) -> Row:
        return self._row(table, ("id", self._new_id()), ("person_id", person.id), *values)

    def _row(self, table: str, *values: tuple[str, Any]) -> Row:
        row = dict(values)
        self._plan.rows.setdefault(table, []).append(row)
        return row


def is_here(connection: sqlite3.Connection, source: str, happening: Happening) -> bool:
    """Whether an interaction is in the journal already. source: the name of the format."""
    sql = "SELECT 1 FROM interaction WHERE id = ?"
    found = connection.execute(sql, (stable_id(source, happening.key),))
    return found.fetchone() is not None


def newest_command(connection: sqlite3.Connection) -> int:
    """The row number of the newest finished command."""
    sql = "SELECT coalesce(max(seq), 0) FROM command WHERE open IS NULL"
    return int(connection.execute(sql).fetchone()[0])


def _properties(lines: Sequence[str]) -> list[str]:
    """The property names of lines of a card, each once."""
    heads = (re.split(r"[;:]", line, maxsplit=1)[0] for line in lines)
    return sorted({head.rpartition(".")[2].upper()[:EITHER] for head in heads})


def _day_words(yearly: Yearly) -> str:
    return yearly_text(*yearly)
