"""One person's card on a terminal: what matters before you meet, then earlier interactions."""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from rich.text import Text

from connect_cli.model import Interaction, Owed, Promise
from connect_cli.render import words
from connect_cli.render.facts import facts
from connect_cli.render.rich_layout import (
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
from connect_cli.views import Card

LABEL = 10
BENEATH = INDENT + LABEL
PROMPT = 1  # the shell's own line below the card
MOST_OF_A_SORT = 2  # promises of one sort
MOST_LINES = 2  # of a note, or of the details
MORE = "--all shows everything"


class CardPage(NamedTuple):
    """One person's card. full: show everything; else what fits in `height` lines."""

    page: Page
    day: date
    full: bool = False
    height: int | None = None
    limited: bool = True

    def lines(self, card: Card) -> list[Text]:
        last = next((interaction for interaction in card.timeline if not interaction.tried), None)
        earlier = [interaction for interaction in card.timeline if interaction is not last]
        if self.full:
            return apart([self.top(card, last), self._interactions(card, earlier)])
        return self._fitted(card, last, earlier)

    def _fitted(
        self, card: Card, last: Interaction | None, earlier: Sequence[Interaction]
    ) -> list[Text]:
        """The top first, then as many earlier interactions as there are lines for."""
        top = self.top(card, last)
        lines = apart([top, self._interactions(card, earlier[: self.height])])
        room = len(lines) + 2 if self.height is None else self.height - PROMPT
        whole = self._replace(limited=False).top(card, last)
        if len(top) == len(whole) and card.total <= len(card.timeline) and len(lines) <= room:
            return lines
        more = indented(Text(MORE, style=QUIET))
        return apart([_without_end(lines[: max(0, room - 2)]), [more]])

    def top(self, card: Card, last: Interaction | None) -> list[Text]:
        """Everything above the earlier interactions."""
        return apart([self._head(card), self._sections(card, last)])

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
            *(self.page.text(words.say_yearly(near, self.day)) for near in card.occasions),
            self.page.dotted(
                [self.page.text(also), self.page.text(" ".join(f"#{tag}" for tag in card.tags))]
            ),
        ]
        return [self.page.cut(line, self.page.line_width) for line in lines if line]

    def _sections(self, card: Card, last: Interaction | None) -> list[Text]:
        names = (companion.person.name for companion in card.companions)
        points = (self.page.text(point.value) for point in card.contact_points)
        return [
            *self._section("last", self._last(card, last)),
            *self._promises(card.promises),
            *self._section("remember", self._details(card)),
            *self._section("reach", self._run(self.page.dotted(points), 1)),
            *self._section("with", self._run(self.page.text(", ".join(names)), 1)),
        ]

    def _section(self, label: str, lines: Sequence[Text]) -> list[Text]:
        labels = [label, *[""] * len(lines)]
        return [
            indented(Text.assemble(padded(Text(word, style=QUIET), LABEL), line))
            for word, line in zip(labels, lines, strict=False)
        ]

    def _most(self, number: int) -> int | None:
        return number if self.limited and not self.full else None

    @property
    def _text_width(self) -> int:
        return max(1, self.page.line_width - BENEATH)

    def _run(self, text: Text, most: int) -> list[Text]:
        return self.page.wrapped(text, self._text_width, self._most(most)) if text else []

    def _last(self, card: Card, last: Interaction | None) -> list[Text]:
        if last is None:
            day = card.person.last_on
            return [] if day is None else [Text(words.say_when(day, self.day))]
        said = words.last_words(last, self.day, discreet=self.page.discreet)
        if last.minutes is not None:
            said += f", {words.say_minutes(last.minutes)}"
        return [Text(said), *self._note(last.note)]

    def _note(self, note: str) -> list[Text]:
        if not note:
            return []
        if self.full:
            return self.page.paragraphs(note, self._text_width)
        return self.page.quoted(note, self._text_width, self._most(MOST_LINES))

    def _promises(self, promises: Sequence[Promise]) -> list[Text]:
        """Promises sort by sort, all in the same columns."""
        ids = shown_ids(promise.id for promise in promises)
        sorts = {owed: [each for each in promises if each.owed is owed] for owed in Owed}
        shown = {owed: these[: self._most(MOST_OF_A_SORT)] for owed, these in sorts.items()}
        flat = [promise for these in shown.values() for promise in these]
        cells = [
            Column([self.page.private(each.text) for each in flat], least=16),
            Column([Text(words.say_promise_day(each, self.day)) for each in flat]),
            Column([self.page.text(ids[each.id], QUIET) for each in flat]),
        ]
        rows = iter(columns(self.page, cells, self._text_width))
        return [
            line
            for owed, these in shown.items()
            for line in self._section(words.OWED_WORDS[owed], list(islice(rows, len(these))))
        ]

    def _details(self, card: Card) -> list[Text]:
        said = self.page.details(card.details)
        if not self.full:
            return self._run(self.page.dotted(said), MOST_LINES)
        return [line for each in said for line in self._run(each, MOST_LINES)]

    def _interactions(self, card: Card, interactions: Sequence[Interaction]) -> list[Text]:
        if not interactions:
            return []
        cells = [
            Column(
                [Text(words.short_date(interaction.day, self.day)) for interaction in interactions]
            ),
            Column([self.page.kind(interaction) for interaction in interactions]),
            Column(
                [Text(words.minutes_in_list(interaction)) for interaction in interactions], leaves=1
            ),
            Column([self._said(card, interaction) for interaction in interactions], least=10),
        ]
        rows = columns(self.page, cells, self.page.line_width - INDENT)
        if not self.full:
            return [indented(row) for row in rows]
        return [
            line
            for row, interaction in zip(rows, interactions, strict=True)
            for line in (indented(row), *self._whole(interaction))
        ]

    def _said(self, card: Card, interaction: Interaction) -> Text:
        """Who else took part, and the note unless it follows in full."""
        others = [person for person in interaction.people if person.id != card.person.id]
        company = self.page.text(f"with {words.say_names(others)}" if others else "", QUIET)
        note = Text() if self.full or not interaction.note else self.page.note(interaction.note)
        return Text(": ").join([company, note]) if company and note else company or note

    def _whole(self, interaction: Interaction) -> list[Text]:
        return [indented(line, BENEATH) for line in self._note(interaction.note)]


def _without_end(lines: list[Text]) -> list[Text]:
    """Drop empty lines at the end."""
    while lines and not lines[-1]:
        lines.pop()
    return lines
