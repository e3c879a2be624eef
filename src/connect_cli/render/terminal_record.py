"""What was done, on a terminal: one command a line."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.model import Recorded
from connect_cli.render.ids import shown_ids
from connect_cli.render.terminal_columns import Column, columns
from connect_cli.render.terminal_page import QUIET, Page
from connect_cli.render.words import short_date

_UNDONE = "taken back"


class RecordPage(NamedTuple):
    """Lines about the commands that wrote."""

    page: Page
    day: date

    def lines(self, commands: Sequence[Recorded]) -> list[Text]:
        if not commands:
            return [Text("Nothing was done yet.")]
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
