"""Machines that keep one journal, for properties: what each gives, and how it takes from others.

This stands for sync/giving.py and sync/taking.py, without files: a segment is its rows.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from connect_cli.errors import ConnectError
from connect_cli.exchange import export
from connect_cli.journal import undo
from connect_cli.journal.journal import Journal
from connect_cli.store import snapshot
from connect_cli.sync.jsonl import IncomingRow
from connect_cli.sync.merge import Importer
from tests.conftest import MORNING
from tests.journal.commands import Step, do, opened

VERB = "sync"
CLOCKS = (
    (timedelta(), timedelta(minutes=1)),
    (timedelta(hours=5), timedelta(minutes=2)),
    (timedelta(hours=-3), timedelta(minutes=-7)),
)
"""How far off the clock of each machine is, and how far it goes with each command."""


class Killed(Exception):
    """The machine stops in the middle of taking something."""


class Segment(NamedTuple):
    """What a machine gave at once. seen: how many segments of each machine it had taken by then."""

    machine: int
    number: int
    seen: tuple[int, ...]
    rows: Sequence[IncomingRow]
    gone: Sequence[tuple[str, str, str]]


class Machine:
    """One of several machines that keep one journal."""

    def __init__(self, folder: Path, place: int, several: int = len(CLOCKS)) -> None:
        self.place = place
        self.taken = [0] * several
        self.segments: list[Segment] = []
        self.due: set[tuple[str, str]] = set()
        self._given = 0
        self._path = folder / f"{place}.db"
        off, self._pace = CLOCKS[place]
        self._now = datetime.fromisoformat(MORNING).astimezone() + off
        self.journal = self._open()
        with self.journal.transaction() as transaction:
            self.journal.connection.execute(_SET_UP, {"id": f"{place}" * 12})
            transaction.wrote = True

    def _open(self) -> Journal:
        journal = opened(self._path)
        journal.context = journal.context._replace(now=self._now)
        return journal

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()

    def do(self, step: Step) -> None:
        """Do one command, unless it is refused; some time passes."""
        self._tick()
        if step[0] in ("undo", "redo"):
            self._reverse(*step)
        else:
            do(self.journal, step)

    def _tick(self) -> None:
        self._now = self.journal.context.now + self._pace
        self.journal.context = self.journal.context._replace(now=self._now)

    def _reverse(self, verb: str, _who: int, how: int) -> None:
        with suppress(ConnectError):
            if verb == "undo":
                undo.undo(self.journal, undo.undoable(self.journal, str(1 + how % 3)))
            else:
                undo.redo(self.journal, undo.redoable(self.journal))

    def give(self) -> bool:
        """Give what own commands changed since the last time, and what is due."""
        connection = self.journal.connection
        ids: dict[str, set[str]] = {}
        for table, row_id in (*self._changed(connection), *self.due):
            ids.setdefault(table, set()).add(row_id)
        rows = [IncomingRow(*said) for said in snapshot.some(connection, ids)]
        gone = list(snapshot.gone_of(connection, ids))
        (self._given,) = connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
        self.due.clear()
        if rows or gone:
            self.taken[self.place] += 1
            number, seen = self.taken[self.place], tuple(self.taken)
            self.segments.append(Segment(self.place, number, seen, rows, gone))
        return bool(rows or gone)

    def _changed(self, connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
        rows = connection.execute(_CHANGED, {"given": self._given, "verb": VERB}).fetchall()
        for table, row_id, of in rows:
            if table == "participant":
                yield "interaction", row_id.split(" ")[0]
            elif table != "gone":
                yield table, row_id
            elif of is not None:
                yield of, row_id

    def can_take(self, segment: Segment) -> bool:
        """Whether a segment is the next of its machine, and all that it builds on was taken."""
        seen = zip(segment.seen, self.taken, strict=True)
        return segment.number == self.taken[segment.machine] + 1 and all(
            mine >= theirs for n, (theirs, mine) in enumerate(seen) if n != segment.machine
        )

    def take(self, segment: Segment, killed: int | None = None) -> None:
        """Take a segment of another machine, unless this one is killed after so many batches."""
        self._tick()
        try:
            with self.journal.write(VERB, f"from {segment.machine}"):
                due = self._merge(segment, killed)
        except Killed:
            self.journal.close()
            self.journal = self._open()
            return
        self.due |= due
        self.taken[segment.machine] = max(self.taken[segment.machine], segment.number)

    def _merge(self, segment: Segment, killed: int | None) -> set[tuple[str, str]]:
        importer = Importer(self.journal.connection, lambda: None)
        batches = 0
        for table, rows in groupby(segment.rows, attrgetter("table")):
            importer.merge(table, list(rows))
            if (batches := batches + 1) == killed:
                raise Killed
        for _, gone in groupby(segment.gone, itemgetter(0)):
            importer.delete(list(gone))
        importer.merge_postponed()
        if killed is not None:
            raise Killed
        assert importer.outcome.left_out == []
        return importer.due

    def lines(self) -> list[str]:
        """All that the journal says, as it is exported."""
        return list(export.lines_of_everything(self.journal))


def settle(machines: Sequence[Machine], rounds: int = 12) -> None:
    """Let everybody take and give until nobody has anything to give any more."""
    for _ in range(rounds):
        gave = [machine.give() for machine in machines]
        took = [take_all(machine, machines) for machine in machines]
        if not any(gave) and not any(took):
            return
    raise AssertionError("they tell each other something for ever")


def take_all(machine: Machine, machines: Sequence[Machine]) -> bool:
    """Take whatever can be taken."""
    took = False
    while ready := [one for each in machines for one in each.segments if machine.can_take(one)]:
        machine.take(ready[0])
        took = True
    return took


_SET_UP = """INSERT INTO sync (seq, journal_id, machine_id, number, hash, base, given, key)
  VALUES (1, 'jjjjjjjjjjjj', :id, 0, '', 0, 0, '')"""
_CHANGED = """SELECT DISTINCT c.table_name, c.row_id, g.table_name
  FROM change AS c JOIN command AS k ON k.seq = c.command_seq
  LEFT JOIN gone AS g ON c.table_name = 'gone' AND g.id = c.row_id
  WHERE c.seq > :given AND k.verb <> :verb"""
