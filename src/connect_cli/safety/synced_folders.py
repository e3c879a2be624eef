"""Journals in a folder that another program synchronises, and the conflicted copies it leaves."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from connect_cli import files
from connect_cli.conflict_names import LIKELY, SURE
from connect_cli.errors import JournalTrouble, as_typed, shell_word
from connect_cli.reports import Finding
from connect_cli.safety import restore
from connect_cli.store import faults, read_only, signature, sqlite
from connect_cli.store.sqlite import Keys


@dataclass(frozen=True, slots=True)
class Mark:
    """What shows that a program synchronises a folder and everything in it.

    called: patterns for its own name. holds: patterns for files in it. sort: tests such a file.
    """

    program: str
    called: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    sort: Callable[[Path], bool] = Path.exists


MARKS = (
    Mark("Syncthing", holds=(".stfolder", ".stversions")),
    Mark("Dropbox", holds=(".dropbox.cache",)),
    Mark("Dropbox", holds=(".dropbox",), sort=Path.is_file),  # in a home, a folder of settings
    Mark("iCloud Drive", called=("com~apple~CloudDocs", "Mobile Documents")),
    Mark("OneDrive", called=("OneDrive", "OneDrive - *")),
    Mark("OneDrive", holds=(".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    Mark("Nextcloud", holds=(".nextcloudsync.log",)),
    Mark("ownCloud", holds=(".owncloudsync.log",)),
    Mark("Nextcloud or ownCloud", holds=(".sync_*.db", "._sync_*.db")),
    Mark("Google Drive", called=("Google Drive", "GoogleDrive-*"), holds=(".tmp.driveupload",)),
    Mark("pCloud", called=("pCloudDrive", "pCloud Drive")),
    Mark("MEGA", holds=(".megaignore",)),
    Mark("Resilio Sync", holds=(".sync/ID",), sort=Path.is_file),
    Mark("a cloud drive", called=("CloudStorage",)),  # where macOS puts those of all makers
)
"""The marks of these programs, surest first."""


def synced_folder(journal: Path) -> Iterator[Finding]:
    """The finding for a journal that lies in a synchronised folder."""
    file = files.real(journal)
    for folder in file.parents:
        if (program := program_of(folder)) is not None:
            yield Finding(
                "synced folder",
                f"the journal lies in {folder}, which {program} synchronises",
                "A file that is copied while a command writes it may arrive broken, and two"
                " computers that write leave conflicted copies.",
                f"Move {file.name} and what lies beside it to another folder, and name it with"
                " --journal or CONNECT_JOURNAL. Let several computers keep one journal with"
                f" {as_typed('sync')} --setup FOLDER.",
            )
            return


def program_of(folder: Path) -> str | None:
    """Which program synchronises a folder; None if no mark shows one."""
    return next((mark.program for mark in MARKS if _is_marked(folder, mark)), None)


def _is_marked(folder: Path, mark: Mark) -> bool:
    if any(fnmatchcase(folder.name, pattern) for pattern in mark.called):
        return True
    with suppress(OSError):  # a folder above that may not be read
        return any(mark.sort(each) for pattern in mark.holds for each in folder.glob(pattern))
    return False


def conflicted_copies(connection: sqlite3.Connection, journal: Path) -> Iterator[Finding]:
    """The finding for each conflicted copy: how much in it the journal lacks. Changes nothing."""
    for copy in copies_beside(journal):
        yield Finding(
            "conflicted copy",
            f"{copy} is another copy of the journal{_difference(copy, connection)}",
            "A program that synchronises files leaves one when two computers have written.",
            f"Import it with this command ('{as_typed('undo')}' undoes it), then move it away:",
            command=way_in(copy),
        )


def way_in(copy: Path) -> str:
    """The command that imports another copy of the journal, as a shell reads it."""
    return f"connect --journal {shell_word(str(copy))} export jsonl | {as_typed('import')} - --yes"


def copies_beside(journal: Path) -> list[Path]:
    """The journals beside a journal that are named like conflicted copies of it."""
    file = files.real(journal)
    stem, suffix = re.escape(file.stem), re.escape(file.suffix)
    shape = re.compile(f"{stem}(?:{'|'.join(SURE + LIKELY)}){suffix}")
    by_us = re.compile(rf"{stem}-\d{{4}}-\d\d-\d\d.*{suffix}")  # by `connect backup FOLDER`
    found = (each for each in file.parent.iterdir() if shape.fullmatch(each.name))
    return sorted(each for each in found if not by_us.fullmatch(each.name) and _is_journal(each))


def _is_journal(file: Path) -> bool:
    try:
        return signature.is_journal(signature.head(file)) or signature.is_encrypted(file)
    except OSError:
        return False


def _difference(copy: Path, connection: sqlite3.Connection) -> str:
    """What a copy holds that the journal lacks, or why it cannot be read."""
    try:
        held = _held(copy, partial(_keys, sqlite.secret_of(connection)))
    except JournalTrouble as trouble:
        return f", which cannot be read now: {trouble.message}"
    present = restore.contents(connection)
    people, interactions = (
        len(held.people - present.people),
        len(held.interactions - present.interactions),
    )
    if not (people or interactions):
        return ": all people and interactions in it are here, but what is kept of them may differ"
    return f": the journal lacks {people} of its people and {interactions} of its interactions"


def _held(copy: Path, keys: Keys) -> restore.Contents:
    """What a copy holds, read without writing anything beside it."""
    with (
        faults.faults(copy),
        closing(read_only.opened(copy, keys, up_to_date=True)) as connection,
    ):
        return restore.contents(connection)


def _keys(secret: str | None, _: Path) -> tuple[str, ...]:
    """The journal's own key: nobody is asked for the key of a copy."""
    return () if secret is None else (secret,)
