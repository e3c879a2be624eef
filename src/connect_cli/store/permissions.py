"""File permissions of a journal: what keeps somebody from reading or writing it, and mending it.

How it works. `obstacles` looks at the folder, the journal's file and SQLite's files beside it, and
yields what keeps somebody from reading, then what keeps them from writing. The error of a command
(`refusal`) is about the first of these; the doctor's `findings` are about all.

`mend` removes those that `doctor --fix` can. It gives the owner of a file or folder the rights that
its mode lacks. A file beside the journal that another user left there is replaced (`take_over`),
but only if its content can be copied or rebuilt, and while nobody has the journal open. What is
meant to be so, such as a read-only disk or a journal of somebody else that can be read, is only
noted.
"""

import fcntl
import os
import pwd
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from connect_cli import files
from connect_cli.errors import JournalTrouble, as_typed, shell_word
from connect_cli.reports import READ_ONLY, Finding, by_fix
from connect_cli.store import copies, read_only

_ROUNDS = 2  # files in a folder are visible only once the folder is open
_WHAT_IT_MEANS = {
    True: "The journal can be read, but nothing new can be saved.",
    False: "Without it the newest interactions are missing, so nothing is shown.",
}

_SHARED_FIRST, _SHARED_BYTES = 0x40000002, 510
"""The bytes that SQLite locks in a journal's file for as long as it has the file open, in
write-ahead mode (https://www.sqlite.org/src/file/src/os.h, SHARED_FIRST and SHARED_SIZE)."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A file or a folder that keeps somebody from reading or writing the journal.

    why: a clause that says so. hint: what to do. by_fix: `doctor --fix` does it. reads: the journal
    can still be read. meant: somebody else or the disk is meant to be so.
    """

    at: Path
    why: str
    hint: str
    by_fix: bool = False
    reads: bool = True
    meant: bool = False


def refusal(path: Path) -> JournalTrouble | None:
    """The error about the first obstacle; None if there is none."""
    for one in obstacles(path):
        what = "written" if one.reads else "read"
        return JournalTrouble(f"the journal {path} cannot be {what}: {one.why}", one.hint)
    return None


def findings(path: Path) -> Iterator[Finding]:
    """The doctor's findings about the obstacles."""
    for one in obstacles(path):
        yield Finding(
            READ_ONLY,
            f"the journal cannot be {'written' if one.reads else 'read'}: {one.why}",
            _WHAT_IT_MEANS[one.reads],
            by_fix("mends it") if one.by_fix else f"{one.hint[:1].upper()}{one.hint[1:]}.",
            note=one.meant,
        )


def mend(path: Path) -> None:
    """Remove the obstacles that `doctor --fix` can, before SQLite opens anything."""
    for _ in range(_ROUNDS):
        for one in [each for each in obstacles(path) if each.by_fix]:
            give_back_rights(one.at, files.real(path))
    if beside := [each.at for each in obstacles(path) if each.at in _companions(path)]:
        take_over(files.real(path), beside)


def can_change(at: Path) -> bool:
    """Whether this user can change the mode of a file or a folder."""
    return at.stat().st_uid == os.geteuid() or (os.geteuid() == 0 and os.access(at, os.W_OK))


def obstacles(path: Path) -> Iterator[Obstacle]:
    """All obstacles, those to reading first."""
    file = files.real(path)
    folder = next(each for each in file.parents if os.path.exists(each))  # noqa: PTH110  # which does not raise
    if not os.access(folder, os.X_OK):
        name = f"its folder {folder}" if folder == file.parent else f"the folder {folder}"
        yield _kept_from(folder, name, "you may not look into it", reads=False)
    elif not file.exists():
        yield from _to_make(folder)
    else:
        yield from _to_read(file)
        if read_only.is_on_read_only_disk(file):
            yield Obstacle(file, "it lies on a read-only file system", _own_copy(), meant=True)
        else:
            yield from _to_write(file)


def _to_make(there: Path) -> Iterator[Obstacle]:
    """What keeps a journal from being created; until then it reads as an empty one."""
    if read_only.is_on_read_only_disk(there):
        why = f"{there} lies on a read-only file system"
    elif not os.access(there, os.W_OK):
        why = _because(there, str(there), "you may not write in it")
    else:
        return
    yield Obstacle(there, why, "name another place with --journal FILE", meant=True)


def _to_read(file: Path) -> Iterator[Obstacle]:
    if not os.access(file, os.R_OK):
        yield _kept_from(file, "its file", "you may not read it", reads=False)
    for last in read_only.unwritten(file):
        if not os.access(last, os.R_OK):
            name = f"{last.name}, which holds what was written last,"
            yield _beside(last, file, name, "you may not read it", reads=False)


def _to_write(file: Path) -> Iterator[Obstacle]:
    if not os.access(file, os.W_OK):
        yield _kept_from(file, "its file", "you may only read it")
    ready = all(files.beside(file, ending).exists() for ending in ("-wal", "-shm"))
    if not (ready or os.access(file.parent, os.W_OK)):
        yield _kept_from(file.parent, f"its folder {file.parent}", "you may not write in it")
    for each in _companions(file):
        with suppress(FileNotFoundError):  # another command has removed it meanwhile
            if may := _shut_out(each, file):
                yield _beside(each, file, f"{each.name} beside it", may)


def _shut_out(each: Path, file: Path) -> str:
    """A clause that says who cannot write a file beside the journal; empty if all can."""
    found, last = each.stat(), each in read_only.unwritten(file)
    if not os.access(each, os.R_OK | os.W_OK):
        return "" if last and not os.access(each, os.R_OK) else "you may not write to it"
    of_another = found.st_uid != file.stat().st_uid and not found.st_mode & 0o066
    return "the owner of the journal may not write to it" if of_another else ""


def _by_doctor() -> str:
    return f"make it usable again: {as_typed('doctor')} --fix"


def _own_copy() -> str:
    copy = f"take a copy of your own ({as_typed('backup')} FILE)"
    return f"to write, {copy} and name it with --journal"


def _kept_from(at: Path, name: str, may: str, *, reads: bool = True) -> Obstacle:
    """The obstacle of a file or folder whose mode its owner can change."""
    own, why = _is_own(at), _because(at, name, may)
    if own and not _would_help(at):
        return Obstacle(
            at, why, f"see what the system keeps it by: lsattr -d {shell_word(str(at))}"
        )
    hint = (
        _by_doctor() if own else _own_copy() if reads else "ask its owner for the right to read it"
    )
    return Obstacle(at, why, hint, own, reads, meant=reads and not own)


def _would_help(at: Path) -> bool:
    """Whether the mode lacks a right that the owner can add."""
    found = at.stat().st_mode
    wanted = whole_mode(found)
    return found & wanted != wanted


def _beside(each: Path, file: Path, name: str, may: str, *, reads: bool = True) -> Obstacle:
    """The obstacle of a file beside the journal that another user left there."""
    owner, by_fix = file.stat(), can_take_over(each, file)
    command = f"sudo chown {owner.st_uid}:{owner.st_gid} {shell_word(str(each))}"
    hint = _by_doctor() if by_fix else f"give it to the owner of the journal: {command}"
    meant = reads and each.stat().st_uid == owner.st_uid != os.geteuid()
    return Obstacle(each, _because(each, name, may), hint, by_fix, reads, meant)


def _because(at: Path, name: str, may: str) -> str:
    """A clause that names the owner of a file, or its mode if this user owns it."""
    found = at.stat()
    if found.st_uid != os.geteuid():
        return f"{name} belongs to {_name(found.st_uid)}, and {may}"
    return f"the mode of {name} is {stat.S_IMODE(found.st_mode):04o}, and {may}"


def _companions(path: Path) -> list[Path]:
    return copies.own_files(path)[1:]


def _is_own(at: Path) -> bool:
    return at.stat().st_uid == os.geteuid()


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"


def give_back_rights(at: Path, file: Path) -> None:
    """Let the journal's owner read and write a file or a folder, as far as this user may."""
    found = at.stat()
    with suppress(PermissionError):
        at.chmod(stat.S_IMODE(found.st_mode) | whole_mode(found.st_mode))
    if at != file.parent and found.st_uid != (owner := file.stat()).st_uid:
        with suppress(PermissionError):  # only root may do this
            os.chown(at, owner.st_uid, owner.st_gid)


def whole_mode(mode: int) -> int:
    """The rights that the owner of a file or a folder needs. mode: the present one."""
    return 0o700 if stat.S_ISDIR(mode) else 0o600


def can_take_over(each: Path, file: Path) -> bool:
    """Whether a file beside the journal can be given to the journal's owner without loss."""
    if each.stat().st_uid == file.stat().st_uid == os.geteuid():
        return True
    if os.geteuid() == 0 and os.access(each, os.R_OK | os.W_OK):
        return True
    replaceable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    return replaceable and _loses_nothing(each)


def _loses_nothing(each: Path) -> bool:
    """Whether SQLite can rebuild the file (-shm), it is empty, or it can be read and copied."""
    return each.name.endswith("-shm") or not each.stat().st_size or os.access(each, os.R_OK)


def take_over(file: Path, beside: Sequence[Path]) -> None:
    """Replace files beside the journal that another user left there by one's own.

    Does nothing while anybody has the journal open, or if one of them cannot be read.
    """
    if not all(can_take_over(each, file) for each in beside):
        return
    with _alone(file) as alone:
        for each in beside if alone else ():
            with suppress(PermissionError):  # a sticky folder: nobody removes another's files
                _replace(each)


def _replace(each: Path) -> None:
    if each.name.endswith("-shm") or not each.stat().st_size:
        each.unlink()
    else:
        files.write_whole(each, each)


@contextmanager
def _alone(file: Path) -> Iterator[bool]:
    """Lock the journal as SQLite does when it is the only one; yields whether that worked."""
    try:
        handle = os.open(file, os.O_RDWR)
    except PermissionError:
        yield False
        return
    try:
        yield _is_locked(handle)
    finally:
        os.close(handle)


def _is_locked(handle: int) -> bool:
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED_FIRST)
    except (BlockingIOError, PermissionError):
        return False
    return True
