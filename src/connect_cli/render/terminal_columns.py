"""Columns that share a line: fixed ones keep their width, long ones give way, some may go.

Rich's own table squeezes dates and names alike and fills each line with spaces to the edge. Here a
record is one line whatever it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.text import Text

from connect_cli.render.terminal_page import GAP, QUIET, Page, padded


@dataclass(frozen=True)
class Column:
    """A column of cells, one for each record.

    least: the cells it may shrink to; None never shrinks.
    leaves: where room is short, the highest leaves first; None stays.
    weight: how much more room it is worth than another that shrinks.
    """

    cells: Sequence[Text]
    heading: str = ""
    least: int | None = None
    leaves: int | None = None
    weight: int = 1

    @cached_property
    def natural(self) -> int:
        return max([len(self.heading), *(cell.cell_len for cell in self.cells)])

    @property
    def smallest(self) -> int:
        return self.natural if self.least is None else min(self.least, self.natural)


def columns(page: Page, cells: Sequence[Column], width: int) -> list[Text]:
    """Lay records out in so many cells; with a line of headings if any column has one."""
    kept = _kept([column for column in cells if any(column.cells)], width)
    widths = _widths(kept, width)
    rows = list(zip(*(column.cells for column in kept), strict=True))
    if any(column.heading for column in kept):
        rows.insert(0, tuple(Text(column.heading, style=QUIET) for column in kept))
    return [page.cut(_line(page, row, widths), width) for row in rows]


def _kept(cells: Sequence[Column], width: int) -> list[Column]:
    kept = list(cells)
    while _total([column.smallest for column in kept]) > width:
        leaving = max(kept, key=lambda column: column.leaves or 0, default=None)
        if leaving is None or not leaving.leaves:
            return kept
        kept.remove(leaving)
    return kept


def _widths(kept: Sequence[Column], width: int) -> list[int]:
    """The widest column that may shrink, by its weight, gives way, a cell at a time."""
    widths = [min(column.natural, width) for column in kept]
    while _total(widths) > width:
        able = [i for i, column in enumerate(kept) if widths[i] > column.smallest]
        if not able:
            break
        widths[max(able, key=lambda i: widths[i] / kept[i].weight)] -= 1
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _line(page: Page, row: Sequence[Text], widths: Sequence[int]) -> Text:
    cells = (padded(page.cut(cell, n), n) for cell, n in zip(row, widths, strict=True))
    line = Text(" " * GAP).join(cells)
    line.rstrip()
    return line
