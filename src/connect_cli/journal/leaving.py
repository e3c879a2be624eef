"""People and what happened with them on the way out, in the shapes of other programs."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from connect_cli.exchange import markdown
from connect_cli.exchange.values import OWN_UID, Contact
from connect_cli.exchange.vcard_out import Leaving
from connect_cli.model import Interaction
from connect_cli.store import timeline
from connect_cli.store.checks import day
from connect_cli.store.reads import every_occasion, grouped, open_promises
from connect_cli.store.stored import maybe, reading, text

BATCH = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A person with all that the lists of other programs have a place for."""

    id: str
    circle: str
    cadence: str
    first_on: str
    last_on: str
    archived: bool
    leaving: Leaving = field(repr=False)

    @property
    def contact(self) -> Contact:
        """Who they are and how to reach them."""
        return self.leaving.contact


def people(connection: sqlite3.Connection) -> Iterator[Kept]:
    """Everybody by name, archived people too."""
    of = _Of(connection)
    with reading("person"):
        for row in connection.execute(_PEOPLE):
            yield _kept(of, *row)


def _kept(of: "_Of", person_id: str, name: str, *columns: str | None) -> Kept:
    circle, cadence, first_on, last_on, archived = columns
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
    )
    rest = tuple(line for card in of.cards.get(person_id, ()) for line in card.split("\n"))
    return Kept(
        text(person_id),
        maybe(circle) or "",
        maybe(cadence) or "",
        _day_or_empty(first_on),
        _day_or_empty(last_on),
        _day_or_empty(archived) != "",
        Leaving(contact, tuple(filter(None, rest))),
    )


def _day_or_empty(said: str | None) -> str:
    return "" if said is None or said == "" else str(day(said))


class _Of:
    """What there is of each person, by their id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.aliases = grouped(connection, "SELECT person_id, name FROM alias ORDER BY seq")
        self.tags = grouped(
            connection,
            "SELECT person_id, name FROM tag WHERE person_id IS NOT NULL ORDER BY name",
        )
        self.points = {
            kind: grouped(
                connection,
                "SELECT person_id, value FROM contact_point WHERE kind = ? ORDER BY seq",
                (kind,),
            )
            for kind in ("email", "phone", "url", "address")
        }
        self.uids = grouped(
            connection, "SELECT person_id, uid FROM card WHERE uid <> '' ORDER BY seq"
        )
        self.cards = grouped(connection, "SELECT person_id, text FROM card ORDER BY seq")
        self.details: dict[str, list[tuple[str, str]]] = {}
        with reading("detail"):
            for person_id, label, value in connection.execute(
                "SELECT person_id, label, value FROM detail ORDER BY seq"
            ):
                self.details.setdefault(person_id, []).append((text(label), text(value)))
        self.occasions: dict[str, list[tuple[str, tuple[int | None, int, int]]]] = {}
        for one in every_occasion(connection):
            yearly = (one.year, one.month, one.day)
            self.occasions.setdefault(one.person.id, []).append((one.label, yearly))


_PEOPLE = """SELECT id, name, circle, coalesce(cadence_words, cadence), first_on,
    max(coalesce(last_full_on, ''), coalesce(last_half_on, '')), archived_on
  FROM person ORDER BY folded, id"""


PEOPLE_HEADINGS = (
    *("Name", "Aliases", "Circle", "Cadence", "Email", "Phone", "Website", "Birthday"),
    *("Anniversary", "Tags", "Company", "Title", "City", "Note", "Details", "Last contact"),
    *("Archived", "UID"),
)
ENTRY_HEADINGS = (
    *("Id", "Day", "Time", "Kind", "People", "Minutes", "Direction", "Energy", "Counts"),
    *("Tried", "Tags", "Note"),
)
_COLUMNS = ("company", "title", "city", "note")
SEPARATOR = "; "


def people_table(connection: sqlite3.Connection) -> Iterator[Sequence[str]]:
    """Everybody as rows of a table, headings first."""
    yield PEOPLE_HEADINGS
    for kept in people(connection):
        contact, details = kept.contact, dict(kept.contact.details)
        days = {label: _day(yearly) for label, yearly in contact.occasions}
        others = [f"{label}: {value}" for label, value in details.items() if label not in _COLUMNS]
        yield (
            contact.name,
            SEPARATOR.join(contact.aliases),
            kept.circle,
            kept.cadence,
            SEPARATOR.join(contact.emails),
            SEPARATOR.join(contact.phones),
            " ::: ".join(contact.urls),
            days.get("birthday", ""),
            days.get("anniversary", ""),
            SEPARATOR.join(contact.tags),
            *(details.get(label, "") for label in _COLUMNS),
            "\n".join(others),
            kept.last_on,
            "yes" if kept.archived else "",
            contact.uid,
        )


def entries_table(connection: sqlite3.Connection) -> Iterator[Sequence[str]]:
    """Every interaction as rows of a table, headings first, the oldest first."""
    yield ENTRY_HEADINGS
    for entry in entries(connection):
        yield (
            entry.id,
            entry.day.isoformat(),
            entry.time or "",
            entry.kind,
            SEPARATOR.join(person.name for person in entry.people),
            str(entry.minutes or ""),
            entry.direction or "",
            entry.energy or "",
            entry.counts,
            "yes" if entry.tried else "",
            SEPARATOR.join(entry.tags),
            entry.note,
        )


def entries(connection: sqlite3.Connection, person_id: str | None = None) -> Iterator[Interaction]:
    """Interactions of one person or of everyone, the oldest first, some at a time."""
    where = (
        ""
        if person_id is None
        else " WHERE id IN (SELECT interaction_id FROM participant WHERE person_id = ?)"
    )
    sql = f"SELECT id FROM interaction{where} ORDER BY day, seq"
    found = connection.execute(sql, () if person_id is None else (person_id,))
    while ids := [row[0] for row in found.fetchmany(BATCH)]:
        yield from timeline.by_id(connection, ids)


def pages(connection: sqlite3.Connection, *, discreet: bool) -> Iterator[tuple[str, Iterator[str]]]:
    """The file and the lines of each person's page."""
    for kept in people(connection):
        page = markdown.page(
            kept.contact,
            kept.cadence,
            entries(connection, kept.id),
            open_promises(connection, [kept.id]),
            discreet=discreet,
        )
        yield markdown.file_name(kept.contact.name, kept.id), page


def _day(yearly: tuple[int | None, int, int]) -> str:
    year, month, day = yearly
    return f"{'-' if year is None else f'{year:04}'}-{month:02}-{day:02}"
