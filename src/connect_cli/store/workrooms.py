"""Private folders to work in, held while somebody does: what is held by nobody was left behind."""

import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def workroom(journal: Path) -> Iterator[Path]:
    """A private folder to work in, beside the journal when that has a place already."""
    file = Path(os.path.realpath(journal))
    place = file.parent if file.parent.is_dir() else None
    while True:
        with tempfile.TemporaryDirectory(".new", f".{file.name}.", place) as folder:
            if (handle := _held(folder)) is not None:
                try:
                    yield Path(folder)
                finally:
                    os.close(handle)
                return


def _held(folder: str) -> int | None:
    """A handle that holds a new folder; None: another process took it for abandoned before."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    locked(handle, wait=True)
    if Path(folder).is_dir():
        return handle
    os.close(handle)
    return None


def clear(journal: Path) -> None:
    """Remove those that a process left behind when it was killed."""
    for folder in abandoned(journal):
        with suppress(OSError):
            remove(folder)


def remove(left: Path) -> None:
    """Remove a file or a folder that nobody uses. Raises OSError."""
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def abandoned(journal: Path) -> Iterator[Path]:
    """The folders that a process left behind when it was killed: nobody works in them."""
    file = Path(os.path.realpath(journal))
    for folder in file.parent.glob(f".{glob.escape(file.name)}.*.new"):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                if locked(handle, wait=False):
                    yield folder
            finally:
                os.close(handle)


def locked(handle: int, *, wait: bool) -> bool:
    """Hold a file or a folder, if it can be held now or somebody may wait for it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
