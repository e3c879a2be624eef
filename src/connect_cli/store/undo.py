"""Taking a command back: each row that it changed becomes what it was, in reverse order.

A row that something else has changed since is not touched: the command that did it is named.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connect_cli.errors import ConnectError
from connect_cli.store import reads

TABLES = (
    *("person", "alias", "contact_point", "detail", "occasion", "interaction"),
    *("participant", "tag", "promise", "pause", "saving"),
)
AT_A_TIME = 1000
_PARENTS = {"person_id": "person", "interaction_id": "interaction"}
_CHILDREN = {
    "person_id": (
        *("alias", "contact_point", "detail", "occasion"),
        *("participant", "tag", "promise", "pause"),
    ),
    "interaction_id": ("participant", "tag"),
}
_NEWEST = """(SELECT max(i.day) FROM participant t JOIN interaction i ON i.id = t.interaction_id
  WHERE t.person_id = person.id AND i.counts = '{}')"""

Values = dict[str, Any]
Progress = Callable[[int], object]
"""Told how many more rows are done."""


class _Change(NamedTuple):
    seq: int
    table: str
    row_id: str
    before: Values | None
    after: Values | None


def take_back(
    connection: sqlite3.Connection, command_id: str, progress: Progress = lambda _: None
) -> None:
    """Reverse what a command did, inside the transaction of the command that undoes it.

    Raises ConnectError, naming the command that is in the way, when a row has changed since.
    """
    _Undo(connection, command_id).run(progress)


class _Undo:
    def __init__(self, connection: sqlite3.Connection, command_id: str) -> None:
        self._connection = connection
        (self._command_seq,) = connection.execute(
            "SELECT seq FROM command WHERE id = ?", (command_id,)
        ).fetchone()
        self._unique_columns: dict[str, list[tuple[str, ...]]] = {}

    def run(self, progress: Progress) -> None:
        for some in self._backwards():
            for change in some:
                self._reverse(change)
            progress(len(some))
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
            yield [_Change(*row[:3], _values(row[3]), _values(row[4])) for row in rows]

    def _reverse(self, change: _Change) -> None:
        if change.table not in TABLES:
            raise ConnectError(f"the record names a table that is not there: {change.table}")
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
        return found == tuple(values.values())

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
        for columns in self._unique(table):
            wanted = [values.get(column) for column in columns]
            same = " AND ".join(f"{column} = ?" for column in columns)  # nothing equals NULL
            sql = f"SELECT id FROM {table} WHERE {same} AND id IS NOT ?"
            if found := self._connection.execute(sql, (*wanted, but)).fetchone():
                raise self._in_the_way(found[0])

    def _unique(self, table: str) -> list[tuple[str, ...]]:
        """The columns that only one row of a table may share, its keys left out."""
        if table not in self._unique_columns:
            found = self._connection.execute(
                """SELECT group_concat(c.name, ' ') FROM pragma_index_list(?) i,
                pragma_index_info(i.name) c WHERE i."unique" AND i.origin = 'u' GROUP BY i.name""",
                (table,),
            )
            every = [tuple(columns.split()) for (columns,) in found]
            self._unique_columns[table] = [each for each in every if each != ("id",)]
        return self._unique_columns[table]

    def _check(self, change: _Change) -> None:
        """See that nothing hangs in the air: what came back belongs somewhere, what went is free."""
        if change.before is None:
            self._check_free(change)
        else:
            self._check_belongs(change.before)
            if change.table in ("person", "alias"):
                self._check_name(change)
        if change.table == "participant":
            self._check_somebody((change.before or change.after or {})["interaction_id"])
        if change.table == "person" and change.after is None:
            self._reckon_contacts(change.row_id)

    def _check_free(self, change: _Change) -> None:
        for column, table in _PARENTS.items():
            if table != change.table:
                continue
            for child in _CHILDREN[column]:
                found = self._connection.execute(
                    f"SELECT {_name_of(child)} FROM {child} WHERE {column} = ? LIMIT 1",
                    (change.row_id,),
                ).fetchone()
                if found:
                    raise self._in_the_way(found[0])

    def _check_belongs(self, values: Values) -> None:
        for column, table in _PARENTS.items():
            owner = values.get(column)
            sql = f"SELECT 1 FROM {table} WHERE id = ?"
            if owner and not self._connection.execute(sql, (owner,)).fetchone():
                raise self._in_the_way(owner)

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

    def _reckon_contacts(self, person_id: str) -> None:
        """The newest contact of somebody who came back, whatever came back before them."""
        self._connection.execute(
            f"""UPDATE person SET last_full_on = {_NEWEST.format("yes")},
            last_half_on = {_NEWEST.format("half")} WHERE id = ?""",
            (person_id,),
        )

    def _in_the_way(self, row_id: str) -> ConnectError:
        """Name the command that changed a row last."""
        command_id = self._changed_since(row_id)
        if command_id is None:
            return ConnectError("what it changed is not as it left it", "see: connect doctor")
        command_id, verb, words, undoes = self._command(command_id)
        while undoes is not None:  # it was brought again: what counts is what it was at first
            command_id, verb, words, undoes = self._command(undoes)
        return ConnectError(
            f"it cannot be taken back as long as a later command stands: {verb}, {words}",
            f"take that one back first: connect undo {command_id}",
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


def _values(text: str | None) -> Values | None:
    if text is None:
        return None
    values: Values = json.loads(text)
    return values


def _key(values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """How a row is found."""
    if "id" in values:
        return "id = ?", (values["id"],)
    return "interaction_id = ? AND person_id = ?", (values["interaction_id"], values["person_id"])


def _name_of(table: str) -> str:
    """A row's id, as the record names it."""
    return "interaction_id || ' ' || person_id" if table == "participant" else "id"
