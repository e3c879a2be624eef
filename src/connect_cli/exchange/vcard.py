"""vCard 2.1, 3.0 and 4.0 (RFC 6350, RFC 2426), and what address books make of it: text to contacts.

What is not understood is kept line by line, so that an export can give it back.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.decoding import LARGEST_FILE, LONGEST_LINE, decoded, lines_of
from connect_cli.exchange.tidy import day_of_year, kept_name, kept_tag, kept_text, one_line, unique
from connect_cli.exchange.unread import Unread
from connect_cli.exchange.values import TOO_MANY, Contact, Found, Yearly
from connect_cli.exchange.vcard_lines import (
    Property,
    cards,
    parted,
    parts,
    properties,
    said_words,
    unescaped,
    unfolded,
)

BIRTHDAY, ANNIVERSARY = "birthday", "anniversary"
DROPPED = frozenset(["PHOTO", "LOGO", "SOUND", "KEY", "REV", "PRODID", "VERSION", "BEGIN", "END"])
"""Pictures and sounds are not kept; the others are said anew by whoever writes the card."""

_PICTURE = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
STEP = 100
"""Cards between two words about how far it has come."""

NO_YEAR = 1604
"""What Apple writes for a year that is not known."""

NO_TAGS = frozenset({"mycontacts", "starred"})
"""Groups that Google puts everybody into, or those it shows first."""

_BY_LABEL = ("X-ABDATE", "X-ABRELATEDNAMES")
_ANDROIDS_DAYS = {"1": ANNIVERSARY, "3": BIRTHDAY}
_ANDROIDS_RELATIONS = (
    *("related", "assistant", "brother", "child", "partner", "father", "friend", "manager"),
    *("mother", "parent", "partner", "referred by", "relative", "sister", "spouse"),
)
"""By the numbers of ContactsContract.CommonDataKinds.Relation; the first is a word of one's own."""

_LABELLED = {"TITLE": "title", "ROLE": "role", "NOTE": "note"}


@dataclass(slots=True)
class _Card:
    """A card on its way to a contact."""

    names: list[str] = field(default_factory=list)
    parts: str = ""
    uid: str = ""
    lists: dict[str, list[str]] = field(default_factory=dict)
    occasions: dict[str, Yearly] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    every: str = ""
    day_lines: dict[str, str] = field(default_factory=dict)


def begins(first: bytes) -> bool:
    """Whether a file with this beginning holds cards."""
    return decoded(first[:200]).lstrip("﻿ \t\r\n").upper().startswith("BEGIN:VCARD")


def read(content: bytes, file: str = "") -> Found:
    """The people of a file of cards; a card that cannot be read is left out alone."""
    return read_stream(BytesIO(content), file)


def read_stream(
    stream: BinaryIO, file: str = "", progress: Callable[[int], object] = lambda _: None
) -> Found:
    """The same, card by card. progress: told how many bytes have been read.

    The pictures may be many; without them the cards are no more than any other file.
    """
    found = Found()
    where = f"{file}, " if file else ""
    lines = _without_pictures(unfolded(lines_of(stream)), found, where)
    for number, (start, card) in enumerate(cards(lines)):
        if not number % STEP:
            progress(stream.tell())
        place = f"{where}line {start}"
        if card is None:
            found.unread.append(Unread(place, "the card is cut off"))
            continue
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        try:
            found.contacts.append(_contact(card, place))
        except NotUnderstood as error:
            found.unread.append(Unread(place, error.message))
    if not found.contacts and not found.unread:
        found.unread.append(Unread(file or "the file", "there is no card in it"))
    return found


def _without_pictures(
    lines: Iterable[tuple[int, str]], found: Found, where: str
) -> Iterator[tuple[int, str]]:
    """The lines that may be kept; what is more of them than any file may hold is told."""
    size = 0
    for number, line in lines:
        if _PICTURE.match(line):
            continue
        size += len(line)
        if size <= LARGEST_FILE:
            yield number, line
        elif size - len(line) <= LARGEST_FILE:
            reason = f"all from here on: without pictures it is more than {LARGEST_FILE >> 20} MB"
            found.unread.append(Unread(f"{where}line {number}", reason))


def _contact(lines: list[str], place: str) -> Contact:
    """A card as a contact. Raises NotUnderstood when it names nobody, or is of a group."""
    card = _Card()
    read_lines = list(properties(lines))
    if any(isinstance(line, Property) and _of_group(line) for line in read_lines):
        raise NotUnderstood("it is a group")
    labels = _group_labels(read_lines)
    for line in read_lines:
        if not isinstance(line, str) and (line.name in DROPPED or _encoded(line)):
            continue
        if len(line if isinstance(line, str) else line.raw) > LONGEST_LINE:
            raise NotUnderstood(f"a line of it is longer than {LONGEST_LINE >> 20} MB")
        if isinstance(line, str):
            card.rest.append(line)
        elif not _understood(card, line, labels):
            card.rest.append(line.raw)
    name = _name(card)
    if card.details.get("company") == name:
        del card.details["company"]
    lists = card.lists
    return Contact(
        name=name,
        place=place,
        uid=card.uid,
        aliases=tuple(alias for alias in unique(lists.get("alias", [])) if alias != name),
        emails=unique(lists.get("email", [])),
        phones=unique(lists.get("phone", [])),
        urls=unique(lists.get("url", [])),
        addresses=unique(lists.get("address", [])),
        occasions=tuple(card.occasions.items()),
        details=tuple(card.details.items()),
        tags=unique(lists.get("tag", [])),
        rest="\n".join(line for line in card.rest if line != parted(name)),
        every=card.every,
        day_lines=tuple(card.day_lines.items()),
    )


def _of_group(line: Property) -> bool:
    """Whether a card is a list of people (RFC 6350, 6.1.4; Apple's word for it)."""
    kind = line.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND")
    return kind and line.value.strip().casefold() == "group"


def _encoded(line: Property) -> bool:
    """Whether a line holds a picture or the like."""
    return line.params.get("ENCODING", "").upper() in ("B", "BASE64")


def _group_labels(lines: Iterable[Property | str]) -> dict[str, str]:
    """What Apple calls the lines of a group: `item1.X-ABLabel`."""
    return {
        line.group: line.value.strip("_$!<>").casefold()
        for line in lines
        if isinstance(line, Property) and line.name == "X-ABLABEL"
    }


def _understood(card: _Card, line: Property, labels: Mapping[str, str]) -> bool:
    """Put a line where it belongs; False when it is kept besides, so that it is given back.

    That is when the journal does not keep all that it says, and for details, which do not leave.
    """
    if not line.value.strip("; "):
        return True
    if line.name in _BY_LABEL:
        _labelled_by(card, line, labels.get(line.group, ""))
        return False
    reader = _READERS.get(line.name)
    return reader is not None and reader(card, line)


def _labelled_by(card: _Card, line: Property, label: str) -> None:
    """A line of Apple's that means what another line calls it: a day, or somebody near."""
    if line.name == "X-ABDATE" and label == ANNIVERSARY:
        _occasion(card, ANNIVERSARY, line)
    elif line.name == "X-ABRELATEDNAMES":
        _relation(card, label, unescaped(line.value))


def _relation(card: _Card, label: str, name: str) -> None:
    """Somebody near them, as a detail: `spouse: William`."""
    if said := one_line(name):
        card.details.setdefault(kept_name(label) or "related", said)


def _related(card: _Card, line: Property) -> bool:
    """Somebody near them by name; addresses of other cards (RFC 6350, 6.6.6) say nothing here."""
    if not re.match(r"[a-z][a-z0-9+.-]*:", line.value, re.IGNORECASE):
        _relation(card, line.params.get("TYPE", "").partition(",")[0].casefold(), line.value)
    return False


def _of_android(card: _Card, line: Property) -> bool:
    """What Android has no other line for: `vnd.android.cursor.item/nickname;Zé;1;…`."""
    sort, value, number, *_ = [*parts(line.value, ";"), "", ""]
    sort = sort.rpartition("/")[2]
    if sort == "nickname":
        _extend(card, "alias", [kept_name(value)])
    elif sort == "relation":
        known = number.isascii() and number.isdigit() and int(number) < len(_ANDROIDS_RELATIONS)
        _relation(card, _ANDROIDS_RELATIONS[int(number) if known else 0], value)
    elif number in _ANDROIDS_DAYS and (day := day_of_year(value)) is not None:
        card.occasions.setdefault(_ANDROIDS_DAYS[number], day)
    return False


def _full_name(card: _Card, line: Property) -> bool:
    card.names.append(unescaped(line.value))
    return "," not in card.names[-1]


def _parted_name(card: _Card, line: Property) -> bool:
    card.parts = card.parts or line.value
    return False


def _uid(card: _Card, line: Property) -> bool:
    card.uid = card.uid or one_line(unescaped(line.value))
    return True


def _nickname(card: _Card, line: Property) -> bool:
    return _extend(card, "alias", [kept_name(each) for each in parts(line.value, ",")])


def _email(card: _Card, line: Property) -> bool:
    value = one_line(unescaped(line.value))
    right = value.count("@") == 1 and " " not in value and not {value[0], value[-1]} & {"@"}
    return right and _extend(card, "email", [value]) and _simple(line)


def _phone(card: _Card, line: Property) -> bool:
    number = one_line(unescaped(line.value).removeprefix("tel:"))
    right = any(letter.isdecimal() for letter in number)
    return right and _extend(card, "phone", [number]) and _simple(line)


def _url(card: _Card, line: Property) -> bool:
    return _extend(card, "url", [one_line(unescaped(line.value))]) and _simple(line)


def _categories(card: _Card, line: Property) -> bool:
    words = [part for part in parts(line.value, ",") if part]
    tags = [kept_tag(word) for word in words]
    _extend(card, "tag", (tag for tag in tags if tag not in NO_TAGS))
    return tags == words


def _birthday(card: _Card, line: Property) -> bool:
    return _occasion(card, BIRTHDAY, line)


def _anniversary(card: _Card, line: Property) -> bool:
    return _occasion(card, ANNIVERSARY, line)


def _address(card: _Card, line: Property) -> bool:
    city = one_line([*parts(line.value, ";"), *[""] * 7][3])
    if city:
        card.details.setdefault("city", city)
    return False


def _company(card: _Card, line: Property) -> bool:
    words = [part for part in parts(line.value, ";") if part]
    card.details.setdefault("company", one_line(", ".join(words)))
    return False


def _labelled(card: _Card, line: Property) -> bool:
    card.details.setdefault(_LABELLED[line.name], kept_text(unescaped(line.value)))
    return False


def _simple(line: Property) -> bool:
    """Whether the journal keeps all that a line says: no type, no group."""
    return not line.params and not line.group


def _extend(card: _Card, what: str, values: Iterable[str]) -> bool:
    added = [one_line(value) for value in values if value]
    card.lists.setdefault(what, []).extend(added)
    return bool(added)


def _occasion(card: _Card, label: str, line: Property) -> bool:
    day = day_of_year(line.value)
    if day is None:
        return False
    omitted = line.params.get("X-APPLE-OMIT-YEAR")
    if day[0] is not None and str(day[0]) in (omitted, str(NO_YEAR)):
        day = (None, *day[1:])
    card.occasions.setdefault(label, day)
    card.day_lines.setdefault(label, line.raw)
    return True


def _name(card: _Card) -> str:
    """The name to know somebody by: as written out, or put together. Raises NotUnderstood."""
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
    raise NotUnderstood("the card names nobody")


def _is_turned(name: str, family: str, together: str) -> bool:
    """Whether a name is written as `Lovelace, Ada`, and its parts say so."""
    first, comma, _ = name.partition(",")
    turned = bool(comma and family) and first.strip() == family
    return turned and said_words(name) == said_words(together)


def _frequency(card: _Card, line: Property) -> bool:
    """How often frm reminds of somebody."""
    card.every = one_line(line.value)
    return False


def _group(card: _Card, line: Property) -> bool:
    """The group that frm puts somebody into."""
    _extend(card, "tag", [kept_tag(line.value)])
    return False


_READERS: Mapping[str, Callable[[_Card, Property], bool]] = {
    "FN": _full_name,
    "N": _parted_name,
    "UID": _uid,
    "NICKNAME": _nickname,
    "EMAIL": _email,
    "TEL": _phone,
    "URL": _url,
    "CATEGORIES": _categories,
    "BDAY": _birthday,
    "ANNIVERSARY": _anniversary,
    "X-ANNIVERSARY": _anniversary,
    "X-EVOLUTION-ANNIVERSARY": _anniversary,
    "ADR": _address,
    "ORG": _company,
    "TITLE": _labelled,
    "ROLE": _labelled,
    "NOTE": _labelled,
    "X-FRM-FREQUENCY": _frequency,
    "X-FRM-GROUP": _group,
    "RELATED": _related,
    "X-SPOUSE": _related,
    "X-EVOLUTION-SPOUSE": _related,
    "X-ANDROID-CUSTOM": _of_android,
}
