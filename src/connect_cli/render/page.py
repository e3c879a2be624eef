"""A review as a page that stands for itself: one HTML file with its pictures and without a script.

How it works. `review_words` says each line, `page_map` places each day of the map, and
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
from connect_cli.model import Energy, Interaction, Named, Promise
from connect_cli.render import page_map, year_map
from connect_cli.render import review_words as words
from connect_cli.render.page_map import Picture
from connect_cli.render.safe import HIDDEN, clean
from connect_cli.render.words import long_date, say_span
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


class Quote(NamedTuple):
    """A note, and who, how and when."""

    note: str
    head: str


class Bar(NamedTuple):
    """A row of figures. length: of its bar, in parts of a hundred of the longest."""

    name: str
    number: int
    length: float
    time: str = ""


class Part(NamedTuple):
    """A part of the page. Each sort of content may be empty."""

    title: str
    quotes: Sequence[Quote] = ()
    lines: Sequence[words.Line] = ()
    bars: Sequence[Bar] = ()
    sentences: Sequence[str] = ()
    pictures: Sequence[Picture] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(self[1:])

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
    view = _marked(_hidden(review) if discreet else review)
    template = _environment().get_template(TEMPLATE)
    return template.render(
        heading=say_span(view.span, today),
        nothing=words.say_nothing(view, today),
        parts=[part for part in _parts(view, today, discreet=discreet) if not part.empty],
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


def _hidden(review: Review) -> Review:
    """A review without what is private; labels are hidden where they are said."""
    return review._replace(
        words=tuple(map(_without_note, review.words)),
        on_this_day=tuple(map(_without_note, review.on_this_day)),
        kept=tuple(map(_without_text, review.kept)),
        open_loops=tuple(map(_without_text, review.open_loops)),
    )


def _without_note(interaction: Interaction) -> Interaction:
    return interaction._replace(note=HIDDEN)


def _without_text(promise: Promise) -> Promise:
    return promise._replace(text=HIDDEN)


def _parts(view: Review, today: date, *, discreet: bool) -> tuple[Part, ...]:
    """All parts, in the order in which they are read."""
    said = [words.say_note_head(one, today, discreet=discreet) for one in view.words]
    years = [words.say_year_head(one, discreet=discreet) for one in view.on_this_day]
    met = [*words.first_lines(view, today), *words.again_lines(view, today)]
    return (
        Part(words.WORDS, quotes=_quotes(view.words, said)),
        Part(words.ON_THIS_DAY, quotes=_quotes(view.on_this_day, years)),
        Part(words.MET, lines=met),
        Part(words.KEPT, lines=words.kept_lines(view, today)),
        Part(words.OPEN, lines=words.open_lines(view, today)),
        Part(words.HOW, bars=_kinds(view), sentences=words.how_sentences(view)),
        Part(words.RHYTHM, sentences=words.rhythm_sentences(view, today)),
        Part(words.ENERGY, bars=_energy(view), sentences=words.energy_sentences(view, today)),
        Part(words.COMING, lines=words.coming_lines(view, today, discreet=discreet)),
        _days(view, today),
    )


def _days(view: Review, today: date) -> Part:
    """The map, and its fullest week."""
    if view.map is None or not view.map.days:
        return Part(DAYS)
    fullest = filter(None, [year_map.say_fullest(view.map)])
    return Part(DAYS, sentences=[*fullest], pictures=page_map.pictures(view.map, today))


def _quotes(interactions: Sequence[Interaction], heads: Sequence[str]) -> list[Quote]:
    return [Quote(one.note, head) for one, head in zip(interactions, heads, strict=True)]


def _kinds(view: Review) -> list[Bar]:
    rows = words.kind_rows(view)
    most = max((row.number for row in rows), default=1)
    return [Bar(row.name, row.number, _length(row.number, most), row.time) for row in rows]


def _energy(view: Review) -> list[Bar]:
    sums = words.energy_sums(view.energy)
    most = max(sums.values())
    return [Bar(one.value, sums[one], _length(sums[one], most)) for one in Energy if sums[one]]


def _length(number: int, most: int) -> float:
    return round(_BAR * number / most, 1)
