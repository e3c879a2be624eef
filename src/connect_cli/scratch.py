"""Private work folders beside the journal, and cleaning them up, also after a signal or a crash."""

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

_STOPPING = (signal.SIGHUP, signal.SIGTERM)
"""The signals sent when the terminal closes or the system shuts down."""


@contextmanager
def workroom(journal: Path) -> Iterator[Path]:
    """A private folder to work in, beside the journal if the journal's folder exists."""
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
    """A handle that locks a new folder; None if another process removed it as abandoned."""
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
    """Remove the work folders that killed processes left behind."""
    for folder in abandoned(journal):
        with suppress(OSError):
            remove(folder)


def remove(left: Path) -> None:
    """Remove a file or a folder. Raises OSError."""
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def left_over(journal: Path) -> Iterator[Path]:
    """Files and work folders beside the journal that are in use, or that a killed process left."""
    file = Path(os.path.realpath(journal))
    return file.parent.glob(f".{glob.escape(file.name)}.*.new")


def abandoned(journal: Path) -> Iterator[Path]:
    """The work folders that killed processes left behind: nobody holds their lock."""
    for folder in left_over(journal):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                if locked(handle, wait=False):
                    yield folder
            finally:
                os.close(handle)


def locked(handle: int, *, wait: bool) -> bool:
    """Lock a file or a folder; returns False if it is locked and `wait` is not set."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


@contextmanager
def stopped_in_order() -> Iterator[None]:
    """Turn these signals into SystemExit, so that files and folders are cleaned up.

    A signal that is ignored (`nohup`) stays ignored. Only the main thread can receive signals.
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
