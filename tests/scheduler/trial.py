"""A simulated user of the real scheduler: who is listed, who is met, how late people get."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from connect_cli.exchange import imports
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal.journal import Journal
from connect_cli.model import Cadence, Person
from connect_cli.scheduler import standing
from connect_cli.scheduler.clock import first_days
from connect_cli.scheduler.plan import make_plan
from connect_cli.scheduler.recurrence import mean_days
from connect_cli.settings import Settings
from connect_cli.store import people as store_people
from connect_cli.views import Due

START = date(2026, 1, 5)
YEAR = 365
WEEKLY, MONTHLY, QUARTERLY, YEARLY = map(Cadence.parse, ("1w", "1m", "3m", "1y"))
CIRCLES = {WEEKLY: 5, MONTHLY: 10, QUARTERLY: 35, YEARLY: 100}

Listing = Callable[[Sequence[Person], date, Settings], Sequence[Person]]


@dataclass(frozen=True)
class User:
    """What a user does with the list.

    skips: the share of each year's days without a look.
    does: the chance that a listed person is met.
    avoids: the share of each circle that is met with the chance `dares` only.
    """

    skips: float = 0.3
    does: float = 0.6
    avoids: float = 0.0
    dares: float = 0.02


@dataclass
class Outcome:
    """What was seen on the measured days.

    in_time: by person, the share of days with r at most 1. ratios: every r of every day.
    past_grace, past_due: the most people past their grace, past their due day, on any day.
    """

    people: list[Person]
    avoided: frozenset[str]
    days: int = 0
    contacts: int = 0
    good_days: dict[str, int] = field(default_factory=dict)
    ratios: list[float] = field(default_factory=list)
    past_grace: int = 0
    past_due: int = 0

    @property
    def others(self) -> list[Person]:
        return [person for person in self.people if person.id not in self.avoided]

    def share(self, people: Sequence[Person]) -> float:
        """The mean share of days in time."""
        return sum(self.good_days.get(one.id, 0) for one in people) / self.days / len(people)

    @property
    def in_time(self) -> float:
        return self.share(self.others)

    @property
    def worst(self) -> float:
        """The share of the worst circle."""
        circles = [[one for one in self.others if one.cadence == cadence] for cadence in CIRCLES]
        return min(self.share(members) for members in circles if members)

    @property
    def weighted(self) -> float:
        """The share of what was promised that was kept: everyone weighs 1/P."""
        weights = {one.id: 1 / mean_days(one.cadence) for one in self.others if one.cadence}
        kept = sum(weights[one.id] * self.good_days.get(one.id, 0) for one in self.others)
        return kept / self.days / sum(weights.values())

    @property
    def longest(self) -> float:
        return max(self.ratios)

    @property
    def p95(self) -> float:
        return sorted(self.ratios)[math.ceil(0.95 * len(self.ratios)) - 1]

    @property
    def contacts_a_day(self) -> float:
        return self.contacts / self.days

    def see(self, standings: Sequence[Due]) -> None:
        """Measure one morning."""
        self.days += 1
        for due in standings:
            if due.ratio <= 1:
                self.good_days[due.person.id] = self.good_days.get(due.person.id, 0) + 1
            if due.person.id not in self.avoided:
                self.ratios.append(due.ratio)
        past = [(due.day - due.due_on).days - due.grace_days for due in standings if due.due_on]
        self.past_grace = max(self.past_grace, sum(days > 0 for days in past))
        late = sum(due.due_on is not None and due.due_on < due.day for due in standings)
        self.past_due = max(self.past_due, late)


def newcomers(circles: dict[Cadence, int]) -> list[Person]:
    """People who are given their cadences on one day, circle by circle."""
    given = [(cadence, place) for cadence, count in circles.items() for place in range(count)]
    days = first_days([(cadence, None) for cadence, _ in given], START, {})
    return [
        Person(f"{cadence}-{place}", f"{cadence} {place}", cadence=cadence, first_on=first_on)
        for (cadence, place), first_on in zip(given, days, strict=True)
    ]


def imported(journal: Journal, circles: dict[Cadence, int]) -> list[Person]:
    """The same people as an import gives them their cadences; each has their name for an id."""
    contacts = [
        Contact(f"{cadence}-{place}", every=str(cadence))
        for cadence, count in circles.items()
        for place in range(count)
    ]
    arrivals = imports.plan_import(
        journal, Found(contacts=contacts), "csv", lambda _contact, _maybe: "new", cadences=True
    )
    imports.write_import(journal, arrivals, "from a table")
    people = store_people.people(journal.connection, journal.settings.circles, journal.today_is)
    return sorted(person._replace(id=person.name) for person in people)


def listed(people: Sequence[Person], day: date, settings: Settings) -> Sequence[Person]:
    """Those on the real list."""
    return [one.person for one in make_plan(people, [], [], day, settings).suggestions]


def earliest_due_first(people: Sequence[Person], day: date, settings: Settings) -> Sequence[Person]:
    """What other tools do, in the same room: most days late first, and nobody ever rests."""
    standings = sorted(standing.standings(people, day, settings), key=lambda due: str(due.due_on))
    late = [due.person for due in standings if due.ratio >= 1]
    return late[: settings.capacity[day.weekday()]]


def run(
    people: list[Person],
    settings: Settings,
    user: User,
    seed: int,
    *,
    days: range = range(YEAR, 2 * YEAR),
    listing: Listing = listed,
) -> Outcome:
    """Live through the days up to the end of `days`, and measure in these."""
    chance = random.Random(seed)  # noqa: S311  # chance that can be repeated
    avoided = _avoided(people, user, chance)
    outcome = Outcome(people, avoided)
    skipped = _skipped(user, days.stop, chance)
    now = {person.id: person for person in people}
    for later in range(days.stop):
        day = START + timedelta(days=later)
        everyone = list(now.values())
        if later in days:
            outcome.see(standing.standings(everyone, day, settings))
        if later in skipped:
            continue
        for person in listing(everyone, day, settings):
            if chance.random() < (user.dares if person.id in avoided else user.does):
                now[person.id] = person._replace(last_full_on=day)
                outcome.contacts += later in days
    return outcome


def _skipped(user: User, days: int, chance: random.Random) -> set[int]:
    years = [range(first, first + YEAR) for first in range(0, days, YEAR)]
    return {day for year in years for day in chance.sample(year, round(user.skips * YEAR))}


def _avoided(people: Sequence[Person], user: User, chance: random.Random) -> frozenset[str]:
    """The share of each circle that the user avoids, at least one of each if any."""
    if not user.avoids:
        return frozenset()
    circles: dict[str, list[str]] = {}
    for person in people:
        circles.setdefault(str(person.cadence), []).append(person.id)
    return frozenset(
        person_id
        for members in circles.values()
        for person_id in chance.sample(members, max(1, round(user.avoids * len(members))))
    )
