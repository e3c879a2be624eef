"""Layout for a terminal: safe text, columns, and lines cut or wrapped to the width."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from connect_cli.control_characters import shown_lines
from connect_cli.model import Detail, Interaction
from connect_cli.render import words
from connect_cli.render.bars import FULL, bar
from connect_cli.render.safe import clean, encodable, one_line
from connect_cli.views import State

LONGEST_LINE = 100  # prose is hard to read across a very wide window
INDENT = 2
GAP = 2

NAME = "bold"
QUIET = "dim"
MARKED = "bold underline"
STATE_STYLES = {
    State.FRESH: "green",
    State.SOON: "cyan",
    State.DUE: "bold cyan",
    State.WAITING: "bold magenta",
}
HIDDEN = "· · ·"
_PLAINER = {
    "…": "...",
    "✓": "x",
    "·": "-",
    "“": '"',
    "”": '"',
    "→": "->",
    "█": "#",
    "▄": "+",
    "░": ".",
    "│": "|",
    HIDDEN: "...",
}


class Page(NamedTuple):
    """Makes lines that fit the console's width. User text comes in through `text` alone."""

    console: Console
    discreet: bool = False

    @property
    def width(self) -> int:
        """The columns of the terminal."""
        return self.console.width

    @property
    def line_width(self) -> int:
        """The width of a line of prose: that of the terminal, but never hard to read."""
        return min(self.width, LONGEST_LINE)

    def text(self, raw: str, style: str = "") -> Text:
        """User text, cleaned."""
        return Text(encodable(clean(raw), self.console.encoding), style=style)

    def linked(self, raw: str, target: str) -> Text:
        """User text that opens `target` on a terminal that knows links; an empty one is none."""
        text = self.text(raw)
        if target:
            text.stylize(Style(link=target))
        return text

    def note(self, raw: str) -> Text:
        """A note as one line."""
        return self.private(one_line(raw))

    def private(self, raw: str, style: str = "") -> Text:
        """Text of a note, detail or promise; dots if others can see the screen."""
        return self.hidden if self.discreet else self.text(raw, style)

    def kind(self, interaction: Interaction) -> Text:
        """What an interaction was, in a column."""
        return self.text(words.kind_in_list(interaction, discreet=self.discreet))

    @property
    def hidden(self) -> Text:
        """What stands in the place of a private text."""
        return Text(self.sign(HIDDEN), style=QUIET)

    def sign(self, sign: str) -> str:
        """One of our own signs, or its ASCII form if the encoding does not have it."""
        held = encodable(sign, self.console.encoding) == sign
        return sign if held else _PLAINER[sign]

    def bar(self, eighths: int) -> str:
        """A bar so many eighths of a cell long, in blocks or in ASCII."""
        return bar(eighths, blocks=self.sign(FULL) == FULL)

    def details(self, details: Iterable[Detail]) -> list[Text]:
        """Each detail as `label: value`, or without a label; on a discreet page only dots."""
        said = [
            Text.assemble(
                self.text(f"{detail.label}: " if detail.label else "", QUIET),
                self.text(detail.value),
            )
            for detail in details
        ]
        return [self.hidden] if said and self.discreet else said

    def dotted(self, parts: Iterable[Text]) -> Text:
        """Parts on one line with dots between; empty ones are left out."""
        dot = Text.assemble((f" {self.sign('·')} ", QUIET))
        return dot.join(part for part in parts if part)

    def quoted(self, note: str, width: int, most: int | None = None) -> list[Text]:
        """A note in quotation marks. The opening mark hangs in the margin."""
        if self.discreet:
            return [self.hidden]
        lines = self.wrapped(self.text(one_line(note), "italic"), max(1, width - 2), most)
        return self._in_quotes(lines)

    def quoted_whole(self, note: str, width: int) -> list[Text]:
        """A whole note in quotation marks, with its own line breaks."""
        if self.discreet:
            return [self.hidden]
        return self._in_quotes(self.paragraphs(note, max(1, width - 2), "italic"))

    def _in_quotes(self, lines: Sequence[Text]) -> list[Text]:
        lines[-1].append(self.sign("”"))
        margin = [self.sign("“"), *" " * len(lines)]
        return [Text.assemble(edge, line) for edge, line in zip(margin, lines, strict=False)]

    def cut(self, text: Text, width: int) -> Text:
        """Cut to `width` cells, with an ellipsis if something was cut."""
        if text.cell_len <= width:
            return text
        ellipsis = self.sign("…")
        cut = text.copy()
        cut.truncate(max(0, width - len(ellipsis)), overflow="crop")
        cut.rstrip()
        cut.append(ellipsis[:width])
        return cut

    def wrapped(self, text: Text, width: int, most: int | None = None) -> list[Text]:
        """Wrap between words into lines of `width` cells; the last of `most` lines is cut."""
        lines = list(text.wrap(self.console, max(1, width), overflow="fold"))
        for line in lines:
            line.rstrip()
        if most is None or len(lines) <= most:
            return lines
        rest = Text(" ").join(lines[most - 1 :])
        return [*lines[: most - 1], self.cut(rest, width)]

    def sentence(self, said: str, style: str = "") -> list[Text]:
        """A sentence in lines that are read with ease; none if it is empty."""
        return self.wrapped(self.text(said, style), self.line_width) if said else []

    def hanging(self, text: Text, width: int) -> list[Text]:
        """Wrap as above, and indent all lines but the first, so that sentences stand apart."""
        first, *others = self.wrapped(text, width - INDENT) or [text]
        return [first, *map(indented, others)]

    def paragraphs(self, raw: str, width: int, style: str = "") -> list[Text]:
        """A whole note with its own line breaks, wrapped where a line is too long."""
        if self.discreet:
            return [self.hidden]
        text = encodable(clean(raw, newline="\n"), self.console.encoding)
        return [
            line
            for paragraph in text.strip().split("\n")
            for line in self.wrapped(Text(paragraph, style=style), width)
        ]

    def typed(self, command: str) -> list[Text]:
        """A command to type, on one line however long, so that it can be copied."""
        return self.whole(command, INDENT) if command else []

    def whole(self, raw: str, by: int = 0, style: str = "") -> list[Text]:
        """A text on one line however long, moved right by `by` cells."""
        line = indented(self.text(raw, style), by)
        line.no_wrap = True
        return [line]

    def show(self, lines: Sequence[Text]) -> None:
        """Print lines, each cut at the right edge.

        A command to type is left whole.
        """
        fitted = [line if line.no_wrap else self.cut(line, self.width) for line in lines]
        for line in fitted:
            line.rstrip()
        self.console.print(Text("\n").join(fitted), no_wrap=True, overflow="ignore", crop=False)


def apart(parts: Iterable[Sequence[Text]]) -> list[Text]:
    """The lines of all parts, with an empty line between parts."""
    return [line for part in parts if part for line in (*part, Text())][:-1]


def indented(line: Text, by: int = INDENT) -> Text:
    """A line moved right by `by` cells; one that is left whole stays so."""
    moved = Text.assemble(" " * by, line)
    moved.no_wrap = line.no_wrap
    return moved


def padded(text: Text, width: int, *, right: bool = False) -> Text:
    """Fill a text with spaces to `width` cells, at its left if it stands at the right.

    Wide characters count as two.
    """
    space = " " * max(0, width - text.cell_len)
    return Text.assemble(space, text) if right else Text.assemble(text, space)


@dataclass(frozen=True)
class Column:
    """A column of cells, one for each record.

    least: the width it may shrink to; None never shrinks.
    leaves: if room is short, the column with the highest number goes first; None stays.
    weight: its share of the room, compared with other columns that shrink.
    right: its cells end at its right edge, as numbers do.
    """

    cells: Sequence[Text]
    heading: str = ""
    least: int | None = None
    leaves: int | None = None
    weight: int = 1
    right: bool = False

    @cached_property
    def natural(self) -> int:
        """The width, in cells, at which nothing is cut."""
        return max([len(self.heading), *(cell.cell_len for cell in self.cells)])

    @property
    def smallest(self) -> int:
        """The width, in cells, below which it is not cut."""
        return self.natural if self.least is None else min(self.least, self.natural)


def columns(page: Page, cells: Sequence[Column], width: int) -> list[Text]:
    """Lay out records in `width` cells, under a line of headings if any column has one."""
    kept = _kept([column for column in cells if any(column.cells)], width)
    widths = _widths(kept, width)
    rows = list(zip(*(column.cells for column in kept), strict=True))
    if any(column.heading for column in kept):
        rows.insert(0, tuple(Text(column.heading, style=QUIET) for column in kept))
    right = [column.right for column in kept]
    return [page.cut(_line(page, row, widths, right), width) for row in rows]


def is_cut(cells: Sequence[Column], width: int) -> bool:
    """Whether `columns` has too little room for all that the cells say."""
    return _total([column.natural for column in cells if any(column.cells)]) > width


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


def _line(page: Page, row: Sequence[Text], widths: Sequence[int], right: Sequence[bool]) -> Text:
    cells = (
        padded(page.cut(cell, n), n, right=at_right)
        for cell, n, at_right in zip(row, widths, right, strict=True)
    )
    line = Text(" " * GAP).join(cells)
    line.rstrip()
    return line


LEAST = 4


def shown_ids(ids: Iterable[str]) -> Mapping[str, str]:
    """The shortest unique prefix of each id, of four characters or more.

    Neighbours in sorted order share the longest prefixes, so only they need comparing.
    """
    ordered = sorted(set(ids))
    needed = dict.fromkeys(ordered, LEAST)
    for one, other in pairwise(ordered):
        length = _shared(one, other) + 1
        needed[one], needed[other] = max(needed[one], length), max(needed[other], length)
    return {id_: id_[:length] for id_, length in needed.items()}


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class CleanConsole(Console):
    """A console that lets Rich's own control sequences through, and shows those in a text.

    links: whether the terminal knows links (OSC 8).
    """

    links = True

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments to draw, cleaned unless Rich itself made them as control codes."""
        for one in super().render(renderable, options):
            yield one if one.control else self._clean(one)

    def _clean(self, one: Segment) -> Segment:
        style = one.style
        if style is not None and style.link and not self.links:
            style = style.update_link(None)
        return one._replace(text=shown_lines(one.text), style=style)
