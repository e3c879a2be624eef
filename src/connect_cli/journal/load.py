"""What your cadences ask for, against the days since the journal has been kept."""

from collections.abc import Sequence
from datetime import date

from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import logical_day, plus_days
from connect_cli.model import Person
from connect_cli.scheduler.load import LONGEST_WINDOW, Load, measure_load
from connect_cli.store import interactions
from connect_cli.store import people as store_people

REAL_DAYS = 5
WITHIN = 28  # days
REACH = 84  # days: the longest window of a load, plus WITHIN


def load_of(journal: Journal, people: Sequence[Person]) -> Load:
    """The load of these people, who are everyone.

    Its window ends yesterday and begins no earlier than the records.
    """
    window, met = met_lately(journal)
    return measure_load(
        people,
        sum(met.get(person.id, 0) for person in people if person.cadence is not None),
        window,
        journal.today_is,
        journal.settings,
        away=store_people.away(journal.connection),
    )


def met_lately(journal: Journal) -> tuple[int, dict[str, int]]:
    """The days of a load's window, and on how many of them each person was met."""
    today = journal.today_is
    window = min(LONGEST_WINDOW, (today - tracking_start(journal)).days)
    start, end = plus_days(today, -window), plus_days(today, -1)
    return window, interactions.days_met(journal.connection, start, end)


def tracking_start(journal: Journal) -> date:
    """The day since which the journal has been kept; today for an empty journal.

    It is the day of the first command or of the first person, whichever the store knows. It is
    earlier if interactions show that the journal was kept before, as after an import of years: then
    it is the last of the first five days with interactions that lie within 28 days of each other. A
    single meeting remembered on the first morning is not enough.
    """
    return _tracked(journal, _begun_on(journal), journal.today_is)


def kept_since(journal: Journal) -> date:
    """The day that `tracking_start` named on the first day.

    It stays the same from day to day: what is reckoned for past days must not change with today.
    """
    first = _begun_on(journal)
    return _tracked(journal, first, first)


def _begun_on(journal: Journal) -> date:
    today, moment = journal.today_is, interactions.begun_at(journal.connection)
    if moment is None:
        return today
    return min(today, logical_day(moment, journal.settings.day_starts_at))


def _tracked(journal: Journal, first: date, seen_on: date) -> date:
    """The first day, or an earlier one if interactions near `seen_on` say so."""
    since = plus_days(seen_on, -REACH)
    days = interactions.days_with_interactions(journal.connection, since, first)
    return _real_from(days) or first


def _real_from(days: Sequence[date]) -> date | None:
    """The last of the first five of these ordered days that lie close together."""
    spans = zip(days, days[REAL_DAYS - 1 :], strict=False)
    return next((last for first, last in spans if (last - first).days < WITHIN), None)
