"""Reading a head from left to right: each place is what it can most surely be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from connect_cli.language.days import past
from connect_cli.language.head import Head
from connect_cli.language.kinds import REACHING, KindWord
from connect_cli.language.names import Names
from connect_cli.language.participants import Opening, Participants, Place
from connect_cli.language.vocabulary import (
    ATTEMPTED,
    ATTEMPTS,
    COMMON,
    FILLERS,
    GIVING,
    LONGEST_ATTEMPT,
    PASSED_OVER,
    RELATIONS,
    TALK,
    TOPICS,
    TRANSITIVE,
)
from connect_cli.model import Direction, Kind

LISTING = 4  # words after a name in which `and` still goes on with the list
LONGEST_LEFT = 4  # words that may be the name of somebody unknown, when all else is read


class HeadReader:
    """What a head says. `when`: a reader of what stood before an earlier colon."""

    def __init__(self, head: Head, names: Names, when: "HeadReader | None" = None) -> None:
        self.head = head
        self.day: date | None = when.day if when else None
        self.time: str | None = when.time if when else None
        self.minutes: int | None = when.minutes if when else None
        self.tried = False
        self._kind: KindWord | None = None
        self._people = Participants(head, names)
        self._places: list[Place] = []
        self._read = [False] * len(head)
        self._opening = Opening.START
        self._list_end = -1
        self._listing = 0
        self._topic = False
        self._link = ""
        self._to = self._from = self._subject = self._object = False
        at = 0
        while at < len(head):
            at = self._step(at)
        self._settle(names)
