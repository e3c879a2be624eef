"""The load: what is promised against the time there is, and what would ease it."""

import random
from datetime import date, timedelta
from math import ceil, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.scheduler.load import Load, Offer, Verdict, fits, measure_load, verdict_of
from connect_cli.scheduler.recurrence import LADDER, mean_days
from connect_cli.settings import Settings

DAY = date(2026, 11, 23)
SETTINGS = Settings()


def circle(name: str | None, every: str, count: int) -> list[Person]:
    cadence = Cadence.parse(every)
    return [Person(f"{name}{n}", f"{name}{n}", name, cadence) for n in range(count)]


INNER, FRIENDS = circle("inner", "1w", 7), circle("friends", "10d", 5)


def measured(people: list[Person], contacts: int = 56, window: int = 56) -> Load:
    return measure_load(people, contacts, window, DAY, SETTINGS)


def offer(found: Load, name: str) -> Offer:
    return next(one for one in found.offers if one.name == name)


@pytest.mark.parametrize(
    ("contacts", "window", "time"),
    [(0, 0, 1.5), (56, 56, 1.1), (0, 56, 0.3), (168, 56, 2.7), (20, 10, 41 / 24)],
)
def test_time_is_what_was_done_and_half_the_capacity_for_two_weeks(
    contacts: int, window: int, time: float
) -> None:
    """T = (C + 7k)/(W + 14): a newcomer starts from half of what they think they can do."""
    found = measured(INNER, contacts, window)
    assert found.time == pytest.approx(time)
    assert found.ratio == pytest.approx(found.demand / time)
    assert found.verdict is verdict_of(found.ratio)
    assert (found.contacts, found.window_days, found.capacity) == (contacts, window, 3)


def test_days_away_are_no_time_you_had() -> None:
    """Only those within the window are left out of it."""
    away = [
        Pause(DAY - timedelta(days=60), DAY - timedelta(days=50)),
        Pause(DAY - timedelta(days=10), DAY + timedelta(days=10)),
        Pause(DAY + timedelta(days=20)),
    ]
    assert measure_load(INNER, 0, 56, DAY, SETTINGS, away=away).window_days == 56 - 7 - 10


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [
        (0.0, "comfortable"),
        (5 / 6, "comfortable"),
        (5 / 6 + 1e-12, "comfortable"),
        (1 + 1e-12, "tight"),
        (0.84, "tight"),
        (1.0, "tight"),
        (1.01, "stretched"),
        (1.5, "stretched"),
        (1.51, "more promised than there is"),
        (inf, "more promised than there is"),
    ],
)
def test_the_verdict_follows_from_the_ratio(ratio: float, verdict: str) -> None:
    """5/6 is the load up to which a schedule exists even on strict terms."""
    assert str(verdict_of(ratio)) == verdict


def test_circles_are_told_by_what_they_ask_for() -> None:
    """Those that ask for most first; people outside any are a row too."""
    found = measured([*FRIENDS, *INNER, *circle(None, "2w", 2)])
    rows = [(row.circle, row.people, row.demand) for row in found.circles]
    assert rows == [("inner", 7, 1.0), ("friends", 5, 0.5), (None, 2, pytest.approx(1 / 7))]
    assert found.people == 14
    assert sum(row.demand for row in found.circles) == pytest.approx(found.demand)
    assert sum(row.ratio for row in found.circles) == pytest.approx(found.ratio)


def test_the_load_does_not_depend_on_the_order() -> None:
    """To the last bit."""
    crowd = [person for every in ("3d", "1w", "1m", "3m") for person in circle(every, every, 9)]
    mixed = list(crowd)
    random.Random(1).shuffle(mixed)  # noqa: S311  # an order that can be repeated
    assert measured(mixed).demand == measured(crowd).demand


def said(one: Offer) -> list[str]:
    """Its steps, as they are said."""
    return [f"{step.circle} {step.before} {step.after} {step.people}" for step in one.steps]


def test_as_few_people_as_are_needed_step_up_the_ladder() -> None:
    """A step of the weekly ones is enough, and the numbers are those of what it does."""
    people = [*circle("inner", "1w", 9), *circle("wide", "1y", 50)]
    found = measured(people, contacts=84)
    stretch = offer(found, "stretch")
    assert said(stretch) == ["inner 1w 10d 9"]
    assert stretch.changes == {person.id: Cadence(10, "d") for person in people[:9]}
    assert stretch.demand == pytest.approx(9 / 10 + 50 / mean_days(Cadence(1, "y")))
    assert stretch.ratio == pytest.approx(stretch.demand / 1.5)


@pytest.mark.parametrize(
    ("contacts", "steps"),
    [
        (130, []),
        (120, ["inner 1w 10d 6"]),
        (100, ["inner 1w 10d 6", "close 1m 6w 12"]),
        (80, ["inner 1w 2w 6", "close 1m 2m 12"]),
        (70, ["inner 1w 2w 6", "close 1m 2m 12", "friends 3m 4m 30"]),
        (20, ["inner 1w 1m 6", "close 1m 4m 12", "friends 3m 1y 30", "wide 1y 18m 60"]),
    ],
)
def test_circles_that_wait_longest_step_last(contacts: int, steps: list[str]) -> None:
    """They step with the others only if the load does not fit without them."""
    every = (("inner", "1w", 6), ("close", "1m", 12), ("friends", "3m", 30), ("wide", "1y", 60))
    found = measured([person for one in every for person in circle(*one)], contacts)
    assert [step for one in found.offers if one.name == "stretch" for step in said(one)] == steps


def test_people_of_one_circle_with_another_cadence_step_for_themselves() -> None:
    """And so do people outside any circle."""
    crowd = [
        *circle("inner", "1w", 6),
        *circle("inner", "5d", 2),
        *circle(None, "3d", 1),
        *circle(None, "5w", 4),
    ]
    found = measured([one._replace(id=str(n)) for n, one in enumerate(crowd)], contacts=60)
    assert said(offer(found, "stretch")) == ["None 3d 10d 1", "inner 5d 1w 2", "inner 1w 2w 6"]


def test_between_two_steps_of_the_ladder_the_longer_is_next() -> None:
    """Five weeks are six weeks next, and a calendar rule the step above its mean."""
    rule = Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday")
    friday = [Person(f"f{n}", f"f{n}", None, rule) for n in range(20)]
    found = measured([*circle(None, "5w", 20), *friday], contacts=60)
    assert said(offer(found, "stretch")) == [
        "None FREQ=MONTHLY;BYDAY=1FR 6w 20",
        "None 5w 6w 20",
    ]


def test_one_circle_is_kept_and_the_rest_step_up() -> None:
    """A circle that alone is too much cannot be kept."""
    found = measured([*INNER, *FRIENDS])
    kept = offer(found, "keep-friends")
    assert said(kept) == ["inner 1w 3w 7"]
    assert set(kept.changes) == {person.id for person in INNER}
    assert kept.ratio == pytest.approx((7 / 21 + 5 / 10) / 1.1)
    assert {one.name for one in found.offers} == {"stretch", "keep-friends", "capacity"}


def test_what_changes_the_same_is_offered_once() -> None:
    """A circle that stays anyway is kept by no offer of its own."""
    found = measured([*circle("inner", "1w", 9), *circle("wide", "1y", 50)], contacts=84)
    assert [one.name for one in found.offers] == ["stretch", "capacity"]


def test_the_capacity_that_would_be_needed_is_told() -> None:
    """ceil(6D/(5T/k)), if the time grows in step with it."""
    found = measured([*INNER, *FRIENDS])
    capacity = offer(found, "capacity")
    assert capacity.capacity == ceil(6 * 1.5 / (5 * 1.1 / 3)) == 5
    assert not capacity.changes
    assert capacity.ratio == pytest.approx(1.5 / (1.1 * 5 / 3))


def test_a_capacity_that_is_just_enough_is_enough() -> None:
    """6 · 1 / (5 · 0.9 / 3) is 4, whatever the machine's fractions make of it."""
    assert offer(measured(INNER, 42, 56), "capacity").capacity == 4


def test_rest_days_stay_rest_days_in_an_offer_of_more_capacity() -> None:
    """What it promises is what a default capacity of that many brings, with weekends off."""

    def weekdays(places: int) -> Load:
        chosen = Settings(capacity=(*(places,) * 5, 0, 0))
        return measure_load([*INNER, *FRIENDS], 0, 0, DAY, chosen)

    needed = offer(weekdays(3), "capacity")
    assert (needed.capacity, needed.open_days) == (6, 5)
    assert weekdays(6).time == pytest.approx(needed.time)


def test_a_comfortable_load_has_no_offers() -> None:
    """Nothing needs to change."""
    assert not measured(INNER[:3]).offers


def test_without_time_there_is_nothing_to_offer_but_the_truth() -> None:
    """No capacity and no contacts: any promise is too much, and no promise is fine."""
    nothing = Settings(capacity=(0,) * 7)
    found = measure_load(INNER, 0, 56, DAY, nothing)
    assert (found.ratio, found.verdict, found.offers) == (inf, Verdict.OVER, ())
    assert measure_load([], 0, 56, DAY, nothing).verdict is Verdict.COMFORTABLE


def test_time_without_capacity_offers_no_capacity() -> None:
    """Someone who meets people on rest days only: there is nothing to grow in step with."""
    found = measure_load(INNER, 30, 56, DAY, Settings(capacity=(0,) * 7))
    assert {one.kind for one in found.offers} == {"stretch"}


def test_what_is_longer_than_the_ladder_stays() -> None:
    """Three years do not become two."""
    found = measured([*circle("inner", "1d", 3), *circle("wide", "3y", 2)])
    assert set(offer(found, "stretch").changes) == {"inner0", "inner1", "inner2"}


def test_what_would_not_help_is_not_offered() -> None:
    """Four hundred people and hardly any time: even every two years is too often.

    Nor is a capacity that no day can hold.
    """
    busy = measured(circle("inner", "1y", 400), contacts=1)
    assert {one.name for one in busy.offers} == {"capacity"}
    assert not measured([*circle("inner", "1d", 400), *circle("wide", "1y", 1)], 1).offers


def test_a_calendar_rule_stretches_to_a_step_of_the_ladder() -> None:
    """Its mean gap is what counts; 1.4 days on weekdays."""
    rule = Rule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    ada = Person("ada", "Ada", cadence=rule)
    found = measured([ada, ada._replace(id="zoe")])
    assert {str(new) for new in offer(found, "stretch").changes.values()} == {"1w"}


def with_one_step_less(found: Load, one: Offer) -> list[float]:
    """The demand after this offer if a group took one step less; after the capacity before."""
    if one.capacity is not None:
        return [one.demand * one.capacity / (one.capacity - 1)]
    demands = []
    for step in one.steps:
        lower = [step.before, *LADDER[: LADDER.index(step.after)]]
        before = max(lower, key=mean_days)
        less = 1 / mean_days(before) - 1 / mean_days(step.after)
        demands.append(one.demand + step.people * less)
    return demands


cadences = st.lists(st.sampled_from(["1d", "4d", "1w", "10d", "3w", "1m"]), min_size=1, max_size=40)


@given(cadences, st.integers(0, 300))
def test_every_offer_makes_the_load_comfortable(every: list[str], contacts: int) -> None:
    """The load lands at 5/6 or below, no part of it would do, and only longer ones are named."""
    people = [
        Person(f"p{n}", f"p{n}", f"circle {text}", Cadence.parse(text))
        for n, text in enumerate(every)
    ]
    found = measured(people, contacts)
    before = {person.id: person.cadence for person in people}
    for one in found.offers:
        assert one.ratio <= 5 / 6 + 1e-9
        assert not any(fits(demand, found.time) for demand in with_one_step_less(found, one))
        for person_id, new in one.changes.items():
            old = before[person_id]
            assert old is not None
            assert new in LADDER
            assert mean_days(new) > mean_days(old)
    assert bool(found.offers) is (found.verdict is not Verdict.COMFORTABLE)


def test_five_sixths_to_the_last_bit_are_comfortable() -> None:
    """Five people a week where there is time for six, however the sum is rounded."""
    found = measured(circle("inner", "1w", 5), contacts=39)
    assert found.time == pytest.approx(6 / 7)
    assert (found.fits, found.offers) == (True, ())


def test_the_offers_do_not_depend_on_the_order() -> None:
    """Of people, or of their circles."""
    crowd = [person for every in ("3d", "1w", "1m", "3m") for person in circle(every, every, 9)]
    assert measured(crowd).offers == measured(crowd[::-1]).offers


def test_groups_step_and_not_people() -> None:
    """Ten thousand people of one circle are one step."""
    found = measured(circle("wide", "1y", 10_000), contacts=2100)
    assert said(offer(found, "stretch")) == ["wide 1y 18m 10000"]
    assert len(offer(found, "stretch").changes) == 10_000
