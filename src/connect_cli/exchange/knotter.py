"""The JSON snapshot of knotter, `knotter export json`: people with days and interactions."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from connect_cli.exchange.death_days import death_text, is_death
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
    kept_label,
    kept_name,
    kept_point,
    kept_tag,
    kept_text,
    kind_of,
    moment_in,
    one_line,
    unique,
)
from connect_cli.exchange.values import TOO_MANY, Contact, Found, Yearly
from connect_cli.language.calendar import is_yearly_day, yearly_text
from connect_cli.language.words import fold
from connect_cli.model import BIRTHDAY, Kind
from connect_cli.reports import Happening, Unread

_FIRST = re.compile(rb'\s*\{\s*"metadata"\s*:\s*\{[^{}]*"schema_version"\s*:')
_KINDS: Mapping[str, Kind] = {
    "call": Kind.CALL,
    "text": Kind.MESSAGE,
    "telegram": Kind.MESSAGE,
    "hangout": Kind.MEETING,
    "email": Kind.EMAIL,
}
_OTHER = "other:"
_LABELS = {"birthday": BIRTHDAY, "name_day": "name day"}
LONGEST_CADENCE = 3660


def begins(first: bytes) -> bool:
    """Whether a file begins as knotter's snapshot does."""
    return _FIRST.match(first.removeprefix(b"\xef\xbb\xbf")) is not None


def read(content: bytes, file: str = "") -> Found:
    """People and interactions; planned touchpoints and follow-ups are counted as unread."""
    found = Found()
    where = file or "the file"
    said = record_of(content, where, found, "a snapshot of knotter")
    if said is None:
        return found
    if "schema_version" not in record_in(said, "metadata"):
        found.unread.append(Unread(where, "this is not a snapshot of knotter"))
        return found
    left: Counter[str] = Counter()
    for number, one in enumerate(list_in(said, "contacts"), 1):
        place = f"{where}, contact {number}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        contact = _contact(one, place) if isinstance(one, dict) else None
        if contact is None:
            found.unread.append(Unread(place, "it has no name"))
            continue
        found.contacts.append(contact)
        found.unread += _lost(one, place)
        left.update(_left(one))
        _add_interactions(found, one, contact)
    found.unread += [Unread(where, f"{n} of '{sort}' left out") for sort, n in left.items()]
    return found


def _add_interactions(found: Found, one: Record, contact: Contact) -> None:
    for happening in _interactions(one, contact):
        if found.is_full:
            found.unread.append(Unread(contact.place, TOO_MANY))
            break
        if isinstance(happening, Unread):
            found.unread.append(happening)
        else:
            found.happenings.append(happening)


def _contact(one: Record, place: str) -> Contact | None:
    if not (name := kept_name(text_in(one, "display_name"))):
        return None
    days, died = _days(one)
    details = (("handle", text_in(one, "handle")), ("time zone", text_in(one, "timezone")))
    cadence = number_in(one, "cadence_days") or 0
    return Contact(
        name=name,
        place=place,
        uid=one_line(text_in(one, "id")),
        emails=unique(kept_point("email", text) for text in _emails(one)),
        phones=unique([kept_point("phone", text_in(one, "phone"))]),
        occasions=tuple(days.items()),
        details=tuple((label, value) for label, text in details if (value := one_line(text))),
        tags=unique(map(kept_tag, texts_in(one, "tags"))),
        every=f"{cadence}d" if 0 < cadence <= LONGEST_CADENCE else "",
        died=died,
        archived=number_in(one, "archived_at") is not None,
    )


def _emails(one: Record) -> Iterator[str]:
    """The first address, and then all of them; a snapshot of an earlier version has only one."""
    yield text_in(one, "email")
    yield from texts_in(one, "emails")


def _days(one: Record) -> tuple[dict[str, Yearly], str]:
    """The yearly days by their labels, and the day of the death, if one is labelled so."""
    days, died = dict[str, tuple[str, Yearly]](), ""
    for said in _in_order(one):
        if (day := _day(said)) is None:
            continue
        label = kept_label(text_in(said, "label"))
        if is_death(label):
            died = died or death_text(yearly_text(*day, unknown="--"))
        elif (kind := _LABELS.get(text_in(said, "kind"), "")) and kind not in days:
            days[kind] = kind, day
        elif label:
            days.setdefault(fold(label), (label, day))
    return dict(days.values()), died


def _in_order(one: Record) -> list[Record]:
    """The days without a label first: these are the birthday and the name day themselves."""
    return sorted(records_in(one, "dates"), key=lambda said: bool(text_in(said, "label")))


def _day(said: Record) -> Yearly | None:
    year, month, day = (number_in(said, part) for part in ("year", "month", "day"))
    if month is None or day is None or not 0 <= (year or 0) <= 9999:
        return None
    return (year or None, month, day) if is_yearly_day(month, day, year or None) else None


def _lost(one: Record, place: str) -> Iterator[Unread]:
    """Addresses, numbers and days of a person that cannot be read."""
    for sort, texts in (("email", [*_emails(one)]), ("phone", [text_in(one, "phone")])):
        for text in unique(map(one_line, texts)):
            if not kept_point(sort, text):
                yield Unread(place, f"the {sort} is not valid", text)
    for said in records_in(one, "dates"):
        if _day(said) is None:
            label = one_line(text_in(said, "label") or text_in(said, "kind"))
            yield Unread(place, "this is not a day of the year", label)


def _left(one: Record) -> Iterator[str]:
    """The sort of everything that has no place in the journal."""
    if number_in(one, "next_touchpoint_at") is not None:
        yield "next_touchpoint_at"
    for interaction in records_in(one, "interactions"):
        if number_in(interaction, "follow_up_at") is not None:
            yield "follow_up_at"


def _interactions(one: Record, contact: Contact) -> Iterator[Happening | Unread]:
    for number, said in enumerate(records_in(one, "interactions"), 1):
        seconds = number_in(said, "occurred_at")
        moment = None if seconds is None else moment_in(seconds)
        if moment is None:
            yield Unread(f"{contact.place}, interaction {number}", "it has no day")
            continue
        day, time = moment
        word = text_in(said, "kind").lower()
        other = one_line(word.removeprefix(_OTHER))
        yield Happening(
            key=text_in(said, "id") or f"{contact.uid or contact.name}\0{seconds}\0{number}",
            day=day,
            people=(contact.name,),
            place=contact.place,
            kind=_KINDS.get(word) or kind_of(other),
            time=time,
            note=kept_text(text_in(said, "note")),
            tags=unique([kept_tag(other)]) if word.startswith(_OTHER) else (),
        )
