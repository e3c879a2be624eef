"""Lists on a terminal: people, promises, search, settings, commands, copies, findings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.errors import as_typed
from connect_cli.meetings import MachineSeen
from connect_cli.model import Owed, Promise, Recorded
from connect_cli.render import words
from connect_cli.render.planning_words import say_setting
from connect_cli.render.rich_layout import (
    INDENT,
    MARKED,
    NAME,
    QUIET,
    STATE_STYLES,
    Column,
    Page,
    apart,
    columns,
    indented,
    is_cut,
    shown_ids,
)
from connect_cli.render.safe import clean
from connect_cli.render.sync_words import say_machines
from connect_cli.render.words import say_when, short_date
from connect_cli.reports import Copy, Finding, Pair
from connect_cli.settings import Setting, say_size
from connect_cli.views import Hit, Standing, State

ROOMY = 120  # the width from which a day is said in words as well
BEFORE_MARK = 24  # characters kept before the first word found
_ORIGINS = {"default": "", "file": "set", "journal": "journal"}
HEADINGS = {Owed.ME: "You owe", Owed.THEM: "They owe you", Owed.ASK: "To ask", Owed.TELL: "To tell"}


class Lists(NamedTuple):
    """The lines of each list. An empty list is one line that says so."""

    page: Page
    day: date

    def people(self, rows: Sequence[Standing]) -> list[Text]:
        if not rows:
            return [Text("Nobody to list.")]
        people = [row.person for row in rows]
        tags = [" ".join(f"#{tag}" for tag in row.tags) for row in rows]
        cells = [
            Column([self.page.text(one.name, NAME) for one in people], "name", least=20, weight=2),
            Column([self.page.text(one.circle or "") for one in people], "circle", 6, leaves=3),
            Column([self._every(row) for row in rows], "every", 9, leaves=4),
            Column([_state(row) for row in rows], "state"),
            Column([self._day(one.last_on) for one in people], "last"),
            Column([self._day(_comes_due_on(row)) for row in rows], "due", leaves=2),
            Column([self.page.text(each, QUIET) for each in tags], "tags", 8, leaves=5),
        ]
        table = columns(self.page, cells, self.page.width)
        return apart([table, self._next("To see one of them", "show", "NAME")])

    def _next(self, said: str, *command: str, options: Sequence[str] = ()) -> list[Text]:
        """What to do next, on one line, so that the command can be copied."""
        return self.page.whole(f"{said}: {as_typed(*command, options=options)}", style=QUIET)

    def _whole_on_card(self) -> list[Text]:
        """Where what a list cuts can be read: promises, details and the like."""
        return self._next("To see all about somebody", "show", "NAME", options=("--all",))

    def pairs(self, pairs: Sequence[Pair]) -> list[Text]:
        if not pairs:
            return [Text("Nobody seems to be here twice.")]
        why = [words.say_reasons(pair.reasons, discreet=self.page.discreet) for pair in pairs]
        cells = [
            Column([self.page.text(pair.first.name, NAME) for pair in pairs], least=14),
            Column([self.page.text(pair.second.name) for pair in pairs], least=14),
            Column([self.page.text(each, QUIET) for each in why], least=14),
        ]
        return columns(self.page, cells, self.page.width)

    def promises(self, promises: Sequence[Promise]) -> list[Text]:
        if not promises:
            return [Text("No open promises.")]
        ids = shown_ids(promise.id for promise in promises)
        width = self.page.width - INDENT
        parts: list[list[Text]] = []
        cut = False
        for owed, heading in HEADINGS.items():
            these = [promise for promise in promises if promise.owed is owed]
            if these:
                cells = self._promised(these, ids)
                cut = cut or is_cut(cells, width)
                rows = map(indented, columns(self.page, cells, width))
                parts.append([Text(heading, style=NAME), *rows])
        return apart([*parts, self._whole_on_card() if cut else []])

    def hits(self, hits: Sequence[Hit]) -> list[Text]:
        if not hits:
            return [Text("Nothing found.")]
        ids = shown_ids(hit.id for hit in hits)
        cells = [
            Column([self.page.text(ids[hit.id], QUIET) for hit in hits]),
            Column([self._where(hit) for hit in hits]),
            Column([self._names(hit) for hit in hits], least=14),
            Column([self._found(hit) for hit in hits], least=16, weight=2),
        ]
        table = columns(self.page, cells, self.page.width)
        begun = not self.page.discreet and any(map(_excerpt_start, hits))
        cut = begun or is_cut(cells, self.page.width)
        return apart([table, self._more_of(hits) if cut else []])

    def _more_of(self, hits: Sequence[Hit]) -> list[Text]:
        """Where the notes that were found can be read whole, and where everything else."""
        notes = {hit.where == "note" for hit in hits}
        return [
            *(self._next("To see a conversation whole", "show", "ID") if True in notes else []),
            *(self._whole_on_card() if False in notes else []),
        ]

    def settings(self, path: str, settings: Sequence[Setting]) -> list[Text]:
        cells = [
            Column([self.page.text(one.key, NAME) for one in settings]),
            Column([self.page.text(one.said) for one in settings], least=6),
            Column([Text(_ORIGINS[one.origin]) for one in settings]),
            Column([Text(say_setting(one.key), style=QUIET) for one in settings], leaves=1),
        ]
        rows = columns(self.page, cells, self.page.width)
        return apart([rows, self.page.wrapped(self.page.text(path, QUIET), self.page.width)])

    def _every(self, row: Standing) -> Text:
        cadence = row.person.cadence
        if cadence is None:
            return Text()
        return self.page.text(cadence.words.removeprefix("every "))

    def _day(self, day: date | None) -> Text:
        if day is None:
            return Text()
        say = words.say_when if self.page.width >= ROOMY else words.short_date
        return Text(say(day, self.day))

    def _promised(self, promises: Sequence[Promise], ids: Mapping[str, str]) -> list[Column]:
        return [
            Column([self.page.text(ids[each.id], QUIET) for each in promises]),
            Column([self.page.text(each.person.name) for each in promises], least=14),
            Column([self.page.private(each.text) for each in promises], least=20),
            Column([Text(words.say_promise_day(each, self.day)) for each in promises]),
        ]

    def _where(self, hit: Hit) -> Text:
        """The day of a note; for anything else, what it is."""
        if hit.where == "note" and hit.day is not None:
            return Text(words.short_date(hit.day, self.day))
        return Text(hit.where, style=QUIET)

    def _names(self, hit: Hit) -> Text:
        return Text() if hit.where == "name" else self.page.text(words.say_names(hit.people))

    def _found(self, hit: Hit) -> Text:
        """The text from shortly before the first word found, with each found word marked."""
        if self.page.discreet and hit.where != "name":
            return self.page.private(hit.text)
        start = _excerpt_start(hit)
        found = Text(self.page.sign("…") if start else "")
        for first, last, marked in _pieces(hit, start):
            piece = clean(hit.text[first:last], newline=" ")
            found.append_text(self.page.text(piece, MARKED if marked else ""))
        return found


def _state(row: Standing) -> Text:
    return Text(row.due.state.value, style=STATE_STYLES.get(row.due.state, ""))


def _comes_due_on(row: Standing) -> date | None:
    """The due day; none in a pause without an end, which moves that day on every day."""
    endless = row.due.state is State.PAUSED and row.due.back_on is None
    return None if endless else row.due.due_on


def _excerpt_start(hit: Hit) -> int:
    """Where the excerpt begins: shortly before the first word found, after a space if possible."""
    first = min((start for start, _ in hit.marks), default=0)
    if first <= BEFORE_MARK:
        return 0
    start = first - BEFORE_MARK
    return hit.text.find(" ", start, first) + 1 or start


def _pieces(hit: Hit, start: int) -> Iterable[tuple[int, int, bool]]:
    """The text from `start` in pieces, alternately unmarked and marked."""
    for first, last in sorted(hit.marks):
        if last > start:
            yield start, max(start, first), False
            yield max(start, first), last, True
            start = last
    yield start, len(hit.text), False


_UNDONE = "taken back"


class RecordPage(NamedTuple):
    """The list of the commands that changed the journal."""

    page: Page
    day: date

    def lines(self, commands: Sequence[Recorded]) -> list[Text]:
        if not commands:
            return [Text("No command has changed the journal yet.")]
        ids = shown_ids(command.id for command in commands)
        cells = [
            Column([self.page.text(ids[each.id], QUIET) for each in commands]),
            Column([Text(short_date(each.at.date(), self.day)) for each in commands]),
            Column([Text(f"{each.at:%H:%M}") for each in commands], leaves=1),
            Column([self.page.text(each.verb) for each in commands]),
            Column([self._words(each) for each in commands], least=16),
            Column([Text(_UNDONE if each.undone else "", style=QUIET) for each in commands]),
        ]
        return columns(self.page, cells, self.page.width)

    def _words(self, command: Recorded) -> Text:
        shown = self.page.private if command.private else self.page.text
        return shown(command.words)


_STANDING = {"mended": "Fixed", "note": "Good to know", "left": "To do"}


class KeepingPage(NamedTuple):
    """The copies of the journal, and what the doctor found."""

    page: Page
    day: date

    def copies(self, copies: Sequence[Copy]) -> list[Text]:
        if not copies:
            return [self.page.text("There is no copy of the journal yet.")]
        folder = self.page.text(f"In {copies[0].path.parent}:", QUIET)
        cells = [
            Column([self.page.text(copy.path.name, NAME) for copy in copies]),  # to be typed
            Column(
                [self.page.text(say_size(copy.size), QUIET) for copy in copies],
                leaves=2,
                right=True,
            ),
            Column([self._when(copy) for copy in copies], least=20, leaves=1),
        ]
        width = self.page.width
        return [*self.page.wrapped(folder, width), *columns(self.page, cells, width)]

    def _when(self, copy: Copy) -> Text:
        return self.page.text(say_when(copy.day, self.day), QUIET)

    def machines(self, machines: Sequence[MachineSeen]) -> list[Text]:
        said = list(say_machines(machines, self.day))
        names = Counter(name for name, _, _ in said)
        alike = len(names) < len(said)  # then only the id tells them apart
        cells = [
            Column([self.page.text(name, NAME) for name, _, _ in said]),
            Column([self.page.text(standing) for _, standing, _ in said]),
            Column([self.page.text(machine_id, QUIET) for _, _, machine_id in said], leaves=1),
        ]
        width = self.page.width
        if not is_cut(cells if alike else cells[:2], width):
            return columns(self.page, cells, width)
        return [
            line
            for name, standing, machine_id in said
            for line in self._machine(
                f"{name} ({machine_id})" if names[name] > 1 else name, standing
            )
        ]

    def _machine(self, name: str, standing: str) -> Iterator[Text]:
        """A machine with how far it is below its name."""
        width = self.page.line_width
        yield from self.page.wrapped(self.page.text(name, NAME), width)
        yield from map(indented, self.page.wrapped(self.page.text(standing), width - 2))

    def findings(self, findings: Sequence[Finding]) -> list[Text]:
        return apart(self._finding(finding) for finding in findings)

    def _finding(self, finding: Finding) -> list[Text]:
        width = self.page.line_width
        head = self.page.text(f"{_STANDING[finding.standing]}: {finding.said}.", NAME)
        parts = (finding.means, "" if finding.mended else finding.remedy)
        return [
            *self.page.wrapped(head, width),
            *(
                indented(line)
                for part in filter(None, parts)
                for line in self.page.wrapped(self.page.text(part), width - 2)
            ),
            *([] if finding.mended else self.page.typed(finding.command)),
        ]
