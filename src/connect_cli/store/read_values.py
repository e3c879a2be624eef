"""Values as the file holds them: one that no command can have written is damage of the journal.

SQLite keeps what it finds, and checks nothing when it reads. So whoever makes values of rows does
it within `reading`, and takes what needs no conversion through `text`, `maybe` or `whole`. What
each column may hold stands in `checks`; which value it was is looked up only when there is one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from sys import maxsize
from typing import Any

from connect_cli.errors import DamageMet, NotUnderstood
from connect_cli.model import Named

MISREAD = (
    *(ValueError, TypeError, LookupError, AttributeError, OverflowError),
    *(RecursionError, NotUnderstood),
)
"""What a damaged value raises where something is made of it."""


@contextmanager
def reading(*tables: str) -> Iterator[None]:
    """Say of a row that cannot be made a value that it is damage, in one of these tables.

    It costs a loop nothing, and may stand before a function. Raises DamageMet.
    """
    try:
        yield
    except MISREAD as error:
        raise DamageMet(tables) from error


def text(value: Any) -> str:
    """A text. Raises TypeError, as do the others here."""
    if type(value) is not str:
        raise TypeError
    return value


def maybe(value: Any) -> str | None:
    """A text, or none."""
    return None if value is None else text(value)


def whole(value: Any, most: int, least: int = 1) -> int:
    """A whole number from `least` to `most`. Raises ValueError too."""
    if type(value) is not int:
        raise TypeError
    if not least <= value <= most:
        raise ValueError
    return value


def check_place(value: Any) -> None:
    """Whether it may be where somebody stands among those of an entry. Raises ValueError too."""
    whole(value, maxsize, 0)


def day(value: str | None) -> date | None:
    """A day, if there is one. Raises ValueError too."""
    return None if value is None else date.fromisoformat(value)


def named(person_id: Any, name: Any) -> Named:
    """A person as others refer to them."""
    return Named(text(person_id), text(name))
