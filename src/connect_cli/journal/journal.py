"""What every verb stands on: one journal file, one day, one connection for reads and writes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from connect_cli import files
from connect_cli.errors import (
    ConnectError,
    NoSuchPerson,
    NoSuchThing,
    NotConfirmed,
    NotUnderstood,
    SeveralPeople,
    as_typed,
)
from connect_cli.language.calendar import logical_day
from connect_cli.language.names import Known, Names
from connect_cli.model import Named, Person
from connect_cli.scheduler import standing
from connect_cli.settings import Settings
from connect_cli.store import company, database, faults, people, sqlite

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows
    from connect_cli.store.writes import Transaction, Writer


class Choice(NamedTuple):
    """Two values of which one can stay.

    what: a word for them that may be shown on any screen. private: the values may not be.
    """

    what: str
    first: str
    second: str
    private: bool = False


class Answers(Protocol):
    """The questions that the journal may have to ask."""

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Which of several people is meant. Raises SeveralPeople when nobody says."""

    def unknown(self, typed: str, near: Sequence[str]) -> str:
        """For a name that nobody has: one that looks like it, or the same again to add them.

        Raises NoSuchPerson when nobody says.
        """

    def who(self) -> str:
        """Whom an entry is about, when it names nobody. Raises NotUnderstood when nobody says."""

    def happened(self, words: str) -> None:
        """Go on with what sounds as if it did not happen, or raise NotUnderstood."""

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:
        """Of each, whether the second value counts. Raises NotUnderstood when nobody says.

        whose: whom the first and the second values are of.
        """

    def confirm(self, question: str) -> None:
        """Go on with something that takes things away, or raise NotConfirmed."""


class Silent:
    """Nobody is there to ask: what is not certain is refused.

    yes: what takes things away goes on, because that was said beforehand.
    """

    def __init__(self, *, yes: bool = False) -> None:
        self._yes = yes

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Refuse, and name the candidates."""
        raise SeveralPeople(typed, tuple(person.name for person in candidates))

    def unknown(self, typed: str, near: Sequence[str]) -> str:
        """Refuse, and name those that look alike, or how to add somebody."""
        hint = None if near else f"to add them: {as_typed('add', typed)}, or log with --new"
        raise NoSuchPerson(typed, tuple(near), hint)

    def who(self) -> str:
        """Refuse, and show how to say it."""
        raise NotUnderstood(
            "this names nobody",
            f'say who it was with: {as_typed("log")} "Coffee with Ada: …", or --with',
        )

    def happened(self, words: str) -> None:
        """Refuse, and show how to say that it did."""
        raise NotUnderstood(
            f"'{words}' sounds as if it did not happen",
            "if it did: --counts yes; an attempt: --tried; what was talked of goes behind ': '",
        )

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:  # noqa: ARG002  # who asked knows them
        """Refuse, and say what there is to decide."""
        listed = ", ".join(dict.fromkeys(choice.what for choice in choices))
        raise NotUnderstood(f"they differ in {listed}", "say whose counts: --prefer NAME")

    def confirm(self, question: str) -> None:
        """Refuse, unless it was confirmed beforehand."""
        if not self._yes:
            raise NotConfirmed(f"not done: {question}", "to do it without being asked: --yes")


class Context(NamedTuple):
    """Where and when the journal is used.

    path: the journal's file. now: the moment, with its zone. today: its logical day.
    answers: who is asked when something is not certain. keys: what opens an encrypted journal;
    keys_at_hand: the same, but nobody is asked.
    """

    path: Path
    now: datetime
    settings: Settings
    answers: Answers
    keys: sqlite.Keys = sqlite.no_keys
    keys_at_hand: sqlite.Keys = sqlite.no_keys

    @property
    def today(self) -> date:
        return logical_day(self.now, self.settings.day_starts_at)


class Rehearsed(Exception):
    """Raised inside a command that was only tried out, so that nothing of it is kept."""


class Journal:
    """One journal, opened when it is first needed and created when it is first written."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._connection: sqlite3.Connection | None = None
        self._writer: Writer | None = None
        self._names: Names | None = None

    @property
    def today_is(self) -> date:
        """The logical day."""
        return self.context.today

    @property
    def settings(self) -> Settings:
        """What the owner decided."""
        return self.context.settings

    @property
    def answers(self) -> Answers:
        """Who is asked when something is not certain."""
        return self.context.answers

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that reads use; a journal that does not exist reads as an empty one."""
        if self._connection is None:
            self._connection = database.open_to_read(self.context.path, self.context.keys)
        return self._connection

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is; its key is then known. A journal that does not exist is not."""
        return sqlite.secret_of(self.connection) is not None

    @property
    def wrote(self) -> bool:
        """Whether a command has been kept."""
        return self._writer is not None and self._writer.wrote

    def check_writable(self) -> None:
        """Raise JournalTrouble where nothing can be kept, before somebody has written a text."""
        with faults.faults(self.context.path):
            database.check_writable(self.context.path)

    def close(self) -> None:
        """Let go of the file."""
        if self._writer is not None:
            self._writer.close()
        if self._connection is not None:
            self._connection.close()
        self._writer = self._connection = self._names = None

    @contextmanager
    def write(self, verb: str, words: str) -> Iterator["Rows"]:
        """One command's transaction. verb: its name. words: what it does, for the record."""
        with self.transaction() as transaction, transaction.command(verb, words) as rows:
            yield rows

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """Several commands that are kept together, or not at all."""
        writer = self.writing()
        with (
            faults.faults(self.context.path),
            writer.transaction(self.context.now) as transaction,
        ):
            yield transaction
        self._names = None

    @contextmanager
    def command(self, verb: str, words: str, *, rehearse: bool) -> Iterator["Rows"]:
        """A command's transaction; one that is rehearsed leaves nothing, not even a journal."""
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
        """What writes to the journal, for as long as a command is rehearsed."""
        from connect_cli.store.writes import Writer  # noqa: PLC0415  # as above

        path = self.context.path
        with faults.faults(path):
            if self._writer is not None:
                yield self._writer
            else:
                writer = Writer(self.connection, path)
                try:
                    yield writer
                finally:
                    writer.close()
                    self._connection = None

    @contextmanager
    def _beginning(self, verb: str, words: str, *, rehearse: bool) -> Iterator["Rows"]:
        """A command that begins the journal: it gets to its place when all of it is written.

        A file, for an empty journal in memory would hold in memory all that comes into it; beside
        its place, but for a rehearsal, which makes no folder.
        """
        from connect_cli import scratch  # noqa: PLC0415  # imports begin one
        from connect_cli.store.writes import Writer  # noqa: PLC0415  # as above

        path = self.context.path
        with faults.faults(path):
            if not rehearse:
                files.make_folder(files.real(path).parent)
            scratch.clear(path)
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
                scratch.begin_with(new, path)
                self.writing().wrote = True

    def writing(self) -> "Writer":
        if self._writer is None:
            from connect_cli.store.writes import Writer  # noqa: PLC0415  # reads never pay for SQLModel

            if self._connection is not None:
                self._connection.close()
            self._connection = database.open_to_write(self.context.path, self.context.keys)
            self._writer = Writer(self._connection, self.context.path)
        return self._writer

    def known(self) -> Iterator[Known]:
        """Everyone's name and aliases."""
        return people.known_names(self.connection)

    def names(self) -> Names:
        """Everyone's names, read once."""
        if self._names is None:
            self._names = company.names_of(self.connection)
        return self._names

    def named(self, typed: str | Named) -> Named:
        """The one person that a name means; asks among several. Who is known already stays.

        Raises NoSuchPerson, or SeveralPeople when nobody can be asked.
        """
        if isinstance(typed, Named):
            return typed
        found = self.names().find(typed)
        if found.person is not None:
            return found.person
        if found.candidates:
            return self.answers.which(typed, found.candidates)
        raise NoSuchPerson(typed, found.near)

    def demand(self) -> float:
        """D: how many contacts a day everybody's cadences ask for."""
        numbers = people.cadences(self.connection, self.settings.circles, self.today_is)
        return standing.demand_of_cadences(numbers)

    def person(self, person: Named) -> Person:
        """A person as the scheduler sees them. Raises NoSuchThing when they are there no more."""
        found = people.people_by_id(self.connection, self.settings.circles, [person.id])
        if not found:
            raise gone_meanwhile(person.name)
        return found[0]


def gone_meanwhile(what: str) -> NoSuchThing:
    """What was read is there no more when it is to be written."""
    return NoSuchThing(f"{what} is gone: another command removed it meanwhile")


def changed_meanwhile(what: str, hint: str) -> ConnectError:
    """What was read is not what is there when it is to be written."""
    return ConnectError(f"{what} was changed meanwhile: nothing was written", hint)
