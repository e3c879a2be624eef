"""Plurals and lists, as people say them in a sentence."""

from collections.abc import Sequence


def counted(number: int, one: str, several: str = "") -> str:
    """`1 day`, `3 days`; several: the plural, if it is not the word with an s."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def listed(parts: Sequence[str]) -> str:
    """`Ada, Grace and Tom`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


MOST_NAMED = 5
FIRST_NAMED = 3
"""Of more than MOST_NAMED names a sentence has these first ones, and a number."""


def listed_briefly(names: Sequence[str], other: str = "other") -> str:
    """`Ada, Grace and Tom`; a long list is `Ada, Grace, Tom and 17 others`."""
    if len(names) > MOST_NAMED:
        names = [*names[:FIRST_NAMED], counted(len(names) - FIRST_NAMED, other)]
    return listed(names)
