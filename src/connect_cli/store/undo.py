"""Taking a command back: each row that it changed becomes what it was, in reverse order.

A row that something else has changed since is not touched: the command that did it is named.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connect_cli.errors import ConnectError, DamageMet, as_typed
from connect_cli.store import reads, schema
from connect_cli.store.held import side_of
from connect_cli.store.record import said
from connect_cli.store.stored import reading

AT_A_TIME = 1000

_CONCERNED = """SELECT row_id FROM change WHERE command_seq = :command AND table_name = 'person'
  UNION SELECT before ->> 'person_id' FROM change
    WHERE command_seq = :command AND table_name = 'participant' AND before IS NOT NULL
  UNION SELECT after ->> 'person_id' FROM change
    WHERE command_seq = :command AND table_name = 'participant' AND after IS NOT NULL
  UNION SELECT t.person_id FROM change h JOIN participant t ON t.interaction_id = h.row_id
    WHERE h.command_seq = :command AND h.table_name = 'interaction'"""

Values = dict[str, Any]


class _Change(NamedTuple):
    seq: int
    table: str
    row_id: str
    before: Values | None
    after: Values | None


def take_back(connection: sqlite3.Connection, command_id: str) -> Iterator[int]:
    """Reverse what a command did, inside the transaction of the command that undoes it.

    It goes on while it is asked how many more rows are done, to the end.
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
        found = connection.execute("SELECT seq FROM command WHERE id = ?", (command_id,)).fetchone()
        if found is None:
            raise ConnectError("it is in the record no more", f"see: {as_typed('changes')}")
        (self._command_seq,) = found
        self._schema = _Schema(connection)

    def run(self) -> Iterator[int]:
        for some in self._backwards():
            for change in some:
                self._reverse(change)
            yield len(some)
        self._reckon_contacts()
        for some in self._backwards():
            for change in some:
                self._check(change)

    def _backwards(self) -> Iterator[Sequence[_Change]]:
        """The command's changes, the last first."""
        last = 2**63 - 1
        while rows := self._connection.execute(
            """SELECT seq, table_name, row_id, before, after FROM change
            WHERE command_seq = ? AND seq < ? ORDER BY seq DESC LIMIT ?""",
            (self._command_seq, last, AT_A_TIME),
        ).fetchall():
            last = rows[-1][0]
            yield _changes(rows)

    def _reverse(self, change: _Change) -> None:
        if change.after is not None and not self._is_as(change.table, change.after):
            raise self._in_the_way(change.row_id)
        if change.before is None:
            where, key = _key(change.after or {})
            self._connection.execute(f"DELETE FROM {change.table} WHERE {where}", key)
        elif change.after is None:
            self._bring_back(change)
        else:
            self._set(change.table, change.after, change.before)

    def _is_as(self, table: str, values: Values) -> bool:
        """Whether a row is there and says what the command left."""
        where, key = _key(values)
        found = self._connection.execute(
            f"SELECT {', '.join(values)} FROM {table} WHERE {where}", key
        ).fetchone()
        return bool(found == tuple(values.values()))

    def _bring_back(self, change: _Change) -> None:
        values = dict(change.before or {})
        self._refuse_occupied(change.table, values)
        if "seq" in values and self._is_taken(change.table, values["seq"]):
            del values["seq"]
        columns, marks = ", ".join(values), reads.marks(tuple(values))
        sql = f"INSERT INTO {change.table} ({columns}) VALUES ({marks})"
        self._connection.execute(sql, tuple(values.values()))

    def _is_taken(self, table: str, seq: int) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE seq = ?"
        return self._connection.execute(sql, (seq,)).fetchone() is not None

    def _set(self, table: str, now: Values, before: Values) -> None:
        where, key = _key(now)
        self._refuse_occupied(table, before, but=now.get("id"))
        columns = ", ".join(f"{column} = ?" for column in before)
        self._connection.execute(
            f"UPDATE {table} SET {columns} WHERE {where}", (*before.values(), *key)
        )

    def _refuse_occupied(self, table: str, values: Values, but: str | None = None) -> None:
        """Refuse to make a second of what may stand only once, such as a detail's label."""
        for columns in self._schema.unique[table]:
            wanted = [values.get(column) for column in columns]
            same = " AND ".join(f"{column} = ?" for column in columns)  # nothing equals NULL
            sql = f"SELECT id FROM {table} WHERE {same} AND id IS NOT ?"
            if found := self._connection.execute(sql, (*wanted, but)).fetchone():
                raise self._in_the_way(found[0])

    def _check(self, change: _Change) -> None:
        """See that what came back belongs somewhere, and that nothing hangs on what went."""
        if change.before is None:
            self._check_free(change)
        else:
            self._check_belongs(change.table, change.before)
            if change.table in ("person", "alias"):
                self._check_name(change)
        if change.table == "participant":
            self._check_somebody((change.before or change.after or {})["interaction_id"])

    def _check_free(self, change: _Change) -> None:
        for child, column in self._schema.children[change.table]:
            found = self._connection.execute(
                f"SELECT {_name_of(child)} FROM {child} WHERE {column} = ? LIMIT 1",
                (change.row_id,),
            ).fetchone()
            if found:
                raise self._in_the_way(found[0])

    def _check_belongs(self, table: str, values: Values) -> None:
        """See that a row belongs to something; not one that the command changed twice."""
        for column, parent in self._schema.parents[table]:
            owner = values.get(column)
            if owner and not self._is_there(parent, owner) and self._is_as(table, values):
                raise self._in_the_way(owner)

    def _is_there(self, table: str, row_id: str) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE id = ?"
        return self._connection.execute(sql, (row_id,)).fetchone() is not None

    def _check_name(self, change: _Change) -> None:
        """Two people may not have one name, though the tables would let them."""
        values = change.before or {}
        if change.after is not None and change.after["folded"] == values["folded"]:
            return
        person_id = values["id"] if change.table == "person" else values["person_id"]
        others = self._connection.execute(
            """SELECT id FROM person WHERE folded = :folded AND id <> :but
            UNION ALL SELECT id FROM alias WHERE folded = :folded AND person_id <> :but""",
            {"folded": values["folded"], "but": person_id},
        )
        for (row_id,) in others:
            if self._changed_since(row_id):  # who had the name before this command may keep it
                raise self._in_the_way(row_id)

    def _check_somebody(self, interaction_id: str) -> None:
        """An entry with nobody in it: whoever took part was forgotten since."""
        alone = self._connection.execute(
            """SELECT 1 FROM interaction WHERE id = :id
            AND NOT EXISTS (SELECT 1 FROM participant WHERE interaction_id = :id)""",
            {"id": interaction_id},
        ).fetchone()
        if alone:
            raise ConnectError(
                "it would leave an entry with nobody: who took part was forgotten since"
            )

    def _reckon_contacts(self) -> None:
        """The newest contact of everybody concerned, once: the triggers leave it to this."""
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
                (), "what it changed is not as it left it", f"see: {as_typed('doctor')}"
            )
        command_id, verb, words, undoes = self._command(command_id)
        while undoes is not None:  # it was brought again: what counts is what it was at first
            command_id, verb, words, undoes = self._command(undoes)
        return ConnectError(
            f"a later command is in the way: {said(verb, words)}",
            f"take that one back first: {as_typed('undo', command_id)}",
        )

    def _changed_since(self, row_id: str) -> str | None:
        """The id of the last command, after the one being taken back, that changed a row."""
        found = self._connection.execute(
            """SELECT c.id FROM change h JOIN command c ON c.seq = h.command_seq
            WHERE h.row_id = ? AND h.command_seq > ? AND c.open IS NULL
            ORDER BY h.seq DESC LIMIT 1""",
            (row_id, self._command_seq),
        ).fetchone()
        return None if found is None else str(found[0])

    def _command(self, command_id: str) -> tuple[str, str, str, str | None]:
        sql = "SELECT id, verb, words, undoes FROM command WHERE id = ?"
        command_id, verb, words, undoes = self._connection.execute(sql, (command_id,)).fetchone()
        return command_id, verb, words, undoes


@reading("change")
def _changes(rows: Sequence[Any]) -> list[_Change]:
    return [
        _Change(seq, table, row_id, side_of(table, before), side_of(table, after))
        for seq, table, row_id, before, after in rows
    ]


class _Schema:
    """How the tables of the record hang together, as the database itself says it.

    unique: the columns of a table that only one row may share, its keys left out. parents: the
    columns of a table that name a row of another, and which. children: the same from there.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.unique: dict[str, list[tuple[str, ...]]] = {}
        self.parents: dict[str, list[tuple[str, str]]] = {}
        self.children: dict[str, list[tuple[str, str]]] = {}
        for (table,) in connection.execute(_RECORDED).fetchall():
            found = connection.execute(_UNIQUE, (table,))
            self.unique[table] = [tuple(columns.split()) for (columns,) in found]
            rows = connection.execute(_REFERENCES, (table,)).fetchall()
            self.parents[table] = rows
            self.children.setdefault(table, [])
            for column, parent in rows:
                self.children.setdefault(parent, []).append((table, column))


_RECORDED = """SELECT tbl_name FROM sqlite_master
  WHERE type = 'trigger' AND name = tbl_name || '_inserted'"""
_UNIQUE = """SELECT group_concat(c.name, ' ') AS columns FROM pragma_index_list(?) i,
  pragma_index_info(i.name) c WHERE i."unique" AND i.origin = 'u' GROUP BY i.name
  HAVING columns <> 'id'"""
_REFERENCES = """SELECT "from", "table" FROM pragma_foreign_key_list(?)"""


def _key(values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """How a row is found."""
    if "id" in values:
        return "id = ?", (values["id"],)
    return "interaction_id = ? AND person_id = ?", (values["interaction_id"], values["person_id"])


def _name_of(table: str) -> str:
    """A row's id, as the record names it."""
    return "interaction_id || ' ' || person_id" if table == "participant" else "id"
