"""Merge the rows of another copy of the journal into this one, in the transaction of a command.

How it works. `copies.py` reads the file and hands over batches of rows of one table, in the order
of the file: rows before the rows that refer to them, deletions last. The rows are merged with plain
SQL on the connection of the command; as objects, a lifetime's journal would take minutes. Both
copies must come to the same result, whichever is merged first, so three rules decide:

1. Of a field that both copies have, the value said later stays (`merged`); the record and the file
   hold the moment of each field. Of two values said at the same moment row_merge.py chooses.
2. Of two rows with the same natural key, such as two details with one label, one row is made; the
   smaller id stays (`_join`).
3. A row that was deleted stays deleted unless something was said of it later. A deleted person also
   comes back when a row that is alive refers to them (`_bring_back`), and a person to whom other
   rows still refer is not deleted (`_keep`): in both cases the journal says 1 ms after the deletion
   that they are there. The tags of a deleted interaction die with it.

More than two copies that tell each other only what changed come to the same result too, because a
merge only ever adds to what is known: of each field a later moment, of each row a later deletion.
Whatever a merge leaves otherwise than it came is `due`: it has to be told to the others. So is
what refers to somebody who is alive in spite of a deletion: others may have heard of it when all
that they knew of the person was that they were deleted.

For each batch, `_decide` reads what is here and collects the writes as a `Work`, and `_write` runs
it in a savepoint. A row whose natural key is taken here is postponed: news of the row that has the
key may come later in the file, and then the two no longer collide. `merge_postponed` handles these
before the deletions of the rows that they refer to, and at the end.

What can go wrong. If a batch breaks a rule of the database, or holds two rows that turn out to be
one (`SameRow`), it is rolled back and its rows are applied one by one. A row that still breaks a
rule is left out, with its line and the reason, in `Outcome.left_out`; the rest is merged.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from connect_cli.library_errors import row_reason
from connect_cli.store.bulk import Work
from connect_cli.store.moments import Times, after
from connect_cli.store.schema import TABLES, Row
from connect_cli.sync.jsonl import IncomingRow
from connect_cli.sync.row_merge import (
    Merged,
    is_of_missing_interaction,
    merged,
    people_of,
    without_missing_people,
    without_people,
)
from connect_cli.sync.rows_here import RowsHere

REFERRED = frozenset(other for each in TABLES.values() for other in each.refers.values())
"""Tables that rows of other tables refer to."""

NOBODY_THERE = "it is about somebody who is not there"

BROUGHT_BACK = "created_at"
"""What is said again of somebody who is alive in spite of a deletion."""


@dataclass(slots=True)
class Outcome:
    """How many rows were added, changed and deleted, by table.

    left_out: the line of each row that could not be merged, and why. to_forget: how many people
    here were forgotten in the other copy.
    """

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    taken_away: dict[str, int] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    to_forget: int = 0


class SameRow(Exception):
    """Two rows of a batch turn out to be one row; they have to be applied one by one."""


class Importer:
    """Merges rows batch by batch; a row must come before the rows that refer to it.

    at_first: called once, before the first row is written, and never if none is.
    due: table and id of the rows of which other copies have to be told: those that stand otherwise
    than anybody said them, and those that refer to somebody who stays in spite of a deletion. No
    other row that stands as it came is among them, or copies would echo for ever.
    """

    def __init__(self, connection: sqlite3.Connection, at_first: Callable[[], object]) -> None:
        self._connection = connection
        self._here = RowsHere(connection, at_first)
        self._forgotten = {one for (one,) in connection.execute("SELECT id FROM forgotten")}
        self._dead_people: dict[str, IncomingRow] = {}
        self._alive_again: set[str] = set()
        self._postponed: list[IncomingRow] = []
        self._replaced: set[str] = set()  # rows here whose twins are new, and were postponed
        self.outcome = Outcome()
        self.due: set[tuple[str, str]] = set()

    def obey(self, ids: Iterable[str]) -> None:
        """Take no row about these people from now on: they were forgotten.

        Those of them who are here must have been removed before (safety/forget.py).
        """
        if new := set(ids) - self._forgotten:
            self._forgotten |= new
            self.note_to_forget(len(self._here.existing("person", new)))
            self._here.note_forgotten(new)

    def note_to_forget(self, number: int) -> None:
        """Count people who were forgotten in the other copy, and therefore here."""
        self.outcome.to_forget += number
        _count(self.outcome.taken_away, "person", number)

    def merge(self, table: str, arrivals: Sequence[IncomingRow]) -> None:
        """Merge rows of one table. A row that breaks a rule of the journal is left out alone."""
        if self._forgotten:
            arrivals = self._without_forgotten(arrivals)
        for some in _batches(arrivals):
            try:
                self._apply(table, some)
            except (sqlite3.IntegrityError, SameRow):
                for arrival in self._existing_first(table, some):
                    self._merge_one(table, arrival)
        if table == "person":
            self._keep_dead(arrivals)

    def merge_postponed(self, before: str = "person") -> None:
        """Merge the postponed rows, once all news of the rows that had their keys is known.

        before: only the rows that refer to this table, whose rows may be deleted next.
        """
        about = "interaction_id" if before == "interaction" else "id"  # every row has an id
        late = [one for one in self._postponed if one.row.get(about) is not None]
        others = [one for one in self._postponed if one.row.get(about) is None]
        waited = len(late) + 1
        while len(late) < waited:  # one that finds its place may make room for another
            waited, self._postponed = len(late), []
            for arrival in late:
                self._merge_one(arrival.table, arrival)
            late = self._postponed
        self._postponed = others
        for arrival in late:
            self._merge_one(arrival.table, arrival, may_wait=False)

    def delete(self, gone: Sequence[tuple[str, str, str]]) -> None:
        """Delete rows that the other copy deleted, unless something was said of them later.

        gone: table, id and moment of each deletion.
        """
        for table in {table for table, _, _ in gone}.intersection(REFERRED):
            self.merge_postponed(table)
        for table, row_id, at in gone:
            if row_id not in self._forgotten:
                self._delete(table, row_id, at)

    def _delete(self, table: str, row_id: str, at: str) -> None:
        row = self._here.read(table, [row_id]).get(row_id)
        if row is None:
            self._here.note_gone(table, row_id, at)
        elif at < self._here.newest(table, row):
            return
        elif table == "person" and self._here.about(row_id):
            self._keep(row, at)
        else:
            self._delete_whole(table, row, at)
            if row_id in self._replaced:
                _count(self.outcome.changed, table, 1)
                _count(self.outcome.new, table, -1)
            else:
                _count(self.outcome.taken_away, table, 1)

    def _without_forgotten(self, arrivals: Sequence[IncomingRow]) -> list[IncomingRow]:
        """The rows without those about forgotten people, who also leave the interactions."""
        return [
            arrival._replace(row=row)
            for arrival in arrivals
            if arrival.row["id"] not in self._forgotten
            and (row := without_people(arrival.row, self._forgotten)) is not None
        ]

    def _existing_first(self, table: str, arrivals: Sequence[IncomingRow]) -> list[IncomingRow]:
        """The rows with those that exist here first, so that new rows meet their final keys."""
        here = self._here.existing(table, (arrival.row["id"] for arrival in arrivals))
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
            self._here.write(table, work)
        except (sqlite3.IntegrityError, SameRow):
            connection.execute("ROLLBACK TO batch")
            raise
        finally:
            connection.execute("RELEASE batch")
        self._postponed += late
        self.due |= work.due
        self.outcome.left_out += work.left_out
        _count(self.outcome.new, table, len(work.inserts) - work.instead)
        _count(self.outcome.new, "person", work.brought_back)
        _count(self.outcome.changed, table, work.changed + work.instead)

    def _decide(
        self, table: str, arrivals: Sequence[IncomingRow], late: list[IncomingRow] | None
    ) -> Work:
        """What a batch will write. late: gets the rows to postpone; None: none may wait any more.

        A row whose natural key is taken here is postponed: news of the row that has the key may
        come later in the file, and then the two no longer collide.
        """
        ids = [arrival.row["id"] for arrival in arrivals]
        here = self._here.read(table, ids)
        said = self._here.said(table, list(here.values()))
        gone = self._here.gone(table, [row_id for row_id in ids if row_id not in here])
        news = [
            (arrival, merged(table, here.get(arrival.row["id"]), said, arrival.row, arrival.times))
            for arrival in arrivals
            if arrival.row["id"] in here
            or max(arrival.times.values()) > gone.get(arrival.row["id"], "")
        ]
        work = Work()
        there = self._referred([found.row for _, found in news], work)
        for arrival, found in news:
            old = here.get(arrival.row["id"])
            if is_of_missing_interaction(found.row, there):
                self._die_too(work, arrival, old, said)
            elif (row := self._without_unknown_people(found.row, there)) is None:
                work.left_out.append((arrival.place, NOBODY_THERE))
            elif found.times:
                new = found._replace(row=row)
                placed = self._place(table, work, old, new, may_wait=late is not None)
                if not self._alive_again.isdisjoint(people_of(row)):
                    work.due.add((table, row["id"]))
                if late is not None and not placed:
                    late.append(arrival)
        if len({*ids, *work.twins}) < len(ids) + len(work.twins):
            raise SameRow
        return work

    def _place(
        self, table: str, work: Work, old: Row | None, new: Merged, *, may_wait: bool
    ) -> bool:
        """Insert a row, update it, or join it with its twin: the row with the same natural key.

        Returns False for a row that has a twin and may wait.
        """
        if (twin := self._here.twin(table, new.row)) is not None:
            if may_wait:
                if old is None:
                    self._replaced.add(twin["id"])
                return False
            self._join(table, work, twin, old, new)
        elif old is None:
            work.insert(new.row, new.times)
        else:
            work.update(table, old, new.row, new.times)
            if new.mixed:
                work.due.add((table, old["id"]))
        return True

    def _die_too(
        self, work: Work, arrival: IncomingRow, old: Row | None, said: Mapping[str, Times]
    ) -> None:
        """Let a tag be deleted, at its own last moment: its interaction is.

        Of an interaction that was never here, because of whom it was with, there are no tags.
        """
        about, row_id = arrival.row["interaction_id"], arrival.row["id"]
        at = max([*arrival.times.values(), *said.get(row_id, {}).values()])
        if old is not None:
            work.delete(old, at)
        elif about in self._here.gone("interaction", [about]):
            work.gone.append((row_id, at))
        else:
            if not self._forgotten:
                work.left_out.append((arrival.place, NOBODY_THERE))
            return
        work.due.add((arrival.table, row_id))

    def _join(self, table: str, work: Work, twin: Row, old: Row | None, new: Merged) -> None:
        """Make one row of two with the same natural key; the smaller id stays."""
        row, times, _ = new
        work.twins.append(twin["id"])
        rows = [twin] if old is None else [twin, old]
        said = self._here.said(table, rows)
        whole = {**said.get(row["id"], {}), **times}
        both = merged(table, twin, said, row, whole)
        latest = {name: max(at, said[twin["id"]][name]) for name, at in whole.items()}
        loser = twin if row["id"] < twin["id"] else old
        if loser is not None:
            work.delete(loser, max(said[loser["id"]].values()))
        else:
            work.gone.append((row["id"], max(whole.values())))
        if twin["id"] < row["id"]:
            work.update(table, twin, both.row, both.times)
        elif old is None:
            work.insert({**both.row, "id": row["id"]}, latest)
            work.instead += 1
        else:
            work.update(table, old, {**both.row, "id": row["id"]}, latest)
        work.due |= {(table, row["id"]), (table, twin["id"])}

    def _keep_dead(self, arrivals: Iterable[IncomingRow]) -> None:
        """Keep what is said of people who are deleted here: a later row may bring them back.

        If the record holds nothing of them, it does so from now on.
        """
        said = {arrival.row["id"]: arrival for arrival in arrivals}
        missing = said.keys() - self._here.existing("person", said)
        for person_id, at in self._here.gone("person", sorted(missing)).items():
            arrival = self._dead_people[person_id] = said[person_id]
            if self._here.before_deletion(person_id) is None:
                added, deleted = Work(), Work()
                added.insert(arrival.row, arrival.times)
                deleted.delete(arrival.row, at)
                for work in (added, deleted):
                    self._here.write("person", work)

    def _bring_back(self, person_id: str, work: Work) -> bool:
        """Restore somebody who was deleted here, because another row refers to them."""
        if (kept := self._dead_people.pop(person_id, None)) is not None:
            found = kept.row, kept.times
        elif (known := self._here.before_deletion(person_id)) is not None:
            found = known
        else:
            return False
        row, times = found
        if (at := self._here.gone("person", [person_id]).get(person_id)) is not None:
            times = {**times, BROUGHT_BACK: after(at)}
        back = Work()
        back.insert(row, times)
        self._here.write("person", back)
        work.brought_back += 1
        work.due.add(("person", person_id))
        self._alive_again.add(person_id)
        return True

    def _keep(self, person: Row, at: str) -> None:
        """Keep somebody whom another copy deleted: say again, after that, when they were added."""
        work = Work()
        work.update("person", person, person, {BROUGHT_BACK: after(at)})
        self._here.write("person", work)
        self.due.add(("person", person["id"]))
        self.due |= self._here.about(person["id"])

    def _without_unknown_people(self, row: Row, there: AbstractSet[str]) -> Row | None:
        """A row without those of its people who never were here; None when nobody is left.

        Of somebody who was deleted, and of whom nothing is known, nothing is said before they are
        alive again.
        """
        kept = without_missing_people(row, there)
        if kept is row or not self._here.gone("person", sorted(set(people_of(row)) - there)):
            return kept
        return None

    def _referred(self, rows: Sequence[Row], work: Work) -> set[str]:
        """The ids of those people and interactions that these rows refer to and that exist here.

        People who were deleted are brought back.
        """
        people = {one for row in rows for one in people_of(row)}
        interactions = {row.get("interaction_id") for row in rows} - {None}
        there = self._here.existing("person", people)
        there |= {one for one in sorted(people - there) if self._bring_back(one, work)}
        return there | self._here.existing("interaction", interactions)

    def _delete_whole(self, table: str, row: Row, at: str) -> None:
        """Delete a row as the other copy did; an interaction together with its tags."""
        if table == "interaction":
            for tag in self._here.tags_of(row["id"]):
                self._delete_whole("tag", tag, max(at, self._here.newest("tag", tag)))
                self.due.add(("tag", tag["id"]))
        work = Work()
        work.delete(row, at)
        self._here.write(table, work)


def _batches(arrivals: Sequence[IncomingRow]) -> Iterable[Sequence[IncomingRow]]:
    """The rows as one batch, or one by one when an id occurs twice among them."""
    ids = {arrival.row["id"] for arrival in arrivals}
    return [arrivals] if len(ids) == len(arrivals) else [[arrival] for arrival in arrivals]


def _count(counts: dict[str, int], table: str, more: int) -> None:
    if total := counts.pop(table, 0) + more:
        counts[table] = total
