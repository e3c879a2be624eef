"""Read the whole journal at one moment, as rows and deletions for another copy of it.

How it works. `rows` reads the exported tables in batches, in an order in which a row comes before
the rows that refer to it; `gone` names the deleted rows, people last. Within a table rows stand in
the order of the earliest moment at which one of their fields was said, and of their ids: so two
journals that hold the same are read in the same order, whatever the order in which they came to
hold it. `some` and `gone_of` read those of some rows alone. Every value is checked as it is read,
so a damaged one raises DamageMet. With each row go the moments of its fields, by which
sync/merge.py decides between two copies; moments.py works them out.
"""

import heapq
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import Any

from connect_cli.store import inbox_lines
from connect_cli.store.column_checks import row_id
from connect_cli.store.moments import Times, brought_and_undone, deleted_at, times
from connect_cli.store.read_values import check_place, reading
from connect_cli.store.row_checks import ROWS
from connect_cli.store.schema import PEOPLE, TRAVELS, Row, columns

__all__ = [
    "Times",
    "brought_and_undone",
    "deleted_at",
    "gone",
    "gone_of",
    "one_moment",
    "orders",
    "read",
    "rows",
    "some",
    "times",
]

BATCH = 500
FLAGS = frozenset({"tried", "dormant", "dropped"})
"""Columns that are a number in the file, and true or false in an export."""


def rows(connection: sqlite3.Connection) -> Iterator[tuple[str, Row, Times]]:
    """Table, row and times of everything; a row comes before the rows that refer to it."""
    ignored = brought_and_undone(connection)
    for table in TRAVELS:
        for ids in _batches(_in_order(connection, table, ignored)):
            for row, said in _with_times(connection, table, ids, ignored):
                yield table, row, said


def some(
    connection: sqlite3.Connection, ids_by_table: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, Row, Times]]:
    """The same of some rows: of those of these ids that exist."""
    ignored = brought_and_undone(connection)
    for table in TRAVELS:
        ids = ids_by_table.get(table, ())
        for batch in _batches(each for _, each in _exactly(connection, table, ids, ignored)):
            for row, said in _with_times(connection, table, batch, ignored):
                yield table, row, said


def gone(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Table, id and moment of every row deleted here or in another copy; people come last."""
    ignored = brought_and_undone(connection)
    for table in reversed(list(TRAVELS)):
        said = {"ignored": json.dumps(ignored), "table": table}
        found = connection.execute(_ONCE_DELETED.format(table=table), said)
        with reading("gone", "change"):
            yield from _gone(connection, table, (row_id(each) for (each,) in found), ignored)


def gone_of(
    connection: sqlite3.Connection, ids_by_table: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, str]]:
    """The same of those of these ids whose rows were deleted."""
    ignored = brought_and_undone(connection)
    for table in reversed(list(TRAVELS)):
        yield from _gone(connection, table, sorted(ids_by_table.get(table, ())), ignored)


def orders(connection: sqlite3.Connection) -> list[str]:
    """The ids of everybody who was forgotten, in order."""
    with reading("forgotten"):
        return [row_id(each) for (each,) in connection.execute(_FORGOTTEN)]


def read(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> dict[str, Row]:
    """These rows, by id."""
    names = ", ".join(("id", *columns(table)))
    sql = f"SELECT {names} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    found = connection.execute(sql, (json.dumps(ids),))
    return {row["id"]: row for row in _with_people(connection, table, _as_rows(table, found))}


def _with_times(
    connection: sqlite3.Connection, table: str, ids: Sequence[str], ignored: Sequence[int]
) -> Iterator[tuple[Row, Times]]:
    """Those of these rows that exist, in the order of the ids."""
    found = read(connection, table, ids)
    said = times(connection, table, list(found.values()), ignored)
    return ((found[each], said[each]) for each in ids if each in found)


def _in_order(connection: sqlite3.Connection, table: str, ignored: Sequence[int]) -> Iterator[str]:
    """The ids of all rows of a table in the order of an export.

    Of a row that was added and never changed, which nearly all were, SQL knows the moment; it sorts
    them, however many there are. The moments of the others are worked out one by one.
    """
    heard = inbox_lines.interactions(connection) if table == "interaction" else []
    said = {"table": table, "heard": json.dumps(heard), "ignored": json.dumps(ignored)}
    found = connection.execute(_IN_ORDER.format(table=table), said)
    others: list[str] = []
    first: list[tuple[str, str]] = []
    for at, each in found:
        if at is not None:
            first.append((at, each))
            break
        others.append(row_id(each))
    exact = _exactly(connection, table, others, ignored)
    return (each for _, each in heapq.merge(exact, chain(first, found)))


def _exactly(
    connection: sqlite3.Connection, table: str, ids: Iterable[str], ignored: Sequence[int]
) -> list[tuple[str, str]]:
    """The earliest moment and the id of those of these rows that exist, in order."""
    return sorted(
        (min(said.values()), row["id"])
        for some in _batches(ids)
        for row, said in _with_times(connection, table, some, ignored)
    )


def _gone(
    connection: sqlite3.Connection, table: str, ids: Iterable[str], ignored: Sequence[int]
) -> Iterator[tuple[str, str, str]]:
    """Table, id and moment of those of these rows that were deleted, in the order of the ids."""
    for some in _batches(ids):
        found = deleted_at(connection, table, some, ignored)
        yield from ((table, each, found[each]) for each in some if each in found)


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while some := list(islice(left, BATCH)):
        yield some


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


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let every read inside see the journal at the moment of the first one."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.ProgrammingError):  # the connection may be closed by now
            connection.execute("ROLLBACK")


_FORGOTTEN = "SELECT id FROM forgotten ORDER BY id"
_PARTICIPANTS = """SELECT interaction_id, place, person_id FROM participant
  WHERE interaction_id IN (SELECT value FROM json_each(?)) ORDER BY interaction_id, place"""
# The moment is NULL, and so comes first, where moments.py has to work it out.
_IN_ORDER = """SELECT CASE
    WHEN t.id NOT IN (SELECT value FROM json_each(:heard)) AND t.id NOT IN (SELECT id FROM gone)
    THEN (SELECT CASE WHEN count(*) = 1 AND c.before IS NULL THEN
        CASE WHEN c.times IS NULL THEN k.at WHEN json_valid(c.times) THEN c.times ->> 'at' END END
      FROM change AS c CROSS JOIN command AS k ON k.seq = c.command_seq
      WHERE c.row_id = t.id AND c.table_name = :table
        AND c.command_seq NOT IN (SELECT value FROM json_each(:ignored)))
    END AS at, t.id
  FROM {table} AS t ORDER BY at, t.id"""
_ONCE_DELETED = """SELECT row_id FROM change
  WHERE after IS NULL AND table_name = :table
    AND command_seq NOT IN (SELECT value FROM json_each(:ignored))
    AND NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = row_id)
  UNION SELECT id FROM gone AS g WHERE table_name = :table
    AND NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = g.id)
  ORDER BY 1"""
