"""First due days: spread over the period, and off the days on which many others come due."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain
from math import ceil

import pytest

from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.reports import FirstDay
from connect_cli.scheduler.first_days import first_days, spread_out
from connect_cli.scheduler.recurrence import LADDER, usual_days
from connect_cli.scheduler.standing import due
from connect_cli.settings import Settings

TODAY = date(2026, 11, 23)
WEEKLY, MONTHLY, QUARTERLY, YEARLY = map(Cadence.parse, ("1w", "1m", "3m", "1y"))
FIRST_FRIDAY = Rule("FREQ=MONTHLY;BYDAY=1FR")
THREE = Settings(capacity=(3,) * 7)
ENDLESS = Settings(capacity=(999,) * 7)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def new(*cadences: Cadence | Rule, last: date | None = None) -> list[Person]:
    """People who have just been given these cadences."""
    return [
        Person(f"new{number:03}", f"New {number}", cadence=cadence, last_full_on=last)
        for number, cadence in enumerate(cadences)
    ]


def others(on: date, count: int, cadence: Cadence | Rule = YEARLY) -> list[Person]:
    """So many others who come due on that day."""
    return [
        Person(f"other {on} {number}", "Other", cadence=cadence, first_on=on, first_said_on=TODAY)
        for number in range(count)
    ]


def given(
    newcomers: Sequence[Person],
    people: Iterable[Person] = (),
    settings: Settings = ENDLESS,
    away: Sequence[Pause] = (),
) -> list[date]:
    """The first due days of the newcomers."""
    return [first.due_on for first in first_days(newcomers, people, TODAY, settings, away)]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 11, 2), date(2026, 12, 2)),
        (date(2026, 10, 23), TODAY),
        (date(2026, 10, 22), TODAY + days(18)),
        (None, TODAY + days(18)),
    ],
    ids=["to-come", "today", "past", "unknown"],
)
def test_a_known_contact_gives_the_first_day_unless_that_is_past(
    last: date | None, expected: date
) -> None:
    """Otherwise the golden ratio spreads them: 0.618 of 30 days for the second of a cadence."""
    assert given(new(MONTHLY, last=last), others(TODAY, 1, MONTHLY)) == [expected]


def test_the_first_of_a_cadence_begins_today() -> None:
    """m = 0: whom you have just added you may as well meet."""
    assert given(new(YEARLY), others(TODAY, 1, MONTHLY)) == [TODAY]


@pytest.mark.parametrize(("count", "earliest", "latest"), [(4, 0, 29), (5, 15, 44), (200, 15, 44)])
def test_five_or_more_at_once_begin_half_a_period_later(
    count: int, earliest: int, latest: int
) -> None:
    """An import is spread over [P/2, 3P/2], a few people over [0, P]."""
    found = given(new(*[MONTHLY] * count), others(TODAY, 7, MONTHLY))
    later = [(day - TODAY).days for day in found]
    assert earliest <= min(later) <= max(later) <= latest


def test_those_with_a_known_contact_keep_their_day_among_many() -> None:
    """They have one to come due by; the others are spread as if all were new."""
    lasts = [None, date(2026, 11, 20), None, None, date(2020, 1, 1)]
    people = new(*[WEEKLY] * 5)
    unknown = given(people)
    known = [one._replace(last_full_on=last) for one, last in zip(people, lasts, strict=True)]
    found = given(known)
    assert found[1] == date(2026, 11, 27)
    assert [*found[:1], *found[2:]] == [*unknown[:1], *unknown[2:]]


def test_five_at_once_are_many_whatever_their_cadences() -> None:
    """Each begins half of their own period later, and is spread among those who share it."""
    mixed = new(WEEKLY, MONTHLY, YEARLY, WEEKLY, MONTHLY)
    found = given(mixed, others(TODAY, 1, YEARLY))
    assert [(day - TODAY).days for day in found] == [3, 15, 182 + 225, 3 + 4, 15 + 18]


@pytest.mark.parametrize("settings", [THREE, ENDLESS], ids=["crowds-avoided", "spread-alone"])
@pytest.mark.parametrize("cadence", LADDER, ids=str)
def test_no_step_of_the_ladder_crowds_a_day_as_two_hundred_are_added(
    cadence: Cadence, settings: Settings
) -> None:
    """At every count n the fullest day has at most n/P + 2 first days, rounded up."""
    period, seen = usual_days(cadence), Counter[date]()
    for place, day in enumerate(given(new(*[cadence] * 200), settings=settings)):
        seen[day] += 1
        assert max(seen.values()) <= ceil((place + 1) / period) + 2


def test_a_calendar_rule_begins_on_one_of_its_days() -> None:
    """A first Friday is a first Friday from the start, however many others have it."""
    found = first_days(new(*[FIRST_FRIDAY] * 4), others(date(2026, 12, 4), 9), TODAY, THREE)
    assert Counter(first.due_on for first in found) == {date(2026, 12, 4): 2, date(2027, 1, 1): 2}
    assert all(first.moved_from is None for first in found)


def test_who_has_no_cadence_gets_no_first_day() -> None:
    """Nor do they stand in the way of the others."""
    without = Person("none", "None")
    found = first_days([without, *new(WEEKLY)], [without], TODAY, THREE)
    assert [first.person.id for first in found] == ["new000"]


DUE = TODAY + days(17)
MET = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("there", "later"),
    [
        ([2], 0),
        ([3], 1),
        ([4, 2], 1),
        ([3, 3, 5], 3),
        ([3, 3, 3, 3, 3, 3, 3], 7),
        ([3, 3, 3, 3, 3, 3, 3, 3], 0),
    ],
    ids=["room", "full", "over-full", "next-full", "last-day", "none-near"],
)
def test_from_a_full_day_somebody_new_goes_to_the_next_one_with_room(
    there: list[int], later: int
) -> None:
    """With room for 3 and P = 30, as many as 7 days later; if all are full, the day itself.

    The last contact, on 10 November, gives 10 December.
    """
    people = chain.from_iterable(
        others(DUE + days(number), count) for number, count in enumerate(there)
    )
    (found,) = first_days(new(MONTHLY, last=MET), people, TODAY, THREE)
    moved_from = DUE if later else None
    on = DUE + days(later)
    assert found[1:] == (on, on, moved_from)
    stored = found.person._replace(first_on=found.on, first_said_on=TODAY)
    assert due(stored, TODAY, THREE).due_on == on


def test_a_quarter_of_the_cadence_is_that_of_this_instance_of_it() -> None:
    """From 1 January two months are 59 days, so nobody is moved by 15."""
    today, two_months = date(2027, 1, 10), Cadence.parse("2m")
    newcomers = new(two_months, last=date(2027, 1, 1))
    there = [one for later in range(15) for one in others(date(2027, 3, 1) + days(later), 3)]
    (found,) = first_days(newcomers, there, today, THREE)
    assert (found.due_on, found.moved_from) == (date(2027, 3, 1), None)


def test_the_room_is_that_of_a_mean_day_rounded_up() -> None:
    """The weekday makes no difference: whoever is not met then is met on the next days."""
    settings = Settings(capacity=(0, 0, 0, 0, 0, 5, 5))
    assert given(new(MONTHLY, last=MET), others(DUE, 1), settings) == [DUE]
    assert given(new(MONTHLY, last=MET), others(DUE, 2), settings) == [DUE + days(1)]


def test_people_who_are_new_at_once_make_room_for_one_another() -> None:
    """In the order in which they are passed; whoever else is listed among all counts once."""
    people = new(*[MONTHLY] * 4, last=MET)
    found = first_days(people, [*people, *others(DUE, 1)], TODAY, THREE)
    assert [(first.due_on - DUE).days for first in found] == [0, 0, 1, 1]
    assert [first.person.id for first in found] == [person.id for person in people]


def test_only_those_with_a_clock_make_a_day_full() -> None:
    """Archived people and those without a cadence never come due."""
    there = others(DUE, 9)
    archived = [person._replace(archived=True) for person in there]
    without = [person._replace(cadence=None) for person in there]
    assert given(new(MONTHLY, last=MET), [*archived, *without], THREE) == [DUE]


@pytest.mark.parametrize(
    ("full_on", "away", "on", "due_on"),
    [
        (DUE, Pause(DUE + days(1), DUE + days(5)), DUE + days(1), DUE + days(6)),
        (DUE, Pause(DUE + days(1), DUE + days(7)), DUE, DUE),
        (DUE, Pause(TODAY, TODAY + days(1)), DUE + days(1), DUE + days(3)),
        (DUE + days(4), Pause(TODAY - days(8), TODAY - days(5)), DUE + days(5), DUE + days(5)),
    ],
    ids=["behind-it", "too-long", "now", "over"],
)
@pytest.mark.parametrize("whose", ["everyone", "own"])
def test_paused_days_are_counted_once(
    full_on: date, away: Pause, on: date, due_on: date, whose: str
) -> None:
    """What is stored is the day before the pauses that are known, which move it from then on."""
    everyones, own = ([away], ()) if whose == "everyone" else ([], (away,))
    newcomer, *people = [
        person._replace(pauses=own) for person in [*new(MONTHLY, last=MET), *others(full_on, 3)]
    ]
    (found,) = first_days([newcomer], people, TODAY, THREE, everyones)
    assert (found.on, found.due_on) == (on, due_on)
    stored = newcomer._replace(first_on=on, first_said_on=TODAY)
    assert due(stored, TODAY, THREE, away=everyones).due_on == due_on


def met_together(count: int, cadence: Cadence | Rule = QUARTERLY) -> list[Person]:
    """So many people met today."""
    return [
        Person(f"met{number}", f"Met {number}", cadence=cadence, last_full_on=TODAY)
        for number in range(count)
    ]


BACK = date(2027, 2, 23)


def spread(met: Sequence[Person], people: Iterable[Person] = ()) -> dict[str, int]:
    """How many days later each of those who are moved comes due."""
    found = spread_out(met, TODAY, [*met, *people], TODAY, THREE)
    return {first.person.id: _moved(first) for first in found}


def _moved(first: FirstDay) -> int:
    assert first.moved_from == BACK
    assert first.on == first.due_on
    return (first.due_on - first.moved_from).days


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (4, {}),
        (5, {"met3": 1, "met4": 1}),
        (8, {"met3": 1, "met4": 1, "met5": 1, "met6": 2, "met7": 2}),
    ],
)
def test_five_or_more_who_were_met_together_come_due_on_several_days(
    count: int, expected: dict[str, int]
) -> None:
    """With room for 3 a day, three of them come due on each day from the usual one on."""
    assert spread(met_together(count)) == expected
    assert spread(met_together(count)[::-1]) == expected


def test_those_met_together_make_room_for_others_who_come_due_then() -> None:
    """The others have their day already."""
    assert spread(met_together(5), others(BACK, 2)) == {
        "met1": 1,
        "met2": 1,
        "met3": 1,
        "met4": 2,
    }


@pytest.mark.parametrize(
    "stays",
    [
        {"archived": True},
        {"cadence": None},
        {"cadence": FIRST_FRIDAY},
        {"last_full_on": TODAY - days(1), "last_half_on": None},
        {"last_full_on": None},
        {"first_on": date(2027, 3, 1)},
        {"snoozed_on": date(2027, 3, 1)},
    ],
    ids=["archived", "no-cadence", "rule", "met-before", "never-met", "first-day", "snoozed"],
)
def test_only_who_comes_due_by_that_contact_is_moved(stays: dict[str, object]) -> None:
    """Archived ties rest, a rule has its days, and a later day named for somebody holds."""
    last = met_together(6)[5]._replace(**stays)  # type: ignore[arg-type]  # any field, by name
    assert spread([*met_together(5), last]) == {"met3": 1, "met4": 1}


def test_a_contact_that_was_long_ago_moves_nobody() -> None:
    """Entered late: they are past due already, and the list puts them in order."""
    long_ago = TODAY - days(300)
    met = [person._replace(last_full_on=long_ago) for person in met_together(9)]
    assert not spread_out(met, long_ago, met, TODAY, THREE)


def test_those_met_who_stay_where_they_are_count_as_there() -> None:
    """Three who are snoozed to the day on which the others come due fill it."""
    snoozed = [
        Person(f"z{number}", "Z", cadence=WEEKLY, last_full_on=TODAY, snoozed_on=BACK)
        for number in range(3)
    ]
    met = met_together(3)
    assert spread([*met, *snoozed]) == {"met0": 1, "met1": 1, "met2": 1}
