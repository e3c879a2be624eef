"""Keep when things were said, while the record of somebody who is forgotten is taken out.

How it works. Two copies of a journal decide by the moment of each field and of each deletion
(sync/merge.py), and these moments follow from the record (store/moments.py). To take changes out
of the record, or to make both sides of one equal, would move them back, and an older word of
another copy would win. So `KeptMoments` notes the moments of each row before its first change is
touched. At the end, `say_again` compares: a row whose moments are others now gets one more change
under the command `forget`, in which nothing changes but which has the moments of before. Rows that
were deleted, and whose deletion goes from the record, stay deleted by a row of `gone`.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from connect_cli.store import people, snapshot
from connect_cli.store.schema import PEOPLE, TRAVELS
from connect_cli.store.snapshot import Times

Place = tuple[str, str]
"""A table, and the id of one of its rows as the record names it."""


class KeptMoments:
    """The moments of rows and deletions before the open command touched the record."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._open, self._now = connection.execute(
            "SELECT seq, at FROM command WHERE open = 1"
        ).fetchone()
        self._ignored = (*snapshot.brought_and_undone(connection), self._open)
        self._said: dict[str, dict[str, Times]] = {}
        self._gone: dict[Place, str] = {}

    def keep(self, touched: Iterable[Place]) -> None:
        """Note the moments of these rows, before a change of theirs is taken out or redacted."""
        wanted: dict[str, dict[str, None]] = {}
        for table, row_id in touched:
            if table == "participant":
                table, row_id = "interaction", row_id.partition(" ")[0]  # noqa: PLW2901
            if table in TRAVELS and row_id not in self._said.get(table, ()):
                wanted.setdefault(table, {})[row_id] = None
        for table, ids in wanted.items():
            self._said.setdefault(table, {}).update(self._times(table, [*ids], self._ignored))

    def keep_deletion(self, table: str, row_id: str, command: int, at: str) -> None:
        """Note that a row was deleted; the last deletion of a row counts."""
        if table in TRAVELS and command not in self._ignored:
            self._gone[table, row_id] = at

    def delete(self, table: str, ids: Sequence[str]) -> None:
        """Delete rows of somebody who stays, so that the other copies delete them too."""
        for row_id, said in self._times(table, ids, self._ignored).items():
            self._gone[table, row_id] = max(self._now, *said.values())
            self._run(f"DELETE FROM {table} WHERE id = ?", row_id)

    def say_again(self) -> None:
        """Put right the moments that are others now, under the open command."""
        for (table, row_id), at in self._gone.items():
            self._run(_NOTE_GONE, row_id, table, at)
        ignored = snapshot.brought_and_undone(self._connection)
        for table, kept in self._said.items():
            for ids in people.chunks([*kept]):
                for row_id, said in self._times(table, ids, ignored).items():
                    before = kept[row_id]
                    self._say(table, row_id, {n: at for n, at in before.items() if said[n] != at})

    def _times(self, table: str, ids: Sequence[str], ignored: Sequence[int]) -> dict[str, Times]:
        rows = snapshot.read(self._connection, table, ids)
        return snapshot.times(self._connection, table, [*rows.values()], ignored)

    def _say(self, table: str, row_id: str, times: Times) -> None:
        """Record moments of a row. To set a column to its own value records a change."""
        if (people_at := times.pop(PEOPLE, None)) is not None:
            self._run("UPDATE participant SET place = place WHERE interaction_id = ?", row_id)
            said = json.dumps({"at": people_at})
            self._run(_PEOPLE_SAID, said, self._open, f"{row_id} ", f"{row_id}!")
        if times:
            self._run(f"UPDATE {table} SET id = id WHERE id = ?", row_id)
            self._run(_SAID, json.dumps(times), self._open, table, row_id)

    def _run(self, sql: str, *values: object) -> None:
        self._connection.execute(sql, values)


_NOTE_GONE = """INSERT INTO gone (id, table_name, at) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET at = max(at, excluded.at)"""
_SAID = "UPDATE change SET times = ? WHERE command_seq = ? AND table_name = ? AND row_id = ?"
_PEOPLE_SAID = """UPDATE change SET times = ? WHERE command_seq = ? AND table_name = 'participant'
  AND row_id > ? AND row_id < ?"""
