"""Values in, text out: one interface, three ways of answering.

`plain` is for pipes, `as_json` for programs and `terminal` for eyes. Only `terminal` needs Rich, so
the session imports it where it has chosen it, and nothing here does.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from connect_cli.model import Cadence, Interaction, Pause, Person, Promise, Recorded
from connect_cli.views import Card, Hit, Plan, Standing, Today

if TYPE_CHECKING:  # the morning list is answered without them
    from connect_cli.scheduler.explain import Why
    from connect_cli.scheduler.load import Load
    from connect_cli.settings import Setting
    from connect_cli.views import Copy, Finding, Preview

Changes = Sequence[tuple[Person, Cadence]]
"""People as they are, each with the cadence that they would have."""


class Renderer(Protocol):
    """How an answer is given. Nothing is ever sorted again or left out that was passed in."""

    def today(self, view: Today) -> None:
        """The morning list."""

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:
        """One person. `height`: the lines there are; `full` shows everything whatever it takes."""

    def people(self, rows: Sequence[Standing]) -> None:
        """One line for each person."""

    def history(self, entries: Sequence[Interaction]) -> None:
        """One line for each interaction."""

    def promises(self, promises: Sequence[Promise]) -> None:
        """Open loops, or closed ones."""

    def hits(self, hits: Sequence[Hit]) -> None:
        """What a search found."""

    def why(self, view: "Why", contact: Interaction | None) -> None:
        """All that decides about one person. `contact`: the one that their clock runs from."""

    def load(self, load: "Load", changes: Mapping[str, Changes], rhythms: Changes) -> None:
        """What was promised against the time there is. `changes`: what each offer would change."""

    def changes(self, offer: str, changes: Changes) -> None:
        """What one offer would change, or has changed."""

    def ahead(self, plans: Sequence[Plan], away: Sequence[Pause]) -> None:
        """The days ahead, each as it would be."""

    def away(self, pauses: Sequence[Pause]) -> None:
        """Days away."""

    def settings(self, path: str, settings: "Sequence[Setting]") -> None:
        """Every setting. `path`: the file they can be set in."""

    def record(self, commands: Sequence[Recorded]) -> None:
        """What was done."""

    def copies(self, copies: "Sequence[Copy]") -> None:
        """The copies of the journal."""

    def findings(self, findings: "Sequence[Finding]") -> None:
        """What a look at the journal found."""

    def preview(self, view: "Preview", most: int | None = None) -> None:
        """What an import would take in, or has. most: lines of each sort; None shows all."""

    def answer(self, entry: Interaction, *, before: str = "", after: str = "") -> None:
        """What was understood of one interaction, in a line, between two sentences of yours."""

    def sentence(self, text: str) -> None:
        """One answer in words. Any name or text in it may still be raw."""
