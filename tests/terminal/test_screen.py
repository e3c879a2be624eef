"""What happens at a real terminal: questions, the editor, Ctrl-C, the pager and widths."""

import re

import pytest

from tests.cli.terminals import Terminal, finished
from tests.conftest import Connect

pytestmark = pytest.mark.usefixtures("_two_toms")


@pytest.mark.parametrize(("width", "colour"), [(60, False), (80, True), (140, True)])
def test_nothing_is_wider_than_the_terminal(
    terminal: Terminal, connect: Connect, width: int, colour: bool
) -> None:
    """Every listing fits, and without colour there is no colour code."""
    connect("add", "王小明 " + "long " * 10, "--every", "1d", "--tag", "work")
    connect("log", "coffee with 王小明 9 days ago: " + "words and more words " * 20)
    for words in (("today",), ("show", "王"), ("people",), ("history",), ("search", "words")):
        child = terminal(*words, width=width, **({} if colour else {"NO_COLOR": "1"}))
        assert finished(child) == 0
        text = child.before or ""
        assert colour or not re.search(r"\x1b\[[0-9;]*(3|4|9|10)[0-7]m", text)
        bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert all(columns(line) <= width for line in bare.splitlines())


def columns(line: str) -> int:
    """How many columns a line takes, as Rich counts them."""
    from rich.cells import cell_len

    return cell_len(line)


def test_a_long_list_goes_through_the_pager(terminal: Terminal, connect: Connect) -> None:
    """Only when it is taller than the screen, and only where it is shown to eyes."""
    pager = "sed s/^/paged/"
    child = terminal("people", PAGER=pager)
    assert finished(child) == 0
    assert "paged" not in (child.before or "")
    for number in range(10):
        connect("add", f"Person {number}")
    child = terminal("people", height=8, PAGER=pager)
    assert finished(child) == 0
    assert "paged" in (child.before or "")


@pytest.mark.parametrize("pager", ["/nowhere/pager", '"', "\\", "/no\x1b[2J"], ids=ascii)
def test_a_pager_that_is_not_there_hides_nothing(terminal: Terminal, pager: str) -> None:
    """The list is shown all the same, and so it is when the words for it make no command."""
    child = terminal("people", height=2, PAGER=pager)
    assert finished(child) == 0
    assert "Tom Waits" in (child.before or "")


LINK = "\x1b]8;"


def test_a_card_that_is_longer_than_the_screen_goes_through_the_pager_without_links(
    terminal: Terminal, connect: Connect
) -> None:
    """The last note is whole there too; not every pager knows links, so it gets none."""
    connect("add", "Ada Lovelace", "--email", "ada@example.org")
    child = terminal("show", "ada")
    assert finished(child) == 0
    assert f";mailto:ada@example.org\x1b\\ada@example.org{LINK};\x1b\\" in (child.before or "")
    child = terminal("show", "ada", TERM="linux")
    assert finished(child) == 0
    assert "ada@example.org" in (child.before or "")
    assert LINK not in (child.before or "")
    note = "\n".join(f"item {number}" for number in range(40))
    connect("log", "tea with ada", "--note", note)
    child = terminal("show", "ada", PAGER="sed s/^/paged/", NO_COLOR="1")
    assert finished(child) == 0
    written = re.sub(r"\x1b\[[0-9;]*m", "", child.before or "")
    assert all(f"item {number}" in written for number in range(40))
    assert "paged  More: connect show 'Ada Lovelace' --all" in written
    assert LINK not in written
    whole = terminal("show", "ada", "--all", PAGER="sed s/^/paged/")
    assert finished(whole) == 0
    assert "ada@example.org" in (whole.before or "")
    assert LINK not in (whole.before or "")
