"""A bar of signs is as long as it should be, and never nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.render.bars import bar


@pytest.mark.parametrize(
    ("eighths", "blocks", "signs"),
    [
        (0, "▏", "#"),
        (1, "▏", "#"),
        (4, "▌", "#"),
        (8, "█", "#"),
        (11, "█▍", "#"),
        (12, "█▌", "##"),
        (16, "██", "##"),
    ],
)
def test_a_bar_in_eighths_of_a_cell(eighths: int, blocks: str, signs: str) -> None:
    """In ASCII the half cell decides."""
    assert (bar(eighths, blocks=True), bar(eighths, blocks=False)) == (blocks, signs)


@given(st.integers(0, 400), st.integers(0, 400), st.booleans())
def test_a_longer_bar_is_never_shorter(one: int, other: int, blocks: bool) -> None:
    """However it is drawn."""
    shorter, longer = sorted((one, other))
    assert len(bar(shorter, blocks=blocks)) <= len(bar(longer, blocks=blocks))
