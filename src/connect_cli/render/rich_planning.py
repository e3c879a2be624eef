"""Planning on a terminal: the load and its offers, the days ahead, days away, and reasons."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.errors import as_typed
from connect_cli.language.calendar import monday_of
from connect_cli.model import Interaction, Pause, Person, Promise
from connect_cli.render import Changes, explain_words, load_words, planning_words, words
from connect_cli.render.rich_layout import (
    GAP,
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
from connect_cli.scheduler.load import CircleLoad, Load, Offer, exceeds
from connect_cli.views import OccasionDay, Plan, Suggestion

BAR = "cyan"
LONGEST_BAR, SHORTEST_BAR = 40, 6
MOST_RHYTHMS = 5
SHARE, LEAST_STEP = 5, 20


class PlanPage(NamedTuple):
    """The load: what each circle asks for, what that means, and what would make room."""

    page: Page

    def lines(self, load: Load, changes: Mapping[str, Changes], rhythms: Changes) -> list[Text]:
        if not load.people:
            return self.page.sentence(load_words.say_nobody())
        gap = load_words.gap_before_offers(load, rhythms)
        return apart(
            [
                self._circles(load),
                [
                    *self.page.sentence(load_words.say_load(load), NAME),
                    *self.page.sentence(load_words.say_time(load)),
                    *self._beneath(load_words.say_sum(load)),
                ],
                self._gap(gap, load.day),
                self._sentence(load_words.say_no_step(load)),
                self._offers(load, changes),
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

    def _sentence(self, text: str) -> list[Text]:
        return self.page.sentence(text)

    def _beneath(self, text: str) -> list[Text]:
        """A quiet line under a sentence: the sum, or a command."""
        lines = self.page.wrapped(self.page.text(text, QUIET), self.page.line_width - INDENT)
        return [indented(line) for line in lines]

    def _circles(self, load: Load) -> list[Text]:
        rows = [*load.circles]
        if len(rows) > 1:
            rows.append(CircleLoad("all", load.people, load.demand, load.ratio))
        names = [self.page.text(load_words.say_circle(row)) for row in rows]
        asked = [Text(load_words.say_often(row.demand)) for row in rows]
        shares = [Text(load_words.say_share(row.ratio)) for row in rows]
        cells = [
            Column(names, "circle", least=10),
            Column([Text(str(row.people)) for row in rows], "people", right=True),
            Column(asked, "asks for"),
            Column(shares, "of your time", right=True),
        ]
        bars = self._bars([row.ratio for row in rows], load.ratio, self._room_beside(cells))
        return columns(self.page, [*cells[:3], bars, *cells[3:]], self.page.line_width)

    def _room_beside(self, cells: Sequence[Column]) -> int:
        """The cells that are left for bars; a long name of a circle leaves the fewest."""
        taken = sum(column.natural + GAP for column in cells)
        return min(LONGEST_BAR, max(SHORTEST_BAR, self.page.line_width - taken))

    def _bars(self, ratios: Sequence[float], whole: float, room: int) -> Column:
        """A bar for each share of your time, each with a mark at 100 %; none without any time."""
        if whole == float("inf"):
            return Column([Text()] * len(ratios))
        mark = max(1, int((room - 1) / max(1.0, whole)))
        bars = [self._bar(ratio, mark, room - 1) for ratio in ratios]
        return Column(bars, _above(mark, room), leaves=1)

    def _bar(self, ratio: float, mark: int, longest: int) -> Text:
        """A bar of `mark` cells for all of your time, with the mark behind them in every row.

        Above 100 % it goes on behind the mark, and up to 100 % it never does.
        """
        eighths = max(1, round(8 * mark * ratio))
        if exceeds(ratio):
            eighths = max(8 * mark + 8, eighths)
        drawn = self.page.bar(min(8 * longest, eighths))
        within, beyond = drawn[:mark].ljust(mark), drawn[mark:]
        return Text.assemble((within, BAR), self.page.sign("│"), (beyond, BAR))

    def _gap(self, gap: Pause | None, day: date) -> list[Text]:
        """Days without an entry, with the command that makes them days away."""
        if gap is None:
            return []
        said = self.page.sentence(planning_words.say_missing(gap, day))
        return [*said, *self._beneath(planning_words.away_command(gap, day))]

    def _offers(self, load: Load, changes: Mapping[str, Changes]) -> list[Text]:
        if not load.offers:
            return []
        widest = max(self.page.text(offer.name).cell_len for offer in load.offers)
        room = max(LEAST_STEP, self.page.line_width - INDENT - widest - SHARE - 2 * GAP)
        rows = [row for offer in load.offers for row in self._offer(offer, load, room)]
        names, shares, steps = zip(*rows, strict=True)
        cells = [Column(names, least=10), Column(shares, right=True), Column(steps)]
        first = next((offer.name for offer in load.offers if changes.get(offer.name)), None)
        return [
            *self.page.sentence(load_words.say_ways(load)),
            *(indented(row) for row in columns(self.page, cells, self.page.line_width - INDENT)),
            *([] if first is None else self.page.sentence(_how_to_apply(first), QUIET)),
        ]

    def _offer(self, offer: Offer, load: Load, room: int) -> list[tuple[Text, Text, Text]]:
        """Its name and the share of your time that is left, beside its steps."""
        said = load_words.say_offer(offer, load, self._arrow)
        steps = [line for step in said for line in self.page.wrapped(self.page.text(step), room)]
        head = (self.page.text(offer.name, NAME), Text(load_words.say_share(offer.ratio)))
        heads = [head, *[(Text(), Text())] * len(steps)]
        return [(*edge, step) for edge, step in zip(heads, steps, strict=False)]

    def _rhythms(self, rhythms: Changes) -> list[Text]:
        lines: list[Text] = []
        for person, cadence in rhythms[:MOST_RHYTHMS]:
            lines += self.page.sentence(
                f"With {person.name} {planning_words.say_rhythm(cadence, person)}:"
            )
            lines += self._beneath(planning_words.every_command(person, cadence))
        return lines


def _how_to_apply(offer: str) -> str:
    return f"{as_typed('plan')} --apply {offer} shows what it changes, and asks."


def _every(person: Person) -> str:
    return "no cadence" if person.cadence is None else person.cadence.words


def _above(mark: int, room: int) -> str:
    """A heading for the mark, in the middle above it where there is room for that."""
    label = "100 %"
    return " " * max(0, min(mark - len(label) // 2, room - len(label))) + label


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
            weeks.setdefault(monday_of(plan.day), []).extend(self._day(plan, away))
        return apart([*weeks.values(), self._next(coming)])

    def _next(self, coming: Plan | None) -> list[Text]:
        if coming is None:
            return []
        return self.page.sentence(planning_words.say_next(coming, self.day))

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
        said = planning_words.say_ahead_occasion(near, discreet=self.page.discreet)
        return self.page.cut(self.page.text(said), width)

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
