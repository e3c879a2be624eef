"""Rows of another copy of the journal taken into this one, in the transaction of a command.

Many rows at once, by plain SQL on the connection that the command has open: a journal of a lifetime
would take minutes as objects. Of a field that both copies know, the one said later stays; of two
rows that may only stand once, the one with the smaller id, so that both copies come to the same.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connect_cli.store import schema, snapshot
from connect_cli.store.bulk import Work, write
from connect_cli.store.schema import PEOPLE, TABLES, TRAVELS, Row, value
from connect_cli.store.snapshot import Times
from connect_cli.sync.jsonl import Arrival

CACHE_KB = 32 * 1024
"""Room for the parts of the indexes that many rows at once touch again and again."""


REFERRED = frozenset(other for each in TABLES.values() for other in each.refers.values())
"""Tables that rows of others are about."""


Said = Mapping[str, str]
"""When each field of a row was said; many rows may share one."""


@dataclass(slots=True)
class Outcome:
    """What became of the rows, by table: how many are new, changed or taken away.

    left_out: the place of each row that could not be taken, and why.
    """

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    taken_away: dict[str, int] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)


class Entangled(Exception):
    """Raised when two rows of a batch come down to one: each must see what became of the other."""


class Importer:
    """Takes rows in, batch by batch, what is referred to before what refers to it.

    at_first: called once, before the first row is written, and never if none is.
    """

    def __init__(self, connection: sqlite3.Connection, at_first: Callable[[], object]) -> None:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        self._connection = connection
        self._at_first: Callable[[], object] | None = at_first
        self._ignored = snapshot.brought_and_undone(connection)
        self._held: dict[str, Arrival] = {}
        self._late: list[Arrival] = []
        self.outcome = Outcome()

    def take(self, table: str, arrivals: Sequence[Arrival]) -> None:
        """Take rows of one table. One that breaks a rule of the journal is left out alone."""
        if table != "person":
            self._bring_back(table, arrivals)
        for some in _each_once(arrivals):
            try:
                self._apply(table, some)
            except (sqlite3.IntegrityError, Entangled):
                for arrival in self._known_first(table, some):
                    self._take_one(table, arrival)

    def settle(self, before: str = "person") -> None:
        """Take the new rows that stand where a row of here did, once all that is news is known.

        That the row of here was taken away may be news too. before: only those of these rows that
        are about something of this table, which may be taken away next.
        """
        about = "interaction_id" if before == "interaction" else "id"  # everything has an id
        late, self._late = self._late, []
        for arrival in late:
            if arrival.row.get(about) is None:
                self._late.append(arrival)
            else:
                self._take_one(arrival.table, arrival, may_wait=False)

    def take_away(self, gone: Sequence[tuple[str, str, str]]) -> None:
        """Table, id and moment of rows that were taken away elsewhere; those said later stay."""
        for table in {table for table, _, _ in gone}.intersection(REFERRED):
            self.settle(table)
        for table, row_id, at in gone:
            row = snapshot.read(self._connection, table, [row_id]).get(row_id)
            if row is None:
                self._note_gone(table, row_id, at)
            elif at >= self._newest(table, row) and not self._needed(table, row_id):
                self._delete_whole(table, row, at)
                _count(self.outcome.taken_away, table, 1)

    def _known_first(self, table: str, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """What is news of rows that are here, before a new row may make one of them its own."""
        here = self._there(table, (arrival.row["id"] for arrival in arrivals))
        return sorted(arrivals, key=lambda arrival: arrival.row["id"] not in here)

    def _take_one(self, table: str, arrival: Arrival, *, may_wait: bool = True) -> None:
        try:
            self._apply(table, [arrival], may_wait=may_wait)
        except sqlite3.IntegrityError as error:
            self.outcome.left_out.append((arrival.place, f"it does not fit: {error}"))

    def _apply(self, table: str, arrivals: Sequence[Arrival], *, may_wait: bool = True) -> None:
        """Write one batch, or nothing of it. Raises sqlite3.IntegrityError and Entangled."""
        connection = self._connection
        late: list[Arrival] = []
        connection.execute("SAVEPOINT batch")
        try:
            work = self._decide(table, arrivals, late if may_wait else None)
            self._write(table, work)
        except sqlite3.IntegrityError:
            connection.execute("ROLLBACK TO batch")
            raise
        finally:
            connection.execute("RELEASE batch")
        self._late += late
        self.outcome.left_out += work.left_out
        _count(self.outcome.new, table, len(work.inserts))
        _count(self.outcome.changed, table, work.changed)

    def _decide(self, table: str, arrivals: Sequence[Arrival], late: list[Arrival] | None) -> Work:
        """What a batch will write. late: takes what must wait; None when nothing may any more.

        A new row that stands where one of here does waits: what is news of that one may come
        behind it in the file, and then one of the two may stand elsewhere.
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
                    self._held[row_id] = arrival
            elif (row := _about_who_is_there(arrival.row, there)) is None:
                work.left_out.append((arrival.place, "it is about somebody who is not there"))
            else:
                old = here.get(row_id)
                new = _merged(table, old, said, row, arrival.times)
                placed = self._place(table, work, old, new, may_wait=late is not None)
                if late is not None and not placed:
                    late.append(arrival)
        if len({*ids, *work.twins}) < len(ids) + len(work.twins):
            raise Entangled
        return work

    def _place(
        self, table: str, work: Work, old: Row | None, new: tuple[Row, Said], *, may_wait: bool
    ) -> bool:
        """Put a row where it belongs: as a new one, over its old self, or into its twin.

        False: it is a new one that has a twin, and may wait.
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
        """The other row that stands where this one would, if only one may."""
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
        self, table: str, work: Work, twin: Row, old: Row | None, new: tuple[Row, Said]
    ) -> None:
        """Make one of two rows that may only stand once; the smaller id stays."""
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

    def _bring_back(self, table: str, arrivals: Iterable[Arrival]) -> None:
        """Let people who were taken away here come back when a row still needs them."""
        if not self._held:
            return
        gone = self._gone(table, [arrival.row["id"] for arrival in arrivals])
        needed = dict.fromkeys(
            person_id
            for arrival in arrivals
            if max(arrival.times.values()) > gone.get(arrival.row["id"], "")
            for person_id in _people_of(arrival.row)
            if person_id in self._held
        )
        for person_id in needed:
            held = self._held.pop(person_id)
            work = Work()
            work.insert(held.row, held.times)
            self._write("person", work)
            _count(self.outcome.new, "person", 1)

    def _referred(self, arrivals: Sequence[Arrival]) -> set[str]:
        """Which people and entries that these rows are about are there."""
        people = {one for arrival in arrivals for one in _people_of(arrival.row)}
        entries = {arrival.row.get("interaction_id") for arrival in arrivals} - {None}
        return self._there("person", people) | self._there("interaction", entries)

    def _there(self, table: str, ids: Iterable[str | None]) -> set[str]:
        sql = f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        return {row_id for (row_id,) in self._connection.execute(sql, (json.dumps(list(ids)),))}

    def _gone(self, table: str, ids: Sequence[str]) -> dict[str, str]:
        """When these rows were taken away, of those that were."""
        said = {"ids": json.dumps(ids), "table": table, "ignored": json.dumps(self._ignored)}
        return dict(self._connection.execute(_GONE, said))

    def _newest(self, table: str, row: Row) -> str:
        times = snapshot.times(self._connection, table, [row], self._ignored)
        return max(times[row["id"]].values())

    def _needed(self, table: str, row_id: str) -> bool:
        """Whether something else is about this person; only then a later word is lost with them."""
        if table != "person":
            return False
        sql = " UNION ALL ".join(
            f"SELECT 1 FROM {name} WHERE {column} = :id" for name, column in schema.referring(table)
        )
        return self._connection.execute(f"{sql} LIMIT 1", {"id": row_id}).fetchone() is not None

    def _delete_whole(self, table: str, row: Row, at: str) -> None:
        """Take a row away as the other copy did; an entry with its tags."""
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
) -> tuple[Row, Said]:
    """A row with the later word of each field, and the moments that are news here.

    Of two words said at once the one that sorts last stays: both copies choose the same.
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
    return [*row.get(PEOPLE, ()), *filter(None, [row.get("person_id")])]


def _about_who_is_there(row: Row, there: set[str]) -> Row | None:
    """A row without those of its people who are not there; None when nobody is left."""
    if PEOPLE in row:
        if there.issuperset(row[PEOPLE]):
            return row
        people = [one for one in row[PEOPLE] if one in there]
        return {**row, PEOPLE: people} if people else None
    about = filter(None, (row.get("person_id"), row.get("interaction_id")))
    return row if all(one in there for one in about) else None


def _each_once(arrivals: Sequence[Arrival]) -> Iterable[Sequence[Arrival]]:
    """The rows as one batch, or one by one when an id stands twice among them."""
    ids = {arrival.row["id"] for arrival in arrivals}
    return [arrivals] if len(ids) == len(arrivals) else [[arrival] for arrival in arrivals]


def _keyed(table: str, row: Row, name: str) -> Any:
    """A column by which a row may stand once."""
    return row[name] if name in row else schema.folded(table, row)[name]


def _count(counts: dict[str, int], table: str, more: int) -> None:
    if more:
        counts[table] = counts.get(table, 0) + more


_GONE = """WITH ignored AS (SELECT value FROM json_each(:ignored))
  SELECT id, max(at) FROM (
    SELECT c.row_id AS id, coalesce(json_extract(c.times, '$.at'), k.at) AS at
    FROM json_each(:ids) AS w CROSS JOIN change AS c ON c.row_id = w.value
    JOIN command AS k ON k.seq = c.command_seq
    WHERE c.table_name = :table AND c.after IS NULL AND c.command_seq NOT IN ignored
      AND c.seq = (SELECT max(d.seq) FROM change AS d
        WHERE d.row_id = c.row_id AND d.table_name = :table AND d.command_seq NOT IN ignored)
    UNION ALL SELECT g.id, g.at FROM json_each(:ids) AS w JOIN gone AS g ON g.id = w.value
      WHERE g.table_name = :table)
  GROUP BY id"""
_NOTE_GONE = """INSERT INTO gone (id, table_name, at) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET at = excluded.at"""
