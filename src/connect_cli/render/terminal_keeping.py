"""The journal itself on a terminal: its copies, and what the doctor found."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.render.terminal_columns import Column, columns
from connect_cli.render.terminal_page import NAME, QUIET, Page, apart, indented
from connect_cli.render.words import say_when
from connect_cli.settings import say_size
from connect_cli.views import Copy, Finding

_STANDING = {"mended": "Mended", "note": "Good to know", "left": "To do"}


class KeepingPage(NamedTuple):
    """Lines about the journal's files."""

    page: Page
    day: date

    def copies(self, copies: Sequence[Copy]) -> list[Text]:
        if not copies:
            return [self.page.text("There is no copy of the journal yet.")]
        folder = self.page.text(f"In {copies[0].path.parent}:", QUIET)
        cells = [
            Column([self.page.text(copy.path.name, NAME) for copy in copies]),  # to be typed
            Column([self.page.text(size, QUIET) for size in _sizes(copies)], leaves=2),
            Column([self._when(copy) for copy in copies], least=20, leaves=1),
        ]
        width = self.page.width
        return [*self.page.wrapped(folder, width), *columns(self.page, cells, width)]

    def _when(self, copy: Copy) -> Text:
        return self.page.text(say_when(copy.day, self.day), QUIET)

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


def _sizes(copies: Sequence[Copy]) -> list[str]:
    sizes = [say_size(copy.size) for copy in copies]
    return [size.rjust(max(map(len, sizes))) for size in sizes]
