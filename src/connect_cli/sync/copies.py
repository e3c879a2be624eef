"""Merge another copy of the journal from a file, for real or as a dry run."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from connect_cli.files import check_steady, opened_to_read
from connect_cli.journal.journal import Journal
from connect_cli.reports import Progress, Unread
from connect_cli.sync import jsonl
from connect_cli.sync.jsonl import LONGEST_LINE, Deletion, IncomingRow, Order
from connect_cli.sync.merge import Importer, Outcome

VERB = "import"
BATCH = 2_000
"""Lines merged together: with smaller batches SQLite saves each page more often."""

Line = Order | IncomingRow | Deletion


def merge_copy(
    journal: Journal,
    file: Path,
    progress: Progress,
    at_first: Callable[[], object] = lambda: None,
    *,
    rehearse: bool = False,
) -> Outcome:
    """Merge another copy of the journal into this one.

    progress: called after each batch with the bytes read so far.
    at_first: called once, before the first write, and never if nothing is written. rehearse: report
    the outcome and write nothing. Raises ConnectError, and changes nothing, for an incomplete file.
    """
    with (
        opened_to_read(file) as stream,
        journal.command(VERB, f"from {file.name}", rehearse=rehearse),
    ):
        importer = Importer(journal.connection, at_first)
        _merge_all(importer, stream, progress)
        check_steady(file, stream)
    return importer.outcome


def _merge_all(importer: Importer, stream: BinaryIO, progress: Progress) -> None:
    batch: list[Line] = []
    for found in jsonl.read(_lines(stream)):
        if isinstance(found, Unread):
            importer.outcome.left_out.append((found.place, found.reason))
            continue
        if batch and (len(batch) == BATCH or _batch_key(batch[0]) != _batch_key(found)):
            _merge_batch(importer, batch)
            progress(stream.tell())
            batch = []
        batch.append(found)
    _merge_batch(importer, batch)
    importer.merge_postponed()


def _batch_key(one: Line) -> tuple[type, str]:
    return type(one), "" if isinstance(one, Order) else one.table


def _merge_batch(importer: Importer, batch: Sequence[Line]) -> None:
    """Merge lines of one type; orders of forgetting come first in a file."""
    if arrivals := [one for one in batch if isinstance(one, IncomingRow)]:
        importer.merge(arrivals[0].table, arrivals)
    elif orders := [one.id for one in batch if isinstance(one, Order)]:
        importer.obey(orders)
    else:
        importer.delete([one for one in batch if isinstance(one, Deletion)])


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; one that is too long is cut just behind the limit."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)
