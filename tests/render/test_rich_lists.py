"""Lists: columns line up and are dropped, names are cut, and what was found is marked."""

import re

import pytest
from rich.cells import cell_len

from connect_cli.views import State
from tests.render import samples
from tests.render.conftest import Golden, terminal
from tests.render.seen import LISTS, WIDTHS
from tests.render.test_plain import VIEWS


@pytest.mark.parametrize("width", [60, 80, 140])
def test_columns_line_up_below_wide_characters(width: int) -> None:
    """The state begins in the same cell on every line, whatever script the name is in."""
    standings = [
        row._replace(due=row.due._replace(state=State.FRESH, person=row.person._replace(name=name)))
        for row, name in zip(samples.STANDINGS, (*samples.WIDE, samples.LONG_NAME), strict=False)
    ]
    lines = terminal(lambda to: to.people(standings), width).splitlines()
    assert len({cell_len(line.partition("fresh")[0]) for line in lines[1:-2]}) == 1


def test_a_pause_without_an_end_has_no_due_day() -> None:
    """It would be another one tomorrow."""
    row = samples.STANDINGS[0]
    end = samples.day(-30)
    due = row.due._replace(state=State.PAUSED, due_on=samples.day(-40), back_on=end)
    assert "due" in terminal(lambda to: to.people([row._replace(due=due)])).splitlines()[0]
    endless = row._replace(due=due._replace(back_on=None))
    assert "due" not in terminal(lambda to: to.people([endless])).splitlines()[0]


def test_a_long_name_is_cut_with_an_ellipsis() -> None:
    """And stays on its line."""
    written = terminal(lambda to: to.people([samples.STANDINGS[7]]), 60)
    assert "Wolfeschlegelsteinh…" in written
    assert written.count("\n") == 4
    assert written.endswith("\n\nTo see one of them: connect show NAME\n")


def test_a_narrow_list_of_people_drops_columns_rather_than_squeezing_them() -> None:
    """Tags go first, then the cadence, then the circle, then the due day."""
    lists = [terminal(VIEWS["people"], width) for width in (140, 80, 60, 50)]
    headings = [each.splitlines()[0].split() for each in lists]
    everything = ["name", "circle", "every", "state", "last", "due", "tags"]
    assert headings[0] == everything
    assert headings[1] == everything[:-1]
    assert headings[2] == ["name", "state", "last", "due"]
    assert headings[3] == ["name", "state", "last"]


def test_a_long_note_in_a_hit_is_shown_from_near_the_word_found() -> None:
    """Whether or not there is a space to begin at."""
    hits = [
        samples.HITS[1]._replace(text="x" * 90 + "Boston" + "y" * 90, marks=((90, 96),)),
        samples.HITS[1]._replace(text="word " * 20 + "Boston", marks=((100, 106), (100, 106))),
        samples.HITS[1]._replace(text="no mark at all", marks=()),
    ]
    lines = terminal(lambda to: to.hits(hits), 100).splitlines()
    assert "…" + "x" * 24 + "Boston" in lines[0]
    assert "…word word word word Boston" in lines[1]
    assert lines[2].endswith("no mark at all")


def test_the_words_found_are_bold_and_underlined_and_nothing_else_is() -> None:
    """Seen without colour too."""
    coloured = terminal(VIEWS["hits"], colour=True)
    assert re.findall(r"\x1b\[1;4m(.*?)\x1b\[0m", coloured) == ["Boston"] * 3 + [
        "Babbage",
        "Boston",
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", LISTS)
def test_every_list_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(LISTS[view], width))


@pytest.mark.parametrize(
    ("view", "commands"),
    [
        ("promises", ["connect show NAME --all"]),
        ("hits", ["connect show ID", "connect show NAME --all"]),
    ],
)
def test_a_list_that_cuts_a_text_names_the_command_that_shows_it_whole(
    view: str, commands: list[str]
) -> None:
    """Where there is room for all of it, a list of promises names none."""
    written = terminal(VIEWS[view], 60)
    assert "…" in written
    assert [line.partition(": ")[2] for line in written.splitlines()[-len(commands) :]] == commands


def test_a_list_of_promises_uses_the_whole_width() -> None:
    """Nothing is cut while there is room."""
    promise = samples.PROMISES[0]._replace(text="word " * 20 + "end")
    written = terminal(lambda to: to.promises([promise]), 140)
    assert "word end" in written
    assert "connect show" not in written
