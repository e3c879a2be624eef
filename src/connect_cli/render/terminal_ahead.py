"""The days ahead on a terminal: a calendar with a line or two a day, and days away."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.model import Pause, Promise
from connect_cli.render import words
from connect_cli.render import words_planning as planned
from connect_cli.render.terminal_columns import Column, columns
from connect_cli.render.terminal_page import INDENT, QUIET, Page, apart, indented, padded
from connect_cli.views import OccasionDay, Plan

DAY = 12
NOTHING_AWAY = "No days away are set."


class AheadPage(NamedTuple):
    """Lines of a calendar."""

    page: Page
    day: date

    def lines(self, plans: Sequence[Plan], away: Sequence[Pause]) -> list[Text]:
        """A week is a block; who is listed is taken as met, so nobody comes again too soon."""
        weeks: dict[date, list[Text]] = {}
        for plan in plans:
            monday = date.fromordinal(plan.day.toordinal() - plan.day.weekday())
            weeks.setdefault(monday, []).extend(self._day(plan, away))
        return apart(weeks.values())

    def away(self, pauses: Sequence[Pause]) -> list[Text]:
        if not pauses:
            return [Text(NOTHING_AWAY)]
        cells = [
            Column([Text(planned.say_away(pause, self.day)) for pause in pauses]),
            Column([Text(planned.say_when_away(pause, self.day), style=QUIET) for pause in pauses]),
        ]
        return columns(self.page, cells, self.page.line_width)

    def _day(self, plan: Plan, away: Sequence[Pause]) -> list[Text]:
        width = max(1, self.page.line_width - INDENT - DAY)
        lines = [
            *(self._occasion(near, width) for near in plan.occasions if near.in_days == 0),
            *(self._promise(promise, width) for promise in plan.promises),
            *self._people(plan, width),
        ]
        lines = lines or [Text(_quiet_day(plan, away), style=QUIET)]
        today = plan.day == self.day
        head = Text("today" if today else words.date_words(plan.day, plan.day))
        head.stylize("bold" if today else "")
        heads = [padded(head, DAY), *[Text(" " * DAY)] * len(lines)]
        return [
            indented(Text.assemble(edge, line)) for edge, line in zip(heads, lines, strict=False)
        ]

    def _occasion(self, near: OccasionDay, width: int) -> Text:
        return self.page.cut(self.page.text(planned.say_ahead_occasion(near)), width)

    def _promise(self, promise: Promise, width: int) -> Text:
        label = Text(f"{words.OWED_WORDS[promise.owed]} ", style=QUIET)
        name = self.page.text(f"{promise.person.name}: ")
        return self.page.cut(Text.assemble(label, name, self.page.private(promise.text)), width)

    def _people(self, plan: Plan, width: int) -> list[Text]:
        names = [self.page.cut(self.page.text(one.person.name), width) for one in plan.suggestions]
        done = [
            Text.assemble((f"{self.page.sign('✓')} ", "green"), self.page.text(person.name))
            for person in plan.done
        ]
        return self._flowing([*done, *names], width)

    def _flowing(self, names: Sequence[Text], width: int) -> list[Text]:
        """Names with dots between, as many on a line as fit; none is broken."""
        lines: list[list[Text]] = []
        for name in names:
            if lines and self.page.dotted([*lines[-1], name]).cell_len <= width:
                lines[-1].append(name)
            else:
                lines.append([name])
        return [self.page.cut(self.page.dotted(line), width) for line in lines]


def _quiet_day(plan: Plan, away: Sequence[Pause]) -> str:
    if planned.is_away(plan.day, away):
        return "away"
    return "free" if plan.capacity else "rest day"
