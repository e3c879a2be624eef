"""The next day on which somebody is listed, against a reading of every single day."""

from collections.abc import Sequence
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Named, Owed, Pause, Person, Promise
from connect_cli.scheduler import next_plan as module
from connect_cli.scheduler import standing
from connect_cli.scheduler.next_plan import FARTHEST_DAYS, next_plan
from connect_cli.scheduler.plan import make_plan
from connect_cli.settings import Settings
from connect_cli.views import Plan
from tests.scheduler import strategies as some

MONDAY = date(2026, 11, 23)
SETTINGS = Settings()
MONTHLY, YEARLY = Cadence(1, "m"), Cadence(1, "y")


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def person(name: str, due: int, cadence: Cadence = YEARLY) -> Person:
    """Somebody who comes due so many days after Monday."""
    said = min(after(due), MONDAY)
    return Person(name, name.title(), cadence=cadence, first_on=after(due), first_said_on=said)


def promise(due: int, owed: Owed = Owed.ME) -> Promise:
    """A promise to Tom, for so many days after Monday."""
    return Promise("to-tom", Named("tom", "Tom"), "the book", owed, after(due))


def day_of_next(
    people: Sequence[Person],
    settings: Settings = SETTINGS,
    promises: Sequence[Promise] = (),
    away: Sequence[Pause] = (),
) -> int | None:
    """How many days after Monday the next plan is."""
    found = next_plan(people, promises, MONDAY, settings, away=away)
    return None if found is None else (found.day - MONDAY).days


DORMANT = person("ada", -700, MONTHLY)
WEEKENDS_ONLY = Settings(capacity=(0, 0, 0, 0, 0, 3, 3))


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        pytest.param([], None, id="nobody"),
        pytest.param([person("ada", 40), person("tom", 60)], 26, id="soon"),
        pytest.param([person("ada", 1, Cadence(1, "w"))], 1, id="tomorrow"),
        pytest.param([person("ada", 40)._replace(archived=True)], None, id="archived"),
        pytest.param([person("ada", 40)._replace(cadence=None)], None, id="no cadence"),
        pytest.param(
            [person("ada", 0)._replace(pauses=(Pause(MONDAY),))], None, id="paused for good"
        ),
        pytest.param(
            [person("ada", 0)._replace(pauses=(Pause(MONDAY, after(8)),))], 9, id="paused"
        ),
        pytest.param([person("ada", 0)._replace(snoozed_on=after(5))], 5, id="snoozed"),
        pytest.param([person("ada", -3)._replace(tried_on=MONDAY)], 14, id="tried"),
        pytest.param([DORMANT], 1, id="the place of last Friday is free still"),
        pytest.param([DORMANT._replace(reconnected_on=after(-2))], 61, id="nine weeks"),
        pytest.param(
            [DORMANT, DORMANT._replace(id="tom", reconnected_on=MONDAY)], 4, id="next Friday"
        ),
        pytest.param([person("ada", FARTHEST_DAYS + 14)], FARTHEST_DAYS, id="two years"),
        pytest.param([person("ada", FARTHEST_DAYS + 15)], None, id="later"),
    ],
)
def test_the_next_day_is_the_one_on_which_somebody_can_be_listed(
    people: list[Person], expected: int | None
) -> None:
    """Early days, rests, pauses and the place for somebody dormant are what it comes from."""
    assert day_of_next(people) == expected


def test_without_a_place_for_the_dormant_they_are_never_next() -> None:
    """The setting is off."""
    assert day_of_next([DORMANT], Settings(reconnect_weekday=None)) is None


def test_a_day_without_room_is_passed_over() -> None:
    """Whoever comes due on a Monday is next on Saturday, and nobody is while no day has room."""
    ada = person("ada", 7, Cadence(1, "w"))
    assert day_of_next([ada], WEEKENDS_ONLY) == 12
    assert day_of_next([ada], Settings(capacity=(0,) * 7)) is None


@pytest.mark.parametrize(
    ("promises", "expected"),
    [
        ([promise(3)], 3),
        ([promise(3, Owed.ASK)], 3),
        ([promise(3, Owed.THEM)], 26),
        ([promise(3)._replace(done_on=MONDAY)], 26),
        ([promise(3)._replace(due_on=None)], 26),
        ([promise(-13)], 1),
        ([promise(-14)], 26),
    ],
)
def test_a_promise_has_its_day_as_on_every_list(promises: list[Promise], expected: int) -> None:
    """Mine and questions, from their day on for two weeks, on a rest day too."""
    assert day_of_next([person("ada", 40)], SETTINGS, promises) == expected
    on_rest_days = None if expected == 26 else expected
    assert day_of_next([], Settings(capacity=(0,) * 7), promises) == on_rest_days


def test_nobody_is_next_while_everyone_is_away() -> None:
    """The day after the last one away; an open end is no day."""
    ada = person("ada", 0)
    assert day_of_next([ada], away=[Pause(MONDAY, after(9))]) == 10
    assert day_of_next([ada], away=[Pause(MONDAY)]) is None


def test_the_calendar_ends_without_a_next_day() -> None:
    """On its last day there is no tomorrow."""
    assert next_plan([person("ada", 0)], (), date.max, SETTINGS) is None


def test_few_days_are_read_however_far_the_next_one_is() -> None:
    """A large journal is not read a hundred times."""
    crowd = [person(f"p{number}", 300 + number) for number in range(50)]
    with patch.object(module, "readings", wraps=standing.readings) as reads:
        assert day_of_next(crowd) == 286
    assert reads.call_count == 2


def day_by_day(
    people: Sequence[Person],
    promises: Sequence[Promise],
    settings: Settings,
    away: Sequence[Pause],
    most: int,
) -> Plan | None:
    """The same, found by reading each of so many days."""
    for ahead in range(1, most + 1):
        found = make_plan(people, promises, (), after(ahead), settings, away=away)
        if found.suggestions or found.promises:
            return found
    return None


@given(data=st.data())
def test_nobody_is_listed_on_any_day_before_the_next(data: st.DataObject) -> None:
    """Nobody being met, with offers as they are, whoever rests, is paused, away or dormant."""
    crowd = data.draw(some.crowds(MONDAY, most=4))
    offered = st.lists(st.integers(1, 60), max_size=6, unique=True)
    people = [
        one._replace(
            offered=tuple(after(-ago) for ago in sorted(data.draw(offered), reverse=True)),
            reconnected_on=data.draw(st.none() | some.before(MONDAY, 70)),
        )
        for one in crowd
    ]
    promises = data.draw(some.promises_to(people, MONDAY))
    settings = data.draw(some.settings)
    away = data.draw(some.any_pauses(MONDAY))
    found = next_plan(people, promises, MONDAY, settings, away=away)
    most = 150 if found is None else (found.day - MONDAY).days
    assert day_by_day(people, promises, settings, away, min(most, 150)) == (
        found if most <= 150 else None
    )
