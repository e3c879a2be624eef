"""The files of an import: which they are, their format, and their content."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from connect_cli import scratch
from connect_cli.errors import NotUnderstood
from connect_cli.exchange import csv_table, csv_unknown, vcard_read
from connect_cli.exchange.formats import (
    CALENDAR,
    CSV,
    FIRST_BYTES,
    JOURNAL,
    MAIL,
    format_named,
    recognised,
)
from connect_cli.exchange.mailbox import is_maildir
from connect_cli.exchange.normalise import LARGEST_FILE
from connect_cli.exchange.values import TOO_MANY, Found
from connect_cli.files import check_steady, make_private, opened_to_read
from connect_cli.library_errors import in_our_words
from connect_cli.reports import Progress, Unread

CARD = ".vcf"
VCARD = "vcard"
TOO_LARGE = f"it is larger than {LARGEST_FILE // 2**20} MB"
LARGEST_CARDS, CHUNK = 2**30, 2**20
TOO_LARGE_FOR_CARDS = f"it is larger than {LARGEST_CARDS // 2**20} MB"
STDIN, STDIN_NAME = csv_unknown.STDIN, "standard input"
NOBODY = "it holds no people and no interactions"


@dataclass(frozen=True)
class Source:
    """Files of one format."""

    format: str
    files: tuple[Path, ...]

    @property
    def is_journal(self) -> bool:
        """Whether it is another copy of the journal."""
        return self.format == JOURNAL

    @property
    def is_calendar(self) -> bool:
        """Whether it holds meetings, which are only asked about."""
        return self.format == CALENDAR

    @property
    def is_mail(self) -> bool:
        """Whether it holds mail, of which only the headers are read."""
        return self.format == MAIL

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return sum(file.stat().st_size for file in self.files if file.is_file())

    def called(self, file: Path) -> str:
        """The name of a file, with its folders if another file has the same name."""
        namesakes = self._names[file.name]
        return file.name if namesakes == 1 else str(file)

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(file.name for file in self.files)

    @property
    def words(self) -> str:
        """The files in words, for the record."""
        name = self.files[0].name
        return name if len(self.files) == 1 else f"{name} and {len(self.files) - 1} more"


def source(paths: Sequence[Path], format_name: str | None) -> Source:
    """The files to import. Raises ConnectError if they are not all of one known format."""
    files = tuple(file for path in paths for file in _files(path))
    if format_name is not None:
        name = format_name.strip().casefold()
        if name not in (JOURNAL, CALENDAR, MAIL):
            name = format_named(name).name
        return Source(name, files)
    formats = {_format(path) for path in paths}
    if len(formats) > 1:
        raise NotUnderstood(
            f"these files have different formats: {', '.join(sorted(formats))}",
            "import them one after the other",
        )
    return Source(formats.pop(), files)


@contextmanager
def with_stdin(
    paths: Sequence[Path], stream: BinaryIO, format_name: str | None, journal: Path
) -> Iterator[tuple[Path, ...]]:
    """The same files, with a temporary file in place of `-` that holds the stream.

    A file is needed because a copy of the journal is read twice. It is in a work folder of the
    journal, private and removed at the end. Raises NotUnderstood if the stream
    begins like no known format, before the rest of it is read: it may never end.
    """
    if STDIN not in paths:
        yield tuple(paths)
        return
    with scratch.stopped_in_order(), scratch.workroom(journal) as folder:
        file = folder / STDIN_NAME
        first = stream.read(FIRST_BYTES)
        if format_name is None:
            recognised(first, file.name)
        make_private(file)
        with file.open("wb") as into:
            into.write(first)
            shutil.copyfileobj(stream, into)
        yield tuple(file if path == STDIN else path for path in paths)


def read(
    source: Source,
    columns: Mapping[str, str] | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[Found]:
    """The content of each file. Raises ConnectError if one changes while it is read.

    columns: the heading of each field of a table. progress: called with the bytes read so far.
    """
    done = 0
    held = Found()
    for file in source.files:
        if held.is_full:
            yield Found(unread=[Unread(source.called(file), TOO_MANY)])
            return
        found = _found(source, file, columns, _behind(done, progress))
        if not (found.contacts or found.happenings or found.unread):
            found.unread.append(Unread(source.called(file), NOBODY))
        held.contacts += found.contacts
        held.happenings += found.happenings
        yield found
        done += file.stat().st_size
        progress(done)


def _behind(done: int, progress: Progress) -> Progress:
    return lambda here: progress(done + here)


def _found(
    source: Source,
    file: Path,
    columns: Mapping[str, str] | None,
    progress: Progress,
) -> Found:
    called = source.called(file)
    if source.format == VCARD:
        return _cards(file, called, progress)
    if (content := whole(file)) is None:
        return Found(unread=[Unread(called, TOO_LARGE)])
    if source.format == CSV:
        typed = STDIN if called == STDIN_NAME else file
        with in_our_words(f"{called} cannot be read as a table"):
            csv_unknown.check(content, called, typed, columns)
            return csv_table.read(content, called, columns)
    return format_named(source.format).read(content, called)


def _cards(file: Path, called: str, progress: Progress) -> Found:
    """The cards of a file, read one by one, because pictures may take a lot of memory."""
    with opened_to_read(file) as stream:
        if os.fstat(stream.fileno()).st_size > LARGEST_CARDS:
            return Found(unread=[Unread(called, TOO_LARGE_FOR_CARDS)])
        with in_our_words(f"{called} cannot be read as cards"):
            found = vcard_read.read_stream(stream, called, progress)
        while stream.read(CHUNK):  # after too many cards the rest is skipped
            pass
        check_steady(file, stream)
    return found


def whole(file: Path) -> bytes | None:
    """The whole file; None if it is too large. Raises ConnectError if it changes."""
    with opened_to_read(file) as stream:
        if os.fstat(stream.fileno()).st_size > LARGEST_FILE:
            return None
        content = stream.read(LARGEST_FILE + 1)
        check_steady(file, stream)
    return content


def _files(path: Path) -> list[Path]:
    """A file, a Maildir, or the cards of a folder and the folders in it."""
    if not path.is_dir() or is_maildir(path):
        return [path]
    found = card_files(path)
    if not found:
        raise NotUnderstood(f"{path} has no cards", f"cards are files that end in {CARD}")
    return found


def card_files(folder: Path) -> list[Path]:
    """The card files in a folder and the folders in it, by their suffix."""
    return sorted(
        one for one in folder.rglob("*") if one.suffix.casefold() == CARD and one.is_file()
    )


def _format(path: Path) -> str:
    """The format of a file by its content; a folder is a Maildir or holds cards."""
    if path.is_dir():
        return MAIL if is_maildir(path) else VCARD
    with opened_to_read(path) as stream:
        return recognised(stream.read(FIRST_BYTES), str(path), path)
