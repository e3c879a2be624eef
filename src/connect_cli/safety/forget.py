"""Forget a person: remove them and every trace of them from the journal for good.

How it works. `Forgetting` first collects who they are: their id, the ids of people merged into
them (`redaction.same_people`), and every name they have or had. Interactions with nobody else
(`_alone`) go; interactions with others (`_shared`) stay, and the name in them becomes `someone`.
Then, in one transaction: the interactions and rows of theirs are deleted, their names are replaced
in everybody else's texts, the record is redacted in the same way (`RecordRedactor`), and the search
indexes are rebuilt. After the commit `wipe_freed_pages` runs VACUUM and empties the write-ahead
file, so that none of their data stays in freed pages.

What can go wrong. Up to the commit everything rolls back. After it they are forgotten, but the file
may not be rewritten, because the disk is full or another program reads it: NotWiped says so, and
the next command clears the write-ahead file. Copies and other files are never changed;
`still_held` names those that may hold a name.
"""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from connect_cli import files
from connect_cli.errors import JournalDamaged, NotWiped
from connect_cli.journal.journal import Journal
from connect_cli.language.words import fold
from connect_cli.model import Named
from connect_cli.reports import Progress, Traces
from connect_cli.safety import redaction
from connect_cli.safety.redaction import Forgotten, NameRedactor, RecordRedactor, same_people
from connect_cli.store import compression, people, schema
from connect_cli.store import copies as store_copies
from connect_cli.store import names as store_names
from connect_cli.store.changes import FORGET
from connect_cli.store.schema import INDEXES, OWNERS, TABLES

STEPS = 6
"""The steps of forgetting somebody, for a progress bar."""

_TEXTS = {table: each.texts for table, each in TABLES.items() if each.texts and not each.names}


def traces(journal: Journal, person: Named) -> "Traces":
    """What the journal holds of a person, and what becomes of it when they are forgotten."""
    return Forgetting(journal.connection, person.id).traces()


def forget(journal: Journal, person: Named, progress: Progress = lambda _: None) -> None:
    """Remove a person for good: rows, record, search index and the file's freed pages.

    progress: called with the number of `STEPS` done. Raises NotWiped when they are forgotten, but
    some of their data may stay beside the journal.
    """
    path = journal.context.path
    with (
        journal.transaction() as transaction,
        transaction.command(FORGET, "removed somebody for good", stays=True),
    ):
        for done in Forgetting(journal.connection, person.id).remove():
            progress(done)
    wipe_freed_pages(journal.connection, path)
    progress(STEPS)


def still_held(journal: Journal, names: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The copies of the journal that may hold one of these names, and other files that hold one.

    An encrypted copy always counts: nobody can look into it.
    """
    path = files.real(journal.context.path)
    own = (path, files.beside(path, "-shm"))
    found = files_with(path.parent, names, but=own)
    copies = {copy.path for copy in store_copies.listed(path)}
    held = [file for file in copies if file in found or store_copies.is_encrypted(file)]
    return sorted(held, reverse=True), [file for file in found if file not in copies]


class Forgetting:
    """One person's traces in a journal, and their removal."""

    def __init__(self, connection: sqlite3.Connection, person_id: str) -> None:
        self._connection = connection
        self._ids = same_people(connection, person_id)
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
        )

    def remove(self) -> Iterator[int]:
        """Remove them, inside the transaction of the open command `forget`.

        Yields the number of each step when it is done; the caller must run it to the end.
        """
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

    def _other_names(self) -> list[tuple[str, str]]:
        """The names and aliases of everybody else, each with its owner's name."""
        return [
            (name, known.name)
            for known in store_names.known_names(self._connection)
            if known.id not in self._ids
            for name in (known.name, *known.aliases)
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
        for person_id in sorted(self._ids):
            for table, column in schema.referring("person"):
                self._run(f"DELETE FROM {table} WHERE {column} = ?", person_id)
            self._run("DELETE FROM person WHERE id = ?", person_id)

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
        RecordRedactor(self._connection, forgotten, self._redacted).run()

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


def _is_folded(table: str) -> bool:
    """Whether a table has the folded texts of its rows in one column."""
    return "folded" in TABLES[table].folded


def _any_of(needles: tuple[str, ...]) -> str:
    return " OR ".join("instr(folded, ?) > 0" for _ in needles)


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


def files_with(folder: Path, names: Iterable[str], but: Iterable[Path] = ()) -> list[Path]:
    """The files below a directory that hold one of the names, in any of its usual spellings.

    but: files not to open, because closing them would give up SQLite's locks on them.
    """
    closed = {*but}
    needles = {form.encode() for name in names for form in _spellings(name)}
    files = (
        path
        for path in sorted(folder.rglob("*"), reverse=True)
        if path not in closed and path.is_file() and not path.is_symlink()
    )
    return [path for path in files if _holds(path, needles)]


def _spellings(name: str) -> set[str]:
    return {name, fold(name), *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))}


def _holds(path: Path, needles: set[bytes]) -> bool:
    """Whether a file, unpacked if it is compressed, holds one of these.

    A damaged compressed file counts as holding one: nobody can tell.
    """
    longest = max(map(len, needles))
    rest = b""
    try:
        with closing(compression.parts(path)) as content:
            for some in content:
                if any(needle in rest + some for needle in needles):
                    return True
                rest = (rest + some)[-longest:]
    except JournalDamaged:
        return True
    except OSError:
        return False
    return False
