"""The transaction of a command, through SQLModel, in which everything it writes is recorded."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError, NoResultFound
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, create_engine, select

from connect_cli import interrupts
from connect_cli.errors import ConnectError
from connect_cli.store.faults import is_about_a_value, trouble
from connect_cli.store.rows import Rows
from connect_cli.store.tables import Change, Command, ForgottenRow, Inbox


class Writer:
    """Writes to one journal through the sqlite3 connection that its reads use.

    wrote: whether a command has been committed. last: the id of the last one.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.wrote = False
        self.last: str | None = None
        self._path = path
        self._connection = connection
        self._engine = create_engine(
            "sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None
        )
        event.listen(self._engine, "begin", _begin_immediate)

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()

    @contextmanager
    def command(self, verb: str, words: str, now: datetime) -> Iterator[Rows]:
        """One command's transaction: all of it is written and recorded, or none.

        verb: the command's name. words: what it does, for `connect changes`. now: an aware moment.
        A command that changes no row is not recorded. Raises JournalTrouble.
        """
        with self.transaction(now) as transaction, transaction.command(verb, words) as rows:
            yield rows

    @contextmanager
    def transaction(self, now: datetime) -> Iterator["Transaction"]:
        """One transaction for several commands of one moment: all are committed, or none.

        Raises JournalTrouble, and ConnectError when another command has deleted what this one is
        about.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                transaction = Transaction(session, moment(now))
                yield transaction
                if transaction.wrote:
                    with interrupts.committing():
                        session.commit()
                    self.wrote, self.last = True, transaction.last or self.last
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
        except InvalidRequestError as error:
            if _hides_an_interrupt(error):
                raise KeyboardInterrupt from error
            raise
        finally:
            with suppress(sqlite3.ProgrammingError):  # Ctrl-C has closed it
                self._connection.rollback()  # a refused commit leaves the transaction open


class Transaction:
    """An open transaction that records one or more commands, one after the other.

    wrote: whether any of them changed a row. last: the id of the last that did.
    """

    def __init__(self, session: Session, now: str) -> None:
        self.wrote = False
        self.last: str | None = None
        self._session = session
        self._now = now

    @contextmanager
    def command(
        self, verb: str, words: str, undoes: str | None = None, *, stays: bool = False
    ) -> Iterator[Rows]:
        """Record one command, unless it changes no row.

        undoes: the id of the command that it undoes. stays: record it even without changed rows.
        """
        session = self._session
        command = Command(at=self._now, verb=verb, words=words, undoes=undoes)
        session.add(command)
        session.flush()
        yield Rows(session, self._now)
        session.flush()
        if stays or _changed_anything(session, command):
            command.open = None
            self.wrote, self.last = True, command.id
        else:
            session.delete(command)
        session.flush()

    def note_waiting(self, number: int) -> None:
        """Keep how many lines of the inbox wait for an answer; no command, as no words change."""
        self._session.merge(Inbox(seq=1, waiting=number))
        self._session.flush()
        self.keep()

    def keep(self) -> None:
        """Begin, and commit also what is written from here on besides commands."""
        self._session.connection()
        self.wrote = True

    def note_forgotten(self, ids: Iterable[str]) -> None:
        """Keep who was forgotten, for good; no command, as nothing can take it back."""
        for person_id in ids:
            self._session.merge(ForgottenRow(id=person_id))
        self._session.flush()
        self.wrote = True

    def is_newest(self, command_id: str, verb: str) -> bool:
        """Whether this command was recorded last in this journal, and has that verb."""
        newest = self._session.exec(select(Command).order_by(col(Command.seq).desc())).first()
        return newest is not None and (newest.id, newest.verb) == (command_id, verb)

    @contextmanager
    def more(self, command_id: str, also: str = "") -> Iterator[Rows]:
        """Record more under a command that is in the record already; it must be the newest.

        also: added to the words of the command.
        """
        session = self._session
        command = session.exec(select(Command).where(Command.id == command_id)).one()
        command.open, command.words = 1, f"{command.words}{also}"
        session.add(command)
        session.flush()
        yield Rows(session, self._now)
        session.flush()
        command.open = None
        self.wrote, self.last = True, command.id
        session.add(command)
        session.flush()


def moment(now: datetime) -> str:
    """A moment as it is stored: UTC, to the millisecond, with its zone."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds")


def _hides_an_interrupt(error: BaseException) -> bool:
    """Whether Ctrl-C came first, and SQLAlchemy then fell over its own half-done step."""
    while (before := error.__context__) is not None:
        if isinstance(before, KeyboardInterrupt):
            return True
        error = before
    return False


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once, so that two commands wait for each other instead of failing."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _changed_anything(session: Session, command: Command) -> bool:
    found = select(Change.seq).where(Change.command_seq == command.seq).limit(1)
    return session.exec(found).first() is not None
