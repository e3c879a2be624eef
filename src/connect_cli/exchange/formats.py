"""The format of a file, recognised by its content, and its reader."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import (
    csv_table,
    friends,
    frm,
    ical,
    jrnl,
    mailbox,
    monica,
    pagen,
    vcard_read,
)
from connect_cli.exchange.values import Found
from connect_cli.store import signature
from connect_cli.sync import jsonl

JOURNAL = "jsonl"
CALENDAR = "ics"
MAIL = "mail"
CSV = "csv"
FIRST_BYTES = 8192
COPY = Path("COPY.db")
"""The name for piped input, which has none."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read. begins: whether the first bytes of a file are in it."""

    name: str
    begins: Callable[[bytes], bool]
    read: Callable[[bytes, str], Found]


FORMATS = (
    Format("vcard", vcard_read.begins, vcard_read.read),
    Format("friends", friends.begins, friends.read),
    Format("jrnl", jrnl.begins, jrnl.read),
    Format("monica", monica.begins, monica.read),
    Format("frm", frm.begins, frm.read),
    Format("pagen", pagen.begins, pagen.read),
    Format(CSV, csv_table.begins, csv_table.read),
)
"""The formats besides the journal's own; those with the surest signs come first."""

NAMES = (JOURNAL, CALENDAR, MAIL, *(one.name for one in FORMATS))


def recognised(first: bytes, called: str, path: Path = COPY) -> str:
    """The name of the format of a file with these first bytes. Raises NotUnderstood.

    path: where it is, for the hint about a journal that has to be exported first.
    """
    if not first.strip():
        raise NotUnderstood(f"{called} is empty")
    if signature.is_journal(first):
        raise NotUnderstood(f"{called} is a journal and has to be exported first", _way_in(path))
    if jsonl.begins(first):
        return JOURNAL
    if ical.begins(first):
        return CALENDAR
    if mailbox.begins(first):
        return MAIL
    for one in FORMATS:
        if one.begins(first):
            return one.name
    hint = f"name it with --format: {', '.join(NAMES)}"
    if signature.looks_encrypted(first):
        hint = f"if it is an encrypted journal, {_way_in(path)}"
    raise NotUnderstood(f"{called}: unknown file format", hint)


def _way_in(path: Path) -> str:
    from connect_cli.safety import synced_folders  # noqa: PLC0415  # no other file needs it

    return f"import it with: {synced_folders.way_in(path)}"


def format_named(name: str) -> Format:
    """The format with this name. Raises NotUnderstood, naming all of them."""
    for one in FORMATS:
        if one.name == name.strip().casefold():
            return one
    raise NotUnderstood(f"unknown format '{name}'", f"the formats are: {', '.join(NAMES)}")
