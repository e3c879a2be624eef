"""What a form of a day phrase is: a pattern, the words it may begin with, and its reader."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from connect_cli.language.calendar import MONTHS, NUMBERS, WEEKDAYS, word_set
from connect_cli.language.day_expression import DayExpression
from connect_cli.model import MONTH_NAMES

Reader = Callable[[re.Match[str], date], DayExpression]

FIGURE = "0"
"""Stands for any word that begins with a figure."""
GLUED = "month0"
"""Stands for any word like `nov-3` or `nov3`."""
COUNTS = frozenset(word.split()[0] for word in NUMBERS) | {FIGURE}
IN_WEEKDAYS = frozenset(WEEKDAYS)
IN_MONTHS = frozenset(MONTHS) | {GLUED}
SOME_MONTH = tuple(month[:3] for month in MONTH_NAMES)
AGO = (" ago", " back")
PART = (
    r"(?: (?:early |late |in the |at )?"
    r"(?:mornin|morning|afternoon|arvo|evenin|evening|eve|night|nite|lunchtime))?"
)


class Form(NamedTuple):
    """One way to say a day.

    begins: the words with which it may begin, after `on`. holds: of these a text must hold one, so
    that few patterns are compiled for a line.
    """

    begins: frozenset[str]
    pattern: str
    read: Reader
    holds: tuple[str, ...]

    def may_fit(self, text: str) -> bool:
        """Whether the pattern is worth a try."""
        return not self.holds or any(part in text for part in self.holds)


def form(
    begins: str | frozenset[str], pattern: str, read: Reader, holds: tuple[str, ...] = ()
) -> Form:
    """A form, with the words that it may begin with as a text or a set."""
    return Form(word_set(begins) if isinstance(begins, str) else begins, pattern, read, holds)


def by_first_word(forms: Iterable[Form]) -> Mapping[str, list[Form]]:
    """The forms by each word that they may begin with."""
    table: dict[str, list[Form]] = {}
    for one in forms:
        whole = one._replace(pattern=rf"(?:on )?(?:{one.pattern})(?!\S)")
        for word in one.begins:
            table.setdefault(word, []).append(whole)
    return table
