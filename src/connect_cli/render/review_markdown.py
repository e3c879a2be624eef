"""A review in Markdown, for a note of the week: words as quotes, lists, and a table of kinds.

The map is left out: signs that stand in columns need a font of one width, and a page has it drawn.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from connect_cli.exchange.markdown import escaped, paragraph
from connect_cli.model import Interaction
from connect_cli.render import review_words as words
from connect_cli.render.review_words import KindRow, Line
from connect_cli.render.safe import HIDDEN
from connect_cli.render.words import say_span
from connect_cli.reviews import Review

_TABLE = ("| kind | conversations | time |", "|:--|--:|--:|")


def markdown(review: Review, today: date, *, discreet: bool) -> str:
    """The whole review. discreet: without notes, promises and labels in your own words."""
    blocks = [
        f"# {escaped(say_span(review.span, today))}",
        *(_item(line, discreet=discreet) for line in words.say_nothing(review, today)),
        *_parts(review, today, discreet=discreet),
    ]
    return "\n\n".join(blocks) + "\n"


def _parts(review: Review, today: date, *, discreet: bool) -> Iterator[str]:
    """Each part that has something, with its title, block by block."""
    met = [*words.first_lines(review, today), *words.again_lines(review, today)]
    kinds, energy = words.kind_rows(review), words.energy_sentences(review, today)
    parts = (
        (words.WORDS, _kept_words(review, today, discreet=discreet)),
        (words.ON_THIS_DAY, _on_this_day(review, discreet=discreet)),
        (words.MET, _list(met, discreet=discreet)),
        (words.KEPT, _list(words.kept_lines(review, today), discreet=discreet)),
        (words.OPEN, _list(words.open_lines(review, today), discreet=discreet)),
        (words.HOW, [*_table(kinds), *map(paragraph, words.how_sentences(review))]),
        (words.RHYTHM, _list([Line("", one) for one in words.rhythm_sentences(review, today)])),
        (words.ENERGY, [*map(paragraph, energy)]),
        (
            words.COMING,
            _list(words.coming_lines(review, today, discreet=discreet), discreet=discreet),
        ),
    )
    return chain.from_iterable((f"## {title}", *blocks) for title, blocks in parts if blocks)


def _kept_words(review: Review, today: date, *, discreet: bool) -> list[str]:
    return [
        _quote(one, words.say_note_head(one, today, discreet=discreet), discreet=discreet)
        for one in review.words
    ]


def _on_this_day(review: Review, *, discreet: bool) -> list[str]:
    return [
        _quote(one, words.say_year_head(one, discreet=discreet), discreet=discreet)
        for one in review.on_this_day
    ]


def _quote(interaction: Interaction, head: str, *, discreet: bool) -> str:
    """A note whole, with its own line breaks, and who, how and when beneath."""
    note = HIDDEN if discreet else interaction.note
    lines = [
        *_with_breaks([paragraph(line) for line in note.split("\n")]),
        "",
        f"— {escaped(head)}",
    ]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _with_breaks(lines: Sequence[str]) -> Iterator[str]:
    """A backslash ends each line that another one follows, as Markdown joins them otherwise."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        yield f"{line}\\" if line and following else line


def _list(lines: Sequence[Line], *, discreet: bool = False) -> list[str]:
    items = (f"- {_item(line, discreet=discreet)}" for line in lines)
    return ["\n".join(items)] if lines else []


def _item(line: Line, *, discreet: bool) -> str:
    """`You promised Ada: send the book (Sat 21 Nov)`."""
    said = paragraph(line.said)
    if line.text:
        said = f"{said}: {HIDDEN if discreet else escaped(line.text)}"
    if line.command:
        said = f"{said}: {escaped(line.command)}"
    return f"{said} ({line.when})" if line.when else said


def _table(rows: Sequence[KindRow]) -> list[str]:
    said = (f"| {row.name} | {row.number} | {row.time} |" for row in rows)
    return ["\n".join((*_TABLE, *said))] if rows else []
