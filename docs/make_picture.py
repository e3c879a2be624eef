"""Make the pictures of the terminal in README; with --check, say whether they are current."""

import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console  # noqa: TID253  # a picture of the terminal needs Rich
from rich.terminal_theme import TerminalTheme  # noqa: TID253  # as above
from rich.text import Text  # noqa: TID253  # as above

from connect_cli.journal import card as journal_card
from connect_cli.journal import review as journal_review
from connect_cli.journal import today as journal_today
from connect_cli.journal import year_map as journal_map
from connect_cli.journal.answers import Silent
from connect_cli.journal.demo import fill
from connect_cli.journal.journal import Context, Journal
from connect_cli.language.spans import read_span
from connect_cli.model import Promise
from connect_cli.render.rich_renderer import Terminal
from connect_cli.settings import Settings

HERE = Path(__file__).parent
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
WIDTH, HEIGHT = 80, 25

# Rich's own template loads a font from elsewhere; this one takes the reader's.
TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" xml:space="preserve">
<style>
.{unique_id}-matrix {{
  font: {char_height}px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-variant-east-asian: full-width;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font: 16px system-ui, "Segoe UI", "DejaVu Sans", sans-serif }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
EVENING = TerminalTheme(
    (26, 27, 38),
    (200, 205, 224),
    [
        (65, 72, 104),
        (242, 143, 150),
        (158, 206, 130),
        (224, 175, 104),
        (122, 162, 247),
        (187, 154, 247),
        (125, 207, 225),
        (200, 205, 224),
    ],
)


def main(words: list[str]) -> int:
    """Write the pictures, or compare them with what is there."""
    pictures = {HERE / name: svg for name, svg in drawn().items()}
    if words != ["--check"]:
        for path, svg in pictures.items():
            path.write_text(svg, encoding="utf-8")
        return 0
    old = [path.name for path, svg in pictures.items() if _text(path) != svg]
    if old:
        sys.stderr.write(f"not current: {', '.join(old)}; run python docs/make_picture.py\n")
    return 1 if old else 0


def drawn() -> dict[str, str]:
    """Each picture as SVG, by its name: the same on every machine."""
    with TemporaryDirectory() as folder:
        journal = Journal(Context(Path(folder) / "journal.db", MORNING, Settings(), Silent()))
        try:
            fill(journal)
            today = steady(journal_today.today(journal))
            card = steady(journal_card.card(journal, "zoe"))
            week = journal_review.review(journal, read_span("week", journal.today_is))
            year = journal_map.year_map(journal, read_span("year", journal.today_is))
        finally:
            journal.close()
    return {
        "today.svg": _picture("connect today", lambda page: page.today(today)),
        "show.svg": _picture(
            "connect show zoe", lambda page: page.card(card, full=False, height=HEIGHT)
        ),
        "review.svg": _picture("connect review", lambda page: page.review(week)),
        "map.svg": _picture("connect review year --map", lambda page: page.year_map(year)),
    }


def steady(value: Any) -> Any:
    """The same value with ids made of the promises' words: ids by chance would always differ."""
    if isinstance(value, Promise):
        return value._replace(id=f"{zlib.crc32(value.text.encode()):08x}0000")
    if not isinstance(value, tuple):
        return value
    inner = map(steady, value)
    return type(value)(*inner) if hasattr(value, "_fields") else tuple(inner)


def _picture(command: str, draw: Callable[[Terminal], None]) -> str:
    console = Console(
        record=True,
        width=WIDTH,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(Text.assemble(("$ ", "green"), (command, "bold")), Text(), sep="\n")
    draw(Terminal(console, MORNING.date(), discreet=False))
    console.print()
    name = command.split()[1]
    return console.export_svg(
        title=command, theme=EVENING, code_format=TEMPLATE, unique_id=f"connect-{name}"
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
