"""Contacts with the card that says what they say, as if they had been read of it."""

from collections.abc import Iterator
from dataclasses import replace

from connect_cli.exchange import vcard_read, vcard_write
from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard_days import day_text
from connect_cli.exchange.vcard_syntax import escaped
from connect_cli.exchange.vcard_write import KeptCard, OutgoingPerson

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
        yield f"ADR:;;;{value};;;" if label == "lives in" else f"NOTE:{escaped(value)}"
    if contact.tags:
        yield f"CATEGORIES:{','.join(contact.tags)}"


def card(*lines: str) -> Contact:
    """The one person of a card with these lines."""
    (contact,) = vcard_read.read(written(*lines).encode()).contacts
    return contact


def written(*lines: str) -> str:
    """A card with these lines."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "FN:Ada Lovelace", *lines, "END:VCARD", ""])


KEPT = [
    "X-SKYPE;TYPE=x:ada",
    "no property at all",
    'ADR;LABEL="Street 1; Bonn: 2nd floor";TYPE=home:;;Street 1;Bonn;;53111;Germany',
    "NOTE:a long\r\n  note,\r\n\tfolded twice",
    "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb=C3=A9",
    "TEL:1\r\nTEL:1",
    "\r\n  \r\nX-A:b",
    "AGENT:\r\nBEGIN:VCARD\r\nFN:Somebody Else\r\nEND:VCARD",
    "KEY:https://example.org/key.asc",
    "PHOTO;VALUE=uri:https://example.org/ada.jpg",
    "REV:20200101T000000Z",
]


LINES_OF_OTHERS = [
    *KEPT,
    "N:Lovelace;Ada;King,Byron;Lady;PhD",
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lovelace;Ad=C3=A1",
    "EMAIL;TYPE=HOME:ada@example.org",
    "EMAIL:Ada@Example.org",
    "EMAIL:/o=Firm/cn=ada",
    "item1.TEL;TYPE=CELL:+44 20 7946 0018",
    "item1.X-ABLabel:boat",
    "TEL;VALUE=uri:tel:+44-20-7946-0018",
    "TEL:ask Jenny",
    "NICKNAME:Annie,Zé\\, the 1st",
    "CATEGORIES:Work,myContacts,Old friends",
    "CATEGORIES;TYPE=x:Été",
    "BDAY:1815-12-10",
    "BDAY:1985",
    "X-ANNIVERSARY:18350708",
    "X-MS-ANNIVERSARY:18350708",
    "NOTE:not\r\nfolded",
    "item2.X-ABDATE:1835-07-08",
    "item2.X-ABLabel:_$!<Anniversary>!$_",
    "item3.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-06-05",
    "item3.X-ABLabel:First met",
    "item4.X-ABRELATEDNAMES:Byron",
    "item4.X-ABLabel:_$!<Father>!$_",
    "RELATED;TYPE=friend,colleague;VALUE=text:Charles",
    "DEATHDATE:1852-11-27",
    "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Annie;1;;",
    "URL:https\\://example.org",
    "ORG:Analytical;Engines",
    "NOTE:tea\\, numbers\\nand rain",
]


def out(came: Contact, now: Contact) -> str:
    """The one card of somebody, whom the journal calls as `now` says, as it goes out."""
    (going,) = vcard_write.outgoing(OutgoingPerson(now, (KeptCard(came.card),)))
    return going.text
