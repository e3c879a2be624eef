"""Writing export files: whole or not at all, and private to their owner."""

import os
from collections.abc import Iterable
from pathlib import Path

from connect_cli import files
from connect_cli.control_characters import shown_lines
from connect_cli.errors import ConnectError


def write_alone(path: Path, parts: Iterable[bytes]) -> None:
    """The same as `write`, after clearing what a killed command left of this file."""
    target = files.real(path)
    files.clear_unfinished(target.parent, target.name)
    write(path, parts)


def write(path: Path, parts: Iterable[bytes], like: os.stat_result | None = None) -> None:
    """Write a file part by part and put it in its place once it is complete.

    like: the existing file, whose owner and mode are kept and which must not have changed since.
    Anything but an ordinary file (`/dev/stdout`, a pipe) is written into directly; on a terminal,
    control characters are made visible. Raises ConnectError.
    """
    with files.reporting("write", path):
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(map(_readable, parts) if stream.isatty() else parts)
        else:
            _write_beside(files.real(path), parts, like)


def make_folder(path: Path, ending: str) -> None:
    """Make a folder, private to its owner, unless it exists. Raises ConnectError.

    What a killed command left in it of files with this ending is cleared.
    """
    with files.reporting("write", path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.clear_unfinished(path, ending)


def _readable(part: bytes) -> bytes:
    return shown_lines(part.decode("utf-8")).encode("utf-8")


def _write_beside(target: Path, parts: Iterable[bytes], like: os.stat_result | None) -> None:
    def check() -> None:
        if like is not None and _identity(target.stat()) != _identity(like):
            raise ConnectError("it changed while it was read")

    files.write(target, parts, like, check)


def _identity(one: os.stat_result) -> tuple[int, ...]:
    return one.st_ino, one.st_size, one.st_mtime_ns
