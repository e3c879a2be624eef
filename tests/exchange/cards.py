"""Contacts with the card that says what they say, as if they had been read of it."""

from collections.abc import Iterator
from dataclasses import replace

from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard_kept import day_text
from connect_cli.exchange.vcard_syntax import escaped

END = "END:VCARD\n"


def carded(contact: Contact, *lines: str) -> Contact:
    """A contact with a card of their own. lines: what it says besides."""
    text = "\n".join(["BEGIN:VCARD", "VERSION:3.0", *_lines(contact), *lines, END])
    return replace(contact, card=text)


def _lines(contact: Contact) -> Iterator[str]:
    if contact.uid:
        yield f"UID:{contact.uid}"
    yield f"FN:{escaped(contact.name)}"
    if contact.aliases:
        yield f"NICKNAME:{','.join(map(escaped, contact.aliases))}"
    yield from (f"EMAIL:{value}" for value in contact.emails)
    yield from (f"TEL:{value}" for value in contact.phones)
    for label, day in contact.occasions:
        yield f"{'BDAY' if label == 'birthday' else 'X-ANNIVERSARY'}:{day_text(day)}"
    for label, value in contact.details:
        yield f"ADR:;;;{value};;;" if label == "city" else f"NOTE:{escaped(value)}"
    if contact.tags:
        yield f"CATEGORIES:{','.join(contact.tags)}"
