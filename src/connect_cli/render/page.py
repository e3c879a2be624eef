"""A review as a page that stands for itself: one HTML file with its pictures and without a script.

`review_parts` says each line, `page_map` places each day of the map, `templates/review.html` lays
them out, and page_frame.py tells how a page is written.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.model import Energy
from connect_cli.render import page_frame, page_map, year_map
from connect_cli.render.page_map import Picture
from connect_cli.render.review_parts import ENERGY, Part, Quote, parts
from connect_cli.render.review_words import KindRow, Line, energy_sums, say_nothing
from connect_cli.render.span_words import say_span
from connect_cli.render.words import long_date
from connect_cli.reviews import Review

TEMPLATE = "review.html"
DAYS = "The days"
_BAR = 100


class Bar(NamedTuple):
    """A row of figures. length: of its bar, in parts of a hundred of the longest."""

    name: str
    number: int
    length: float
    time: str = ""


class Section(NamedTuple):
    """A part of the page. Each sort of content may be empty."""

    title: str
    quotes: Sequence[Quote] = ()
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()
    sentences: Sequence[str] = ()
    pictures: Sequence[Picture] = ()

    @property
    def dated(self) -> bool:
        """Whether a line has a day, and the days a column."""
        return any(line.when for line in self.lines)

    @property
    def timed(self) -> bool:
        """Whether a row has a time."""
        return any(bar.time for bar in self.bars)


def page(review: Review, today: date, *, discreet: bool) -> str:
    """The whole page. discreet: without notes, promises and labels in your own words.

    Raises NeedsExtra without Jinja.
    """
    view = page_frame.marked(review)
    return page_frame.written(
        TEMPLATE,
        heading=say_span(view.span, today),
        nothing=say_nothing(view, today),
        sections=[
            *(_section(part, view) for part in parts(view, today, discreet=discreet)),
            *_days(view, today),
        ],
        keys=page_map.keys(view.map) if view.map else (),
        made=f"{long_date(today)} {today.year}",
    )


def _section(part: Part, view: Review) -> Section:
    """A part with its bars."""
    bars = _energy(view) if part.title == ENERGY else _kinds(part.kinds)
    return Section(part.title, part.quotes, part.lines, bars, (*part.sentences, *part.beneath))


def _days(view: Review, today: date) -> list[Section]:
    """The map, and its fullest week; nothing without a day."""
    if view.map is None or not view.map.days:
        return []
    fullest = filter(None, [year_map.say_fullest(view.map)])
    return [Section(DAYS, sentences=[*fullest], pictures=page_map.pictures(view.map, today))]


def _kinds(rows: Sequence[KindRow]) -> list[Bar]:
    most = max((row.number for row in rows), default=1)
    return [Bar(row.name, row.number, _length(row.number, most), row.time) for row in rows]


def _energy(view: Review) -> list[Bar]:
    sums = energy_sums(view.energy)
    most = max(sums.values())
    return [Bar(one.value, sums[one], _length(sums[one], most)) for one in Energy if sums[one]]


def _length(number: int, most: int) -> float:
    return round(_BAR * number / most, 1)
