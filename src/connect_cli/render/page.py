"""A review as a page that stands for itself: one HTML file with its pictures and without a script.

How it works. `review_parts` says each line, `page_map` places each day of the map, and
`templates/review.html` lays them out. Whatever the template shows passes `_shown`, which makes
control characters visible, and then Jinja's autoescape: nothing in the template is marked as safe.
Before words are made, every name is put between two marks, and the template turns these into an
element of its own, so that a name from right to left leaves the words around it in their order.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from connect_cli.errors import NeedsExtra
from connect_cli.model import Energy, Named
from connect_cli.render import page_map, year_map
from connect_cli.render.page_map import Picture
from connect_cli.render.review_parts import ENERGY, Part, Quote, parts
from connect_cli.render.review_words import KindRow, Line, energy_sums, say_nothing
from connect_cli.render.safe import clean
from connect_cli.render.span_words import say_span
from connect_cli.render.words import long_date
from connect_cli.reviews import Review

if TYPE_CHECKING:  # an extra
    from jinja2 import Environment

TEMPLATE = "review.html"
DAYS = "The days"
_NAME, _END = "\ufdd0", "\ufdd1"
"""Around each name: two code points that are no characters, and stand in no text."""
_NAMES = re.compile(f"{_NAME}(.*?){_END}", re.DOTALL)
_MARKS = re.compile(f"[{_NAME}{_END}]")
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
    view = _marked(review)
    template = _environment().get_template(TEMPLATE)
    return template.render(
        heading=say_span(view.span, today),
        nothing=say_nothing(view, today),
        sections=[
            *(_section(part, view) for part in parts(view, today, discreet=discreet)),
            *_days(view, today),
        ],
        keys=page_map.keys(view.map) if view.map else (),
        made=f"{long_date(today)} {today.year}",
    )


def _environment() -> "Environment":
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # an extra
    except ImportError:
        raise NeedsExtra("a page needs", "pages") from None
    environment = Environment(
        loader=PackageLoader("connect_cli.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["named"] = _named
    return environment


def _shown(value: object) -> object:
    """A text with its control characters visible; what the template made itself stays."""
    is_text = isinstance(value, str) and not hasattr(value, "__html__")
    return clean(str(value), newline="\n") if is_text else value


def _named(said: str) -> list[str]:
    """The words before a name, the name, the words after it, and so on."""
    return _NAMES.split(said)


def _marked(value: Any) -> Any:
    """The same value with every name between two marks, and without marks in other texts."""
    if isinstance(value, str):
        return _MARKS.sub("\ufffd", value) if _MARKS.search(value) else value
    if not isinstance(value, tuple):
        return value
    parts = map(_marked, value)
    if isinstance(value, Named):
        return Named(next(parts), f"{_NAME}{next(parts)}{_END}")
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)


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
