"""An import, whatever its format: what the files bring, looked at first and then written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from connect_cli.exchange.formats import JOURNAL
from connect_cli.exchange.unread import NotThisFormat
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal import exchanging, keeping, sweeping
from connect_cli.journal.arrivals import OnMatch, Progress
from connect_cli.journal.sources import Source, read
from connect_cli.model import Named
from connect_cli.views import Preview, Question, Unread

if TYPE_CHECKING:
    from connect_cli.journal.core import Journal
    from connect_cli.store.importing import Outcome

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
            return exchanging.meet(
                journal, file, step, lambda: keeping.keep_before(journal, "import")
            )

    if choices.at_once:
        return Import(_counted(write()), lambda: None)
    with keyboard.bar(size, "Reading") as step:
        outcome = exchanging.meet(journal, file, step, rehearse=True)
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
    questions, unread = sweeping.asked_by_calendar(journal, found.files, first, journal.today_is)
    preview = Preview(found.format, questions=questions, unread=unread, asks=True)
    return Import(preview, lambda: keyboard.go_through(questions))


def _people(journal: "Journal", found: Source, choices: Choices, keyboard: Keyboard) -> Import:
    """People and what happened with them, out of cards, tables, other journals or mail."""
    if found.is_mail:
        held = exchanging.mail_of(journal, found.files, choices.only)
    else:
        held = _held(found, choices, keyboard)
    total = len(held.contacts) + len(held.happenings)
    # A bar would stand in the way of questions.
    bar = nullcontext(_nothing) if keyboard.asks else keyboard.bar(total, "Comparing")
    with bar as step:
        arrivals = exchanging.arrivals(
            journal,
            held,
            found.format,
            keyboard.who,
            choices.tag,
            cadences=choices.cadences,
            progress=step,
        )

    def write() -> None:
        keeping.keep_before(journal, "import")
        exchanging.take_in(journal, arrivals, f"from {found.words}")

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
