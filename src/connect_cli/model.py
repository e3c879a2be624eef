"""The stored values: people, interactions, details, promises, occasions and pauses."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal, NamedTuple, Self

from connect_cli.errors import NotUnderstood


class Kind(StrEnum):
    """What an interaction was."""

    CALL = "call"
    VIDEO = "video"
    MEETING = "meeting"
    COFFEE = "coffee"
    MEAL = "meal"
    WALK = "walk"
    VISIT = "visit"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"
    EVENT = "event"
    GIFT = "gift"
    INTRODUCTION = "introduction"
    OTHER = "other"


class Counts(StrEnum):
    """How much an interaction counts as contact: in full, by half, or not at all."""

    YES = "yes"
    HALF = "half"
    NO = "no"


class Direction(StrEnum):
    """Who reached out. None means unknown, or both."""

    MINE = "mine"
    THEIRS = "theirs"


class Energy(StrEnum):
    """What the interaction did to you: it gave, stayed even, or took."""

    GAVE = "gave"
    EVEN = "even"
    TOOK = "took"


class Owed(StrEnum):
    """Who owes a promise: I, they, or it is something for me to ask or to tell."""

    ME = "me"
    THEM = "them"
    ASK = "ask"
    TELL = "tell"


# language/calendar.py reads and says these; they stand here because the settings name weekdays too.
MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

HALF_KINDS = frozenset({Kind.EVENT, Kind.GIFT})


def usual_counts(kind: Kind, *, tried: bool) -> Counts:
    """How an interaction counts by default: an attempt not at all, an event or a gift by half."""
    if tried:
        return Counts.NO
    return Counts.HALF if kind in HALF_KINDS else Counts.YES


Unit = Literal["d", "w", "m", "y"]
UNIT_WORDS: Mapping[str, str] = {"d": "day", "w": "week", "m": "month", "y": "year"}
LONGEST: Mapping[str, int] = {"d": 3660, "w": 520, "m": 120, "y": 10}


class Cadence(NamedTuple):
    """How often you want to be in touch: every `count` units, at most ten years."""

    count: int  # type: ignore[assignment]  # a tuple's own `count` is of no use here
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the short form, `3d 2w 1m 1y`; `language` reads words. Raises NotUnderstood."""
        number, unit = text[:-1], text[-1:]
        if unit not in LONGEST or not (number.isascii() and number.isdigit() and number[0] != "0"):
            raise NotUnderstood(f"'{text}' is not a cadence", "write it like 3d, 2w, 1m or 1y")
        count = int(number[:5])
        if count > LONGEST[unit]:
            raise NotUnderstood(
                f"'{text}' is longer than ten years", "leave them without a cadence"
            )
        return cls(count, unit)  # type: ignore[arg-type]  # the pattern admits only the four units

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def words(self) -> str:
        """In words: `every week`, `every 2 weeks`."""
        unit = UNIT_WORDS[self.unit]
        return f"every {unit}" if self.count == 1 else f"every {self.count} {unit}s"


class Rule(NamedTuple):
    """A cadence as a calendar rule (RFC 5545), such as `FREQ=MONTHLY;BYDAY=1FR`."""

    text: str
    said: str = ""

    def __eq__(self, other: object) -> bool:
        """Whether both give the same days, in whatever words."""
        return isinstance(other, Rule) and self.text == other.text

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        """As it was said (`first friday`), or the rule itself."""
        return self.said or self.text


NEVER: Final = "never"
"""In the place of an own cadence: never to be due, whatever the circle says."""

OwnCadence = Cadence | Rule | Literal["never"]


def cadence_columns(own: OwnCadence | None) -> dict[str, str | None]:
    """An own cadence as it is stored; None for somebody who has that of their circle."""
    said = own.said if isinstance(own, Rule) else ""
    return {"cadence": None if own is None else str(own), "cadence_words": said or None}


class Pause(NamedTuple):
    """An interval in which clocks stop, both days included; open-ended without `end_on`."""

    start_on: date
    end_on: date | None = None


class Person(NamedTuple):
    """Someone in the journal, with what the scheduler needs to know of them.

    cadence: the one in force: their own, else their circle's; None if there is neither.
    first_on: the first due day, for someone whose cadence is newer than any contact.
    snoozed_on: the day before which they are not listed.
    first_said_on, snooze_said_on: when those two were set; a pause after that moves them.
    last_full_on, last_half_on: newest contact that counts in full, by half. tried_on: last attempt.
    offered: the days on which they were offered since their last contact, in order.
    reconnected_on: the last day on which they had the place for somebody dormant.
    """

    id: str
    name: str
    circle: str | None = None
    cadence: Cadence | Rule | None = None
    own_cadence: bool = False
    first_on: date | None = None
    snoozed_on: date | None = None
    last_full_on: date | None = None
    last_half_on: date | None = None
    tried_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    archived: bool = False
    first_said_on: date | None = None
    snooze_said_on: date | None = None
    offered: tuple[date, ...] = ()
    reconnected_on: date | None = None

    @property
    def own(self) -> OwnCadence | None:
        """Their own cadence, NEVER included; None for somebody who has that of their circle."""
        return (self.cadence or NEVER) if self.own_cadence else None

    @property
    def last_on(self) -> date | None:
        """The newest contact, whether it counts in full or by half."""
        known = [day for day in (self.last_full_on, self.last_half_on) if day is not None]
        return max(known, default=None)


class Named(NamedTuple):
    """A person by id and name alone."""

    id: str
    name: str


class Interaction(NamedTuple):
    """Something that happened with one or more people.

    day: the logical day as recorded. time: local time `HH:MM`, if given.
    minutes: duration, if given.
    entered: what was typed, byte for byte.
    """

    id: str
    day: date
    kind: Kind
    people: tuple[Named, ...]
    time: str | None = None
    minutes: int | None = None
    direction: Direction | None = None
    energy: Energy | None = None
    counts: Counts = Counts.YES
    tried: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    entered: str = ""


class Detail(NamedTuple):
    """A thing to remember about a person. The label may be empty."""

    id: str
    label: str
    value: str

    @property
    def said(self) -> str:
        """As it is typed: `usual order: flat white`, or without a label `allergic to nuts`."""
        return f"{self.label}: {self.value}" if self.label else self.value


POINT_KINDS = ("email", "phone", "url", "address")


class ContactPoint(NamedTuple):
    """A way to reach a person; its kind is one of POINT_KINDS."""

    id: str
    kind: str
    value: str


BIRTHDAY = "birthday"
"""The label of an occasion that is a birthday."""
YEARLY_LABELS = (BIRTHDAY, "anniversary")
"""Labels that always mean a yearly day."""
DEATH = "day of death"
"""The label of an occasion on which somebody who died is remembered."""
UNKNOWN = "unknown"
"""In the place of the day on which somebody died."""


class Occasion(NamedTuple):
    """A yearly day. `year` is None if unknown; 29 February is stored as it is."""

    id: str
    person: Named
    label: str
    month: int
    day: int
    year: int | None = None

    @property
    def has_own_label(self) -> bool:
        """Whether the label is in your own words, and so as private as a detail."""
        return self.label not in (*YEARLY_LABELS, DEATH)


class Tied(NamedTuple):
    """A relation that need not be stored yet, in its stored form; see language/relations.py."""

    person: Named
    other: Named
    word: str


class Relation(NamedTuple):
    """A tie between two people: `person` is the `word` of `other`, as Ada is Grace's sister."""

    id: str
    person: Named
    other: Named
    word: str


class Promise(NamedTuple):
    """A promise of mine or theirs, or something to ask or to tell; open until `done_on`."""

    id: str
    person: Named
    text: str
    owed: Owed = Owed.ME
    due_on: date | None = None
    done_on: date | None = None
    made_on: date | None = None


PRIVATE_VERBS = frozenset(
    {"remember", "promise", "ask", "tell", "relate", "done", "saved", "undo", "redo"}
)
"""Commands whose recorded words may quote a detail, a promise, a relation or what saved time."""


class Recorded(NamedTuple):
    """A command in the record.

    at: the moment, in local time. words: what it did.
    undoes: the id of the command that this one undid. undone: whether it is undone now.
    """

    id: str
    at: datetime
    verb: str
    words: str
    undoes: str | None = None
    undone: bool = False

    @property
    def private(self) -> bool:
        """Whether the words may quote something private."""
        return self.verb in PRIVATE_VERBS
