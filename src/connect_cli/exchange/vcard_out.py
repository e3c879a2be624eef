"""People as vCards 3.0, with the lines of their cards that the journal has no place for.

Details go out only as the lines of a card that came in: what the journal was told stays at home.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from connect_cli.exchange.tidy import kept_tag, one_line
from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard import ANNIVERSARY, BIRTHDAY, NO_TAGS
from connect_cli.exchange.vcard_lines import (
    Property,
    escaped,
    parted,
    parts,
    properties,
    said_words,
    unescaped,
)

PRODUCT = "-//connect//connection journal//EN"
FOLD_BYTES = 75
LONGEST_NAME = 100
_PROPERTY = {"email": "EMAIL", "phone": "TEL", "url": "URL"}
_DAYS = {
    "BDAY": BIRTHDAY,
    "ANNIVERSARY": ANNIVERSARY,
    "X-ANNIVERSARY": ANNIVERSARY,
    "X-EVOLUTION-ANNIVERSARY": ANNIVERSARY,
}
_SAID_ANEW = frozenset(("FN", "N", "UID", "NICKNAME", "EMAIL", "TEL", "URL", "CATEGORIES", *_DAYS))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person on the way out. rest: what their cards said besides, line by line."""

    contact: Contact
    rest: tuple[str, ...] = ()


def written(leaving: Leaving) -> str:
    """One card, folded, with the line ends of the standard."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"PRODID:{PRODUCT}", *_lines(leaving), "END:VCARD"]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def file_name(uid: str) -> str:
    """The name of a card's file: its uid, where that can be the name of a file."""
    plain = re.sub(r"[^A-Za-z0-9@_-]", "_", uid)[:LONGEST_NAME]
    told = "" if plain == uid else f"-{sha256(uid.encode()).hexdigest()[:8]}"
    return f"{plain}{told}.vcf"


def _lines(leaving: Leaving) -> Iterator[str]:
    contact = leaving.contact
    given = [one for one in properties(dict.fromkeys(leaving.rest)) if isinstance(one, Property)]
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
    yield from (one for one in properties(leaving.rest) if isinstance(one, str) and ":" in one)


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
    return parted(name)


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
    raw = {_DAYS[one.name]: one.raw for one in reversed(given) if one.name in _DAYS}
    days = dict(contact.occasions)
    for label, name in ((BIRTHDAY, "BDAY"), (ANNIVERSARY, "X-ANNIVERSARY")):
        if label in raw:
            yield raw[label]
        elif label in days:
            year, month, day = days[label]
            on = f"--{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"
            yield f"{name}:{on}"


def _tags(tags: Sequence[str], given: Sequence[Property]) -> Iterator[str]:
    """The tags as the card spelt them."""
    words = [word for one in given if one.name == "CATEGORIES" for word in parts(one.value, ",")]
    spelt = {kept_tag(word): word for word in words if word}
    listed = [spelt.get(tag, tag) for tag in (*tags, *(tag for tag in spelt if tag in NO_TAGS))]
    if listed:
        yield f"CATEGORIES:{','.join(map(escaped, listed))}"


def folded(line: str) -> str:
    """A line in pieces of 75 bytes, none of which cuts a character."""
    found, piece, size = [], "", 0
    for letter in line.replace("\r", " ").replace("\n", " "):
        width = len(letter.encode("utf-8"))
        if size + width > FOLD_BYTES:
            found.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*found, piece])
