"""The journal of `friends`, friends.md: Markdown with names in bold."""

import re
from collections import Counter
from collections.abc import Iterable

from connect_cli.exchange.normalise import (
    day_of,
    kept_name,
    kept_tag,
    kept_text,
    kind_of,
    one_line,
    unique,
)
from connect_cli.exchange.values import TOO_MANY, Contact, Found
from connect_cli.reports import Happening, Unread
from connect_cli.store.places import LIVES_IN
from connect_cli.text_encodings import decoded

_SECTION = re.compile(r"### (Activities|Notes|Friends|Locations):\s*")
_DATED = re.compile(r"- (\d{4}-\d\d-\d\d): (.*)")
_NAME = re.compile(r"\*\*(.+?)\*\*")
_PLACE = re.compile(r"(?<!\w)_([^_]+)_(?!\w)")
_TAG = re.compile(r"(?:^|\s)@([\w:-]+)")
_FRIEND = re.compile(
    r"- (?P<name>[^(\[@]+?)\s*(?:\(a\.k\.a\. (?P<aka>[^)]*)\))?\s*(?:\[(?P<city>[^\]]*)\])?\s*"
    r"(?P<tags>(?:@[\w:-]+\s*)*)"
)


def begins(first: bytes) -> bool:
    """Whether a file begins as friends.md does."""
    return bool(_SECTION.match(decoded(first).lstrip("\ufeff \r\n")))


def read(content: bytes, file: str = "") -> Found:
    """Friends as people, activities as interactions, notes as details of the people they name."""
    found = Found()
    section = ""
    seen: Counter[str] = Counter()
    notes: list[tuple[str, str, str]] = []
    for number, line in enumerate(decoded(content).splitlines(), 1):
        place = f"{file}, line {number}" if file else f"line {number}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        if heading := _SECTION.fullmatch(line.strip()):
            section = heading[1]
        elif not line.strip() or section == "Locations":
            continue
        elif section == "Friends" and (friend := _friend(line, place)) is not None:
            found.contacts.append(friend)
        elif section == "Notes" and (match := _DATED.fullmatch(line.strip())):
            notes.append((place, match[1], match[2]))
        elif section == "Activities" and (activity := _activity(line, place, seen)) is not None:
            found.happenings.append(activity)
        else:
            found.unread.append(Unread(place, "this is not a line of a friends journal"))
    _give_notes(found, notes)
    return found


def _friend(line: str, place: str) -> Contact | None:
    match = _FRIEND.fullmatch(line.strip())
    if match is None or not (name := kept_name(match["name"])):
        return None
    aliases = unique(kept_name(one) for one in (match["aka"] or "").split("a.k.a."))
    city = one_line(match["city"] or "")
    return Contact(
        name=name,
        place=place,
        aliases=tuple(alias for alias in aliases if alias != name),
        details=((LIVES_IN, city),) if city else (),
        tags=unique(kept_tag(tag) for tag in _TAG.findall(f" {match['tags']}")),
    )


def _activity(line: str, place: str, seen: Counter[str]) -> Happening | None:
    match = _DATED.fullmatch(line.strip())
    if match is None or (day := day_of(match[1])) is None:
        return None
    seen[line.strip()] += 1
    return Happening(
        key=f"{line.strip()}\0{seen[line.strip()]}",
        day=day,
        people=unique(kept_name(name) for name in _NAME.findall(match[2])),
        place=place,
        kind=kind_of(match[2]),
        note=_plain(match[2]),
        tags=unique(kept_tag(tag) for tag in _TAG.findall(match[2])),
    )


def _give_notes(found: Found, notes: Iterable[tuple[str, str, str]]) -> None:
    """Give each friend the notes that name them; other notes are reported as unread."""
    known = {one.name for one in found.contacts}
    given: dict[str, list[tuple[str, str]]] = {}
    for place, day, text in notes:
        names = [kept_name(each) for each in _NAME.findall(text)]
        if not known.intersection(names):
            found.unread.append(Unread(place, "it names none of the friends in this file"))
        for name in unique(names):
            given.setdefault(name, []).append((day, _plain(text)))
    found.contacts = [_with_notes(one, given.get(one.name, ())) for one in found.contacts]


def _with_notes(contact: Contact, notes: Iterable[tuple[str, str]]) -> Contact:
    """A contact with their notes; the notes of one day are one detail."""
    by_day: dict[str, list[str]] = {}
    for day, text in notes:
        by_day.setdefault(day, []).append(text)
    details = tuple((f"note {day}", "\n".join(texts)) for day, texts in by_day.items())
    if not details:
        return contact
    return Contact(
        name=contact.name,
        place=contact.place,
        aliases=contact.aliases,
        details=(*contact.details, *details),
        tags=contact.tags,
    )


def _plain(text: str) -> str:
    """A description without the marks of names, places and tags."""
    return kept_text(_PLACE.sub(r"\1", _NAME.sub(r"\1", text)))
