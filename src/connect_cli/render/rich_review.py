"""A review on a terminal: the words first, then the figures, each part under its title."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.render.review_parts import OPEN, Part, Quote, parts
from connect_cli.render.review_words import KindRow, Line, say_nothing
from connect_cli.render.rich_layout import (
    GAP,
    INDENT,
    NAME,
    QUIET,
    Column,
    Page,
    apart,
    columns,
    indented,
    padded,
)
from connect_cli.render.span_words import say_span
from connect_cli.reviews import Review

TITLE, BAR = "cyan", "cyan"
LONGEST_BAR, SHORTEST_BAR = 32, 6
CELLS_OF_ONE = 2
"""Cells of a bar for one conversation, where there is room: a quiet week has short bars."""
DAY = 10
"""Cells of a day of this year: names of kinds have the same column as days have."""
LEAST_ROOM = 24
"""Cells beside the days; with less, the days have no column of their own."""


class ReviewPage(NamedTuple):
    """What there is to look back on; a part without anything is left out."""

    page: Page
    day: date

    def lines(self, view: Review) -> list[Text]:
        """The whole review."""
        heading = self.page.sentence(say_span(view.span, self.day), NAME)
        nothing = [line for one in say_nothing(view, self.day) for line in self._line(one)]
        found = parts(view, self.day, discreet=self.page.discreet)
        wide = self._widest([line for part in found if _has_column(part) for line in part.lines])
        return apart([heading, nothing, *(self._part(part, wide) for part in found)])

    def _part(self, part: Part, wide: int) -> list[Text]:
        blocks = [
            *map(self._quote, part.quotes),
            self._listed(part.lines, wide if _has_column(part) else 0),
            self._kinds(part.kinds, wide),
            [*self._sentences(part.sentences), *self._sentences(part.beneath, QUIET)],
        ]
        return [Text(part.title, style=TITLE), *map(indented, apart(blocks))]

    @property
    def _room(self) -> int:
        return max(1, self.page.line_width - INDENT)

    def _quote(self, quote: Quote) -> list[Text]:
        """A note whole, under whom or which year it is of, and in a quieter voice the rest."""
        lead, rest = self.page.text(quote.lead, NAME), self.page.text(quote.rest, QUIET)
        note = self.page.quoted_whole(quote.note, self._room)
        return [*self.page.wrapped(Text.assemble(lead, rest), self._room), *note]

    def _widest(self, lines: Sequence[Line]) -> int:
        """The column of the days, with the gap behind it; 0 without a day, or without room."""
        wide = max((len(line.when) for line in lines), default=0)
        return wide + GAP if wide and self._room - wide - GAP >= LEAST_ROOM else 0

    def _listed(self, lines: Sequence[Line], wide: int) -> list[Text]:
        return [text for line in lines for text in self._line(line, wide)]

    def _line(self, line: Line, wide: int = 0) -> list[Text]:
        """A line beside its day, or with the day at its end if that has no column.

        A command to copy is never broken.
        """
        if line.command:
            return self.page.whole(f"{line.said}: {line.command}", wide)
        text = self._text(line)
        if not wide:
            return self._tailed(text, Text(line.when, style=QUIET))
        first, *others = self.page.wrapped(text, max(1, self._room - wide))
        head = padded(Text(line.when, style=QUIET), wide)
        return [Text.assemble(head, first), *(indented(other, wide) for other in others)]

    def _tailed(self, text: Text, when: Text) -> list[Text]:
        """A text with its day behind it, on a line of its own if there is no room for all of it."""
        lines = self.page.hanging(text, self._room)
        if not when:
            return lines
        if lines[-1].cell_len + GAP + when.cell_len > self._room:
            return [*lines, indented(when)]
        return [*lines[:-1], Text(" " * GAP).join([lines[-1], when])]

    def _text(self, line: Line) -> Text:
        words = self.page.text(line.said)
        return Text.assemble(words, ": ", self.page.note(line.text)) if line.text else words

    def _kinds(self, rows: Sequence[KindRow], wide: int) -> list[Text]:
        """The kinds with bars."""
        names = [padded(Text(row.name), min(wide - GAP, DAY)) for row in rows]
        numbers = Column([Text(str(row.number)) for row in rows], right=True)
        times = Column([Text(row.time, style=QUIET) for row in rows], leaves=2)
        cells = [Column(names), numbers, times]
        taken = sum(column.natural + GAP for column in cells)
        longest = max(SHORTEST_BAR, min(LONGEST_BAR, self._room - taken))
        bars = Column(self._bars([row.number for row in rows], longest), leaves=1)
        return columns(self.page, [cells[0], bars, *cells[1:]], self._room)

    def _bars(self, numbers: Sequence[int], longest: int) -> list[Text]:
        scale = min(CELLS_OF_ONE, longest / max(numbers, default=1))
        return [Text(self.page.bar(round(8 * scale * number)), style=BAR) for number in numbers]

    def _sentences(self, sentences: Sequence[str], style: str = "") -> list[Text]:
        return [
            line
            for sentence in sentences
            for line in self.page.hanging(self.page.text(sentence, style), self._room)
        ]


def _has_column(part: Part) -> bool:
    """Whether its days have a column; of what is open many have none, or `since Fri 20 Nov`."""
    return part.title != OPEN
