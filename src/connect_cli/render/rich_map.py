"""Some days as a calendar on a terminal."""

from datetime import date
from typing import NamedTuple

from rich.text import Text

from connect_cli.render import year_map
from connect_cli.render.rich_layout import NAME, QUIET, Page, apart
from connect_cli.render.safe import encodable
from connect_cli.render.year_map import ASCII_SIGNS, FAINTEST, GUTTER, SIGNS, Block
from connect_cli.reviews import YearMap

SHADE = "green"  # one for all: a bright one would be fainter than the others on a white screen
BETWEEN = "  "


class MapPage(NamedTuple):
    """The calendar, what its signs mean, and the fullest week."""

    page: Page
    day: date

    def lines(self, view: YearMap) -> list[Text]:
        """All of it; one sentence without a conversation."""
        if not view.days:
            return self.page.sentence(year_map.say_none(view, self.day))
        drawn = year_map.blocks(view, self.page.width, self.signs)
        parts = [
            self.page.sentence(year_map.say_heading(view, self.day), NAME),
            *map(self._block, drawn),
            self._legend(view),
            [
                *self.page.sentence(year_map.say_fullest(view)),
                *self.page.typed(year_map.fullest_command(view)),
            ],
        ]
        return apart(parts)

    @property
    def signs(self) -> str:
        """The signs of the levels; the ASCII ones if the encoding lacks one of the others."""
        held = encodable(SIGNS, self.page.console.encoding) == SIGNS
        return SIGNS if held else ASCII_SIGNS

    def _block(self, block: Block) -> list[Text]:
        above = Text.assemble((block.year.ljust(GUTTER), NAME), (block.months, QUIET))
        return [above, *(self._row(block, weekday) for weekday in range(7))]

    def _row(self, block: Block, weekday: int) -> Text:
        label = year_map.weekday_label(weekday).ljust(GUTTER)
        cells = (self._sign(sign).append(" " * (block.step - 1)) for sign in block.rows[weekday])
        return Text.assemble((label, QUIET), *cells)

    def _sign(self, sign: str) -> Text:
        return Text(sign, SHADE if self.signs.index(sign) >= FAINTEST else QUIET)

    def _legend(self, view: YearMap) -> list[Text]:
        """What the signs mean, but for a blank. A sign stands on one line with its words."""
        lines = [Text()]
        for level, said in year_map.legend(view):
            if self.signs[level] == " ":
                continue
            piece = Text.assemble(self._sign(self.signs[level]), f" {said}")
            if lines[-1] and lines[-1].cell_len + len(BETWEEN) + piece.cell_len > self.page.width:
                lines.append(Text())
            lines[-1] = Text.assemble(lines[-1], BETWEEN if lines[-1] else "", piece)
        return lines
