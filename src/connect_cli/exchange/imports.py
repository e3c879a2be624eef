"""An import, whatever its format: what the files bring, looked at first and then written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from connect_cli.errors import ConnectError, NotThisFormat
from connect_cli.exchange import mailbox, sweep
from connect_cli.exchange.formats import JOURNAL
from connect_cli.exchange.import_plan import (
    Arrivals,
    OnMatch,
    Planner,
    Progress,
    Unsure,
    Wishes,
    newest_command,
)
from connect_cli.exchange.matching import book
from connect_cli.exchange.sources import Source, read
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal.journal import Journal
from connect_cli.language.tags import read_tag
from connect_cli.model import Named
from connect_cli.safety import backup
from connect_cli.store import bulk, memory, people, schema
from connect_cli.sync import copies
from connect_cli.sync.copies import VERB
from connect_cli.sync.merge import Outcome
from connect_cli.views import Preview, Question, Unread

if TYPE_CHECKING:
    from connect_cli.sync.merge import Outcome

MEETING_DAYS = 30
"""So many days back meetings of a calendar are asked about."""

TOLD = 10
"""Parts that are named of a file that is not in the format it is said to be in."""

Bar = AbstractContextManager[Progress]


class Import(NamedTuple):
    """What files bring, before it is written. write: writes it, as the preview says."""

    preview: Preview
    write: Callable[[], object]


class Keyboard(Protocol):
    """Who runs an import: sees how far it has come, and answers."""

    @property
    def asks(self) -> bool:
        """Whether somebody is asked about people who may be here."""

    def bar(self, total: int, text: str) -> Bar:
        """How far something has come, for as long as it lasts."""

    def who(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do with somebody who may be here."""

    def go_through(self, questions: Sequence[Question]) -> object:
        """Ask what happened, and log it."""

    def tell(self, text: str) -> object:
        """Say something beside the answer."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was asked for.

    format: the one that was named, if it was. fields: of a table, the heading of each. tag: for
    everybody who comes. cadences: take over those of the file. only: of mail, that of these people.
    at_once: nobody looks first, so a copy of the journal is read and written in one go.
    """

    format: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    tag: str | None = None
    cadences: bool = False
    only: Sequence[str] = ()
    at_once: bool = False


def prepare(
    journal: "Journal", found: Source, choices: Choices, keyboard: Keyboard
) -> Iterator[Import]:
    """What these files bring, together; of copies of the journal, one after the other.

    Each copy is looked at once the one before is written. Raises ConnectError for files that
    cannot be taken in.
    """
    if found.is_journal:
        for file in found.files:
            yield _copy(journal, file, choices, keyboard)
    elif found.is_calendar:
        yield _meetings(journal, found, keyboard)
    else:
        yield _people(journal, found, choices, keyboard)


def _copy(journal: "Journal", file: Path, choices: Choices, keyboard: Keyboard) -> Import:
    """Another copy of the journal. It is read twice: while somebody is asked, others may write."""
    size = file.stat().st_size

    def write() -> "Outcome":
        with keyboard.bar(size, "Taking in") as step:
            return copies.meet(journal, file, step, lambda: backup.keep_before(journal, "import"))

    if choices.at_once:
        return Import(_counted(write()), lambda: None)
    with keyboard.bar(size, "Reading") as step:
        outcome = copies.meet(journal, file, step, rehearse=True)
    return Import(_counted(outcome), write)


def _counted(outcome: "Outcome") -> Preview:
    """What another copy brings: only rows are counted."""
    return Preview(
        JOURNAL,
        new=outcome.new,
        changed=outcome.changed,
        taken_away=outcome.taken_away,
        unread=[Unread(place, reason) for place, reason in outcome.left_out],
        counted=True,
    )


def _meetings(journal: "Journal", found: Source, keyboard: Keyboard) -> Import:
    """Meetings of the last weeks: each is a question, and what is answered is logged by itself."""
    first = journal.today_is - timedelta(days=MEETING_DAYS)
    questions, unread = sweep.asked_by_calendar(journal, found.files, first, journal.today_is)
    preview = Preview(found.format, questions=questions, unread=unread, asks=True)
    return Import(preview, lambda: keyboard.go_through(questions))


def _people(journal: "Journal", found: Source, choices: Choices, keyboard: Keyboard) -> Import:
    """People and what happened with them, out of cards, tables, other journals or mail."""
    if found.is_mail:
        held = mailbox.mail_of(journal, found.files, choices.only)
    else:
        held = _held(found, choices, keyboard)
    total = len(held.contacts) + len(held.happenings)
    # A bar would stand in the way of questions.
    bar = nullcontext(_nothing) if keyboard.asks else keyboard.bar(total, "Comparing")
    with bar as step:
        arrivals = plan_import(
            journal,
            held,
            found.format,
            keyboard.who,
            choices.tag,
            cadences=choices.cadences,
            progress=step,
        )

    def write() -> None:
        backup.keep_before(journal, "import")
        take_in(journal, arrivals, f"from {found.words}")

    preview = Preview(
        found.format,
        people=arrivals.people,
        entries=arrivals.entries,
        known=arrivals.known,
        new=arrivals.new,
        changed=arrivals.changed,
        unread=arrivals.unread,
        remarks=arrivals.remarks,
        by_person=found.is_mail,
    )
    return Import(preview, write)


def _held(found: Source, choices: Choices, keyboard: Keyboard) -> Found:
    """All that the files hold. Raises NotThisFormat when nothing of the named format is there."""
    held = Found()
    with keyboard.bar(found.size, "Reading") as step:
        for each in read(found, choices.fields, step):
            held.add(each)
    if choices.format and not (held.contacts or held.happenings):
        for one in held.unread[:TOLD]:
            keyboard.tell(f"not read: {one.place}: {one.reason}")
        raise NotThisFormat(f"nothing in {found.words} can be read as {found.format}")
    return held


def _nothing(_: int) -> None:
    """For who does not want to know how far it has come."""


def plan_import(
    journal: Journal,
    found: Found,
    source: str,
    unsure: Unsure,
    tag: str | None = None,
    *,
    cadences: bool = False,
    progress: Progress = lambda _: None,
) -> Arrivals:
    """What taking this in would write; nothing is written yet.

    source: the name of the format. unsure: who decides about possible duplicates.
    tag: for everybody who comes. cadences: take over those that the file names.
    progress: told now and then how many people and entries have been looked at.
    """
    now = journal.context.now.astimezone(UTC).isoformat(timespec="milliseconds")
    already = people.cadences(journal.connection, journal.settings.circles, journal.today_is)
    wishes = Wishes(journal.today_is, None if tag is None else read_tag(tag), cadences, already)
    known = book(journal.connection)
    planner = Planner(journal.connection, known, unsure, schema.new_id, now, wishes)
    return planner.plan(found, source, progress)


def reached(journal: Journal, person: Named) -> str:
    """An address and a number of somebody, to tell them from a namesake."""
    points = memory.contact_points(journal.connection, person.id)
    firsts = {point.kind: point.value for point in reversed(points)}
    return ", ".join(firsts[kind] for kind in ("email", "phone") if kind in firsts)


def take_in(journal: Journal, arrivals: Arrivals, words: str) -> None:
    """Write an import as one command. words: what it was, for the record.

    Raises ConnectError when the journal has changed since it was planned.
    """
    with journal.command(VERB, words, rehearse=False):
        if newest_command(journal.connection) != arrivals.planned_after:
            raise ConnectError("the journal changed while you looked", "import it again")
        bulk.add(journal.connection, arrivals.rows)
        bulk.renew_cards(journal.connection, arrivals.cards)
