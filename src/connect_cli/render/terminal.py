"""Answers for eyes: Rich on a console that the caller made, wide or narrow, coloured or not.

Colour never says anything that words do not, and there is no red.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console

from connect_cli.model import Card, Hit, Interaction, Promise, Standing, Today
from connect_cli.render import words
from connect_cli.render.terminal_card import CardPage
from connect_cli.render.terminal_lists import Lists
from connect_cli.render.terminal_page import Page
from connect_cli.render.terminal_today import TodayPage


@dataclass(frozen=True, slots=True)
class Terminal:
    """Writes to a Rich console. discreet: notes, details and promises are `· · ·`."""

    console: Console
    day: date
    discreet: bool = False

    def today(self, view: Today) -> None:
        self._page.show(TodayPage(self._page, self.day).lines(view))

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:
        page = CardPage(self._page, self.day, full, height)
        self._page.show(page.lines(view))

    def people(self, rows: Sequence[Standing]) -> None:
        self._page.show(self._lists.people(rows))

    def history(self, entries: Sequence[Interaction], *, full: bool = False) -> None:
        self._page.show(self._lists.history(entries, full=full))

    def promises(self, promises: Sequence[Promise]) -> None:
        self._page.show(self._lists.promises(promises))

    def hits(self, hits: Sequence[Hit]) -> None:
        self._page.show(self._lists.hits(hits))

    def answer(self, entry: Interaction, *, before: str = "", after: str = "") -> None:
        said = (before, words.say_interaction(entry, self.day), after)
        self.sentence(" ".join(filter(None, said)))

    def sentence(self, text: str) -> None:
        page = self._page
        page.show(page.wrapped(page.text(text), page.width))

    @property
    def _page(self) -> Page:
        return Page(self.console, self.discreet)

    @property
    def _lists(self) -> Lists:
        return Lists(self._page, self.day)
