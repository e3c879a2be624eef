"""One person's card on a terminal: what matters before you meet, then earlier interactions.

How it works. All of it is shown where it fits the screen, except that the note of an earlier
interaction has two lines. Otherwise each part is limited, and what does not fit is left out from
the end. The last note is whole in any case: one that is longer than the screen makes a card that is
longer too. Whatever was left out or cut, the last line names the command that shows it.
"""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate, chain, islice, takewhile
from typing import NamedTuple

from rich.text import Text

from connect_cli.errors import as_typed
from connect_cli.model import Interaction, Owed, Promise
from connect_cli.render import words
from connect_cli.render.facts import facts
from connect_cli.render.links import link_of
from connect_cli.render.planning_words import say_in_year
from connect_cli.render.rich_layout import (
    GAP,
    INDENT,
    NAME,
    QUIET,
    STATE_STYLES,
    Column,
    Page,
    apart,
    columns,
    indented,
    padded,
    shown_ids,
)
from connect_cli.render.safe import one_line
from connect_cli.render.year_strip import strip
from connect_cli.views import Card, OccasionDay

LABEL = 12
BENEATH = INDENT + LABEL
PROMPT = 1  # the shell's own line below the card
MOST_OF_A_SORT = 2  # promises of one sort
MOST_LINES = 2  # of an earlier note, of a promise, or of the details
LEAST_NOTE = 24  # cells for an earlier note


class CardPage(NamedTuple):
    """One person's card. full: show everything; else what fits in `height` lines.

    limited: each part has a few lines only. again: a conversation of this day in an earlier year,
    unless it is shown anyway.
    """

    page: Page
    day: date
    full: bool = False
    height: int | None = None
    limited: bool = False
    again: Interaction | None = None

    def lines(self, card: Card) -> list[Text]:
        last = next((interaction for interaction in card.timeline if not interaction.tried), None)
        earlier = [interaction for interaction in card.timeline if interaction is not last]
        if self.full:
            return apart([self.top(card, last), self._flat(self._interactions(card, earlier))])
        return self._fitted(card, last, earlier[: self.height])

    def _fitted(
        self, card: Card, last: Interaction | None, earlier: Sequence[Interaction]
    ) -> list[Text]:
        """All of it if it fits, else the top first and then as much as there are lines for."""
        blocks = self._interactions(card, earlier)
        again = _first_not_in(card.on_this_day, [last, *earlier])
        lines = apart([self._replace(again=again).top(card, last), self._flat(blocks)])
        cut = card.total > len(card.timeline) or self._cuts(card, earlier, blocks)
        cut = cut or len(self._again(again, None)) > MOST_LINES
        more = self._more(card)
        around = 1 + -(-more[0].cell_len // self.page.width)  # a terminal breaks it by itself
        room = None if self.height is None else self.height - PROMPT
        if room is None or len(lines) + (around if cut else 0) <= room:
            return apart([lines, more]) if cut else lines
        return apart([self._left(card, last, earlier, room - around), more])

    def _cuts(
        self, card: Card, earlier: Sequence[Interaction], blocks: Sequence[Sequence[Text]]
    ) -> bool:
        """Whether a note of an earlier interaction is cut."""
        whole = self._interactions(card, earlier, most=None)
        return any(len(one) > len(block) for one, block in zip(whole, blocks, strict=True))

    def _left(
        self, card: Card, last: Interaction | None, earlier: Sequence[Interaction], room: int
    ) -> list[Text]:
        """What fits into `room` lines, with whole interactions; but the last note is never cut."""
        limited = self._replace(limited=True, again=_first_not_in(card.on_this_day, [last]))
        top = limited.top(card, last)
        if len(limited.head_and_last(card, last)) > room:
            return top
        if len(top) > room:
            return _without_end(top[:room])
        blocks = self._interactions(card, earlier)
        number = _that_fit(blocks, room - len(top) - 1)
        if limited.again in earlier[:number]:  # it stands below: its lines are left to others
            top = limited._replace(again=None).top(card, last)
            number = _that_fit(blocks, room - len(top) - 1)
        return apart([top, self._flat(blocks[:number])])

    def _more(self, card: Card) -> list[Text]:
        """The command that shows all, on one line however long, so that it can be copied."""
        show = ("--discreet", "show") if self.page.discreet else ("show",)
        command = as_typed(*show, card.person.name, options=("--all",))
        return self.page.whole(f"More: {command}", INDENT, QUIET)

    def top(self, card: Card, last: Interaction | None) -> list[Text]:
        """Everything above the earlier interactions."""
        return apart(
            [
                self._head(card),
                [
                    *self._section("last", self._last(card, last)),
                    *self._section("this day", self._again(self.again, MOST_LINES)),
                    *self._sections(card),
                ],
            ]
        )

    def head_and_last(self, card: Card, last: Interaction | None) -> list[Text]:
        """Who it is, and the last interaction."""
        return apart([self._head(card), self._section("last", self._last(card, last))])

    def _head(self, card: Card) -> list[Text]:
        state = Text(words.say_state(card.due, self.day))
        state.stylize(STATE_STYLES.get(card.due.state, ""))
        person = card.person
        cadence = "" if person.cadence is None else person.cadence.words
        standing = [self.page.text(person.circle or ""), self.page.text(cadence), state]
        also = f"also {', '.join(card.aliases)}" if card.aliases else ""
        lines = [
            self.page.text(person.name, NAME),
            self.page.dotted(standing),
            *(self.page.text(fact.said, QUIET) for fact in facts(card)),
            *(self.page.text(self._yearly(card, near)) for near in card.occasions),
            self.page.dotted(
                [self.page.text(also), self.page.text(" ".join(f"#{tag}" for tag in card.tags))]
            ),
        ]
        return [
            part
            for line in lines
            if line
            for part in self.page.wrapped(line, self.page.width, self._most(1))
        ]

    def _yearly(self, card: Card, near: OccasionDay) -> str:
        died, hides = card.died_on is not None, self.page.discreet
        return words.say_yearly(near, self.day, died=died, discreet=hides)

    def _sections(self, card: Card) -> list[Text]:
        """Everything between the last interaction and the earlier ones."""
        names = (companion.person.name for companion in card.companions)
        return [
            *self._promises(card.promises),
            *self._section("remember", self._details(card)),
            *self._section("ties", self._ties(card)),
            *self._section("reach", self._reach(card)),
            *self._section("often with", self._run(self.page.text(", ".join(names)), 1)),
            *self._section("year", self._year(card)),
        ]

    def _section(self, label: str, lines: Sequence[Text]) -> list[Text]:
        labels = [label, *[""] * len(lines)]
        return [
            indented(Text.assemble(padded(Text(word, style=QUIET), LABEL), line))
            for word, line in zip(labels, lines, strict=False)
        ]

    def _most(self, number: int) -> int | None:
        return number if self.limited else None

    @property
    def _text_width(self) -> int:
        return max(1, self.page.width - BENEATH)

    def _run(self, text: Text, most: int) -> list[Text]:
        return self.page.wrapped(text, self._text_width, self._most(most)) if text else []

    def _last(self, card: Card, last: Interaction | None) -> list[Text]:
        if last is None:
            day = card.person.last_on
            return [] if day is None else [Text(words.say_when(day, self.day))]
        said = words.last_words(last, self.day, discreet=self.page.discreet)
        if last.minutes is not None:
            said += f", {words.say_minutes(last.minutes)}"
        note = self.page.quoted_whole(last.note, self._text_width) if last.note else []
        return [*self.page.wrapped(self.page.text(said), self._text_width), *note]

    def _again(self, one: Interaction | None, most: int | None) -> list[Text]:
        """A note of this day in an earlier year, after what it was: `tea in 2024: “…”`."""
        if one is None or self.page.discreet:
            return []
        end = self.page.sign("”")
        said = self.page.text(f"{say_in_year(one, self.day)}: {self.page.sign('“')}")
        text = Text.assemble(said, self.page.text(one_line(one.note), "italic"))
        lines = self.page.wrapped(text, self._text_width - len(end), most)
        return [*lines[:-1], Text.assemble(lines[-1], end)]

    def _promises(self, promises: Sequence[Promise]) -> list[Text]:
        """Promises sort by sort, all in the same columns."""
        ids = shown_ids(promise.id for promise in promises)
        sorts = {owed: [each for each in promises if each.owed is owed] for owed in Owed}
        shown = {owed: these[: self._most(MOST_OF_A_SORT)] for owed, these in sorts.items()}
        flat = [promise for these in shown.values() for promise in these]
        days = [Text(words.say_promise_day(each, self.day)) for each in flat]
        tags = [self.page.text(ids[each.id], QUIET) for each in flat]
        taken = sum(max((cell.cell_len for cell in cells), default=0) for cells in (days, tags))
        room = max(16, self._text_width - taken - 2 * GAP)
        texts = [self._run_in(self.page.private(each.text), room) for each in flat]
        cells = [
            Column([line for lines in texts for line in lines], least=16),
            Column(_at_first(days, texts)),
            Column(_at_first(tags, texts)),
        ]
        rows = iter(columns(self.page, cells, self._text_width))
        heights = iter(map(len, texts))
        return [
            line
            for owed, these in shown.items()
            for line in self._section(
                words.OWED_WORDS[owed], list(islice(rows, sum(islice(heights, len(these)))))
            )
        ]

    def _run_in(self, text: Text, room: int) -> list[Text]:
        return self.page.wrapped(text, room, self._most(MOST_LINES)) or [text]

    def _details(self, card: Card) -> list[Text]:
        said = self.page.details(card.details)
        if not self.full:
            return self._run(self.page.dotted(said), MOST_LINES)
        return [line for each in said for line in self._run(each, MOST_LINES)]

    def _ties(self, card: Card) -> list[Text]:
        if self.page.discreet:
            return [self.page.hidden] if card.ties else []
        ties = (self.page.text(words.say_tie(tie)) for tie in card.ties)
        return self._run(self.page.dotted(ties), MOST_LINES)

    def _reach(self, card: Card) -> list[Text]:
        """Ways to reach somebody, each a link where the terminal knows links."""
        if self.page.discreet:
            return [self.page.hidden] if card.contact_points else []
        points = (self.page.linked(each.value, link_of(each)) for each in card.contact_points)
        return self._run(self.page.dotted(points), MOST_LINES)

    def _year(self, card: Card) -> list[Text]:
        year = strip(card.last_year, self.day, self._text_width)
        if year is None:
            return []
        signs = "".join(map(self.page.sign, year.signs))
        return [Text.assemble(signs, " ", (year.said, QUIET))]

    def _interactions(
        self, card: Card, interactions: Sequence[Interaction], most: int | None = MOST_LINES
    ) -> list[list[Text]]:
        """The lines of each interaction. most: those of a note."""
        width = max(2, self.page.width - INDENT)
        least = min(LEAST_NOTE, width // 2)
        cells = [
            Column([Text(words.short_date(each.day, self.day)) for each in interactions]),
            Column([self.page.kind(each) for each in interactions]),
            Column(
                [Text(words.minutes_in_list(each)) for each in interactions], leaves=1, right=True
            ),
        ]
        heads = columns(self.page, cells, max(1, width - least - GAP))
        wide = max((head.cell_len for head in heads), default=0) + GAP
        room = max(1, width - wide)
        return [
            [indented(line) for line in self._beside(padded(head, wide), said)]
            + (self._whole(each) if self.full else [])
            for head, each in zip(heads, interactions, strict=True)
            for said in [self.page.wrapped(self._said(card, each), room, most)]
        ]

    def _beside(self, head: Text, said: Sequence[Text]) -> list[Text]:
        """A head with lines beside it."""
        heads = [head, *[Text(" " * head.cell_len)] * len(said)]
        pairs = zip(heads, said or [Text()], strict=False)
        return [Text.assemble(edge, line) for edge, line in pairs]

    def _said(self, card: Card, interaction: Interaction) -> Text:
        """Who else took part, and the note unless it follows in full."""
        others = [person for person in interaction.people if person.id != card.person.id]
        company = self.page.text(f"with {words.say_names(others)}" if others else "", QUIET)
        note = Text() if self.full or not interaction.note else self.page.note(interaction.note)
        return Text(": ").join([company, note]) if company and note else company or note

    def _whole(self, interaction: Interaction) -> list[Text]:
        if not interaction.note:
            return []
        note = self.page.paragraphs(interaction.note, self._text_width)
        return [indented(line, BENEATH) for line in note]

    @staticmethod
    def _flat(blocks: Sequence[Sequence[Text]]) -> list[Text]:
        return list(chain.from_iterable(blocks))


def _first_not_in(
    these: Sequence[Interaction], shown: Sequence[Interaction | None]
) -> Interaction | None:
    """The first of these interactions that is not shown already."""
    return next((one for one in these if one not in shown), None)


def _that_fit(blocks: Sequence[Sequence[Text]], room: int) -> int:
    """How many of these blocks, from the first, fit into `room` lines."""
    totals = accumulate(map(len, blocks))
    return sum(1 for _ in takewhile(lambda total: total <= room, totals))


def _at_first(cells: Sequence[Text], texts: Sequence[Sequence[Text]]) -> list[Text]:
    """Each cell beside the first line of its text, and an empty one beside the others."""
    return [
        cell if not number else Text()
        for cell, lines in zip(cells, texts, strict=True)
        for number in range(len(lines))
    ]


def _without_end(lines: list[Text]) -> list[Text]:
    """Drop empty lines at the end."""
    while lines and not lines[-1]:
        lines.pop()
    return lines
