"""The last thing before a terminal: no text is obeyed, whoever drew it."""

import io
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from connect_cli.control_characters import CONTROL
from connect_cli.render import rich_layout
from connect_cli.render.rich_layout import (
    CleanConsole,
    Column,
    Page,
    columns,
    indented,
    shown_ids,
)
from tests.render.conftest import terminal
from tests.render.seen import SEEN

HOSTILE = "\x1b[2J\x9b31m\u202e\r\t"


def table(text: str) -> Table:
    """A table of somebody who forgot to clean its cells."""
    made = Table(text, title=text)
    made.add_row(Text(text))
    return made


def drawn(thing: RenderableType, *, colours: bool) -> str:
    """What it writes."""
    file = io.StringIO()
    CleanConsole(file=file, width=80, force_terminal=colours).print(thing, markup=False)
    return file.getvalue()


@pytest.mark.parametrize("thing", [HOSTILE, Text(HOSTILE), table(HOSTILE)], ids=type)
def test_control_that_is_drawn_uncleaned_is_shown(thing: RenderableType) -> None:
    """In a text, and in the cells and the title of a table."""
    written = drawn(thing, colours=False)
    assert not CONTROL.search(written.replace("\n", ""))
    assert "\\x1b[2J\\x9b31m\\u202e" in written


@given(st.text(st.characters(exclude_categories=())))
@settings(max_examples=50, deadline=None)
def test_no_text_at_all_reaches_a_terminal_raw(text: str) -> None:
    """Whatever Rich makes of it."""
    for thing in (Text(text), table(text)):
        assert not CONTROL.search(drawn(thing, colours=False).replace("\n", ""))


def test_rich_itself_may_move_and_colour() -> None:
    """What is bold is bold, and a screen can be cleared."""
    assert drawn(Text("Ada", style="bold"), colours=True) == "\x1b[1mAda\x1b[0m\n"
    file = io.StringIO()
    CleanConsole(file=file, force_terminal=True).clear()
    assert file.getvalue() == "\x1b[2J\x1b[H"


IDS = st.lists(st.text("0a", min_size=12, max_size=12), max_size=12)


def test_four_characters_are_enough_for_ids_that_differ_early() -> None:
    """The usual case."""
    assert shown_ids(["abcd12345678", "wxyz12345678"]) == {
        "abcd12345678": "abcd",
        "wxyz12345678": "wxyz",
    }


def test_only_ids_that_look_alike_are_shown_longer() -> None:
    """The third keeps its four."""
    shown = shown_ids(["abcdef000000", "abcdeg000000", "abce00000000"])
    assert list(shown.values()) == ["abcdef", "abcdeg", "abce"]


@given(IDS)
@settings(max_examples=150, deadline=None)
def test_a_shown_id_begins_no_other_and_could_not_be_shorter(ids: list[str]) -> None:
    """Unique among those listed, at least four, and one less would be ambiguous."""
    shown = shown_ids(ids)
    assert set(shown) == set(ids)
    for whole, short in shown.items():
        assert whole.startswith(short)
        assert [each for each in shown if each.startswith(short)] == [whole]
        assert len(short) == 4 or sum(each.startswith(short[:-1]) for each in shown) > 1


NUMBER = re.compile(r"(under )?[0-9][0-9.,]*( ?(%|m|h[0-9]*|[kMG]?B|bytes|KB))?")


def test_columns_of_numbers_stand_at_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every table of every page: counts, shares, durations and sizes."""
    tables: list[Sequence[Column]] = []
    original = rich_layout.columns

    def watched(page: Page, cells: Sequence[Column], width: int) -> list[Text]:
        tables.append(cells)
        return original(page, cells, width)

    for name in ("rich_card", "rich_lists", "rich_planning", "rich_today"):
        monkeypatch.setattr(f"connect_cli.render.{name}.columns", watched)
    for draw in SEEN.values():
        terminal(draw)
    numbers = [column for cells in tables for column in cells if _all_numbers(column)]
    assert len(numbers) > 10
    assert all(column.right for column in numbers)


def _all_numbers(column: Column) -> bool:
    texts = [cell.plain.strip() for cell in column.cells if cell.plain.strip()]
    return bool(texts) and all(map(NUMBER.fullmatch, texts))


def test_a_column_at_the_right_ends_at_its_edge() -> None:
    """Under its heading, which ends there too."""
    cells = [Column([Text("9"), Text("10")], "how many", right=True), Column([Text("a")] * 2)]
    assert [line.plain for line in columns(Page(Console(width=40)), cells, 40)] == [
        "how many",
        "       9  a",
        "      10  a",
    ]


@pytest.mark.parametrize("whole", [True, False])
def test_a_line_that_is_left_whole_stays_so_when_it_is_moved_right(whole: bool) -> None:
    """A command to copy is not cut because it stands under a title."""
    moved = indented(Text("connect promises", no_wrap=whole), 3)
    assert moved.plain == "   connect promises"
    assert bool(moved.no_wrap) is whole
