"""Which format a file is in, by what stands in it, and its reader."""

from collections.abc import Callable
from dataclasses import dataclass

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import (
    friends,
    frm,
    jrnl,
    jsonl,
    mail,
    meetings,
    monica,
    pagen,
    table,
    vcard,
)
from connect_cli.exchange.values import Found

JOURNAL = "jsonl"
CALENDAR = "ics"
MAIL = "mail"
CSV = "csv"
FIRST_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read. begins: whether a file's first bytes are in it."""

    name: str
    begins: Callable[[bytes], bool]
    read: Callable[[bytes, str], Found]


FORMATS = (
    Format("vcard", vcard.begins, vcard.read),
    Format("friends", friends.begins, friends.read),
    Format("jrnl", jrnl.begins, jrnl.read),
    Format("monica", monica.begins, monica.read),
    Format("frm", frm.begins, frm.read),
    Format("pagen", pagen.begins, pagen.read),
    Format(CSV, table.begins, table.read),
)
"""What can be read besides the journal's own format; the surest signs stand first."""

NAMES = (JOURNAL, CALENDAR, MAIL, *(one.name for one in FORMATS))


def recognised(first: bytes, called: str) -> str:
    """The name of the format of a file that begins so. Raises NotUnderstood."""
    if not first.strip():
        raise NotUnderstood(f"{called} is empty")
    if jsonl.begins(first):
        return JOURNAL
    if meetings.begins(first):
        return CALENDAR
    if mail.begins(first):
        return MAIL
    for one in FORMATS:
        if one.begins(first):
            return one.name
    raise NotUnderstood(
        f"{called} is in no format that is known here", f"--format says which: {', '.join(NAMES)}"
    )


def format_named(name: str) -> Format:
    """A format by its name. Raises NotUnderstood, naming all of them."""
    for one in FORMATS:
        if one.name == name.strip().casefold():
            return one
    raise NotUnderstood(f"'{name}' is no format", f"there is: {', '.join(NAMES)}")
