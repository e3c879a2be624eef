"""Many rows written at once, by plain SQL, in the transaction that a command has open."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connect_cli.language.folding import fold
from connect_cli.store.columns import PEOPLE, TABLES, Row, columns


@dataclass(slots=True)
class Work:
    """What one batch will write. times: as JSON, by the id of the row that changes.

    twins: ids of the rows that were made one with rows of the batch.
    """

    inserts: list[Row] = field(default_factory=list)
    updates: list[tuple[Row, frozenset[str]]] = field(default_factory=list)
    deletes: list[Row] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    moments: list[tuple[str, str]] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    changed: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def insert(self, row: Row, times: Mapping[str, str]) -> None:
        """Add a row."""
        self.inserts.append(row)
        self._said(row, {"at": min(times.values()), **times})

    def update(self, table: str, old: Row, row: Row, times: Mapping[str, str]) -> None:
        """Make a row what it says now; the same said later is written too, for its moment."""
        if times:
            self.updates.append((row, frozenset(times)))
            self.changed += any(old[name] != row[name] for name in columns(table))
            self.changed += old.get(PEOPLE) != row.get(PEOPLE)
            self._said(row, times)

    def delete(self, row: Row, at: str) -> None:
        """Take a row away."""
        self.deletes.append(row)
        self._said(row, {"at": at, PEOPLE: at})

    def _said(self, row: Row, times: Mapping[str, str]) -> None:
        self.times.append((json.dumps(dict(times)), row["id"]))
        if PEOPLE in row and PEOPLE in times:
            self.moments.append((json.dumps({"at": times[PEOPLE]}), row["id"]))


def add(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Add rows that are new here, by table, in the transaction that is open."""
    for table in TABLES:
        _insert(connection, table, rows.get(table, ()))


def renew_cards(connection: sqlite3.Connection, cards: Sequence[tuple[str, str]]) -> None:
    """Bring cards up to date: text and id of each."""
    connection.executemany("UPDATE card SET text = ? WHERE id = ?", cards)


def write(connection: sqlite3.Connection, table: str, work: Work) -> None:
    """Write a batch, and note on the record when each change was made in the other copy."""
    (before,) = connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
    ids = [(row["id"],) for row in work.deletes]
    if table == "interaction":
        connection.executemany("DELETE FROM participant WHERE interaction_id = ?", ids)
    connection.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
    for row, said in work.updates:
        _update(connection, table, row, said)
    _insert(connection, table, work.inserts)
    connection.executemany(
        "UPDATE change SET times = ? WHERE row_id = ? AND table_name = ? AND seq > ?",
        [(*pair, table, before) for pair in work.times],
    )
    connection.executemany(_PARTICIPANTS_SAID, [(*pair, before) for pair in work.moments])


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    names = ("id", *columns(table), *_FOLDED.get(table, ()))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [_values(table, row) for row in rows],
    )
    if table == "interaction":
        connection.executemany(_PARTICIPATE, [each for row in rows for each in _places(row)])


def _update(connection: sqlite3.Connection, table: str, row: Row, said: frozenset[str]) -> None:
    names = ("id", *columns(table), *_FOLDED.get(table, ()))
    connection.execute(
        f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
        (*_values(table, row), row["id"]),
    )
    if PEOPLE in said and table == "interaction":
        connection.execute(_LEAVE, (row["id"], json.dumps(row[PEOPLE])))
        connection.executemany(_PARTICIPATE, _places(row))


def _places(row: Row) -> list[tuple[str, str, int]]:
    return [(row["id"], person_id, place) for place, person_id in enumerate(row[PEOPLE])]


def _values(table: str, row: Row) -> tuple[Any, ...]:
    folds = _FOLDED.get(table, {})
    return (
        *(row[name] for name in ("id", *columns(table))),
        *(fold(text(row)) for text in folds.values()),
    )


def _words(row: Row) -> str:
    """What the search finds an entry by, as the verbs write it."""
    entered, note = row["entered"], row["note"]
    return entered if note in entered else f"{entered}\n{note}"


_FOLDED: Mapping[str, Mapping[str, Callable[[Row], str]]] = {
    "person": {"folded": lambda row: str(row["name"])},
    "alias": {"folded": lambda row: str(row["name"])},
    "detail": {
        "label_folded": lambda row: str(row["label"]),
        "folded": lambda row: f"{row['label']} {row['value']}",
    },
    "interaction": {"folded": _words},
    "promise": {"folded": lambda row: str(row["text"])},
}
_PARTICIPATE = """INSERT INTO participant (interaction_id, person_id, place) VALUES (?, ?, ?)
  ON CONFLICT (interaction_id, person_id) DO UPDATE SET place = excluded.place"""
_LEAVE = """DELETE FROM participant WHERE interaction_id = ?
  AND person_id NOT IN (SELECT value FROM json_each(?))"""
_PARTICIPANTS_SAID = """UPDATE change SET times = ?1
  WHERE row_id > ?2 || ' ' AND row_id < ?2 || '!' AND table_name = 'participant' AND seq > ?3"""
