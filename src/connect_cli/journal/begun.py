"""Since when a journal tells how somebody lives: neither a load nor a gap reaches further back."""

from collections.abc import Sequence
from datetime import date, timedelta

from connect_cli.journal.core import Journal
from connect_cli.language.calendar import logical_day
from connect_cli.store import interactions

REAL_DAYS = 5
WITHIN = timedelta(days=28)
REACH = timedelta(days=84)  # the longest window of a load, and WITHIN before it


def begun_on(journal: Journal) -> date:
    """The day since which what happened has been written down; today in an empty journal.

    It is the day of the first command, or the one on which somebody came into a journal that was
    kept elsewhere. It is an earlier day where entries show that there is a real record of it: the
    last of five different days with entries that lie within 28 days. So an import of years counts,
    and a single meeting that is remembered on the first morning does not.
    """
    today, moment = journal.today_is, interactions.begun_at(journal.connection)
    first = today
    if moment is not None:
        first = min(today, logical_day(moment, journal.settings.day_starts_at))
    days = interactions.days_with_entries(journal.connection, today - REACH, first)
    return _real_from(days) or first


def _real_from(days: Sequence[date]) -> date | None:
    """The last of the first five of these days, which are in order, that lie close together."""
    spans = zip(days, days[REAL_DAYS - 1 :], strict=False)
    return next((last for first, last in spans if last - first < WITHIN), None)
