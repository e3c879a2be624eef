"""What this journal holds of the rows that a merge is about, read and written by plain SQL.

merge.py decides what becomes of each row; here is what it asks for that, and how it writes.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence

from connect_cli.store import moments, schema, snapshot
from connect_cli.store.bulk import Work, write
from connect_cli.store.moments import Times, before_deletion
from connect_cli.store.schema import TABLES, TRAVELS, Row
from connect_cli.sync.row_merge import FieldTimes, keyed

CACHE_KB = 32 * 1024
"""Page cache while many rows are written: they touch the same parts of the indexes repeatedly."""


class RowsHere:
    """The rows of this journal, in the transaction of a merge.

    at_first: called once, before the first row is written, and never if none is.
    """

    def __init__(self, connection: sqlite3.Connection, at_first: Callable[[], object]) -> None:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        self._connection = connection
        self._at_first: Callable[[], object] | None = at_first
        self._ignored = moments.brought_and_undone(connection)

    def read(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        """Those of these rows that are here, by id."""
        return snapshot.read(self._connection, table, ids)

    def existing(self, table: str, ids: Iterable[str | None]) -> set[str]:
        """Those of these ids that are here."""
        sql = f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        return {row_id for (row_id,) in self._connection.execute(sql, (json.dumps(list(ids)),))}

    def said(self, table: str, rows: Sequence[Row]) -> Mapping[str, Times]:
        """When each field of these rows was said, by id."""
        return moments.times(self._connection, table, rows, self._ignored)

    def newest(self, table: str, row: Row) -> str:
        """When something was last said of a row."""
        return max(self.said(table, [row])[row["id"]].values())

    def gone(self, table: str, ids: Sequence[str]) -> dict[str, str]:
        """When each of these rows was deleted, by id; only those that were and are not here."""
        return moments.deleted_at(self._connection, table, ids, self._ignored)

    def before_deletion(self, person_id: str) -> tuple[Row, FieldTimes] | None:
        """Somebody who was deleted, as they were, if the record holds that."""
        return before_deletion(self._connection, "person", person_id)

    def twin(self, table: str, row: Row) -> Row | None:
        """The other row here that has the natural key of this one, if there is one."""
        if not (key := TABLES[table].key):
            return None
        names = [name for name in key if keyed(table, row, name) is not None]
        where = " AND ".join(f"{name} = ?" for name in names)
        found = self._connection.execute(
            f"SELECT id FROM {table} WHERE {where} AND id <> ?",
            (*(keyed(table, row, name) for name in names), row["id"]),
        ).fetchone()
        return None if found is None else self.read(table, found)[found[0]]

    def about(self, person_id: str) -> set[tuple[str, str]]:
        """Table and id of what refers to somebody, tags of their interactions included."""
        return set(self._connection.execute(_ABOUT, {"id": person_id}))

    def tags_of(self, interaction_id: str) -> Iterable[Row]:
        """The tags of an interaction."""
        found = self._connection.execute(
            "SELECT id FROM tag WHERE interaction_id = ?", (interaction_id,)
        ).fetchall()
        return self.read("tag", [tag_id for (tag_id,) in found]).values()

    def note_forgotten(self, ids: Iterable[str]) -> None:
        """Keep that these people were forgotten."""
        self._begin()
        self._connection.executemany(_NOTE_FORGOTTEN, [(one,) for one in sorted(ids)])

    def write(self, table: str, work: Work) -> None:
        """Write a batch."""
        if not work.is_empty:
            self._begin()
            write(self._connection, table, work)
            for row_id, at in work.gone:
                self.note_gone(table, row_id, at)

    def note_gone(self, table: str, row_id: str, at: str) -> None:
        """Keep that a row which is not here was deleted, unless a later deletion is known."""
        known = self.gone(table, [row_id]).get(row_id, "")
        if at > known:
            self._begin()
            self._connection.execute(_NOTE_GONE, (row_id, table, at))

    def _begin(self) -> None:
        if self._at_first is not None:
            self._at_first()
            self._at_first = None


_ABOUT = " UNION ".join(
    (
        *(
            f"SELECT '{name}', id FROM {name} WHERE {column} = :id"
            for name, column in schema.referring("person")
            if name in TRAVELS
        ),
        "SELECT 'interaction', interaction_id FROM participant WHERE person_id = :id",
        """SELECT 'tag', t.id FROM tag t JOIN participant p USING (interaction_id)
           WHERE p.person_id = :id""",
    )
)
_NOTE_FORGOTTEN = "INSERT INTO forgotten (id) VALUES (?) ON CONFLICT DO NOTHING"
_NOTE_GONE = """INSERT INTO gone (id, table_name, at) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET at = excluded.at"""
