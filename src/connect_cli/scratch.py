"""Private work folders beside the journal, and cleaning them up, also after a signal or a crash.

A folder is locked (flock) for as long as the process that made it lives; the lock goes with the
process, however that ends. A folder that nobody has locked was left by a killed process: the next
command that writes removes it (unsaved.py keeps a text that somebody wrote), and so does
`connect doctor --fix`.

What is written elsewhere (an export, a copy on a stick) is unfinished under another name until it
is renamed. A work folder notes those names (`noting`), so that whoever clears the folder removes
the unfinished file too.
"""

import glob
import os
import shutil
import signal
import stat
import tempfile
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import partial
from io import FileIO
from pathlib import Path
from types import FrameType

from connect_cli import files

_STOPPING = (signal.SIGHUP, signal.SIGTERM)
"""The signals sent when the terminal closes or the system shuts down."""


WORK, TEXT = ".new", ".edit"
"""The endings of a folder that a command works in, and of one that holds a text in an editor."""


@contextmanager
def workroom(journal: Path, *, elsewhere: bool = False) -> Iterator[Path]:
    """A private folder to work in, removed at the end; see `_place`. elsewhere: not beside it."""
    place = Path(tempfile.gettempdir()) if elsewhere else _place(journal)
    with _room(journal, place, WORK) as (folder, _):
        yield folder


def text_room(journal: Path) -> AbstractContextManager[tuple[Path, int]]:
    """A private folder for a text in an editor, and its lock.

    The editor inherits the lock: the folder is in use for as long as either of the two runs.
    """
    return _room(journal, _place(journal), TEXT)


@contextmanager
def _room(journal: Path, place: Path, ending: str) -> Iterator[tuple[Path, int]]:
    if place != _folder(journal):
        _clear(_left_in(place, journal))
    while True:
        with _made(place, _prefix(journal, place), ending) as folder:
            if (handle := _held(folder)) is not None:
                try:
                    yield folder, handle
                finally:
                    os.close(handle)
                return


@contextmanager
def _made(place: Path, prefix: str, ending: str) -> Iterator[Path]:
    """A new private folder, removed at the end even if Ctrl-C comes while it is removed."""
    folder = Path(tempfile.mkdtemp(ending, prefix, place))
    files.tell_of(folder)
    try:
        yield folder
    finally:
        try:
            remove(folder)
        except BaseException:
            remove(folder)
            raise


def _place(journal: Path) -> Path:
    """Where the work folders of a journal are: beside it, so that they are found after a crash.

    Only where its folder does not exist or cannot be written, they are in the system's folder for
    temporary files. The next command that works there for this journal clears what was left.
    """
    folder = _folder(journal)
    usable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return folder if usable else Path(tempfile.gettempdir())


def _folder(journal: Path) -> Path:
    return Path(os.path.realpath(journal)).parent


def _prefix(journal: Path, place: Path) -> str:
    """How the names of a journal's work folders begin; far from it they tell it from others."""
    file = Path(os.path.realpath(journal))
    if place == file.parent:
        return f".{file.name}."
    return f".connect-{zlib.crc32(os.fsencode(file)):08x}."


def _held(folder: Path) -> int | None:
    """A handle that locks a new folder; None if another process removed it as abandoned."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    files.locked(handle, wait=True)
    if folder.is_dir():
        return handle
    os.close(handle)
    return None


def clear(journal: Path) -> None:
    """Remove the work folders that killed commands left behind; those of editors stay."""
    _clear(left_over(journal))


def _clear(left: Iterable[Path]) -> None:
    for folder in abandoned(left):
        if folder.suffix == WORK:
            with suppress(OSError):
                remove(folder)


_NOTE = "elsewhere"


@contextmanager
def noting(journal: Path) -> Iterator[None]:
    """Note what is unfinished elsewhere meanwhile, and clear what killed commands left.

    If there is no room for the note, it is written all the same.
    """
    clear(journal)
    with ExitStack() as stack:
        with suppress(OSError):
            room = stack.enter_context(workroom(journal))
            files.make_private(room / _NOTE)
            note = stack.enter_context((room / _NOTE).open("ab", buffering=0))
            stack.enter_context(files.noted(partial(_write_down, note)))
        yield


def _write_down(note: FileIO, new: Path) -> None:
    with suppress(OSError):
        note.write(os.fsencode(new.absolute()) + b"\0")


def _remove_noted(folder: Path) -> None:
    """Remove what a work folder notes, if it is an unfinished file or abandoned folder of ours."""
    try:
        note = (folder / _NOTE).read_bytes()
    except OSError:
        return
    for path in (Path(os.fsdecode(name)) for name in note.split(b"\0")[:-1]):
        with suppress(OSError):
            found = path.lstat()
            if stat.S_ISDIR(found.st_mode) and path.suffix == WORK and path.name[0] == ".":
                _clear([path])
            elif (
                files.is_unfinished(path.name)
                and stat.S_ISREG(found.st_mode)
                and found.st_uid == os.geteuid()
            ):
                path.unlink()


def remove(left: Path) -> None:
    """Remove a file, or a folder and what is unfinished elsewhere that it notes. Raises OSError."""
    if left.is_dir() and not left.is_symlink():
        _remove_noted(left)
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def left_over(journal: Path, *, elsewhere: bool = False) -> Iterator[Path]:
    """Files and work folders of a journal that are in use, or that a killed process left.

    elsewhere: look in the system's folder for temporary files too, not only in `_place`.
    """
    places = {_place(journal), *([Path(tempfile.gettempdir())] if elsewhere else [])}
    for place in sorted(places):
        yield from _left_in(place, journal)


def _left_in(place: Path, journal: Path) -> Iterator[Path]:
    found = place.glob(f"{glob.escape(_prefix(journal, place))}*")
    return (each for each in found if each.suffix in (WORK, TEXT))


def abandoned(left: Iterable[Path]) -> Iterator[Path]:
    """Those of these work folders that killed processes left behind: nobody holds their lock."""
    for folder in left:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(handle).st_uid == os.geteuid() and files.locked(handle, wait=False):
                    yield folder
            finally:
                os.close(handle)


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
