"""Machines whose sync folder Git carries, and a bare repository between them, for tests."""

import json
import os
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from connect_cli.sync.git import Carrier

ADA, BOB, CAT = "adaadaadaad1", "b0bb0bb0bbb2", "catcatcatca3"
JOURNAL = "jjjjjjjjjjj1"
NAME = "Zebedee Quux"
"""Somebody whom BOB writes about."""


def marker(journal: str = JOURNAL) -> bytes:
    """What connect-sync.json holds."""
    said = {"connect": "sync folder", "version": 1, "journal": journal, "encrypted": False}
    return json.dumps(said).encode()


def git(repository: Path, *words: str, fed: bytes = b"") -> str:
    """What real git says of a repository."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    nobody = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME",)}
    done = subprocess.run(
        ["git", f"--git-dir={repository}", *words],
        input=fed,
        capture_output=True,
        check=True,
        env={**env, **nobody, "GIT_AUTHOR_EMAIL": "x@x", "GIT_COMMITTER_EMAIL": "x@x"},
    )
    return done.stdout.decode().strip()


class Remote:
    """A bare repository between machines."""

    def __init__(self, place: Path) -> None:
        self.path = place
        subprocess.run(["git", "init", "--quiet", "--bare", place], check=True)

    def branches(self) -> dict[str, str]:
        """The commit of each branch."""
        listed = git(self.path, "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)")
        return dict(line.split(" ") for line in listed.splitlines())

    def blob(self, content: bytes) -> str:
        """Store a file; returns its name."""
        return git(self.path, "hash-object", "-w", "--stdin", fed=content)

    def tree(self, *entries: tuple[str, str, str]) -> str:
        """Store a folder, from (mode, name of what is in it, its name there), however wrong."""
        parts = (
            f"{mode} {file}\0".encode() + bytes.fromhex(name)
            for mode, name, file in sorted(entries, key=lambda entry: entry[2])
        )
        words = ("hash-object", "-w", "-t", "tree", "--literally", "--stdin")
        return git(self.path, *words, fed=b"".join(parts))

    def commit(self, tree: str, *parents: str) -> str:
        """Store a commit."""
        before = (word for parent in parents for word in ("-p", parent))
        return git(self.path, "commit-tree", tree, *before, "-m", "by hand")

    def folder(self, machine: str, *entries: tuple[str, str, str]) -> str:
        """A whole tree with these in the folder of a machine."""
        inner = self.tree(("40000", self.tree(*entries), machine))
        marked = ("100644", self.blob(marker()), "connect-sync.json")
        return self.tree(marked, ("40000", inner, "machines"))

    def put(self, branch: str, commit: str) -> None:
        """Make a branch."""
        git(self.path, "update-ref", f"refs/heads/{branch}", commit)

    def hook(self, name: str, script: str) -> None:
        """Let the server run a script."""
        program(self.path / "hooks" / name, script)


def program(path: Path, script: str) -> None:
    """Write a program for the shell."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@dataclass
class Machine:
    """A machine with a mirror of its own, where the test stands in for the rest of connect."""

    name: str
    carrier: Carrier

    @property
    def folder(self) -> Path:
        """Its own files."""
        return self.carrier.mirror / "machines" / self.name

    def write(self, number: int, content: str, key: bytes | None = None) -> None:
        """Give a segment."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (there := self.carrier.mirror / "connect-sync.json").exists():
            there.write_bytes(marker())
        if key is not None:
            (self.carrier.mirror / "key.age").write_bytes(key)
        (self.folder / f"{number:06}.jsonl").write_text(content)
        (self.folder / "machine.json").write_text(json.dumps({"number": number}))

    def remove(self, number: int) -> None:
        """Take a segment back."""
        (self.folder / f"{number:06}.jsonl").unlink()

    def sync(self) -> None:
        """One run."""
        self.carrier.fetch(self.name)
        self.carrier.push(self.name)
        self.carrier.prune()

    def sees(self) -> dict[str, str]:
        """The mirror: the content of every file."""
        return contents(self.carrier.mirror)

    def stored(self) -> bytes:
        """Everything that its repository stores, whether or not a branch holds it."""
        return stored(self.carrier.repository)


def contents(folder: Path) -> dict[str, str]:
    """The content of every file in a folder, by its path there."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return {str(each.relative_to(folder)): each.read_text() for each in files}


def stored(repository: Path) -> bytes:
    """Everything that a repository stores, whether or not a branch holds it."""
    names = git(repository, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    done = subprocess.run(
        ["git", f"--git-dir={repository}", "cat-file", "--batch"],
        input=names.encode() + b"\n",
        capture_output=True,
        check=True,
    )
    return done.stdout
