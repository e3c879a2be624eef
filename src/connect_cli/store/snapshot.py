"""Read the whole journal at one moment, as rows and deletions for another copy of it.

How it works. `rows` reads the exported tables in batches, in an order in which a row comes before
the rows that refer to it; `gone` names the deleted rows, people last. Every value is checked as it
is read, so a damaged one raises DamageMet. With each row go the moments at which its fields were
said, by which sync/merge.py decides between two copies.

These moments are not stored by field: `times` goes through the recorded changes of a row and keeps,
for each field, the moment of the last change that said it. That is the moment of the command, or
the one that came with the row from another copy (`change.times`). An import of another copy that
was undone is passed over, and so is its undo. A field that the record does not know counts from
when the row was made, if that is known.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from typing import Any

from connect_cli.store.column_checks import moment, row_id
from connect_cli.store.inbox_lines import taken
from connect_cli.store.read_values import check_place, reading
from connect_cli.store.row_checks import ROWS, moments, side_of
from connect_cli.store.schema import PEOPLE, TRAVELS, UNKNOWN_MOMENT, Row, columns, value

BATCH = 500
FLAGS = frozenset({"tried", "dormant", "dropped"})
"""Columns that are a number in the file, and true or false in an export."""
Times = dict[str, str]
"""When each field was said, by field."""


def rows(connection: sqlite3.Connection) -> Iterator[tuple[str, Row, Times]]:
    """Table, row and times of everything; a row comes before the rows that refer to it."""
    ignored = brought_and_undone(connection)
    for table in TRAVELS:
        for batch in _batches(connection, table):
            said = times(connection, table, batch, ignored)
            for row in batch:
                yield table, row, said[row["id"]]


def gone(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Table, id and moment of every row deleted here or in another copy; people come last."""
    ignored = json.dumps(brought_and_undone(connection))
    for table in reversed(list(TRAVELS)):
        found = connection.execute(_GONE.format(table=table), {"ignored": ignored, "table": table})
        with reading("gone", "change", "command"):
            for _, taken, at in found:
                yield table, row_id(taken), moment(at)


def brought_and_undone(connection: sqlite3.Connection) -> list[int]:
    """The numbers of imports of another copy that were undone, and of the undos.

    For merging it is as if neither had happened: the same rows may be imported again.
    """
    found = connection.execute(_UNDONE)
    return [seq for pair in found for seq in pair]


@reading("change", "command")
def times(
    connection: sqlite3.Connection, table: str, rows: Sequence[Row], ignored: Sequence[int]
) -> dict[str, Times]:
    """When each field of these rows was said, by id.

    A field that the record does not know counts from the creation of the row, if that is known.
    """
    found = {row["id"]: _unknown(table, row) for row in rows}
    ids = list(found)
    heard = taken(connection, ids) if table == "interaction" else set()
    found |= {row_id: dict.fromkeys(TRAVELS[table], UNKNOWN_MOMENT) for row_id in heard}
    taking: dict[str, int] = {}
    for each, changes in groupby(_changes(connection, table, ids, ignored), itemgetter(0)):
        known = list(changes)
        if each in heard and _is_own_addition(known[0]):
            taking[each] = known.pop(0)[-1]
        found[each].update(_said(table, known))
    if table == "interaction":
        for interaction_id, at, _, command in _people_said(connection, ids, ignored):
            if taking.get(interaction_id) != command:
                found[interaction_id][PEOPLE] = moment(at)
    return found


def _is_own_addition(change: Sequence[Any]) -> bool:
    """Whether a change added a row, and not one that another copy had said before."""
    _, before, _, times, *_ = change
    return before is None and times is None


def _unknown(table: str, row: Row) -> Times:
    since = row.get("recorded_at") or row.get("created_at") or UNKNOWN_MOMENT
    return dict.fromkeys(TRAVELS[table], since)


def read(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> dict[str, Row]:
    """These rows, by id."""
    where = "WHERE id IN (SELECT value FROM json_each(?))"
    found = connection.execute(_select(table, where), (json.dumps(ids),))
    return {row["id"]: row for row in _with_people(connection, table, _as_rows(table, found))}


def _batches(connection: sqlite3.Connection, table: str) -> Iterator[list[Row]]:
    found = connection.execute(_select(table, "ORDER BY seq"))
    while batch := found.fetchmany(BATCH):
        yield _with_people(connection, table, _as_rows(table, batch))


def _select(table: str, rest: str) -> str:
    return f"SELECT id, {', '.join(columns(table))} FROM {table} {rest}"


def _as_rows(table: str, found: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows as checked values by column. Raises DamageMet."""
    names = ("id", *columns(table))
    takes = [ROWS[table][name].take for name in names]
    with reading(table):
        rows = [
            {name: take(each) for name, take, each in zip(names, takes, values, strict=True)}
            for values in found
        ]
    for name in FLAGS.intersection(names):
        for row in rows:
            row[name] = bool(row[name])
    return rows


@reading("participant")
def _with_people(connection: sqlite3.Connection, table: str, batch: list[Row]) -> list[Row]:
    if table == "interaction":
        by_id = {row["id"]: row for row in batch}
        for row in batch:
            row[PEOPLE] = []
        rows = connection.execute(_PARTICIPANTS, (json.dumps(list(by_id)),))
        for interaction_id, place, person_id in rows:
            check_place(place)
            by_id[interaction_id][PEOPLE].append(row_id(person_id))
    return batch


def _changes(
    connection: sqlite3.Connection, table: str, ids: Sequence[str], ignored: Sequence[int]
) -> sqlite3.Cursor:
    said = {"ids": json.dumps(ids), "table": table, "ignored": json.dumps(ignored)}
    return connection.execute(_CHANGES, said)


def _said(table: str, changes: Iterable[Sequence[Any]]) -> Times:
    """The moments of a row's fields after all its changes; empty if it was deleted."""
    said: Times = {}
    fields = TRAVELS[table]
    for _, before, after, times, at, _ in changes:
        told = moments(times)
        usual = told.get("at") or moment(at)
        if after is None:
            said = {}
        elif before is None:
            said = {name: told.get(name, usual) for name in fields if name != PEOPLE}
        else:
            was, is_now = side_of(table, before) or {}, side_of(table, after) or {}
            for name, group in fields.items():
                if name in told or value(was, group) != value(is_now, group):
                    said[name] = told.get(name, usual)
    return said


def _people_said(
    connection: sqlite3.Connection, ids: Sequence[str], ignored: Sequence[int]
) -> Iterator[tuple[str, str, int, int]]:
    """When the people of each interaction were last changed, and by which command, by its id."""
    said = {"ids": json.dumps(ids), "ignored": json.dumps(ignored)}
    return connection.execute(_PEOPLE_SAID, said)


_PARTICIPANTS = """SELECT interaction_id, place, person_id FROM participant
  WHERE interaction_id IN (SELECT value FROM json_each(?)) ORDER BY interaction_id, place"""
# `after` is read only for changed rows: most rows were only ever added.
_CHANGES = """SELECT c.row_id, c.before, CASE WHEN c.before IS NULL THEN '' ELSE c.after END,
    c.times, k.at, c.command_seq
  FROM json_each(:ids) AS w CROSS JOIN change AS c ON c.row_id = w.value
  JOIN command AS k ON k.seq = c.command_seq
  WHERE c.table_name = :table AND c.command_seq NOT IN (SELECT value FROM json_each(:ignored))
  ORDER BY w.id, c.seq"""
_PEOPLE_SAID = """SELECT w.value, coalesce(json_extract(c.times, '$.at'), k.at), max(c.seq),
    c.command_seq
  FROM json_each(:ids) AS w
  CROSS JOIN change AS c ON c.row_id > w.value || ' ' AND c.row_id < w.value || '!'
  JOIN command AS k ON k.seq = c.command_seq
  WHERE c.table_name = 'participant'
    AND c.command_seq NOT IN (SELECT value FROM json_each(:ignored))
  GROUP BY w.value"""
_UNDONE = """SELECT i.seq, u.seq FROM command AS i JOIN command AS u ON u.undoes = i.id
  WHERE NOT EXISTS (SELECT 1 FROM command AS r WHERE r.undoes = u.id)
    AND EXISTS (SELECT 1 FROM change AS c WHERE c.command_seq = i.seq AND c.times IS NOT NULL)"""
_GONE = """WITH ignored AS (SELECT value FROM json_each(:ignored)),
  taken AS (
    SELECT c.row_id AS id, coalesce(json_extract(c.times, '$.at'), k.at) AS at
    FROM change AS c JOIN command AS k ON k.seq = c.command_seq
    WHERE c.after IS NULL AND c.table_name = :table AND c.command_seq NOT IN ignored
      AND c.seq = (SELECT max(d.seq) FROM change AS d
        WHERE d.row_id = c.row_id AND d.table_name = :table AND d.command_seq NOT IN ignored)
    UNION ALL SELECT id, at FROM gone WHERE table_name = :table)
  SELECT :table, id, max(at) FROM taken
  WHERE NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = taken.id) GROUP BY id ORDER BY id"""


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let every read inside see the journal at the moment of the first one."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.ProgrammingError):  # the connection may be closed by now
            connection.execute("ROLLBACK")
