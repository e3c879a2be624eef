"""Where machines meet: a folder on this machine's disk, or a Git repository by way of one."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from connect_cli import files
from connect_cli.errors import ConnectError, as_typed
from connect_cli.store import machines
from connect_cli.sync.folder import MARKER, Folder
from connect_cli.sync.git_address import is_git
from connect_cli.sync.seal import Seal

if TYPE_CHECKING:
    from connect_cli.journal.journal import Journal
    from connect_cli.store.machines import Mine
    from connect_cli.sync.git import Carrier


@dataclass
class Place:
    """Where machines meet. where: as it is in the settings. carrier: for a Git repository.

    is_strange: another machine pushed what only this one may.
    """

    where: str
    path: Path
    carrier: "Carrier | None" = None
    is_strange: bool = False

    def fetch(self, own: str | None) -> None:
        """Let Git bring what the other machines pushed. own: the id of this one."""
        if self.carrier is not None:
            self.is_strange = self.carrier.fetch(own).strange

    def push(self, own: str) -> None:
        """Let Git bring to the others what this machine gave."""
        if self.carrier is not None:
            self.carrier.push(own)
            self.carrier.prune()

    def drop(self, machine: str) -> None:
        """Let Git drop the branch of a machine that was retired."""
        if self.carrier is not None:
            self.carrier.drop(machine)
            self.carrier.prune()

    @property
    def setting(self) -> str:
        """What the settings keep: a folder with its whole path."""
        return self.where if self.carrier is not None else str(self.path)


def place(journal: Path, where: str, *, quiet: bool) -> Place:
    """The place that a setting names. quiet: Git must not ask anything."""
    if is_git(where):
        from connect_cli.sync.git import Carrier  # noqa: PLC0415  # a folder does without Git

        carrier = Carrier.of(where, _homes(journal), quiet=quiet)
        return Place(carrier.remote, carrier.mirror, carrier)
    return Place(where, files.real(Path(where).expanduser()))


def leave_others(journal: Path, where: str) -> None:
    """Remove what connect kept of all Git repositories but this one: nobody here meets there."""
    from connect_cli.sync.git import Carrier  # noqa: PLC0415  # only who sets up needs it

    kept = place(journal, where, quiet=True).carrier
    Carrier.leave(_homes(journal), None if kept is None else kept.home)


def _homes(journal: Path) -> Path:
    """The folder beside the journal with a home for each Git repository."""
    file = files.real(journal)
    return file.with_name(f"{file.stem}.sync")


def machine_of(journal: "Journal") -> str | None:
    """The id of this machine; None if it has none yet."""
    mine = machines.mine(journal.connection)
    return None if mine is None else mine.machine_id


def met(journal: "Journal", at: Place) -> "Mine":
    """This machine, as it was set up. Raises ConnectError if it was not, or must not give here."""
    if (mine := machines.mine(journal.connection)) is None:
        raise ConnectError(
            f"this journal does not meet others in {at.where} yet", f"set it up: {set_up(at)}"
        )
    if journal.is_encrypted and not mine.key:
        raise readable(at)
    return mine


def readable(at: Place) -> ConnectError:
    """What is said where an encrypted journal would give readable files."""
    return ConnectError(
        f"the journal is encrypted, and what lies in {at.where} is in plain text",
        "let all machines meet in another folder, with --encrypt; then remove this one",
    )


def opened(at: Place, mine: "Mine") -> Folder:
    """The folder that was set up for this journal. Raises ConnectError if it is not usable now."""
    if not at.path.is_dir():
        raise ConnectError(f"{at.where} is not there", "plug the disk in, or start what carries it")
    marker = Folder(at.path).marker()
    if marker is None:
        raise ConnectError(
            f"{at.where} is no sync folder: {MARKER} is not there",
            f"wait until it is carried here, or set it up again: {set_up(at)}",
        )
    if marker.journal_id != mine.journal_id:
        raise ConnectError(f"in {at.where} another journal meets", "name the folder of this one")
    if marker.encrypted != bool(mine.key):
        raise ConnectError(f"{at.where} was set up anew", f"set it up here again: {set_up(at)}")
    return Folder(at.path, Seal(mine.key))


def set_up(at: Place, *options: str) -> str:
    """The command that sets it up, as it is typed."""
    return as_typed("sync", options=("--setup", at.where, *options))
