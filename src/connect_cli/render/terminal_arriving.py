"""What an import would take in, on a terminal: a section each for who is new, matched, unsure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.exchange.preview import Arriving, Preview, Question
from connect_cli.exchange.unread import Unread
from connect_cli.exchange.values import Happening
from connect_cli.render.terminal_page import GAP, NAME, QUIET, Page, apart, indented, padded
from connect_cli.render.words_arriving import (
    say_by_person,
    say_gains,
    say_question,
    say_rest,
    say_summary,
    say_unread,
    told,
)

LEFT_CELLS = 24
_HEADINGS = {"new": "New", "matched": "Matched", "unsure": "May be here"}


class ArrivingPage(NamedTuple):
    """Lines about an import. most: lines of each section; None shows all, to their end."""

    page: Page
    day: date
    most: int | None = None

    def lines(self, view: Preview) -> list[Text]:
        """The whole preview."""
        summary = [] if view.questions else list(say_summary(view))
        parts = [
            [line for said in summary for line in self._prose(said)],
            *(self._people(view, status) for status in _HEADINGS),
            self._entries(view),
            [self.page.text(self._question(one)) for one in view.questions],
            self._unread(view.unread),
            [line for remark in view.remarks for line in self._prose(remark)],
        ]
        return apart(parts)

    def _question(self, one: Question) -> str:
        return say_question(one, self.day, discreet=self.page.discreet)

    def _people(self, view: Preview, status: str) -> list[Text]:
        rows = [(one.name, self._gains(one)) for one in told(view, status)]
        decide = self._prose(f"{view.decide}.", 2) if status == "unsure" and view.decide else []
        section = self._section(_HEADINGS[status], rows)
        return [*section, *map(indented, decide)] if section else []

    def _gains(self, one: Arriving) -> Text:
        if one.status == "unsure":
            return self._said(" or ".join(person.name for person in one.maybe))
        gains = [
            Text.assemble(self.page.text(f"{what} ", QUIET), self.page.text(value))
            for what, value in say_gains(one, discreet=self.page.discreet)
        ]
        by = [Text(f"by {one.by}", style=QUIET)] if one.by else []
        return self.page.dotted([*by, *gains])

    def _entries(self, view: Preview) -> list[Text]:
        if view.by_person:
            rows = [(name, self._said(said)) for name, said in say_by_person(view.entries)]
        else:
            rows = [(str(one.day), self._entry(one)) for one in view.entries]
        return self._section("Entries", rows)

    def _entry(self, one: Happening) -> Text:
        who = self._said(f"{one.kind}, {', '.join(one.people)}")
        return Text.assemble(who, ": ", self.page.note(one.note)) if one.note else who

    def _section(self, heading: str, rows: Sequence[tuple[str, Text]]) -> list[Text]:
        """A heading, and below it what each row is about and what is said of it."""
        if not rows:
            return []
        shown = rows[: self.most]
        widest = max(self.page.text(name).cell_len for name, _ in shown)
        left = min(widest, LEFT_CELLS, max(8, self.page.width // 3))
        listed = [line for name, said in shown for line in self._row(name, said, left)]
        return self._under(heading, listed, len(rows) - len(shown))

    def _unread(self, unread: Sequence[Unread]) -> list[Text]:
        """Whole sentences: a place may be as long as the name of a file."""
        listed = [
            indented(line, 2 * bool(number))
            for one in unread[: self.most]
            for number, line in enumerate(
                self._prose(say_unread(one, discreet=self.page.discreet), 4)
            )
        ]
        return self._under("Not read", listed, len(unread[self.most or len(unread) :]))

    def _under(self, heading: str, listed: Sequence[Text], rest: int) -> list[Text]:
        more = [Text(self._plainer(say_rest(rest)), style=QUIET)] if rest else []
        lines = [Text(heading, style=NAME), *map(indented, [*listed, *more])]
        return lines if listed else []

    def _row(self, name: str, said: Text, left: int) -> list[Text]:
        """One line, or, where all is shown, as many as it takes."""
        begun = padded(self.page.cut(self.page.text(name), left), left + GAP)
        width = self.page.width - left - GAP - 2
        lines = self.page.wrapped(said, width, None if self.most is None else 1) or [Text()]
        margin = Text(" " * (left + GAP))
        starts = [begun, *[margin] * (len(lines) - 1)]
        return [Text.assemble(*both) for both in zip(starts, lines, strict=True)]

    def _prose(self, said: str, less: int = 0) -> list[Text]:
        return self.page.wrapped(self.page.text(said), self.page.line_width - less)

    def _said(self, words: str) -> Text:
        return self.page.text(words)

    def _plainer(self, words: str) -> str:
        return words.replace("…", self.page.sign("…"))
