"""Merge another copy of the journal from a file, for real or as a dry run."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any

from connect_cli.files import check_steady, lines_of, opened_to_read
from connect_cli.journal.journal import Journal
from connect_cli.reports import Progress, Unread
from connect_cli.safety import forget
from connect_cli.store import snapshot
from connect_cli.sync import jsonl
from connect_cli.sync.jsonl import Deletion, IncomingRow, Order
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
    Whoever was forgotten in the copy is forgotten here before.
    """
    forgotten = 0 if rehearse else _carry_out(journal, file)
    with (
        opened_to_read(file) as stream,
        journal.command(VERB, f"from {file.name}", rehearse=rehearse),
    ):
        importer = Importer(journal.connection, at_first)
        importer.note_to_forget(forgotten)
        merge_all(importer, jsonl.read(lines_of(stream)), lambda: progress(stream.tell()))
        check_steady(file, stream)
    return importer.outcome


def _carry_out(journal: Journal, file: Path) -> int:
    """Forget the people of this journal who were forgotten in the copy, if the copy is whole.

    Returns how many there were.
    """
    with opened_to_read(file) as stream:
        rows = jsonl.read(lines_of(stream))
        orders = takewhile(lambda one: isinstance(one, Order), rows)
        ids = forget.people_here(
            journal.connection, [one.id for one in orders if isinstance(one, Order)]
        )
        if ids:
            deque(rows, maxlen=0)  # raises if it is cut off
            check_steady(file, stream)
    return forget.obey(journal, ids) if ids else 0


def lines(
    connection: sqlite3.Connection,
    header: Mapping[str, Any] = MappingProxyType({}),
    noting: Callable[[Iterable[Any]], Iterable[Any]] = lambda rows: rows,
) -> Iterator[str]:
    """The whole journal as another copy reads it; the caller keeps it at one moment.

    header: what the first line says besides. noting: sees every row and deletion on its way.
    """
    rows, gone = noting(snapshot.rows(connection)), noting(snapshot.gone(connection))
    return jsonl.written(rows, gone, snapshot.orders(connection), header)


def merge_all(
    importer: Importer,
    rows: Iterable[Line | Unread],
    at_batch: Callable[[], object],
) -> None:
    """Merge everything of one copy. at_batch: called after each batch."""
    batch: list[Line] = []
    for found in rows:
        if isinstance(found, Unread):
            importer.outcome.left_out.append((found.place, found.reason))
            continue
        if batch and (len(batch) == BATCH or _batch_key(batch[0]) != _batch_key(found)):
            _merge_batch(importer, batch)
            at_batch()
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
