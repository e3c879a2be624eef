"""Values of JSON documents of other programs, of which nothing is certain."""

from collections.abc import Iterator, Mapping
from typing import Any

from connect_cli.errors import NotThisFormat
from connect_cli.exchange.normalise import json_in
from connect_cli.exchange.values import Found
from connect_cli.reports import Unread

Record = Mapping[str, Any]


def record_of(content: bytes, place: str, found: Found, what: str) -> Record | None:
    """The record that a file holds; None if it holds none, which `found` then says.

    what: what the file should be, such as `an export of Monica`.
    """
    try:
        said = json_in(content)
    except NotThisFormat as error:
        found.unread.append(Unread(place, error.message))
        return None
    if not isinstance(said, dict):
        found.unread.append(Unread(place, f"this is not {what}"))
        return None
    return said


def text_in(record: Record, name: str) -> str:
    """The text of a field; empty if it has none."""
    said = record.get(name)
    return said if isinstance(said, str) else ""


def list_in(record: Record, name: str) -> list[Any]:
    """The list of a field; empty if it has none."""
    said = record.get(name)
    return said if isinstance(said, list) else []


def records_in(record: Record, name: str) -> Iterator[Record]:
    """The records in the list of a field."""
    return (one for one in list_in(record, name) if isinstance(one, dict))


def texts_in(record: Record, name: str) -> Iterator[str]:
    """The texts in the list of a field."""
    return (one for one in list_in(record, name) if isinstance(one, str))


def record_in(record: Record, name: str) -> Record:
    """The record of a field; empty if it has none."""
    said = record.get(name)
    return said if isinstance(said, dict) else {}


def number_in(record: Record, name: str) -> int | None:
    """The whole number of a field; None if it has none."""
    said = record.get(name)
    return said if isinstance(said, int) and not isinstance(said, bool) else None
