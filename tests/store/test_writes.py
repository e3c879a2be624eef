"""Every write is one transaction: all of it or nothing, and one writer after the other."""

from pathlib import Path

import pytest
from sqlalchemy.exc import ResourceClosedError

from connect_cli.errors import JournalTrouble
from tests.store.journals import NOW
from tests.store.writing import Store, opened, rows


def test_a_command_that_fails_writes_nothing(store: Store) -> None:
    """Rollback is real: what was flushed before the failure is gone."""
    connection, writer = store

    def fail() -> None:
        with writer.command("add", "…", NOW) as changes:
            changes.add_person("Ada")
            changes._session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert rows(connection, "person") == rows(connection, "command") == []
    assert rows(connection, "change") == []


def test_ctrl_c_within_sqlalchemy_is_ctrl_c(store: Store) -> None:
    """It interrupts a step half-way, and what SQLAlchemy then raises is about that step."""
    connection, writer = store

    def interrupt() -> None:
        with writer.command("add", "…", NOW) as changes:
            changes.add_person("Ada")
            try:
                raise KeyboardInterrupt
            finally:
                raise ResourceClosedError("This transaction is closed")

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert rows(connection, "person") == rows(connection, "command") == []


def test_a_command_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    """Nothing changed means no command in the record."""
    connection, writer = store
    with writer.command("edit", "…", NOW):
        pass
    assert rows(connection, "command") == []


def test_a_second_writer_waits_for_the_first(store: Store, tmp_path: Path) -> None:
    """A write takes the lock at once; who cannot get it is told so, and nothing is half done."""
    connection, writer = store
    path = tmp_path / "journal.db"
    with opened(path) as (other, second):
        other.execute("PRAGMA busy_timeout = 1")
        with writer.command("add", "…", NOW) as changes:
            changes.add_person("Ada")
            with (
                pytest.raises(JournalTrouble, match="is busy"),
                second.command("add", "…", NOW) as late,
            ):
                late.add_person("Eve")
    assert [row[0] for row in connection.execute("SELECT name FROM person")] == ["Ada"]


def test_a_command_can_record_more_as_long_as_it_is_the_newest(store: Store) -> None:
    """One row of the record, with the changes of both transactions; words can be added."""
    connection, writer = store
    with writer.command("log", "logged Ada", NOW) as changes:
        changes.add_person("Ada")
    last = writer.last
    assert last is not None
    with writer.transaction(NOW) as transaction:
        assert transaction.is_newest(last, "log")
        assert not transaction.is_newest(last, "sweep")
        with transaction.more(last, "; and Grace") as changes:
            changes.add_person("Grace")
    assert writer.last == last
    assert connection.execute("SELECT words, open FROM command").fetchall() == [
        ("logged Ada; and Grace", None)
    ]
    seqs = connection.execute("SELECT DISTINCT command_seq FROM change").fetchall()
    assert len(seqs) == 1
    with writer.command("add", "added Tom", NOW) as changes:
        changes.add_person("Tom")
    with writer.transaction(NOW) as transaction:
        assert not transaction.is_newest(last, "log")


def test_what_fails_while_more_is_recorded_leaves_the_command_as_it_was(store: Store) -> None:
    """Closed, with its own words and changes."""
    connection, writer = store
    with writer.command("log", "logged Ada", NOW) as changes:
        changes.add_person("Ada")
    before = rows(connection, "command"), rows(connection, "change")

    def fail() -> None:
        assert writer.last is not None
        with writer.transaction(NOW) as transaction, transaction.more(writer.last, "…") as changes:
            changes.add_person("Grace")
            changes._session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (rows(connection, "command"), rows(connection, "change")) == before
