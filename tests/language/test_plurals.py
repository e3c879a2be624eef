"""Numbers and lists as people say them: one without an s, the last after `and`."""

import pytest

from connect_cli.language.plurals import counted, listed, listed_briefly


@pytest.mark.parametrize(
    ("number", "several", "said"),
    [
        (0, "", "0 days"),
        (1, "", "1 day"),
        (2, "", "2 days"),
        (1, "days of rest", "1 day"),
        (2, "days of rest", "2 days of rest"),
    ],
)
def test_only_one_is_counted_in_the_singular(number: int, several: str, said: str) -> None:
    """A plural of its own takes the place of the s."""
    assert counted(number, "day", several) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], ""),
        (["Ada"], "Ada"),
        (["Ada", "Tom"], "Ada and Tom"),
        (["Ada", "Grace", "Tom"], "Ada, Grace and Tom"),
    ],
    ids=range(4),
)
def test_and_stands_before_the_last(parts: list[str], said: str) -> None:
    """However many there are."""
    assert listed(parts) == said


@pytest.mark.parametrize(
    ("number", "other", "said"),
    [
        (2, "other", "a and b"),
        (5, "other", "a, b, c, d and e"),
        (6, "other", "a, b, c and 3 others"),
        (6, "other day", "a, b, c and 3 other days"),
    ],
)
def test_a_long_list_has_the_first_ones_and_a_number(number: int, other: str, said: str) -> None:
    """Of whatever they are."""
    assert listed_briefly("abcdef"[:number], other) == said
