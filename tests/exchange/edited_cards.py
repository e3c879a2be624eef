"""Cards of somebody as they come in and, when the journal says something else, go out."""

from collections.abc import Callable
from dataclasses import replace

from connect_cli.exchange import vcard_read, vcard_write
from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard_edits import PastValues
from connect_cli.exchange.vcard_kept import Overrides
from connect_cli.exchange.vcard_write import KeptCard, OutgoingPerson

NAMED = ("FN:Ada Lovelace", "N:Lovelace;Ada;;;")
Change = Callable[[Contact], Contact]


def text(*lines: str, version: str = "3.0", end: str = "\n") -> str:
    """A card with these lines."""
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def read(card: str) -> Contact:
    """The one person of a card."""
    (contact,) = vcard_read.read(card.encode()).contacts
    return contact


def out(
    card: str, now: Contact, instead: Overrides | None = None, past: PastValues | None = None
) -> str:
    """A card as it goes out when the journal says so."""
    kept = KeptCard(card, (instead or Overrides()).written(), past or PastValues())
    (going,) = vcard_write.outgoing(OutgoingPerson(now, (kept,)))
    return going.text


def saying(**values: object) -> Change:
    """A change in the journal."""
    return lambda contact: replace(contact, **values)  # type: ignore[arg-type]  # by their names


BIRTHDAY, NO_YEAR = ("birthday", (1990, 1, 2)), ("birthday", (None, 1, 2))


CAME = text("FN:Ada King", "NICKNAME:Countess", "BDAY:1991-02-02", "TEL:+44 1")
