"""A journal that was filled elsewhere, put in its place: it appears whole, or not at all."""

import os
import shutil
from pathlib import Path

from connect_cli.errors import ConnectError
from connect_cli.store import database


def begin_with(new: Path, path: Path) -> None:
    """Make a database the journal at `path`, where none is yet.

    Raises ConnectError when another command has begun one meanwhile.
    """
    database.make_folder(path.parent)
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}.new")
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        shutil.copyfile(new, beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        os.link(beside, path)
    except FileExistsError as error:
        raise ConnectError("another command began the journal meanwhile", "try again") from error
    finally:
        beside.unlink()
