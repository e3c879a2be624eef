"""The JSON export of Monica: people with calls, activities, notes and contact fields."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connect_cli.exchange.death_days import death_text
from connect_cli.exchange.json_values import record_of
from connect_cli.exchange.normalise import (
    day_of,
    day_of_year,
    kept_label,
    kept_name,
    kept_point,
    kept_tag,
    kept_text,
    kind_of,
    one_line,
    unique,
)
from connect_cli.exchange.places import Address, placed, with_home
from connect_cli.exchange.values import TOO_MANY, Contact, Found, Related, Yearly
from connect_cli.language.relations import MET
from connect_cli.model import UNKNOWN, Direction, Kind
from connect_cli.reports import Happening, Unread

_TAKEN = frozenset({"contact", "activity", "address", "call", "note", "contact_field"})
_WORDS = {
    "bestfriend": "best friend",
    "inlovewith": "in love with",
    "lovedby": "loved by",
    "stepparent": "step-parent",
}
"""Words of relations that Monica writes together; in the others a `_` stands for a blank."""


def begins(first: bytes) -> bool:
    """Whether a file begins as Monica's export does."""
    head = first[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return (
        head[:1] == b"{" and re.search(rb'"app_version"\s*:|"account"\s*:\s*\{', head) is not None
    )


def read(content: bytes, file: str = "") -> Found:
    """People, calls and activities; records of other sorts are counted as unread."""
    found = Found()
    where = file or "the file"
    said = record_of(content, where, found, "an export of Monica")
    if said is None:
        return found
    account = said.get("account")
    if not isinstance(account, dict):
        found.unread.append(Unread(where, "this is not an export of Monica"))
        return found
    names: dict[str, list[str]] = {}
    left: Counter[str] = Counter()
    related = _related(account)
    for number, value in enumerate(_values(account, "contact"), 1):
        place = f"{where}, contact {number}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        if (contact := _contact(value, place, related)) is None:
            found.unread.append(Unread(place, "it has no name"))
            continue
        found.contacts.append(contact)
        found.unread += [Unread(place, "it is not understood", one) for one in _lost(value)]
        found.happenings += _calls(value, contact)
        left.update(_left(value))
        for activity in _ids(value, "activity"):
            names.setdefault(activity, []).append(contact.name)
    for number, value in enumerate(_values(account, "activity"), 1):
        _activity(found, value, names, f"{where}, activity {number}")
    found.unread += [Unread(where, f"{n} of '{sort}' left out") for sort, n in left.items()]
    return found


def _related(account: Mapping[str, Any]) -> Mapping[str, Sequence[Related]]:
    """Who is near each contact, by the uuid of the contact."""
    found: dict[str, list[Related]] = {}
    for value in _values(account, "relationship"):
        said = _properties(value)
        word, uid, of = (one_line(_text(said, x)) for x in ("type", "contact_is", "of_contact"))
        label = kept_label(_WORDS.get(word, word.replace("_", " "))).lower()
        if label and uid and of:
            found.setdefault(of, []).append(Related(label, uid=uid))
    return found


def _contact(
    value: Mapping[str, Any], place: str, related: Mapping[str, Sequence[Related]]
) -> Contact | None:
    said = _properties(value)
    parts = (said.get(name) for name in ("first_name", "middle_name", "last_name"))
    name = kept_name(" ".join(part for part in parts if isinstance(part, str)))
    alias = kept_name(_text(said, "nickname"))
    if not (name or alias):
        return None
    reached = list(_reached(value))
    uid, through = one_line(_text(value, "uuid")), one_line(_text(said, "first_met_through"))
    addresses, lives_in = placed(map(_address, _values(value, "address")))
    details = dict(_details(said, value))
    with_home(details, lives_in)
    met = [Related(MET, uid=through)] if through else []
    return Contact(
        name=name or alias,
        place=place,
        uid=uid,
        aliases=(alias,) if alias and alias != name else (),
        emails=unique(each for sort, each in reached if sort == "email"),
        phones=unique(each for sort, each in reached if sort == "phone"),
        urls=unique(each for sort, each in reached if sort == "url"),
        addresses=addresses,
        occasions=_birthday(said.get("birthdate")),
        details=tuple(details.items()),
        tags=unique(kept_tag(tag) for tag in _list(said.get("tags")) if isinstance(tag, str)),
        every=_every(said.get("stay_in_touch_frequency")),
        died=_died(said),
        archived=said.get("is_active") is False,
        related=tuple(dict.fromkeys([*related.get(uid, ()), *met])),
    )


def _reached(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """How to reach a contact: the sort and the value; an empty sort if that is not known."""
    for field in _values(value, "contact_field"):
        text = one_line(_text(_properties(field), "data"))
        if text.startswith(("http:", "https:")):
            yield "url", text
        elif email := kept_point("email", text):
            yield "email", email
        elif re.match(r"(?:tel:)?[-+ ()./]*[0-9](?:[-+ ()./]*[0-9]){2}", text):
            yield "phone", kept_point("phone", text)
        elif text:
            yield "", text


def _lost(value: Mapping[str, Any]) -> Iterator[str]:
    """What of a contact cannot be read: contact fields, and the birthday."""
    yield from (text for sort, text in _reached(value) if not sort)
    born = _properties(value).get("birthdate")
    if not isinstance(born, dict) or born.get("is_age_based") or _birthday(born):
        return
    if text := one_line(_text(born, "date")):
        yield text


def _details(said: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, label in (
        ("job", "title"),
        ("company", "company"),
        ("food_preferences", "food"),
        ("description", "about"),
    ):
        if text := kept_text(_text(said, name)):
            yield label, text
    notes: dict[str, list[str]] = {}
    for note in _values(value, "note"):
        if body := kept_text(_text(_properties(note), "body")):
            day = day_of(_text(note, "created_at"))
            notes.setdefault(f"note {day}" if day else "note", []).append(body)
    yield from ((label, "\n".join(bodies)) for label, bodies in notes.items())


def _calls(value: Mapping[str, Any], contact: Contact) -> Iterator[Happening]:
    for number, call in enumerate(_values(value, "call"), 1):
        said = _properties(call)
        if (day := day_of(_text(said, "called_at"))) is not None:
            yield Happening(
                key=f"{contact.uid or contact.name}\0call\0{_text(said, 'called_at')}\0{number}",
                day=day,
                people=(contact.name,),
                place=contact.place,
                kind=Kind.CALL,
                direction=Direction.THEIRS if said.get("contact_called") else Direction.MINE,
                note=kept_text(_text(said, "content")),
            )


def _activity(
    found: Found, value: Mapping[str, Any], names: Mapping[str, list[str]], place: str
) -> None:
    said = _properties(value)
    day = day_of(_text(said, "happened_at"))
    uid = _text(value, "uuid")
    if day is None:
        found.unread.append(Unread(place, "it has no day"))
        return
    note = kept_text(f"{_text(said, 'summary')}\n{_text(said, 'description')}")
    people = unique(names.get(uid, ()))
    key = uid or f"{day}\0{note}"
    found.happenings.append(Happening(key, day, people, place, kind_of(note), note=note))


def _left(value: Mapping[str, Any]) -> Iterator[str]:
    """The sort of each other record that a contact has."""
    for block in _list(value.get("data")):
        if isinstance(block, dict) and block.get("type") not in _TAKEN:
            yield from [one_line(str(block.get("type")))] * len(_list(block.get("values")))


def _birthday(said: Any) -> tuple[tuple[str, Yearly], ...]:
    if not isinstance(said, dict) or said.get("is_age_based"):
        return ()
    day = day_of_year(_text(said, "date"))
    if day is None:
        return ()
    return (("birthday", (None, *day[1:]) if said.get("is_year_unknown") else day),)


def _died(said: Mapping[str, Any]) -> str:
    """When somebody died, as exactly as it is known; empty for the living."""
    day = said.get("deceased_date")
    if not isinstance(day, dict):
        return UNKNOWN if said.get("is_dead") is True else ""
    text = _text(day, "date")[:10]
    if day.get("is_age_based"):
        return death_text(text[:4])
    return death_text(f"-{text[4:]}" if day.get("is_year_unknown") else text)


def _address(value: Mapping[str, Any]) -> Address:
    said = _properties(value)
    parts = ("street", "city", "province", "postal_code", "country")
    street, city, region, postcode, country = (_text(said, part) for part in parts)
    at_work = _text(said, "name").casefold() == "work"
    return Address(street, city, region, postcode, country, at_work=at_work)


def _every(days: Any) -> str:
    return f"{days}d" if isinstance(days, int) and 0 < days <= 3660 else ""


def _values(value: Mapping[str, Any], sort: str) -> Iterator[dict[str, Any]]:
    for block in _list(value.get("data")):
        if isinstance(block, dict) and block.get("type") == sort:
            yield from (one for one in _list(block.get("values")) if isinstance(one, dict))


def _ids(value: Mapping[str, Any], sort: str) -> Iterator[str]:
    for block in _list(value.get("data")):
        if isinstance(block, dict) and block.get("type") == sort:
            yield from (one for one in _list(block.get("values")) if isinstance(one, str))


def _properties(value: Mapping[str, Any]) -> Mapping[str, Any]:
    said = value.get("properties")
    return said if isinstance(said, dict) else {}


def _text(value: Mapping[str, Any], name: str) -> str:
    said = value.get(name)
    return said if isinstance(said, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
