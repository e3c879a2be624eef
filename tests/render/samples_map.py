"""Maps of some days: a year, a month with one person, several years, and none."""

from collections.abc import Iterable
from datetime import date, timedelta

from connect_cli.journal.year_map import fullest_week
from connect_cli.model import Pause
from connect_cli.reviews import DayCount, Span, YearMap
from tests.render.samples import ADA, TODAY, named


def counts(span: Span, numbers: Iterable[tuple[int, int]]) -> tuple[DayCount, ...]:
    """Of the days of a span every so-manieth has so many conversations; the last to say so wins."""
    days = [span.first + timedelta(number) for number in range(span.days)]
    found = {day: number for every, number in numbers for day in days[::every]}
    return tuple(DayCount(day, found[day]) for day in sorted(found))


YEAR = Span(TODAY - timedelta(364), TODAY)
DAYS = counts(YEAR, ((2, 1), (5, 2), (11, 4), (40, 6)))
AWAY = (Pause(date(2026, 8, 3), date(2026, 8, 16)), Pause(date(2026, 11, 20)))
MAP = YearMap(YEAR, DAYS, AWAY, fullest=fullest_week(DAYS, YEAR))

MONTH = Span(date(2026, 10, 25), TODAY)
MONTH_DAYS = counts(MONTH, ((4, 1),))
WITH = YearMap(MONTH, MONTH_DAYS, (), named(ADA), "work", fullest_week(MONTH_DAYS, MONTH))
LONG_SPAN = Span(date(2024, 5, 20), TODAY)
LONG_DAYS = counts(LONG_SPAN, ((1, 30), (3, 80), (7, 110)))
YEARS = YearMap(LONG_SPAN, LONG_DAYS, AWAY, fullest=fullest_week(LONG_DAYS, LONG_SPAN))
BARE = YearMap(YEAR, (), AWAY[:1], named(ADA), "work")


def hostile_map(text: str) -> YearMap:
    """A map of somebody whose name is hostile."""
    return MAP._replace(person=named(ADA)._replace(name=text))
