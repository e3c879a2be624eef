"""Writes people as vCards: their own cards with the changes of the journal, or a new card.

Details are exported only as lines of a card that came in; details typed into the journal are not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import count

from connect_cli.exchange import vcard_read
from connect_cli.exchange.normalise import group_tag, kept_group, one_line
from connect_cli.exchange.values import Contact, Day
from connect_cli.exchange.vcard_days import new_day
from connect_cli.exchange.vcard_edits import Edits, PastValues, edits, not_on_cards
from connect_cli.exchange.vcard_kept import Overrides, substance
from connect_cli.exchange.vcard_lines import Card, in_text, text_of
from connect_cli.exchange.vcard_related import new_related, related_in
from connect_cli.exchange.vcard_sheet import edited
from connect_cli.exchange.vcard_syntax import (
    Property,
    escaped,
    folded,
    parted,
    parts,
    properties,
    said_words,
    unescaped,
)
from connect_cli.exchange.vcard_values import ANNIVERSARY, BIRTHDAY, DAYS, day_label, labels
from connect_cli.language.words import fold
from connect_cli.model import DEATH

PRODUCT = "-//connect//connection journal//EN"
LONGEST_NAME = 100
NO_PAST_VALUES = PastValues()
_PROPERTY = {"email": "EMAIL", "phone": "TEL", "url": "URL"}
_YEARLY = tuple(name for name, label in DAYS.items() if label != DEATH)
_SAID_ANEW = frozenset(
    ("FN", "N", "UID", "NICKNAME", "EMAIL", "TEL", "URL", "CATEGORIES", *_YEARLY)
)


@dataclass(frozen=True, slots=True)
class KeptCard:
    """What the journal stores of a card, or of several cards without a uid.

    text: as they came; older versions stored only some lines of a card.
    past: the values of the person since then. uid: the uid under which it is stored.
    """

    text: str
    instead: str = ""
    past: PastValues = NO_PAST_VALUES
    uid: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingPerson:
    """A person to export. past: values that the journal has had for them and has no longer."""

    contact: Contact
    cards: tuple[KeptCard, ...] = ()
    past: PastValues = NO_PAST_VALUES


@dataclass(frozen=True)
class OutgoingCard:
    """A card to export. card: as it came in; None for a new one.

    uid: of the card, if it has one. file_uid: for the name of a new file. name: the name in the
    card. called: the name in the journal. wanted: what was changed since. is_second: another card
    has its uid.
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
        """The card as it is written to a new file."""
        if self.card is None:
            return self.composed
        return b"".join(line.raw for line in edited(self.card, self.wanted)).decode()

    @property
    def names(self) -> frozenset[str]:
        """The folded names that the card may have in a file, after earlier exports too."""
        return self.wanted.names | {fold(self.name), fold(self.wanted.name)}

    @cached_property
    def substances(self) -> tuple[tuple[str, ...], ...]:
        """The substance of the card as it is exported, and as it came in."""
        if self.card is None or self.wanted.is_empty:
            return (substance(self.text),)
        return substance(self.text), substance(text_of(self.card))


def outgoing(person: OutgoingPerson) -> list[OutgoingCard]:
    """The cards of a person, at least one: those that came in, or a new one.

    A stored text without a name, which another copy of the journal may bring, is skipped.
    """
    now = person.contact
    whole: list[tuple[Card, Contact, KeptCard]] = []
    loose: list[str] = []
    for kept in person.cards:
        cards, lines = in_text(kept.text)
        known = ((card, vcard_read.contact_if_any(card)) for card in cards)
        whole += ((card, contact, kept) for card, contact in known if contact)
        loose += lines
    said = [(contact, kept.past) for _, contact, kept in whole]
    if not whole:
        wanted = edits(Contact(""), Overrides(), person.past, now, not_on_cards(now, ()))
        composed = _composed(now, loose)
        return [OutgoingCard(now.uid, now.uid, now.name, now.name, wanted, composed=composed)]
    going = []
    for place, (card, contact, kept) in enumerate(whole):
        left = Contact(now.name) if place else not_on_cards(now, said)
        wanted = edits(contact, Overrides.read(kept.instead), kept.past, now, left)
        if not place and loose:
            wanted = replace(wanted, lines=tuple(_unsaid(loose)))
        second = contact.uid != kept.uid
        uids = contact.uid, contact.uid or now.uid
        going.append(OutgoingCard(*uids, contact.name, now.name, wanted, card, is_second=second))
    return going


def file_name(uid: str) -> str:
    """The name of a card's file: its uid, made safe as a file name."""
    plain = re.sub(r"[^A-Za-z0-9@_-]", "_", uid)[:LONGEST_NAME]
    told = "" if plain == uid else f"-{sha256(uid.encode()).hexdigest()[:8]}"
    return f"{plain}{told}.vcf"


def _unsaid(lines: Iterable[str]) -> Iterator[str]:
    """The lines of older cards whose values the journal does not have itself."""
    for line in lines:
        one = next(properties([line]))
        if ":" in line and (isinstance(one, str) or one.name not in _SAID_ANEW):
            yield line


def _composed(contact: Contact, rest: Sequence[str]) -> str:
    """A new card in vCard 3.0, folded, with the line ends of the standard."""
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
    groups = _free_groups(given)
    yield from _days(contact, given, groups)
    yield from _near(contact, given, groups)
    yield from _tags(contact.tags, given)
    yield from (one.raw for one in given if one.name not in _SAID_ANEW)
    yield from (one for one in properties(rest) if isinstance(one, str) and ":" in one)


def _full_name(name: str, given: Sequence[Property]) -> str:
    """The full name, in the word order of the card if it has the same words."""
    for one in given:
        if one.name == "FN" and said_words(unescaped(one.value)) == said_words(name):
            return one.raw
    return f"FN:{escaped(name)}"


def _name(name: str, given: Sequence[Property]) -> str:
    """The parts of a name: those of the card if the name still consists of them."""
    for one in given:
        words = {word for part in parts(one.value, ";") for word in part.split()}
        if one.name == "N" and set(name.replace(",", " ").split()) <= words:
            return one.raw
    return f"N:{parted(name)}"


def _points(name: str, values: Iterable[str], given: Sequence[Property]) -> Iterator[str]:
    """Each value, with its types in the card."""
    raw = {
        one_line(unescaped(one.value).removeprefix("tel:")): one.raw
        for one in given
        if one.name == name
    }
    for value in values:
        yield raw.get(value) or f"{name}:{escaped(value)}"


def _nicknames(aliases: Sequence[str], given: Sequence[Property]) -> Iterator[str]:
    """The aliases of the journal and of the card."""
    of_card = [name for one in given if one.name == "NICKNAME" for name in parts(one.value, ",")]
    names = dict.fromkeys([*aliases, *filter(None, of_card)])
    if names:
        yield f"NICKNAME:{','.join(map(escaped, names))}"


def _near(contact: Contact, given: Sequence[Property], groups: Iterator[str]) -> Iterator[str]:
    """Who is near, unless a line of the card says it."""
    called = labels(given)
    told = [each for one in given for each in related_in(one, called)]
    for near in contact.near:
        if not any(map(near.is_said_by, told)):
            yield from new_related(near, "3.0", next(groups))


def _days(contact: Contact, given: Sequence[Property], groups: Iterator[str]) -> Iterator[str]:
    """The yearly days, and that of the death, unless a line of the card has them."""
    raw = {DAYS[one.name]: one.raw for one in reversed(given) if one.name in _YEARLY}
    called = labels(given)
    told = {fold(day_label(one, called)) for one in given}
    days: dict[str, Day] = dict(contact.occasions)
    days |= {DEATH: contact.died} if contact.died else {}
    for label in dict.fromkeys((BIRTHDAY, ANNIVERSARY, *days)):
        if label in raw:
            yield raw[label]
        elif label in days and fold(label) not in told:
            yield from new_day(label, days[label], "3.0", next(groups))


def _free_groups(given: Sequence[Property]) -> Iterator[str]:
    """Names of groups that no line of an older card has."""
    used = {one.group.casefold() for one in given}
    return (name for number in count(1) if (name := f"item{number}") not in used)


def _tags(tags: Sequence[str], given: Sequence[Property]) -> Iterator[str]:
    """The tags, as the card spells them."""
    words = [word for one in given if one.name == "CATEGORIES" for word in parts(one.value, ",")]
    spelt = {group_tag(word): word for word in words if word}
    left = [word for tag, word in spelt.items() if tag not in tags and not kept_group(word)]
    listed = [*(spelt.get(tag, tag) for tag in tags), *left]
    if listed:
        yield f"CATEGORIES:{','.join(map(escaped, listed))}"
