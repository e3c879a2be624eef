"""An import of any format: files in, a preview to look at, then one command that writes it.

`prepare` yields an `Import`: a preview, and a function that writes what the preview shows. It works
in one of three ways, by format:

- A copy of the journal is merged by sync, one file after the other. It is read twice, first as a
  rehearsal for the preview, because other commands may write while somebody looks at it.
- A calendar only gives questions; what is answered is logged by itself.
- Everything else (cards, tables, other journals, mail) is read into one `Found`, planned by
  import_plan.py, and written in one transaction after a backup.

The `Keyboard` shows progress and asks about people who may be known. A record that cannot be read
is listed in the preview and stops nothing else. A file that cannot be read at all raises
ConnectError, and so does a journal that has changed since the preview.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import NamedTuple, Protocol

from connect_cli.errors import ConnectError, NotThisFormat
from connect_cli.exchange import at_words, mailbox, not_people, sweep
from connect_cli.exchange.formats import JOURNAL
from connect_cli.exchange.import_plan import Planner, is_here, newest_command
from connect_cli.exchange.import_values import ImportOptions, ImportPlan, OnMatch, Unsure
from connect_cli.exchange.matching import known_people
from connect_cli.exchange.sources import Source, read
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import plus_days
from connect_cli.language.tags import read_tag
from connect_cli.model import Named
from connect_cli.reports import Arriving, AtWord, Preview, Progress, Question, Sort, Unread
from connect_cli.safety import backup
from connect_cli.store import bulk, memory, schema
from connect_cli.sync import copies
from connect_cli.sync.copies import VERB
from connect_cli.sync.merge import Outcome

MEETING_DAYS = 30
"""How many days back to ask about meetings of a calendar."""

TOLD = 10
"""The most unread records to name if nothing in a file is in the named format."""

Bar = AbstractContextManager[Progress]


class Import(NamedTuple):
    """An import before it is written. write: writes what the preview shows."""

    preview: Preview
    write: Callable[[], object]


class Keyboard(Protocol):
    """The person who runs an import: sees its progress and answers its questions."""

    @property
    def asks(self) -> bool:
        """Whether to ask about people who may be in the journal."""

    def bar(self, total: int, text: str) -> Bar:
        """A progress bar for the time of a step."""

    def who(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do with somebody who may be in the journal."""

    def leaves_out(self, sort: Sort, contacts: Sequence[Contact]) -> bool:
        """Whether to leave out these contacts, which are of no person."""

    def people_among(self, words: Sequence[AtWord]) -> Collection[str] | None:
        """Which of these words are people; None if nobody can be asked."""

    def go_through(self, questions: Sequence[Question]) -> object:
        """Ask what happened, and log it."""

    def tell(self, text: str) -> object:
        """Say something that is not part of the answer."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of the command.

    format: the one named, if any. fields: the heading of each field of a table. tag: for everybody
    in the import. cadences: use those of the file. only: mail with these people alone. people:
    which words with @ are people, as typed. leave_out: the sorts of cards to leave out, as typed.
    at_once: without a preview, a copy of the journal is read and written in one go.
    """

    format: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    tag: str | None = None
    cadences: bool = False
    only: Sequence[str] = ()
    people: Sequence[str] = ()
    leave_out: str | None = None
    at_once: bool = False


def prepare(
    journal: "Journal", found: Source, choices: Choices, keyboard: Keyboard
) -> Iterator[Import]:
    """One import for all files; for copies of the journal, one each.

    A copy is read once the one before is written. Raises ConnectError for files that cannot be
    imported.
    """
    if found.is_journal:
        for file in found.files:
            yield _copy(journal, file, choices, keyboard)
    elif found.is_calendar:
        yield _meetings(journal, found, keyboard)
    else:
        yield _people(journal, found, choices, keyboard)


def _copy(journal: "Journal", file: Path, choices: Choices, keyboard: Keyboard) -> Import:
    """Another copy of the journal, read twice: other commands may write during the preview."""
    size = file.stat().st_size

    def write() -> "Outcome":
        with keyboard.bar(size, "Importing") as step:
            return copies.merge_copy(
                journal, file, step, lambda: backup.keep_before(journal, "import")
            )

    if choices.at_once:
        return Import(_counted(write()), lambda: None)
    with keyboard.bar(size, "Reading") as step:
        outcome = copies.merge_copy(journal, file, step, rehearse=True)
    return Import(_counted(outcome), write)


def _counted(outcome: "Outcome") -> Preview:
    """The preview of another copy, which only counts rows."""
    return Preview(
        JOURNAL,
        new=outcome.new,
        changed=outcome.changed,
        taken_away=outcome.taken_away,
        unread=[Unread(place, reason) for place, reason in outcome.left_out],
        remarks=[say_forgotten(outcome.to_forget)] if outcome.to_forget else [],
        counted=True,
    )


def say_forgotten(number: int) -> str:
    """What becomes of people here who were forgotten in the copy."""
    who = "1 person was" if number == 1 else f"{number} people were"
    return f"{who} forgotten in that copy: they are forgotten here too, for good."


def _meetings(journal: "Journal", found: Source, keyboard: Keyboard) -> Import:
    """Meetings of the last weeks, each as a question; every answer is logged by itself."""
    first = plus_days(journal.today_is, -MEETING_DAYS)
    asked = sweep.calendar_questions(journal, found.files, first, journal.today_is)
    preview = Preview(
        found.format,
        asks=True,
        questions=asked.questions,
        unread=asked.unread,
        remarks=[*asked.remarks, *asked.passed_over(MEETING_DAYS)],
    )
    return Import(preview, lambda: keyboard.go_through(asked.questions))


def _people(journal: "Journal", found: Source, choices: Choices, keyboard: Keyboard) -> Import:
    """People and interactions from cards, tables, other journals or mail."""
    if found.is_mail:
        held = mailbox.mail_of(journal, found.files, choices.only)
    else:
        held = _read_all(found, choices, keyboard)
    words = _words(journal, held, found, choices, keyboard)
    waiting = at_words.settle(held, words)
    left = _left_out(journal, held, choices, keyboard)
    total = len(held.contacts) + len(held.happenings)
    # A bar would get in the way of questions.
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
        write_import(journal, arrivals, f"from {found.words}")

    preview = Preview(
        found.format,
        people=[*arrivals.people, *left],
        interactions=arrivals.interactions,
        known=arrivals.known,
        new=arrivals.new,
        changed=arrivals.changed,
        taken_away=arrivals.taken_away,
        unread=arrivals.unread,
        words=words,
        waiting=waiting,
        remarks=arrivals.remarks,
        by_person=found.is_mail,
    )
    return Import(preview, write)


def _words(
    journal: Journal, held: Found, found: Source, choices: Choices, keyboard: Keyboard
) -> Sequence[AtWord]:
    """The words with @ of the interactions that are not here yet, and which are people."""
    said = at_words.read_people(choices.people)
    if said is not None:
        at_words.check_there(said, held.happenings)
    held.happenings = [
        one._replace(words=())
        if one.words and is_here(journal.connection, found.format, one)
        else one
        for one in held.happenings
    ]
    words = at_words.words_in(held.happenings, journal.names())
    if words and said is None and (people := keyboard.people_among(words)) is not None:
        return at_words.answered(words, people)
    return at_words.decided(words, said)


def _left_out(
    journal: Journal, held: Found, choices: Choices, keyboard: Keyboard
) -> Sequence[Arriving]:
    """Cards of firms and machines that are left out; `held` no longer has them."""
    said = not_people.read_leave_out(choices.leave_out)
    leaves = keyboard.leaves_out if said is None else lambda sort, _: sort in said
    return not_people.leave_out(held, lambda: known_people(journal.connection), leaves)


def _read_all(found: Source, choices: Choices, keyboard: Keyboard) -> Found:
    """All that the files hold. Raises NotThisFormat if nothing is in the named format."""
    held = Found()
    with keyboard.bar(found.size, "Reading") as step:
        for each in read(found, choices.fields, step):
            held.add(each)
    held.unmark()
    if choices.format and not (held.contacts or held.happenings):
        for one in held.unread[:TOLD]:
            keyboard.tell(f"not read: {one.place}: {one.reason}")
        raise NotThisFormat(f"nothing in {found.words} can be read as {found.format}")
    return held


def _nothing(_: int) -> None:
    """Ignore the progress."""


def plan_import(
    journal: Journal,
    found: Found,
    source: str,
    unsure: Unsure,
    tag: str | None = None,
    *,
    cadences: bool = False,
    progress: Progress = lambda _: None,
) -> ImportPlan:
    """What importing this would write; nothing is written yet.

    source: the name of the format. unsure: decides about possible duplicates.
    tag: for everybody in the import. cadences: use those of the file.
    progress: called now and then with the number of people and interactions done.
    """
    now = journal.context.now.astimezone(UTC).isoformat(timespec="milliseconds")
    options = ImportOptions(
        today=journal.today_is,
        tag=None if tag is None else read_tag(tag),
        cadences=cadences,
        settings=journal.settings,
    )
    known = known_people(journal.connection)
    planner = Planner(journal.connection, known, unsure, schema.new_id, now, options)
    return planner.plan(found, source, progress)


def reached(journal: Journal, person: Named) -> str:
    """An email address and a phone number of somebody, to tell them from a namesake."""
    points = memory.contact_points(journal.connection, person.id)
    firsts = {point.kind: point.value for point in reversed(points)}
    return ", ".join(firsts[kind] for kind in ("email", "phone") if kind in firsts)


def write_import(journal: Journal, arrivals: ImportPlan, words: str) -> None:
    """Write an import as one command. words: what it was, for the record.

    Raises ConnectError if the journal has changed since it was planned.
    """
    with journal.command(VERB, words, rehearse=False):
        if newest_command(journal.connection) != arrivals.planned_after:
            raise ConnectError("the journal has changed since the preview", "import it again")
        bulk.add(journal.connection, arrivals.rows)
        bulk.give_years(journal.connection, arrivals.years)
        bulk.change_details(journal.connection, arrivals.details)
        bulk.drop_details(journal.connection, arrivals.no_details)
        bulk.bury(journal.connection, arrivals.deaths)
        bulk.renew_cards(journal.connection, arrivals.cards)
