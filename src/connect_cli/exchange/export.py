"""Export of the journal for other programs: tables, cards, pages, a calendar, JSON Lines.

How it works. Each format has a function that takes the open journal and yields rows, lines or
pages; how they are written is the business of the format's own module. All but the calendar read in
one transaction (`one_moment`), so that a command that writes meanwhile is in the export whole or
not at all. `_PersonData` reads what the journal has about everybody, a table at a time, and
`exported_people` makes one person after the other of it; interactions are read in batches.

A card goes out as it came in, except for what was changed in the journal. To tell what was changed,
each stored card is given the values that the journal has had for its person since the card came in
(`_PersonData.past`), those of people merged with them included.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from connect_cli.exchange import card_folder, export_files, ical_write, markdown, vcard_write
from connect_cli.exchange.export_near import Nearby
from connect_cli.exchange.values import OWN_UID, Contact, Day, Yearly, point_key
from connect_cli.exchange.vcard_edits import PastValues
from connect_cli.exchange.vcard_write import KeptCard, OutgoingPerson, outgoing
from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import yearly_text
from connect_cli.language.words import fold
from connect_cli.model import BIRTHDAY, DEATH, POINT_KINDS, Interaction
from connect_cli.store import changes, interactions, memory, snapshot
from connect_cli.store.changes import Told
from connect_cli.store.column_checks import day
from connect_cli.store.memory import every_occasion, open_promises
from connect_cli.store.people import grouped, newest_contact
from connect_cli.store.places import CITY, LIVES_IN
from connect_cli.store.read_values import maybe, reading, text
from connect_cli.store.snapshot import one_moment
from connect_cli.store.tags import people_tags
from connect_cli.sync import jsonl
from connect_cli.views import Plan

BATCH = 500

PEOPLE_HEADINGS = (
    *("Name", "Aliases", "Circle", "Cadence", "Email", "Phone", "Website", "Birthday"),
    *("Anniversary", "Tags", "Company", "Title", "City", "Note", "Details", "Last contact"),
    *("Archived", "UID"),
)
INTERACTION_HEADINGS = (
    *("Id", "Day", "Time", "Kind", "People", "Minutes", "Direction", "Energy", "Counts"),
    *("Tried", "Tags", "Note"),
)
SEPARATOR = "; "
_DAY_OF = "day:"
_COLUMNS = ("company", "title", CITY, "note")

_PEOPLE = """SELECT id, name, circle, coalesce(cadence_words, cadence), first_on,
    last_full_on, last_half_on, archived_on, died_on
  FROM person ORDER BY folded, id"""


def lines_of_everything(journal: Journal) -> Iterator[str]:
    """The journal as JSON Lines, as docs/export.md describes them."""
    with one_moment(journal.connection):
        yield from jsonl.written(
            snapshot.rows(journal.connection),
            snapshot.gone(journal.connection),
            snapshot.orders(journal.connection),
        )


def table(journal: Journal, what: str) -> Iterator[Sequence[str]]:
    """People or interactions as rows of a table, headings first."""
    with one_moment(journal.connection):
        if what == "people":
            yield from people_table(journal.connection, journal.today_is)
        else:
            yield from interactions_table(journal.connection)


def cards(journal: Journal) -> Iterator[str]:
    """Everybody's cards, each as it came except for what was changed in the journal.

    Of two cards with one uid, the one that came in with it first is written first.
    """
    seconds = []
    with one_moment(journal.connection):
        for person in exported_people(journal.connection):
            going = vcard_write.outgoing(person.outgoing)
            yield from (one.text for one in going if not one.is_second)
            seconds += [one.text for one in going if one.is_second]
    yield from seconds


def write_cards(journal: Journal, folder: Path) -> card_folder.Written:
    """Write to a folder of cards what was changed in the journal, and nothing else."""
    with one_moment(journal.connection):
        people = exported_people(journal.connection)
        going = [one for person in people for one in vcard_write.outgoing(person.outgoing)]
    return card_folder.write(folder, going)


def pages(journal: Journal, *, discreet: bool) -> Iterator[tuple[str, Iterator[str]]]:
    """A Markdown page for everybody, each with the name of its file.

    discreet: without what details, notes and promises say.
    """
    with one_moment(journal.connection):
        yield from person_pages(journal.connection, discreet=discreet)


def calendar(
    journal: Journal, plans: Sequence[Plan], alarm: str | None, *, discreet: bool
) -> Iterator[str]:
    """Yearly days, open promises with a day, and the lists of the days ahead as a calendar.

    alarm: the time of day, `09:00`, of a reminder for each list. discreet: without the texts of
    promises, and the labels of yearly days in your own words.
    """
    events = [
        *ical_write.yearly(
            memory.occasions(journal.connection), journal.settings, discreet=discreet
        ),
        *ical_write.promised(memory.open_promises(journal.connection), discreet=discreet),
        *ical_write.planned(plans),
    ]
    yield from ical_write.written(events, journal.today_is, alarm)


def write_folder(folder: Path, files: Iterable[tuple[str, Iterable[str]]]) -> int:
    """Write text files into a folder, each whole or not at all; returns how many."""
    count = 0
    export_files.make_folder(folder, markdown.ENDING)
    for name, lines in files:
        export_files.write(folder / name, (line.encode("utf-8") for line in lines))
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """A person with everything that an export writes."""

    id: str
    circle: str
    cadence: str
    first_on: str
    last_on: str
    archived: bool
    outgoing: OutgoingPerson = field(repr=False)

    @property
    def contact(self) -> Contact:
        """Who they are, and how to reach them."""
        return self.outgoing.contact


def exported_people(connection: sqlite3.Connection) -> Iterator[ExportedPerson]:
    """Everybody in the order of names, archived people too."""
    of = _PersonData(connection)
    with reading("person"):
        for row in connection.execute(_PEOPLE):
            yield _exported_person(of, *row)


def _exported_person(
    of: "_PersonData", person_id: str, name: str, *columns: str | None
) -> ExportedPerson:
    circle, cadence, first_on, full_on, half_on, archived, died = columns
    contact = Contact(
        name=text(name),
        uid=of.uids.get(person_id, [f"{OWN_UID}{person_id}"])[0],
        aliases=tuple(of.aliases.get(person_id, ())),
        emails=tuple(of.points["email"].get(person_id, ())),
        phones=tuple(of.points["phone"].get(person_id, ())),
        urls=tuple(of.points["url"].get(person_id, ())),
        addresses=tuple(of.points["address"].get(person_id, ())),
        occasions=tuple(of.occasions.get(person_id, ())),
        details=tuple(of.details.get(person_id, ())),
        tags=tuple(of.tags.get(person_id, ())),
        died=maybe(died) or "",
        near=of.near.of(person_id),
    )
    return ExportedPerson(
        text(person_id),
        maybe(circle) or "",
        maybe(cadence) or "",
        _day_or_empty(first_on),
        max(_day_or_empty(full_on), _day_or_empty(half_on)),
        _day_or_empty(archived) != "",
        OutgoingPerson(contact, tuple(of.cards(person_id)), of.past(person_id)),
    )


def _day_or_empty(said: str | None) -> str:
    return "" if said is None or said == "" else str(day(said))


def outgoing_cards(
    connection: sqlite3.Connection,
) -> dict[str, dict[tuple[str, ...], tuple[str, ...]]]:
    """By person, the substance of each card as an export writes it and as it came in."""
    return {
        one.id: {going.substances[0]: going.substances[-1] for going in outgoing(one.outgoing)}
        for one in exported_people(connection)
    }


class _PersonData:
    """Everything that the journal has about each person, by their id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.names = grouped(connection, "SELECT id, name FROM person")
        self.died = grouped(connection, "SELECT id, died_on FROM person WHERE died_on IS NOT NULL")
        self.aliases = grouped(connection, "SELECT person_id, name FROM alias ORDER BY seq")
        self.tags = people_tags(connection)
        self.points = {
            kind: grouped(
                connection,
                "SELECT person_id, value FROM contact_point WHERE kind = ? ORDER BY seq",
                (kind,),
            )
            for kind in POINT_KINDS
        }
        self.uids = grouped(
            connection, "SELECT person_id, uid FROM card WHERE uid <> '' ORDER BY seq"
        )
        self._since, self._given_away = (
            changes.kept_since(connection),
            changes.given_away(connection),
        )
        self._joined = [*changes.joined(connection)]
        self._cards: dict[str, list[tuple[str, str, str, str]]] = {}
        with reading("card"):
            for person_id, row_id, card, instead, uid in connection.execute(
                "SELECT person_id, id, text, instead, uid FROM card ORDER BY seq"
            ):
                kept = (text(row_id), text(card), text(instead), text(uid))
                self._cards.setdefault(person_id, []).append(kept)
        every = [*changes.told(connection)]
        self._told: dict[str, list[Told]] = {}
        for told in every:
            self._told.setdefault(told.person_id, []).append(told)
        texts = {person_id: [one[1] for one in own] for person_id, own in self._cards.items()}
        self.near = Nearby(connection, every, self._joined, texts)
        self.details: dict[str, list[tuple[str, str]]] = {}
        with reading("detail"):
            for person_id, label, value in connection.execute(
                "SELECT person_id, label, value FROM detail ORDER BY seq"
            ):
                self.details.setdefault(person_id, []).append((text(label), text(value)))
        self.occasions: dict[str, list[tuple[str, Yearly]]] = {}
        for one in every_occasion(connection):
            if fold(one.label) == DEATH:  # a card says it as the day of the death
                continue
            yearly = (one.year, one.month, one.day)
            self.occasions.setdefault(one.person.id, []).append((one.label, yearly))

    def cards(self, person_id: str) -> Iterator[KeptCard]:
        """The stored cards of a person, each with the values the journal has had since.

        Cards that were always theirs come first: new values are written into one of them.
        """
        cards = self._cards.get(person_id, ())
        own_first = sorted(cards, key=lambda one: one[0] in self._given_away)
        for row_id, card, instead, uid in own_first:
            yield KeptCard(card, instead, self.past(person_id, self._since.get(row_id, 0)), uid)

    def past(self, person_id: str, since: int = 0) -> PastValues:
        """The values that the journal has had for a person since a change, until they changed.

        For people once merged with them, the current values count too.
        """
        told = [
            one
            for other, first in self._as_one(person_id).items()
            for one in self._told.get(other, ())
            if one.until > max(first, since)
        ]
        within = (one.kept for one in self._joined if one.gone == person_id)
        past = _past([*told, *(each for other in within for each in self._now(other))])
        return replace(past, near=self.near.once(person_id, since))

    def _as_one(self, person_id: str) -> dict[str, int]:
        """A person and everybody ever merged with them, and since which change."""
        found = {person_id: 0}
        for gone, kept, since in self._joined:
            if kept in found:
                found.setdefault(gone, 0)
            if gone in found:
                found.setdefault(kept, since)
        return found

    def _now(self, person_id: str) -> Iterator[Told]:
        """The current values of a person."""
        said = [("name", name) for name in self.names.get(person_id, ())]
        said += [("alias", alias) for alias in self.aliases.get(person_id, ())]
        said += [("tag", tag) for tag in self.tags.get(person_id, ())]
        said += [("died", day) for day in self.died.get(person_id, ())]
        for kind, points in self.points.items():
            said += [(kind, value) for value in points.get(person_id, ())]
        for label, (year, *of_year) in self.occasions.get(person_id, ()):
            day = " ".join(map(str, ("-" if year is None else year, *of_year)))
            said.append((f"{_DAY_OF}{label}", day))
        return (Told(person_id, 0, sort, value) for sort, value in said)


@reading("change")
def _past(told: Sequence[Told]) -> PastValues:
    if not told:
        return PastValues()
    names, keys, days = set[str](), set[tuple[str, str]](), set[tuple[str, Day]]()
    for one in told:
        if one.sort == "name":
            names.add(fold(one.value))
        elif one.sort == "died":
            days.add((DEATH, one.value))
        elif one.sort.startswith(_DAY_OF):
            year, month, day = one.value.split()
            yearly = (None if year == "-" else int(year), int(month), int(day))
            days.add((fold(one.sort.removeprefix(_DAY_OF)), yearly))
        else:
            keys.add((one.sort, point_key(one.sort, one.value)))
    return PastValues(frozenset(names), frozenset(days), frozenset(keys))


def people_table(connection: sqlite3.Connection, today: date) -> Iterator[Sequence[str]]:
    """Everybody as rows of a table, headings first."""
    yield PEOPLE_HEADINGS
    for one in exported_people(connection):
        contact, details = one.contact, dict(one.contact.details)
        lives_in = next((label for label in details if fold(label) == LIVES_IN), LIVES_IN)
        city = details.setdefault(CITY, details.get(lives_in, ""))
        days = {label: _day(yearly) for label, yearly in contact.occasions}
        others = [
            f"{label}: {value}" if label else value
            for label, value in contact.details
            if label not in _COLUMNS and (label, value) != (lives_in, city)
        ]
        yield (
            contact.name,
            SEPARATOR.join(contact.aliases),
            one.circle,
            one.cadence,
            SEPARATOR.join(contact.emails),
            SEPARATOR.join(contact.phones),
            " ::: ".join(contact.urls),
            days.get(BIRTHDAY, ""),
            days.get("anniversary", ""),
            SEPARATOR.join(contact.tags),
            *(details.get(label, "") for label in _COLUMNS),
            "\n".join(others),
            _last_contact(connection, one, today),
            "yes" if one.archived else "",
            contact.uid,
        )


def _last_contact(connection: sqlite3.Connection, one: ExportedPerson, today: date) -> str:
    if one.last_on <= today.isoformat():
        return one.last_on
    return str(newest_contact(connection, one.id, today, "yes", "half") or "")


def interactions_table(connection: sqlite3.Connection) -> Iterator[Sequence[str]]:
    """Every interaction as rows of a table, headings first, the oldest first."""
    yield INTERACTION_HEADINGS
    for interaction in all_interactions(connection):
        yield (
            interaction.id,
            interaction.day.isoformat(),
            interaction.time or "",
            interaction.kind,
            SEPARATOR.join(person.name for person in interaction.people),
            str(interaction.minutes or ""),
            interaction.direction or "",
            interaction.energy or "",
            interaction.counts,
            "yes" if interaction.tried else "",
            SEPARATOR.join(interaction.tags),
            interaction.note,
        )


def all_interactions(
    connection: sqlite3.Connection, person_id: str | None = None
) -> Iterator[Interaction]:
    """Interactions of one person or of everyone, the oldest first, read in batches."""
    where = (
        ""
        if person_id is None
        else " WHERE id IN (SELECT interaction_id FROM participant WHERE person_id = ?)"
    )
    sql = f"SELECT id FROM interaction{where} ORDER BY day, seq"
    found = connection.execute(sql, () if person_id is None else (person_id,))
    while ids := [row[0] for row in found.fetchmany(BATCH)]:
        yield from interactions.by_id(connection, ids)


def person_pages(
    connection: sqlite3.Connection, *, discreet: bool
) -> Iterator[tuple[str, Iterator[str]]]:
    """The file name and the lines of each person's page."""
    for one in exported_people(connection):
        page = markdown.page(
            one.contact,
            one.cadence,
            all_interactions(connection, one.id),
            open_promises(connection, [one.id]),
            discreet=discreet,
        )
        yield markdown.file_name(one.contact.name, one.id), page


def _day(yearly: tuple[int | None, int, int]) -> str:
    return yearly_text(*yearly, unknown="--")
