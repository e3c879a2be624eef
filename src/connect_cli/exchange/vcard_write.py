"""People as vCards: those of their cards as they came but for what was changed, or a new one.

Details go out only as the lines of a card that came in: what the journal was told stays at home.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from connect_cli.exchange import vcard_read
from connect_cli.exchange.normalise import kept_tag, one_line
from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard_edits import Edits, Past, edited, edits, untold
from connect_cli.exchange.vcard_kept import Instead, day_text, substance
from connect_cli.exchange.vcard_syntax import (
    Card,
    Property,
    escaped,
    folded,
    in_text,
    parted,
    parts,
    properties,
    said_words,
    text_of,
    unescaped,
)
from connect_cli.exchange.vcard_values import ANNIVERSARY, BIRTHDAY, DAYS, NO_TAGS
from connect_cli.language.words import fold

PRODUCT = "-//connect//connection journal//EN"
LONGEST_NAME = 100
NO_PAST = Past()
_PROPERTY = {"email": "EMAIL", "phone": "TEL", "url": "URL"}
_SAID_ANEW = frozenset(("FN", "N", "UID", "NICKNAME", "EMAIL", "TEL", "URL", "CATEGORIES", *DAYS))


@dataclass(frozen=True, slots=True)
class Kept:
    """What the journal keeps of somebody's card, or of several that have no uid.

    text: as they came; lines alone are those of a card that came in before whole ones were kept.
    past: what the journal has said of the person since. uid: that they are known by.
    """

    text: str
    instead: str = ""
    past: Past = NO_PAST
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person on the way out. past: what the journal has ever said of them, and says no more."""

    contact: Contact
    cards: tuple[Kept, ...] = ()
    past: Past = NO_PAST


@dataclass(frozen=True)
class Going:
    """A card on its way out. card: as it came; None for one that is written here.

    uid: of the card, if it has one. file_uid: what the name of a new file is made of. name: what
    the card called them. called: what the journal does. wanted: what was changed since. is_second:
    another card has its uid.
    """

    uid: str
    file_uid: str
    name: str
    called: str
    wanted: Edits
    card: Card | None = None
    composed: str = ""
    is_second: bool = False

    @cached_property
    def text(self) -> str:
        """The card as it goes out where none lies yet."""
        if self.card is None:
            return self.composed
        return b"".join(line.raw for line in edited(self.card, self.wanted)).decode()

    @property
    def names(self) -> frozenset[str]:
        """What the card called them when it came in, or may since an earlier export; folded."""
        return self.wanted.names | {fold(self.name), fold(self.wanted.name)}

    @cached_property
    def substances(self) -> tuple[tuple[str, ...], ...]:
        """What the card says as it goes out, and as it came."""
        if self.card is None or self.wanted.is_empty:
            return (substance(self.text),)
        return substance(self.text), substance(text_of(self.card))


def outgoing(leaving: Leaving) -> list[Going]:
    """Everybody has at least one card: those that came in, or a new one.

    What says nothing of anybody (another copy of the journal may bring it) is passed over.
    """
    now = leaving.contact
    whole: list[tuple[Card, Contact, Kept]] = []
    loose: list[str] = []
    for kept in leaving.cards:
        cards, lines = in_text(kept.text)
        known = ((card, vcard_read.contact_if_any(card)) for card in cards)
        whole += ((card, contact, kept) for card, contact in known if contact)
        loose += lines
    said = [(contact, kept.past) for _, contact, kept in whole]
    if not whole:
        wanted = edits(Contact(""), Instead(), leaving.past, now, untold(now, ()))
        composed = _composed(now, loose)
        return [Going(now.uid, now.uid, now.name, now.name, wanted, composed=composed)]
    going = []
    for place, (card, contact, kept) in enumerate(whole):
        left = Contact(now.name) if place else untold(now, said)
        wanted = edits(contact, Instead.read(kept.instead), kept.past, now, left)
        if not place and loose:
            wanted = replace(wanted, lines=tuple(_unsaid(loose)))
        second = contact.uid != kept.uid
        uids = contact.uid, contact.uid or now.uid
        going.append(Going(*uids, contact.name, now.name, wanted, card, is_second=second))
    return going


def file_name(uid: str) -> str:
    """The name of a card's file: its uid, where that can be the name of a file."""
    plain = re.sub(r"[^A-Za-z0-9@_-]", "_", uid)[:LONGEST_NAME]
    told = "" if plain == uid else f"-{sha256(uid.encode()).hexdigest()[:8]}"
    return f"{plain}{told}.vcf"


def _unsaid(lines: Iterable[str]) -> Iterator[str]:
    """Those of the lines of older cards that the journal does not say itself."""
    for line in lines:
        one = next(properties([line]))
        if ":" in line and (isinstance(one, str) or one.name not in _SAID_ANEW):
            yield line


def _composed(contact: Contact, rest: Sequence[str]) -> str:
    """A card of vCard 3.0, folded, with the line ends of the standard."""
    lines = _lines(contact, rest)
    whole = ["BEGIN:VCARD", "VERSION:3.0", f"PRODID:{PRODUCT}", *lines, "END:VCARD"]
    return "".join(f"{folded(line)}\r\n" for line in whole)


def _lines(contact: Contact, rest: Sequence[str]) -> Iterator[str]:
    given = [one for one in properties(dict.fromkeys(rest)) if isinstance(one, Property)]
    yield f"UID:{escaped(contact.uid)}"
    yield _full_name(contact.name, given)
    yield _name(contact.name, given)
    yield from _nicknames(contact.aliases, given)
    for sort, values in (
        ("email", contact.emails),
        ("phone", contact.phones),
        ("url", contact.urls),
    ):
        yield from _points(_PROPERTY[sort], values, given)
    yield from _days(contact, given)
    yield from _tags(contact.tags, given)
    yield from (one.raw for one in given if one.name not in _SAID_ANEW)
    yield from (one for one in properties(rest) if isinstance(one, str) and ":" in one)


def _full_name(name: str, given: Sequence[Property]) -> str:
    """The name, in the order of words in which the card writes it."""
    for one in given:
        if one.name == "FN" and said_words(unescaped(one.value)) == said_words(name):
            return one.raw
    return f"FN:{escaped(name)}"


def _name(name: str, given: Sequence[Property]) -> str:
    """The parts of a name, as the card had them while the name is still made of them."""
    for one in given:
        words = {word for part in parts(one.value, ";") for word in part.split()}
        if one.name == "N" and set(name.replace(",", " ").split()) <= words:
            return one.raw
    return f"N:{parted(name)}"


def _points(name: str, values: Iterable[str], given: Sequence[Property]) -> Iterator[str]:
    """Each value, with the types that the card gave it."""
    raw = {
        one_line(unescaped(one.value).removeprefix("tel:")): one.raw
        for one in given
        if one.name == name
    }
    for value in values:
        yield raw.get(value) or f"{name}:{escaped(value)}"


def _nicknames(aliases: Sequence[str], given: Sequence[Property]) -> Iterator[str]:
    """The aliases, and those that only the card calls somebody."""
    of_card = [name for one in given if one.name == "NICKNAME" for name in parts(one.value, ",")]
    names = dict.fromkeys([*aliases, *filter(None, of_card)])
    if names:
        yield f"NICKNAME:{','.join(map(escaped, names))}"


def _days(contact: Contact, given: Sequence[Property]) -> Iterator[str]:
    """The yearly days; a card keeps its own line of one where it said another than the journal."""
    raw = {DAYS[one.name]: one.raw for one in reversed(given) if one.name in DAYS}
    days = dict(contact.occasions)
    for label, name in ((BIRTHDAY, "BDAY"), (ANNIVERSARY, "X-ANNIVERSARY")):
        if label in raw:
            yield raw[label]
        elif label in days:
            yield f"{name}:{day_text(days[label])}"


def _tags(tags: Sequence[str], given: Sequence[Property]) -> Iterator[str]:
    """The tags as the card spelt them."""
    words = [word for one in given if one.name == "CATEGORIES" for word in parts(one.value, ",")]
    spelt = {kept_tag(word): word for word in words if word}
    listed = [spelt.get(tag, tag) for tag in (*tags, *(tag for tag in spelt if tag in NO_TAGS))]
    if listed:
        yield f"CATEGORIES:{','.join(map(escaped, listed))}"
