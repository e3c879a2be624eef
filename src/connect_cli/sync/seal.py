"""How the files in a sync folder are written and read: in plain text, or encrypted with age."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from connect_cli import files
from connect_cli.errors import ConnectError
from connect_cli.safety.age import Locker

AT_ONCE = 2**20
LARGEST = files.LONGEST_LINE
"""Bytes of a file that is read whole, at most."""


class Seal:
    """Files in plain text, or encrypted for the machines that have the key.

    identity: the secret age key; empty for plain text. ending: of the names of files.
    """

    def __init__(self, identity: str) -> None:
        self._locker = Locker(identity) if identity else None
        self.ending = ".age" if identity else ".jsonl"

    def write(self, parts: Iterable[bytes], into: BinaryIO) -> None:
        """Write the parts of a content."""
        if self._locker is None:
            into.writelines(parts)
        else:
            self._locker.encrypted(parts, into)

    def lines(self, stream: BinaryIO) -> Iterator[bytes]:
        """The lines of a content. Raises ConnectError if this key does not open it."""
        return files.lines_of(stream) if self._locker is None else self._locker.decrypted(stream)

    def content(self, file: Path) -> bytes:
        """A small file whole. Raises ConnectError if it cannot be read, or is not small."""
        found = b""
        with files.opened_to_read(file) as stream:
            for line in self.lines(stream):
                found += line
                if len(found) > LARGEST:
                    raise ConnectError(f"{file} is longer than {LARGEST // 2**20} MB")
        return found


def digest(file: Path) -> str:
    """The hash of a file as it lies there. Raises ConnectError if it cannot be read."""
    with files.opened_to_read(file) as stream:
        return digest_of(stream)


def digest_of(stream: BinaryIO) -> str:
    """The hash of a file that is open, from its beginning."""
    stream.flush()
    stream.seek(0)
    found = hashlib.sha256()
    while some := stream.read(AT_ONCE):
        found.update(some)
    return found.hexdigest()
