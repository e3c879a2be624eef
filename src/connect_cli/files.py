"""The only place that writes a file: it is there whole, or as it was before; private to its owner.

A file is written beside its place under a name of its own (`.NAME.….new`), brought to the disk, and
only then given its name. A command that is killed meanwhile leaves that one file, which nothing
reads, and the next one to hold the folder removes it.

A prompt loads this file, so it does without pathlib.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from connect_cli.errors import ConnectError

if TYPE_CHECKING:
    from pathlib import Path


def write(
    target: "Path",
    parts: Iterable[bytes],
    like: os.stat_result | None = None,
    at_last: Callable[[], None] = lambda: None,
) -> None:
    """Write a file part by part, in the place of what is there.

    like: whose owner and mode it gets, as far as that is allowed. at_last: done when all is written
    and only the change of names is left. Raises OSError.
    """
    with new_file(target) as new:
        with new.open("wb") as file:
            file.writelines(parts)
            if like is not None:
                _make_alike(file.fileno(), like)
        synchronise(new)
        at_last()
        settle(new, target)


@contextmanager
def new_file(target: "Path") -> Iterator["Path"]:
    """An empty private file beside its target, gone afterwards unless it took its place."""
    new = target.with_name(f".{target.name}.{os.urandom(6).hex()}.new")
    make_private(new)
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


def make_private(path: "Path") -> None:
    """Make an empty file that only its owner may look into: what is written comes after."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_folder(path: "Path") -> None:
    """Make a directory, and those above it that are missing, for the owner alone."""
    for each in reversed((path, *path.parents)):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)


def settle(new: "Path", target: "Path") -> None:
    """Put a finished file in its place, durably."""
    new.replace(target)
    synchronise(target.parent)


def synchronise(path: "Path") -> None:
    """Wait until a file, or the names in a directory, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_alike(handle: int, like: os.stat_result) -> None:
    with suppress(PermissionError):
        os.fchown(handle, like.st_uid, like.st_gid)
    os.fchmod(handle, like.st_mode & 0o7777)


_CHUNK_BYTES = 2**20


def real(path: "Path") -> "Path":
    """The file that a path leads to, whether or not it is there."""
    return type(path)(os.path.realpath(path))


def write_whole(
    target: "Path", content: "Path | bytes", at_last: Callable[[], None] = lambda: None
) -> None:
    """Write a private file that is there whole, or as it was before.

    at_last: done when all is written and only the change of names is left.
    """
    if isinstance(content, bytes):
        write(target, [content], at_last=at_last)
    else:
        with content.open("rb") as stream:
            write(target, iter(partial(stream.read, _CHUNK_BYTES), b""), at_last=at_last)


def beside(file: "Path", ending: str) -> "Path":
    return file.with_name(file.name + ending)


@contextmanager
def opened_to_read(file: "Path") -> Iterator[BinaryIO]:
    """A file to read. Raises ConnectError when that cannot be."""
    try:
        with file.open("rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise ConnectError(f"{file} is no file", "write it to a file first")
            yield stream
    except OSError as error:
        raise ConnectError(f"cannot read {file}: {error.strerror or error}") from error


def check_steady(file: "Path", stream: BinaryIO) -> None:
    """Raise ConnectError when a file is not the one that was opened, or not as long any more."""
    read_one, there = os.fstat(stream.fileno()), file.stat()
    if (read_one.st_ino, stream.tell()) != (there.st_ino, there.st_size):
        raise ConnectError(f"{file} changed while it was read", "try again")
