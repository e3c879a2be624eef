"""Conversations on a terminal: under their days, with names and notes wrapped instead of cut."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from connect_cli.model import Interaction, Named
from connect_cli.views import Card
from tests.render import samples
from tests.render.conftest import terminal

NOTE = "she is moving to Boston in March and asked about the allotment by the canal"
FOOT = "To see one of them whole: connect show ID"


def shown(*interactions: Interaction, width: int = 80, heading: str = "") -> list[str]:
    """The lines of the list."""
    return terminal(lambda to: to.history(interactions, heading), width).splitlines()


def party(*names: str, note: str = "") -> Interaction:
    """A conversation with these people."""
    people = tuple(Named(samples.id_of(500 + at), name) for at, name in enumerate(names))
    return samples.COFFEE._replace(people=people, note=note, tags=(), minutes=None)


def test_a_day_stands_once_above_what_happened_on_it() -> None:
    """With its year if that is not this one; the conversations stay in their order."""
    today = samples.LUNCH._replace(day=samples.TODAY)
    long_ago = samples.COFFEE._replace(day=samples.TODAY.replace(year=2024))
    lines = shown(today, samples.TRIED._replace(day=samples.TODAY), long_ago)
    assert [line for line in lines if not line.startswith(" ")] == [
        "Monday 23 November, today",
        "Saturday 23 November 2024, 2 years ago",
        "",
        FOOT,
    ]
    assert [lines[at].split()[1] for at in (1, 3, 5)] == ["meal", "tried", "coffee"]


def test_how_long_ago_days_are_is_said_once() -> None:
    """Of days that are equally long ago the first says it."""
    days = [samples.COFFEE._replace(day=samples.day(ago)) for ago in (14, 17, 22)]
    assert [line for line in shown(*days) if line.startswith(("M", "F", "S"))] == [
        "Monday 9 November, 2 weeks ago",
        "Friday 6 November",
        "Sunday 1 November, 3 weeks ago",
    ]


def test_a_heading_says_which_days_were_understood() -> None:
    """Above all others, also above nothing."""
    assert shown(samples.COFFEE, heading="March 2026")[:2] == ["March 2026", ""]
    assert shown(heading="March 2026") == ["March 2026", "", "Nothing logged."]
    assert shown() == ["Nothing logged yet."]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_note_is_wrapped_to_two_lines_before_it_is_cut(width: int) -> None:
    """One of up to seventy-odd letters is whole at every width."""
    text = " ".join(" ".join(shown(party("Ada", note=NOTE), width=width)).split())
    assert NOTE in text
    lines = shown(party("Ada", note=f"{NOTE} " * 10), width=width)
    body = lines[1 : lines.index("")]
    assert len(body) <= 3
    assert body[-1].endswith("…")
    assert lines[-1] == FOOT


@pytest.mark.parametrize("width", [60, 80, 140])
def test_names_are_wrapped_and_not_cut(width: int) -> None:
    """However many people took part; the note keeps its two lines."""
    names = [f"Person Number{at}" for at in range(17)]
    lines = shown(party(*names, note=NOTE), party("Ada", note="short"), width=width)
    text = " ".join(" ".join(lines).replace(NOTE[:20], "").split())
    missing = [name for name in names if re.search(rf"{name.split()[1]}\b", text) is None]
    assert missing == []


def test_a_short_list_has_each_conversation_on_one_line() -> None:
    """Where names and notes fit beside each other, nothing is wrapped."""
    lines = shown(party("Ada", note="tea"), party("Grace", note="cake and a walk"))
    assert [len(lines), lines[-1]] == [5, FOOT]


def test_a_note_beside_many_names_may_be_as_long_as_they_are() -> None:
    """There is room for it."""
    names = [f"Anna-Maria Wolf{at}" for at in range(12)]
    lines = shown(party(*names, note="word " * 40 + "end"), width=180)
    assert "end" in " ".join(lines)


TEXTS = st.text(st.sampled_from("ab é王🎉 -"), max_size=120)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.integers(20, 160))
@settings(max_examples=60, deadline=None)
def test_no_line_is_wider_than_the_screen(said: list[tuple[str, str]], width: int) -> None:
    """Whatever the names and notes are; and the last line names the command."""
    lines = shown(*(party(name or "A", note=note) for name, note in said), width=width)
    assert all(cell_len(line) <= width for line in lines[:-1])
    assert lines[-1] == FOOT


def test_a_note_of_nothing_but_space_is_an_empty_one() -> None:
    """It neither fails nor takes a line of its own in a list."""
    interaction = samples.COFFEE._replace(note=" \n ", tags=())
    written = terminal(lambda to: to.history([interaction]))
    assert len(written.partition("\n\n")[0].splitlines()) == 2
    assert terminal(lambda to: to.card(Card(samples.ADA_DUE, timeline=(interaction,), total=1)))


def test_a_tag_is_shown_once_also_if_it_is_in_the_note() -> None:
    """In a list as in an answer; a tag that is not in the note stands behind it."""
    interaction = samples.COFFEE._replace(note="at Dishoom #work", tags=("work", "food"))
    written = terminal(lambda to: to.history([interaction]), 140)
    assert "at Dishoom #work #food\n" in written
