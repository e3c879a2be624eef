"""Forget a person: remove them and every trace of them from the journal for good.

How it works. `Forgetting` first collects who they are: their id, the ids of people merged into
them (`same_people`), and every name they have or had. Interactions with nobody else (`_alone`) go;
interactions with others (`_shared`) stay, and the name in them becomes `someone`. Then, in one
transaction: the interactions and rows of theirs are deleted, their names are replaced in everybody
else's texts, the record is redacted in the same way (`RecordRedactor`), and the search indexes are
rebuilt. After the commit `wipe_freed_pages` runs VACUUM and empties the write-ahead file, so that
none of their data stays in freed pages.

All their ids, and nothing else of them, stay in the table `forgotten`: an order that other machines
carry out (`obey`), and by which an older copy cannot bring them back.

What can go wrong. Up to the commit everything rolls back. After it they are forgotten, but the file
may not be rewritten, because the disk is full or another program reads it: NotWiped says so, and
the next command clears the write-ahead file. Copies and other files are never changed;
held_files.py names those that may hold a name.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connect_cli.errors import NotWiped
from connect_cli.journal.journal import Journal
from connect_cli.language.words import fold
from connect_cli.model import Named
from connect_cli.reports import Progress, Traces
from connect_cli.safety import redaction
from connect_cli.safety.kept_moments import KeptMoments
from connect_cli.safety.record_redaction import Forgotten, RecordRedactor, same_people
from connect_cli.safety.redaction import NameRedactor
from connect_cli.store import machines, people, schema
from connect_cli.store import names as store_names
from connect_cli.store.changes import FORGET
from connect_cli.store.schema import INDEXES, OWNERS, TABLES

if TYPE_CHECKING:
    from connect_cli.store.writes import Transaction

STEPS = 6
"""The steps of forgetting somebody, for a progress bar."""

_TEXTS = {table: each.texts for table, each in TABLES.items() if each.texts and not each.names}


_WORDS = "removed somebody for good"


def traces(journal: Journal, person: Named) -> "Traces":
    """What the journal holds of a person, and what becomes of it when they are forgotten."""
    return Forgetting(journal.connection, [person.id]).traces()


def forget(journal: Journal, person: Named, progress: Progress = lambda _: None) -> None:
    """Remove a person for good: rows, record, search index and the file's freed pages.

    progress: called with the number of `STEPS` done. Raises NotWiped when they are forgotten, but
    some of their data may stay beside the journal.
    """
    with journal.transaction() as transaction:
        _remove(journal, transaction, [person.id], progress)
    _wipe(journal, progress)


def obey(journal: Journal, ids: Iterable[str], progress: Progress = lambda _: None) -> int:
    """Carry out orders that came from another machine: forget the people with these ids.

    Returns how many of them were people here. Whoever is only in the record, because they were
    deleted or merged, is removed from there. Ids that nobody has here are kept all the same, for a
    copy that may bring them. If all of it was done before, nothing is written. progress and
    NotWiped: as in `forget`.

    Two machines may not agree on who is whom, so an order takes whom `same_people` takes here:
    - Somebody who was merged into a person of the order is that person: they go too, and their id
      becomes an order in turn.
    - If a person of the order was merged into somebody who is not ordered, that one stays, with
      what the merge gave them. Only what the merge kept of the other as such goes: what the record
      says of them, the alias that the merge left, and their names in all texts. A name that
      whoever stays had anyway is theirs.
    """
    orders = _to_do(journal.connection, ids)
    if not orders:
        return 0
    with journal.transaction() as transaction:
        transaction.note_forgotten(orders)
        known = _known(journal.connection, orders)
        here = sum(is_here for _, is_here in known)
        if known:
            _remove(journal, transaction, [person_id for person_id, _ in known], progress)
    if known:
        _wipe(journal, progress)
    return here


def people_here(connection: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """Those of these ids that somebody in the journal has."""
    sql = "SELECT id FROM person WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    found = connection.execute(sql, (json.dumps(sorted({*ids})),))
    return [person_id for (person_id,) in found]


def _to_do(connection: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """Those of these ids that are not forgotten yet, or that somebody has in spite of it."""
    found = connection.execute(
        """SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM forgotten)
        OR value IN (SELECT id FROM person)""",
        (json.dumps(sorted({*ids})),),
    )
    return [person_id for (person_id,) in found]


def _known(connection: sqlite3.Connection, ids: Sequence[str]) -> list[tuple[str, bool]]:
    """The ids of whom the journal knows anything, each with whether it is a person."""
    found = connection.execute(
        """SELECT value, value IN (SELECT id FROM person) AS here FROM json_each(?)
        WHERE here OR value IN (SELECT id FROM gone)
        OR EXISTS (SELECT 1 FROM change WHERE row_id = value AND table_name = 'person')""",
        (json.dumps(ids),),
    )
    return [(person_id, bool(here)) for person_id, here in found]


def _remove(
    journal: Journal, transaction: "Transaction", ids: Sequence[str], progress: Progress
) -> None:
    """Remove people in one command, whose words name nobody."""
    with transaction.command(FORGET, _WORDS, stays=True):
        forgetting = Forgetting(journal.connection, ids)
        for done in forgetting.remove():
            progress(done)
        transaction.note_forgotten(sorted(forgetting.ids))
    machines.give_from_newest(journal.connection)


def _wipe(journal: Journal, progress: Progress) -> None:
    wipe_freed_pages(journal.connection, journal.context.path)
    progress(STEPS)


class Forgetting:
    """One person's traces in a journal, or those of several, and their removal.

    ids: all ids that are or were theirs.
    """

    def __init__(self, connection: sqlite3.Connection, person_ids: Sequence[str]) -> None:
        self._connection = connection
        self.ids = self._ids = same_people(connection, person_ids)
        self._left = self._left_aliases(person_ids)
        self._others = self._other_names()
        self.names = tuple(dict.fromkeys((*self._present_names(), *self._past_names())))
        self._redactor = NameRedactor(self.names, [name for name, _ in self._others])
        self._alone = set(self._interactions(" = 0"))
        self._still_shared = set(self._interactions(" > 0"))
        self._shared = {*self._still_shared, *self._once_theirs()} - self._alone

    def traces(self) -> Traces:
        """What there is of them, for the question before they are forgotten."""
        texts, first_names = self._mentions()
        folded = [fold(name) for name in self.names]
        holding = [one for name, one in self._others if any(each in fold(name) for each in folded)]
        return Traces(
            names=self.names,
            alone=len(self._alone),
            shared=len(self._still_shared),
            details=self._count("detail"),
            promises=self._count("promise"),
            relations=self._count("relation"),
            texts=texts,
            first_names=first_names,
            named_after=tuple(dict.fromkeys(holding)),
            travels=self._connection.execute("SELECT 1 FROM sync").fetchone() is not None,
        )

    def remove(self) -> Iterator[int]:
        """Remove them, inside the transaction of the open command `forget`.

        Yields the number of each step when it is done; the caller must run it to the end.
        """
        self._moments = KeptMoments(self._connection)
        steps = (
            self._remove_interactions,
            self._remove_rows,
            self._redact_rows,
            self._redact_record,
            self._index_anew,
        )
        for number, step in enumerate(steps, 1):
            step()
            yield number

    def _present_names(self) -> Iterator[str]:
        """The names and aliases that they have now; no two people share one."""
        for person_id in sorted(self._ids):
            yield from self._column("SELECT name FROM person WHERE id = ?", person_id)
            yield from self._column("SELECT name FROM alias WHERE person_id = ?", person_id)

    def _past_names(self) -> Iterator[str]:
        """The names that they once had, without those that belong to somebody else now."""
        taken = {fold(name) for name, _ in self._others}
        return (name for name in self._recorded_names() if fold(name) not in taken)

    def _recorded_names(self) -> Iterator[str]:
        for person_id in sorted(self._ids):
            for side in ("before", "after"):
                yield from self._column(
                    f"""SELECT DISTINCT {side} ->> 'name' AS name FROM record
                    WHERE name IS NOT NULL AND table_name = 'person' AND row_id = ?""",
                    person_id,
                )
                yield from self._column(
                    f"""SELECT DISTINCT {side} ->> 'name' FROM record WHERE {side} IS NOT NULL
                    AND table_name = 'alias' AND {side} ->> 'person_id' = ?""",
                    person_id,
                )

    def _left_aliases(self, person_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Aliases that the merge of one of these people left to somebody who stays.

        The id of each, with its owner and its name.
        """
        left = self._connection.execute(_LEFT_ALIASES, (json.dumps(person_ids),)).fetchall()
        theirs = {fold(name) for name in self._recorded_names()} if left else ()
        return {
            alias_id: (owner, name)
            for alias_id, owner, name in left
            if owner not in self._ids and fold(name) in theirs
        }

    def _other_names(self) -> list[tuple[str, str]]:
        """The names and aliases of everybody else, each with its owner's name."""
        left = {*self._left.values()}
        return [
            (name, known.name)
            for known in store_names.known_names(self._connection)
            if known.id not in self._ids
            for name in (
                known.name,
                *(each for each in known.aliases if (known.id, each) not in left),
            )
        ]

    def _interactions(self, others: str) -> list[str]:
        ids = sorted(self._ids)
        rows = self._connection.execute(
            f"""SELECT DISTINCT interaction_id FROM participant mine
            WHERE person_id IN ({people.marks(ids)}) AND (SELECT count(*) FROM participant other
              WHERE other.interaction_id = mine.interaction_id
              AND other.person_id NOT IN ({people.marks(ids)})){others}""",
            (*ids, *ids),
        )
        return [interaction_id for (interaction_id,) in rows]

    def _once_theirs(self) -> Iterator[str]:
        """Interactions in which the record says they took part, whether or not they do now."""
        for person_id in sorted(self._ids):
            for side in ("before", "after"):
                yield from self._column(
                    f"""SELECT DISTINCT {side} ->> 'interaction_id' FROM record
                    WHERE table_name = 'participant' AND {side} IS NOT NULL
                    AND {side} ->> 'person_id' = ?""",
                    person_id,
                )

    def _remove_interactions(self) -> None:
        for interaction_id in sorted(self._alone):
            for table, column in schema.referring("interaction"):
                self._run(f"DELETE FROM {table} WHERE {column} = ?", interaction_id)
            self._run("DELETE FROM interaction WHERE id = ?", interaction_id)

    def _remove_rows(self) -> None:
        self._moments.delete("alias", [*self._left])
        for person_id in sorted(self._ids):
            for table, column in schema.referring("person"):
                self._run(f"DELETE FROM {table} WHERE {column} = ?", person_id)
            self._run("DELETE FROM person WHERE id = ?", person_id)
            self._run("DELETE FROM gone WHERE id = ?", person_id)

    def _redact_rows(self) -> None:
        for table, row in self._rows_with(self._redactor.needles):
            if changed := self._redacted(table, row):
                columns = ", ".join(f"{column} = ?" for column in changed)
                self._run(
                    f"UPDATE {table} SET {columns} WHERE id = ?", *changed.values(), row["id"]
                )

    def _rows_with(self, needles: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Rows whose texts may hold one of these folded words, and all shared interactions."""
        shared = sorted(self._shared)
        for table, texts in _TEXTS.items():
            columns = ("id", *texts)
            listed = ", ".join(columns)
            sql = f"SELECT {listed} FROM {table}"
            found = self._connection.execute(
                *(f"{sql} WHERE {_any_of(needles)}", needles) if _is_folded(table) else (sql,)
            )
            rows = {row[0]: row for row in found}
            if table == "interaction":
                for chunk in people.chunks(shared):
                    some = f"SELECT {listed} FROM {table} WHERE id IN ({people.marks(chunk)})"
                    rows |= {row[0]: row for row in self._connection.execute(some, tuple(chunk))}
            for row in rows.values():
                yield table, dict(zip(columns, row, strict=True))

    def _redacted(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a row that change when their names are replaced, with the new values."""
        if TABLES[table].names:
            return self._renamed(row)
        if table not in _TEXTS:
            return {}
        texts = {
            column: self._without(table, row["id"], row[column])
            for column in _TEXTS[table]
            if column in row  # an older version recorded fewer
        }
        if all(texts[column] == row[column] for column in texts):
            return {}
        return texts | schema.folded(table, texts)

    def _without(self, table: str, row_id: str, text: str) -> str:
        if table == "interaction" and row_id in self._shared:
            return self._redactor.interaction(text, self._company(row_id))
        if table == "card":
            return redaction.redact_card(text, self._redactor.text)
        return self._redactor.text(text)

    def _company(self, interaction_id: str) -> list[str]:
        """The names of the others in an interaction, now or at some time."""
        rows = self._connection.execute(
            """SELECT id, name FROM person WHERE id IN (
              SELECT person_id FROM participant WHERE interaction_id = :id
              UNION SELECT substr(row_id, instr(row_id, ' ') + 1) FROM change
              WHERE row_id > :id AND row_id < :id || '~' AND table_name = 'participant')""",
            {"id": interaction_id},
        )
        return [name for person_id, name in rows if person_id not in self._ids]

    def _mentions(self) -> tuple[int, int]:
        """How many texts of others hold one of their names, and how many the first name alone."""
        named = first = 0
        for table, row in self._rows_with(self._redactor.needles + self._redactor.first_names):
            if row["id"] in self._alone | self._shared:
                continue
            if self._redacted(table, row):
                named += not self._is_theirs(table, row["id"])
            elif any(self._redactor.mentions(row[column]) for column in _TEXTS[table]):
                first += not self._is_theirs(table, row["id"])
        return named, first

    def _is_theirs(self, table: str, row_id: str) -> bool:
        if table not in OWNERS:
            return False
        sql = f"SELECT {', '.join(OWNERS[table])} FROM {table} WHERE id = ?"
        return not self._ids.isdisjoint(self._connection.execute(sql, (row_id,)).fetchone())

    def _count(self, table: str) -> int:
        ids = sorted(self._ids)
        theirs = [f"{column} IN ({people.marks(ids)})" for column in OWNERS[table]]
        sql = f"SELECT count(*) FROM {table} WHERE {' OR '.join(theirs)}"
        return int(self._connection.execute(sql, ids * len(theirs)).fetchone()[0])

    def _redact_record(self) -> None:
        forgotten = Forgotten(self._ids, self._alone, self._shared, self._redactor)
        RecordRedactor(self._connection, forgotten, self._redacted, self._moments).run()

    def _renamed(self, side: Mapping[str, Any]) -> dict[str, Any]:
        """A past name of somebody else that holds one of theirs is replaced in the record."""
        if any(fold(side["name"]) == fold(name) for name, _ in self._others):
            return {}
        name = self._redactor.text(side["name"])
        return (
            {}
            if name == side["name"]
            else {"name": name, **schema.folded("person", {"name": name})}
        )

    def _index_anew(self) -> None:
        """Rebuild the search indexes: until then they keep the words that were removed."""
        for table in INDEXES:
            self._run(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")

    def _column(self, sql: str, value: str) -> list[Any]:
        return [row[0] for row in self._connection.execute(sql, (value,))]

    def _run(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)


# A merge deletes one of two, and gives the other an alias in the same command.
_LEFT_ALIASES = """SELECT DISTINCT a.id, a.person_id, a.name FROM json_each(?) AS w
  JOIN change AS g ON g.row_id = w.value AND g.table_name = 'person' AND g.after IS NULL
  JOIN record AS h ON h.command_seq = g.command_seq AND h.table_name = 'alias'
  JOIN alias AS a ON a.id = h.row_id AND a.person_id = h.after ->> 'person_id'
  WHERE w.value NOT IN (SELECT id FROM person)"""


def _is_folded(table: str) -> bool:
    """Whether a table has the folded texts of its rows in one column."""
    return "folded" in TABLES[table].folded


def _any_of(needles: tuple[str, ...]) -> str:
    return " OR ".join("instr(folded, ?) > 0" for _ in needles) or "0"  # their names are others'


def wipe_freed_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Rewrite the journal's file without its freed pages, and empty the write-ahead file.

    Raises NotWiped when there is no room, or another program is reading: the rows are gone from the
    journal, but their bytes may stay in the write-ahead file for a while.
    """
    try:
        busy = _written_anew(connection)
    except sqlite3.Error as error:
        raise NotWiped(
            f"they are forgotten, but {path} could not be rewritten ({error}): some of their"
            f" data may stay in {path.name}-wal",
            "make room if the disk is full; the next command then clears that file",
        ) from error
    if busy:
        raise NotWiped(
            f"they are forgotten, but another program is reading {path}: some of their data may"
            f" stay in {path.name}-wal until it ends",
            "end that program; the next command then clears that file",
        )


def _written_anew(connection: sqlite3.Connection) -> bool:
    """Rewrite the file; returns whether another program still needs the write-ahead file."""
    connection.execute("VACUUM")
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy)
