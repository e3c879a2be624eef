"""What taking contacts in would write, and what was written."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connect_cli.exchange import export, imports
from connect_cli.exchange.import_values import ImportPlan, OnMatch
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal import card as journal_card
from connect_cli.journal.journal import Journal
from connect_cli.model import Named
from tests.exchange.cards import carded

NAME = "Ada Lovelace"
UID = Contact(NAME, uid="u-1")


@dataclass
class Deciding:
    """Gives the same answer each time, and keeps who it was asked about."""

    answer: OnMatch = "skip"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch:
        """The answer."""
        del contact
        self.asked.append(tuple(person.name for person in maybe))
        return self.answer


def planned(
    journal: Journal,
    *contacts: Contact,
    unsure: Deciding | None = None,
    cadences: bool = False,
) -> ImportPlan:
    """What taking these in would write."""
    found = Found(contacts=list(contacts))
    return imports.plan_import(journal, found, "vcard", unsure or Deciding(), cadences=cadences)


def taken(
    journal: Journal, *contacts: Contact, answer: OnMatch = "skip", cadences: bool = False
) -> ImportPlan:
    """What was written when these were taken in."""
    arrivals = planned(journal, *contacts, unsure=Deciding(answer), cadences=cadences)
    imports.write_import(journal, arrivals, "from a test")
    return arrivals


def points(journal: Journal, name: str) -> list[str]:
    """The contact points of somebody."""
    return [point.value for point in journal_card.card(journal, name).contact_points]


def cards(journal: Journal) -> str:
    """Everybody's cards as they go out."""
    return "".join(export.cards(journal)).replace("\r\n", "\n")


CARDED = carded(Contact(NAME, uid="u-1", emails=("ada@example.org",), phones=("+44 20 7946 0018",)))
