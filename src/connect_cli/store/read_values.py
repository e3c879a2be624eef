"""Turn stored values into Python values; a value that no command can have written is damage.

SQLite checks nothing when it reads. So code that makes values of rows does it within `reading`, and
passes what needs no conversion through `text`, `maybe` or `whole`. column_checks.py says what each
column may hold; which value is damaged is looked up only when an error says so (safety/damage.py).
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
"""The errors that a damaged value raises when it is converted."""

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 12


@contextmanager
def reading(*tables: str) -> Iterator[None]:
    """Raise DamageMet about these tables when a row inside cannot be converted.

    It costs a loop nothing, and also works as a decorator.
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


def is_id(value: Any) -> bool:
    """Whether this is the id of a row: twelve characters of Crockford's base 32."""
    return isinstance(value, str) and len(value) == ID_LENGTH and not value.strip(CROCKFORD)


def row_id(value: Any) -> str:
    """The id of a row. Raises ValueError."""
    if not is_id(value):
        raise ValueError
    return str(value)


def whole(value: Any, most: int, least: int = 1) -> int:
    """A whole number from `least` to `most`. Raises ValueError too."""
    if type(value) is not int:
        raise TypeError
    if not least <= value <= most:
        raise ValueError
    return value


def check_place(value: Any) -> None:
    """Check the place of a participant within an interaction. Raises ValueError too."""
    whole(value, maxsize, 0)


def day(value: str | None) -> date | None:
    """A day, if there is one. Raises ValueError too."""
    return None if value is None else date.fromisoformat(value)


def named(person_id: Any, name: Any) -> Named:
    """A person as others refer to them."""
    return Named(text(person_id), text(name))
