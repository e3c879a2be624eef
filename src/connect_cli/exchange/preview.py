"""What an import would take in, as it is shown before it is asked about, and after."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from connect_cli.exchange.unread import Unread
from connect_cli.exchange.values import Happening
from connect_cli.model import Kind, Named

By = Literal["uid", "email", "phone", "name", "choice", ""]
Status = Literal["new", "matched", "unsure"]
Because = Literal["calendar", "today", "weekday"]

Gain = tuple[str, str]
"""What somebody gets, by the field; or which of two values stays."""

NOTHING: Mapping[str, int] = MappingProxyType({})


class Arriving(NamedTuple):
    """One contact as it would be taken in.

    by: what tells who they are; `choice` is what was answered. maybe: who they may be.
    gains: what the person gets, in words, by the field.
    """

    name: str
    status: Status
    by: By = ""
    maybe: tuple[Named, ...] = ()
    gains: tuple[Gain, ...] = ()


class Question(NamedTuple):
    """Something that may have happened on a day.

    id: that of the entry, if it becomes one. kind: what it was, if that is known.
    because: where the question comes from.
    """

    id: str
    day: date
    people: tuple[Named, ...]
    because: Because
    kind: Kind | None = None
    time: str | None = None
    minutes: int | None = None
    summary: str = ""


class Preview(NamedTuple):
    """An import as it is shown. taken: whether it was taken in.

    known: how many entries are here already. new, changed, taken_away: how many rows, by table.
    remarks: what is to be said of a file as a whole. decide: how to decide who somebody is.
    asks: all that comes is questions, which are answered one by one. by_person: entries are shown
    by person, not one by one. counted: only rows are, a copy of the journal may hold a million.
    """

    format: str
    taken: bool = False
    people: Sequence[Arriving] = ()
    entries: Sequence[Happening] = ()
    questions: Sequence[Question] = ()
    known: int = 0
    new: Mapping[str, int] = NOTHING
    changed: Mapping[str, int] = NOTHING
    taken_away: Mapping[str, int] = NOTHING
    unread: Sequence[Unread] = ()
    remarks: Sequence[str] = ()
    decide: str = ""
    asks: bool = False
    by_person: bool = False
    counted: bool = False

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed or self.taken_away)
