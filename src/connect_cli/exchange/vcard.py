"""vCard 2.1, 3.0 and 4.0 (RFC 6350, RFC 2426), and what address books make of it: text to contacts.

What is not understood is kept line by line, so that an export can give it back.
"""

import quopri
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.decoding import LONGEST_LINE, decoded
from connect_cli.exchange.tidy import day_of_year, kept_name, kept_tag, kept_text, one_line, unique
from connect_cli.exchange.unread import Unread
from connect_cli.exchange.values import Contact, Found, Yearly

BIRTHDAY, ANNIVERSARY = "birthday", "anniversary"
DROPPED = frozenset(["PHOTO", "LOGO", "SOUND", "KEY", "REV", "PRODID", "VERSION", "BEGIN", "END"])
"""Pictures and sounds are not kept; the others are said anew by whoever writes the card."""

MOST_LINES = 10_000
LONGEST_HEAD = 300
NO_YEAR = 1604
"""What Apple writes for a year that is not known."""

_PARAMS = r'(?P<params>(?:;[^:"]*(?:"[^"]*"[^:"]*)*)?)'
_HEAD = re.compile(rf"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+){_PARAMS}:")
_LABELLED = {"TITLE": "title", "ROLE": "role", "NOTE": "note"}


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card. raw: as it stands there, unfolded."""

    name: str
    value: str
    group: str
    params: Mapping[str, str]
    raw: str


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


def begins(first: bytes) -> bool:
    """Whether a file with this beginning holds cards."""
    return decoded(first[:200]).lstrip("﻿ \t\r\n").upper().startswith("BEGIN:VCARD")


def read(content: bytes, file: str = "") -> Found:
    """The people of a file of cards; a card that cannot be read is left out alone."""
    found = Found()
    where = f"{file}, " if file else ""
    for start, lines in _cards(_unfolded(decoded(content))):
        place = f"{where}line {start}"
        if lines is None:
            found.unread.append(Unread(place, "the card is cut off"))
            continue
        try:
            found.contacts.append(_contact(lines, place))
        except NotUnderstood as error:
            found.unread.append(Unread(place, error.message))
    if not found.contacts and not found.unread:
        found.unread.append(Unread(file or "the file", "there is no card in it"))
    return found


def properties(lines: Iterable[str]) -> Iterator[Property | str]:
    """The lines of a card, each taken apart; a line that is none is given as it stands."""
    for line in lines:
        if (match := _HEAD.match(line)) is None:
            yield line
            continue
        params = _params(match["params"])
        value = _plain(line[match.end() :], params)
        name, group = match["name"].upper(), match["group"] or ""
        raw = _modern(name, value, group, params) if _is_old(match["params"]) else line
        yield Property(name, value, group, params, raw)


def _is_old(params: str) -> bool:
    """Whether a line is written as only vCard 2.1 had it: wrapped, or with bare words."""
    words = params.upper().split(";")[1:]
    return "ENCODING=QUOTED-PRINTABLE" in words or any("=" not in word for word in words)


def _modern(name: str, value: str, group: str, params: Mapping[str, str]) -> str:
    """The same line as later versions write it."""
    kept = {key: said for key, said in params.items() if key not in ("ENCODING", "CHARSET")}
    said = "".join(f";{key}={text}" for key, text in kept.items())
    text = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return f"{group}.{name}{said}:{text}" if group else f"{name}{said}:{text}"


def parts(value: str, separator: str) -> list[str]:
    """A value at its separators, unescaped; those behind a backslash do not part."""
    return [unescaped(part).strip() for part in _split(value, separator)]


def unescaped(value: str) -> str:
    r"""A value without its escapes; `\n` is a line break."""
    return re.sub(r"\\([\\,;:nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def escaped(value: str) -> str:
    """A value as it stands in a card."""
    text = re.sub(r"([\\,;])", r"\\\1", value)
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def parted(name: str) -> str:
    """The line with the parts of a name, where no card says better."""
    *first, last = name.split(" ")
    if not first:
        return f"N:;{escaped(last)};;;"
    return f"N:{escaped(last)};{escaped(' '.join(first))};;;"


def _split(value: str, separator: str) -> list[str]:
    found, part, escaped = [], "", False
    for letter in value:
        if letter == separator and not escaped:
            found.append(part)
            part = ""
        else:
            part += letter
        escaped = letter == "\\" and not escaped
    return [*found, part]


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each whole line with the number where it starts: folds and soft breaks are undone."""
    whole, start = "", 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        soft = whole.endswith("=") and "QUOTED-PRINTABLE" in whole[:LONGEST_HEAD].upper()
        if start and line[:1] in (" ", "\t") and len(whole) < LONGEST_LINE:
            whole = (whole[:-1] if soft else whole) + line[1:]
        elif start and soft and len(whole) < LONGEST_LINE:
            whole = whole[:-1] + line
        else:
            if start:
                yield start, whole
            whole, start = line, number
    if start:
        yield start, whole


def _cards(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str] | None]]:
    """The lines of each card, with where it begins; None for one that does not end."""
    card: list[str] = []
    start = depth = 0
    for number, line in lines:
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            if depth and not any(_is_agent(each) for each in card[-1:]):
                yield start, None
                depth = 0
            depth += 1
            if depth == 1:
                start, card = number, []
                continue
        if not depth:
            continue
        if word == "END:VCARD":
            depth -= 1
            if not depth:
                yield start, card
                continue
        if depth == 1 and len(card) < MOST_LINES and line.strip():
            card.append(line)
    if depth:
        yield start, None


def _is_agent(line: str) -> bool:
    """Whether a card stands within this one, as vCard 2.1 had it for an assistant."""
    return line.upper().startswith("AGENT")


def _params(text: str) -> dict[str, str]:
    """A line's parameters; of 2.1, which names no TYPE, the bare words are types."""
    found: dict[str, str] = {}
    for part in re.findall(r';((?:[^;"]|"[^"]*")*)', text):
        name, equals, value = part.partition("=")
        key = name.strip().upper() if equals else _bare(part)
        value = value.strip('"') if equals else part
        found[key] = f"{found[key]},{value}" if key in found else value
    return found


def _bare(word: str) -> str:
    return "ENCODING" if word.strip().upper() in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"


def _plain(value: str, params: Mapping[str, str]) -> str:
    """A value as text, whatever 2.1 wrapped it in."""
    if params.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return value
    octets = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    try:
        return octets.decode(params.get("CHARSET", "utf-8"))
    except (LookupError, ValueError):
        return decoded(octets)


def _contact(lines: list[str], place: str) -> Contact:
    """A card as a contact. Raises NotUnderstood when it names nobody."""
    card = _Card()
    read_lines = list(properties(lines))
    labels = _group_labels(read_lines)
    for line in read_lines:
        if isinstance(line, str):
            card.rest.append(line)
        elif line.name in DROPPED or _encoded(line):
            continue
        elif not _understood(card, line, labels):
            card.rest.append(line.raw)
    name = _name(card)
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
    )


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
    """Put a line where it belongs; False when the journal does not keep all that it says."""
    if not unescaped(line.value).strip("; "):
        return True
    if line.name == "X-ABDATE":
        if labels.get(line.group) == ANNIVERSARY:
            _occasion(card, ANNIVERSARY, line)
        return False
    reader = _READERS.get(line.name)
    return reader is not None and reader(card, line)


def _full_name(card: _Card, line: Property) -> bool:
    card.names.append(unescaped(line.value))
    return True


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
    _extend(card, "tag", tags)
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
    return _detail(card, "company", one_line(", ".join(words))) and len(words) == 1


def _labelled(card: _Card, line: Property) -> bool:
    return _detail(card, _LABELLED[line.name], kept_text(unescaped(line.value)))


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
    return True


def _detail(card: _Card, label: str, value: str) -> bool:
    """Keep a detail; a second one with the same label is not understood."""
    if label in card.details:
        return card.details[label] == value
    card.details[label] = value
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
    for name in (*card.names, together, *fallback):
        if kept := kept_name(name):
            return kept
    raise NotUnderstood("the card names nobody")


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
}
