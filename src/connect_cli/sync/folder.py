"""The sync folder: whose journal meets there, and the files of each machine.

How it works. The marker `connect-sync.json` says which journal it is. Each machine has a folder
`machines/<id>` that it alone writes: numbered files, and `machine`, which says how far it is. Each
file appears there whole (files.py), but the program that carries the folder may bring it late, in
another order, or in part; so what is read is believed only as far as it is whole (segments.py).
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from connect_cli import files
from connect_cli.conflict_names import original_name
from connect_cli.environment import as_machine_name
from connect_cli.errors import ConnectError
from connect_cli.store.read_values import MISREAD, is_id
from connect_cli.sync.seal import Seal

MARKER, KEY, MACHINES, STATE = "connect-sync.json", "key.age", "machines", "machine"
SAYS = "sync folder"
VERSION = 1
LAST = 10**9 - 1
"""The highest number of a file."""
FILE = re.compile(r"(?P<number>[0-9]{6,9})(?P<ending>\.jsonl|\.age)")
"""The name of a numbered file."""
_OURS = {MARKER, KEY, MACHINES}
_NOBODYS = re.compile(r"\..*|desktop\.ini|Icon\r|Thumbs\.db", re.IGNORECASE)
"""What carriers and file managers leave in a folder; connect passes it over."""


class Marker(NamedTuple):
    """Whose journal meets in a folder, and whether its files are encrypted."""

    journal_id: str
    encrypted: bool


class State(NamedTuple):
    """How far a machine is, by its own word.

    schema: the version of its journal's tables. number, hash: the newest file that it gave; base:
    the newest whole one. seen: how much of each other machine it has taken. forgotten: the ids of
    the people it has forgotten. retired: the machines that it retired. newest: when the newest of
    what it gave was said.
    """

    name: str
    schema: int
    number: int
    hash: str
    base: int
    seen: Mapping[str, int]
    forgotten: frozenset[str]
    retired: frozenset[str]
    newest: str

    @property
    def newest_at(self) -> datetime | None:
        """When the newest of what it gave was said; None if nothing was, or nobody can tell."""
        with suppress(ValueError, OverflowError):
            return datetime.fromisoformat(self.newest).astimezone()
        return None

    def written(self) -> bytes:
        """As a file, always the same for the same state."""
        said = self._asdict() | {
            "seen": dict(sorted(self.seen.items())),
            "forgotten": sorted(self.forgotten),
            "retired": sorted(self.retired),
        }
        return json.dumps({"connect": STATE, "version": VERSION, **said}).encode() + b"\n"


class Unreadable(ConnectError):
    """A file that is not all there, or not what it should be. It may be better at the next run."""


class Folder:
    """A sync folder on this machine's disk."""

    def __init__(self, path: Path, seal: Seal | None = None) -> None:
        self.path = path
        self.seal = seal or Seal("")

    def marker(self) -> Marker | None:
        """Whose folder it is; None without a marker. Raises ConnectError if it is not whole."""
        file = self.path / MARKER
        if not _is_file(file):
            return None
        try:
            said = json.loads(Seal("").content(file))
            if said["connect"] == SAYS and said["version"] == VERSION and is_id(said["journal"]):
                return Marker(said["journal"], bool(said["encrypted"]))
        except MISREAD:
            pass
        raise ConnectError(f"{file} is not whole, or of a newer connect", "look again later")

    def mark(self, marker: Marker) -> None:
        """Write the marker."""
        said = {"connect": SAYS, "version": VERSION, "journal": marker.journal_id}
        content = json.dumps({**said, "encrypted": marker.encrypted}).encode() + b"\n"
        with files.reporting("write", self.path / MARKER):
            files.make_folder(self.path / MACHINES)
            files.write_whole(self.path / MARKER, content)

    def strangers(self) -> list[str]:
        """What lies in the folder and is not of a sync folder."""
        with files.reporting("read", self.path):
            names = [each.name for each in self.path.iterdir()]
        return sorted(name for name in names if not _is_ours(name))

    def machines(self) -> list[str]:
        """The ids of all machines that have given something."""
        with files.reporting("read", self.path), suppress(FileNotFoundError):
            return sorted(
                each.name
                for each in (self.path / MACHINES).iterdir()
                if is_id(each.name) and self.has(each.name)
            )
        return []

    def has(self, machine: str) -> bool:
        """Whether a machine has a folder here. What lies behind a link is none of ours."""
        folder = self.of(machine)
        with files.reporting("read", folder):
            return folder.is_dir() and not any(map(Path.is_symlink, (folder, folder.parent)))

    def make(self, machine: str) -> None:
        """Make the folder of this machine. Raises ConnectError and OSError."""
        folder = self.of(machine)
        for each in (folder.parent, folder):
            if each.is_symlink():
                raise ConnectError(f"{each} is a link", "remove it, and let a folder be there")
        files.make_folder(folder)

    def of(self, machine: str) -> Path:
        """The folder of one machine."""
        return self.path / MACHINES / machine

    def file(self, machine: str, number: int) -> Path:
        """The numbered file of a machine."""
        return self.of(machine) / f"{number:06}{self.seal.ending}"

    def numbers(self, machine: str) -> list[int]:
        """The numbers of the files of a machine that are there, the oldest first."""
        with files.reporting("read", self.of(machine)):
            names = [each.name for each in self.of(machine).iterdir()]
        found = (FILE.fullmatch(name) for name in names)
        return sorted(
            int(one["number"]) for one in found if one and one["ending"] == self.seal.ending
        )

    def state_file(self, machine: str) -> Path:
        """The file in which a machine says how far it is."""
        return self.of(machine) / f"{STATE}{'.json' if self.seal.ending == '.jsonl' else '.age'}"

    def state(self, machine: str) -> State | None:
        """How far a machine is; None if it has not said yet. Raises Unreadable."""
        file = self.state_file(machine)
        if not _is_file(file):
            return None
        try:
            return _state(json.loads(self.seal.content(file)))
        except MISREAD:
            raise Unreadable(f"{file} is not all there yet") from None

    def say(self, machine: str, state: State) -> bool:
        """Let a machine say how far it is; returns whether that was news."""
        file = self.state_file(machine)
        with suppress(ConnectError):
            if self.state(machine) == state:
                return False
        with files.reporting("write", file):
            self.make(machine)
            with files.placed(file) as into:
                self.seal.write([state.written()], into)
        return True

    def holds_leftovers(self, machine: str) -> bool:
        """Whether a machine's folder holds what killed processes left, or conflict copies."""
        with files.reporting("read", self.of(machine)), suppress(FileNotFoundError):
            names = [each.name for each in self.of(machine).iterdir()]
            return any(_is_left(name) or files.is_unfinished(name) for name in names)
        return False

    def clear(self, machine: str, before: int) -> None:
        """Remove the files of a machine older than one, and what killed processes left.

        Conflict copies of its files go as well: nobody reads them.
        """
        folder = self.of(machine)
        with files.reporting("write", folder):
            for each in folder.iterdir():
                found = FILE.fullmatch(each.name)
                if each.is_dir() and not each.is_symlink():
                    continue
                if (found and int(found["number"]) < before) or _is_left(each.name):
                    each.unlink(missing_ok=True)
            for ending in (".jsonl", ".age", ".json"):
                files.clear_unfinished(folder, ending)

    def remove(self, machine: str) -> None:
        """Remove a retired machine's folder."""
        folder = self.of(machine)
        if self.has(machine):
            with files.reporting("write", folder):
                for each in folder.iterdir():
                    if not each.is_dir():
                        each.unlink(missing_ok=True)
                with suppress(OSError):  # what its carrier keeps there, or has just brought
                    folder.rmdir()


def is_seen(said: Any) -> TypeGuard[Mapping[str, int]]:
    """Whether this says how much of which machines somebody has taken."""
    return isinstance(said, dict) and all(map(is_id, said)) and all(map(is_number, said.values()))


def is_number(said: Any) -> bool:
    """Whether this is the number of a file, or 0."""
    return type(said) is int and 0 <= said <= LAST


def _is_file(path: Path) -> bool:
    with files.reporting("read", path):
        return path.is_file()


def _is_ours(name: str) -> bool:
    return name in _OURS or original_name(name) in _OURS or bool(_NOBODYS.fullmatch(name))


def _is_left(name: str) -> bool:
    """Whether a file in a machine's folder is a conflict copy of one of its files."""
    original = original_name(name)
    return original != name and bool(FILE.fullmatch(original) or original.startswith(STATE))


def _state(said: Any) -> State:
    """A state as it was written. Raises one of MISREAD."""
    if said["connect"] != STATE or said["version"] != VERSION:
        raise ValueError
    numbers = [said[name] for name in ("schema", "number", "base")]
    texts = [said[name] for name in ("name", "hash", "newest")]
    ids = [*said["forgotten"], *said["retired"]]
    sound = all(map(is_number, numbers)) and is_seen(said["seen"]) and all(map(is_id, ids))
    if said["newest"] and datetime.fromisoformat(said["newest"]).tzinfo is None:
        raise ValueError
    if not (sound and all(isinstance(one, str) for one in texts)):
        raise ValueError
    kept = {name: said[name] for name in State._fields}
    kept |= {name: frozenset(said[name]) for name in ("forgotten", "retired")}
    kept["name"] = as_machine_name(said["name"])
    return State(**kept)


def each_other(folder: Folder, machine: str) -> Iterator[str]:
    """The ids of all machines but this one."""
    return (each for each in folder.machines() if each != machine)
