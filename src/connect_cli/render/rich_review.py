"""A review on a terminal: the words first, then the figures, each part under its title."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.model import Interaction
from connect_cli.render import review_words as said
from connect_cli.render.review_words import Line
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
from connect_cli.render.words import say_span
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
        heading = self.page.wrapped(
            self.page.text(say_span(view.span, self.day), NAME), self.page.line_width
        )
        nothing = [line for one in said.say_nothing(view, self.day) for line in self._line(one)]
        return apart([heading, nothing, *self._parts(view)])

    def _parts(self, view: Review) -> Iterator[list[Text]]:
        today, discreet = self.day, self.page.discreet
        met = [*said.first_lines(view, today), *said.again_lines(view, today)]
        kept = said.kept_lines(view, today)
        coming = said.coming_lines(view, today, discreet=discreet)
        wide = self._widest([*met, *kept, *coming])
        yield self._titled(said.WORDS, self._words(view.words))
        yield self._titled(said.ON_THIS_DAY, self._on_this_day(view.on_this_day))
        yield self._titled(said.MET, self._listed(met, wide))
        yield self._titled(said.KEPT, self._listed(kept, wide))
        yield self._titled(said.OPEN, self._listed(said.open_lines(view, today), 0))
        yield self._titled(said.HOW, self._how(view, wide))
        yield self._titled(said.RHYTHM, self._sentences(said.rhythm_sentences(view, today)))
        yield self._titled(said.ENERGY, self._sentences(said.energy_sentences(view, today)))
        yield self._titled(said.COMING, self._listed(coming, wide))

    @property
    def _room(self) -> int:
        return max(1, self.page.line_width - INDENT)

    def _titled(self, title: str, lines: Sequence[Text]) -> list[Text]:
        """A part under its title, or nothing at all."""
        if not lines:
            return []
        return [Text(title, style=TITLE), *map(indented, lines)]

    def _words(self, interactions: Sequence[Interaction]) -> list[Text]:
        """Each note whole, under whom it is of."""
        return apart(self._note(each, self._head(each)) for each in interactions)

    def _head(self, interaction: Interaction) -> Text:
        """With whom, and in a quieter voice how and when."""
        who, discreet = said.say_people(interaction), self.page.discreet
        return self._led(said.say_note_head(interaction, self.day, discreet=discreet), who)

    def _on_this_day(self, interactions: Sequence[Interaction]) -> list[Text]:
        return apart(self._note(each, self._year_head(each)) for each in interactions)

    def _year_head(self, interaction: Interaction) -> Text:
        """The year, and in a quieter voice how and with whom."""
        head = said.say_year_head(interaction, discreet=self.page.discreet)
        return self._led(head, str(interaction.day.year))

    def _led(self, head: str, first: str) -> Text:
        """A line whose first words are marked, and the rest is quiet."""
        rest = self.page.text(head.removeprefix(first), QUIET)
        return Text.assemble(self.page.text(first, NAME), rest)

    def _note(self, interaction: Interaction, head: Text) -> list[Text]:
        note = self.page.quoted_whole(interaction.note, self._room)
        return [*self.page.wrapped(head, self._room), *note]

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

    def _how(self, view: Review, wide: int) -> list[Text]:
        """The kinds with bars, then how they were counted."""
        beneath = self._sentences(said.say_sum(view))
        beneath += self._sentences(said.say_counting(view), QUIET)
        return apart([self._kinds(view, wide), beneath])

    def _kinds(self, view: Review, wide: int) -> list[Text]:
        rows = said.kind_rows(view)
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
