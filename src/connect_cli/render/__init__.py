"""Values in, text out: one interface with three renderers.

`plain` answers pipes, `as_json` programs, and `rich_renderer` a terminal. Only the `rich_*` modules
import Rich; they are loaded once a terminal has been chosen, so other answers never pay for it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from connect_cli.model import Cadence, Interaction, Pause, Person, Promise, Recorded
from connect_cli.views import Card, Hit, Plan, Recall, Standing, Today

if TYPE_CHECKING:  # today's list needs none of these
    from connect_cli.meetings import MachineSeen, SyncAnswer
    from connect_cli.reports import Copy, Finding, InboxAnswer, Pair, Preview, Rehearsal
    from connect_cli.reviews import Balance, Review, YearMap
    from connect_cli.scheduler.explain import Why
    from connect_cli.scheduler.load import Load
    from connect_cli.settings import Setting

Changes = Sequence[tuple[Person, Cadence]]
"""People, each with the cadence that they would get."""


class Renderer(Protocol):
    """How an answer is written. A renderer keeps the order of what it gets."""

    def today(self, view: Today) -> None:
        """The morning list."""

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:
        """One person. `height`: the lines of the screen; `full` shows everything all the same."""

    def recall(self, view: Recall) -> None:
        """One interaction whole."""

    def people(self, rows: Sequence[Standing]) -> None:
        """One line for each person."""

    def pairs(self, pairs: "Sequence[Pair]") -> None:
        """Each two people who may be one, and why."""

    def history(self, interactions: Sequence[Interaction], heading: str = "") -> None:
        """One line for each interaction. heading: whose they are, and of which days."""

    def promises(self, promises: Sequence[Promise]) -> None:
        """Open loops, or closed ones."""

    def hits(self, hits: Sequence[Hit]) -> None:
        """What a search found."""

    def review(self, view: "Review") -> None:
        """What there is to look back on in some days."""

    def year_map(self, view: "YearMap") -> None:
        """The days of a year as a calendar."""

    def balance(self, view: "Balance") -> None:
        """Time given back beside time with people."""

    def why(self, view: "Why", contact: Interaction | None) -> None:
        """Why one person is listed or not. `contact`: the interaction their clock runs from."""

    def load(self, load: "Load", changes: Mapping[str, Changes], rhythms: Changes) -> None:
        """What cadences ask for against the time you have. `changes`: those of each offer."""

    def changes(self, offer: str, changes: Changes) -> None:
        """What one offer would change, or has changed."""

    def ahead(
        self, plans: Sequence[Plan], away: Sequence[Pause], coming: Plan | None = None
    ) -> None:
        """The days ahead, each with its list. coming: the next list, if all of these are empty."""

    def away(self, pauses: Sequence[Pause]) -> None:
        """Days away."""

    def settings(self, path: str, settings: "Sequence[Setting]") -> None:
        """Every setting. `path`: the settings file."""

    def record(self, commands: Sequence[Recorded]) -> None:
        """The commands that changed the journal."""

    def copies(self, copies: "Sequence[Copy]") -> None:
        """The copies of the journal."""

    def findings(self, findings: "Sequence[Finding]") -> None:
        """What the doctor found."""

    def preview(self, view: "Preview", most: int | None = None, *, brief: bool = False) -> None:
        """What an import would write, or has written. most: rows of a section; None for all.

        brief: a question follows, so that the rows to be decided are cut too.
        """

    def answer(self, interaction: Interaction, *, before: str = "", after: str = "") -> None:
        """One interaction as it was understood, in a line. before, after: sentences around it."""

    def rehearsal(self, view: "Rehearsal") -> None:
        """What `log` would do, and what it would ask."""

    def inbox(self, view: "InboxAnswer") -> None:
        """What was taken from the inbox."""

    def sync(self, view: "SyncAnswer") -> None:
        """What one run of `sync` took, and what waits; as JSON all that it did."""

    def machines(self, machines: "Sequence[MachineSeen]") -> None:
        """The machines that keep the journal."""

    def sentence(self, text: str, *, whole: bool = False) -> None:
        """An answer in words. Names and texts in it are not cleaned yet.

        whole: on one line however long, because it ends with a command to copy.
        """
