"""What is said of a day that other programs wrote unclearly."""

import pytest

from connect_cli.exchange import normalise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2/3/1985", "'2/3/1985' could be two days: 2 March or 3 February"),
        (" 02-03-1985 ", "'02-03-1985' could be two days: 2 March or 3 February"),
        ("3/3/1985", "3/3/1985"),
        ("13/3/1985", "13/3/1985"),
        ("0/3/1985", "0/3/1985"),
        ("2/3/0000", "2/3/0000"),
        ("1985", "1985 (only a year)"),
        ("circa\n1800", "circa 1800"),
    ],
)
def test_a_day_that_is_not_clear_is_said_with_both_days(text: str, said: str) -> None:
    """One that lacks something, with what it lacks."""
    assert normalise.unclear_day(text) == said
