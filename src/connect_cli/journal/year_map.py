"""The days of a year that had a conversation."""

from collections.abc import Iterable, Sequence
from datetime import date

from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import monday_of, plus_days
from connect_cli.language.tags import read_tag
from connect_cli.model import Pause
from connect_cli.reviews import DayCount, Span, YearMap
from connect_cli.store import people
from connect_cli.store.day_counts import day_counts

LEAP_YEAR_DAYS = 366


def year_map(journal: Journal, span: Span, name: str = "", tag: str = "") -> YearMap:
    """The days of a span with a conversation: with one person or a tag, if they are given.

    Raises NoSuchPerson, or SeveralPeople if nobody can be asked; NotUnderstood for no tag.
    """
    person = journal.named(name) if name else None
    word = read_tag(tag) if tag else ""
    person_id = None if person is None else person.id
    days = tuple(day_counts(journal.connection, span, person_id, word))
    span = _with_conversations(days, span)
    away = touching(people.away(journal.connection), span)
    return YearMap(span, days, away, person, word, fullest_week(days, span))


def _with_conversations(days: Sequence[DayCount], span: Span) -> Span:
    """The years from the first one with a conversation on, of a span of several years."""
    if not days or span.days <= LEAP_YEAR_DAYS:
        return span
    return span._replace(first=max(span.first, date(days[0].on.year, 1, 1)))


def touching(away: Iterable[Pause], span: Span) -> tuple[Pause, ...]:
    """The days away that have a day in the span."""
    return tuple(
        one
        for one in away
        if one.start_on <= span.last and (one.end_on is None or one.end_on >= span.first)
    )


def fullest_week(days: Sequence[DayCount], span: Span) -> Span | None:
    """The week of a span with the most conversations, cut to the span; the newest of several."""
    weeks: dict[date, int] = {}
    for day in days:
        monday = monday_of(day.on)
        weeks[monday] = weeks.get(monday, 0) + day.number
    if not weeks:
        return None
    fullest = max(weeks, key=lambda monday: (weeks[monday], monday))
    return span.common(Span(fullest, plus_days(fullest, 6)))
