"""A span of days that is over or lasts until today, in words: `week`, `march`, `2025`."""

from datetime import date

from connect_cli.language.calendar import plus_days
from connect_cli.reviews import Span


def read_span(text: str, today: date) -> Span:
    """The span that a text names. Raises NotUnderstood."""
    days = {"week": 7, "month": 30, "quarter": 91, "year": 365}[text]
    return Span(plus_days(today, 1 - days), today)
