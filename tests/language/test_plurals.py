"""Numbers and lists as people say them: one without an s, the last after `and`."""

import pytest

from connect_cli.language.plurals import counted, listed


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
