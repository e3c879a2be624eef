"""What a review looks like: the words first, then the figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from connect_cli.model import Cadence, Kind, Named
from connect_cli.render.review_parts import (
    COMING,
    ENERGY,
    HOW,
    KEPT,
    MET,
    ON_THIS_DAY,
    OPEN,
    RHYTHM,
    WORDS,
)
from connect_cli.reviews import KindTime, Met, Review, RhythmChange
from tests.render import samples_review as samples
from tests.render.conftest import Golden, terminal
from tests.render.samples import BOOK, FLAT, LONG_NAME, TODAY, id_of
from tests.render.seen import REVIEWS, WIDTHS

TITLES = (WORDS, ON_THIS_DAY, MET, KEPT, OPEN, HOW, RHYTHM, ENERGY, COMING)
PARTS = {
    "words": WORDS,
    "on_this_day": ON_THIS_DAY,
    "first": MET,
    "again": MET,
    "kept": KEPT,
    "kinds": HOW,
    "tried": HOW,
    "rhythms": RHYTHM,
    "energy": ENERGY,
    "occasions": COMING,
}


def drawn(view: Review, width: int = 80, *, discreet: bool = False, encoding: str = "utf-8") -> str:
    """The review as a terminal shows it."""
    return terminal(lambda to: to.review(view), width=width, discreet=discreet, encoding=encoding)


def titles(written: str) -> list[str]:
    """The titles in the order in which they stand."""
    return [line for line in written.splitlines() if line in TITLES]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", REVIEWS)
def test_every_page_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(REVIEWS[view], width))


def test_the_parts_stand_in_one_order_words_before_figures() -> None:
    """And coming days at the end."""
    assert titles(drawn(samples.OF_WEEK)) == list(TITLES)


@pytest.mark.parametrize(("field", "title"), PARTS.items())
def test_a_part_with_something_stands_alone_and_one_without_is_left_out(
    field: str, title: str
) -> None:
    """No heading over nothing."""
    only = Review(samples.WEEK)._replace(**{field: getattr(samples.OF_WEEK, field)})
    assert titles(drawn(only)) == [title]


@pytest.mark.parametrize("shown", ["open", "coming"])
def test_what_is_open_stands_once(shown: str) -> None:
    """With its day among those to come, or under a title of its own."""
    loop = BOOK if shown == "coming" else FLAT
    written = drawn(Review(samples.WEEK, open_loops=(loop,)))
    assert titles(written) == [COMING if shown == "coming" else OPEN]
    assert written.count(loop.text) == 1


def test_a_note_keeps_its_own_line_breaks_and_is_whole() -> None:
    """However narrow the window: nothing is cut with an ellipsis."""
    words = samples.NOTE.split()
    for width in (30, 60, 80, 140):
        written = drawn(Review(samples.WEEK, words=(samples.COFFEE,)), width)
        assert "\n\n   - the van\n   - the boxes”\n" in written
        assert "…" not in written
        said = written.replace("“", "").replace("”", "").split()
        assert [word for word in said if word in words][-len(words) :] == words


@pytest.mark.parametrize("width", [30, 60, 80, 140])
def test_long_names_are_wrapped_and_nothing_is_cut(width: int) -> None:
    """All that a review says is whole; only a very narrow window has no room for the time."""
    who = Named(id_of(8), LONG_NAME)
    view = Review(
        samples.WEEK,
        first=(Met(who, TODAY),),
        kept=(samples.KEPT[0]._replace(person=who, text="x " * 200),),
        rhythms=(RhythmChange(who, Cadence(1, "w"), Cadence(2, "w")),),
        open_loops=(FLAT._replace(person=who, text="y " * 200),),
    )
    written = drawn(view, width)
    assert "…" not in written
    assert written.count("Junior") == 4
    assert (written.count("x"), written.count("y ") + written.count("y\n") > 199) == (200, True)


def test_a_day_behind_a_line_is_never_broken() -> None:
    """It goes to a line of its own where there is no room beside the text."""
    view = Review(samples.WEEK, open_loops=samples.OF_WEEK.open_loops)
    for width in range(30, 120):
        assert "since Fri 20 Nov\n" in drawn(view, width)


def test_the_command_for_more_is_whole_in_any_window() -> None:
    """So that it can be copied."""
    assert "and 7 others: connect promises\n" in drawn(samples.OF_YEAR, 30)
    assert "2 besides those coming: connect promises\n" in drawn(samples.QUIET, 30)


def test_an_empty_review_says_so_calmly_and_how_to_log() -> None:
    """Two lines under the heading, and nothing else."""
    _, _, nothing, how = drawn(samples.EMPTY).splitlines()
    assert nothing == "Nothing was logged on these days."
    assert how.startswith("To log a conversation: connect log ")


def test_a_quiet_week_shows_what_comes_and_explains_no_command() -> None:
    """Somebody who has days to come has logged before."""
    written = drawn(samples.QUIET)
    assert "Nothing was logged on these days.\n" in written
    assert "connect log" not in written


@given(
    st.lists(st.integers(1, 2000), min_size=1, max_size=len(Kind)),
    st.sampled_from((60, 80, 140)),
    st.sampled_from(("utf-8", "ascii")),
)
def test_the_longer_bar_is_never_of_the_smaller_number(
    numbers: list[int], width: int, encoding: str
) -> None:
    """Every kind has a bar, and every bar ends within the window."""
    rows = tuple(KindTime(kind, number) for kind, number in zip(Kind, numbers, strict=False))
    written = drawn(Review(samples.WEEK, kinds=rows), width, encoding=encoding)
    drawn_rows = written.split(f"{HOW}\n")[1].splitlines()[: len(rows)]
    lengths = [sum(sign in "█▉▊▋▌▍▎▏#" for sign in line) for line in drawn_rows]
    assert min(lengths) >= 1
    pairs = sorted(zip(numbers, lengths, strict=True))
    assert [length for _, length in pairs] == sorted(lengths)
    assert all(cell_len(line) <= width for line in drawn_rows)
    assert [line.split()[-1] for line in drawn_rows] == [str(number) for number in numbers]


def test_kinds_keep_the_order_they_are_given_in() -> None:
    """By their own order, not by how many there were."""
    rows = (KindTime(Kind.CALL, 1), KindTime(Kind.WALK, 9), KindTime(Kind.GIFT, 3))
    written = drawn(Review(samples.WEEK, kinds=rows))
    assert written.index("  call") < written.index("  walk") < written.index("  gift")


def test_ascii_has_bars_of_its_own_and_no_block() -> None:
    """Where the locale has no UTF-8."""
    written = drawn(samples.OF_YEAR, encoding="ascii")
    assert "  email         ################################  95\n" in written
    assert written.isascii()


def test_a_discreet_review_hides_words_and_keeps_figures() -> None:
    """Notes, promises, typed kinds and own labels are dots; numbers, names and days stay."""
    written = drawn(samples.OF_WEEK, discreet=True)
    for private in ("Boston", "vineyard", "Babbage", "drill", "Rome", "moved", "scones", "tea"):
        assert private not in written
    assert "Ada Lovelace, coffee, Sun 22 Nov\n  · · ·\n" in written
    assert "You promised Ada Lovelace: · · ·\n" in written
    assert (
        written.split(f"{HOW}\n")[1].split(COMING)[0]
        == (drawn(samples.OF_WEEK).split(f"{HOW}\n")[1].split(COMING)[0])
    )
