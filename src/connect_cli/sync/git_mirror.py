"""The mirror of a Git remote: the sync folder as everybody else sees it.

What is written here has been checked before (git_branches.py). Every file is whole at any moment.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from connect_cli import files
from connect_cli.errors import CarrierFailed
from connect_cli.sync.folder import KEY, MACHINES, MARKER
from connect_cli.sync.git_branches import (
    OWN_FILE,
    Blob,
    Branch,
    Files,
    Objects,
)
from connect_cli.sync.git_program import remove

_CHUNK = 2**20


@dataclass(frozen=True)
class Mirror:
    """The folder of the mirror. Every method raises OSError, unless it says otherwise."""

    root: Path

    @property
    def machines(self) -> Path:
        """The folder with a folder for each machine."""
        return self.root / MACHINES

    def marker(self) -> bytes | None:
        """Whose journal this is, if the mirror says so. Raises ConnectError."""
        file = self.root / MARKER
        with files.reporting("read", file):
            return file.read_bytes() if file.exists() else None

    def shown(self) -> set[str]:
        """The machines of which the mirror has something."""
        return {each.name for each in self.machines.iterdir()}

    def bring_root(self, read: Objects, branches: Mapping[str, Branch]) -> None:
        """The marker and the key, where the mirror has none, from the first machine that has."""
        files.make_folder(self.machines)
        for branch in branches.values():
            if not (self.root / MARKER).exists():
                files.write_whole(self.root / MARKER, branch.marker)
            if branch.key is not None and not (self.root / KEY).exists():
                files.write(self.root / KEY, read.parts(branch.key.name))

    def restore(self, read: Objects, own: str, branch: Branch) -> None:
        """The files of this machine, all or none, if the mirror has nothing of it."""
        if (folder := self.machines / own).exists():
            return
        new = self.root.with_name("own.new")
        remove(new)
        _write(read, new, branch.files, branch.files)
        new.rename(folder)
        files.synchronise(folder.parent)

    def bring_machine(self, read: Objects, name: str, wanted: Files, before: Files) -> bool:
        """Make a machine's folder show these files; returns whether anything was to be done.

        before: what the folder showed, as far as it is known. Of a file that is the same in both
        only the name and the size are compared.
        """
        folder = self.machines / name
        there = _sizes(folder)
        new = [
            file
            for file, blob in sorted(wanted.items())
            if there.get(file) != blob.size or _name(folder / file, before.get(file)) != blob.name
        ]
        _write(read, folder, wanted, new)
        old = there.keys() - wanted.keys()
        for file in old:
            remove(folder / file)
        return bool(new or old)

    def own_paths(self, own: str) -> Iterator[str]:
        """The files that the branch of this machine holds. Raises ConnectError."""
        folder = self.machines / own
        with files.reporting("read", folder):
            found = [
                name
                for name, size in _sizes(folder).items()
                if size >= 0 and OWN_FILE.fullmatch(name)
            ]
        if not found or not (self.root / MARKER).exists():
            raise CarrierFailed(f"{self.root} lacks the files of this machine")
        yield from (f"{MACHINES}/{own}/{name}" for name in found)
        yield from (name for name in (MARKER, KEY) if (self.root / name).exists())


def _sizes(folder: Path) -> dict[str, int]:
    """What lies in a folder, by name; -1 for what is no file. Raises OSError."""
    if not folder.is_dir():
        return {}
    found = ((each.name, each.lstat()) for each in folder.iterdir())
    return {name: stat.st_size if S_ISREG(stat.st_mode) else -1 for name, stat in found}


def _name(file: Path, known: Blob | None) -> str:
    """How git names what a file holds. known: what git stored of it, if that is known."""
    if known is not None:
        return known.name
    named = hashlib.sha1(b"blob %d\0" % file.stat().st_size, usedforsecurity=False)
    with file.open("rb") as stream:
        while part := stream.read(_CHUNK):
            named.update(part)
    return named.hexdigest()


def _write(read: Objects, folder: Path, blobs: Files, names: Iterable[str]) -> None:
    """Write files in the order of their names: how far the machine is, last. Raises OSError."""
    files.make_folder(folder)
    for name in sorted(names):
        if (there := folder / name).is_dir():
            remove(there)
        files.write(there, read.parts(blobs[name].name))
