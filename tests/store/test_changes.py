"""The record: which commands are there, and which of them are in force."""

import sqlite3

import pytest

from connect_cli.store.changes import Record
from connect_cli.store.writes import Writer
from tests.store.test_undo import NOW, people, reverse


def test_several_commands_of_a_transaction_are_kept_or_none_is(
    connection: sqlite3.Connection, writer: Writer
) -> None:
    """Each is a command of its own, one that changed nothing is not there."""
    with writer.transaction(NOW) as transaction:
        for name in ("Ada", "Bo"):
            with transaction.command("add", name) as rows:
                rows.add_person(name)
        with transaction.command("edit", "nothing"):
            pass
    assert [one.words for one in Record(connection).commands()] == ["Bo", "Ada"]

    def fail() -> None:
        with writer.transaction(NOW) as transaction:
            with transaction.command("add", "Cy") as rows:
                rows.add_person("Cy")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert people(connection) == ["Ada", "Bo"]


def test_a_chain_of_any_length_is_in_force_or_not(
    connection: sqlite3.Connection, writer: Writer
) -> None:
    """Undo, redo, undo and so on hang on the one command that was there first."""
    with writer.command("add", "Ada", NOW) as rows:
        rows.add_person("Ada")
    for number in range(5):
        there = number % 2 == 0
        record = Record(connection)
        step = record.last(1)[0] if there else record.last_taken_back()
        assert step is not None
        assert step.command.verb == "add"
        with writer.transaction(NOW) as transaction:
            reverse(transaction, connection, step.undoes)
        assert (people(connection) == []) is there
    chain = [(one.verb, one.undone) for one in Record(connection).commands()]
    assert chain == [("undo", bool(number % 2)) for number in range(5)] + [("add", True)]
