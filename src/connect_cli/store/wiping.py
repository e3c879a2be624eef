"""Overwriting what was readable, so that its blocks are not, once its name is gone."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_CHUNK_BYTES = 2**20


@contextmanager
def wiped_afterwards(file: Path, *, readable: bool) -> Iterator[None]:
    """Overwrite a file that loses its name, if it was readable, whatever is raised meanwhile.

    It is closed last of all: that would give up SQLite's locks on it.
    """
    handle = os.open(file, os.O_WRONLY)
    try:
        yield
    finally:
        try:
            if readable and not os.fstat(handle).st_nlink:
                _overwrite(handle)
        finally:
            os.close(handle)


def wipe(file: Path) -> None:
    """Overwrite a file and remove it."""
    with wiped_afterwards(file, readable=True):
        file.unlink()


def wipe_away(path: Path) -> None:
    """Remove a file or a folder that nobody uses, each file overwritten as far as that goes."""
    if path.is_dir() and not path.is_symlink():
        for each in path.iterdir():
            wipe_away(each)
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        if path.is_file() and not path.is_symlink():
            wipe(path)
    path.unlink(missing_ok=True)


def _overwrite(handle: int) -> None:
    size = os.fstat(handle).st_size
    for start in range(0, size, _CHUNK_BYTES):
        os.pwrite(handle, bytes(min(_CHUNK_BYTES, size - start)), start)
    os.fsync(handle)
