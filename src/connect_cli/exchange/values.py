"""What a file of another program holds, as values, and the rows made from them."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from connect_cli.language.contact import bare, dialled, email_key, phone_key
from connect_cli.language.words import fold
from connect_cli.model import DEATH, usual_counts
from connect_cli.reports import Happening, Unread

if TYPE_CHECKING:  # it is made of values of this file
    from connect_cli.exchange.vcard_related import Near

STARRED = "starred"
"""The tag of Google's mark for favourites."""

OWN_UID = "connect-"
"""The beginning of the uid of a card that connect made; the person's id follows."""

Yearly = tuple[int | None, int, int]
"""A yearly day: the year or None, the month and the day."""

Day = Yearly | str
"""A yearly day, or the day on which somebody died, as the journal stores it."""


class Related(NamedTuple):
    """Somebody near a contact: they are the contact's `word`, such as sister.

    name, uid, email: by which the file names them; the ones that it does not say are empty.
    """

    word: str
    name: str = ""
    uid: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, as another program knows them.

    place: where they are in the file. uid: their permanent id there, if any. card: the whole text
    of their vCard without pictures, if it is one. every: their cadence, if the file has one.
    is_firm: the card is of a firm or an organisation. died: when they died, as the journal stores
    it (`2024-03-10`, `2024-03`, `2024`, `--03-10` or `unknown`); empty if the file says nothing.
    archived: nothing of them is due in the file. related: who is near them. near: the same of
    somebody in the journal, when they go out.
    """

    name: str
    place: str = ""
    uid: str = ""
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    occasions: tuple[tuple[str, Yearly], ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    card: str = ""
    every: str = ""
    is_firm: bool = False
    died: str = ""
    archived: bool = False
    related: tuple[Related, ...] = ()
    near: tuple["Near", ...] = ()


def days_of(contact: Contact) -> dict[str, Day]:
    """The yearly days of a contact by their folded labels, and the day on which they died.

    The latter stands by the label DEATH, under which no card has a yearly day.
    """
    days: dict[str, Day] = {fold(label): day for label, day in contact.occasions}
    return days | {DEATH: contact.died} if contact.died else days


MOST_PEOPLE, MOST_INTERACTIONS = 100_000, 500_000
"""No address book or journal has more, and more would not fit into memory."""

TOO_MANY = (
    f"everything from here on: more than {MOST_PEOPLE:,} people"
    f" or {MOST_INTERACTIONS:,} interactions at once"
)


@dataclass(slots=True)
class Found:
    """All that a file holds. remarks: lines about the whole file, for the preview."""

    contacts: list[Contact] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether it holds as much as one import may hold."""
        return len(self.contacts) >= MOST_PEOPLE or len(self.happenings) >= MOST_INTERACTIONS

    def unmark(self) -> None:
        """Drop the mark of favourites if everybody has it: then it tells nobody apart."""
        if len(self.contacts) > 1 and all(STARRED in one.tags for one in self.contacts):
            self.contacts = [
                replace(one, tags=tuple(tag for tag in one.tags if tag != STARRED))
                for one in self.contacts
            ]

    def add(self, other: "Found") -> None:
        """Add what another file holds."""
        self.contacts += other.contacts
        self.happenings += other.happenings
        self.unread += other.unread
        self.remarks += other.remarks


def point_key(sort: str, value: str) -> str:
    """The same value for spellings of an address, number or alias that differ in form only."""
    if sort == "phone":
        return dialled(bare(value))
    if sort == "alias":
        return fold(value)
    return email_key(value) if sort == "email" else value


def same_key(sort: str, value: str) -> str:
    """The same, and a phone number with and without its country code is one."""
    return phone_key(value) if sort == "phone" else point_key(sort, value)


def interaction_columns(happening: Happening, now: str) -> list[tuple[str, Any]]:
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
