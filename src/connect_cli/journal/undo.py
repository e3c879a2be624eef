"""Undo and redo: which commands can be undone, and undoing them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from connect_cli.errors import ConnectError, NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.model import Recorded
from connect_cli.reports import Progress, Step
from connect_cli.store.changes import Record, said
from connect_cli.store.undo import take_back

MOST_STEPS = 999
"""A larger number must be an id."""


def changes(journal: Journal, limit: int | None = None) -> list[Recorded]:
    """The recorded commands, the newest first."""
    return Record(journal.connection).commands(limit)


def undoable(journal: Journal, which: str = "1") -> list[Step]:
    """The commands to undo, the newest first: the last `which` of them, or the one with this id.

    Commands that are undone already are skipped. Raises NoSuchThing if there is none.
    """
    record = Record(journal.connection)
    if not which.isdecimal() or len(which) > len(str(MOST_STEPS)):
        return [record.find(which)]
    if not (number := int(which)):
        raise NotUnderstood(
            "undo takes back at least one command", f"say how many: {as_typed('undo')} 2"
        )
    steps = record.last(number)
    if not steps:
        raise NoSuchThing("there is nothing to undo", f"see: {as_typed('changes')}")
    return steps


def redoable(journal: Journal) -> Step:
    """The command to redo: the last one undone. Raises NoSuchThing without any."""
    step = Record(journal.connection).last_taken_back()
    if step is None:
        raise NoSuchThing("there is nothing to redo: nothing was undone since the last change")
    return step


def undo(journal: Journal, steps: Sequence[Step], progress: Progress = lambda _: None) -> None:
    """Undo these commands in this order: all of them, or none.

    progress: called with the number of rows done so far. Raises ConnectError if a later command is
    in the way.
    """
    _reverse(journal, "undo", steps, progress)


def redo(journal: Journal, step: Step, progress: Progress = lambda _: None) -> None:
    """Redo a command that was undone."""
    _reverse(journal, "redo", [step], progress)


def _reverse(journal: Journal, verb: str, steps: Sequence[Step], progress: Progress) -> None:
    done = 0
    with journal.transaction() as transaction:
        for step in steps:
            words = f"{step.command.verb}: {step.command.words}"
            with transaction.command(verb, words, step.undoes), _about(step):
                for rows in take_back(journal.connection, step.undoes):
                    progress(done := done + rows)


@contextmanager
def _about(step: Step) -> Iterator[None]:
    """Put the name of the command before the message of an error."""
    try:
        yield
    except ConnectError as error:
        error.message = f"{said(step.command.verb, step.command.words)}: {error.message}"
        raise
