"""Occasions near a day: birthdays and other yearly days, and when each comes next.

An occasion is shown from some days before it (a setting) until three days after it, with the person
if they are proposed and it is today or near their due day. A birthday whose year is known has an
age. The 29 February is another day in other years (a setting).
"""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date

from connect_cli.language.calendar import plus_days, yearly
from connect_cli.language.sorting import by_name
from connect_cli.model import BIRTHDAY, Occasion, Person
from connect_cli.settings import Settings
from connect_cli.views import OccasionDay

BELATED_DAYS = 3


def occasion_days(
    occasions: Iterable[Occasion], day: date, settings: Settings
) -> tuple[OccasionDay, ...]:
    """Occasions to show on `day`: some days ahead, on the day, and up to three days late."""
    shown = [
        seen
        for occasion in occasions
        if (seen := _nearest(occasion, day, settings)).in_days <= settings.occasion_lead_days
    ]
    return tuple(sorted(shown, key=_order))


def occasions_shown(
    occasions: Iterable[Occasion], people: Iterable[Person], day: date, settings: Settings
) -> tuple[OccasionDay, ...]:
    """The occasions of a plan: those near, without archived people and wishes already given."""
    known = {person.id: person for person in people}
    return tuple(
        seen
        for seen in occasion_days(occasions, day, settings)
        if (person := known.get(seen.occasion.person.id)) is None
        or not (person.archived or _wished(seen, person))
    )


def next_occasions(
    occasions: Iterable[Occasion], day: date, settings: Settings
) -> tuple[OccasionDay, ...]:
    """When each occasion comes next, the nearest first; up to three days late still counts."""
    return tuple(sorted((_nearest(one, day, settings) for one in occasions), key=_order))


def occasions_between(
    occasions: Iterable[Occasion], first: date, last: date, day: date, settings: Settings
) -> tuple[OccasionDay, ...]:
    """Occasions that fell on a day from `first` to `last`, as seen from `day`; the earliest first.

    Of one that fell on several such days, the last.
    """
    found = [
        OccasionDay(occasion, on, (on - day).days, _turns(occasion, on))
        for occasion in occasions
        for on in _latest(occasion, last, settings)
        if first <= on
    ]
    return tuple(sorted(found, key=_order))


def _wished(seen: OccasionDay, person: Person) -> bool:
    return seen.in_days < 0 and person.last_on is not None and person.last_on >= seen.on


def _nearest(occasion: Occasion, day: date, settings: Settings) -> OccasionDay:
    """The next day of an occasion, or the last one if belated wishes are still welcome."""
    start = plus_days(day, -BELATED_DAYS)
    on = yearly(occasion.month, occasion.day, start.year, settings.leap_birthdays)
    if on < start and start.year < MAXYEAR:
        on = yearly(occasion.month, occasion.day, start.year + 1, settings.leap_birthdays)
    return OccasionDay(occasion, on, (on - day).days, _turns(occasion, on))


def _latest(occasion: Occasion, last: date, settings: Settings) -> list[date]:
    """The last day of an occasion up to `last`; none before the first year of the calendar."""
    years = range(max(MINYEAR, last.year - 1), last.year + 1)
    days = [yearly(occasion.month, occasion.day, year, settings.leap_birthdays) for year in years]
    return [on for on in days if on <= last][-1:]


def _turns(occasion: Occasion, on: date) -> int | None:
    """The age reached on a birthday whose year is known."""
    if occasion.label != BIRTHDAY or occasion.year is None or occasion.year > on.year:
        return None
    return on.year - occasion.year


def _order(seen: OccasionDay) -> tuple[date, tuple[str, str], tuple[str, str], str]:
    occasion = seen.occasion
    name = by_name(occasion.person.name, occasion.person.id)
    return seen.on, name, by_name(occasion.label), occasion.id
