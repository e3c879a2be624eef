"""The tables as SQLModel sees them; the schema itself is in the migration steps."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from connect_cli.store.schema import new_id


def _id() -> Any:
    return Field(default_factory=new_id, unique=True)


def _refers(target: str, *, nullable: bool = False, primary_key: bool = False) -> Any:
    key = ForeignKey(target, ondelete="NO ACTION", deferrable=True, initially="DEFERRED")
    if primary_key:
        return Field(primary_key=True, sa_column_args=[key])
    return Field(default=None if nullable else ..., nullable=nullable, sa_column_args=[key])


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})")


_MONTH, _DAY = "[0-1][0-9]", "[0-3][0-9]"
_YEAR = "[0-9][0-9][0-9][0-9]"
_PARTS = (_YEAR, f"{_YEAR}-{_MONTH}", f"{_YEAR}-{_MONTH}-{_DAY}", f"--{_MONTH}-{_DAY}")
_PART_OF_A_DAY = " OR ".join(
    ("{0} IS NULL", "{0} = 'unknown'", *(f"{{0}} GLOB '{part}'" for part in _PARTS))
)


class Row(SQLModel):
    """The columns of every table of rows: SQLite's row number, and an id shared by all copies."""

    seq: int | None = Field(default=None, primary_key=True)
    id: str = _id()


class Command(Row, table=True):
    """A command that wrote. `open` is 1 while its transaction runs, then NULL.

    undoes: the id of the command that this one took back.
    """

    __table_args__ = (
        CheckConstraint("open = 1"),
        Index("command_open", "open", unique=True, sqlite_where=text("open = 1")),
        Index("command_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL")),
    )
    at: str
    verb: str
    words: str
    open: int | None = 1
    undoes: str | None = _refers("command.id", nullable=True)


class Change(SQLModel, table=True):
    """One row before and after a command, as JSON. Only triggers write it.

    times: when each field was said, as JSON, if the change came from another copy of the journal.
    """

    __table_args__ = (
        CheckConstraint("before IS NOT NULL OR after IS NOT NULL"),
        Index("change_command", "command_seq"),
        Index("change_row", "row_id"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    command_seq: int = _refers("command.seq")
    table_name: str
    row_id: str
    before: str | None = None
    after: str | None = None
    times: str | None = None


class PersonRow(Row, table=True):
    """Someone in the journal.

    cadence: their own; NULL means that of their circle, `never` means none whatever the circle.
    last_full_on, last_half_on: derived; kept by triggers, recomputed by undo and the doctor.
    first_said_on, snooze_said_on: the days on which the first day and the snooze were set.
    died_on: as much of the day as is known; see language/death.py.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("person_folded", "folded"),
        CheckConstraint(_PART_OF_A_DAY.format("died_on")),
    )
    name: str
    folded: str
    circle: str | None = None
    cadence: str | None = None
    cadence_words: str | None = None
    first_on: date | None = None
    snoozed_on: date | None = None
    archived_on: date | None = None
    created_at: str
    last_full_on: date | None = None
    last_half_on: date | None = None
    first_said_on: date | None = None
    snooze_said_on: date | None = None
    died_on: str | None = None


class Alias(Row, table=True):
    """Another name of a person."""

    __table_args__ = (UniqueConstraint("person_id", "folded"), Index("alias_folded", "folded"))
    person_id: str = _refers("person.id")
    name: str
    folded: str


class ContactPointRow(Row, table=True):
    """A way to reach a person."""

    __tablename__ = "contact_point"
    __table_args__ = (
        _one_of("kind", "email", "phone", "url", "address"),
        UniqueConstraint("person_id", "kind", "value"),
        Index("contact_point_value", "value"),
    )
    person_id: str = _refers("person.id")
    kind: str
    value: str


class DetailRow(Row, table=True):
    """A thing to remember about a person; each label occurs once per person."""

    __tablename__ = "detail"
    __table_args__ = (UniqueConstraint("person_id", "label_folded"),)
    person_id: str = _refers("person.id")
    label: str
    label_folded: str
    value: str
    folded: str


class OccasionRow(Row, table=True):
    """A yearly day of a person."""

    __tablename__ = "occasion"
    __table_args__ = (
        CheckConstraint("month BETWEEN 1 AND 12"),
        CheckConstraint("day BETWEEN 1 AND 31"),
        CheckConstraint("year BETWEEN 1 AND 9999"),
        UniqueConstraint("person_id", "label"),
        Index("occasion_day", "month", "day"),
    )
    person_id: str = _refers("person.id")
    label: str
    month: int
    day: int
    year: int | None = None


class InteractionRow(Row, table=True):
    """Something that happened. `folded` is what the search index reads."""

    __tablename__ = "interaction"
    __table_args__ = (
        CheckConstraint("day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"),
        CheckConstraint("time GLOB '[0-2][0-9]:[0-5][0-9]'"),
        _one_of(
            "kind",
            *("call", "video", "meeting", "coffee", "meal", "walk", "visit", "message"),
            *("email", "letter", "event", "gift", "introduction", "other"),
        ),
        CheckConstraint("minutes BETWEEN 1 AND 1440"),
        _one_of("direction", "mine", "theirs"),
        _one_of("energy", "gave", "even", "took"),
        _one_of("counts", "yes", "half", "no"),
        CheckConstraint("tried IN (0, 1)"),
        Index("interaction_day", "day", "seq"),
        Index("interaction_tried", "day", sqlite_where=text("tried = 1")),
        Index("interaction_spent", "day", "kind", "minutes", sqlite_where=text("tried = 0")),
        Index(
            "interaction_energy",
            *("day", "energy"),
            sqlite_where=text("energy IS NOT NULL AND tried = 0"),
        ),
        Index("interaction_uncounted", "seq", sqlite_where=text("counts = 'no'")),
    )
    day: date
    time: str | None = None
    kind: str
    minutes: int | None = None
    direction: str | None = None
    energy: str | None = None
    counts: str
    tried: bool
    note: str
    entered: str
    folded: str
    recorded_at: str


class Participant(SQLModel, table=True):
    """A person in an interaction; `place` keeps the order in which they were named."""

    __table_args__ = (Index("participant_person", "person_id"), {"sqlite_with_rowid": False})
    interaction_id: str = _refers("interaction.id", primary_key=True)
    person_id: str = _refers("person.id", primary_key=True)
    place: int


class Tag(Row, table=True):
    """A word on a person or on an interaction."""

    __table_args__ = (
        UniqueConstraint("person_id", "name"),
        UniqueConstraint("interaction_id", "name"),
        CheckConstraint("(person_id IS NULL) <> (interaction_id IS NULL)"),
        Index("tag_name", "name"),
    )
    name: str
    person_id: str | None = _refers("person.id", nullable=True)
    interaction_id: str | None = _refers("interaction.id", nullable=True)


class PromiseRow(Row, table=True):
    """A promise, question or thing to tell; open until it is done."""

    __tablename__ = "promise"
    __table_args__ = (
        _one_of("owed", "me", "them", "ask", "tell"),
        Index("promise_person", "person_id"),
        Index("promise_open", "due_on", sqlite_where=text("done_on IS NULL")),
        Index("promise_done", "done_on", sqlite_where=text("done_on IS NOT NULL")),
    )
    person_id: str = _refers("person.id")
    text: str
    folded: str
    owed: str
    due_on: date | None = None
    made_on: date
    done_on: date | None = None


class RelationRow(Row, table=True):
    """A tie: `person_id` is the `word` of `other_id`, in the form of language/relations.py."""

    __tablename__ = "relation"
    __table_args__ = (
        CheckConstraint("person_id <> other_id"),
        UniqueConstraint("person_id", "other_id", "word_folded"),
        Index("relation_other", "other_id"),
    )
    person_id: str = _refers("person.id")
    other_id: str = _refers("person.id")
    word: str
    word_folded: str


class DistinctPair(Row, table=True):
    """Two people who look like one and are two; the smaller id comes first."""

    __tablename__ = "distinct_pair"
    __table_args__ = (
        CheckConstraint("person_id < other_id"),
        UniqueConstraint("person_id", "other_id"),
        Index("distinct_pair_other", "other_id"),
    )
    person_id: str = _refers("person.id")
    other_id: str = _refers("person.id")


class PauseRow(Row, table=True):
    """An interval in which a person's clock stops; everyone's if `person_id` is NULL."""

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("end_on IS NULL OR end_on >= start_on"),
        Index("pause_person", "person_id"),
    )
    person_id: str | None = _refers("person.id", nullable=True)
    start_on: date
    end_on: date | None = None


class Saving(Row, table=True):
    """Minutes that automation saved."""

    __table_args__ = (CheckConstraint("minutes > 0"), Index("saving_day", "day"))
    day: date
    minutes: int
    text: str


class CardRow(Row, table=True):
    """A card of a person as another address book wrote it.

    uid: what they are called there. text: the card as it came, without pictures. Cards without a
    uid are kept together in one row. Journals from older versions hold only the lines that had no
    column. instead: what the journal said of the person when the card came in and said otherwise,
    as JSON.
    """

    __tablename__ = "card"
    __table_args__ = (UniqueConstraint("person_id", "uid"), Index("card_uid", "uid"))
    person_id: str = _refers("person.id")
    uid: str
    text: str
    instead: str = ""


class Gone(Row, table=True):
    """A row that was deleted in another copy of the journal; `id` is that row's id."""

    table_name: str
    at: str


class InboxLine(Row, table=True):
    """A line that was taken from the inbox. hash: the keyed hash of its interaction's id.

    dropped: it became no interaction, because somebody said so.
    """

    __tablename__ = "inbox_line"
    __table_args__ = (CheckConstraint("dropped IN (0, 1)"), UniqueConstraint("hash_key", "hash"))
    hash_key: str
    hash: str
    dropped: bool


class OfferedRow(Row, table=True):
    """Somebody on the list of a day on which something was recorded at the keyboard.

    dormant: in the weekly place for somebody dormant.
    """

    __tablename__ = "offered"
    __table_args__ = (
        CheckConstraint("dormant IN (0, 1)"),
        UniqueConstraint("person_id", "day"),
        Index("offered_day", "day"),
        Index("offered_dormant", "person_id", "day", sqlite_where=text("dormant = 1")),
    )
    person_id: str = _refers("person.id")
    day: date
    dormant: bool


class Inbox(SQLModel, table=True):
    """How many lines of the inbox waited for an answer at the last look; one row, or none."""

    __table_args__ = (CheckConstraint("seq = 1"), CheckConstraint("waiting >= 0"))
    seq: int = Field(primary_key=True)
    waiting: int


class CircleRow(Row, table=True):
    """A circle of your own, and the cadence of whoever is in it."""

    __tablename__ = "circle"
    __table_args__ = (UniqueConstraint("name"),)
    name: str
    cadence: str


class ForgottenRow(SQLModel, table=True):
    """Somebody who was forgotten: the id alone, so that no older copy brings them again."""

    __tablename__ = "forgotten"
    id: str = Field(primary_key=True)


class SyncRow(SQLModel, table=True):
    """What this machine is among those that keep the journal; one row, or none.

    number, hash: the newest file that it gave. base: the newest that holds everything. given: the
    newest change that was given. key: of an encrypted folder, or empty.
    """

    __tablename__ = "sync"
    __table_args__ = (
        CheckConstraint("seq = 1"),
        CheckConstraint("number >= 0"),
        CheckConstraint("base >= 0"),
        CheckConstraint("given >= 0"),
    )
    seq: int = Field(primary_key=True)
    journal_id: str
    machine_id: str
    number: int
    hash: str
    base: int
    given: int
    key: str


class MachineRow(SQLModel, table=True):
    """Another machine that keeps the journal. taken, hash: the newest of its files taken here."""

    __tablename__ = "machine"
    __table_args__ = (CheckConstraint("taken >= 0"), CheckConstraint("retired IN (0, 1)"))
    id: str = Field(primary_key=True)
    name: str
    taken: int
    hash: str
    retired: bool


class DueRow(SQLModel, table=True):
    """A row to give to the other machines though no command of this one changed it."""

    __tablename__ = "due"
    table_name: str = Field(primary_key=True)
    row_id: str = Field(primary_key=True)
