"""The days of a year that had a conversation."""

from connect_cli.journal.journal import Journal
from connect_cli.reviews import Span, YearMap


def year_map(journal: Journal, span: Span, name: str = "", tag: str = "") -> YearMap:
    """The days of a span with a conversation: with one person or a tag, if they are given."""
    raise NotImplementedError
