"""Looking back: what happened, and in which words."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from connect_cli.errors import ConnectError, NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.day_options import read_since
from connect_cli.language.tags import read_tag
from connect_cli.language.vocabulary import read_kind
from connect_cli.model import Interaction, Recorded
from connect_cli.store import interactions
from connect_cli.store.changes import Record, said
from connect_cli.store.search import find
from connect_cli.store.undo import take_back
from connect_cli.views import Hit, Step


def history(
    journal: Journal,
    typed: str | None = None,
    *,
    since: str = "",
    kind: str = "",
    tag: str = "",
    limit: int | None = None,
) -> list[Interaction]:
    """What happened, newest first: with one person, since a day, of a kind, with a tag."""
    wanted = interactions.Wanted(
        person_id=None if typed is None else journal.named(typed).id,
        since=read_since(since, journal.today_is) if since else None,
        kind=read_kind(kind) if kind else None,
        tag=read_tag(tag) if tag else None,
    )
    return interactions.interactions(journal.connection, wanted, limit)


def search(journal: Journal, words: str, limit: int) -> list[Hit]:
    """Notes, details, promises and names that have every word. Accents and case are ignored."""
    return find(journal.connection, words, limit)


MOST_STEPS = 999
"""More than this many at once must be an id."""

Progress = Callable[[int], object]


def changes(journal: Journal, limit: int | None = None) -> list[Recorded]:
    """What was done, the newest first."""
    return Record(journal.connection).commands(limit)


def undoable(journal: Journal, which: str = "1") -> list[Step]:
    """The commands to take back, the newest first: the last so many, or the one with this id.

    What was taken back already is passed over. Raises NoSuchThing when there is none.
    """
    record = Record(journal.connection)
    if not which.isdecimal() or len(which) > len(str(MOST_STEPS)):
        return [record.find(which)]
    if not (number := int(which)):
        raise NotUnderstood(
            "nothing is asked to be taken back", f"say how many: {as_typed('undo')} 2"
        )
    steps = record.last(number)
    if not steps:
        raise NoSuchThing("there is nothing to take back", f"see: {as_typed('changes')}")
    return steps


def redoable(journal: Journal) -> Step:
    """What comes again: the last one taken back. Raises NoSuchThing without any."""
    step = Record(journal.connection).last_taken_back()
    if step is None:
        raise NoSuchThing("nothing was taken back since the last command that wrote")
    return step


def undo(journal: Journal, steps: Sequence[Step], progress: Progress = lambda _: None) -> None:
    """Take these back, in this order: all of them, or none.

    progress: told how many rows are done, of all that the steps name. Raises ConnectError when
    a later command is in the way.
    """
    _reverse(journal, "undo", steps, progress)


def redo(journal: Journal, step: Step, progress: Progress = lambda _: None) -> None:
    """Bring again what was taken back."""
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
    """Say of an error which command it is about."""
    try:
        yield
    except ConnectError as error:
        error.message = f"{said(step.command.verb, step.command.words)}: {error.message}"
        raise
