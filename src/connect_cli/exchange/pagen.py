"""The YAML export of pagen, `pagen export contacts`: people and when they were last contacted."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from connect_cli.errors import NeedsExtra
from connect_cli.exchange.normalise import (
    day_of,
    kept_name,
    kept_point,
    kept_text,
    one_line,
    unique,
)
from connect_cli.exchange.values import TOO_MANY, Contact, Found
from connect_cli.reports import Happening, Unread
from connect_cli.text_encodings import decoded

if TYPE_CHECKING:  # an extra
    from connect_cli.exchange.yaml_records import Record

NOT_PEOPLE = frozenset({"domain", "industry", "stage"})
"""Fields that only companies and deals have."""

_TOOL = re.compile(r"^tool: *[\"']?pagen[\"']? *$", re.MULTILINE)
_PAGE = re.compile(r"# Pagen Export - ")
_EARLIEST = date(1900, 1, 1)
"""pagen writes a moment that was never set as one long ago."""


def begins(first: bytes) -> bool:
    """Whether a file begins as an export of pagen does."""
    text = decoded(first).lstrip("\ufeff")
    return _PAGE.match(text) is not None or _TOOL.search(text) is not None


def read(content: bytes, file: str = "") -> Found:
    """People, and when they were last contacted; companies and deals are left out.

    Raises NotThisFormat if it is not YAML, NeedsExtra if PyYAML is not installed.
    """
    found = Found()
    where = file or "the file"
    text = decoded(content).lstrip("\ufeff")
    if not _TOOL.search(text):
        reason = "this is a page to read; import 'pagen export contacts --format yaml' instead"
        found.unread.append(
            Unread(where, reason if _PAGE.match(text) else "this is not an export of pagen")
        )
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
        found.unread.append(Unread(place, "it has no name"))
        return
    reached = {sort: kept_point(sort, said.get(sort, "")) for sort in ("email", "phone")}
    for sort, value in reached.items():
        if (text := one_line(said.get(sort, ""))) and not value:
            found.unread.append(Unread(place, f"the {sort} is not valid", text))
    contact = Contact(
        name=name,
        place=place,
        uid=one_line(said.get("id", "")),
        emails=unique([reached["email"]]),
        phones=unique([reached["phone"]]),
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
        from connect_cli.exchange import yaml_records  # noqa: PLC0415  # an extra that few need
    except ImportError:
        raise NeedsExtra("reading the files of pagen needs", "yaml") from None
    return yaml_records.records(text, where)
