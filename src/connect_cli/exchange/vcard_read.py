"""Reads vCards 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), as address books write them, to contacts.

The text of a card is stored as it is, without pictures, so that an export can write it again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.normalise import (
    LARGEST_FILE,
    LONGEST_LINE,
    kept_name,
    kept_tag,
    kept_text,
    lines_of,
    one_line,
    unique,
)
from connect_cli.exchange.places import Address, placed, with_home
from connect_cli.exchange.values import TOO_MANY, Contact, Day, Found, Related, Yearly
from connect_cli.exchange.vcard_lines import Card, Line, cards, whole_lines
from connect_cli.exchange.vcard_related import related_in
from connect_cli.exchange.vcard_syntax import (
    Property,
    folded,
    parts,
    said_words,
    taken_apart,
    unescaped,
)
from connect_cli.exchange.vcard_unread import Outside, unfolded, unread_lines, unread_parts
from connect_cli.exchange.vcard_values import (
    day_in,
    day_label,
    is_picture,
    labels,
    nicknames,
    point,
    tags,
)
from connect_cli.language.words import fold
from connect_cli.reports import Unread
from connect_cli.text_encodings import decoded

STEP = 100
"""Cards between two reports of progress."""

_NO_PEOPLE = {
    "location": "a location",
    "device": "a device",
    "application": "an application",
}
"""The kinds of cards that are of nobody (RFC 6350, 6.1.4, RFC 6473, RFC 6869)."""

_LABELLED = {"TITLE": "title", "ROLE": "role", "NOTE": "note"}


@dataclass(slots=True)
class _Card:
    """The values collected while a card is read."""

    names: list[str] = field(default_factory=list)
    parts: str = ""
    uid: str = ""
    lists: dict[str, list[str]] = field(default_factory=dict)
    occasions: dict[str, tuple[str, Yearly]] = field(default_factory=dict)
    died: str = ""
    addresses: list[Address] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)
    every: str = ""
    is_firm: bool = False


def begins(first: bytes) -> bool:
    """Whether a file begins as a vCard does."""
    return decoded(first[:200]).lstrip("﻿ \t\r\n").upper().startswith("BEGIN:VCARD")


def read(content: bytes, file: str = "") -> Found:
    """The people of a file of cards; only cards that cannot be read are left out."""
    return read_stream(BytesIO(content), file)


def read_stream(
    stream: BinaryIO, file: str = "", progress: Callable[[int], object] = lambda _: None
) -> Found:
    """The same, card by card. progress: called with the number of bytes read.

    Pictures may be large; without them the cards may have the size of any other file.
    """
    found = Found()
    where = f"{file}, " if file else ""
    lines = _without_pictures(whole_lines(lines_of(stream)), found, where)
    outside = Outside(where)
    number = -1
    for number, card in enumerate(cards(lines, outside=outside.take)):
        if not number % STEP:
            progress(stream.tell())
        place = f"{where}line {card.number}"
        if not card.is_whole:
            found.unread.append(Unread(place, "the card is cut off"))
            continue
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        try:
            known = contact(card, place)
        except NotUnderstood as error:
            found.unread.append(Unread(place, error.message))
            found.unread += unread_parts(card, where, kept=False)
        else:
            found.contacts.append(known)
            found.unread += unread_lines(card, where)
            found.unread += unread_parts(card, where, kept=True)
            found.remarks += unfolded(card, where)
    no_cards = [Unread(file or "the file", "it has no cards")]
    found.unread += outside.unread if number >= 0 else no_cards
    return found


def _without_pictures(lines: Iterable[Line], found: Found, where: str) -> Iterator[Line]:
    """The lines without pictures; lines beyond the size of a file are reported as unread."""
    size = 0
    for line in lines:
        if is_picture(line.text):
            continue
        before, size = size, size + len(line.text)
        if size <= LARGEST_FILE:
            yield line
        elif before <= LARGEST_FILE:
            reason = f"everything from here on: without pictures it is over {LARGEST_FILE >> 20} MB"
            found.unread.append(Unread(f"{where}line {line.number}", reason))


def contact_if_any(card: Card) -> Contact | None:
    """The same; None for a card without a name or an end, or for a group."""
    try:
        return contact(card) if card.is_whole else None
    except NotUnderstood:
        return None


def contact(card: Card, place: str = "") -> Contact:
    """A card as a contact. Raises NotUnderstood if it has no name or is a group."""
    if card.size > LONGEST_LINE:
        raise NotUnderstood(f"without pictures it is longer than {LONGEST_LINE >> 20} MB")
    lines = [one for line in card.own if (one := taken_apart(line.text)) is not None]
    if any(map(_of_group, lines)):
        raise NotUnderstood("it is a group")
    said, called = _Card(), labels(lines)
    for one in lines:
        if one.value.strip("; "):
            _read(said, one, called)
    name = _name(said)
    is_firm = said.is_firm or _is_named_by_firm(said, name)
    if said.details.get("company") == name:
        del said.details["company"]
    lists = said.lists
    addresses, lives_in = placed(said.addresses)
    with_home(said.details, lives_in)
    return Contact(
        name=name,
        place=place,
        uid=said.uid,
        aliases=tuple(alias for alias in unique(lists.get("alias", [])) if alias != name),
        emails=unique(lists.get("email", [])),
        phones=unique(lists.get("phone", [])),
        urls=unique(lists.get("url", [])),
        addresses=addresses,
        occasions=tuple(said.occasions.values()),
        died=said.died,
        related=tuple(dict.fromkeys(said.related)),
        details=tuple(said.details.items()),
        tags=unique(lists.get("tag", [])),
        card=_as_text(card),
        every=said.every,
        is_firm=is_firm,
    )


def _as_text(card: Card) -> str:
    """The text of a card; lines that are not UTF-8 are converted."""
    try:
        return b"".join(line.raw for line in card.lines).decode()
    except UnicodeDecodeError:
        return "".join(map(_line_as_text, card.lines))


def _line_as_text(line: Line) -> str:
    try:
        return line.raw.decode()
    except UnicodeDecodeError:
        head, colon, value = line.text.partition(":")
        return folded(f"{_CHARSET.sub(';CHARSET=UTF-8', head)}{colon}{value}", line.end) + line.end


def _of_group(line: Property) -> bool:
    """Whether a card is a group of people (RFC 6350, 6.1.4, or Apple's property)."""
    kind = line.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND")
    return kind and line.value.strip().casefold() == "group"


def _read(card: _Card, line: Property, called: Mapping[str, str]) -> None:
    """Collect the value of a line."""
    if (found := point(line)) is not None:
        _extend(card, found[0], [found[1]])
    _extend(card, "alias", nicknames(line))
    _extend(card, "tag", tags(line))
    if label := day_label(line, called):
        _day(card, label, day_in(line, label))
    card.related += related_in(line, called)
    if reader := _READERS.get(line.name):
        reader(card, line)


def _day(card: _Card, label: str, day: Day | None) -> None:
    """Take the first day of each label, and the first day of death."""
    if isinstance(day, str):
        card.died = card.died or day
    elif day is not None:
        card.occasions.setdefault(fold(label), (label, day))


def _full_name(card: _Card, line: Property) -> None:
    card.names.append(unescaped(line.value))


def _parted_name(card: _Card, line: Property) -> None:
    card.parts = card.parts or line.value


def _kind(card: _Card, line: Property) -> None:
    """Take a card of an organisation as one of a firm (RFC 6350, 6.1.4). Raises NotUnderstood."""
    kind = line.value.strip().casefold()
    if kind in _NO_PEOPLE:
        raise NotUnderstood(f"it is {_NO_PEOPLE[kind]}")
    card.is_firm = card.is_firm or kind == "org"


def _shown_as(card: _Card, line: Property) -> None:
    """Take Apple's mark of a card that is shown by the name of the firm."""
    card.is_firm = card.is_firm or line.value.strip().casefold() == "company"


def _is_named_by_firm(card: _Card, name: str) -> bool:
    """Whether a card has no name but that of the firm."""
    words = {part for part in parts(card.parts, ";") if part}
    return card.details.get("company") == name and words <= {name}


def _uid(card: _Card, line: Property) -> None:
    card.uid = card.uid or one_line(unescaped(line.value))


def _address(card: _Card, line: Property) -> None:
    """Take an address (RFC 6350, 6.3.1)."""
    box, more, street, city, region, postcode, country = [*parts(line.value, ";"), *[""] * 7][:7]
    at_work = "work" in line.params.get("TYPE", "").casefold().split(",")
    beside = ", ".join(filter(None, (box, more)))
    card.addresses.append(Address(street, city, region, postcode, country, beside, at_work))


def _company(card: _Card, line: Property) -> None:
    words = [part for part in parts(line.value, ";") if part]
    card.details.setdefault("company", one_line(", ".join(words)))


def _labelled(card: _Card, line: Property) -> None:
    card.details.setdefault(_LABELLED[line.name], kept_text(unescaped(line.value)))


def _extend(card: _Card, what: str, values: Iterable[str]) -> None:
    card.lists.setdefault(what, []).extend(values)


def _name(card: _Card) -> str:
    """The name of a card: as written out, or from its parts. Raises NotUnderstood."""
    family, given, more, prefix, suffix = [*parts(card.parts, ";"), *[""] * 5][:5]
    together = " ".join(filter(None, (prefix, given, more, family, suffix))).replace(",", " ")
    fallback = [
        *card.lists.get("alias", ()),
        *filter(None, [card.details.get("company")]),
        *card.lists.get("email", ()),
    ]
    written = [together if _is_turned(name, family, together) else name for name in card.names]
    for name in (*written, together, *fallback):
        if kept := kept_name(name):
            return kept
    raise NotUnderstood("the card has no name")


def _is_turned(name: str, family: str, together: str) -> bool:
    """Whether a name is written as `Lovelace, Ada`, by its parts."""
    first, comma, _ = name.partition(",")
    turned = bool(comma and family) and first.strip() == family
    return turned and said_words(name) == said_words(together)


def _frequency(card: _Card, line: Property) -> None:
    """Take the reminder interval of frm as the cadence."""
    card.every = one_line(line.value)


def _group(card: _Card, line: Property) -> None:
    """Take the group of frm as a tag."""
    _extend(card, "tag", [kept_tag(line.value)])


_CHARSET = re.compile(r";CHARSET=[^;:]*", re.IGNORECASE)
_READERS: Mapping[str, Callable[[_Card, Property], None]] = {
    "FN": _full_name,
    "N": _parted_name,
    "UID": _uid,
    "KIND": _kind,
    "X-ABSHOWAS": _shown_as,
    "ADR": _address,
    "ORG": _company,
    "TITLE": _labelled,
    "ROLE": _labelled,
    "NOTE": _labelled,
    "X-FRM-FREQUENCY": _frequency,
    "X-FRM-GROUP": _group,
}
