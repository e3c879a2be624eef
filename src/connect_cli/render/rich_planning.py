"""Planning on a terminal: the load and its offers, the days ahead, days away, and reasons."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.errors import as_typed
from connect_cli.language.calendar import plus_days
from connect_cli.model import Interaction, Pause, Person, Promise
from connect_cli.render import Changes, explain_words, planning_words, words
from connect_cli.render.rich_layout import (
    INDENT,
    NAME,
    QUIET,
    Column,
    Page,
    apart,
    columns,
    indented,
    padded,
)
from connect_cli.scheduler.explain import Why
from connect_cli.scheduler.load import CircleLoad, Load, Offer
from connect_cli.views import OccasionDay, Plan, Suggestion

BAR = "cyan"
LONGEST_BAR = 30
EIGHTHS = " ▏▎▍▌▋▊▉█"
MOST_RHYTHMS = 5


class PlanPage(NamedTuple):
    """The load: what each circle asks for, what that means, and what would make room."""

    page: Page

    def lines(self, load: Load, changes: Mapping[str, Changes], rhythms: Changes) -> list[Text]:
        if not load.people:
            return self._wrapped(planning_words.say_nobody())
        return apart(
            [
                self._circles(load),
                [
                    *self._wrapped(planning_words.say_load(load), NAME),
                    *self._wrapped(planning_words.say_time(load)),
                ],
                self._offers(load.offers, changes),
                self._rhythms(rhythms),
            ]
        )

    def changes(self, changes: Changes) -> list[Text]:
        """Who would get another cadence, and which."""
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
            Column(
                [self.page.text(planning_words.say_circle(row)) for row in rows], "circle", least=10
            ),
            Column([_right(str(row.people), 6) for row in rows], "people"),
            Column([_right(f"{row.demand:.3f}", 5) for row in rows], "a day"),
            Column([self._bar(row.ratio, load.ratio, longest) for row in rows], leaves=1),
            Column(
                [_right(planning_words.say_share(row.ratio), 12) for row in rows], "of your time"
            ),
        ]
        return columns(self.page, cells, self.page.line_width)

    def _bar(self, ratio: float, whole: float, longest: int) -> Text:
        """A bar as long as the circle's share of your time, or of the load if that is larger."""
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
            Column([self.page.text(planning_words.say_offer(offer)) for offer in offers]),
            Column(
                [Text(planning_words.say_after(offer), style=QUIET) for offer in offers], leaves=1
            ),
        ]
        first = next((offer.name for offer in offers if changes.get(offer.name)), None)
        return [
            Text("Ways to make room. Nothing changes unless you ask:"),
            *(indented(row) for row in columns(self.page, cells, self.page.line_width - INDENT)),
            *([] if first is None else self._wrapped(_how_to_apply(first), QUIET)),
        ]

    def _rhythms(self, rhythms: Changes) -> list[Text]:
        lines: list[Text] = []
        for person, cadence in rhythms[:MOST_RHYTHMS]:
            lines += self._wrapped(
                f"With {person.name} {planning_words.say_rhythm(cadence, person)}:"
            )
            command = self.page.text(planning_words.every_command(person, cadence), QUIET)
            width = self.page.line_width - INDENT
            lines += [indented(line) for line in self.page.wrapped(command, width)]
        return lines


def _how_to_apply(offer: str) -> str:
    return f"{as_typed('plan')} --apply {offer} shows what it changes, and asks."


def _every(person: Person) -> str:
    return "no cadence" if person.cadence is None else person.cadence.words


def _right(text: str, width: int) -> Text:
    return Text(text.rjust(width))


DAY = 12
NOTHING_AWAY = "No days away are set."


class AheadPage(NamedTuple):
    """The days ahead, and days away."""

    page: Page
    day: date

    def lines(
        self, plans: Sequence[Plan], away: Sequence[Pause], coming: Plan | None = None
    ) -> list[Text]:
        """The days in blocks of a week. Everybody listed is taken as met on that day."""
        weeks: dict[date, list[Text]] = {}
        for plan in plans:
            monday = plus_days(plan.day, -plan.day.weekday())
            weeks.setdefault(monday, []).extend(self._day(plan, away))
        return apart([*weeks.values(), self._next(coming)])

    def _next(self, coming: Plan | None) -> list[Text]:
        if coming is None:
            return []
        said = self.page.text(planning_words.say_next(coming, self.day))
        return self.page.wrapped(said, self.page.line_width)

    def away(self, pauses: Sequence[Pause]) -> list[Text]:
        if not pauses:
            return [Text(NOTHING_AWAY)]
        cells = [
            Column([Text(planning_words.say_away(pause, self.day)) for pause in pauses]),
            Column(
                [
                    Text(planning_words.say_when_away(pause, self.day), style=QUIET)
                    for pause in pauses
                ]
            ),
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
        return self.page.cut(self.page.text(planning_words.say_ahead_occasion(near)), width)

    def _promise(self, promise: Promise, width: int) -> Text:
        label = Text(f"{words.OWED_WORDS[promise.owed]} ", style=QUIET)
        name = self.page.text(f"{promise.person.name}: ")
        return self.page.cut(Text.assemble(label, name, self.page.private(promise.text)), width)

    def _people(self, plan: Plan, width: int) -> list[Text]:
        names = [self._listed(one, width) for one in plan.suggestions]
        done = [
            Text.assemble((f"{self.page.sign('✓')} ", "green"), self.page.text(person.name))
            for person in plan.done
        ]
        return self._flowing([*done, *names], width)

    def _listed(self, one: Suggestion, width: int) -> Text:
        """The name, with a mark for somebody dormant, which is never cut."""
        mark = Text()
        if one.because == "reconnect":
            mark = Text(f" ({words.say_because(one)})", style=QUIET)
        room = max(1, width - mark.cell_len)
        return Text.assemble(self.page.cut(self.page.text(one.person.name), room), mark)

    def _flowing(self, names: Sequence[Text], width: int) -> list[Text]:
        """Names with dots between, as many on a line as fit. No name is broken."""
        lines: list[list[Text]] = []
        for name in names:
            if lines and self.page.dotted([*lines[-1], name]).cell_len <= width:
                lines[-1].append(name)
            else:
                lines.append([name])
        return [self.page.cut(self.page.dotted(line), width) for line in lines]


def _quiet_day(plan: Plan, away: Sequence[Pause]) -> str:
    if planning_words.is_away(plan.day, away):
        return "away"
    return "free" if plan.capacity else "rest day"


LABEL = 10


class WhyPage(NamedTuple):
    """Why one person is listed or not."""

    page: Page
    day: date

    def lines(self, view: Why, contact: Interaction | None) -> list[Text]:
        reason = self.page.text(explain_words.say_reason(view, self.day))
        head = [
            self.page.cut(self.page.text(view.due.person.name, NAME), self.page.line_width),
            *self.page.wrapped(reason, self.page.line_width),
        ]
        terms = explain_words.say_terms(view, contact, self.day)
        return apart([head, [line for term in terms for line in self._term(*term)]])

    def _term(self, label: str, said: str) -> list[Text]:
        width = max(1, self.page.line_width - INDENT - LABEL)
        lines = self.page.wrapped(self.page.text(said), width)
        labels = [label, *[""] * len(lines)]
        return [
            indented(Text.assemble(padded(Text(word, style=QUIET), LABEL), line))
            for word, line in zip(labels, lines, strict=False)
        ]
