"""Copies of the journal that a program left which synchronises files, and how they come in."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from connect_cli import files
from connect_cli.errors import JournalTrouble, as_typed, shell_word
from connect_cli.store import faults, read_only, restoring, signature, sqlite
from connect_cli.store.sqlite import Keys
from connect_cli.views import Finding

ENDINGS = (
    r"\.sync-conflict-\d{8}-\d{6}-\w+",  # Syncthing
    r" \(.+\)",  # Dropbox, Nextcloud, ownCloud, Google Drive, in the words of any language
    r"_conflict-.+",  # ownCloud, before
    r" \d+",  # iCloud Drive
    r"-.+",  # OneDrive: the name of the other computer
    r"\.[Cc]onflict\d*",  # Resilio Sync
)
"""What stands in a conflicted copy's name behind that of the file, by the program that adds it."""


def findings(connection: sqlite3.Connection, journal: Path) -> Iterator[Finding]:
    """What each copy beside the journal holds that the journal does not. Nothing is changed."""
    for copy in beside(journal):
        yield Finding(
            "conflicted copy",
            f"{copy} is another copy of the journal{_difference(copy, connection)}",
            "A program that synchronises files leaves one when two computers have written.",
            f"Take it in by this, which '{as_typed('undo')}' takes back, and then move it away:",
            command=way_in(copy),
        )


def way_in(copy: Path) -> str:
    """What to type to take in another copy of the journal, as a shell reads it."""
    return f"connect --journal {shell_word(str(copy))} export jsonl | {as_typed('import')} - --yes"


def beside(journal: Path) -> list[Path]:
    """The files beside a journal that are called as conflicted copies are, and are journals."""
    file = files.real(journal)
    stem, suffix = re.escape(file.stem), re.escape(file.suffix)
    shape = re.compile(f"{stem}(?:{'|'.join(ENDINGS)}){suffix}")
    by_us = re.compile(rf"{stem}-\d{{4}}-\d\d-\d\d.*{suffix}")  # by `connect backup FOLDER`
    found = (each for each in file.parent.iterdir() if shape.fullmatch(each.name))
    return sorted(each for each in found if not by_us.fullmatch(each.name) and _is_journal(each))


def _is_journal(file: Path) -> bool:
    try:
        return signature.is_journal(signature.head(file)) or signature.is_encrypted(file)
    except OSError:
        return False


def _difference(copy: Path, connection: sqlite3.Connection) -> str:
    """What it holds that the journal does not, or why that cannot be seen."""
    try:
        held = _held(copy, partial(_keys, sqlite.secret_of(connection)))
    except JournalTrouble as trouble:
        return f", which cannot be read now: {trouble.message}"
    present = restoring.contents(connection)
    people, entries = len(held.people - present.people), len(held.entries - present.entries)
    if not (people or entries):
        return ": all people and entries in it are here, but what is kept of them may differ"
    return f": the journal lacks {people} of its people and {entries} of its entries"


def _held(copy: Path, keys: Keys) -> restoring.Contents:
    """What a copy holds; nothing is made beside it."""
    with (
        faults.faults(copy),
        closing(read_only.opened(copy, keys, up_to_date=True)) as connection,
    ):
        return restoring.contents(connection)


def _keys(secret: str | None, _: Path) -> tuple[str, ...]:
    """The journal's own: nobody is asked for the key of a copy."""
    return () if secret is None else (secret,)
