"""What a branch of a machine may hold, checked before anything of it is used.

A name that comes from the remote is a file name only if it has one of a few exact shapes, and only
plain files are taken: no link, no program, no other repository within.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from subprocess import Popen
from typing import IO, NamedTuple

from connect_cli.errors import ConnectError
from connect_cli.store.read_values import is_id
from connect_cli.sync.folder import FILE, KEY, MACHINES, MARKER, SAYS, STATE
from connect_cli.sync.git_program import Git, LocalFailure

OWN_FILE = re.compile(rf"{FILE.pattern}|{STATE}\.(?:json|age)")
"""The files of a machine: its segments, and how far it is."""

CONNECT, MIRRORED, SENT = "refs/connect/", "refs/mirrored/", "refs/sent/"
"""The branches as the remote has them, as the mirror shows them, and as they were pushed last."""

_ENTRY = re.compile(r"(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)", re.DOTALL)
_LARGEST = {MARKER: 2**12, KEY: 2**16}
_CHUNK = 2**20
_ELSE = "make an empty repository for connect alone, and name that"


class Blob(NamedTuple):
    """A file as git stores it."""

    name: str
    size: int


Files = Mapping[str, Blob]


@dataclass(frozen=True)
class Branch:
    """A branch that has been checked. files: the machine's own, without their folder."""

    commit: str
    marker: bytes
    key: Blob | None
    files: Files


class Objects:
    """What the repository stores, by its name, read from one running git."""

    def __init__(self, process: Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        self._asked: IO[bytes] = process.stdin
        self._answered: IO[bytes] = process.stdout

    def parts(self, name: str, sort: str = "blob") -> Iterator[bytes]:
        """What is stored under a name, in parts. Raises LocalFailure if it is not there whole."""
        size = self._size(name, sort)
        while size:
            part = self._answered.read(min(size, _CHUNK))
            if not part:
                raise _damaged(name)
            size -= len(part)
            yield part
        self._answered.read(1)

    def whole(self, name: str, sort: str = "blob") -> bytes:
        """The same at once."""
        return b"".join(self.parts(name, sort))

    def _size(self, name: str, sort: str) -> int:
        try:
            self._asked.write(f"{name}\n".encode())
            self._asked.flush()
        except BrokenPipeError:
            raise _damaged(name) from None
        found = self._answered.readline().decode().split()
        if found[1:2] != [sort]:
            raise _damaged(name)
        return int(found[2])


def _damaged(name: str) -> LocalFailure:
    return LocalFailure(f"git cannot read {name} in connect's own repository", "try again")


@contextmanager
def objects(git: Git) -> Iterator[Objects]:
    """Read what the repository stores."""
    with git.started("cat-file", "--batch") as process:
        yield Objects(process)


def refs(git: Git) -> dict[str, str]:
    """The names of all commits that the repository keeps, by their full name there."""
    listed = git.run("for-each-ref", "--format=%(objectname) %(refname)").decode(errors="replace")
    pairs = (line.split(" ", 1) for line in listed.splitlines())
    return {ref: name for name, ref in pairs}


def below(found: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Those that begin alike, by the rest of their name."""
    return {ref.removeprefix(prefix): name for ref, name in found.items() if ref.startswith(prefix)}


def tree(git: Git, commit: str) -> dict[str, Blob]:
    """The files of a commit that connect made, by their paths."""
    return {path: blob for path, (_, blob) in _entries(git, commit)}


def files_of(git: Git, commit: str) -> dict[str, Blob]:
    """Only a machine's own, without their folder."""
    return {path.split("/")[2]: blob for path, blob in tree(git, commit).items() if "/" in path}


def _entries(git: Git, commit: str) -> Iterator[tuple[str, tuple[str, Blob]]]:
    listed = git.run("ls-tree", "-r", "-z", "-l", "--full-tree", commit).decode(errors="replace")
    for line in listed.split("\0")[:-1]:
        if (found := _ENTRY.fullmatch(line)) is None:
            raise _damaged(commit)
        mode, _, name, size, path = found.groups()
        yield path, (mode, Blob(name, int(size) if size != "-" else 0))


def check_names(listed: str, remote: str) -> None:
    """Raise ConnectError if the remote has branches or tags that are not of machines.

    listed: what `git ls-remote` says of it.
    """
    for line in listed.splitlines():
        ref = line.partition("\t")[2]
        for prefix, word in (("refs/heads/", "branch"), ("refs/tags/", "tag")):
            if ref.startswith(prefix):
                _check_name(ref.removeprefix(prefix), word, remote)


def _check_name(name: str, word: str, remote: str) -> None:
    if word != "branch" or not is_id(name):
        raise _foreign(remote, f"the {word} '{name}'")


def _foreign(remote: str, what: str) -> ConnectError:
    return ConnectError(f"{remote} holds something that is not of connect: {what}", _ELSE)


def checked(git: Git, read: Objects, remote: str) -> dict[str, Branch]:
    """Every branch by its machine. Raises ConnectError if one holds what no machine writes."""
    commits = below(refs(git), CONNECT)
    for name in commits:
        _check_name(name, "branch", remote)
    return {name: _checked(git, read, remote, name, commits[name]) for name in sorted(commits)}


def _checked(git: Git, read: Objects, remote: str, name: str, commit: str) -> Branch:
    if b"\nparent " in read.whole(commit, "commit").partition(b"\n\n")[0]:
        raise _foreign(remote, f"the branch '{name}' has a history")
    root: dict[str, Blob] = {}
    own: dict[str, Blob] = {}
    for path, (mode, blob) in _entries(git, commit):
        folder, _, file = path.rpartition("/")
        if mode == "100644" and folder == f"{MACHINES}/{name}" and OWN_FILE.fullmatch(file):
            own[file] = blob
        elif mode == "100644" and blob.size <= _LARGEST.get(path, -1):
            root[path] = blob
        else:
            raise _foreign(remote, f"the file '{path}' in the branch '{name}'")
    if MARKER not in root:
        raise _foreign(remote, f"the branch '{name}' has no {MARKER}")
    return Branch(commit, read.whole(root[MARKER].name), root.get(KEY), own)


def check_one_journal(branches: Mapping[str, Branch], remote: str, ours: bytes | None) -> None:
    """Raise ConnectError if the branches are of several journals, or not of ours.

    ours: the marker of the mirror, if it has one.
    """
    journals = {_journal(each.marker, remote) for each in branches.values()}
    if len(journals) > 1:
        raise ConnectError(f"{remote} holds two journals", "give each a repository of its own")
    if ours is not None and journals - {_journal(ours, remote)}:
        raise ConnectError(f"{remote} holds another journal", _ELSE)


def _journal(marker: bytes, remote: str) -> str:
    try:
        said = json.loads(marker)
        if said["connect"] == SAYS and isinstance(said["journal"], str):
            return str(said["journal"])
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    raise _foreign(remote, f"a {MARKER} that connect did not write")
