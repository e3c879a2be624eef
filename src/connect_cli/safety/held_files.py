"""Which files beside the journal, and which copies of it, hold a name.

Forgetting somebody never changes these files; `connect forget` names them.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from connect_cli import files
from connect_cli.errors import JournalDamaged
from connect_cli.journal.journal import Journal
from connect_cli.language.words import fold
from connect_cli.store import compression
from connect_cli.store import copies as store_copies


def still_held(journal: Journal, names: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The copies of the journal that may hold one of these names, and other files that hold one.

    An encrypted copy always counts: nobody can look into it.
    """
    path = files.real(journal.context.path)
    own = (path, files.beside(path, "-shm"))
    found = files_with(path.parent, names, but=own)
    copies = {copy.path for copy in store_copies.listed(path)}
    held = [file for file in copies if file in found or store_copies.is_encrypted(file)]
    return sorted(held, reverse=True), [file for file in found if file not in copies]


def files_with(folder: Path, names: Iterable[str], but: Iterable[Path] = ()) -> list[Path]:
    """The files below a directory that hold one of the names, in any of its usual spellings.

    but: files not to open, because closing them would give up SQLite's locks on them.
    """
    closed = {*but}
    needles = {form.encode() for name in names for form in _spellings(name)}
    files = (
        path
        for path in sorted(folder.rglob("*"), reverse=True)
        if path not in closed and path.is_file() and not path.is_symlink()
    )
    return [path for path in files if _holds(path, needles)]


def _spellings(name: str) -> set[str]:
    return {name, fold(name), *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))}


def _holds(path: Path, needles: set[bytes]) -> bool:
    """Whether a file, unpacked if it is compressed, holds one of these.

    A damaged compressed file counts as holding one: nobody can tell.
    """
    longest = max(map(len, needles))
    rest = b""
    try:
        with closing(compression.parts(path)) as content:
            for some in content:
                if any(needle in rest + some for needle in needles):
                    return True
                rest = (rest + some)[-longest:]
    except JournalDamaged:
        return True
    except OSError:
        return False
    return False
