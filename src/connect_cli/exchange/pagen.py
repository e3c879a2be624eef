"""pagen: what `pagen export contacts` writes, people in YAML with the day of their last contact."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from connect_cli.errors import NeedsExtra
from connect_cli.exchange.normalise import day_of, decoded, kept_name, kept_text, one_line
from connect_cli.exchange.values import TOO_MANY, Contact, Found
from connect_cli.language.contact import is_email, is_phone
from connect_cli.views import Happening, Unread

if TYPE_CHECKING:  # an extra
    from connect_cli.exchange.yaml_records import Record

NOT_PEOPLE = frozenset({"domain", "industry", "stage"})
"""What only companies and deals have."""

_TOOL = re.compile(r"^tool: *[\"']?pagen[\"']? *$", re.MULTILINE)
_PAGE = re.compile(r"# Pagen Export - ")
_EARLIEST = date(1900, 1, 1)
"""A moment that was never set is written as the first of all."""


def begins(first: bytes) -> bool:
    """Whether a file begins as an export of pagen does."""
    text = decoded(first).lstrip("\ufeff")
    return _PAGE.match(text) is not None or _TOOL.search(text) is not None


def read(content: bytes, file: str = "") -> Found:
    """People, and when they were last contacted; companies and deals have no place here.

    Raises NotThisFormat for what is no YAML, NeedsExtra when PyYAML is not installed.
    """
    found = Found()
    where = file or "the file"
    text = decoded(content).lstrip("\ufeff")
    if not _TOOL.search(text):
        reason = "it is a page to read; take in what 'pagen export contacts --format yaml' writes"
        found.unread.append(Unread(where, reason if _PAGE.match(text) else "it is no export"))
        return found
    left = 0
    for record in _records(text, where):
        place = f"{where}, line {record.line}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        if record.wrong:
            found.unread.append(Unread(place, record.wrong))
        elif NOT_PEOPLE & record.values.keys():
            left += 1
        else:
            _take(found, record.values, place)
    if left:
        found.unread.append(Unread(where, f"companies and deals are left out: {left}"))
    return found


def _take(found: Found, values: Mapping[str, str], place: str) -> None:
    said = {name.replace("_", ""): value for name, value in values.items()}
    name = kept_name(said.get("name", ""))
    if not name:
        found.unread.append(Unread(place, "it names nobody"))
        return
    email, phone = one_line(said.get("email", "")), one_line(said.get("phone", ""))
    contact = Contact(
        name=name,
        place=place,
        uid=one_line(said.get("id", "")),
        emails=(email,) if is_email(email) else (),
        phones=(phone,) if is_phone(phone) else (),
        details=tuple(_details(said)),
    )
    found.contacts.append(contact)
    day = day_of(said.get("lastcontactedat", ""))
    if day is not None and day >= _EARLIEST:
        key = f"{contact.uid or name}\0{day}"
        found.happenings.append(Happening(key, day, (name,), place))


def _details(said: Mapping[str, str]) -> list[tuple[str, str]]:
    details = (
        ("company", one_line(said.get("companyname", ""))),
        ("note", kept_text(said.get("notes", ""))),
    )
    return [(label, value) for label, value in details if value]


def _records(text: str, where: str) -> "Iterator[Record]":
    try:
        from connect_cli.exchange import yaml_records  # noqa: PLC0415  # an extra, rarely needed
    except ImportError:
        raise NeedsExtra("reading the files of pagen needs", "yaml") from None
    return yaml_records.records(text, where)
