"""The days ahead, if everyone who is listed is met and every promise shown is kept."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from connect_cli.model import Occasion, Pause, Person, Promise
from connect_cli.scheduler.today import plan
from connect_cli.settings import Settings
from connect_cli.views import Plan

DAYS = 14


def ahead(
    people: Iterable[Person],
    promises: Iterable[Promise],
    occasions: Iterable[Occasion],
    day: date,
    settings: Settings,
    days: int = DAYS,
    *,
    contacted: Collection[str] = frozenset(),
    away: Sequence[Pause] = (),
) -> list[Plan]:
    """The plans of `days` days from `day` on, which `contacted` is about."""
    everyone, loops, yearly = list(people), list(promises), list(occasions)
    plans: list[Plan] = []
    for later in range(days):
        on = day + timedelta(days=later)
        seen = plan(everyone, loops, yearly, on, settings, contacted=contacted, away=away)
        plans.append(seen)
        met = set(_met(seen))
        everyone = [_after(person, on) if person.id in met else person for person in everyone]
        loops = [promise for promise in loops if promise not in seen.promises]
        contacted = frozenset()
    return plans


def _met(seen: Plan) -> Iterator[str]:
    yield from (one.person.id for one in seen.suggestions)
    yield from (promise.person.id for promise in seen.promises)


def _after(person: Person, on: date) -> Person:
    """The person as they are once they were met."""
    return person._replace(last_full_on=max(on, person.last_full_on or on))
