"""What was done, taking it back, and bringing it again."""

from collections.abc import Callable, Sequence

from connect_cli.errors import ConnectError, NoSuchThing, NotUnderstood
from connect_cli.journal.core import Core
from connect_cli.model import Recorded
from connect_cli.store import database
from connect_cli.store.record import Record, Step

MOST_STEPS = 999
"""More than this many at once must be an id."""

Progress = Callable[[int], object]


class Undoing(Core):
    """The verbs about the commands themselves."""

    def changes(self, limit: int | None = None) -> list[Recorded]:
        """What was done, the newest first."""
        return Record(self.connection).commands(limit)

    def undoable(self, which: str = "1") -> list[Step]:
        """The commands to take back, the newest first: the last so many, or the one with this id.

        What was taken back already is passed over. Raises NoSuchThing when there is none.
        """
        record = Record(self.connection)
        if not which.isdecimal() or len(which) > len(str(MOST_STEPS)):
            return [record.find(which)]
        if not (number := int(which)):
            raise NotUnderstood("nothing is asked to be taken back", "say how many: connect undo 2")
        steps = record.last(number)
        if not steps:
            raise NoSuchThing("there is nothing to take back", "see: connect changes")
        return steps

    def redoable(self) -> Step:
        """What comes again: the last one taken back. Raises NoSuchThing without any."""
        step = Record(self.connection).last_taken_back()
        if step is None:
            raise NoSuchThing("nothing was taken back since the last command that wrote")
        return step

    def undo(self, steps: Sequence[Step], progress: Progress = lambda _: None) -> None:
        """Take these back, in this order: all of them, or none.

        progress: told how many more rows are done. Raises ConnectError when a later command is in
        the way, or another process wrote since the steps were looked up.
        """
        self._reverse("undo", steps, progress)

    def redo(self, step: Step, progress: Progress = lambda _: None) -> None:
        """Bring again what was taken back."""
        self._reverse("redo", [step], progress)

    def _reverse(self, verb: str, steps: Sequence[Step], progress: Progress) -> None:
        writer = self._writing()
        from connect_cli.store import undo  # the commands of every day have no use for it

        with (
            database.faults(self.context.path),
            writer.transaction(self.context.now) as transaction,
        ):
            for step in steps:
                words = f"{step.command.verb}: {step.command.words}"
                with transaction.command(verb, words, step.undoes):
                    self._refuse_outdated(step)
                    _told_of(step, lambda step=step: undo.take_back(self.connection, step.undoes, progress))
        self._names = None
