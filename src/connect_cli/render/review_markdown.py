"""A review in Markdown, for a note of the week: words as quotes, lists, and a table of kinds.

The map is left out: signs that stand in columns need a font of one width, and a page has it drawn.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from connect_cli.control_characters import shown_lines
from connect_cli.exchange.markdown import escaped, paragraph
from connect_cli.render.review_parts import RHYTHM, Part, Quote, parts
from connect_cli.render.review_words import KindRow, Line, say_nothing
from connect_cli.render.span_words import say_span
from connect_cli.reviews import Review

_TABLE = ("| kind | conversations | time |", "|:--|--:|--:|")


def markdown(review: Review, today: date, *, discreet: bool) -> str:
    """The whole review; control characters are shown as escapes, for it is made to be read.

    discreet: without notes, promises and labels in your own words.
    """
    blocks = [
        f"# {escaped(say_span(review.span, today))}",
        *map(_item, say_nothing(review, today)),
        *chain.from_iterable(map(_blocks, parts(review, today, discreet=discreet))),
    ]
    return shown_lines("\n\n".join(blocks)) + "\n"


def _blocks(part: Part) -> Iterator[str]:
    """A part with its title, block by block."""
    said = (*part.sentences, *part.beneath)
    yield f"## {part.title}"
    yield from map(_quote, part.quotes)
    yield from _list(map(_item, part.lines))
    yield from _table(part.kinds)
    yield from _list(map(paragraph, said)) if part.title == RHYTHM else map(paragraph, said)


def _quote(quote: Quote) -> str:
    """A note whole, with its own line breaks, and who, how and when beneath."""
    lines = [
        *_with_breaks([paragraph(line) for line in quote.note.split("\n")]),
        "",
        f"— {escaped(quote.head)}",
    ]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _with_breaks(lines: Sequence[str]) -> Iterator[str]:
    """A backslash ends each line that another one follows, as Markdown joins them otherwise."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        yield f"{line}\\" if line and following else line


def _list(items: Iterable[str]) -> list[str]:
    lines = [f"- {item}" for item in items]
    return ["\n".join(lines)] if lines else []


def _item(line: Line) -> str:
    """`You promised Ada: send the book (Sat 21 Nov)`."""
    said = paragraph(line.said)
    if line.text:
        said = f"{said}: {escaped(line.text)}"
    if line.command:
        said = f"{said}: {escaped(line.command)}"
    return f"{said} ({line.when})" if line.when else said


def _table(rows: Sequence[KindRow]) -> list[str]:
    said = (f"| {row.name} | {row.number} | {row.time} |" for row in rows)
    return ["\n".join((*_TABLE, *said))] if rows else []
