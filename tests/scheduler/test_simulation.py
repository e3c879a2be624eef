"""Simulated years through the real scheduler; run with -s to see the table.

The numbers of the study are means over runs, and so are these. CONNECT_SEED draws other runs.
"""

import os
import random
from collections.abc import Callable
from statistics import fmean

import pytest

from connect_cli.journal.journal import Journal
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

RUNS = 24
chance = random.Random(os.environ.get("CONNECT_SEED", "connect"))  # noqa: S311  # repeatable
SEEDS = [chance.randrange(2**32) for _ in range(RUNS)]

PEOPLE = newcomers(CIRCLES)
DEMAND = standing.demand(PEOPLE, START)
MANY = {WEEKLY: 7, MONTHLY: 13, QUARTERLY: 47, YEARLY: 133}
USUAL = User()
AVOIDING = User(avoids=0.1)
DILIGENT = User(skips=0, does=1)


def capacity(*places: int) -> Settings:
    """The same every day, or a week of its own."""
    return Settings(capacity=places if len(places) == 7 else places * 7)


def runs(
    places: int, user: User = USUAL, listing: Listing = listed, count: int = 16
) -> list[Outcome]:
    """The usual 150 people, two years, the first thrown away."""
    settings = capacity(places)
    return [run(PEOPLE, settings, user, seed, listing=listing) for seed in SEEDS[:count]]


def row(name: str, outcomes: list[Outcome], measure: Callable[[Outcome], float]) -> float:
    """Print one line of the table and return the mean."""
    values = [measure(outcome) for outcome in outcomes]
    show(f"{name:<48} {fmean(values):7.3f}   ({min(values):.3f} to {max(values):.3f})")
    return fmean(values)


def show(line: str) -> None:
    print(line)  # noqa: T201  # the table is what these tests are read for


@pytest.mark.slow
def test_every_circle_waits_alike() -> None:
    """With room for 3 a day and 150 people no circle starves, as it does most days late first."""
    found = runs(3)
    others = runs(3, listing=earliest_due_first)
    worst = row("k=3: worst circle", found, lambda one: one.worst)
    starved = row("k=3: worst circle, earliest due first", others, lambda one: one.worst)
    assert worst >= 0.66
    assert worst >= starved + 0.15
    kept = row("k=3: share of promises kept", found, lambda one: one.weighted)
    can = 3 * (1 - USUAL.skips) * USUAL.does / DEMAND
    show(f"{'      time there is / time promised':<48} {can:7.3f}")
    assert kept == pytest.approx(can, abs=0.05)
    assert row("k=3: r, 95th percentile", found, lambda one: one.p95) <= 1.6
    assert row("k=3: r, longest", found, lambda one: one.longest) <= 4


@pytest.mark.slow
def test_with_room_for_five_nearly_everyone_is_in_time() -> None:
    """More time than was promised: what is left is the days on which nobody looked."""
    found = runs(5)
    assert row("k=5: in time", found, lambda one: one.in_time) >= 0.95
    assert row("k=5: worst circle", found, lambda one: one.worst) >= 0.78


@pytest.mark.slow
def test_people_one_avoids_do_not_keep_the_others_from_the_list() -> None:
    """One in ten of each circle is met once in fifty times; the rest rule gives others a turn."""
    found = runs(3, AVOIDING)
    assert row("k=3, avoiding: in time, of the others", found, lambda one: one.in_time) >= 0.70
    assert row("k=3, avoiding: r, longest of the others", found, lambda one: one.longest) <= 4
    assert row("k=3, avoiding: contacts a day", found, lambda one: one.contacts_a_day) >= 1.0


@pytest.mark.slow
def test_an_import_of_two_hundred_is_no_avalanche(open_journal: Open) -> None:
    """The same circles, imported with their cadences, at a load of 0.84: first days are spread."""
    people = imported(open_journal(f"{START}T08:00"), MANY)
    settings = capacity(7, 7, 7, 7, 6, 6, 6)
    places = sum(settings.capacity) / 7
    load = standing.demand(people, START) / (places * (1 - USUAL.skips) * USUAL.does)
    assert len(people) == 200
    assert load == pytest.approx(0.84, abs=0.01)
    found = [run(people, settings, USUAL, seed, days=range(YEAR)) for seed in SEEDS]
    assert row("200 at once: most past grace", found, lambda one: one.past_grace) <= 6
    assert row("200 at once: most past due", found, lambda one: one.past_due) <= 20


@pytest.mark.parametrize(
    ("places", "circles"),
    [
        (2, {WEEKLY: 5, MONTHLY: 10, QUARTERLY: 35, YEARLY: 80}),
        pytest.param(2, {WEEKLY: 11}, marks=pytest.mark.slow),
        (1, {WEEKLY: 3, MONTHLY: 6, QUARTERLY: 15}),
        pytest.param(1, {QUARTERLY: 60, YEARLY: 50}, marks=pytest.mark.slow),
    ],
    ids=["150-people", "weekly-only", "one-a-day", "distant-only"],
)
def test_who_does_everything_keeps_every_promise(places: int, circles: dict[object, int]) -> None:
    """Up to D/k = 5/6 nobody ever waits half as long again as was asked for."""
    people = newcomers(circles)  # type: ignore[arg-type]  # cadences, which have no order
    assert standing.demand(people, START) / places <= 5 / 6
    found = run(people, capacity(places), DILIGENT, SEEDS[0])
    assert row(f"all done, k={places}, {len(people)} people: r, longest", [found], longest) <= 1.5


def longest(outcome: Outcome) -> float:
    return outcome.longest


def test_a_single_run_already_shows_the_shape_of_the_table() -> None:
    """The reduced trial of the fast suite: fair among circles, and nothing is lost to order."""
    (found,) = runs(3, count=1)
    (other,) = runs(3, listing=earliest_due_first, count=1)
    assert row("one run, k=3: worst circle", [found], lambda one: one.worst) >= 0.55
    assert found.worst > other.worst + 0.08
    can = found.contacts_a_day / DEMAND
    assert row("one run, k=3: share kept", [found], lambda one: one.weighted) == pytest.approx(
        can, abs=0.08
    )


def test_an_imports_first_months_are_quiet(open_journal: Open) -> None:
    """The reduced trial of the import: a single run, and one and a half times the bounds."""
    people = imported(open_journal(f"{START}T08:00"), MANY)
    found = run(people, capacity(7, 7, 7, 7, 6, 6, 6), USUAL, SEEDS[0], days=range(200))
    assert row("one run, 200 at once: most past grace", [found], lambda one: one.past_grace) <= 9
    assert row("one run, 200 at once: most past due", [found], lambda one: one.past_due) <= 30
