"""The load on a terminal: what each circle asks for, what it means, and what would change it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.text import Text

from connect_cli.errors import as_typed
from connect_cli.model import Person
from connect_cli.render import Changes
from connect_cli.render import words_planning as words
from connect_cli.render.terminal_columns import Column, columns
from connect_cli.render.terminal_page import INDENT, NAME, QUIET, Page, apart, indented
from connect_cli.scheduler.load import CircleLoad, Load, Offer

BAR = "cyan"
LONGEST_BAR = 30
EIGHTHS = " ▏▎▍▌▋▊▉█"
MOST_RHYTHMS = 5


class PlanPage(NamedTuple):
    """Lines of the load."""

    page: Page

    def lines(self, load: Load, changes: Mapping[str, Changes], rhythms: Changes) -> list[Text]:
        if not load.people:
            return self._wrapped(words.say_nobody())
        return apart(
            [
                self._circles(load),
                [*self._wrapped(words.say_load(load), NAME), *self._wrapped(words.say_time(load))],
                self._offers(load.offers, changes),
                self._rhythms(rhythms),
            ]
        )

    def changes(self, changes: Changes) -> list[Text]:
        """Who would have another cadence, and which."""
        cells = [
            Column([self.page.text(person.name, NAME) for person, _ in changes], least=16),
            Column([self.page.text(_every(person)) for person, _ in changes], least=10),
            Column([self.page.text(f"{self._arrow} {new.words}") for _, new in changes]),
        ]
        return columns(self.page, cells, self.page.line_width)

    @property
    def _arrow(self) -> str:
        return self.page.sign("→")

    def _wrapped(self, text: str, style: str = "") -> list[Text]:
        return self.page.wrapped(self.page.text(text, style), self.page.line_width)

    def _circles(self, load: Load) -> list[Text]:
        rows = [*load.circles]
        total = CircleLoad("all", load.people, load.demand, load.ratio)
        if len(rows) > 1:
            rows.append(total)
        longest = min(LONGEST_BAR, max(4, self.page.line_width - 50))
        cells = [
            Column([self.page.text(words.say_circle(row)) for row in rows], "circle", least=10),
            Column([_right(str(row.people), 6) for row in rows], "people"),
            Column([_right(f"{row.demand:.3f}", 5) for row in rows], "a day"),
            Column([self._bar(row.ratio, load.ratio, longest) for row in rows], leaves=1),
            Column([_right(words.say_share(row.ratio), 12) for row in rows], "of your time"),
        ]
        return columns(self.page, cells, self.page.line_width)

    def _bar(self, ratio: float, whole: float, longest: int) -> Text:
        """As long as its part of your time; all of your time, or what is asked for, is full."""
        if ratio in (0, float("inf")):
            return Text()
        eighths = max(1, round(8 * longest * ratio / max(1.0, whole)))
        full, rest = divmod(eighths, 8)
        if self.page.sign("█") != "█":
            return Text("#" * (full + (rest >= 4) or 1), style=BAR)
        return Text(f"{'█' * full}{EIGHTHS[rest]}".rstrip(), style=BAR)

    def _offers(self, offers: Sequence[Offer], changes: Mapping[str, Changes]) -> list[Text]:
        if not offers:
            return []
        cells = [
            Column([self.page.text(offer.name, NAME) for offer in offers], least=8),
            Column([self.page.text(words.say_offer(offer)) for offer in offers]),
            Column([Text(words.say_after(offer), style=QUIET) for offer in offers], leaves=1),
        ]
        first = next((offer.name for offer in offers if changes.get(offer.name)), None)
        return [
            Text("What would give more room. Nothing changes unless you ask:"),
            *(indented(row) for row in columns(self.page, cells, self.page.line_width - INDENT)),
            *([] if first is None else self._wrapped(_how_to_apply(first), QUIET)),
        ]

    def _rhythms(self, rhythms: Changes) -> list[Text]:
        lines: list[Text] = []
        for person, cadence in rhythms[:MOST_RHYTHMS]:
            lines += self._wrapped(f"With {person.name} {words.say_rhythm(cadence, person)}:")
            command = self.page.text(words.every_command(person, cadence), QUIET)
            width = self.page.line_width - INDENT
            lines += [indented(line) for line in self.page.wrapped(command, width)]
        return lines


def _how_to_apply(offer: str) -> str:
    return f"{as_typed('plan')} --apply {offer} shows what it changes, and asks."


def _every(person: Person) -> str:
    return "no cadence" if person.cadence is None else person.cadence.words


def _right(text: str, width: int) -> Text:
    return Text(text.rjust(width))
