"""Giving the files of a journal back to whoever owns it, without losing what stands in them."""

import fcntl
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from connect_cli import files

_SHARED_FIRST, _SHARED_BYTES = 0x40000002, 510
"""The bytes that SQLite locks in a journal's file for as long as it has the file open, in
write-ahead mode (https://www.sqlite.org/src/file/src/os.h, SHARED_FIRST and SHARED_SIZE)."""


def give_back_rights(at: Path, file: Path) -> None:
    """Let the owner of a journal read and write one of its files, or its folder, where one may."""
    found = at.stat()
    with suppress(PermissionError):
        at.chmod(stat.S_IMODE(found.st_mode) | whole_mode(found.st_mode))
    if at != file.parent and found.st_uid != (owner := file.stat()).st_uid:
        with suppress(PermissionError):  # which only root may do
            os.chown(at, owner.st_uid, owner.st_gid)


def whole_mode(mode: int) -> int:
    """What the owner of a file or a folder needs. mode: that it has."""
    return 0o700 if stat.S_ISDIR(mode) else 0o600


def can_take_over(each: Path, file: Path) -> bool:
    """Whether one of the files beside a journal can be brought to its owner without a loss."""
    if each.stat().st_uid == file.stat().st_uid == os.geteuid():
        return True
    if os.geteuid() == 0 and os.access(each, os.R_OK | os.W_OK):
        return True
    replaceable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    return replaceable and _loses_nothing(each)


def _loses_nothing(each: Path) -> bool:
    """Whether SQLite makes it anew from the others (-shm), it is empty, or it can be read."""
    return each.name.endswith("-shm") or not each.stat().st_size or os.access(each, os.R_OK)


def take_over(file: Path, beside: Sequence[Path]) -> None:
    """Put files of one's own in the place of those beside a journal that another user left there.

    Nothing is done while anybody has the journal open, or when one of them cannot be read.
    """
    if not all(can_take_over(each, file) for each in beside):
        return
    with _alone(file) as alone:
        for each in beside if alone else ():
            with suppress(PermissionError):  # in a folder where nobody removes another's files
                _replace(each)


def _replace(each: Path) -> None:
    if each.name.endswith("-shm") or not each.stat().st_size:
        each.unlink()
    else:
        files.write_whole(each, each)


@contextmanager
def _alone(file: Path) -> Iterator[bool]:
    """Hold the lock for which SQLite waits until nobody else has the file open."""
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
