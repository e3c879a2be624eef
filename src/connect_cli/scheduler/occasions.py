"""Occasions: which yearly days are near."""

from collections.abc import Iterable
from datetime import date, timedelta

from connect_cli.language.calendar import yearly
from connect_cli.model import Occasion
from connect_cli.settings import Settings
from connect_cli.views import OccasionDay

BELATED_DAYS = 3
BIRTHDAY = "birthday"


def occasion_days(
    occasions: Iterable[Occasion], day: date, settings: Settings
) -> tuple[OccasionDay, ...]:
    """Those to be shown on `day`: some days before, on the day, and belated for three days."""
    shown = [
        seen
        for occasion in occasions
        if (seen := _nearest(occasion, day, settings)).in_days <= settings.occasion_lead_days
    ]
    return tuple(sorted(shown, key=_order))


def next_occasions(
    occasions: Iterable[Occasion], day: date, settings: Settings
) -> tuple[OccasionDay, ...]:
    """When each comes next, the nearest first; those belated by up to three days count as next."""
    return tuple(sorted((_nearest(one, day, settings) for one in occasions), key=_order))


def _nearest(occasion: Occasion, day: date, settings: Settings) -> OccasionDay:
    """Its first day that is not longer past than belated wishes are welcome."""
    start = day - timedelta(days=BELATED_DAYS)
    on = yearly(occasion.month, occasion.day, start.year, settings.leap_birthdays)
    if on < start:
        on = yearly(occasion.month, occasion.day, start.year + 1, settings.leap_birthdays)
    return OccasionDay(occasion, on, (on - day).days, _turns(occasion, on))


def _turns(occasion: Occasion, on: date) -> int | None:
    """The age reached on a birthday whose year is known."""
    if occasion.label != BIRTHDAY or occasion.year is None or occasion.year > on.year:
        return None
    return on.year - occasion.year


def _order(seen: OccasionDay) -> tuple[date, str, str, str]:
    return seen.on, seen.occasion.person.name, seen.occasion.label, seen.occasion.id
