"""One interaction on a terminal, whole: its note, and what was typed."""

from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.model import Interaction
from connect_cli.render import words
from connect_cli.render.rich_layout import INDENT, QUIET, Page, apart, indented, padded
from connect_cli.views import Recall

LABEL = 10


class RecallPage(NamedTuple):
    """One interaction."""

    page: Page
    day: date

    def lines(self, view: Recall) -> list[Text]:
        one = view.interaction
        head = words.say_interaction(
            one._replace(note="", tags=()), self.day, discreet=self.page.discreet
        )
        note = self.page.paragraphs(one.note, self.page.width - INDENT) if one.note else []
        return apart(
            [
                self.page.wrapped(self.page.text(head), self.page.width),
                [indented(line) for line in note],
                self._around(view),
            ]
        )

    def _around(self, view: Recall) -> list[Text]:
        """Its tags, what was typed, when it was recorded, and its id."""
        one, at = view.interaction, view.recorded_at
        recorded = f"{words.say_when(at.date(), self.day)}, {at:%H:%M}"
        return [
            *self._section("tags", self.page.text(" ".join(f"#{tag}" for tag in one.tags))),
            *self._section("typed", self._typed(one)),
            *self._section("recorded", self.page.text(recorded)),
            *self._section("id", self.page.text(one.id)),
        ]

    def _typed(self, one: Interaction) -> Text:
        """What was typed, unless it is the note itself."""
        return Text() if one.entered.strip() == one.note.strip() else self.page.note(one.entered)

    def _section(self, label: str, said: Text) -> list[Text]:
        width = max(1, self.page.width - INDENT - LABEL)
        lines = self.page.wrapped(said, width) if said else []
        labels = [label, *[""] * len(lines)]
        return [
            indented(Text.assemble(padded(Text(word, style=QUIET), LABEL), line))
            for word, line in zip(labels, lines, strict=False)
        ]
