"""Texts from an editor that are in no interaction yet: saved beside the journal, and found again.

While an editor is open, its text is in a work folder beside the journal (scratch.py), with the form
as it was given. A process that is killed leaves the folder behind. The next command that writes
removes it. If somebody had written in it, the text goes to a file beside the journal first and the
command says where; beside an encrypted journal no readable text may stay, so there it goes too.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from itertools import count
from pathlib import Path

from connect_cli import files, scratch

_FORM, _TEXT = ".form", "connect.txt"


@contextmanager
def being_edited(journal: Path, form: str, text: str) -> Iterator[tuple[Path, int]]:
    """A private file with a text to edit, and the lock that the editor has to inherit.

    form: the text before anybody wrote in it. The file is removed at the end.
    """
    with scratch.text_room(journal) as (room, lock):
        _write(room / _FORM, form)
        _write(room / _TEXT, text)
        yield room / _TEXT, lock


def _write(path: Path, text: str) -> None:
    files.make_private(path)
    path.write_bytes(text.encode("utf-8"))


def save(journal: Path, content: bytes) -> Path | None:
    """Save a text in a new private file beside the journal; None if that fails."""
    with suppress(OSError):
        for number in count(1):
            name = f"{journal.stem}-unsaved{f'-{number}' if number > 1 else ''}.txt"
            path = journal.with_name(name)
            with suppress(FileExistsError):
                files.make_private(path)
                path.write_bytes(content)
                return path
    return None


def saved(journal: Path) -> list[Path]:
    """The texts that were saved beside the journal."""
    file = files.real(journal)
    return sorted(file.parent.glob(f"{escape(file.stem)}-unsaved*.txt"))


def clear(journal: Path, *, encrypted: bool) -> list[Path | None]:
    """Remove the work folders that killed processes left behind.

    Returns where each text was saved that somebody had written in one; None for a text that was
    removed, because the journal is encrypted.
    """
    saved_texts: list[Path | None] = []
    for room in scratch.abandoned(scratch.left_over(journal)):
        with suppress(OSError):
            written = written_in(room)
            kept = clear_room(journal, room, encrypted=encrypted)
            if written and not room.exists():
                saved_texts.append(kept)
    return saved_texts


def clear_room(journal: Path, room: Path, *, encrypted: bool) -> Path | None:
    """Remove what a killed process left behind; returns where its text was saved, if it was.

    A text that cannot be saved stays where it is. Raises OSError.
    """
    kept = None
    if not encrypted and (text := written_in(room)):
        kept = save(files.real(journal), text)
        if kept is None:
            return None
    scratch.remove(room)
    return kept


def written_in(room: Path) -> bytes:
    """What somebody wrote in a work folder; empty for the form itself, or for a part of it."""
    with suppress(OSError):
        if room.suffix == scratch.TEXT and not room.is_symlink():
            text = (room / _TEXT).read_bytes()
            return b"" if (room / _FORM).read_bytes().startswith(text) else text
    return b""
