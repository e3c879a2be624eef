"""Values that report what an import, an undo or the doctor found; renderers read these too."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from connect_cli.errors import as_typed
from connect_cli.model import Direction, Interaction, Kind, Named, Person, Promise, Recorded, Tied

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

Progress = Callable[[int], object]
"""Called with how much is done so far, for a progress bar; who calls it says of what."""

Way = Literal["taken away", "brought back", "changed back"]
"""What undoing a command does to a row."""


class Unread(NamedTuple):
    """A part of a file that was left out. place: such as `line 12`. reason: why, in words.

    said: the text there, if it helps to find the place. title, day: of a meeting, what it is called
    and its day if that is known; title is None for anything else.
    """

    place: str
    reason: str
    said: str = ""
    title: str | None = None
    day: date | None = None


class Happening(NamedTuple):
    """An interaction as another program recorded it.

    key: identifies it within that program. day, time: by the calendar and the clock; the plan of
    an import gives it its logical day. people: names as that program has them. words: its words
    that begin with @, which may be people or topics.
    """

    key: str
    day: date
    people: tuple[str, ...]
    place: str = ""
    kind: Kind = Kind.OTHER
    time: str | None = None
    minutes: int | None = None
    direction: Direction | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


By = Literal["uid", "email", "phone", "name", "choice", ""]
Status = Literal["new", "matched", "unsure", "left out"]
Sort = Literal["person", "firm", "machine"]
"""What a card is of. machine: it has only addresses at which no person reads."""

Becomes = Literal["person", "tag", "undecided"]
Because = Literal["calendar", "today", "weekday"]

Gain = tuple[str, str]
"""A field, and the value a person gets in it or which of two values stays."""

NOTHING: Mapping[str, int] = MappingProxyType({})


class Arriving(NamedTuple):
    """One contact as it would be imported.

    by: what they were matched by; `choice` means the user's answer. maybe: who they may be.
    gains: what the person gets, in words, by field. sort: what they are.
    """

    name: str
    status: Status
    by: By = ""
    maybe: tuple[Named, ...] = ()
    gains: tuple[Gain, ...] = ()
    sort: Sort = "person"


class AtWord(NamedTuple):
    """A word that begins with @ in a journal of another program: a person or a topic.

    times: how many entries have it. example: a line with it. known: the names of those in the
    journal whom it fits; one name means this person. name: whom it becomes, if a person.
    """

    word: str
    times: int
    example: str = ""
    known: tuple[str, ...] = ()
    becomes: Becomes = "undecided"
    name: str = ""


class Question(NamedTuple):
    """Something that may have happened on a day.

    id: the id of the interaction, if it becomes one. kind: what it was, if known.
    because: why the question is asked.
    """

    id: str
    day: date
    people: tuple[Named, ...]
    because: Because
    kind: Kind | None = None
    time: str | None = None
    minutes: int | None = None
    summary: str = ""


class Reason(NamedTuple):
    """Why two people may be one. value: the number or address that both have."""

    by: Literal["email", "phone", "birthday", "name"]
    value: str = ""


class Pair(NamedTuple):
    """Two people who may be one. first: the one whose name would stay."""

    first: Named
    second: Named
    reasons: tuple[Reason, ...]


class WouldAsk(NamedTuple):
    """A question that a command would ask. words: the words that it is about, as typed.

    choices: what could be answered by number. private: whether the choices are for no other screen.
    """

    words: str
    question: str
    choices: tuple[str, ...] = ()
    private: bool = False


class Rehearsal(NamedTuple):
    """What `log` would do. promises: promises and questions that would be kept.

    heard: promises in the words that it would offer to keep. open_loops: what it would offer to
    close. related: the relations that it would make.
    """

    interactions: tuple[Interaction, ...]
    added: tuple[Named, ...] = ()
    promises: tuple[Promise, ...] = ()
    questions: tuple[WouldAsk, ...] = ()
    heard: tuple[Promise, ...] = ()
    open_loops: tuple[Promise, ...] = ()
    related: tuple[Tied, ...] = ()


class FirstDay(NamedTuple):
    """The first due day of a person, chosen so that not too many come due on one day.

    on: the day to store. due_on: the day on which they come due by it; paused days move it.
    moved_from: the day on which they would have come due, had it not been full.
    """

    person: Person
    on: date
    due_on: date
    moved_from: date | None = None


class FromInbox(NamedTuple):
    """An interaction that a line of the inbox became. number: of the line in its file.

    by_file: its day is that of the last change of the file. added: who was added for it.
    moved: whoever of many comes due on a later day than usual. related: the relations it made.
    """

    file: str
    number: int
    interaction: Interaction
    by_file: bool = False
    added: tuple[Named, ...] = ()
    moved: tuple[FirstDay, ...] = ()
    related: tuple[Tied, ...] = ()


class InboxLineWaits(NamedTuple):
    """A line of the inbox that needs an answer. message, hint: why, and what would settle it."""

    file: str
    number: int
    text: str
    message: str = ""
    hint: str | None = None


class InboxAnswer(NamedTuple):
    """What one run through the inbox did. known: how many lines there were taken before.

    files: the text files that were read. unread: what was not read, and why.
    """

    folder: str
    files: Sequence[str]
    taken: Sequence[FromInbox] = ()
    waiting: Sequence[InboxLineWaits] = ()
    known: int = 0
    unread: Sequence[str] = ()


class Preview(NamedTuple):
    """An import as it is shown. taken: whether it was done, or is only a preview.

    known: how many interactions are in the journal already. new, changed, taken_away: how many
    rows, by table. words: the words with @, each once. waiting: how many interactions wait until it
    is decided which of them are people. remarks: remarks about a file as a whole. decide: how to
    decide who somebody is. asks_later: it is a preview only, and the import itself will ask.
    asks: the import consists of questions, answered one by one. by_person: show interactions by
    person, not one by one. counted: show only numbers of rows; a copy of the journal may hold a
    million.
    """

    format: str
    taken: bool = False
    people: Sequence[Arriving] = ()
    interactions: Sequence[Happening] = ()
    questions: Sequence[Question] = ()
    known: int = 0
    new: Mapping[str, int] = NOTHING
    changed: Mapping[str, int] = NOTHING
    taken_away: Mapping[str, int] = NOTHING
    unread: Sequence[Unread] = ()
    words: Sequence[AtWord] = ()
    waiting: int = 0
    remarks: Sequence[str] = ()
    decide: str = ""
    asks_later: bool = False
    asks: bool = False
    by_person: bool = False
    counted: bool = False

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed or self.taken_away)


BY_HAND, DAMAGED, BEFORE_RESTORE = "by-hand", "damaged", "before-restore"
STRUCTURE = "structure"


class Copy(NamedTuple):
    """A copy of the journal. label: why it was made; empty for a daily copy.

    size: the bytes that it takes beside the journal; 0 for a link to another place.
    """

    path: "Path"
    day: date
    label: str = ""
    size: int = 0

    @property
    def by_hand(self) -> bool:
        """Whether somebody asked for it."""
        return self.label.startswith(BY_HAND)

    @property
    def damaged(self) -> bool:
        """Whether it was made of a damaged journal, as it was."""
        return self.label.startswith(DAMAGED)

    @property
    def sound(self) -> bool:
        """Whether it was checked when it was made, and not replaced by a restore."""
        return not (self.damaged or self.label.startswith(BEFORE_RESTORE))


Mending = Callable[["sqlite3.Connection"], object]


class Finding(NamedTuple):
    """Something that the doctor found.

    what: a word for it that scripts may rely on. said: what was found. means: what it means for the
    user. remedy: what mends it. command: the command to type for that. note: nothing needs to be
    done. mended: it has been mended. mend: how `doctor --fix` mends it, if it can.
    """

    what: str
    said: str
    means: str
    remedy: str = ""
    command: str = ""
    note: bool = False
    mended: bool = False
    mend: Mending | None = None

    @property
    def in_full(self) -> str:
        """Remedy and command in one line."""
        return " ".join(filter(None, (self.remedy, self.command)))

    @property
    def standing(self) -> Literal["mended", "note", "left"]:
        """Whether it was mended, is only a note, or is left to mend."""
        if self.mended:
            return "mended"
        return "note" if self.note else "left"


UNREADABLE = "unreadable"
READ_ONLY = "read only"


def by_fix(does: str) -> str:
    """The remedy of a finding that `doctor --fix` mends. does: what that does."""
    return f"'{as_typed('doctor')} --fix' {does}."


class Step(NamedTuple):
    """A command that can be undone or redone, and what that does.

    undoes: the id of the command whose changes are reversed: the end of the chain of undos and
    redos that begins with `command`. rows: how many changes that is. effects: what happens to how
    many things of each table.
    """

    command: Recorded
    undoes: str
    rows: int = 0
    effects: tuple[tuple[Way, str, int], ...] = ()


class Traces(NamedTuple):
    """What the journal holds of a person.

    alone: interactions with nobody else, which are deleted. shared: interactions with others, which
    stay. details, promises, relations: how many are deleted. texts: how many other texts hold one
    of their names. first_names: how many others hold only the first name. named_after: people whose
    name contains theirs.
    travels: whether other machines keep this journal too.
    """

    names: tuple[str, ...]
    alone: int = 0
    shared: int = 0
    details: int = 0
    promises: int = 0
    texts: int = 0
    first_names: int = 0
    named_after: tuple[str, ...] = ()
    relations: int = 0
    travels: bool = False
