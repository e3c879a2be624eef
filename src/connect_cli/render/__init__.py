"""Values in, text out: one interface, three ways of answering.

`plain` is for pipes, `as_json` for programs and `terminal` for eyes. Only `terminal` needs Rich, so
the session imports it where it has chosen it, and nothing here does.
"""

from collections.abc import Sequence
from typing import Protocol

from connect_cli.model import Card, Hit, Interaction, Promise, Standing, Today


class Renderer(Protocol):
    """How an answer is given. Nothing is ever sorted again or left out that was passed in."""

    def today(self, view: Today) -> None:
        """The morning list."""

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:
        """One person. `height`: the lines there are; `full` shows everything whatever it takes."""

    def people(self, rows: Sequence[Standing]) -> None:
        """One line for each person."""

    def history(self, entries: Sequence[Interaction], *, full: bool = False) -> None:
        """One line for each interaction; `full` gives the whole of each note."""

    def promises(self, promises: Sequence[Promise]) -> None:
        """Open loops, or closed ones."""

    def hits(self, hits: Sequence[Hit]) -> None:
        """What a search found."""

    def answer(self, entry: Interaction, *, before: str = "", after: str = "") -> None:
        """What was understood of one interaction, in a line, between two sentences of yours."""

    def sentence(self, text: str) -> None:
        """One answer in words. Any name or text in it may still be raw."""
