"""The trial of `connect inbox`: lines that were written on a phone, taken by whoever is killed."""

import os
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from connect_cli.store import sqlite
from tests.faults.trial import (
    COMMANDS,
    FIRST,
    Command,
    Trial,
    Wrong,
    moment,
    must,
    with_record,
)
from tests.faults.working import run

DEVICES = 4
"""How many files there are at last; each command finds one more."""

LINES = (
    "coffee with Ada: {number} at the door",
    "2026-11-20T18:05 walk with Grace: {number} by the river",
    "coffee with Ada: {number} at the door",
    "- called Grace: {number} from the train #rail",
    "lunch with Ada and Grace 2026-11-18 45m: {number} noodles",
    "2026-11-20T18:05 walk with Grace: {number} by the river",
    "coffee with Ada: {number} at the door",
)
NOTES = {"at the door": 3, "by the river": 2, "from the train #rail": 1, "noodles": 1}
"""How many lines of a file have each note."""


def two_people(journal: Path) -> None:
    """Ada and Grace."""
    must("add", "Ada Lovelace", "--every", "1w")
    must("add", "Grace Hopper")
    del journal


def taken(number: int, journal: Path) -> Command:
    """Take in what there is now: the file of one more device."""
    place = journal.parent.parent
    folder, settings = place / "inbox", place / "config" / "connect" / "config.toml"
    for each in (folder, settings.parent):
        each.mkdir(parents=True, exist_ok=True)
    settings.write_text(f"[inbox]\nfolder = '{folder}'\n")
    os.environ["XDG_CONFIG_HOME"] = str(place / "config")
    write(folder / f"device{number}.txt", number)
    return ("inbox",)


def write(file: Path, number: int) -> None:
    """The lines of a device, written at once, a day before the first command."""
    passing = file.parent.with_name(file.name)
    passing.write_text("".join(f"{line}\n" for line in LINES).format(number=number))
    yesterday = (FIRST - timedelta(days=1)).timestamp()
    os.utime(passing, (yesterday, yesterday))
    passing.replace(file)


def check_all_taken(journal: Path) -> None:
    """Take in whatever is left. Raises Wrong unless each line has become one interaction."""
    for number in range(DEVICES):
        words = taken(number, journal)
    if (ran := run(words, moment(COMMANDS))).code:
        raise Wrong(f"the last taking ended with {ran.code}: {ran.err}")
    with closing(sqlite.connect(str(journal))) as connection:
        there = Counter(note for (note,) in connection.execute("SELECT note FROM interaction"))
    every = {
        f"{number} {note}": count for number in range(DEVICES) for note, count in NOTES.items()
    }
    if there != every:
        raise Wrong(f"at last there is {there}")


INBOX_TRIAL = Trial(two_people, taken, with_record, DEVICES, at_last=check_all_taken)
