"""Conversations on a terminal: each day once, as a heading, and what happened on it beneath.

Names and notes are wrapped, not cut, as long as there is room. Where the note would be a narrow
column beside long names, it stands beneath them, in the whole width.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, zip_longest
from typing import NamedTuple

from rich.text import Text

from connect_cli.errors import as_typed
from connect_cli.model import Interaction
from connect_cli.render import words
from connect_cli.render.rich_layout import (
    GAP,
    INDENT,
    NAME,
    QUIET,
    Page,
    apart,
    indented,
    padded,
    shown_ids,
)

NOTE_LINES = 2
NAME_LINES = 8
LEAST_NOTE = 36  # a note that would be wrapped in a narrower column stands beneath the names
WIDE_NOTE = 60  # so does one that would be cut in a narrower column than this
LEAST_KIND = 12


class Row(NamedTuple):
    """What a line says of one interaction."""

    id: Text
    kind: Text
    minutes: Text
    people: Text
    note: Text


class Widths(NamedTuple):
    """The width of each column; that of the note is 0 if notes stand beneath."""

    id: int
    kind: int
    minutes: int
    people: int
    note: int


class HistoryPage(NamedTuple):
    """The lines of a list of interactions, newest first."""

    page: Page
    day: date

    def lines(self, interactions: Sequence[Interaction], heading: str = "") -> list[Text]:
        top = self.page.wrapped(self.page.text(heading, NAME), self.page.width) if heading else []
        if not interactions:
            return apart([top, [Text("Nothing logged." if heading else "Nothing logged yet.")]])
        ids = shown_ids(interaction.id for interaction in interactions)
        rows = [self._row(interaction, ids) for interaction in interactions]
        widths = self._widths(rows)
        days = [*self._days(zip(interactions, rows, strict=True), widths)]
        command = f"To see one of them whole: {as_typed('show', 'ID')}"
        return apart([top, days, self.page.whole(command, style=QUIET)])

    def _days(self, listed: Iterable[tuple[Interaction, Row]], widths: Widths) -> Iterator[Text]:
        """Each day with its rows; of days that are equally long ago the first says how long."""
        ago = ""
        for day, those in groupby(listed, key=lambda pair: pair[0].day):
            before, ago = ago, words.relative_day(day, self.day)
            yield self._day(day, "" if ago == before else f", {ago}")
            yield from (indented(line) for _, row in those for line in self._lines(row, widths))

    def _day(self, day: date, ago: str) -> Text:
        """`Monday 19 October, 5 weeks ago`."""
        year = "" if day.year == self.day.year else f" {day.year}"
        return Text.assemble(Text(f"{words.long_date(day)}{year}", style=NAME), (ago, QUIET))

    def _row(self, interaction: Interaction, ids: Mapping[str, str]) -> Row:
        return Row(
            self.page.text(ids[interaction.id], QUIET),
            self.page.kind(interaction),
            Text(words.minutes_in_list(interaction)),
            self._people(interaction),
            self._noted(interaction),
        )

    def _people(self, interaction: Interaction) -> Text:
        sent = "" if interaction.tried else words.sent_word(interaction)
        return self.page.text(f"{sent} {words.say_names(interaction.people)}".lstrip())

    def _noted(self, interaction: Interaction) -> Text:
        note = self.page.note(interaction.note) if interaction.note else Text()
        tags = self.page.text(" ".join(words.tags_beside(interaction, note.plain)), QUIET)
        return Text(" ").join(part for part in (note, tags) if part)

    def _widths(self, rows: Sequence[Row]) -> Widths:
        """Names get up to half of the room; the note what is left, or lines of its own."""
        ids, kind, minutes, people, note = (
            max(cell.cell_len for cell in cells) for cells in zip(*rows, strict=True)
        )
        width = self.page.width - INDENT
        kind = min(kind, max(LEAST_KIND, width // 4))
        room = width - sum(each + GAP for each in (ids, kind, minutes) if each)
        beside = min(people, room // 2)
        left = room - beside - GAP
        too_narrow = note > left and left < LEAST_NOTE
        if too_narrow or (note > left * NOTE_LINES and left < WIDE_NOTE):
            return Widths(ids, kind, minutes, min(people, room), 0)
        return Widths(ids, kind, minutes, beside, left)

    def _lines(self, row: Row, widths: Widths) -> list[Text]:
        people = self._wrapped(row.people, widths.people, NAME_LINES)
        if not widths.note:
            start = widths.id + GAP
            below = self._wrapped(row.note, self.page.width - INDENT - start, NOTE_LINES)
            table = self._table(row, people, [], widths)
            return [*table, *(indented(line, start) for line in below if line)]
        beside = self._wrapped(row.note, widths.note, max(NOTE_LINES, len(people)))
        return self._table(row, people, beside, widths)

    def _table(
        self, row: Row, people: Sequence[Text], note: Sequence[Text], widths: Widths
    ) -> list[Text]:
        """The lines of a row, of which only the first says what it was and for how long."""
        kind = self.page.cut(row.kind, widths.kind)
        first, none = (row.id, kind, row.minutes), (Text(), Text(), Text())
        lines = []
        for at, (names, noted) in enumerate(zip_longest(people, note, fillvalue=Text())):
            id_, kind, minutes = none if at else first
            cells = [
                padded(id_, widths.id),
                padded(kind, widths.kind),
                padded(minutes, widths.minutes, right=True),
                padded(names, widths.people),
                noted,
            ]
            kept = [cell for cell, width in zip(cells, widths, strict=True) if width]
            lines.append(Text(" " * GAP).join(kept))
        return lines

    def _wrapped(self, text: Text, width: int, most: int) -> list[Text]:
        """Lines of a text; one that fits is not measured word by word."""
        return [text] if text.cell_len <= width else self.page.wrapped(text, width, most)
