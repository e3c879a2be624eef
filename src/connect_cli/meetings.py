"""Values that report how the machines that keep one journal met; renderers read these too."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple


class MachineSeen(NamedTuple):
    """A machine that keeps the journal.

    given: how many files it gave. taken: how many of these were taken here. confirmed: how many
    of the files of this machine it has taken, of `of_mine`. to_forget: how many people it has yet
    to forget. newest, newest_on: the moment and the day of the newest of what it gave. is_there:
    whether the folder holds anything of it; if that does not say how far it is, `confirmed` is
    None.
    """

    id: str
    name: str
    is_this: bool = False
    given: int = 0
    taken: int = 0
    confirmed: int | None = 0
    of_mine: int = 0
    to_forget: int = 0
    newest: datetime | None = None
    newest_on: date | None = None
    retired: bool = False
    is_there: bool = True


class FromMachine(NamedTuple):
    """What came from one machine: how many rows, by table.

    left_out: rows that have no place. people: the names of those in its conversations, unless
    these are many.
    """

    machine: str
    new: Mapping[str, int]
    changed: Mapping[str, int]
    taken_away: Mapping[str, int]
    left_out: Sequence[tuple[str, str]] = ()
    people: Sequence[str] = ()


class MachineWaits(NamedTuple):
    """Something of another machine that was not taken yet, and why."""

    machine: str
    why: str
    hint: str = ""


class SyncChecked(NamedTuple):
    """Whether this journal is what all machines gave.

    lines: how many are the same, from the first on. here, there: which line differs in this journal
    and in what was given; empty if none does. waits: what nobody can take.
    """

    lines: int
    here: str = ""
    there: str = ""
    waits: Sequence[MachineWaits] = ()

    @property
    def is_same(self) -> bool:
        """Whether everything was taken, and both are the same to the byte."""
        return not (self.here or self.there or self.waits)


class SyncAnswer(NamedTuple):
    """What one run of `connect sync` did.

    given: how many lines were given; None for nothing. whole: they are the whole journal. rows,
    removed: how many rows of each table they bring, and say to be gone. notes: what else somebody
    should know. inbox: how many lines of it were taken, and wait; None without one. checked: what
    `--check` found.
    """

    folder: str
    taken: Sequence[FromMachine] = ()
    waits: Sequence[MachineWaits] = ()
    notes: Sequence[str] = ()
    given: int | None = None
    whole: bool = False
    rows: Mapping[str, int] = {}
    removed: Mapping[str, int] = {}
    inbox: tuple[int, int] | None = None
    checked: SyncChecked | None = None
