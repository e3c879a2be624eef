"""Importing the cards of an address book: what is stored of each beside the journal's values."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from connect_cli.exchange import vcard_read
from connect_cli.exchange.export import outgoing_cards
from connect_cli.exchange.values import Contact, Day
from connect_cli.exchange.vcard_kept import Overrides, overrides_for, substance
from connect_cli.exchange.vcard_lines import Card, in_text, separated, text_of
from connect_cli.model import Named
from connect_cli.store.schema import stable_id

Substance = tuple[str, ...]

_UUID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)


class CardChange(NamedTuple):
    """What to store of a card. before: the text that was stored."""

    text: str
    instead: str
    before: str

    @property
    def lines(self) -> list[str]:
        """The lines that are new in the card, or no longer in it."""
        return sorted({*substance(self.text)} ^ {*substance(self.before)})


class CardImport:
    """Compares each card of an import with what is stored of the same card."""

    def __init__(self, connection: sqlite3.Connection, contacts: Sequence[Contact]) -> None:
        self._connection = connection
        self._coming = _without_own_uid(contacts)

    def id_of(self, contact: Contact) -> str | None:
        """The id of somebody new, the same on every machine that imports this card; or None.

        Only a UUID makes one: whoever is forgotten leaves their id, from which a UID such as
        `ada@example.org` could be guessed. The id of somebody here or forgotten is not given again.
        """
        if not _UUID.search(contact.uid):
            return None
        row_id = stable_id("person", contact.uid)
        used = self._connection.execute(_USED, (row_id, row_id)).fetchone()
        return None if used else row_id

    def change(
        self,
        contact: Contact,
        person: Named,
        before: tuple[str, str],
        days: Mapping[str, Day],
        untaken: Sequence[str],
    ) -> CardChange | None:
        """What changes; None for a card that is stored, or that an export would write.

        before: the text that is stored, and what the journal said instead. days, untaken: the
        yearly days of the person, and the aliases that somebody else has.
        """
        held, said = before
        told = Overrides.read(said)
        if held == contact.card and sorted(untaken) == list(told.aliases):
            return None
        text, old = self._kept_text(contact, person, held)
        going = self._outgoing.get(person.id)
        if text != held and going and substance(contact.card) in going:
            return None
        new = overrides_for(contact, person.name, days, untaken, (old, told) if old else None)
        if not contact.uid and held:
            new = told if text == held else _both(told, new)
        instead = said if new == told else new.written()
        if (text, instead) == before:
            return None
        return CardChange(text, instead, held)

    def _kept_text(self, contact: Contact, person: Named, held: str) -> tuple[str, Contact | None]:
        """The text to store, and the contact of the card that it replaces."""
        cards, loose = in_text(held)
        if not contact.uid:
            return self._several(contact, person, cards, loose, held)
        old = vcard_read.contact_if_any(cards[0]) if cards else None
        same = held and substance(held) == substance(contact.card)
        return held if same else contact.card, old

    def _several(
        self,
        contact: Contact,
        person: Named,
        cards: Sequence[Card],
        loose: Sequence[str],
        held: str,
    ) -> tuple[str, Contact | None]:
        """Add a card without a uid to the cards of a person, or replace one of them.

        It replaces one of the same name that is not in this import itself.
        """
        mine = set(substance(contact.card))
        texts = [text_of(card) for card in cards]
        said = [substance(text) for text in texts]
        if any(mine <= set(one) for one in said):
            return held, None
        for place, card in enumerate(cards):
            old = vcard_read.contact_if_any(card)
            if old and old.name == contact.name and not self._comes(person, said[place]):
                texts[place] = contact.card
                return "".join(separated([*loose, *texts], "\n")), old
        return "".join(separated([*loose, *texts, contact.card], "\n")), None

    def _comes(self, person: Named, said: Substance) -> bool:
        """Whether a stored card is in this import, as it came in or as it would go out."""
        going = self._outgoing.get(person.id, {}).items()
        return said in self._coming or any(
            came == said and out in self._coming for out, came in going
        )

    @cached_property
    def _outgoing(self) -> Mapping[str, Mapping[Substance, Substance]]:
        return outgoing_cards(self._connection)


def _without_own_uid(contacts: Iterable[Contact]) -> frozenset[Substance]:
    """The substance of imported cards that have no uid, or share one."""
    cards = [contact for contact in contacts if contact.card]
    times = Counter(contact.uid for contact in cards)
    return frozenset(substance(one.card) for one in cards if not one.uid or times[one.uid] > 1)


def _both(one: Overrides, other: Overrides) -> Overrides:
    """The combined overrides of several cards that are stored together."""
    return Overrides(
        name=other.name or one.name,
        days=tuple(sorted({**dict(one.days), **dict(other.days)}.items(), key=itemgetter(0))),
        aliases=tuple(sorted({*one.aliases, *other.aliases})),
    )


_USED = "SELECT 1 FROM person WHERE id = ? UNION ALL SELECT 1 FROM forgotten WHERE id = ?"
