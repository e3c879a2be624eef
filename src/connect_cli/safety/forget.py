"""A person removed for good, with every trace, and the freed pages of the file with them."""

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from connect_cli import files
from connect_cli.errors import JournalDamaged, NotSwept
from connect_cli.journal.journal import Journal
from connect_cli.language.words import fold
from connect_cli.model import Named
from connect_cli.safety import redaction
from connect_cli.safety.redaction import Forgotten, Unnaming, Unrecording, same_people
from connect_cli.store import compression, people, schema
from connect_cli.store import copies as store_copies
from connect_cli.store.changes import FORGET
from connect_cli.store.schema import INDEXES, OWNED, TABLES
from connect_cli.views import Traces

_TEXTS = {table: each.texts for table, each in TABLES.items() if each.texts and not each.names}


class Forgetting:
    """One person's traces in a journal, and their removal."""

    def __init__(self, connection: sqlite3.Connection, person_id: str) -> None:
        self._connection = connection
        self._ids = same_people(connection, person_id)
        self._others = self._other_names()
        self.names = tuple(dict.fromkeys((*self._present_names(), *self._past_names())))
        self._unnaming = Unnaming(self.names, [name for name, _ in self._others])
        self._alone = set(self._entries(" = 0"))
        self._still_shared = set(self._entries(" > 0"))
        self._shared = {*self._still_shared, *self._once_theirs()} - self._alone

    def traces(self) -> Traces:
        """What there is of them, for the question that is asked first."""
        texts, first_names = self._mentions()
        folded = [fold(name) for name in self.names]
        holding = [one for name, one in self._others if any(each in fold(name) for each in folded)]
        return Traces(
            names=self.names,
            alone=len(self._alone),
            shared=len(self._still_shared),
            details=self._count("detail"),
            promises=self._count("promise"),
            texts=texts,
            first_names=first_names,
            named_after=tuple(dict.fromkeys(holding)),
        )

    def remove(self) -> Iterator[int]:
        """Remove them, inside the transaction of the command `forget`, the open one.

        It goes on while it is asked for the number of the step that is done, to the end.
        """
        steps = (
            self._remove_entries,
            self._remove_rows,
            self._unname_rows,
            self._unname_record,
            self._index_anew,
        )
        for number, step in enumerate(steps, 1):
            step()
            yield number

    def _present_names(self) -> Iterator[str]:
        """The names that they have, and nobody else can have."""
        for person_id in sorted(self._ids):
            yield from self._column("SELECT name FROM person WHERE id = ?", person_id)
            yield from self._column("SELECT name FROM alias WHERE person_id = ?", person_id)

    def _past_names(self) -> Iterator[str]:
        """The names that the record knows them by, but for those that are somebody else's now."""
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
        """The names and aliases of everybody else, each with the name of whose it is."""
        return [
            (name, known.name)
            for known in people.known_names(self._connection)
            if known.id not in self._ids
            for name in (known.name, *known.aliases)
        ]

    def _entries(self, others: str) -> list[str]:
        ids = sorted(self._ids)
        rows = self._connection.execute(
            f"""SELECT DISTINCT interaction_id FROM participant mine
            WHERE person_id IN ({people.marks(ids)}) AND (SELECT count(*) FROM participant other
              WHERE other.interaction_id = mine.interaction_id
              AND other.person_id NOT IN ({people.marks(ids)})){others}""",
            (*ids, *ids),
        )
        return [entry_id for (entry_id,) in rows]

    def _once_theirs(self) -> Iterator[str]:
        """Entries in which the record says they took part, whether or not they do now."""
        for person_id in sorted(self._ids):
            for side in ("before", "after"):
                yield from self._column(
                    f"""SELECT DISTINCT {side} ->> 'interaction_id' FROM record
                    WHERE table_name = 'participant' AND {side} IS NOT NULL
                    AND {side} ->> 'person_id' = ?""",
                    person_id,
                )

    def _remove_entries(self) -> None:
        for entry_id in sorted(self._alone):
            for table, column in schema.referring("interaction"):
                self._run(f"DELETE FROM {table} WHERE {column} = ?", entry_id)
            self._run("DELETE FROM interaction WHERE id = ?", entry_id)

    def _remove_rows(self) -> None:
        for person_id in sorted(self._ids):
            for table, column in schema.referring("person"):
                self._run(f"DELETE FROM {table} WHERE {column} = ?", person_id)
            self._run("DELETE FROM person WHERE id = ?", person_id)

    def _unname_rows(self) -> None:
        for table, row in self._rows_with(self._unnaming.needles):
            if changed := self._unnamed(table, row):
                columns = ", ".join(f"{column} = ?" for column in changed)
                self._run(
                    f"UPDATE {table} SET {columns} WHERE id = ?", *changed.values(), row["id"]
                )

    def _rows_with(self, needles: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Rows of texts that may hold one of these folded words, and all entries with them."""
        shared = sorted(self._shared)
        for table, texts in _TEXTS.items():
            columns = ("id", *texts)
            listed = ", ".join(columns)
            sql = f"SELECT {listed} FROM {table}"
            found = self._connection.execute(
                *(f"{sql} WHERE {_any_of(needles)}", needles) if TABLES[table].folded else (sql,)
            )
            rows = {row[0]: row for row in found}
            if table == "interaction":
                for chunk in people.chunks(shared):
                    some = f"SELECT {listed} FROM {table} WHERE id IN ({people.marks(chunk)})"
                    rows |= {row[0]: row for row in self._connection.execute(some, tuple(chunk))}
            for row in rows.values():
                yield table, dict(zip(columns, row, strict=True))

    def _unnamed(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """The columns that change when their names go from a row; the same for the same row."""
        if TABLES[table].names:
            return self._renamed(row)
        if table not in _TEXTS:
            return {}
        texts = {
            column: self._without(table, row["id"], row[column])
            for column in _TEXTS[table]
            if column in row  # the record of an older version knows fewer
        }
        if all(texts[column] == row[column] for column in texts):
            return {}
        return texts | schema.folded(table, texts)

    def _without(self, table: str, row_id: str, text: str) -> str:
        if table == "interaction" and row_id in self._shared:
            return self._unnaming.entry(text, self._company(row_id))
        if table == "card":
            return redaction.without(text, self._unnaming.text)
        return self._unnaming.text(text)

    def _company(self, entry_id: str) -> list[str]:
        """Who else takes part in an entry, by their names."""
        rows = self._connection.execute(
            """SELECT id, name FROM person WHERE id IN (
              SELECT person_id FROM participant WHERE interaction_id = :entry
              UNION SELECT substr(row_id, instr(row_id, ' ') + 1) FROM change
              WHERE row_id > :entry AND row_id < :entry || '~' AND table_name = 'participant')""",
            {"entry": entry_id},
        )
        return [name for person_id, name in rows if person_id not in self._ids]

    def _mentions(self) -> tuple[int, int]:
        """In how many texts of others their name stands, and in how many the first name alone."""
        named = first = 0
        for table, row in self._rows_with(self._unnaming.needles + self._unnaming.first_names):
            if row["id"] in self._alone | self._shared:
                continue
            if self._unnamed(table, row):
                named += not self._is_theirs(table, row["id"])
            elif any(self._unnaming.mentions(row[column]) for column in _TEXTS[table]):
                first += not self._is_theirs(table, row["id"])
        return named, first

    def _is_theirs(self, table: str, row_id: str) -> bool:
        if table not in OWNED:
            return False
        (owner,) = self._column(f"SELECT person_id FROM {table} WHERE id = ?", row_id)
        return owner in self._ids

    def _count(self, table: str) -> int:
        ids = sorted(self._ids)
        sql = f"SELECT count(*) FROM {table} WHERE person_id IN ({people.marks(ids)})"
        return int(self._connection.execute(sql, ids).fetchone()[0])

    def _unname_record(self) -> None:
        forgotten = Forgotten(self._ids, self._alone, self._shared, self._unnaming)
        Unrecording(self._connection, forgotten, self._unnamed).run()

    def _renamed(self, side: Mapping[str, Any]) -> dict[str, Any]:
        """Somebody else was called so for a while: in the record alone they are `someone`."""
        if any(fold(side["name"]) == fold(name) for name, _ in self._others):
            return {}
        name = self._unnaming.text(side["name"])
        return (
            {}
            if name == side["name"]
            else {"name": name, **schema.folded("person", {"name": name})}
        )

    def _index_anew(self) -> None:
        """An index keeps words that are gone until it is made anew."""
        for table in INDEXES:
            self._run(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")

    def _column(self, sql: str, value: str) -> list[Any]:
        return [row[0] for row in self._connection.execute(sql, (value,))]

    def _run(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)


def _any_of(needles: tuple[str, ...]) -> str:
    return " OR ".join("instr(folded, ?) > 0" for _ in needles)


STEPS = 6
"""The steps of forgetting somebody, for a progress bar."""


def traces(journal: Journal, person: Named) -> "Traces":
    """What the journal holds of a person, and what becomes of it when they are forgotten."""
    # only this verb has a use for it

    return Forgetting(journal.connection, person.id).traces()


def forget(
    journal: Journal, person: Named, progress: Callable[[int], object] = lambda _: None
) -> None:
    """Remove a person for good: rows, record, search index and the file's freed pages.

    progress: told how many of the `STEPS` are done. Raises NotSwept when they are forgotten,
    but bytes of theirs may stay beside the journal.
    """

    path = journal.context.path
    with (
        journal.transaction() as transaction,
        transaction.command(FORGET, "removed somebody for good", stays=True),
    ):
        for done in Forgetting(journal.connection, person.id).remove():
            progress(done)
    sweep(journal.connection, path)
    progress(STEPS)


def still_held(journal: Journal, names: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The copies of the journal in which one of these names stands, and other files near it.

    Of a copy that is encrypted nobody can say that it does not.
    """
    # as above

    path = files.real(journal.context.path)
    own = (path, files.beside(path, "-shm"))
    found = holding(path.parent, names, but=own)
    copies = {copy.path for copy in store_copies.listed(path)}
    held = [file for file in copies if file in found or store_copies.is_encrypted(file)]
    return sorted(held, reverse=True), [file for file in found if file not in copies]


def sweep(connection: sqlite3.Connection, path: Path) -> None:
    """Write the file anew without its freed pages, and empty what is kept beside it.

    Raises NotSwept when there is no room, or another program is reading: what was removed is gone
    from the journal, but its bytes may stand in the file beside it for a while.
    """
    try:
        busy = _written_anew(connection)
    except sqlite3.Error as error:
        raise NotSwept(
            f"they are forgotten, but {path} could not be written anew ({error}): bytes of theirs"
            f" may stay in {path.name}-wal",
            "make room if the disk is full; the next command then clears that file",
        ) from error
    if busy:
        raise NotSwept(
            f"they are forgotten, but another program reads {path}: bytes of theirs may stay"
            f" in {path.name}-wal until it ends",
            "end it; the next command then clears that file",
        )


def _written_anew(connection: sqlite3.Connection) -> bool:
    """Whether another program keeps the file from being emptied that lies beside the journal."""
    connection.execute("VACUUM")
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy)


def holding(folder: Path, names: Iterable[str], but: Iterable[Path] = ()) -> list[Path]:
    """The files of a directory and of those in it that hold one of the names, as it is written.

    but: files that are not opened, because closing them would give up SQLite's locks on them.
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
    """Whether one of these stands in a file, or in what it holds compressed.

    Of what is compressed and damaged nobody can say that it does not.
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
