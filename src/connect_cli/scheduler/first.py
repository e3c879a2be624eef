"""First days of new cadences, spread so that an import is no avalanche; and a snooze's day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from connect_cli.model import Cadence, Person, Rule
from connect_cli.scheduler.cadences import following, usual_days
from connect_cli.scheduler.clock import clock
from connect_cli.scheduler.rest import rest_days
from connect_cli.scheduler.rules import next_of
from connect_cli.settings import Settings

# Multiples of the golden ratio fall evenly into any period, however many there are.
GOLDEN = 0.6180339887498949
MANY = 5


def first_day(
    cadence: Cadence | Rule, today: date, *, last: date | None = None, already: int = 0
) -> date:
    """The first due day of someone newly given a cadence.

    last: their newest contact, if one is known. already: how many people have this cadence.
    A calendar rule is given one of its own days.
    """
    return _from_last(cadence, today, last) or _spread(cadence, today, already, 0)


def first_days(
    newcomers: Sequence[tuple[Cadence | Rule, date | None]],
    today: date,
    already: Mapping[Cadence | Rule, int],
) -> list[date]:
    """First days of several people at once; those of five or more begin half a period later.

    newcomers: the cadence of each, and their newest contact, if one is known.
    already: how many people have each cadence.
    """
    many, places = len(newcomers) >= MANY, Counter(already)
    days = []
    for cadence, last in newcomers:
        later = usual_days(cadence) // 2 if many else 0
        spread = _spread(cadence, today, places[cadence], later)
        days.append(_from_last(cadence, today, last) or spread)
        places[cadence] += 1
    return days


def snooze_day(person: Person, day: date, settings: Settings) -> date:  # noqa: ARG001  # as the others
    """The day until which a snooze without a day lasts: one rest of b days.

    Someone without a cadence is left alone for a week.
    """
    if person.cadence is None:
        return day + timedelta(days=7)
    period = clock(person, person.cadence, day.toordinal(), ()).period
    return day + timedelta(days=rest_days(period))


def _from_last(cadence: Cadence | Rule, today: date, last: date | None) -> date | None:
    if last is None:
        return None
    day = following(last.toordinal(), cadence)
    return date.fromordinal(day) if day >= today.toordinal() else None


def _spread(cadence: Cadence | Rule, today: date, place: int, later: int) -> date:
    start, rule = today.toordinal(), isinstance(cadence, Rule)
    period = usual_days(cadence) if rule else following(start, cadence) - start
    day = start + later + int(place * GOLDEN % 1 * period)
    return date.fromordinal(next_of(cadence, day) if isinstance(cadence, Rule) else day)
