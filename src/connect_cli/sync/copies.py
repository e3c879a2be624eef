"""Another copy of the journal, read line by line, tried out or kept."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from connect_cli.files import check_steady, opened_to_read
from connect_cli.journal.journal import Journal
from connect_cli.sync import jsonl
from connect_cli.sync.jsonl import LONGEST_LINE, Arrival, Taken
from connect_cli.sync.merge import Importer, Outcome
from connect_cli.views import Unread

Progress = Callable[[int], object]
"""Told after every few rows how many bytes of the file have been read."""

VERB = "import"
BATCH = 2_000
"""Lines that are taken in together: of fewer, SQLite would keep each page aside more often."""


def meet(
    journal: Journal,
    file: Path,
    progress: Progress,
    at_first: Callable[[], object] = lambda: None,
    *,
    rehearse: bool = False,
) -> Outcome:
    """Take in another copy of the journal, or only see what would become of it.

    at_first: called once before anything is written, if anything is.
    Raises ConnectError, and changes nothing, for a file that is not whole.
    """
    with (
        opened_to_read(file) as stream,
        journal.command(VERB, f"from {file.name}", rehearse=rehearse),
    ):
        importer = Importer(journal.connection, at_first)
        _take_all(importer, stream, progress)
        check_steady(file, stream)
    return importer.outcome


def _take_all(importer: Importer, stream: BinaryIO, progress: Progress) -> None:
    batch: list[Arrival | Taken] = []
    for found in jsonl.read(_lines(stream)):
        if isinstance(found, Unread):
            importer.outcome.left_out.append((found.place, found.reason))
            continue
        if batch and (len(batch) == BATCH or _sort(batch[0]) != _sort(found)):
            _take(importer, batch)
            progress(stream.tell())
            batch = []
        batch.append(found)
    _take(importer, batch)
    importer.settle()


def _sort(one: Arrival | Taken) -> tuple[type, str]:
    return type(one), one.table


def _take(importer: Importer, batch: Sequence[Arrival | Taken]) -> None:
    if arrivals := [one for one in batch if isinstance(one, Arrival)]:
        importer.take(batch[0].table, arrivals)
    else:
        importer.take_away([one for one in batch if isinstance(one, Taken)])


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Line by line; of one that is longer than any may be, only as much as shows it."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)
