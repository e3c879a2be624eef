"""The one folder of the demo: made anew each time, and never anybody else's.

It is in the system's folder for temporary files, where others may write too. So it is opened
without following a link, and what is in it is removed through that handle, only if the folder
belongs to this user, nobody else may write in it, and it is empty or has the mark of the demo.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connect_cli import files, scratch
from connect_cli.errors import ConnectError

MARK = ".made-by-connect-demo"
JOURNAL = "journal.db"
_OTHERS_WRITE = 0o022


def place() -> Path:
    """Where the demo's folder is, whether or not it exists."""
    return Path(tempfile.gettempdir()) / f"connect-demo-{os.geteuid()}"


@contextmanager
def emptied() -> Iterator[Path]:
    """The demo's folder, empty and locked. Raises ConnectError if it is another's, or in use."""
    folder = place()
    with files.reporting("write", folder):
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            _check_kind(folder)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        with files.reporting("write", folder):
            _refuse_foreign(folder, handle)
            _refuse_in_use(folder, handle)
            os.fchmod(handle, 0o700)
            _empty(handle)
        yield folder
    finally:
        os.close(handle)


def _check_kind(folder: Path) -> None:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise _foreign(folder)


def _refuse_foreign(folder: Path, handle: int) -> None:
    found, names = os.fstat(handle), os.listdir(handle)
    private = found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_WRITE
    if not private or (names and MARK not in names):
        raise _foreign(folder)


def _foreign(folder: Path) -> ConnectError:
    return ConnectError(
        f"{folder} was not made by the demo, so it is left as it is",
        "move it away, or name another folder in TMPDIR",
    )


def _refuse_in_use(folder: Path, handle: int) -> None:
    """Refuse while another demo is made, or a command works in the folder, such as an editor."""
    left = {*scratch.left_over(folder / JOURNAL)}
    alone = files.locked(handle, wait=False)
    if not alone or left - {*scratch.abandoned(left)}:
        raise ConnectError(f"another connect works in {folder}", "end it first, and try again")


def _empty(handle: int) -> None:
    """Remove all that is in the folder, its mark last: a demo that is cut off stays the demo's."""
    os.close(os.open(MARK, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o600, dir_fd=handle))
    with os.scandir(handle) as entries:
        names = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in names:
        if is_folder:
            shutil.rmtree(name, dir_fd=handle)
        elif name != MARK:
            os.unlink(name, dir_fd=handle)
