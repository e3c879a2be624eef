"""Leaving with everything, and arriving with what other programs know."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

from connect_cli import files as connect_cli_files
from connect_cli.errors import AlreadyThere, ConnectError, NotUnderstood, as_typed
from connect_cli.exchange import ics_out, jsonl, mail, vcard_out
from connect_cli.exchange.jsonl import LONGEST_LINE, Taken
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal import card_folder, leaving, letters
from connect_cli.journal.arrivals import Arrivals, Planner, Unsure, Wishes, newest_command
from connect_cli.journal.core import Journal
from connect_cli.journal.matching import book
from connect_cli.journal.sources import check_steady, opened
from connect_cli.language.tags import read_tag
from connect_cli.model import Named
from connect_cli.store import bulk, exporting, reads, schema, whole
from connect_cli.store.importing import Arrival, Importer, Outcome
from connect_cli.store.moments import one_moment
from connect_cli.views import Plan, Unread

Progress = Callable[[int], object]
"""Told after every few rows how many bytes of the file have been read."""

VERB = "import"
BATCH = 2_000
"""Lines that are taken in together: of fewer, SQLite would keep each page aside more often."""


def lines_of_everything(journal: Journal) -> Iterator[str]:
    """The journal as JSON Lines, as docs/export.md describes them."""
    with one_moment(journal.connection):
        yield from jsonl.written(
            exporting.rows(journal.connection), exporting.gone(journal.connection)
        )


def table(journal: Journal, what: str) -> Iterator[Sequence[str]]:
    """People or interactions as rows of a table, headings first."""
    with one_moment(journal.connection):
        tables = {"people": leaving.people_table, "interactions": leaving.entries_table}
        yield from tables[what](journal.connection)


def cards(journal: Journal) -> Iterator[str]:
    """Everybody's cards, each as it came but for what was changed here.

    Of two with one uid the one that has it comes first, as it did when they came in.
    """
    seconds = []
    with one_moment(journal.connection):
        for person in leaving.people(journal.connection):
            going = vcard_out.outgoing(person.leaving)
            yield from (one.text for one in going if not one.is_second)
            seconds += [one.text for one in going if one.is_second]
    yield from seconds


def write_cards(journal: Journal, folder: Path) -> card_folder.Written:
    """Bring a folder of cards up to date: only what was changed here is changed there."""
    with one_moment(journal.connection):
        people = leaving.people(journal.connection)
        going = [one for person in people for one in vcard_out.outgoing(person.leaving)]
    return card_folder.write(folder, going)


def pages(journal: Journal, *, discreet: bool) -> Iterator[tuple[str, Iterator[str]]]:
    """A Markdown page for everybody, each with the name of its file.

    discreet: without what details, notes and promises say.
    """
    with one_moment(journal.connection):
        yield from leaving.pages(journal.connection, discreet=discreet)


def calendar(
    journal: Journal, plans: Sequence[Plan], alarm: str | None, *, discreet: bool
) -> Iterator[str]:
    """Yearly days, open promises with a day and the days ahead as a calendar.

    alarm: the time of day, `09:00`, at which a calendar is to speak of a day's list.
    discreet: without what was promised.
    """
    events = [
        *ics_out.yearly(reads.occasions(journal.connection), journal.settings),
        *ics_out.promised(reads.open_promises(journal.connection), discreet=discreet),
        *ics_out.planned(plans),
    ]
    yield from ics_out.written(events, journal.today_is, alarm)


def meet(
    journal: Journal,
    file: Path,
    progress: Progress,
    at_first: Callable[[], object] = lambda: None,
    *,
    rehearse: bool = False,
) -> Outcome:
    """Take in another copy of the journal, or only see what would become of it.

    at_first: called once before anything is written, if anything is.
    Raises ConnectError, and changes nothing, for a file that is not whole.
    """
    with opened(file) as stream, journal.command(VERB, f"from {file.name}", rehearse=rehearse):
        importer = Importer(journal.connection, at_first)
        _take_all(importer, stream, progress)
        check_steady(file, stream)
    return importer.outcome


def arrivals(
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
    already = reads.cadences(journal.connection, journal.settings.circles, journal.today_is)
    wishes = Wishes(journal.today_is, None if tag is None else read_tag(tag), cadences, already)
    known = book(journal.connection)
    planner = Planner(journal.connection, known, unsure, schema.new_id, now, wishes)
    return planner.plan(found, source, progress)


def sender(journal: Journal, content: bytes) -> Contact:
    """Who sent a mail. Raises AlreadyThere when their address is somebody's here."""
    found = mail.sender(content)
    known = book(journal.connection)
    for email in found.emails:
        if (person := known.emails.get(email)) is not None:
            raise AlreadyThere(f"{email} is {person.name}, who is here already")
    return found


def mail_of(journal: Journal, files: Sequence[Path], only: Sequence[str]) -> Found:
    """What mailboxes tell of people who are here. only: names; without any, of everybody."""
    chosen = [journal.named(name) for name in only]
    own = (part.strip().casefold() for part in journal.settings.own_addresses.split(","))
    known, mine = book(journal.connection), frozenset(filter(None, own))
    held = Found() if mine else Found(remarks=[_own_unknown()])
    for file in files:
        held.add(letters.happenings(letters.mails(file), known, mine, chosen))
    return held


def reached(journal: Journal, person: Named) -> str:
    """An address and a number of somebody, to tell them from a namesake."""
    points = reads.contact_points(journal.connection, person.id)
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


def refuse_journal(journal: Journal, file: Path) -> None:
    """Raise NotUnderstood when an export would be written over the journal itself."""
    if connect_cli_files.real(file) == connect_cli_files.real(journal.context.path):
        raise NotUnderstood(f"{file} is the journal itself", "name another file")


def _take_all(importer: Importer, stream: BinaryIO, progress: Progress) -> None:
    batch: list[Arrival | Taken] = []
    for found in jsonl.read(_lines(stream)):
        if isinstance(found, Unread):
            importer.outcome.left_out.append((found.place, found.reason))
            continue
        if batch and (len(batch) == BATCH or _sort(batch[0]) != _sort(found)):
            _take(importer, batch)
            progress(stream.tell())
            batch = []
        batch.append(found)
    _take(importer, batch)
    importer.settle()


def _sort(one: Arrival | Taken) -> tuple[type, str]:
    return type(one), one.table


def _take(importer: Importer, batch: Sequence[Arrival | Taken]) -> None:
    if arrivals := [one for one in batch if isinstance(one, Arrival)]:
        importer.take(batch[0].table, arrivals)
    else:
        importer.take_away([one for one in batch if isinstance(one, Taken)])


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Line by line; of one that is longer than any may be, only as much as shows it."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def _own_unknown() -> str:
    command = as_typed("config", "set", "calendar.addresses", "you@example.org")
    return f"your own mails could not be told: {command}"


def write_folder(folder: Path, files: Iterable[tuple[str, Iterable[str]]]) -> int:
    """Write files of text into a folder, each whole or not at all; returns how many."""
    count = 0
    whole.make_folder(folder)
    for name, lines in files:
        whole.write(folder / name, (line.encode("utf-8") for line in lines))
        count += 1
    return count
