"""The options of an import, and the plan that is made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from connect_cli.exchange.values import Contact
from connect_cli.model import Named
from connect_cli.reports import Arriving, Happening, Unread
from connect_cli.settings import Settings

OnMatch = Literal["update", "skip", "new"]
Row = dict[str, Any]


SHOWN = 100
EITHER = 40
"""The most letters of a value in a preview, and of each of two values that differ."""


class Unsure(Protocol):
    """Decides about a contact who may be somebody in the journal."""

    def __call__(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do; a person means that the contact is this person."""


@dataclass(slots=True)
class ImportPlan:
    """An import before it is written.

    rows: what it would write, by table. cards: existing ones to change, as the store takes them.
    years: the years that existing yearly days get, each with the id of its row. deaths: people who
    are here and died, as the store takes them. details: existing ones to change, likewise.
    no_details: the ids of those to delete, because relations say the same.
    known: how many interactions are in the journal already. planned_after: the newest command then.
    """

    people: list[Arriving] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    cards: list[tuple[str, str, str]] = field(default_factory=list)
    years: list[tuple[int, str]] = field(default_factory=list)
    deaths: list[tuple[str, str, str]] = field(default_factory=list)
    details: list[tuple[str, str, str]] = field(default_factory=list)
    no_details: list[str] = field(default_factory=list)
    interactions: list[Happening] = field(default_factory=list)
    known: int = 0
    unread: list[Unread] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    planned_after: int = 0

    @property
    def new(self) -> dict[str, int]:
        """How many rows would be new, by table."""
        return {table: len(rows) for table, rows in self.rows.items() if rows}

    @property
    def changed(self) -> dict[str, int]:
        """How many rows would change, by table."""
        counts = {
            "person": len(self.deaths),
            "detail": len(self.details),
            "occasion": len(self.years),
            "card": len(self.cards),
        }
        return {table: number for table, number in counts.items() if number}

    @property
    def taken_away(self) -> dict[str, int]:
        """How many rows would be deleted, by table."""
        return {"detail": len(self.no_details)} if self.no_details else {}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of an import. tag: for everybody in it. cadences: use those of the file.

    today: the logical day, from which first days are counted. settings: those of the journal.
    """

    today: date
    tag: str | None = None
    cadences: bool = False
    settings: Settings = field(default_factory=Settings)


def beginning(value: str, most: int) -> str:
    """A text on one line, cut to `most` letters."""
    words = " ".join(value.split())
    if words == value and len(value) <= most:
        return value
    return words if len(words) <= most else f"{words[:most]}…"
