"""The preview of an import on a terminal, in sections: to decide, matched, new, interactions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.render.change_words import Row, Section, say_rest, say_summary, sections
from connect_cli.render.rich_layout import GAP, NAME, QUIET, Page, apart, indented, padded
from connect_cli.render.safe import one_line
from connect_cli.reports import Preview


class ImportPage(NamedTuple):
    """The preview of an import. most, brief: as for `Section.shown`; brief: a line for each row."""

    page: Page
    day: date
    most: int | None = None
    brief: bool = False

    def lines(self, view: Preview) -> list[Text]:
        """The whole preview."""
        discreet = self.page.discreet
        summary = say_summary(view, self.day, discreet=discreet)
        listed = map(self._section, sections(view, discreet=discreet))
        return apart([self._sentences(summary), *listed, self._sentences(view.remarks)])

    def _section(self, section: Section) -> list[Text]:
        """A heading, and below it the rows in two columns."""
        shown = section.shown(self.most, brief=self.brief)
        left = self._column(shown)
        listed = [line for row in shown for line in self._row(row, left)]
        if rest := len(section.rows) - len(shown):
            listed.append(Text(say_rest(rest).replace("…", self.page.sign("…")), style=QUIET))
        after = self._prose(self.page.text(section.after), 2) if section.after else []
        return [Text(section.heading, style=NAME), *map(indented, [*listed, *after])]

    def _column(self, rows: Sequence[Row]) -> int:
        """The width of the first column: of the longest row that leaves room beside it."""
        most = max(8, self.page.width // 3)
        cells = [self.page.text(row.left).cell_len for row in rows]
        return max((width for width in cells if width <= most), default=most)

    def _sentences(self, said: Iterable[str]) -> list[Text]:
        return [line for one in said for line in self._prose(self.page.text(one))]

    def _row(self, row: Row, left: int) -> list[Text]:
        """A row in one line if a question follows; otherwise in as many as it takes."""
        said = self._said(row)
        if not row.left:
            first, *others = self._prose(said, 4)
            return [first, *map(indented, others)]
        name = self.page.text(row.left)
        if name.cell_len > left and not (self.brief and said.plain):
            lower = self._row(row._replace(left=" "), left)
            return [*self._prose(name, 2), *(lower if said.plain else [])]
        begun = padded(self.page.cut(name, left), left + GAP)
        width = self.page.width - left - GAP - 2
        lines = self.page.wrapped(said, width, 1 if self.brief else None) or [Text()]
        starts = [begun, *[Text(" " * (left + GAP))] * (len(lines) - 1)]
        return [Text.assemble(*both) for both in zip(starts, lines, strict=True)]

    def _said(self, row: Row) -> Text:
        """The second column: words and a note, or what somebody gains field by field."""
        words = [self.page.text(words) for words in (row.said, one_line(row.note)) if words]
        gains = [
            Text.assemble(self.page.text(f"{field} ", QUIET), self.page.text(value))
            for field, value in row.gains
        ]
        return self.page.dotted([self.page.text(row.by, QUIET), Text(": ").join(words), *gains])

    def _prose(self, said: Text, less: int = 0) -> list[Text]:
        return self.page.wrapped(said, self.page.line_width - less)
