"""Birthdays, with or without a year: `1815-12-10`, `12-10`, `--12-10`, `10 dec 1815`."""

import re
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.language.dates import DATES
from connect_cli.language.phrases import plain_words
from connect_cli.language.said import Fixed, Said, Yearly, dated
from connect_cli.language.words import fold

_HOW = "write it like 1815-12-10, or 12-10 without the year"
_NUMBERS = r"(?:--?)?([0-9]{1,2})-?([0-9]{2})"


def read_birthday(text: str, today: date) -> tuple[int | None, int, int]:
    """Year (None when it was not said), month and day; 29 February stays what it is.

    Raises NotUnderstood for a day that there is not, or that is still to come.
    """
    said = _said(" ".join(plain_words(fold(text))), today)
    if isinstance(said, Yearly):
        return None, said.month, said.day
    if said is None or not isinstance(said, Fixed):
        if said is not None:
            said.latest(today)
        raise NotUnderstood(f"'{text}' is not a birthday", _HOW)
    if said.on > today:
        raise NotUnderstood(f"'{text}' is still to come", _HOW)
    return said.on.year, said.on.month, said.on.day


def _said(words: str, today: date) -> Said | None:
    if numbers := re.fullmatch(_NUMBERS, words):
        return dated(None, int(numbers[1]), int(numbers[2]))
    for pattern, read in DATES:
        if match := re.fullmatch(pattern, words):
            return read(match, today)
    return None
