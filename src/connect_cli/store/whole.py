"""Files for other programs: there whole, or as they were before; private to their owner."""

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from connect_cli.control import shown_lines
from connect_cli.errors import ConnectError


def write(path: Path, parts: Iterable[bytes], like: os.stat_result | None = None) -> None:
    """Write a file part by part and put it in its place once it is finished.

    like: the file that stands there, whose owner and mode it keeps, and which must not have changed
    since. What is no ordinary file (`/dev/stdout`, a pipe) is written into; a terminal is shown
    what it would obey. Raises ConnectError.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(map(_readable, parts) if stream.isatty() else parts)
        else:
            _write_beside(Path(os.path.realpath(path)), parts, like)
    except OSError as error:
        raise ConnectError(f"cannot write {path}: {error.strerror or error}") from error


def make_folder(path: Path) -> None:
    """Make a folder, private to its owner, unless it is there. Raises ConnectError."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConnectError(f"cannot write {path}: {error.strerror or error}") from error


def _readable(part: bytes) -> bytes:
    return shown_lines(part.decode("utf-8")).encode("utf-8")


def _write_beside(target: Path, parts: Iterable[bytes], like: os.stat_result | None) -> None:
    new = target.with_name(f".{target.name}.{secrets.token_hex(6)}.new")
    try:
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.writelines(parts)
            file.flush()
            if like is not None:
                _make_alike(file.fileno(), like)
            os.fsync(file.fileno())
        if like is not None and _identity(target.stat()) != _identity(like):
            raise ConnectError("it changed while it was read")
        new.replace(target)
        _synchronise(target.parent)
    finally:
        new.unlink(missing_ok=True)


def _make_alike(handle: int, like: os.stat_result) -> None:
    """Give a file the owner and mode of another, as far as that is allowed."""
    with suppress(PermissionError):
        os.fchown(handle, like.st_uid, like.st_gid)
    os.fchmod(handle, stat.S_IMODE(like.st_mode))


def _identity(one: os.stat_result) -> tuple[int, ...]:
    return one.st_ino, one.st_size, one.st_mtime_ns


def _synchronise(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
