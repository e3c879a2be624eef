"""Simulated years through the real scheduler; run with -s to see the table.

The numbers of the study are means over runs, and so are these. CONNECT_SEED draws other runs.
"""

import os
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from statistics import fmean
from typing import NamedTuple

import pytest

from connect_cli.journal.journal import Journal
from connect_cli.model import Cadence, Person
from connect_cli.scheduler import standing
from connect_cli.settings import Settings
from tests.scheduler.trial import (
    CIRCLES,
    MONTHLY,
    QUARTERLY,
    START,
    WEEKLY,
    YEAR,
    YEARLY,
    Listing,
    Outcome,
    User,
    earliest_due_first,
    imported,
    listed,
    newcomers,
    run,
)

Open = Callable[..., Journal]
Measure = Callable[[Outcome], float]

RUNS = 16
FEW_RUNS = 4
chance = random.Random(os.environ.get("CONNECT_SEED", "connect"))  # noqa: S311  # repeatable
SEEDS = [chance.randrange(2**32) for _ in range(RUNS)]

MANY = {WEEKLY: 7, MONTHLY: 13, QUARTERLY: 47, YEARLY: 133}
USUAL = User()
AVOIDING = User(avoids=0.1)
DILIGENT = User(skips=0, does=1)
NOTING_ATTEMPTS = User(misses=0.5)
LEAVING_THE_LAST = User(leaves_last=True)
MEETING_MANY = User(meets_many=frozenset({60, 230, 425, 595}))


class Trial(NamedTuple):
    """How many runs there are, and by which share the bounds on their means are wider."""

    runs: int
    wider: float = 0.0

    def live(
        self,
        people: list[Person],
        settings: Settings,
        user: User = USUAL,
        *,
        listing: Listing = listed,
        days: range = range(YEAR, 2 * YEAR),
    ) -> list[Outcome]:
        """These people and this user, once with each seed."""
        return [
            run(people, settings, user, seed, listing=listing, days=days)
            for seed in SEEDS[: self.runs]
        ]

    def at_least(self, bound: float, name: str, outcomes: Sequence[Outcome], of: Measure) -> None:
        """Print one line of the table, and hold that the mean is no lower."""
        assert row(name, outcomes, of) >= bound * (1 - self.wider)

    def at_most(self, bound: float, name: str, outcomes: Sequence[Outcome], of: Measure) -> None:
        """Print one line of the table, and hold that the mean is no higher."""
        assert row(name, outcomes, of) <= bound * (1 + self.wider)


ALL_RUNS = pytest.param(Trial(RUNS), marks=pytest.mark.slow, id="all-runs")
SOME_RUNS = pytest.param(Trial(FEW_RUNS, wider=0.15), id="few-runs")
in_both_suites = pytest.mark.parametrize("trial", [ALL_RUNS, SOME_RUNS])
in_the_slow_suite = pytest.mark.parametrize("trial", [ALL_RUNS])


def row(name: str, outcomes: Sequence[Outcome], of: Measure) -> float:
    """Print one line of the table and return the mean."""
    values = [of(outcome) for outcome in outcomes]
    show(f"{name:<48} {fmean(values):7.3f}   ({min(values):.3f} to {max(values):.3f})")
    return fmean(values)


def nobody_rests_unoffered(name: str, outcomes: Sequence[Outcome]) -> None:
    """Hold that of the days of rest after offers, none is that of somebody who had no offer."""
    assert min(outcome.resting for outcome in outcomes) > 0
    assert row(f"{name}: resting, never offered", outcomes, lambda one: one.unseen) == 0


def show(line: str) -> None:
    print(line)  # noqa: T201  # the table is what these tests are read for


def capacity(*places: int) -> Settings:
    """The same every day, or a week of its own."""
    return Settings(capacity=places if len(places) == 7 else places * 7)


def usual_people(settings: Settings) -> list[Person]:
    """The 150 people of the study."""
    return newcomers(CIRCLES, settings=settings)


@in_both_suites
def test_every_circle_waits_alike(trial: Trial) -> None:
    """With room for 3 a day and 150 people no circle starves, as it does most days late first."""
    three = capacity(3)
    people = usual_people(three)
    found = trial.live(people, three)
    others = trial.live(people, three, listing=earliest_due_first)
    starved = row("k=3: worst circle, earliest due first", others, lambda one: one.worst)
    trial.at_least(0.66, "k=3: worst circle", found, lambda one: one.worst)
    trial.at_least(0.15, "k=3: worst circle, above that", found, lambda one: one.worst - starved)
    trial.at_least(0.40, "k=3: lowest person", found, lambda one: one.lowest)
    trial.at_most(200, "k=3: longest unoffered", found, lambda one: one.unoffered)
    trial.at_most(1.5, "k=3: r, 95th percentile", found, lambda one: one.p95)
    trial.at_most(5, "k=3: r, longest", found, lambda one: one.longest)
    there_is = 3 * (1 - USUAL.skips) * USUAL.does / standing.demand(people, START)
    show(f"{'k=3: time there is / time promised':<48} {there_is:7.3f}")
    kept = row("k=3: share of promises kept", found, lambda one: one.weighted)
    assert kept == pytest.approx(there_is, abs=0.05 * (1 + trial.wider))
    nobody_rests_unoffered("k=3", found)


@in_both_suites
def test_with_room_for_five_nearly_everyone_is_in_time(trial: Trial) -> None:
    """More time than was promised: what is left is the days on which nobody looked."""
    five = capacity(5)
    found = trial.live(usual_people(five), five)
    trial.at_least(0.97, "k=5: in time", found, lambda one: one.in_time)
    trial.at_least(0.81, "k=5: worst circle", found, lambda one: one.worst)
    trial.at_least(0.75, "k=5: lowest person", found, lambda one: one.lowest)
    trial.at_most(30, "k=5: longest unoffered", found, lambda one: one.unoffered)


@in_the_slow_suite
def test_people_one_avoids_do_not_keep_the_others_from_the_list(trial: Trial) -> None:
    """One in ten of each circle is met once in fifty times; the rest rule gives others a turn."""
    three = capacity(3)
    found = trial.live(usual_people(three), three, AVOIDING)
    trial.at_least(0.65, "k=3, avoiding: in time, of the others", found, lambda one: one.in_time)
    trial.at_least(0.64, "k=3, avoiding: worst circle", found, lambda one: one.worst)
    trial.at_least(0.35, "k=3, avoiding: lowest person", found, lambda one: one.lowest)
    trial.at_most(4, "k=3, avoiding: r, longest", found, lambda one: one.longest)
    trial.at_least(0.98, "k=3, avoiding: contacts a day", found, lambda one: one.contacts_a_day)
    nobody_rests_unoffered("k=3, avoiding", found)


@in_both_suites
def test_an_import_of_two_hundred_is_no_avalanche(trial: Trial, open_journal: Open) -> None:
    """The same circles, imported with their cadences, at a load of 0.84: first days are spread."""
    people = imported(open_journal(f"{START}T08:00"), MANY)
    settings = capacity(7, 7, 7, 7, 6, 6, 6)
    places = sum(settings.capacity) / 7
    load = standing.demand(people, START) / (places * (1 - USUAL.skips) * USUAL.does)
    assert len(people) == 200
    assert load == pytest.approx(0.84, abs=0.01)
    found = trial.live(people, settings, days=range(YEAR))
    trial.at_most(6, "200 at once: most past grace", found, lambda one: one.past_grace)
    trial.at_most(20, "200 at once: most past due", found, lambda one: one.past_due)


@pytest.mark.parametrize(
    ("places", "circles"),
    [
        (2, {WEEKLY: 5, MONTHLY: 10, QUARTERLY: 35, YEARLY: 80}),
        pytest.param(2, {WEEKLY: 11}, marks=pytest.mark.slow),
        (1, {WEEKLY: 3, MONTHLY: 6, QUARTERLY: 15}),
        pytest.param(1, {QUARTERLY: 60, YEARLY: 50}, marks=pytest.mark.slow),
    ],
    ids=["130-people", "weekly-only", "one-a-day", "distant-only"],
)
def test_who_does_everything_keeps_every_promise(places: int, circles: dict[Cadence, int]) -> None:
    """Up to D/k = 5/6 nobody waits half as long again as was asked for, and a week is a week.

    One run is enough: with nothing left to chance all are alike.
    """
    settings = capacity(places)
    people = newcomers(circles, settings=settings)
    assert standing.demand(people, START) / places <= 5 / 6
    found = Trial(1).live(people, settings, DILIGENT)
    name = f"all done, k={places}, {len(people)} people"
    assert row(f"{name}: r, longest", found, lambda one: one.longest) <= 1.5
    if WEEKLY in circles:
        gap = row(f"{name}: mean gap of weekly people", found, lambda one: one.mean_gap(WEEKLY))
        assert 6.8 <= gap <= 7.2


@in_both_suites
@pytest.mark.parametrize("places", [3, 5])
def test_forty_met_on_one_day_all_have_their_turn(trial: Trial, places: int) -> None:
    """Forty people alone, met together and given 3m: no empty list while somebody is past due."""
    settings = capacity(places)
    people = newcomers({QUARTERLY: 40}, START, settings)
    found = trial.live(people, settings, days=range(2 * YEAR))
    assert row(f"40 alone, k={places}: empty lists", found, lambda one: one.empty) == 0
    if places == 5:
        trial.at_most(1.5, "40 alone, k=5: r, longest", found, lambda one: one.longest)


@in_the_slow_suite
def test_conferences_are_no_avalanche(trial: Trial) -> None:
    """Two conferences a year, where forty are met at once: neither they nor others wait long."""
    five = capacity(5)
    found = trial.live(usual_people(five), five, MEETING_MANY)
    trial.at_most(5, "k=5, conferences: r, longest", found, lambda one: one.longest)
    trial.at_most(3, "k=5, conferences: r, longest there", found, lambda one: one.crowd_longest)


@in_both_suites
def test_honest_notes_of_attempts_make_nobody_vanish(trial: Trial) -> None:
    """Half of all calls are unanswered and noted: hardly anybody is dormant for it."""
    five = capacity(5)
    found = trial.live(usual_people(five), five, NOTING_ATTEMPTS)
    trial.at_least(0.52, "k=5, attempts: worst circle", found, lambda one: one.worst)
    trial.at_most(7, "k=5, attempts: r, longest", found, lambda one: one.longest)
    trial.at_most(0.5, "k=5, attempts: dormant on a day", found, lambda one: one.dormant_a_day)


@in_the_slow_suite
def test_who_never_does_the_last_one_leaves_nobody_for_ever(trial: Trial) -> None:
    """The last on the list is another one from day to day, so everybody has their turn."""
    five = capacity(5)
    found = trial.live(usual_people(five), five, LEAVING_THE_LAST)
    trial.at_most(4.5, "k=5, all but the last: r, longest", found, lambda one: one.longest)
    trial.at_least(0.5, "k=5, all but the last: lowest", found, lambda one: one.lowest)


@in_both_suites
@pytest.mark.parametrize("friday", [3, 0])
def test_a_free_friday_keeps_no_dormant_person_from_their_place(trial: Trial, friday: int) -> None:
    """With room at weekends only, thirty dormant people have all been offered within a year."""
    settings = capacity(0, 0, 0, 0, friday, 3, 3)
    long_ago = START - timedelta(days=900)
    sleepers = [
        Person(f"sleeper{number}", f"Sleeper {number}", cadence=MONTHLY, last_full_on=long_ago)
        for number in range(30)
    ]
    others = newcomers({WEEKLY: 1, MONTHLY: 3, QUARTERLY: 10}, settings=settings)
    found = trial.live([*others, *sleepers], settings, days=range(YEAR))
    name = f"weekends, capacity.fri {friday}: never offered"
    assert row(name, found, lambda one: len(sleepers) - len(one.reconnected)) == 0
