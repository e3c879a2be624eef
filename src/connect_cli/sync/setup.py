"""Set a sync folder up: a new one, or one in which other machines meet already.

How it works. A folder with a marker belongs to the journal whose id it holds; one without must hold
nothing else. The first machine makes the id and the marker. A further one with an empty journal
joins by itself; one whose journal has people of its own, and has never met this one, joins only if
somebody says so, because then both become one.

A Git repository is carried by way of a folder of connect's own beside the journal (git.py).
"""

from collections.abc import Callable
from contextlib import suppress

from connect_cli import files
from connect_cli.errors import ConnectError, NotUnderstood
from connect_cli.journal.journal import Journal
from connect_cli.safety import age
from connect_cli.safety.synced_folders import program_of
from connect_cli.store import machines
from connect_cli.store.machines import Mine
from connect_cli.store.schema import new_id
from connect_cli.sync.folder import KEY, Folder, Marker, each_other
from connect_cli.sync.meeting_place import Place, readable, set_up
from connect_cli.sync.seal import Seal

PEERS = ("Syncthing",)
"""Programs that bring a folder from machine to machine without keeping it anywhere else."""


def check(journal: Journal, at: Place) -> Marker | None:
    """What is in a folder that is to be set up: its marker, or None for a new one.

    Raises ConnectError if it holds something else, or the journal itself.
    """
    if at.path.exists() and not at.path.is_dir():
        raise ConnectError(f"{at.path} is no folder", "name an empty one, or a new one")
    path = files.real(journal.context.path)
    if at.carrier is None and path.is_relative_to(at.path):
        raise ConnectError(f"the journal lies in {at.path}", "let it be a folder of its own")
    if not at.path.is_dir():
        return None
    folder = Folder(at.path)
    if (marker := folder.marker()) is None and (found := folder.strangers()):
        more = "" if len(found) == 1 else f" and {len(found) - 1} more"
        raise ConnectError(
            f"{at.path} holds something else: {found[0]}{more}", "name an empty folder"
        )
    return marker


def check_meets(journal: Journal, marker: Marker, at: Place, *, join: bool) -> None:
    """Raise ConnectError if this journal and the one in the folder have never met.

    join: somebody said that both are to become one.
    """
    if not join and is_another(journal, marker):
        raise ConnectError(
            f"the journal in {at.where} and this one have never met",
            "to make one of both on every machine, with the people and conversations of each:"
            f" {set_up(at, '--join')}",
        )


def is_another(journal: Journal, marker: Marker) -> bool:
    """Whether this journal holds something, and has never met the one in the folder."""
    mine = machines.mine(journal.connection)
    if mine is None:
        return bool(machines.newest_change(journal.connection))
    return mine.journal_id != marker.journal_id


def seal_needed(journal: Journal, at: Place, *, encrypt: bool, plain: bool) -> bool:
    """Whether the files of a new folder are to be encrypted. Raises NotUnderstood."""
    if plain and encrypt:
        raise NotUnderstood("--plain and --encrypt contradict each other", "say one of them")
    if journal.is_encrypted:
        if plain:
            raise NotUnderstood(
                "the journal is encrypted, so what lies in the folder is too", "leave out --plain"
            )
        return True
    if not (plain or encrypt) and (why := _why_to_choose(journal, at)):
        raise NotUnderstood(
            why, f"encrypt it: {set_up(at, '--encrypt')}; or let it be readable: --plain"
        )
    return encrypt


def _why_to_choose(journal: Journal, at: Place) -> str:
    """Why nothing is given in plain text before somebody says so; empty if there is no reason."""
    if (program := program_of_place(at)) is not None:
        return f"{program} keeps what lies in {at.where} on other computers"
    mine = machines.mine(journal.connection)
    return "this journal met the others encrypted" if mine is not None and mine.key else ""


def check_seal(marker: Marker, at: Place, *, encrypt: bool, plain: bool) -> None:
    """Raise NotUnderstood if a folder that was set up before is not what somebody asks for."""
    if encrypt and not marker.encrypted:
        raise NotUnderstood(
            f"what lies in {at.where} is in plain text already",
            "let all machines meet in another folder, with --encrypt; then remove this one",
        )
    if plain and marker.encrypted:
        raise NotUnderstood(f"what lies in {at.where} is encrypted", "leave out --plain")


def start(
    at: Place, passphrase: Callable[[], str] | None, mine: Mine | None = None
) -> tuple[Marker, str]:
    """Make a new sync folder: its marker and, for an encrypted one, the secret key.

    passphrase: for the copy of the key in the folder; None for plain text. mine: this machine, if
    its journal met others in another folder before; it stays the same journal, with the same key.
    """
    identity, wrapped = "", b""
    if passphrase is not None:
        age.check_installed()
        identity = (mine.key if mine else "") or age.new_identity()
        wrapped = age.encrypt_by(passphrase())(identity.encode())
    with files.reporting("write", at.path):
        files.make_folder(at.path)
        if wrapped:
            files.write_whole(at.path / KEY, wrapped)
    marker = Marker(new_id() if mine is None else mine.journal_id, bool(identity))
    Folder(at.path).mark(marker)
    return marker, identity


def key_for(
    journal: Journal, marker: Marker, at: Place, passphrase: Callable[[], str], *, plain: bool
) -> str:
    """The secret key of a folder that others have made; empty for plain text.

    plain: somebody said that it may be readable. Whoever can write in an encrypted folder could say
    that it is plain: then nothing is given unless somebody says so.
    """
    mine = machines.mine(journal.connection)
    if not marker.encrypted:
        if journal.is_encrypted:
            raise readable(at)
        if mine is not None and mine.key and not plain:
            raise ConnectError(
                f"{at.where} is in plain text, and this journal met the others encrypted",
                f"if everything may be readable there from now on: {set_up(at, '--plain')}",
            )
        return ""
    if mine is not None and mine.journal_id == marker.journal_id and _opens(mine, at):
        return mine.key
    return _key_of(at, passphrase)


def _opens(mine: Mine, at: Place) -> bool:
    """Whether the key that this machine has opens what the others gave: each may have made one."""
    if not mine.key:
        return False
    folder = Folder(at.path, Seal(mine.key))
    with suppress(ConnectError):
        return all(folder.state(each) is not None for each in each_other(folder, mine.machine_id))
    return False


def _key_of(at: Place, passphrase: Callable[[], str]) -> str:
    """The secret key of an encrypted folder. Raises ConnectError."""
    age.check_installed()
    file = at.path / KEY
    if not file.is_file():
        raise ConnectError(
            f"{file} is not there", "wait until it is carried here, or copy it there"
        )
    key = age.decrypt(Seal("").content(file), passphrase, None).decode(errors="replace")
    age.Locker(key)  # or the journal would keep what opens nothing
    return key


def adopt(journal: Journal, marker: Marker, key: str) -> None:
    """Make this journal one that meets others in a folder."""
    before = machines.mine(journal.connection)
    if before is not None and before.journal_id == marker.journal_id:
        now = before._replace(key=key)
    else:
        now = Mine(marker.journal_id, new_id(), key=key)
    with journal.transaction() as transaction:
        transaction.keep()
        if before is not None and before.journal_id != marker.journal_id:
            machines.forget_others(journal.connection)
        machines.keep_mine(journal.connection, now)


def program_of_place(at: Place) -> str | None:
    """The program that keeps what lies there on other computers; None if none is known."""
    if at.carrier is not None:
        return "Git"
    folders = (at.path, *at.path.parents)
    found = next(filter(None, map(program_of, folders)), None)
    return None if found in PEERS else found
