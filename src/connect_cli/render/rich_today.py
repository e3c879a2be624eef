"""Today's list on a terminal: whom to speak to, and what you last spoke of."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.errors import as_typed, first_steps
from connect_cli.model import Interaction, Pause, Person, Promise
from connect_cli.render import words
from connect_cli.render.planning_words import (
    WHILE_AWAY,
    away_command,
    free_day_command,
    say_away_now,
    say_gap,
    say_next,
    say_on_this_day,
    say_past_occasion,
    say_took,
    say_welcome,
)
from connect_cli.render.rich_layout import (
    GAP,
    INDENT,
    NAME,
    QUIET,
    STATE_STYLES,
    Column,
    Page,
    apart,
    columns,
    indented,
    padded,
    shown_ids,
)
from connect_cli.render.safe import one_line
from connect_cli.views import OccasionDay, Plan, Today, TodayRow, Welcome

BENEATH = 6
LONGEST_LABEL = 12
NOTE_LINES = 2
LEAST_NOTE = 16  # cells for the end of a note that is cut, beside the command that shows it whole
MOST_PROMISES = 3
MOST_DETAILS = 2


class TodayPage(NamedTuple):
    """Today's list."""

    page: Page
    day: date

    def lines(self, view: Today) -> list[Text]:
        plan = view.plan
        inner = (promise for row in view.rows for promise in row.promises)
        ids = shown_ids(promise.id for promise in (*plan.promises, *inner))
        beneath = {near for row in view.rows for near in row.occasions}
        apart_from = [near for near in plan.occasions if near not in beneath]
        first, rows = self._first(apart_from, plan.promises, ids), self._rows(view.rows, ids)
        return apart(
            (
                [Text(words.long_date(plan.day), style="bold")],
                self._welcome(view.welcome),
                first,
                rows,
                self._more([*first, *rows]),
                [self._done(person, view.done) for person in plan.done],
                self._away(view.away),
                self._closing(view),
                self._waiting(view.waiting),
                self._gap(view.gap),
                self._took(view.took),
                self._on_this_day(view.on_this_day),
            )
        )

    def _welcome(self, welcome: Welcome | None) -> list[Text]:
        """One line, or a list of the occasions if they are too many or too long for it."""
        if welcome is None:
            return []
        line = self.page.text(say_welcome(welcome, self.day, discreet=self.page.discreet))
        if line.cell_len > self.page.line_width and welcome.occasions:
            return [*self.page.sentence(WHILE_AWAY), *self._meanwhile(welcome.occasions)]
        return self.page.wrapped(line, self.page.line_width)

    def _meanwhile(self, occasions: Sequence[OccasionDay]) -> list[Text]:
        """Each occasion of the days away on lines of its own, behind its day."""
        days = [Text(words.date_words(near.on, self.day), style=QUIET) for near in occasions]
        wide = max(day.cell_len for day in days) + GAP
        room = max(1, self.page.line_width - INDENT - wide)
        hides = self.page.discreet
        said = [self.page.text(say_past_occasion(near, discreet=hides)) for near in occasions]
        return [
            line
            for day, text in zip(days, said, strict=True)
            for line in self._labelled(day, self.page.wrapped(text, room), wide)
        ]

    def _more(self, lines: Sequence[Text]) -> list[Text]:
        """The command that shows what is cut, if anything is."""
        cut = not self.page.discreet and any(self.page.sign("…") in line.plain for line in lines)
        return self.page.whole(f"More: {as_typed('show', 'NAME')}", INDENT, QUIET) if cut else []

    def _closing(self, view: Today) -> list[Text]:
        """The last lines when nobody is proposed, and who is next when nobody is listed."""
        lines = [each for line in _closing(view) for each in self._whole_or_wrapped(line)]
        return lines + (self._next(view.coming) if view.coming and view.with_cadence else [])

    def _whole_or_wrapped(self, line: str) -> list[Text]:
        """A line with a command to copy is never broken."""
        if ": connect " in line:
            return self.page.whole(line)
        return self.page.sentence(line)

    def _next(self, coming: Plan) -> list[Text]:
        return self.page.sentence(say_next(coming, self.day))

    def _waiting(self, number: int) -> list[Text]:
        """That lines of the inbox wait, and the command that asks about them."""
        said = f"{words.say_inbox(number)}: {as_typed('inbox')}"
        return self.page.sentence(said, QUIET) if number else []

    def _away(self, away: Pause | None) -> list[Text]:
        if away is None:
            return []
        return self.page.sentence(say_away_now(away, self.day), QUIET)

    def _gap(self, gap: Pause | None) -> list[Text]:
        """The question whether you were away. Its command is never broken across lines."""
        if gap is None:
            return []
        return self._offered(say_gap(gap, self.day), away_command(gap, self.day))

    def _took(self, number: int) -> list[Text]:
        """That several conversations took energy, and the way to a free day."""
        return self._offered(say_took(number), free_day_command()) if number else []

    def _offered(self, said: str, command: str) -> list[Text]:
        """A quiet sentence and its command, on one line if there is room."""
        line = Text(f"{said} {command}", style=QUIET)
        if line.cell_len <= self.page.width:
            return [line]
        lines = self.page.wrapped(Text(said, style=QUIET), self.page.width)
        return [*lines, *self.page.whole(command, INDENT, QUIET)]

    def _on_this_day(self, one: Interaction | None) -> list[Text]:
        """A note of this day in an earlier year, on two lines at most.

        One that is cut ends with the command that shows it whole.
        """
        if one is None or self.page.discreet:
            return []
        width, end = self.page.line_width, Text(self.page.sign("”"), style=QUIET)
        head = self._head_of(one, width)
        note = self.page.text(one_line(one.note), f"{QUIET} italic")
        lines = self.page.wrapped(Text.assemble(head, note, end), width)
        if len(lines) <= NOTE_LINES:
            return lines
        [command] = self.page.whole(as_typed("show", one.id), style=QUIET)
        room = width - GAP - command.cell_len - end.cell_len
        if room < LEAST_NOTE:
            *first, last = self.page.wrapped(
                Text.assemble(head, note), width - end.cell_len, NOTE_LINES
            )
            return [*first, Text.assemble(last, end), command]
        rest = Text(" ").join(lines[NOTE_LINES - 1 :])
        tail = Text.assemble(self.page.cut(rest, room), end, " " * GAP, command)
        return [*lines[: NOTE_LINES - 1], tail]

    def _head_of(self, one: Interaction, width: int) -> Text:
        """What it was, on one line before the note: with fewer names, if there is no room."""
        opening = Text(f": {self.page.sign('“')}", style=QUIET)
        room = max(1, width - opening.cell_len)
        said = self.page.text(say_on_this_day(one, self.day), QUIET)
        if said.cell_len > room:
            said = self.page.text(say_on_this_day(one, self.day, brief=True), QUIET)
        return Text.assemble(self.page.cut(said, room), opening)

    def _first(
        self, near: Sequence[OccasionDay], promises: Sequence[Promise], ids: Mapping[str, str]
    ) -> list[Text]:
        """Occasions, then promises and questions whose day has come."""
        hides = self.page.discreet
        days = (words.day_label(each.occasion, discreet=hides) for each in near)
        labels = [self.page.text(each, QUIET) for each in days]
        labels += [Text(words.OWED_WORDS[each.owed], style=QUIET) for each in promises]
        wide = min(LONGEST_LABEL, max((label.cell_len for label in labels), default=0)) + GAP
        room = max(1, self.page.line_width - INDENT - wide)
        said = [self._near(each, room) for each in near]
        said += [self._owed(each, ids, room) for each in promises]
        return [
            line
            for label, lines in zip(labels, said, strict=True)
            for line in self._labelled(label, lines, wide)
        ]

    def _labelled(self, label: Text, lines: Sequence[Text], wide: int) -> list[Text]:
        heads = [padded(self.page.cut(label, wide - GAP), wide), *[Text(" " * wide)] * len(lines)]
        pairs = zip(heads, lines, strict=False)
        return [indented(Text.assemble(head, line)) for head, line in pairs]

    def _near(self, near: OccasionDay, room: int) -> list[Text]:
        return self.page.wrapped(self.page.text(words.say_occasion(near, self.day)), room, 2)

    def _owed(self, promise: Promise, ids: Mapping[str, str], room: int) -> list[Text]:
        who = self.page.text(promise.person.name, NAME)
        said = Text.assemble(who, ": ", self.page.private(promise.text))
        return self._tailed(said, promise, ids, room)

    def _tailed(
        self, text: Text, promise: Promise, ids: Mapping[str, str], room: int
    ) -> list[Text]:
        """A promise with its day and id, which are never cut however long the text is."""
        day = Text(words.say_promise_day(promise, self.day), style=QUIET)
        tail = self.page.dotted([day, self.page.text(ids[promise.id], QUIET)])
        lines = self.page.wrapped(text, room, NOTE_LINES)
        if lines[-1].cell_len + GAP + tail.cell_len > room:
            return [*lines, tail]
        return [*lines[:-1], Text(" " * GAP).join([lines[-1], tail])]

    def _rows(self, rows: Sequence[TodayRow], ids: Mapping[str, str]) -> list[Text]:
        lines: list[Text] = []
        for row, head in zip(rows, self._heads(rows), strict=True):
            beneath = [indented(line, BENEATH) for line in self._beneath(row, ids)]
            lines += [Text()] * bool(lines) + head + beneath
        return lines

    def _heads(self, rows: Sequence[TodayRow]) -> list[list[Text]]:
        """Name, reason, and when you last spoke: on one line if all rows fit, else on two."""
        width = self.page.line_width - INDENT
        names = Column([self.page.text(row.suggestion.person.name, NAME) for row in rows], least=16)
        why = Column([self._because(row) for row in rows])
        last = Column([self._last(row) for row in rows])
        if min(names.natural, 24) + why.natural + last.natural + 4 <= width:
            return [[indented(line)] for line in columns(self.page, [names, why, last], width)]
        heads = columns(self.page, [names, why], width)
        pairs = zip(heads, last.cells, strict=True)
        return [[indented(head), indented(cell, BENEATH)] for head, cell in pairs]

    def _because(self, row: TodayRow) -> Text:
        style = STATE_STYLES.get(row.suggestion.due.state, "")
        return Text(words.say_because(row.suggestion), style=style)

    def _last(self, row: TodayRow) -> Text:
        if row.last is not None:
            return Text(words.last_words(row.last, self.day, discreet=self.page.discreet))
        last_on = row.suggestion.person.last_on
        if last_on is None:
            return Text("nothing logged yet")
        return Text(f"last contact {words.say_when(last_on, self.day)}")

    def _beneath(self, row: TodayRow, ids: Mapping[str, str]) -> list[Text]:
        lines = [line for near in row.occasions for line in self._own(near)] + self._tried(row)
        if row.last is not None and row.last.note:
            lines += self.page.quoted(row.last.note, self._inner_width, NOTE_LINES)
        for promise in row.promises[:MOST_PROMISES]:
            lines += self._promise(promise, ids)
        if row.details:
            lines.append(self.page.dotted(self.page.details(row.details[:MOST_DETAILS])))
        return [self.page.cut(line, self._inner_width) for line in lines]

    @property
    def _inner_width(self) -> int:
        return max(1, self.page.line_width - BENEATH)

    def _own(self, near: OccasionDay) -> list[Text]:
        """An occasion of the person who is proposed."""
        said = self.page.text(words.say_own_occasion(near, self.day, discreet=self.page.discreet))
        return self.page.wrapped(said, self._inner_width, NOTE_LINES)

    def _tried(self, row: TodayRow) -> list[Text]:
        """An attempt since you last spoke."""
        person, last = row.suggestion.person, row.last
        if person.tried_on is None or (last is not None and last.day >= person.tried_on):
            return []
        return [Text(f"you tried, {words.say_when(person.tried_on, self.day)}")]

    def _promise(self, promise: Promise, ids: Mapping[str, str]) -> list[Text]:
        label = (f"{words.OWED_WORDS[promise.owed]}: ", QUIET)
        text = Text.assemble(label, self.page.private(promise.text))
        return self._tailed(text, promise, ids, self._inner_width)

    def _done(self, person: Person, interactions: Sequence[Interaction]) -> Text:
        tick = Text(f"  {self.page.sign('✓')} ", style="green")
        theirs = [each for each in interactions if any(one.id == person.id for one in each.people)]
        kinds = ", ".join(words.said_kind(each, discreet=self.page.discreet) for each in theirs)
        name = self.page.text(person.name)
        return Text.assemble(tick, name, f": {kinds}" if kinds else "")


def _closing(view: Today) -> Sequence[str]:
    """The last lines when nobody is proposed: how to begin, or that the list is done."""
    if view.rows:
        return ()
    if not view.anybody:
        return first_steps()
    if not view.people:
        return (f"Everybody here is archived. To see them: {as_typed('people')}",)
    if not view.with_cadence:
        every = f"  {as_typed('every')} NAME 2w"
        return ("Nobody has a cadence, so nobody is due. To be reminded of somebody:", every)
    if view.plan.done:
        return ("Today's list is done.",)
    return () if view.plan.promises or view.away else (_say_nobody(view),)


def _say_nobody(view: Today) -> str:
    """Why the list is empty. Somebody past due who was tried lately waits, but rests today."""
    if not view.plan.capacity:
        return "Today is a rest day."
    return "Today's list is empty." if view.left_alone else "Nobody is waiting for you today."
