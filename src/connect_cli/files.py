"""Write files atomically and privately; the only place that replaces a file.

A file is written beside its target under another name (`.NAME.….new`), synchronised to the disk,
and then renamed. A command that is killed meanwhile leaves that one file, which nothing reads. In
the folder of copies the next command removes it; beside the journal `connect doctor --fix` does.
Elsewhere the next command that writes to the same place does (`clear_unfinished`): `write` holds a
lock on its file, which the system gives up when the process ends; and so does whoever clears the
work folder that notes the file (`noted`, scratch.py).

A prompt loads this file, so it imports no pathlib.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Literal

from connect_cli.errors import ConnectError

if TYPE_CHECKING:
    from pathlib import Path


LONGEST_LINE = 4 * 2**20
"""Bytes of a line that are read, at most."""
_CHUNK_BYTES = 2**20
_UNFINISHED, _RANDOM_BYTES = ".new", 6


class NoFolder(OSError):
    """A folder cannot be used. why: what to say of it, after its name."""

    def __init__(self, folder: "Path", why: str) -> None:
        super().__init__(errno.ENOTDIR, f"{folder} {why}")


def write(
    target: "Path",
    parts: Iterable[bytes],
    like: os.stat_result | None = None,
    at_last: Callable[[], None] = lambda: None,
) -> None:
    """Write a file in parts and replace the target.

    like: the owner and mode to give it, as far as this user may. at_last: called when everything is
    written and only the rename is left. Raises OSError.
    """
    with placed(target, at_last) as file:
        file.writelines(parts)
        if like is not None:
            _make_alike(file.fileno(), like)


@contextmanager
def placed(target: "Path", at_last: Callable[[], None] = lambda: None) -> Iterator[BinaryIO]:
    """An open file to write, which replaces the target once the block is done.

    at_last: called when everything is written and only the rename is left. Raises OSError.
    """
    with _held_file(target) as (new, file):
        yield file
        file.flush()
        os.fsync(file.fileno())
        at_last()
        settle(new, target)


@contextmanager
def _held_file(target: "Path") -> Iterator[tuple["Path", BinaryIO]]:
    """A new file, open to write, with a lock; made again if it was cleared before it was locked."""
    while True:
        with new_file(target) as new:
            try:
                file = new.open("r+b")
            except FileNotFoundError:
                continue
            with file:
                with suppress(OSError):  # a disk that knows no locks
                    locked(file.fileno(), wait=True)
                if os.fstat(file.fileno()).st_nlink:
                    yield new, file
                    return


def locked(handle: int, *, wait: bool) -> bool:
    """Lock a file or a folder; False if it is locked and `wait` is not set. Raises OSError."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def clear_unfinished(folder: "Path", ending: str) -> None:
    """Remove what killed processes left in a folder of the files that they were writing there.

    ending: of the names of those files. What another process is writing stays.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _target_of(entry.name).endswith(ending):
                with suppress(OSError):
                    _remove_unheld(entry.path)


def _target_of(name: str) -> str:
    """The name that an unfinished file was to get; empty for any other file."""
    target, _, number = name.removesuffix(_UNFINISHED).rpartition(".")
    ours = len(number) == 2 * _RANDOM_BYTES and not number.strip("0123456789abcdef")
    return target[1:] if ours and name[0] == "." and name.endswith(_UNFINISHED) else ""


def is_unfinished(name: str) -> bool:
    """Whether a file has the name of an unfinished one."""
    return _target_of(name) != ""


def _remove_unheld(name: str) -> None:
    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        found = os.fstat(handle)
        ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
        if ours and locked(handle, wait=False):
            os.unlink(name)  # noqa: PTH108  # see above: no pathlib
    finally:
        os.close(handle)


_note: ContextVar["Callable[[Path], None] | None"] = ContextVar("note", default=None)


@contextmanager
def noted(note: "Callable[[Path], None]") -> Iterator[None]:
    """Call `note` with the name of each unfinished file, or work folder, that is made meanwhile."""
    before = _note.set(note)
    try:
        yield
    finally:
        _note.reset(before)


def tell_of(new: "Path") -> None:
    """Note an unfinished file before it is made, or a work folder, if somebody wants to know."""
    if (note := _note.get()) is not None:
        note(new)


@contextmanager
def new_file(target: "Path") -> Iterator["Path"]:
    """An empty private file beside its target; removed at the end unless it was renamed."""
    new = target.with_name(f".{target.name}.{os.urandom(_RANDOM_BYTES).hex()}{_UNFINISHED}")
    tell_of(new)
    make_private(new)
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


def make_private(path: "Path") -> None:
    """Create an empty file that only its owner can read, before anything is written to it."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_folder(path: "Path") -> None:
    """Create a directory and its missing parents, readable by the owner alone."""
    for each in reversed((path, *path.parents)):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)


def settle(new: "Path", target: "Path") -> None:
    """Rename a finished file to its target, durably."""
    new.replace(target)
    synchronise(target.parent)


def link(new: "Path", target: "Path") -> None:
    """Give a finished file its name, durably. Raises FileExistsError if the name is taken."""
    os.link(new, target)
    synchronise(target.parent)


def synchronise(path: "Path") -> None:
    """Wait until a file, or a directory's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_alike(handle: int, like: os.stat_result) -> None:
    with suppress(PermissionError):
        os.fchown(handle, like.st_uid, like.st_gid)
    os.fchmod(handle, like.st_mode & 0o7777)


def real(path: "Path") -> "Path":
    """A path with its links resolved, whether or not the file exists."""
    return type(path)(os.path.realpath(path))


def write_whole(
    target: "Path", content: "Path | bytes", at_last: Callable[[], None] = lambda: None
) -> None:
    """Write a private file atomically, from bytes or from another file.

    at_last: called when everything is written and only the rename is left.
    """
    if isinstance(content, bytes):
        write(target, [content], at_last=at_last)
    else:
        with content.open("rb") as stream:
            write(target, iter(partial(stream.read, _CHUNK_BYTES), b""), at_last=at_last)


def beside(file: "Path", ending: str) -> "Path":
    """The file of this name with an ending added: `journal.db-wal`."""
    return file.with_name(file.name + ending)


@contextmanager
def reporting(verb: Literal["read", "write"], file: "Path | str") -> Iterator[None]:
    """Turn an OSError into a ConnectError that says which file cannot be read or written, and why.

    file: its path, or a few words that hold it.
    """
    try:
        yield
    except OSError as error:
        raise ConnectError(f"cannot {verb} {file}: {error.strerror or error}") from error


@contextmanager
def opened_to_read(file: "Path") -> Iterator[BinaryIO]:
    """An open file to read. Raises ConnectError if it cannot be read."""
    with reporting("read", file), open(file, "rb", opener=_without_waiting) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ConnectError(f"{file} is not a regular file", "write it to a file first")
        yield stream


def _without_waiting(name: str, flags: int) -> int:
    """Open a file; a pipe too, even if nobody writes to it."""
    return os.open(name, flags | os.O_NONBLOCK)


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; one that is too long is cut just behind the limit."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def check_steady(file: "Path", stream: BinaryIO) -> None:
    """Raise ConnectError if the file was replaced or changed in length since it was opened."""
    read_one, there = os.fstat(stream.fileno()), file.stat()
    if (read_one.st_ino, stream.tell()) != (there.st_ino, there.st_size):
        raise ConnectError(f"{file} changed while it was read", "try again")
