"""The JSON export of nametag: people, who is near whom, and the journal."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from connect_cli.exchange.death_days import NO_YEAR, is_death
from connect_cli.exchange.json_values import (
    Record,
    list_in,
    number_in,
    record_in,
    record_of,
    records_in,
    text_in,
    texts_in,
)
from connect_cli.exchange.normalise import (
    day_of,
    kept_group,
    kept_label,
    kept_name,
    kept_point,
    kept_text,
    kind_of,
    one_line,
    unique,
)
from connect_cli.exchange.places import Address, placed, with_home
from connect_cli.exchange.values import TOO_MANY, Contact, Found, Related, Yearly
from connect_cli.language.calendar import yearly_text
from connect_cli.language.words import fold
from connect_cli.model import YEARLY_LABELS
from connect_cli.reports import Happening, Unread

_FIRST = re.compile(rb'\s*\{\s*"version"\s*:\s*"[^"]*"\s*,\s*"exportDate"\s*:')
_UNITS = {"DAYS": "d", "WEEKS": "w", "MONTHS": "m", "YEARS": "y"}
_MEMORIAL = "memorial"
"""A sort of date of nametag; its cards call it the date of death."""

TO_ME = "relation to me"
_LEFT_OUT = ("locations", "photo", "gender", "prefix", "suffix")


def begins(first: bytes) -> bool:
    """Whether a file begins as nametag's export does."""
    return _FIRST.match(first.removeprefix(b"\xef\xbb\xbf")) is not None


def read(content: bytes, file: str = "") -> Found:
    """People and the entries of the journal; what has no place here is counted as unread."""
    found = Found()
    where = file or "the file"
    said = record_of(content, where, found, "an export of nametag")
    if said is None:
        return found
    if not isinstance(said.get("people"), list):
        found.unread.append(Unread(where, "this is not an export of nametag"))
        return found
    related = _related(said)
    names: dict[str, str] = {}
    left: Counter[str] = Counter()
    for number, one in enumerate(list_in(said, "people"), 1):
        place = f"{where}, person {number}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        contact = _contact(one, place, related) if isinstance(one, dict) else None
        if contact is None:
            found.unread.append(Unread(place, "it has no name"))
            continue
        found.contacts.append(contact)
        if contact.uid:
            names[contact.uid] = contact.name
        found.unread += _lost(one, place)
        left.update(_left(one))
    _journal(found, said, names, where)
    _last_contacts(found, said, names, where)
    found.unread += [Unread(where, f"{n} of '{sort}' left out") for sort, n in left.items()]
    return found


def _related(said: Record) -> Mapping[str, Sequence[Related]]:
    """Who is near each person, by the person's id: a relationship belongs to whoever is it."""
    found: dict[str, list[Related]] = {}
    for one in records_in(said, "people"):
        me, uid = _name(one), one_line(text_in(one, "id"))
        for relationship in records_in(one, "relationships"):
            other = one_line(text_in(relationship, "relatedPersonId"))
            word = kept_label(text_in(record_in(relationship, "relationshipType"), "label"))
            if me and other:
                found.setdefault(other, []).append(Related(word.lower(), me, uid))
    return found


def _name(one: Record) -> str:
    """The full name, or what a person is called there."""
    parts = ("name", "middleName", "surname", "secondLastName")
    together = " ".join(filter(None, (text_in(one, part) for part in parts)))
    others = (text_in(one, "displayNameOverride"), text_in(one, "nickname"))
    return next(filter(None, map(kept_name, (together, *others))), "")


def _contact(one: Record, place: str, related: Mapping[str, Sequence[Related]]) -> Contact | None:
    if not (name := _name(one)):
        return None
    uid = one_line(text_in(one, "id"))
    days, died = _days(one)
    addresses, lives_in = placed(map(_address, records_in(one, "addresses")))
    details = _details(one, name)
    with_home(details, lives_in)
    aliases = (kept_name(text_in(one, field)) for field in ("nickname", "displayNameOverride"))
    groups = (group if isinstance(group, str) else "" for group in list_in(one, "groups"))
    return Contact(
        name=name,
        place=place,
        uid=uid,
        aliases=tuple(alias for alias in unique(aliases) if alias != name),
        emails=unique(kept_point("email", text_in(two, "email")) for two in _all(one, "emails")),
        phones=unique(
            kept_point("phone", text_in(two, "number")) for two in _all(one, "phoneNumbers")
        ),
        urls=unique(one_line(text_in(two, "url")) for two in _all(one, "urls")),
        addresses=addresses,
        occasions=tuple(days.items()),
        details=tuple(details.items()),
        tags=unique(map(kept_group, groups)),
        every=_every(one),
        died=died,
        related=tuple(dict.fromkeys(related.get(uid, ()))),
    )


def _all(one: Record, field: str) -> Iterator[Record]:
    return records_in(one, field)


def _address(said: Record) -> Address:
    lines = (text_in(said, "streetLine1"), text_in(said, "streetLine2"))
    return Address(
        "\n".join(filter(None, lines)),
        text_in(said, "locality"),
        text_in(said, "region"),
        text_in(said, "postalCode"),
        text_in(said, "country"),
        at_work=text_in(said, "type").casefold() == "work",
    )


def _details(one: Record, name: str) -> dict[str, str]:
    """The details of a person; of two with one label, the first."""
    found: dict[str, str] = {}
    for label, value in _labelled(one):
        if label and value and (label, value) != ("company", name):
            found.setdefault(label, value)
    return found


def _labelled(one: Record) -> Iterator[tuple[str, str]]:
    yield "company", one_line(text_in(one, "organization"))
    yield "title", one_line(text_in(one, "jobTitle"))
    yield TO_ME, one_line(text_in(record_in(one, "relationshipToUser"), "label")).lower()
    for said in records_in(one, "imHandles"):
        yield kept_label(text_in(said, "protocol")).casefold(), one_line(text_in(said, "handle"))
    for said in records_in(one, "customFields"):
        key = text_in(said, "key").removeprefix("X-").replace("-", " ")
        yield kept_label(key).lower(), kept_text(text_in(said, "value"))
    for said in records_in(one, "customFieldValues"):
        key = text_in(said, "slug").replace("-", " ")
        yield kept_label(key), kept_text(text_in(said, "value"))
    yield "note", kept_text(text_in(one, "notes"))


def _days(one: Record) -> tuple[dict[str, Yearly], str]:
    """The yearly days by their labels, and the day of the death."""
    days, died = dict[str, tuple[str, Yearly]](), ""
    for label, text in _dated(one):
        day = _day(text)
        if not label or day is None:
            continue
        if fold(label) == _MEMORIAL or is_death(label):
            died = died or yearly_text(*day, unknown="--")
        else:
            days.setdefault(fold(label), (label, day))
    return dict(days.values()), died


def _dated(one: Record) -> Iterator[tuple[str, str]]:
    """Each label and its moment."""
    for said in records_in(one, "importantDates"):
        yield kept_label(text_in(said, "title")), text_in(said, "date")
    yield YEARLY_LABELS[1], text_in(one, "anniversary")


def _day(text: str) -> Yearly | None:
    """A day that nametag stores as a moment; in 1604 the year is unknown.

    Some of these moments are up to a night off midnight.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if abs(at.year - NO_YEAR) <= 1:
        nearest = at + timedelta(hours=12)
        return None, nearest.month, nearest.day
    return at.year, at.month, at.day


def _every(one: Record) -> str:
    """The interval of reminders, if they are on."""
    times = number_in(one, "contactReminderInterval") or 0
    unit = _UNITS.get(text_in(one, "contactReminderIntervalUnit"), "")
    is_on = one.get("contactReminderEnabled") is True
    return f"{times}{unit}" if is_on and unit and 0 < times < 100 else ""


def _lost(one: Record, place: str) -> Iterator[Unread]:
    """Addresses, numbers and days of a person that cannot be read."""
    for sort, texts in (
        ("email", (text_in(two, "email") for two in records_in(one, "emails"))),
        ("phone", (text_in(two, "number") for two in records_in(one, "phoneNumbers"))),
    ):
        for text in unique(map(one_line, texts)):
            if not kept_point(sort, text):
                yield Unread(place, f"the {sort} is not valid", text)
    for label, text in _dated(one):
        if text and not (label and _day(text)):
            yield Unread(place, "this is not a day of the year", one_line(text))


def _left(one: Record) -> Iterator[str]:
    """The sort of everything that has no place in the journal."""
    for field in _LEFT_OUT:
        said = one.get(field)
        yield from [field] * (len(said) if isinstance(said, list) else bool(said))
    for relationship in records_in(one, "relationships"):
        if text_in(relationship, "notes").strip():
            yield "notes of relationships"


def _journal(found: Found, said: Record, names: Mapping[str, str], where: str) -> None:
    """Add the entries of the journal as interactions."""
    for number, entry in enumerate(records_in(said, "journalEntries"), 1):
        place = f"{where}, journal entry {number}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        if (day := day_of(text_in(entry, "date"))) is None:
            found.unread.append(Unread(place, "it has no day"))
            continue
        by_id = [names[one] for one in texts_in(entry, "peopleIds") if one in names]
        people = by_id or [name for one in texts_in(entry, "people") if (name := kept_name(one))]
        title, body = (kept_text(text_in(entry, field)) for field in ("title", "body"))
        note = "\n".join(filter(None, (title, body)))
        key = text_in(entry, "id") or f"{day}\0{note}"
        kind = kind_of(title)
        found.happenings.append(Happening(key, day, unique(people), place, kind, note=note))


def _last_contacts(found: Found, said: Record, names: Mapping[str, str], where: str) -> None:
    """Add the day of the last contact with each person, unless the journal has one of that day."""
    told = {(name, one.day) for one in found.happenings for name in one.people}
    for one in records_in(said, "people"):
        uid = one_line(text_in(one, "id"))
        day, name = day_of(text_in(one, "lastContact")), names.get(uid) or _name(one)
        if day is not None and name and (name, day) not in told:
            key = f"{uid or name}\0last contact\0{day}"
            found.happenings.append(Happening(key, day, (name,), f"{where}, {name}"))
