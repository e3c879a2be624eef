"""Values to be shown of people and days; renderers need neither the store nor a file format.

reports.py has those of imports, undo and the doctor: a prompt and a morning never load them.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from connect_cli.model import (
    Cadence,
    ContactPoint,
    Counts,
    Detail,
    Interaction,
    Named,
    Occasion,
    Pause,
    Person,
    Promise,
)


class State(StrEnum):
    """The state of a person today, by the scheduler."""

    FRESH = "fresh"
    SOON = "soon"
    DUE = "due"
    WAITING = "waiting"
    DORMANT = "dormant"
    RESTING = "resting"
    PAUSED = "paused"
    ARCHIVED = "archived"
    NONE = "no cadence"


class Due(NamedTuple):
    """The state of one person on one day, with every term of its calculation.

    anchor_on: the contact from which the clock runs; None if there was none.
    anchor_by: "full", "half", or "" without an anchor.
    rests_on: what set the due day: "contact", "snooze" or "first" day.
    period_days: P, days in this period of the cadence, at least 1.
    early_days, grace_days: e and g. pause_days: paused days since the anchor.
    ratio: r, 1 on the due day. score: s, which is r two days ahead.
    back_on: the first day after the present rest, or after a pause that has an end.
    """

    person: Person
    day: date
    state: State
    anchor_on: date | None = None
    anchor_by: Literal["full", "half", ""] = ""
    rests_on: Literal["contact", "snooze", "first", ""] = ""
    due_on: date | None = None
    period_days: int = 0
    early_days: int = 0
    grace_days: int = 0
    pause_days: int = 0
    ratio: float = 0.0
    score: float = 0.0
    back_on: date | None = None


class Suggestion(NamedTuple):
    """A person proposed today.

    because: they are due or waiting; dormant, and it is the week's place for one; or the list is
    short, and they rest after offers or are soon due.
    """

    due: Due
    because: Literal["due", "reconnect", "resting", "soon"]

    @property
    def person(self) -> Person:
        return self.due.person


class OccasionDay(NamedTuple):
    """An occasion near today. in_days: 0 on the day, positive before it, negative after it."""

    occasion: Occasion
    on: date
    in_days: int
    turns: int | None = None


class Plan(NamedTuple):
    """Today's list. It is not stored: the same journal and day always give the same plan."""

    day: date
    capacity: int
    occasions: tuple[OccasionDay, ...] = ()
    promises: tuple[Promise, ...] = ()
    done: tuple[Person, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody is listed: proposed, promised or done. Occasions do not count."""
        return not (self.suggestions or self.promises or self.done)


class Companion(NamedTuple):
    """Someone usually seen together with a person: how many interactions they shared."""

    person: Named
    times: int


class TodayRow(NamedTuple):
    """A proposed person, with what you want to know before you call.

    occasions: those of the plan that are shown with the person.
    """

    suggestion: Suggestion
    last: Interaction | None = None
    promises: tuple[Promise, ...] = ()
    details: tuple[Detail, ...] = ()
    occasions: tuple[OccasionDay, ...] = ()


class Welcome(NamedTuple):
    """A time away that is over, and the occasions that fell in it and are not shown any more."""

    away: Pause
    occasions: tuple[OccasionDay, ...] = ()


class Today(NamedTuple):
    """Today's list as it is shown.

    people, with_cadence: how many are in the journal, without archived ones, and how many of these
    have a cadence; 0 where somebody is proposed.
    done: the day's interactions with the people of `plan.done`.
    gap: days without an interaction just before today, which may have been days away.
    away: the pause that today belongs to. waiting: how many lines of the inbox wait for an answer.
    coming: the next plan with somebody on it; None unless this one is empty.
    left_alone: whether somebody past due rests after an attempt; False unless the plan is empty.
    anybody: whether somebody is in the journal, archived or not.
    took: how many conversations of the last seven days before today took energy; 0 unless they are
    worth a word. on_this_day: a conversation with a note, of this day in an earlier year.
    """

    plan: Plan
    rows: tuple[TodayRow, ...] = ()
    people: int = 0
    with_cadence: int = 0
    done: tuple[Interaction, ...] = ()
    gap: Pause | None = None
    away: Pause | None = None
    waiting: int = 0
    welcome: Welcome | None = None
    coming: Plan | None = None
    left_alone: bool = False
    anybody: bool = True
    took: int = 0
    on_this_day: Interaction | None = None


class Standing(NamedTuple):
    """One line of the list of people."""

    due: Due
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def person(self) -> Person:
        return self.due.person


class CountedDay(NamedTuple):
    """A day with an interaction of somebody, and the most that one of them counts as contact."""

    on: date
    counts: Counts


class Tie(NamedTuple):
    """A relation as one of the two sees it: `sister Grace`, `met through Tom`."""

    other: Named
    said: str


class Card(NamedTuple):
    """Everything about one person that matters before you meet; `timeline` is newest first.

    total: how many interactions there are; the timeline may hold only the newest. promises: the
    open ones of all sorts. rhythm: how often you really meet, if that clearly differs. died_on: as
    much of the day as is known, if they died; see language/death.py. last_year: the days of the
    last 52 weeks with an interaction, oldest first. on_this_day: conversations with a note, of this
    day in earlier years, newest first; the timeline may hold them too.
    """

    due: Due
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    contact_points: tuple[ContactPoint, ...] = ()
    details: tuple[Detail, ...] = ()
    occasions: tuple[OccasionDay, ...] = ()
    promises: tuple[Promise, ...] = ()
    companions: tuple[Companion, ...] = ()
    timeline: tuple[Interaction, ...] = ()
    total: int = 0
    rhythm: Cadence | None = None
    ties: tuple[Tie, ...] = ()
    died_on: str | None = None
    last_year: tuple[CountedDay, ...] = ()
    on_this_day: tuple[Interaction, ...] = ()

    @property
    def person(self) -> Person:
        return self.due.person


class ComingDays(NamedTuple):
    """The lists of some days from today on, and everybody, as they are kept for the phone.

    plans: each with what falls on its day alone, promises of theirs too. cards: of everybody on
    one of them who is not archived, in that order. people: everybody who is not archived, by name;
    their cards have no more than how to reach them and the newest conversation.
    """

    plans: tuple[Plan, ...]
    cards: tuple[Card, ...] = ()
    people: tuple[Card, ...] = ()


class Recall(NamedTuple):
    """One interaction, to be read again. recorded_at: when it was recorded, in local time."""

    interaction: Interaction
    recorded_at: datetime


class Hit(NamedTuple):
    """A search result. marks: the [start, end) spans of `text` that matched.

    where: what kind of text it is. id: that of the interaction, detail, promise or person.
    """

    where: Literal["note", "detail", "promise", "name"]
    id: str
    people: tuple[Named, ...]
    text: str
    day: date | None = None
    marks: tuple[tuple[int, int], ...] = ()
