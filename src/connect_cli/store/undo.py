"""Undo: make each row that a command changed what it was before.

How it works. `take_back` runs inside the transaction of the command that undoes another one. It
reads the changes of that command from the `record` view, newest first, a thousand at a time, and
reverses each: an added row is deleted, a deleted row is inserted again, a changed row gets its old
values. The record keeps no column that follows from others, so `folded` is computed again
(`_whole`), and the newest contacts of everybody concerned are computed once at the end. Then the
same changes are read a second time to check that the result holds together: nothing refers to a
deleted row, a restored row has its owner, no two people share a name, no interaction is without
people.

What can go wrong. A row may have changed since, or something that may stand once may exist again.
Then a ConnectError names the later command to take back first, and the transaction rolls back: an
undo is done in full or not at all. If no later command explains the difference, the journal is
damaged, and DamageMet says so.

An import is one command like any other (exchange/imports.py). An import of another copy of the
journal that was undone counts as one that never came (`moments.brought_and_undone`), unless several
machines keep the journal: they have heard of it, so that taking it back is a change like any other.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from connect_cli.errors import ConnectError, DamageMet, as_typed
from connect_cli.language.words import fold
from connect_cli.store import people, schema
from connect_cli.store.changes import FORGET, said
from connect_cli.store.read_values import reading
from connect_cli.store.row_checks import side_of
from connect_cli.store.schema import TABLES

AT_A_TIME = 1000

_CONCERNED = """SELECT row_id FROM change WHERE command_seq = :command AND table_name = 'person'
  UNION SELECT before ->> 'person_id' FROM change
    WHERE command_seq = :command AND table_name = 'participant' AND before IS NOT NULL
  UNION SELECT substr(row_id, instr(row_id, ' ') + 1) FROM change
    WHERE command_seq = :command AND table_name = 'participant'
  UNION SELECT t.person_id FROM change h JOIN participant t ON t.interaction_id = h.row_id
    WHERE h.command_seq = :command AND h.table_name = 'interaction'"""

_FOUND = """SELECT seq, verb = 'sync' OR EXISTS (SELECT 1 FROM sync) FROM command WHERE id = ?"""
# Of the command that is open: what it takes back of a copy was told to other machines already.
_TRAVELS = """UPDATE change SET times = '{}' WHERE times IS NULL
  AND command_seq = (SELECT seq FROM command WHERE open = 1)
  AND EXISTS (SELECT 1 FROM command AS i JOIN change AS c ON c.command_seq = i.seq
    WHERE i.seq = :command AND i.verb = 'import' AND c.times IS NOT NULL)"""

Values = dict[str, Any]


class _Change(NamedTuple):
    """One row before and after the command, without its derived columns.

    after: of an added row, as much as the record knows.
    """

    seq: int
    table: str
    row_id: str
    before: Values | None
    after: Values | None


def take_back(connection: sqlite3.Connection, command_id: str) -> Iterator[int]:
    """Reverse what a command did, inside the transaction of the command that undoes it.

    Yields how many more rows are done; the caller must run it to the end.
    Raises ConnectError, naming the command that is in the way, when a row has changed since.
    """
    (times,) = connection.execute(
        "SELECT count(*) FROM command WHERE undoes = ? AND open IS NULL", (command_id,)
    ).fetchone()
    if times:
        raise ConnectError("another command has just taken it back", f"see: {as_typed('changes')}")
    yield from _Undo(connection, command_id).run()


class _Undo:
    def __init__(self, connection: sqlite3.Connection, command_id: str) -> None:
        self._connection = connection
        found = connection.execute(_FOUND, (command_id,)).fetchone()
        if found is None:
            raise ConnectError(
                "that command is no longer in the record", f"see: {as_typed('changes')}"
            )
        self._command_seq, self._travels = found

    def run(self) -> Iterator[int]:
        for some in self._backwards():
            for change in some:
                self._reverse(change)
            yield len(some)
        self._reckon_contacts()
        for some in self._backwards():
            for change in some:
                self._check(change)
        if self._travels:
            self._connection.execute(_TRAVELS, {"command": self._command_seq})

    def _backwards(self) -> Iterator[Sequence[_Change]]:
        """The command's changes, newest first."""
        last = 2**63 - 1
        while rows := self._connection.execute(
            """SELECT seq, table_name, row_id, before, after FROM record
            WHERE command_seq = ? AND seq < ? ORDER BY seq DESC LIMIT ?""",
            (self._command_seq, last, AT_A_TIME),
        ).fetchall():
            last = rows[-1][0]
            yield _changes(rows)

    def _reverse(self, change: _Change) -> None:
        if self._stays(change):
            return
        if change.after is not None and not self._is_as(change.table, change.row_id, change.after):
            raise self._in_the_way(change.row_id)
        if change.before is None:
            where, key = _found_by(change.table, change.row_id)
            self._connection.execute(f"DELETE FROM {change.table} WHERE {where}", key)
        elif change.after is None:
            self._bring_back(change)
        else:
            self._set(change.table, change.row_id, change.before)

    def _stays(self, change: _Change) -> bool:
        """Whether a change is left as it is, such as that a line was taken.

        What other machines deleted stays on record: they will not say it again.
        """
        if change.table == "gone" and self._travels:
            return True
        added = change.after if change.before is None else None
        return added is not None and TABLES[change.table].stays(added)

    def _is_as(self, table: str, row_id: str, values: Values) -> bool:
        """Whether a row exists and holds these values; another copy may have recorded it later."""
        where, key = _found_by(table, row_id)
        values = {name: value for name, value in values.items() if name != "recorded_at"}
        found = self._connection.execute(
            f"SELECT {', '.join(('1', *values))} FROM {table} WHERE {where}", key
        ).fetchone()
        return bool(found == (1, *values.values()))

    def _bring_back(self, change: _Change) -> None:
        values = _whole(change.table, change.before or {})
        self._refuse_occupied(change.table, values)
        if "seq" in values and self._is_taken(change.table, values["seq"]):
            del values["seq"]
        columns, marks = ", ".join(values), people.marks(tuple(values))
        sql = f"INSERT INTO {change.table} ({columns}) VALUES ({marks})"
        self._connection.execute(sql, tuple(values.values()))

    def _is_taken(self, table: str, seq: int) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE seq = ?"
        return self._connection.execute(sql, (seq,)).fetchone() is not None

    def _set(self, table: str, row_id: str, before: Values) -> None:
        where, key = _found_by(table, row_id)
        values = _whole(table, before)
        self._refuse_occupied(table, values, but=row_id)
        columns = ", ".join(f"{column} = ?" for column in values)
        self._connection.execute(
            f"UPDATE {table} SET {columns} WHERE {where}", (*values.values(), *key)
        )

    def _refuse_occupied(self, table: str, values: Values, but: str | None = None) -> None:
        """Refuse to make a second row with the same natural key, such as a detail's label."""
        key = TABLES[table].key
        if not key or key == TABLES[table].identity:
            return
        wanted = {name: values[name] for name in key if values.get(name) is not None}
        same = " AND ".join(f"{name} = ?" for name in wanted)
        sql = f"SELECT id FROM {table} WHERE {same} AND id IS NOT ?"
        if found := self._connection.execute(sql, (*wanted.values(), but)).fetchone():
            raise self._in_the_way(found[0])

    def _check(self, change: _Change) -> None:
        """Check that a restored row has its owner, and that nothing refers to a deleted one."""
        if self._stays(change):
            return
        if change.before is None:
            self._check_free(change)
        else:
            self._check_belongs(change.table, change.before)
            if TABLES[change.table].names:
                self._check_name(change)
        if change.table == "participant":
            self._check_somebody(change.row_id.partition(" ")[0])

    def _check_free(self, change: _Change) -> None:
        for child, column in schema.referring(change.table):
            found = self._connection.execute(
                f"SELECT {_name_of(child)} FROM {child} WHERE {column} = ? LIMIT 1",
                (change.row_id,),
            ).fetchone()
            if found:
                raise self._in_the_way(found[0])

    def _check_belongs(self, table: str, values: Values) -> None:
        """Check that the owner of a row exists, unless the command changed the row again."""
        row_id = " ".join(values[name] for name in TABLES[table].identity)
        for column, parent in TABLES[table].refers.items():
            owner = values.get(column)
            if owner and not self._is_there(parent, owner) and self._is_as(table, row_id, values):
                raise self._in_the_way(owner)

    def _is_there(self, table: str, row_id: str) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE id = ?"
        return self._connection.execute(sql, (row_id,)).fetchone() is not None

    def _check_name(self, change: _Change) -> None:
        """Refuse a name that somebody else has got since; the tables themselves allow it."""
        values = _whole(change.table, change.before or {})
        if change.after is not None and fold(change.after["name"]) == values["folded"]:
            return
        person_id = values["id"] if change.table == "person" else values["person_id"]
        others = self._connection.execute(
            """SELECT id FROM person WHERE folded = :folded AND id <> :but
            UNION ALL SELECT id FROM alias WHERE folded = :folded AND person_id <> :but""",
            {"folded": values["folded"], "but": person_id},
        )
        for (row_id,) in others:
            if self._changed_since(row_id):  # a name that was shared before may stay shared
                raise self._in_the_way(row_id)

    def _check_somebody(self, interaction_id: str) -> None:
        """Refuse to leave an interaction without people: they were forgotten since."""
        alone = self._connection.execute(
            """SELECT 1 FROM interaction WHERE id = :id
            AND NOT EXISTS (SELECT 1 FROM participant WHERE interaction_id = :id)""",
            {"id": interaction_id},
        ).fetchone()
        if alone:
            raise ConnectError(
                "this would leave an interaction without people: they have been forgotten since"
            )

    def _reckon_contacts(self) -> None:
        """Compute the newest contacts of everybody concerned, once at the end."""
        ids = self._connection.execute(_CONCERNED, {"command": self._command_seq}).fetchall()
        self._connection.executemany(
            f"""UPDATE person SET last_full_on = {schema.NEWEST_FULL},
            last_half_on = {schema.NEWEST_HALF} WHERE id = ?""",
            ids,
        )

    def _in_the_way(self, row_id: str) -> ConnectError:
        """Name the command that changed a row last."""
        command_id = self._changed_since(row_id)
        if command_id is None:
            return DamageMet(
                (),
                "the rows it changed are not as it left them",
                f"see why: {as_typed('doctor')}",
            )
        command_id, verb, words, undoes = self._command(command_id)
        while undoes is not None:  # an undo or a redo: name the command that began the chain
            command_id, verb, words, undoes = self._command(undoes)
        return ConnectError(
            f"a later command is in the way: {said(verb, words)}",
            f"take that one back first: {as_typed('undo', command_id)}",
        )

    def _changed_since(self, row_id: str) -> str | None:
        """The id of the last command, after the one being taken back, that changed a row.

        A merge gives the row of a participant another id. A `forget` only keeps moments.
        """
        found = self._connection.execute(
            """SELECT c.id FROM change h JOIN command c ON c.seq = h.command_seq
            WHERE h.command_seq > :command AND c.open IS NULL AND c.verb <> :forget
            AND (h.row_id = :row
              OR CASE WHEN h.table_name = 'participant' AND h.before IS NOT NULL THEN
                (h.before ->> 'interaction_id') || ' ' || (h.before ->> 'person_id') = :row END)
            ORDER BY h.seq DESC LIMIT 1""",
            {"command": self._command_seq, "row": row_id, "forget": FORGET},
        ).fetchone()
        return None if found is None else str(found[0])

    def _command(self, command_id: str) -> tuple[str, str, str, str | None]:
        sql = "SELECT id, verb, words, undoes FROM command WHERE id = ?"
        command_id, verb, words, undoes = self._connection.execute(sql, (command_id,)).fetchone()
        return command_id, verb, words, undoes


@reading()  # an added row stands in its own table
def _changes(rows: Sequence[Any]) -> list[_Change]:
    return [
        _Change(
            *(seq, table, row_id, side_of(table, before)),
            side_of(table, after, added=before is None),
        )
        for seq, table, row_id, before, after in rows
    ]


@reading()  # an added row stands in its own table
def _whole(table: str, values: Values) -> Values:
    """A row of the record with its folded columns, which the record does not keep."""
    return values | schema.folded(table, values)


def _found_by(table: str, row_id: str) -> tuple[str, list[str]]:
    """The WHERE clause and its values for a row that the record names `row_id`."""
    return " AND ".join(f"{name} = ?" for name in TABLES[table].identity), row_id.split(" ")


def _name_of(table: str) -> str:
    """SQL for a row's id as the record writes it."""
    return " || ' ' || ".join(TABLES[table].identity)
