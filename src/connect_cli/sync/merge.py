"""Merge the rows of another copy of the journal into this one, in the transaction of a command.

How it works. `copies.py` reads the file and hands over batches of rows of one table, in the order
of the file: rows before the rows that refer to them, deletions last. The rows are merged with plain
SQL on the connection of the command; as objects, a lifetime's journal would take minutes. Both
copies must come to the same result, whichever is merged first, so three rules decide:

1. Of a field that both copies have, the value said later stays (`_merged`); the record and the file
   hold the moment of each field. Of two values said at the same moment the one that sorts last.
2. Of two rows with the same natural key, such as two details with one label, one row is made; the
   smaller id stays (`_join`).
3. A row that was deleted stays deleted unless something was said of it later. A deleted person also
   comes back when a later row refers to them (`_bring_back`), and a person to whom other rows still
   refer is not deleted (`_needed`).

For each batch, `_decide` reads what is here and collects the writes as a `Work`, and `_write` runs
it in a savepoint. A new row whose natural key is taken here is postponed: news of the row that has
the key may come later in the file, and then the two no longer collide. `merge_postponed` handles
these before the deletions and at the end.

What can go wrong. If a batch breaks a rule of the database, or holds two rows that turn out to be
one (`SameRow`), it is rolled back and its rows are applied one by one. A row that still breaks a
rule is left out, with its line and the reason, in `Outcome.left_out`; the rest is merged.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connect_cli.library_errors import row_reason
from connect_cli.store import schema, snapshot
from connect_cli.store.bulk import Work, write
from connect_cli.store.schema import PEOPLE, TABLES, TRAVELS, Row, value
from connect_cli.store.snapshot import Times
from connect_cli.sync.jsonl import IncomingRow

CACHE_KB = 32 * 1024
"""Page cache while many rows are written: they touch the same parts of the indexes repeatedly."""

REFERRED = frozenset(other for each in TABLES.values() for other in each.refers.values())
"""Tables that rows of other tables refer to."""

PERSON_COLUMNS = tuple(dict.fromkeys(column for _, column in schema.referring("person")))
"""Columns that name the people whom a row is about."""

FieldTimes = Mapping[str, str]
"""When each field of a row was said; many rows may share one mapping."""


@dataclass(slots=True)
class Outcome:
    """How many rows were added, changed and deleted, by table.

    left_out: the line of each row that could not be merged, and why.
    """

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    taken_away: dict[str, int] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)


class SameRow(Exception):
    """Two rows of a batch turn out to be one row; they have to be applied one by one."""


class Importer:
    """Merges rows batch by batch; a row must come before the rows that refer to it.

    at_first: called once, before the first row is written, and never if none is.
    """

    def __init__(self, connection: sqlite3.Connection, at_first: Callable[[], object]) -> None:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        self._connection = connection
        self._at_first: Callable[[], object] | None = at_first
        self._ignored = snapshot.brought_and_undone(connection)
        self._forgotten = {one for (one,) in connection.execute("SELECT id FROM forgotten")}
        self._deleted_people: dict[str, IncomingRow] = {}
        self._postponed: list[IncomingRow] = []
        self.outcome = Outcome()
        self.due: set[tuple[str, str]] = set()

    def obey(self, ids: Iterable[str]) -> None:
        """Take no row about these people from now on: they were forgotten."""
        if new := set(ids) - self._forgotten:
            self._begin()
            self._forgotten |= new
            self._connection.executemany(_OBEY, [(one,) for one in sorted(new)])

    def merge(self, table: str, arrivals: Sequence[IncomingRow]) -> None:
        """Merge rows of one table. A row that breaks a rule of the journal is left out alone."""
        if table != "person":
            self._bring_back(table, arrivals)
        for some in _batches(arrivals):
            try:
                self._apply(table, some)
            except (sqlite3.IntegrityError, SameRow):
                for arrival in self._existing_first(table, some):
                    self._merge_one(table, arrival)

    def merge_postponed(self, before: str = "person") -> None:
        """Merge the postponed rows, once all news of the rows that had their keys is known.

        before: only the rows that refer to this table, whose rows may be deleted next.
        """
        about = "interaction_id" if before == "interaction" else "id"  # every row has an id
        late, self._postponed = self._postponed, []
        for arrival in late:
            if arrival.row.get(about) is None:
                self._postponed.append(arrival)
            else:
                self._merge_one(arrival.table, arrival, may_wait=False)

    def delete(self, gone: Sequence[tuple[str, str, str]]) -> None:
        """Delete rows that the other copy deleted, unless something was said of them later.

        gone: table, id and moment of each deletion.
        """
        for table in {table for table, _, _ in gone}.intersection(REFERRED):
            self.merge_postponed(table)
        for table, row_id, at in gone:
            row = snapshot.read(self._connection, table, [row_id]).get(row_id)
            if row is None:
                self._note_gone(table, row_id, at)
            elif at >= self._newest(table, row) and not self._needed(table, row_id):
                self._delete_whole(table, row, at)
                _count(self.outcome.taken_away, table, 1)

    def _existing_first(self, table: str, arrivals: Sequence[IncomingRow]) -> list[IncomingRow]:
        """The rows with those that exist here first, so that new rows meet their final keys."""
        here = self._existing(table, (arrival.row["id"] for arrival in arrivals))
        return sorted(arrivals, key=lambda arrival: arrival.row["id"] not in here)

    def _merge_one(self, table: str, arrival: IncomingRow, *, may_wait: bool = True) -> None:
        try:
            self._apply(table, [arrival], may_wait=may_wait)
        except sqlite3.IntegrityError as error:
            self.outcome.left_out.append((arrival.place, row_reason(error)))

    def _apply(self, table: str, arrivals: Sequence[IncomingRow], *, may_wait: bool = True) -> None:
        """Write one batch, or nothing of it. Raises sqlite3.IntegrityError and SameRow."""
        connection = self._connection
        late: list[IncomingRow] = []
        connection.execute("SAVEPOINT batch")
        try:
            work = self._decide(table, arrivals, late if may_wait else None)
            self._write(table, work)
        except sqlite3.IntegrityError:
            connection.execute("ROLLBACK TO batch")
            raise
        finally:
            connection.execute("RELEASE batch")
        self._postponed += late
        self.outcome.left_out += work.left_out
        _count(self.outcome.new, table, len(work.inserts))
        _count(self.outcome.changed, table, work.changed)

    def _decide(
        self, table: str, arrivals: Sequence[IncomingRow], late: list[IncomingRow] | None
    ) -> Work:
        """What a batch will write. late: gets the rows to postpone; None: none may wait any more.

        A new row whose natural key is taken here is postponed: news of the row that has the key may
        come later in the file, and then the two no longer collide.
        """
        ids = [arrival.row["id"] for arrival in arrivals]
        here = snapshot.read(self._connection, table, ids)
        said = snapshot.times(self._connection, table, list(here.values()), self._ignored)
        gone = self._gone(table, [row_id for row_id in ids if row_id not in here])
        there = self._referred(arrivals)
        work = Work()
        for arrival in arrivals:
            row_id = arrival.row["id"]
            if row_id not in here and max(arrival.times.values()) <= gone.get(row_id, ""):
                if table == "person":
                    self._deleted_people[row_id] = arrival
            elif (row := _without_missing_people(arrival.row, there)) is None:
                work.left_out.append((arrival.place, "it is about somebody who is not there"))
            else:
                old = here.get(row_id)
                new = _merged(table, old, said, row, arrival.times)
                placed = self._place(table, work, old, new, may_wait=late is not None)
                if late is not None and not placed:
                    late.append(arrival)
        if len({*ids, *work.twins}) < len(ids) + len(work.twins):
            raise SameRow
        return work

    def _place(
        self,
        table: str,
        work: Work,
        old: Row | None,
        new: tuple[Row, FieldTimes],
        *,
        may_wait: bool,
    ) -> bool:
        """Insert a row, update it, or join it with its twin: the row with the same natural key.

        Returns False for a new row that has a twin and may wait.
        """
        merged, times = new
        if (twin := self._twin(table, merged)) is not None:
            if may_wait and old is None:
                return False
            self._join(table, work, twin, old, new)
        elif old is None:
            work.insert(merged, times)
        else:
            work.update(table, old, merged, times)
        return True

    def _twin(self, table: str, row: Row) -> Row | None:
        """The other row here that has the natural key of this one, if there is one."""
        if not (key := TABLES[table].key):
            return None
        names = [name for name in key if _keyed(table, row, name) is not None]
        where = " AND ".join(f"{name} = ?" for name in names)
        found = self._connection.execute(
            f"SELECT id FROM {table} WHERE {where} AND id <> ?",
            (*(_keyed(table, row, name) for name in names), row["id"]),
        ).fetchone()
        return None if found is None else snapshot.read(self._connection, table, found)[found[0]]

    def _join(
        self, table: str, work: Work, twin: Row, old: Row | None, new: tuple[Row, FieldTimes]
    ) -> None:
        """Make one row of two with the same natural key; the smaller id stays."""
        row, times = new
        work.twins.append(twin["id"])
        rows = [twin] if old is None else [twin, old]
        said = snapshot.times(self._connection, table, rows, self._ignored)
        whole = {**said.get(row["id"], {}), **times}
        both, changed = _merged(table, twin, said, row, whole)
        latest = {name: max(at, said[twin["id"]][name]) for name, at in whole.items()}
        loser = twin if row["id"] < twin["id"] else old
        if loser is not None:
            work.delete(loser, max(said[loser["id"]].values()))
        if twin["id"] < row["id"]:
            work.update(table, twin, both, changed)
        elif old is None:
            work.insert({**both, "id": row["id"]}, latest)
        else:
            work.update(table, old, {**both, "id": row["id"]}, latest)

    def _bring_back(self, table: str, arrivals: Iterable[IncomingRow]) -> None:
        """Restore people who were deleted here when a later row refers to them."""
        if not self._deleted_people:
            return
        gone = self._gone(table, [arrival.row["id"] for arrival in arrivals])
        needed = dict.fromkeys(
            person_id
            for arrival in arrivals
            if max(arrival.times.values()) > gone.get(arrival.row["id"], "")
            for person_id in _people_of(arrival.row)
            if person_id in self._deleted_people
        )
        for person_id in needed:
            person = self._deleted_people.pop(person_id)
            work = Work()
            work.insert(person.row, person.times)
            self._write("person", work)
            _count(self.outcome.new, "person", 1)

    def _referred(self, arrivals: Sequence[IncomingRow]) -> set[str]:
        """The ids of those people and interactions that these rows refer to and that exist here."""
        people = {one for arrival in arrivals for one in _people_of(arrival.row)}
        interactions = {arrival.row.get("interaction_id") for arrival in arrivals} - {None}
        return self._existing("person", people) | self._existing("interaction", interactions)

    def _existing(self, table: str, ids: Iterable[str | None]) -> set[str]:
        sql = f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        return {row_id for (row_id,) in self._connection.execute(sql, (json.dumps(list(ids)),))}

    def _gone(self, table: str, ids: Sequence[str]) -> dict[str, str]:
        """When each of these rows was deleted, by id; only those that were and are not here."""
        return snapshot.deleted_at(self._connection, table, ids, self._ignored)

    def _newest(self, table: str, row: Row) -> str:
        times = snapshot.times(self._connection, table, [row], self._ignored)
        return max(times[row["id"]].values())

    def _needed(self, table: str, row_id: str) -> bool:
        """Whether other rows still refer to this person, which a deletion would take along."""
        if table != "person":
            return False
        sql = " UNION ALL ".join(
            f"SELECT 1 FROM {name} WHERE {column} = :id" for name, column in schema.referring(table)
        )
        return self._connection.execute(f"{sql} LIMIT 1", {"id": row_id}).fetchone() is not None

    def _delete_whole(self, table: str, row: Row, at: str) -> None:
        """Delete a row as the other copy did; an interaction together with its tags."""
        if table == "interaction":
            tags = self._connection.execute(
                "SELECT id FROM tag WHERE interaction_id = ?", (row["id"],)
            ).fetchall()
            rows = snapshot.read(self._connection, "tag", [tag_id for (tag_id,) in tags])
            for tag in rows.values():
                self._delete_whole("tag", tag, at)
        work = Work()
        work.delete(row, at)
        self._write(table, work)

    def _write(self, table: str, work: Work) -> None:
        if not work.is_empty:
            self._begin()
            write(self._connection, table, work)

    def _begin(self) -> None:
        if self._at_first is not None:
            self._at_first()
            self._at_first = None

    def _note_gone(self, table: str, row_id: str, at: str) -> None:
        known = self._gone(table, [row_id]).get(row_id, "")
        if at > known:
            self._begin()
            self._connection.execute(_NOTE_GONE, (row_id, table, at))


def _merged(
    table: str,
    old: Row | None,
    said: Mapping[str, Times],
    row: Row,
    times: Mapping[str, str],
) -> tuple[Row, FieldTimes]:
    """A row with the later value of each field, and the moments that are news here.

    Of two values said at the same moment the one that sorts last stays: both copies choose alike.
    """
    if old is None:
        return row, times
    known, merged, news = said[old["id"]], dict(old), Times()
    for name, group in TRAVELS[table].items():
        if times[name] < known[name]:
            continue
        mine, theirs = value(old, group), value(row, group)
        if times[name] > known[name] or (mine != theirs and _later(theirs, mine)):
            merged.update(zip(group, theirs, strict=True))
            news[name] = times[name]
    return merged, news


def _later(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return json.dumps(one) > json.dumps(other)


def _people_of(row: Row) -> list[str]:
    return [*row.get(PEOPLE, ()), *filter(None, map(row.get, PERSON_COLUMNS))]


def _without_missing_people(row: Row, there: set[str]) -> Row | None:
    """A row without those of its people who do not exist here; None when nobody is left."""
    if PEOPLE in row:
        if there.issuperset(row[PEOPLE]):
            return row
        people = [one for one in row[PEOPLE] if one in there]
        return {**row, PEOPLE: people} if people else None
    about = filter(None, map(row.get, (*PERSON_COLUMNS, "interaction_id")))
    return row if all(one in there for one in about) else None


def _batches(arrivals: Sequence[IncomingRow]) -> Iterable[Sequence[IncomingRow]]:
    """The rows as one batch, or one by one when an id occurs twice among them."""
    ids = {arrival.row["id"] for arrival in arrivals}
    return [arrivals] if len(ids) == len(arrivals) else [[arrival] for arrival in arrivals]


def _keyed(table: str, row: Row, name: str) -> Any:
    """The value of one column of a row's natural key."""
    return row[name] if name in row else schema.folded(table, row)[name]


def _count(counts: dict[str, int], table: str, more: int) -> None:
    if more:
        counts[table] = counts.get(table, 0) + more


_OBEY = "INSERT INTO forgotten (id) VALUES (?) ON CONFLICT DO NOTHING"
_NOTE_GONE = """INSERT INTO gone (id, table_name, at) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET at = excluded.at"""
