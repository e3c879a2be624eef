"""Plurals and lists, as people say them in a sentence."""

from collections.abc import Sequence


def counted(number: int, one: str, several: str = "") -> str:
    """`1 day`, `3 days`; several: the plural, if it is not the word with an s."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def listed(parts: Sequence[str]) -> str:
    """`Ada, Grace and Tom`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
