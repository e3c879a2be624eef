"""The triggers that write the record and keep the search indexes, made from the schema.

How it works. migrations.py calls `drop` before each step and `create` after it, in the step's own
transaction; the SQL is made from `TABLES` for the columns that the tables have by then, so a step
itself holds only what changes. From then on SQLite does the rest: each INSERT, UPDATE or DELETE in
a recorded table writes one row of `change` under the command that is open, and each change of a
searched text updates its index.

The record (`change`) keeps what each command did to a row. It must let a command be taken back in
thirty years, by a version that has other columns, or by hand with any program that reads SQLite. So
it holds a row as JSON with the names of its columns, without the derived ones: `folded` is computed
again, by the rule of the version that puts the row back.

- Deleted: `before` is the whole row, `after` is NULL.
- Changed: `before` and `after` are the whole row.
- Added: `before` is NULL, and `after` is `{}`. The row itself is in its table or, once it was
  changed or deleted, in the `before` of its next change. Nearly every change adds a row, and to
  keep each twice took 43 % of the file. Of a participant, whose key is in `row_id`, `after` keeps
  the place, the only other column. Older versions wrote more into `after`; that is read as well.

The view `record` is `change` with the added rows filled in: read it to learn what a row became.

What can go wrong. A row that changes while no command is open breaks NOT NULL on `command_seq`, so
no verb can forget to record. A trigger that is not as made here is found by the doctor (`structure`
in safety/checks.py).
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

from connect_cli.store.schema import ADDED, INDEXES, TABLES


def create(connection: sqlite3.Connection) -> None:
    """Create the triggers and the view again, in the open transaction.

    In the middle of the steps: only for the tables and columns that exist by now.
    """
    drop(connection)
    there = {
        table: [name for (name,) in connection.execute(_COLUMNS_OF, (table,))] for table in TABLES
    }
    for statement in statements({table: names for table, names in there.items() if names}):
        connection.execute(statement)


def drop(connection: sqlite3.Connection) -> None:
    """Drop what `create` makes, so that a step may change rows and columns."""
    recording = [f"{table}_{event}" for table in TABLES for event in _RECORD_EVENTS]
    indexing = [f"{index}_{event}" for index in INDEXES for event in _INDEX_EVENTS]
    for name in (*recording, *indexing):
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    connection.execute("DROP VIEW IF EXISTS record")


def statements(there: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The SQL of every trigger and of the view. there: the columns of each table."""
    for table in there:
        recorded = [name for name in TABLES[table].recorded if name in there[table]]
        yield from _recording(table, recorded)
    for index, table in INDEXES.items():
        if table in there:
            yield from _indexing(index, table)
    yield _record(there)


def _recording(table: str, recorded: Collection[str]) -> Iterator[str]:
    """The triggers of one table that write `change`."""
    old, new = (_as_json(recorded, f"{row}.") for row in ("OLD", "NEW"))
    added = _as_json([name for name in recorded if not _is_in_row_id(table, name)], "NEW.")
    sides = {
        "inserted": ("INSERT", "NEW", "NULL", added),
        "updated": (f"UPDATE OF {', '.join(recorded)}", "NEW", old, new),
        "deleted": ("DELETE", "OLD", old, "NULL"),
    }
    for event, (happens, row, before, after) in sides.items():
        row_id = " || ' ' || ".join(f"{row}.{name}" for name in TABLES[table].identity)
        yield (
            f"CREATE TRIGGER {table}_{event} AFTER {happens} ON {table} BEGIN\n"
            "  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (\n"
            f"    (SELECT seq FROM command WHERE open = 1), '{table}', {row_id},\n"
            f"    {before},\n    {after});\nEND"
        )


def _is_in_row_id(table: str, column: str) -> bool:
    """Whether `after` of an added row can leave a column out."""
    identity = TABLES[table].identity
    return identity == ("id",) or column in identity


def _indexing(index: str, table: str) -> Iterator[str]:
    remove = f"INSERT INTO {index} ({index}, rowid, folded) VALUES ('delete', OLD.seq, OLD.folded);"
    add = f"INSERT INTO {index} (rowid, folded) VALUES (NEW.seq, NEW.folded);"
    does = {
        "added": ("INSERT", add),
        "removed": ("DELETE", remove),
        "changed": ("UPDATE OF seq, folded", f"{remove}\n  {add}"),
    }
    for event, (happens, statements) in does.items():
        yield (
            f"CREATE TRIGGER {index}_{event} AFTER {happens} ON {table} BEGIN\n  {statements}\nEND"
        )


def _record(there: Mapping[str, Collection[str]]) -> str:
    """The view of `change` in which an added row is whole."""
    now = "\n".join(
        f"      WHEN '{table}' THEN (SELECT"
        f" {_as_json([name for name in TABLES[table].recorded if name in names])}"
        f" FROM {table} WHERE id = change.row_id)"
        for table, names in there.items()
        if TABLES[table].identity == ("id",)
    )
    return f"""CREATE VIEW record AS
  SELECT seq, command_seq, table_name, row_id, before, CASE
    WHEN before IS NULL AND table_name = 'participant' AND after GLOB '{{"place":*'
    THEN json_object('interaction_id', substr(row_id, 1, instr(row_id, ' ') - 1),
      'person_id', substr(row_id, instr(row_id, ' ') + 1), 'place', after ->> 'place')
    WHEN before IS NULL AND after = '{ADDED}' THEN coalesce(
      (SELECT n.before FROM change n WHERE n.row_id = change.row_id
        AND n.table_name = change.table_name AND n.seq > change.seq AND n.before IS NOT NULL
        ORDER BY n.seq LIMIT 1),
      CASE table_name
{now}
      END, after)
    ELSE after END AS after, times
  FROM change"""


def _as_json(names: Iterable[str], row: str = "") -> str:
    return f"json_object({', '.join(f'{name!r}, {row}{name}' for name in names)})"


_RECORD_EVENTS = ("inserted", "updated", "deleted")
_INDEX_EVENTS = ("added", "removed", "changed")
_COLUMNS_OF = "SELECT name FROM pragma_table_info(?)"
