"""A journal that was filled elsewhere, put in its place: it appears whole, or not at all."""

import os
from pathlib import Path

from connect_cli import files
from connect_cli.errors import ConnectError


def begin_with(new: Path, path: Path) -> None:
    """Make a database beside `path` the journal there, where none is yet.

    Raises ConnectError when another command has begun one meanwhile.
    """
    try:
        os.link(new, path)
    except FileExistsError as error:
        raise ConnectError("another command began the journal meanwhile", "try again") from error
    files.synchronise(path.parent)
