"""Private folders to work in, a journal that is begun in one, and ending in order on a signal."""

import fcntl
import glob
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from connect_cli import files
from connect_cli.errors import ConnectError


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


_STOPPING = (signal.SIGHUP, signal.SIGTERM)
"""What ends the program when its terminal closes or the system stops."""


@contextmanager
def stopped_in_order() -> Iterator[None]:
    """Be stopped as by Ctrl-C, so that what is open is put away.

    What is ignored (`nohup`) stays ignored. Signals are told to the main thread alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = [each for each in _STOPPING if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, _stop) for each in heard}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def link_new(new: Path, path: Path) -> None:
    """Make a database beside `path` the journal there, where none is yet.

    Raises ConnectError when another command has begun one meanwhile.
    """
    try:
        os.link(new, path)
    except FileExistsError as error:
        raise ConnectError("another command began the journal meanwhile", "try again") from error
    files.synchronise(path.parent)
