"""What a log line leaves open: words that may say more than was read, to be asked about.

A doubt is settled by words that say the same surely, which are then read in place of the doubtful
ones (also by the words themselves: it did happen); by None, which keeps the doubtful words as
words; or by several lines, which are logged instead of the one.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple

Answer = str | tuple[str, ...] | None
Settled = Mapping[str, str | None]
"""The doubtful words of a line, and the words that are read in their place."""


class About(Enum):
    """What the doubtful words may be about."""

    DAY = auto()
    TIME = auto()
    DURATION = auto()
    KIND = auto()
    PERSON = auto()
    CONTACT = auto()  # whether anybody was met or spoken to at all
    SEVERAL = auto()  # whether it was one conversation


class Choice(NamedTuple):
    """One thing that doubtful words could mean: how it is shown, and the answer that says it."""

    shown: str
    answer: Answer


class Doubt(NamedTuple):
    """Words of a line that may mean something that was not read.

    words: as typed, or folded if they are about contact.
    message, hint: what is said where nobody can be asked.
    choices: what they could mean, the likeliest first.
    """

    about: About
    words: str
    message: str
    hint: str
    choices: tuple[Choice, ...] = ()
