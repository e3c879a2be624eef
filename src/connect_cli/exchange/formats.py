"""The format of a file, recognised by its content, and its reader, which is loaded when needed."""

from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from connect_cli.errors import NotThisFormat, NotUnderstood
from connect_cli.exchange import csv_unknown
from connect_cli.exchange.values import Found
from connect_cli.library_errors import in_our_words
from connect_cli.store import signature
from connect_cli.sync import jsonl

JOURNAL = "jsonl"
CALENDAR = "ics"
MAIL = "mail"
CSV = "csv"
FIRST_BYTES = 8192
COPY = Path("COPY.db")
"""The name for piped input, which has none."""


class Reader(Protocol):
    """A module that reads a format."""

    def begins(self, first: bytes) -> bool:
        """Whether the first bytes of a file are in the format."""

    def read(self, content: bytes, file: str = "") -> Found:
        """What a file holds. file: what it is called."""


class Format(NamedTuple):
    """A format that can be read, and the module of this package that reads it."""

    name: str
    module: str

    @property
    def reader(self) -> Reader:
        """The module, loaded now."""
        return cast("Reader", import_module(f"{__package__}.{self.module}"))

    def read(self, content: bytes, called: str) -> Found:
        """What a file holds. Raises ConnectError, and nothing that a library raises."""
        with in_our_words(f"{called} cannot be read as {self.name}"):
            return self.reader.read(content, called)

    def begins(self, first: bytes) -> bool:
        """Whether a file begins as this format does."""
        try:
            with in_our_words("unknown"):
                return self.reader.begins(first)
        except NotThisFormat:
            return False


FORMATS = (
    Format("vcard", "vcard_read"),
    Format("friends", "friends"),
    Format("jrnl", "jrnl"),
    Format("knotter", "knotter"),
    Format("nametag", "nametag"),
    Format("monica", "monica"),
    Format("frm", "frm"),
    Format("pagen", "pagen"),
    Format(CSV, "csv_table"),
)
"""The formats besides the journal's own; those with the surest signs come first."""

OWN_WAYS = (Format(CALENDAR, "ical"), Format(MAIL, "mailbox"))
"""Formats that are recognised here and read in ways of their own."""

NAMES = (JOURNAL, *(one.name for one in (*OWN_WAYS, *FORMATS)))


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
    for one in (*OWN_WAYS, *FORMATS):
        if one.begins(first):
            return one.name
    csv_unknown.refuse(first, called, csv_unknown.STDIN if path == COPY else path)
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
