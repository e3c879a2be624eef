"""Answers on a terminal: the Rich renderer, which writes to the console it is given.

Each kind of page has a class in another `rich_*` module, loaded when it is shown. Colour never says
anything that words do not, and there is no red.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console

from connect_cli.model import Interaction, Pause, Promise, Recorded
from connect_cli.render import Changes, words
from connect_cli.render.rich_layout import Page
from connect_cli.views import Card, Hit, Plan, Recall, Standing, Today

if TYPE_CHECKING:
    from connect_cli.meetings import MachineSeen, SyncAnswer
    from connect_cli.render.rich_lists import KeepingPage, Lists
    from connect_cli.render.rich_planning import AheadPage, PlanPage
    from connect_cli.reports import Copy, Finding, InboxAnswer, Pair, Preview, Rehearsal
    from connect_cli.reviews import Balance, Review, YearMap
    from connect_cli.scheduler.explain import Why
    from connect_cli.scheduler.load import Load
    from connect_cli.settings import Setting


class Terminal(NamedTuple):
    """Writes to a Rich console. discreet: what is private is `· · ·`."""

    console: Console
    day: date
    discreet: bool = False

    def today(self, view: Today) -> None:
        from connect_cli.render.rich_today import TodayPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(TodayPage(self._page, self.day).lines(view))

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:
        from connect_cli.render.rich_card import CardPage  # noqa: PLC0415  # a page is loaded when it is shown

        page = CardPage(self._page, self.day, full, height)
        self._page.show(page.lines(view))

    def recall(self, view: Recall) -> None:
        from connect_cli.render.rich_recall import RecallPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(RecallPage(self._page, self.day).lines(view))

    def people(self, rows: Sequence[Standing]) -> None:
        self._page.show(self._lists.people(rows))

    def pairs(self, pairs: "Sequence[Pair]") -> None:
        self._page.show(self._lists.pairs(pairs))

    def history(self, interactions: Sequence[Interaction], heading: str = "") -> None:
        from connect_cli.render.rich_history import HistoryPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(HistoryPage(self._page, self.day).lines(interactions, heading))

    def promises(self, promises: Sequence[Promise]) -> None:
        self._page.show(self._lists.promises(promises))

    def hits(self, hits: Sequence[Hit]) -> None:
        self._page.show(self._lists.hits(hits))

    def review(self, view: "Review") -> None:
        from connect_cli.render.rich_review import ReviewPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(ReviewPage(self._page, self.day).lines(view))

    def year_map(self, view: "YearMap") -> None:
        from connect_cli.render.rich_map import MapPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(MapPage(self._page, self.day).lines(view))

    def balance(self, view: "Balance") -> None:
        from connect_cli.render.rich_balance import BalancePage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(BalancePage(self._page, self.day).lines(view))

    def why(self, view: "Why", contact: Interaction | None) -> None:
        from connect_cli.render.rich_planning import WhyPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(WhyPage(self._page, self.day).lines(view, contact))

    def load(self, load: "Load", changes: Mapping[str, Changes], rhythms: Changes) -> None:
        self._page.show(self._plan.lines(load, changes, rhythms))

    def changes(self, offer: str, changes: Changes) -> None:  # noqa: ARG002  # it was just named
        self._page.show(self._plan.changes(changes))

    def ahead(
        self, plans: Sequence[Plan], away: Sequence[Pause], coming: Plan | None = None
    ) -> None:
        self._page.show(self._ahead.lines(plans, away, coming))

    def away(self, pauses: Sequence[Pause]) -> None:
        self._page.show(self._ahead.away(pauses))

    def settings(self, path: str, settings: "Sequence[Setting]") -> None:
        self._page.show(self._lists.settings(path, settings))

    def record(self, commands: Sequence[Recorded]) -> None:
        from connect_cli.render.rich_lists import RecordPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(RecordPage(self._page, self.day).lines(commands))

    def copies(self, copies: "Sequence[Copy]") -> None:
        self._page.show(self._keeping.copies(copies))

    def findings(self, findings: "Sequence[Finding]") -> None:
        self._page.show(self._keeping.findings(findings))

    def preview(self, view: "Preview", most: int | None = None, *, brief: bool = False) -> None:
        from connect_cli.render.rich_import import ImportPage  # noqa: PLC0415  # a page is loaded when it is shown

        self._page.show(ImportPage(self._page, self.day, most, brief).lines(view))

    def answer(self, interaction: Interaction, *, before: str = "", after: str = "") -> None:
        said = (before, words.say_interaction(interaction, self.day, discreet=self.discreet), after)
        self.sentence(" ".join(filter(None, said)))

    def rehearsal(self, view: "Rehearsal") -> None:
        from connect_cli.render.log_words import say_rehearsal  # noqa: PLC0415  # only `log` needs it

        for said in say_rehearsal(view, self.day, discreet=self.discreet):
            self.sentence(said)

    def inbox(self, view: "InboxAnswer") -> None:
        from connect_cli.render.inbox_words import say_all  # noqa: PLC0415  # only `inbox` needs it

        page = self._page
        for said in say_all(view, self.day, discreet=self.discreet):
            page.show(page.hanging(page.text(said), page.width))

    def sync(self, view: "SyncAnswer") -> None:
        from connect_cli.render.sync_words import say_sync  # noqa: PLC0415  # only `sync` needs it

        page = self._page
        for said in say_sync(view, discreet=self.discreet):
            page.show(page.hanging(page.text(said), page.width))

    def machines(self, machines: "Sequence[MachineSeen]") -> None:
        self._page.show(self._keeping.machines(machines))

    def sentence(self, text: str, *, whole: bool = False) -> None:
        page = self._page
        page.show(page.whole(text) if whole else page.wrapped(page.text(text), page.width))

    @property
    def _page(self) -> Page:
        return Page(self.console, self.discreet)

    @property
    def _lists(self) -> "Lists":
        from connect_cli.render.rich_lists import Lists  # noqa: PLC0415  # a page is loaded when it is shown

        return Lists(self._page, self.day)

    @property
    def _plan(self) -> "PlanPage":
        from connect_cli.render.rich_planning import PlanPage  # noqa: PLC0415  # a page is loaded when it is shown

        return PlanPage(self._page)

    @property
    def _ahead(self) -> "AheadPage":
        from connect_cli.render.rich_planning import AheadPage  # noqa: PLC0415  # a page is loaded when it is shown

        return AheadPage(self._page, self.day)

    @property
    def _keeping(self) -> "KeepingPage":
        from connect_cli.render.rich_lists import KeepingPage  # noqa: PLC0415  # a page is loaded when it is shown

        return KeepingPage(self._page, self.day)
