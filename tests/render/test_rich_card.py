"""The card of somebody: it fits the window, whatever there is to say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.model import Owed
from connect_cli.views import Card
from tests.render import samples
from tests.render.conftest import Golden, terminal
from tests.render.seen import CARDS, SEEN, WIDTHS


def test_a_discreet_screen_hides_whole_notes_too() -> None:
    """Everything still means everything but what is hidden."""
    written = terminal(SEEN["card-all"], discreet=True)
    assert "Noodles" not in written
    assert "scones" not in written
    assert "· · ·" in written


@given(
    promises=st.integers(0, 9),
    details=st.integers(0, 30),
    interactions=st.integers(0, 60),
    aliases=st.integers(0, 9),
    occasions=st.integers(0, 3),
    width=st.sampled_from([60, 80, 140]),
)
@settings(max_examples=40, deadline=None)
def test_a_card_fits_the_window_whatever_there_is_to_say(
    promises: int, details: int, interactions: int, aliases: int, occasions: int, width: int
) -> None:
    """24 lines, the last of them left to the prompt; and where there is more, the way to it."""
    card = Card(
        samples.ADA_DUE,
        aliases=("Countess of Lovelace",) * aliases,
        contact_points=samples.CARD.contact_points * 5,
        details=samples.CARD.details * details,
        occasions=samples.CARD.occasions * occasions,
        promises=tuple(
            samples.BOOK._replace(id=samples.id_of(each, "o"), owed=owed)
            for owed in Owed
            for each in range(promises)
        ),
        companions=samples.CARD.companions * 9,
        timeline=samples.years(interactions),
        total=interactions,
    )
    lines = terminal(lambda to: to.card(card, height=24), width).splitlines()
    assert len(lines) <= 23
    if interactions > 30 or promises > 2:
        assert lines[-1] == "  --all shows everything"


def test_a_card_without_a_height_shows_the_timeline_it_was_given() -> None:
    """Nothing is held back, so nothing says so."""
    card = samples.CARD._replace(details=(), timeline=samples.years(30), total=30)
    written = terminal(lambda to: to.card(card))
    assert written.count("\n") > 30
    assert "--all" not in written


@pytest.mark.parametrize("height", range(4, 40))
def test_a_card_fits_a_window_of_any_height(height: int) -> None:
    """A very small window is no reason to fail, nor to leave out who it is."""
    written = terminal(lambda to: to.card(samples.CARD, height=height))
    lines = written.splitlines()
    assert lines[0] == "Ada Lovelace"
    assert lines[-1] == "  --all shows everything"
    assert len(lines) < height
    assert "\n\n\n" not in written


def test_promises_of_one_sort_have_one_heading() -> None:
    """A sort without promises is not mentioned."""
    written = terminal(lambda to: to.promises([samples.INTRO]))
    assert written == "They owe you\n  rzxr  Ada Lovelace  introduce me to Charles\n"


def test_a_card_of_someone_known_only_by_a_day_says_that_day() -> None:
    """A last contact can come from an import, without words."""
    card = Card(samples.ADA_DUE)
    assert "last      5 weeks ago, Mon 19 Oct" in terminal(lambda to: to.card(card))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", CARDS)
def test_a_card_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(CARDS[view], width))
