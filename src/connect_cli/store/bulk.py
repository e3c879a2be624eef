"""Write many rows at once with plain SQL, in the open transaction of a command.

One statement writes many rows: the search index is flushed after each statement that adds an
interaction, so that an import row by row would take three times as long.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from connect_cli.store import schema
from connect_cli.store.schema import PEOPLE, TRAVELS, Row, columns

AT_ONCE = 500
"""Rows per statement: SQLite allows 32,766 values in one, and no table has over 60 columns."""


@dataclass(slots=True)
class Work:
    """What one batch will write.

    times: for each row that changes, when its fields were said, as JSON, and its id. moments: the
    same for the participants of an interaction. gone: id and moment of rows that are noted as
    deleted without ever having been here. twins: ids of rows here that were joined with rows of the
    batch. changed: how many existing rows get other values. instead: how many new rows take the
    place of a twin. brought_back: how many people were restored for the rows. due: table and id of
    each row that will be otherwise than it came.
    """

    inserts: list[Row] = field(default_factory=list)
    updates: list[tuple[Row, frozenset[str]]] = field(default_factory=list)
    deletes: list[Row] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    moments: list[tuple[str, str]] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    changed: int = 0
    instead: int = 0
    brought_back: int = 0
    due: set[tuple[str, str]] = field(default_factory=set)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.inserts or self.updates or self.deletes or self.gone)

    def insert(self, row: Row, times: Mapping[str, str]) -> None:
        """Add a row."""
        self.inserts.append(row)
        at = min(times.values())
        later = {name: said for name, said in times.items() if said != at}
        self.times.append((json.dumps({"at": at, **later}) if later else _at(at), row["id"]))
        self._people_said(row, times)

    def update(self, table: str, old: Row, row: Row, times: Mapping[str, str]) -> None:
        """Change a row. A value that is only said again later is written too, for its moment."""
        if times:
            self.updates.append((row, frozenset(times)))
            self.changed += any(old[name] != row[name] for name in columns(table))
            self.changed += old.get(PEOPLE) != row.get(PEOPLE)
            self.times.append((json.dumps(dict(times)), row["id"]))
            self._people_said(row, times)

    def delete(self, row: Row, at: str) -> None:
        """Delete a row."""
        self.deletes.append(row)
        self.times.append((json.dumps({"at": at, PEOPLE: at}), row["id"]))
        self._people_said(row, {PEOPLE: at})

    def _people_said(self, row: Row, times: Mapping[str, str]) -> None:
        if PEOPLE in row and PEOPLE in times:
            self.moments.append((_at(times[PEOPLE]), row["id"]))


@lru_cache(maxsize=4096)
def _at(moment: str) -> str:
    return json.dumps({"at": moment})


def add(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Add new rows, by table, in the open transaction."""
    for table in TRAVELS:
        _insert(connection, table, rows.get(table, ()))


def renew_cards(connection: sqlite3.Connection, cards: Sequence[tuple[str, str, str]]) -> None:
    """Update cards. cards: text, `instead` (what the journal says otherwise) and id of each."""
    connection.executemany("UPDATE card SET text = ?, instead = ? WHERE id = ?", cards)


def give_years(connection: sqlite3.Connection, years: Sequence[tuple[int, str]]) -> None:
    """Give yearly days their years. years: the year and the id of each."""
    connection.executemany("UPDATE occasion SET year = ? WHERE id = ?", years)


def change_details(connection: sqlite3.Connection, details: Sequence[tuple[str, str, str]]) -> None:
    """Give details other values. details: the label, the new value and the id of each."""
    connection.executemany(
        "UPDATE detail SET value = ?, label_folded = ?, folded = ? WHERE id = ?",
        [
            (value, said["label_folded"], said["folded"], row_id)
            for label, value, row_id in details
            for said in [schema.folded("detail", {"label": label, "value": value})]
        ],
    )


def drop_details(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Delete details."""
    connection.executemany("DELETE FROM detail WHERE id = ?", [(row_id,) for row_id in ids])


def bury(connection: sqlite3.Connection, deaths: Sequence[tuple[str, str, str]]) -> None:
    """Record that people died. deaths: the day of each death, the day of the record, and the id.

    The day of the record is that on which they are archived, unless they are already.
    """
    connection.executemany(
        "UPDATE person SET died_on = ?, archived_on = coalesce(archived_on, ?) WHERE id = ?", deaths
    )


def write(connection: sqlite3.Connection, table: str, work: Work) -> None:
    """Write a batch, and record when each change was made in the other copy."""
    (before,) = connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
    ids = [(row["id"],) for row in work.deletes]
    if table == "interaction":
        connection.executemany("DELETE FROM participant WHERE interaction_id = ?", ids)
    connection.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
    for row, said in work.updates:
        _update(connection, table, row, said)
    _insert(connection, table, work.inserts)
    connection.executemany(_SAID, [(*pair, table, before) for pair in work.times])
    connection.executemany(
        _PARTICIPANTS_SAID,
        [
            {"times": said, "id": interaction, "before": before}
            for said, interaction in work.moments
        ],
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        columns_in = _COLUMNS[table]
        one = f"({', '.join('?' * len(columns_in))})"
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns_in)}) VALUES {', '.join([one] * len(some))}",
            list(chain.from_iterable(_values(table, row) for row in some)),
        )
    if table == "interaction":
        _participate(connection, rows)


def _update(connection: sqlite3.Connection, table: str, row: Row, said: frozenset[str]) -> None:
    connection.execute(
        f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in _COLUMNS[table])} WHERE id = ?",
        (*_values(table, row), row["id"]),
    )
    if PEOPLE in said and table == "interaction":
        connection.execute(_LEAVE, (row["id"], json.dumps(row[PEOPLE])))
        _participate(connection, [row])


def _participate(connection: sqlite3.Connection, interactions: Sequence[Row]) -> None:
    connection.execute(
        _PARTICIPATE, (json.dumps({row["id"]: row[PEOPLE] for row in interactions}),)
    )


def _values(table: str, row: Row) -> list[Any]:
    return [*map(row.get, _KEPT[table]), *schema.folded(table, row).values()]


_KEPT = {table: ("id", *columns(table)) for table in TRAVELS}
_COLUMNS = {table: (*kept, *schema.TABLES[table].folded) for table, kept in _KEPT.items()}
_PARTICIPATE = """INSERT INTO participant (interaction_id, person_id, place)
  SELECT e.key, p.value, p.key FROM json_each(?) AS e CROSS JOIN json_each(e.value) AS p WHERE true
  ON CONFLICT (interaction_id, person_id) DO UPDATE SET place = excluded.place"""
_SAID = "UPDATE change SET times = ? WHERE row_id = ? AND table_name = ? AND seq > ?"
_LEAVE = """DELETE FROM participant WHERE interaction_id = ?
  AND person_id NOT IN (SELECT value FROM json_each(?))"""
_PARTICIPANTS_SAID = """UPDATE change SET times = :times
  WHERE row_id > :id || ' ' AND row_id < :id || '!' AND table_name = 'participant'
  AND seq > :before"""
