"""Git as a carrier of the sync folder: a mirror of it is moved to and from a remote repository.

In the home of the carrier, beside the journal and for this remote alone, lie `mirror/`, which is
the sync folder for everybody else, and `repository.git`, a bare repository of connect's own. On the
remote each machine has a branch with its id as the name and one commit without a parent: the
marker, the key and the machine's own files. The owner alone pushes it, by force. So no history
keeps what was forgotten; when the remote itself deletes what no branch holds any longer is for the
remote to say.

connect opens no connection. These commands of git are started, in connect's own repository:
- fetch: the first time `init` and `ls-remote`; then `fetch`, `for-each-ref`, `cat-file`, and
  `ls-tree` for each branch; if something is new, `update-ref`; if `fetch` fails, `rev-list`
- push: `ls-files`, `diff-files`, `update-index`, `write-tree`, `commit-tree`, `for-each-ref`; if
  the branch is to change, `update-ref` and `push`
- prune, after something was removed: `reflog` and `gc`
- drop, for a retired machine: `for-each-ref`, `push` and `update-ref`; if the server lets nobody
  delete a branch, also `hash-object`, `mktree` and `commit-tree`
Only `ls-remote`, `fetch` and `push` connect to the remote, and only while they run; where
nobody can be asked, `config` comes before each of them.

A commit without a parent would travel with all its files, since git compares it with nothing. Only
for a history that was cut off (`shallow`) does git leave out what a commit that the other side has
holds too. So a fetch asks for a depth of one commit, although there are no more, and a push takes
the commit that it replaces for cut off.

Nothing is written into the mirror before every branch has been checked (git_branches.py). The
repository can always be made again: if it is damaged, that is what happens.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from connect_cli import files
from connect_cli.errors import CarrierFailed
from connect_cli.sync import git_branches, git_program
from connect_cli.sync.folder import MACHINES, MARKER, STATE
from connect_cli.sync.git_address import as_kept, is_bare
from connect_cli.sync.git_branches import (
    CONNECT,
    MIRRORED,
    SENT,
    Branch,
    Files,
    Objects,
    below,
)
from connect_cli.sync.git_mirror import Mirror
from connect_cli.sync.git_program import Git, LocalFailure, SaidNothing, remove

_HEX = 12
_HOME = "[0-9a-f]" * _HEX
"""The name of a home: so many digits of the hash of an address."""

_MANY = 12
"""Files in one of the 256 folders of objects: git itself would tidy up at 27."""


@dataclass(frozen=True)
class Fetched:
    """What a fetch found: the machines whose files are new, and those that are no longer there.

    strange: the branch of this machine is not what this repository pushed last, as when another
    copy of the journal runs as the same machine.
    """

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    strange: bool = False


@dataclass(frozen=True)
class Carrier:
    """Moves the sync folder between its mirror and a remote repository.

    home: the folder for both. quiet: nobody is asked anything, as in a prompt or in cron; nor is
    anybody where there is no terminal. Every method raises ConnectError, and CarrierFailed if git
    could not do it; every file of the mirror is whole then, and the next run goes on from there.
    """

    remote: str
    home: Path
    quiet: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        """Check the address before anything is made."""
        object.__setattr__(self, "remote", as_kept(self.remote))

    @classmethod
    def of(cls, remote: str, homes: Path, *, quiet: bool) -> Self:
        """The carrier of a repository, whose home bears a hash of the address.

        What one repository held, a wrong one among them, is never taken for what another holds.
        """
        address = as_kept(remote)
        name = hashlib.sha256(address.encode(errors="surrogateescape")).hexdigest()[:_HEX]
        return cls(address, homes / name, quiet=quiet)

    @staticmethod
    def leave(homes: Path, kept: Path | None) -> None:
        """Remove all homes but one; what else lies there is somebody else's."""
        with files.reporting("write", homes):
            for home in homes.glob(_HOME) if homes.is_dir() else ():
                if home != kept:
                    remove(home)
            with suppress(OSError):  # it is not there, or not empty
                homes.rmdir()

    @property
    def mirror(self) -> Path:
        """The sync folder, as everybody else sees it."""
        return self.home / "mirror"

    @property
    def _mirror(self) -> Mirror:
        return Mirror(self.mirror)

    @property
    def repository(self) -> Path:
        """The bare repository of connect's own."""
        return self.home / "repository.git"

    @property
    def _to_prune(self) -> Path:
        """A note that the repository holds what was removed."""
        return self.home / "prune"

    def fetch(self, own: str | None) -> Fetched:
        """Bring the mirror up to date with the branches of all machines but this one.

        own: the id of this machine. Its files are taken from the remote only where the mirror has
        nothing of it, as on a new disk.
        """
        with self._made() as git:
            try:
                return self._fetched(git, own)
            except CarrierFailed as failed:
                if not isinstance(failed, LocalFailure) and _is_sound(git):
                    raise
            remove(self.repository)
            self._make(git)
            return self._fetched(git, own)

    def push(self, own: str) -> bool:
        """Push the files of this machine in the mirror; returns whether anything was to be pushed.

        It fails if the branch on the remote is not as the last fetch found it.
        """
        with self._made() as git:
            commit = self._committed(git, own)
            there = below(git_branches.refs(git), CONNECT).get(own, "")
            if commit == there:
                return False
            self._send(git, own, there, commit)
            return True

    def drop(self, machine_id: str) -> None:
        """Delete the branch and the files of a machine that is retired."""
        with self._made() as git:
            if there := git_branches.refs(git).get(f"{CONNECT}{machine_id}"):
                self._note()
                self._delete(git, machine_id, there)
                kept = {f"{prefix}{machine_id}" for prefix in (MIRRORED, SENT)}
                _update(git, *(f"delete {ref}" for ref in kept & git_branches.refs(git).keys()))
            remove(self.mirror / MACHINES / machine_id)

    def prune(self) -> None:
        """Delete what no branch holds any longer from connect's own repository, if there is any."""
        if self._to_prune.exists() or _is_crowded(self.repository):
            with self._made() as git:
                git_program.clear(self.repository)
                git.run("reflog", "expire", "--expire=now", "--all")
                git.run("gc", "--quiet", "--prune=now", "--force")
                remove(self._to_prune)

    @contextmanager
    def _made(self) -> Iterator[Git]:
        """Git in the repository; a new one is removed again if what it was made for fails."""
        with git_program.alone(self.home, self.repository, self.remote, asks=not self.quiet) as git:
            if is_bare(self.repository):
                if git.unfinished:
                    self._note()
                yield git
                return
            try:
                self._make(git)
                yield git
            except BaseException:
                remove(self.repository)
                remove(self._to_prune)
                raise

    def _make(self, git: Git) -> None:
        """Make the repository, if the remote holds nothing but branches of machines."""
        new = self.home / "repository.new"
        remove(new)
        git.run("init", "--quiet", "--bare", "--template=", "--", str(new))
        new.rename(self.repository)
        listed = git.run("ls-remote", "--quiet", "--heads", "--tags", "--", self.remote)
        git_branches.check_names(listed.decode(errors="replace"), self.remote)

    def _fetched(self, git: Git, own: str | None) -> Fetched:
        before = git_branches.refs(git)
        self._fetch(git)
        self._note_replaced(git, before)
        with git_branches.objects(git) as read:
            branches = git_branches.checked(git, read, self.remote)
            git_branches.check_one_journal(branches, self.remote, self._mirror.marker())
            remove(self.repository / "shallow")  # no commit has a parent that could be missing
            with files.reporting("write", self.mirror):
                fetched = self._bring(git, read, branches, own)
        return fetched if own is None else self._compared(git, own, before, fetched)

    def _fetch(self, git: Git) -> None:
        what = ("--", self.remote, f"+refs/heads/*:{CONNECT}*")
        try:
            try:
                git.run(*_FETCH, "--depth=1", *what)
            except SaidNothing:  # an empty repository has no depth
                git.run(*_FETCH, *what)
        except BaseException:
            if _has_grown(self.repository, git.since):
                self._note()  # what came belongs to no branch
            raise

    def _note_replaced(self, git: Git, before: Mapping[str, str]) -> None:
        """Note what branches no longer hold that they held before."""
        there = below(git_branches.refs(git), CONNECT)
        for name, commit in below(before, CONNECT).items():
            if name not in there:
                self._note()
            elif there[name] != commit:
                old, new = (git_branches.tree(git, each) for each in (commit, there[name]))
                self._note_lost(old, new)

    def _bring(
        self, git: Git, read: Objects, branches: Mapping[str, Branch], own: str | None
    ) -> Fetched:
        """Make the mirror show the branches. Raises OSError."""
        self._mirror.bring_root(read, branches)
        machines = {name: branch for name, branch in branches.items() if branch.files}
        if own is not None and (ours := machines.pop(own, None)) is not None:
            self._mirror.restore(read, own, ours)
        mirrored = below(git_branches.refs(git), MIRRORED)
        changed = tuple(
            name
            for name, branch in machines.items()
            if self._bring_machine(git, read, name, branch, mirrored.get(name))
        )
        gone = tuple(sorted(self._mirror.shown() - machines.keys() - {own}))
        for name in gone:
            remove(self.mirror / MACHINES / name)
        commands = [f"update {MIRRORED}{name} {branches[name].commit}" for name in changed]
        commands += [f"delete {MIRRORED}{name}" for name in mirrored.keys() - machines.keys()]
        _update(git, *commands)
        return Fetched(changed, gone)

    def _bring_machine(
        self, git: Git, read: Objects, name: str, branch: Branch, mirrored: str | None
    ) -> bool:
        """Bring a machine's folder up to date; whether anything is new. mirrored: its commit."""
        if mirrored == branch.commit:
            return self._mirror.bring_machine(read, name, branch.files, branch.files)
        before = {} if mirrored is None else git_branches.files_of(git, mirrored)
        self._mirror.bring_machine(read, name, branch.files, before)
        return True

    def _note(self) -> None:
        with files.reporting("write", self._to_prune):
            if not self._to_prune.exists():
                files.write_whole(self._to_prune, b"")

    def _note_lost(self, before: Files, after: Files) -> None:
        """Note that something is to be pruned, if a file is no longer there as it was.

        How far a machine is changes each time, and names nobody.
        """
        kept = {blob.name for blob in after.values()}
        lost = (blob.name not in kept for path, blob in before.items() if _is_content(path))
        if any(lost):
            self._note()

    def _compared(self, git: Git, own: str, before: Mapping[str, str], fetched: Fetched) -> Fetched:
        """The same, and whether somebody else pushed as this machine."""
        found = git_branches.refs(git)
        there = found.get(branch := f"{CONNECT}{own}")
        known = (None, before.get(branch), found.get(f"{SENT}{own}"))
        strange = there not in known and there != self._committed(git, own)
        return replace(fetched, strange=strange)

    def _committed(self, git: Git, own: str) -> str:
        """A commit of this machine's files in the mirror; the same for the same files."""
        try:
            return self._commit(git, own)
        except LocalFailure:  # the index is only a memory of what was read before
            self._note()
            remove(self.repository / "index")
            return self._commit(git, own)

    def _commit(self, git: Git, own: str) -> str:
        wanted = set(self._mirror.own_paths(own))
        stale = _paths(git.run("ls-files", "-z")) - wanted
        changed = _paths(git.run(f"--work-tree={self.mirror}", "diff-files", "--name-only", "-z"))
        if any(map(_is_content, stale | changed)):
            self._note()
        if stale:
            self._index(git, "--force-remove", stale)
        self._index(git, "--add", wanted)
        return _commit(git, git.run("write-tree").decode().strip())

    def _index(self, git: Git, how: str, paths: set[str]) -> None:
        fed = b"".join(path.encode(errors="surrogateescape") + b"\0" for path in sorted(paths))
        git.run(f"--work-tree={self.mirror}", "update-index", how, "-z", "--stdin", fed=fed)

    def _send(self, git: Git, name: str, there: str, commit: str) -> None:
        """Make the remote's branch this commit, if it is as it was; with no commit, delete it."""
        if commit:
            _update(git, f"update {SENT}{name} {commit}")
        lease = f"--force-with-lease=refs/heads/{name}:{there}"
        with self._shallow(there):
            git.run(*_PUSH, lease, "--", self.remote, f"{commit}:refs/heads/{name}")
        done = f"update {CONNECT}{name} {commit}" if commit else f"delete {CONNECT}{name}"
        _update(git, done)

    @contextmanager
    def _shallow(self, there: str) -> Iterator[None]:
        """Let git take the commit that is replaced for the end of a history; see above."""
        file = self.repository / "shallow"
        if there:
            with files.reporting("write", file):
                files.write_whole(file, f"{there}\n".encode())
        try:
            yield
        finally:
            remove(file)

    def _delete(self, git: Git, name: str, there: str) -> None:
        """Delete a branch. Where the server lets nobody do that, it gets the marker alone."""
        try:
            self._send(git, name, there, "")
        except CarrierFailed as failed:
            if "rejected]" not in failed.message:
                raise
            marker = git.run("hash-object", "-w", "--no-filters", "--", str(self.mirror / MARKER))
            entry = f"100644 blob {marker.decode().strip()}\t{MARKER}\n"
            empty = git.run("mktree", fed=entry.encode()).decode().strip()
            self._send(git, name, there, _commit(git, empty))


_FETCH = (
    *("fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head"),
    *("--no-show-forced-updates", "--recurse-submodules=no"),
)
_PUSH = ("push", "--quiet", "--no-verify", "--no-signed", "--recurse-submodules=no")


def _is_sound(git: Git) -> bool:
    """Whether the repository holds all that it should."""
    try:
        git.run("rev-list", "--objects", "--all", "--quiet")
    except CarrierFailed:
        return False
    return True


def _is_crowded(repository: Path) -> bool:
    """Whether so much lies about in the repository that git itself would tidy up."""
    some = repository / "objects" / "17"
    return some.is_dir() and sum(1 for _ in some.iterdir()) > _MANY


def _update(git: Git, *commands: str) -> None:
    if commands:
        git.run("update-ref", "--stdin", fed="".join(f"{each}\n" for each in commands).encode())


def _has_grown(repository: Path, since: int) -> bool:
    """Whether anything was stored since a moment, in nanoseconds."""
    folders = (repository / "objects").iterdir()
    return any(each.stat().st_mtime_ns >= since for each in folders)


def _paths(listed: bytes) -> set[str]:
    return set(listed.decode(errors="surrogateescape").split("\0")[:-1])


def _commit(git: Git, tree: str) -> str:
    return git.run("commit-tree", tree, fed=b"connect\n").decode().strip()


def _is_content(path: str) -> bool:
    return not path.rpartition("/")[2].startswith(f"{STATE}.")
