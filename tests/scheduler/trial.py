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
from connect_cli.scheduler.first_days import first_days, spread_out
from connect_cli.scheduler.plan import make_plan, offered, reconnected
from connect_cli.scheduler.recurrence import mean_days
from connect_cli.settings import Settings
from connect_cli.store import people as store_people
from connect_cli.views import Due, Plan, State, Suggestion

START = date(2026, 1, 5)
YEAR = 365
WEEKLY, MONTHLY, QUARTERLY, YEARLY = map(Cadence.parse, ("1w", "1m", "3m", "1y"))
DEFAULTS = Settings()
CIRCLES = {WEEKLY: 5, MONTHLY: 10, QUARTERLY: 35, YEARLY: 100}

Listing = Callable[[Sequence[Person], date, Settings], Plan]


@dataclass(frozen=True)
class User:
    """What a user does with the list.

    skips: the share of each year's days without a look.
    does: the chance that a listed person is met.
    avoids: the share of each circle that is met with the chance `dares` only.
    misses: the chance that a call is not answered, which is noted as an attempt.
    leaves_last: never does the last of several people on the list.
    meets_many: the days of conferences, on which `crowd` people are met besides.
    """

    skips: float = 0.3
    does: float = 0.6
    avoids: float = 0.0
    dares: float = 0.02
    misses: float = 0.0
    leaves_last: bool = False
    meets_many: frozenset[int] = frozenset()
    crowd: int = 40


@dataclass
class Outcome:
    """What was seen on the measured days.

    avoided: they are left out of every share, of ratios and of unoffered.
    good_days: by person, the days with r at most 1. ratios: every r of every day.
    past_grace, past_due: the most people past their grace, past their due day, on any day.
    resting, unseen: days of rest after offers, and those of people who were not offered since they
    came due. unoffered: the most days past due before a first offer. empty: opened days with nobody
    on the list though somebody who is not dormant is past due. dormant: the days of all dormant
    people. gaps: days between contacts, by cadence. at_crowd: whose last contact was at a
    conference. crowd_longest: the highest r of those. reconnected: who had the place for somebody
    dormant.
    """

    people: list[Person]
    avoided: frozenset[str]
    days: int = 0
    contacts: int = 0
    good_days: dict[str, int] = field(default_factory=dict)
    ratios: list[float] = field(default_factory=list)
    past_grace: int = 0
    past_due: int = 0
    resting: int = 0
    unseen: int = 0
    unoffered: int = 0
    empty: int = 0
    dormant: int = 0
    gaps: dict[Cadence, list[int]] = field(default_factory=dict)
    at_crowd: set[str] = field(default_factory=set)
    crowd_longest: float = 0.0
    reconnected: set[str] = field(default_factory=set)

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
    def lowest(self) -> float:
        """The share of the person who was in time on the fewest days."""
        return min(self.share([person]) for person in self.others)

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

    @property
    def dormant_a_day(self) -> float:
        return self.dormant / self.days

    def mean_gap(self, cadence: Cadence) -> float:
        return sum(self.gaps[cadence]) / len(self.gaps[cadence])

    def see(self, standings: Sequence[Due]) -> None:
        """Measure one morning."""
        self.days += 1
        late = grace = 0
        for due in standings:
            person = due.person
            if due.ratio <= 1:
                self.good_days[person.id] = self.good_days.get(person.id, 0) + 1
            if person.id not in self.avoided:
                self.ratios.append(due.ratio)
            if person.id in self.at_crowd:
                self.crowd_longest = max(self.crowd_longest, due.ratio)
            past = (due.day - due.due_on).days if due.due_on else 0
            late += past > 0
            grace += past > due.grace_days
            since = [day for day in person.offered if due.due_on and day >= due.due_on]
            if not since and person.id not in self.avoided:
                self.unoffered = max(self.unoffered, past)
            if due.state is State.RESTING and person.tried_on is None:
                self.resting += 1
                self.unseen += not since
            self.dormant += due.state is State.DORMANT
        self.past_grace, self.past_due = max(self.past_grace, grace), max(self.past_due, late)

    def look(self, plan: Plan, standings: Sequence[Due]) -> None:
        """Measure a list that somebody looks at."""
        waits = any(due.ratio > 1 and due.state is not State.DORMANT for due in standings)
        self.empty += waits and not plan.suggestions
        self.reconnected.update(reconnected(plan))


def newcomers(
    circles: dict[Cadence, int], met: date | None = None, settings: Settings = DEFAULTS
) -> list[Person]:
    """People who are given their cadences on one day, circle by circle; met: all on that day."""
    people = [
        Person(f"{cadence}-{place}", f"{cadence} {place}", cadence=cadence, last_full_on=met)
        for cadence, count in circles.items()
        for place in range(count)
    ]
    return [
        first.person._replace(first_on=first.on)
        for first in first_days(people, (), START, settings)
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


def listed(people: Sequence[Person], day: date, settings: Settings) -> Plan:
    """The real list."""
    return make_plan(people, [], [], day, settings)


def earliest_due_first(people: Sequence[Person], day: date, settings: Settings) -> Plan:
    """What other tools do, in the same room: most days late first, and nobody ever rests."""
    plan = make_plan(people, [], [], day, settings)
    standings = sorted(standing.standings(people, day, settings), key=lambda due: str(due.due_on))
    late = [Suggestion(due, "due") for due in standings if due.ratio >= 1]
    return plan._replace(suggestions=tuple(late[: settings.capacity[day.weekday()]]))


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
    life = _Life(people, settings, user, chance, days)
    for later in range(days.stop):
        life.live(later, listing)
    return life.outcome


class _Life:
    """The journal of a simulated user, day by day."""

    def __init__(
        self,
        people: list[Person],
        settings: Settings,
        user: User,
        chance: random.Random,
        days: range,
    ) -> None:
        self._settings, self._user, self._chance, self._days = settings, user, chance, days
        self._now = {person.id: person for person in people}
        self._skipped = _skipped(user, days.stop, chance)
        self.outcome = Outcome(people, _avoided(people, user, chance))

    def live(self, later: int, listing: Listing) -> None:
        """One day: measure, look, meet, and keep who was offered if anything was recorded."""
        day, measured = START + timedelta(days=later), later in self._days
        everyone = list(self._now.values())
        standings = standing.standings(everyone, day, self._settings) if measured else []
        if measured:
            self.outcome.see(standings)
        recorded = later in self._user.meets_many
        if recorded:
            self._confer(day)
        if later in self._skipped:
            return
        plan = listing(everyone, day, self._settings)
        if measured:
            self.outcome.look(plan, standings)
        done = [one.person for one in plan.suggestions if self._does(one.person, plan)]
        if done or recorded:
            for person, dormant in offered(plan.suggestions):
                self._offer(person, day, dormant=dormant)
        for person in done:
            if self._chance.random() < self._user.misses:
                self._now[person.id] = self._now[person.id]._replace(tried_on=day)
            else:
                self._meet(person, day)

    def _does(self, person: Person, plan: Plan) -> bool:
        last = len(plan.suggestions) > 1 and person.id == plan.suggestions[-1].person.id
        if self._user.leaves_last and last:
            return False
        avoided = person.id in self.outcome.avoided
        return self._chance.random() < (self._user.dares if avoided else self._user.does)

    def _offer(self, person: Person, day: date, *, dormant: bool) -> None:
        now = self._now[person.id]
        self._now[person.id] = (
            now._replace(reconnected_on=day)
            if dormant
            else now._replace(offered=(*now.offered, day))
        )

    def _meet(self, person: Person, day: date) -> None:
        now = self._now[person.id]
        if day.toordinal() - START.toordinal() in self._days:
            self.outcome.contacts += 1
            if now.last_full_on is not None and isinstance(now.cadence, Cadence):
                gaps = self.outcome.gaps.setdefault(now.cadence, [])
                gaps.append((day - now.last_full_on).days)
        self.outcome.at_crowd.discard(person.id)
        self._now[person.id] = now._replace(last_full_on=day, offered=(), tried_on=None)

    def _confer(self, day: date) -> None:
        """A conference: many are met in one interaction, and their due days are spread."""
        met = self._chance.sample(sorted(self._now), self._user.crowd)
        for person_id in met:
            self._now[person_id] = self._now[person_id]._replace(
                last_full_on=day, offered=(), tried_on=None
            )
        there, everyone = [self._now[person_id] for person_id in met], list(self._now.values())
        for person, on, *_ in spread_out(there, day, everyone, day, self._settings):
            self._now[person.id] = person._replace(first_on=on, first_said_on=day)
        self.outcome.at_crowd.update(met)


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
