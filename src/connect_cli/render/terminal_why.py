"""Why somebody is listed today or not, on a terminal: the answer first, then every term of it."""

from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.model import Interaction
from connect_cli.render import words_why as words
from connect_cli.render.terminal_page import INDENT, NAME, QUIET, Page, apart, indented, padded
from connect_cli.scheduler.explain import Why

LABEL = 10


class WhyPage(NamedTuple):
    """Lines of one person's reasons."""

    page: Page
    day: date

    def lines(self, view: Why, contact: Interaction | None) -> list[Text]:
        reason = self.page.text(words.say_reason(view, self.day))
        head = [
            self.page.cut(self.page.text(view.due.person.name, NAME), self.page.line_width),
            *self.page.wrapped(reason, self.page.line_width),
        ]
        terms = words.say_terms(view, contact, self.day)
        return apart([head, [line for term in terms for line in self._term(*term)]])

    def _term(self, label: str, said: str) -> list[Text]:
        width = max(1, self.page.line_width - INDENT - LABEL)
        lines = self.page.wrapped(self.page.text(said), width)
        labels = [label, *[""] * len(lines)]
        return [
            indented(Text.assemble(padded(Text(word, style=QUIET), LABEL), line))
            for word, line in zip(labels, lines, strict=False)
        ]
