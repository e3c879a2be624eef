"""The balance on a terminal: a row for each week, with a bar for each sort of time."""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from rich.text import Text

from connect_cli.render import balance_words, words
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
)
from connect_cli.reviews import Balance, Saving, Stretch

BAR = "cyan"
NOTED, RECKONED = "█", "░"
SAVED, SPENT = "given back", "with people"
MOST_CELLS = 96
"""Of both columns of bars together; longer ones are hard to compare."""
MOST_SAVINGS = 5
LEAST_WHAT = 10


class BalancePage(NamedTuple):
    """The picture, what its signs mean, the sums, and the newest of what was noted."""

    page: Page
    day: date

    def lines(self, view: Balance) -> list[Text]:
        begin = [self._command(said) for said in balance_words.say_how_to_begin(view)]
        if not (view.total.saved or view.total.spent):
            nothing = self._wrapped(balance_words.say_total(view)) if view.weekly else []
            return apart([nothing, self._wrapped(balance_words.say_timeless(view)), begin])
        return apart(
            [
                self._wrapped(balance_words.say_heading(view, self.day), NAME),
                self._picture(view),
                self._legend(view),
                [
                    *self._wrapped(balance_words.say_total(view)),
                    *self._wrapped(balance_words.say_target(view)),
                ],
                self._savings(view.savings),
                begin,
            ]
        )

    def _wrapped(self, said: str, style: str = "") -> list[Text]:
        return self.page.wrapped(self.page.text(said, style), self.page.line_width) if said else []

    def _command(self, said: str) -> Text:
        """A sentence that ends with a command to copy."""
        (line,) = self.page.whole(said)
        return line

    def _picture(self, view: Balance) -> list[Text]:
        rows = view.stretches
        labels = [Text(balance_words.say_stretch(row, view.unit, self.day)) for row in rows]
        cells = [
            Column(labels, right=True),
            Column([_minutes(row.saved) for row in rows], right=True),
            Column([_minutes(row.spent) for row in rows], right=True),
        ]
        taken = sum(column.natural + GAP for column in cells) + GAP
        scale = _scale(rows, min(MOST_CELLS, self.page.width - taken))
        given = [self._bar(row.noted_saved, row.reckoned_saved, scale) for row in rows]
        spent = [self._bar(row.noted_with, row.reckoned_with, scale) for row in rows]
        bars = (Column(given, SAVED, least=0), Column(spent, SPENT, least=0))
        return columns(self.page, [cells[0], bars[0], cells[1], bars[1], cells[2]], self.page.width)

    def _bar(self, noted: int, reckoned: int, scale: float) -> Text:
        """Noted minutes, then reckoned ones. What there is has at least one cell."""
        whole = max(round((noted + reckoned) * scale), (noted > 0) + (reckoned > 0))
        full = min(max(round(noted * scale), noted > 0), whole - (reckoned > 0))
        signs = self.page.sign(NOTED) * full + self.page.sign(RECKONED) * (whole - full)
        return Text(signs, style=BAR)

    def _legend(self, view: Balance) -> list[Text]:
        """Each sign that occurs, with what it means."""
        total = view.total
        noted = "noted" if total.noted_saved or total.noted_with else ""
        reckoned = balance_words.say_reckoned(view, self.day)
        said = ((NOTED, noted), (RECKONED, reckoned and f"reckoned: {reckoned}"))
        lines = [line for sign, words_ in said if words_ for line in self._explained(sign, words_)]
        return [*lines, *self._wrapped(balance_words.say_timeless(view), QUIET)]

    def _explained(self, sign: str, said: str) -> list[Text]:
        text = Text.assemble((self.page.sign(sign), BAR), " ", self.page.text(said, QUIET))
        return self.page.hanging(text, self.page.line_width)

    def _savings(self, savings: Sequence[Saving]) -> list[Text]:
        """The newest of what was noted."""
        newest = savings[:MOST_SAVINGS]
        if not newest:
            return []
        days = [Text(words.short_date(one.day, self.day)) for one in newest]
        minutes = [Text(words.short_minutes(one.minutes)) for one in newest]
        taken = sum(max(cell.cell_len for cell in cells) + GAP for cells in (days, minutes))
        room = max(LEAST_WHAT, self.page.line_width - INDENT - taken)
        rows = [
            row
            for day, length, one in zip(days, minutes, newest, strict=True)
            for row in zip_longest((day,), (length,), self._what(one, room), fillvalue=Text())
        ]
        when, lengths, what = zip(*rows, strict=True)
        cells = (Column(when), Column(lengths, right=True), Column(what))
        more = len(savings) - len(newest)
        rest = f"and {more} before that; --json lists them all" if more else ""
        lines = columns(self.page, cells, self.page.line_width - INDENT)
        return [Text("Noted", style=QUIET), *map(indented, lines), *self._wrapped(rest, QUIET)]

    def _what(self, saving: Saving, room: int) -> list[Text]:
        """What saved the time, whole."""
        return self.page.wrapped(self.page.note(saving.text), room) if saving.text else [Text()]


def _minutes(minutes: int) -> Text:
    return Text(words.short_minutes(minutes) if minutes else "")


def _scale(rows: Sequence[Stretch], room: int) -> float:
    """Cells for a minute: one scale for both columns, which share the room by their longest bars.

    Neither column becomes narrower than its heading.
    """
    saved = max((row.saved for row in rows), default=0)
    spent = max((row.spent for row in rows), default=0)
    for_saved = round(room * saved / max(1, saved + spent))
    for_saved = min(max(len(SAVED), for_saved), max(len(SAVED), room - len(SPENT)))
    scales = [
        cells / longest
        for cells, longest in ((for_saved, saved), (room - for_saved, spent))
        if longest
    ]
    return max(0.0, min(scales, default=0.0))
