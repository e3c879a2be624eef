"""One transaction a command by SQLModel; many rows at once by Core."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine, select

from connect_cli.errors import ConnectError
from connect_cli.store import schema
from connect_cli.store.faults import is_about_a_value, trouble
from connect_cli.store.rows import Rows
from connect_cli.store.schema import PEOPLE, TRAVELS, Row, columns
from connect_cli.store.tables import Change, Command


class Writer:
    """Writes to one journal over the sqlite3 connection that its reads use.

    wrote: whether a command has been kept.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.wrote = False
        self._path = path
        self._connection = connection
        self._engine = create_engine(
            "sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None
        )
        event.listen(self._engine, "begin", _begin_immediate)

    def close(self) -> None:
        """Let go of the connection, and close it."""
        self._engine.dispose()

    @contextmanager
    def command(self, verb: str, words: str, now: datetime) -> Iterator[Rows]:
        """One command's transaction: all of it is written and recorded, or none.

        verb: the command's name. words: what it does, for `connect changes`. now: an aware moment.
        A command that changes no row leaves no trace. Raises JournalTrouble.
        """
        with self.transaction(now) as transaction, transaction.command(verb, words) as rows:
            yield rows

    @contextmanager
    def transaction(self, now: datetime) -> Iterator["Transaction"]:
        """Several commands of one moment, kept together or not at all.

        Raises JournalTrouble, and ConnectError when another command has taken away what this one
        is about.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                transaction = Transaction(session, moment(now))
                yield transaction
                if transaction.wrote:
                    session.commit()
                    self.wrote = True
        except (NoResultFound, IntegrityError) as error:
            refused = error.orig if isinstance(error, IntegrityError) else None
            if isinstance(refused, sqlite3.Error) and is_about_a_value(refused):
                raise trouble(self._path, refused) from error
            raise ConnectError(
                "another command changed this meanwhile, so nothing was written", "try again"
            ) from error
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise trouble(self._path, error.orig) from error
            raise
        finally:
            with suppress(sqlite3.ProgrammingError):  # Ctrl-C has closed it
                self._connection.rollback()  # what a commit refused is still open


class Transaction:
    """An open transaction, in which commands are recorded one after the other.

    wrote: whether any of them changed a row.
    """

    def __init__(self, session: Session, now: str) -> None:
        self.wrote = False
        self._session = session
        self._now = now

    @contextmanager
    def command(
        self, verb: str, words: str, undoes: str | None = None, *, stays: bool = False
    ) -> Iterator[Rows]:
        """Record one command, unless it changes no row.

        undoes: the command that it takes back. stays: recorded, though it leaves no changed rows.
        """
        session = self._session
        command = Command(at=self._now, verb=verb, words=words, undoes=undoes)
        session.add(command)
        session.flush()
        yield Rows(session, self._now)
        session.flush()
        if stays or _changed_anything(session, command):
            command.open = None
            self.wrote = True
        else:
            session.delete(command)
        session.flush()


def moment(now: datetime) -> str:
    """A moment as it is stored: UTC, to the millisecond, with its zone."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds")


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once: two commands then wait for each other instead of failing."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _changed_anything(session: Session, command: Command) -> bool:
    found = select(Change.seq).where(Change.command_seq == command.seq).limit(1)
    return session.exec(found).first() is not None


AT_ONCE = 500
"""Rows of one statement: SQLite takes 32,766 values in one, and no table has over 60 columns."""


@dataclass(slots=True)
class Work:
    """What one batch will write. times: as JSON, by the id of the row that changes.

    twins: ids of the rows that were made one with rows of the batch.
    """

    inserts: list[Row] = field(default_factory=list)
    updates: list[tuple[Row, frozenset[str]]] = field(default_factory=list)
    deletes: list[Row] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    moments: list[tuple[str, str]] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    changed: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.inserts or self.updates or self.deletes)

    def insert(self, row: Row, times: Mapping[str, str]) -> None:
        """Add a row."""
        self.inserts.append(row)
        at = min(times.values())
        later = {name: said for name, said in times.items() if said != at}
        self.times.append((json.dumps({"at": at, **later}) if later else _at(at), row["id"]))
        self._people_said(row, times)

    def update(self, table: str, old: Row, row: Row, times: Mapping[str, str]) -> None:
        """Make a row what it says now; the same said later is written too, for its moment."""
        if times:
            self.updates.append((row, frozenset(times)))
            self.changed += any(old[name] != row[name] for name in columns(table))
            self.changed += old.get(PEOPLE) != row.get(PEOPLE)
            self.times.append((json.dumps(dict(times)), row["id"]))
            self._people_said(row, times)

    def delete(self, row: Row, at: str) -> None:
        """Take a row away."""
        self.deletes.append(row)
        self.times.append((json.dumps({"at": at, PEOPLE: at}), row["id"]))
        self._people_said(row, {PEOPLE: at})

    def _people_said(self, row: Row, times: Mapping[str, str]) -> None:
        if PEOPLE in row and PEOPLE in times:
            self.moments.append((_at(times[PEOPLE]), row["id"]))


@lru_cache(maxsize=4096)
def _at(moment: str) -> str:
    return json.dumps({"at": moment})


def add(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Add rows that are new here, by table, in the transaction that is open."""
    for table in TRAVELS:
        _insert(connection, table, rows.get(table, ()))


def renew_cards(connection: sqlite3.Connection, cards: Sequence[tuple[str, str, str]]) -> None:
    """Bring cards up to date: text, what the journal says instead, and id of each."""
    connection.executemany("UPDATE card SET text = ?, instead = ? WHERE id = ?", cards)


def write(connection: sqlite3.Connection, table: str, work: Work) -> None:
    """Write a batch, and note on the record when each change was made in the other copy."""
    (before,) = connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
    ids = [(row["id"],) for row in work.deletes]
    if table == "interaction":
        connection.executemany("DELETE FROM participant WHERE interaction_id = ?", ids)
    connection.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
    for row, said in work.updates:
        _update(connection, table, row, said)
    _insert(connection, table, work.inserts)
    connection.executemany(_SAID, [(*pair, table, before) for pair in work.times])
    connection.executemany(
        _PARTICIPANTS_SAID,
        [{"times": said, "id": entry, "before": before} for said, entry in work.moments],
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        columns_in = _COLUMNS[table]
        one = f"({', '.join('?' * len(columns_in))})"
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns_in)}) VALUES {', '.join([one] * len(some))}",
            list(chain.from_iterable(_values(table, row) for row in some)),
        )
    if table == "interaction":
        _participate(connection, rows)


def _update(connection: sqlite3.Connection, table: str, row: Row, said: frozenset[str]) -> None:
    connection.execute(
        f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in _COLUMNS[table])} WHERE id = ?",
        (*_values(table, row), row["id"]),
    )
    if PEOPLE in said and table == "interaction":
        connection.execute(_LEAVE, (row["id"], json.dumps(row[PEOPLE])))
        _participate(connection, [row])


def _participate(connection: sqlite3.Connection, entries: Sequence[Row]) -> None:
    connection.execute(_PARTICIPATE, (json.dumps({row["id"]: row[PEOPLE] for row in entries}),))


def _values(table: str, row: Row) -> list[Any]:
    return [*map(row.get, _KEPT[table]), *schema.folded(table, row).values()]


_KEPT = {table: ("id", *columns(table)) for table in TRAVELS}
_COLUMNS = {table: (*kept, *schema.TABLES[table].folded) for table, kept in _KEPT.items()}
_PARTICIPATE = """INSERT INTO participant (interaction_id, person_id, place)
  SELECT e.key, p.value, p.key FROM json_each(?) AS e CROSS JOIN json_each(e.value) AS p WHERE true
  ON CONFLICT (interaction_id, person_id) DO UPDATE SET place = excluded.place"""
_SAID = "UPDATE change SET times = ? WHERE row_id = ? AND table_name = ? AND seq > ?"
_LEAVE = """DELETE FROM participant WHERE interaction_id = ?
  AND person_id NOT IN (SELECT value FROM json_each(?))"""
_PARTICIPANTS_SAID = """UPDATE change SET times = :times
  WHERE row_id > :id || ' ' AND row_id < :id || '!' AND table_name = 'participant'
  AND seq > :before"""
