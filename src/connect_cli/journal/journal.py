"""The open journal that every command works on: one file, one day, one connection for all.

A `Context` says where the journal is, what time it is, and whom to ask (`Answers`). The first read
opens the file (`connection`); a journal that does not exist reads as an empty one. The first write
replaces the connection by one that can write and loads SQLModel (`writing`). `write` is the usual
way to write: one command, one transaction, recorded so that it can be undone. `transaction` keeps
several commands together, and `command` can also rehearse one or begin a new journal: that is
written beside its place and moved there once it is complete, so a failed first command leaves no
file.

Names and circles are read once and forgotten after each write. What can go wrong is raised as a
ConnectError: faults of the file become JournalTrouble, a name nobody or several people have becomes
NoSuchPerson or SeveralPeople, and what another command changed between reading and writing is
refused (`already_removed`, `changed_since_read`).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from connect_cli import files
from connect_cli.errors import (
    ConnectError,
    NoSuchPerson,
    NoSuchThing,
)
from connect_cli.journal.answers import Answers
from connect_cli.language.calendar import logical_day
from connect_cli.language.names import Known, Names
from connect_cli.language.person_first import people_in
from connect_cli.model import Named, Person
from connect_cli.scheduler import standing
from connect_cli.settings import Settings
from connect_cli.store import circles, database, faults, interactions, names, people, sqlite

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows
    from connect_cli.store.writes import Transaction, Writer


class Context(NamedTuple):
    """Where and when the journal is used.

    path: the journal's file. now: the moment, with its zone. today: its logical day.
    answers: whom to ask if something is not certain. keys: the keys of an encrypted journal;
    keys_at_hand: the same without asking.
    """

    path: Path
    now: datetime
    settings: Settings
    answers: Answers
    keys: sqlite.Keys = sqlite.no_keys
    keys_at_hand: sqlite.Keys = sqlite.no_keys

    @property
    def today(self) -> date:
        """The logical day of the run, by the setting `day_starts_at`."""
        return logical_day(self.now, self.settings.day_starts_at)


class Rehearsed(Exception):
    """Raised at the end of a rehearsal, so that nothing of it is kept."""


class Journal:
    """One journal, opened at the first read and created at the first write.

    saved_texts: what the first write did with texts from editors that were cut off: the file of
    each, or None for one that was removed.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._connection: sqlite3.Connection | None = None
        self._writer: Writer | None = None
        self._names: Names | None = None
        self._settings: Settings | None = None
        self.saved_texts: list[Path | None] = []

    @property
    def today_is(self) -> date:
        """The logical day."""
        return self.context.today

    @property
    def settings(self) -> Settings:
        """The settings of its owner, with the circles that the journal keeps; read once.

        `context.settings` is what config.toml says, for what must not depend on the journal.
        """
        if self._settings is None:
            self._settings = circles.in_force(self.connection, self.context.settings)
        return self._settings

    @property
    def answers(self) -> Answers:
        """Whom to ask if something is not certain."""
        return self.context.answers

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for reads; a journal that does not exist reads as an empty one."""
        if self._connection is None:
            self._connection = database.open_to_read(self.context.path, self.context.keys)
        return self._connection

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is encrypted, and opened with its key; False for a missing journal."""
        return sqlite.secret_of(self.connection) is not None

    @property
    def wrote(self) -> bool:
        """Whether a command has been kept."""
        return self._writer is not None and self._writer.wrote

    @property
    def last_command(self) -> str | None:
        """The id of the command that this run has kept last."""
        return None if self._writer is None else self._writer.last

    def check_writable(self) -> None:
        """Raise JournalTrouble if nothing can be written, before somebody types a text."""
        with faults.faults(self.context.path):
            database.check_writable(self.context.path)

    def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()
        if self._connection is not None:
            self._connection.close()
        self._writer = self._connection = None
        self._forget_what_was_read()

    def _forget_what_was_read(self) -> None:
        self._names = self._settings = None

    def clear_texts(self) -> None:
        """Clear what editors left that were cut off, before the file is replaced.

        The journal must be closed: to look into its file would give up SQLite's locks on it.
        """
        from connect_cli import unsaved  # noqa: PLC0415  # as in `writing`
        from connect_cli.store import copies  # noqa: PLC0415  # as above

        path = self.context.path
        self.saved_texts += unsaved.clear(path, encrypted=copies.is_encrypted(path))

    @contextmanager
    def write(self, verb: str, words: str, *, at_keyboard: bool = False) -> Iterator["Rows"]:
        """One command's transaction. verb: its name. words: what it does, for the record.

        at_keyboard: somebody records an interaction, a promise or a detail; the first such command
        of a day keeps who stood on the list before it.
        """
        with self.transaction() as transaction, transaction.command(verb, words) as rows:
            self._keep_offered(rows, at_keyboard=at_keyboard)
            yield rows

    @contextmanager
    def write_more(
        self, verb: str, words: str, *, to: str, also: str = "", at_keyboard: bool = False
    ) -> Iterator["Rows"]:
        """A transaction that belongs to the command `to` which this run just wrote: one undo.

        also: added to the words of that command. If this run wrote none, or another command has
        written since, this is a command of its own: `verb` and `words`. at_keyboard: as in `write`.
        """
        last = self.writing().last
        with self.transaction() as transaction:
            if last is not None and transaction.is_newest(last, to):
                recording = transaction.more(last, also)
            else:
                recording = transaction.command(verb, words)
            with recording as rows:
                self._keep_offered(rows, at_keyboard=at_keyboard)
                yield rows

    def _keep_offered(self, rows: "Rows", *, at_keyboard: bool) -> None:
        if at_keyboard:
            from connect_cli.journal.offered import keep_offered  # noqa: PLC0415  # as in `writing`

            keep_offered(self, rows)

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """One transaction for several commands: all of them are kept, or none."""
        writer = self.writing()
        try:
            with (
                faults.faults(self.context.path),
                writer.transaction(self.context.now) as transaction,
            ):
                yield transaction
        finally:
            self._forget_what_was_read()

    @contextmanager
    def command(self, verb: str, words: str, *, rehearse: bool) -> Iterator["Rows"]:
        """One command's transaction; a rehearsal leaves nothing, not even a new journal."""
        if not database.is_there(self.context.path):
            with self._beginning(verb, words, rehearse=rehearse) as rows:
                yield rows
        elif rehearse:
            with (
                suppress(Rehearsed),
                self._rehearsing() as writer,
                writer.command(verb, words, self.context.now) as rows,
            ):
                yield rows
                raise Rehearsed
        else:
            with self.write(verb, words) as rows:
                yield rows

    @contextmanager
    def _rehearsing(self) -> Iterator["Writer"]:
        """A writer for the time of a rehearsal."""
        from connect_cli.store.writes import Writer  # noqa: PLC0415  # reads never pay for SQLModel

        path = self.context.path
        with faults.faults(path):
            writer = self._writer or Writer(self.connection, path)
            try:
                yield writer
            finally:
                if self._writer is None:
                    writer.close()
                    self._connection = None
                self._forget_what_was_read()

    @contextmanager
    def _beginning(self, verb: str, words: str, *, rehearse: bool) -> Iterator["Rows"]:
        """A command that begins the journal, which moves to its place once it is all written.

        It is written to a file, because an import may be too large for memory. The file is beside
        its final place, except in a rehearsal, which creates no folder.
        """
        from connect_cli import scratch  # noqa: PLC0415  # only a first command needs it
        from connect_cli.store.writes import Writer  # noqa: PLC0415  # reads never pay for SQLModel

        path = self.context.path
        with faults.faults(path):
            scratch.clear(path)
            if not rehearse:
                files.make_folder(files.real(path).parent)
        with faults.faults(path), scratch.workroom(path) as folder:
            self.close()
            new = folder / path.name
            self._connection = database.open_to_write(new)
            self._writer = writer = Writer(self._connection, path)
            try:
                with writer.command(verb, words, self.context.now) as rows:
                    yield rows
            finally:
                self.close()
            if writer.wrote and not rehearse:
                _start(new, path)
                self.writing().wrote = True

    def begin_with(self, connection: sqlite3.Connection) -> None:
        """Keep everything in this connection to an empty journal, and nothing in a file."""
        from connect_cli.store.writes import Writer  # noqa: PLC0415  # reads do not load SQLModel

        self._connection, self._writer = connection, Writer(connection, self.context.path)

    def writing(self) -> "Writer":
        """The writer of this journal; the first call opens the file to write."""
        if self._writer is None:
            from connect_cli import scratch, unsaved  # noqa: PLC0415  # reads leave work folders alone
            from connect_cli.store.writes import Writer  # noqa: PLC0415  # reads do not load SQLModel

            if self._connection is not None:
                self._connection.close()
                self._connection = None
                self._forget_what_was_read()
            if not database.is_there(self.context.path):
                scratch.clear(self.context.path)  # there may be no folder of the journal yet
            self._connection = database.open_to_write(self.context.path, self.context.keys)
            self._writer = Writer(self._connection, self.context.path)
            self.saved_texts += unsaved.clear(self.context.path, encrypted=self.is_encrypted)
        return self._writer

    @property
    def has_people(self) -> bool:
        """Whether anybody is in the journal, archived or not."""
        return people.anybody(self.connection)

    def known(self) -> Iterator[Known]:
        """Everyone's name and aliases."""
        return names.known_names(self.connection)

    def names(self) -> Names:
        """Everyone's names, read once."""
        if self._names is None:
            self._names = names.names_of(self.connection)
        return self._names

    def named(self, typed: str | Named) -> Named:
        """The one person that a name means; asks if it may be several. A `Named` is returned as is.

        Raises NoSuchPerson, or SeveralPeople if nobody can be asked.
        """
        if isinstance(typed, Named):
            return typed
        found = self.names().find(typed)
        if found.person is not None:
            return found.person
        if found.candidates:
            return self.answers.which(typed, found.candidates)
        several = people_in(typed, self.names())
        hint = f"those are several people; name one at a time: {', '.join(several)}"
        raise NoSuchPerson(typed, found.near, hint if several else None)

    def demand(self) -> float:
        """D: how many contacts a day the cadences of everybody ask for."""
        numbers = people.cadences(self.connection, self.settings.circles, self.today_is)
        return standing.demand_of_cadences(numbers)

    def contacted_today(self) -> frozenset[str]:
        """The ids of people with contact today."""
        return frozenset(interactions.contact_days(self.connection, self.today_is, self.today_is))

    def person(self, person: Named) -> Person:
        """A person with all that the scheduler needs. Raises NoSuchThing if they are gone."""
        return self.people([person])[0]

    def people_left(self, wanted: Sequence[Named]) -> list[Person]:
        """Those of these people who are in the journal still."""
        ids = [person.id for person in wanted]
        return people.people_by_id(self.connection, self.settings.circles, self.today_is, ids)

    def people(self, wanted: Sequence[Named | Person]) -> list[Person]:
        """The same for several, in their order."""
        ids = [person.id for person in wanted]
        found = people.people_by_id(self.connection, self.settings.circles, self.today_is, ids)
        if len(found) < len(ids):
            there = {person.id for person in found}
            raise already_removed(next(one.name for one in wanted if one.id not in there))
        return found


def already_removed(what: str) -> NoSuchThing:
    """The error for something that another command removed after it was read."""
    return NoSuchThing(f"{what} is gone: another command has removed it")


def changed_since_read(what: str, hint: str) -> ConnectError:
    """The error for something that another command changed after it was read."""
    return ConnectError(f"{what} has just been changed: nothing was written", hint)


def _start(new: Path, path: Path) -> None:
    """Make a finished file the journal. Raises ConnectError if there is one by now."""
    try:
        files.link(new, path)
    except FileExistsError as error:
        raise ConnectError("another command has just started the journal", "try again") from error
