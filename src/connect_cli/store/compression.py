"""Compress and expand copies with gzip; `gunzip` alone turns a copy back into a journal."""

import errno
import gzip
import os
import shutil
import zlib
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from connect_cli.errors import JournalDamaged
from connect_cli.store import signature

ENDING = ".gz"
LEVEL = 2
"""Measured on journals of 26 and 256 MB: a quarter of the size at 120 MB a second. 6, the usual
one, takes 2.4 times as long for a twelfth less."""

_HEADS = (b"\x1f\x8b\x08\0", b"\x1f\x8b\x08\x08")
"""How gzip files begin, without and with a file name in them.

One encrypted copy in two billion begins like that by chance.
"""

_CHUNK_BYTES = 2**20
_PAGE_SIZE, _PAGES = slice(16, 18), slice(28, 32)
"""Where SQLite says how large a database is (https://www.sqlite.org/fileformat.html, 1.3)."""


def is_compressed(file: Path) -> bool:
    """Whether a file is compressed, whatever its name."""
    with file.open("rb", buffering=0) as stream:
        return stream.read(len(_HEADS[0])) in _HEADS


def is_encrypted(file: Path) -> bool:
    """Whether a copy, compressed or not, is that of an encrypted journal."""
    return (
        signature.looks_encrypted(head(file))
        if is_compressed(file)
        else signature.is_encrypted(file)
    )


def head(file: Path) -> bytes:
    """The first bytes of the database in a copy; empty if they cannot be read."""
    if not is_compressed(file):
        with file.open("rb", buffering=0) as stream:
            return stream.read(signature.HEAD_BYTES)
    try:
        with closing(parts(file)) as content:
            return next(content, b"")[: signature.HEAD_BYTES]
    except JournalDamaged:
        return b""


def parts(file: Path) -> Generator[bytes]:
    """The content of a file in parts, expanded if need be. Raises JournalDamaged and OSError."""
    if is_compressed(file):
        yield from _unpacked(file)
        return
    with file.open("rb") as stream:
        while part := stream.read(_CHUNK_BYTES):
            yield part


def _unpacked(file: Path) -> Generator[bytes]:
    try:
        with gzip.open(file, "rb") as unpacked:
            while part := unpacked.read(_CHUNK_BYTES):
                yield part
    except EOFError as error:
        raise JournalDamaged(f"the copy {file} is damaged: its end is missing") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise JournalDamaged(f"the copy {file} is damaged: it cannot be unpacked") from error


def compress(source: Path, target: Path) -> None:
    """Compress a file into another one, and read that back to check it. Raises OSError."""
    with (
        source.open("rb") as content,
        target.open("wb") as stream,
        gzip.GzipFile("", "wb", LEVEL, stream, 0) as packed,
    ):
        shutil.copyfileobj(content, packed, _CHUNK_BYTES)
    try:  # gzip compares the content with its length and checksum
        if sum(map(len, _unpacked(target))) == source.stat().st_size:
            return
    except JournalDamaged:
        pass
    raise OSError(errno.EIO, "a compressed copy could not be read back")


def expand(file: Path, target: Path) -> None:
    """Expand a copy into an empty file.

    Stops when the content is larger than its first page says, or than the free room on the disk.
    Raises JournalDamaged and OSError.
    """
    left = None
    with closing(parts(file)) as content, target.open("wb") as stream:
        for part in content:
            if left is None:
                left = _promised(part, file)
                _check_room(target.parent, left)
            if (left := left - len(part)) < 0:
                raise JournalDamaged(f"the copy {file} is damaged: it holds more than it says")
            stream.write(part)
    if left is None:
        raise JournalDamaged(f"{file} is not a journal")


def _promised(first: bytes, file: Path) -> int:
    """The size of a database by its first page; noise is about as large packed as unpacked."""
    if first.startswith(signature.PLAIN):
        page_size = int.from_bytes(first[_PAGE_SIZE])
        return int.from_bytes(first[_PAGES]) * (2**16 if page_size == 1 else page_size)
    if signature.looks_encrypted(first[: signature.HEAD_BYTES]):
        return 2 * file.stat().st_size
    raise JournalDamaged(f"{file} is not a journal")


def _check_room(folder: Path, wanted: int) -> None:
    if shutil.disk_usage(folder).free < wanted:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
