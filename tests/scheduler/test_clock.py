"""First days of new cadences."""

from collections import Counter
from datetime import date, timedelta
from math import ceil

import pytest

from connect_cli.model import Cadence, Rule
from connect_cli.scheduler.clock import first_day, first_days
from connect_cli.scheduler.recurrence import LADDER, usual_days

TODAY = date(2026, 11, 23)
WEEKLY, MONTHLY, YEARLY = map(Cadence.parse, ("1w", "1m", "1y"))


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 11, 2), date(2026, 12, 2)),
        (date(2026, 10, 23), TODAY),
        (date(2026, 10, 22), TODAY + timedelta(days=18)),
        (None, TODAY + timedelta(days=18)),
    ],
    ids=["to-come", "today", "past", "unknown"],
)
def test_a_known_contact_gives_the_first_day_unless_that_is_past(
    last: date | None, expected: date
) -> None:
    """Otherwise the golden ratio spreads them: 0.618 of 30 days for the second of a cadence."""
    assert first_day(MONTHLY, TODAY, last=last, already=1) == expected


def test_the_first_of_a_cadence_begins_today() -> None:
    """m = 0: whom you have just added you may as well meet."""
    assert first_day(YEARLY, TODAY) == TODAY


@pytest.mark.parametrize(("count", "earliest", "latest"), [(4, 0, 29), (5, 15, 44), (200, 15, 44)])
def test_five_or_more_at_once_begin_half_a_period_later(
    count: int, earliest: int, latest: int
) -> None:
    """An import is spread over [P/2, 3P/2], a few people over [0, P]."""
    later = [
        (day - TODAY).days for day in first_days([(MONTHLY, None)] * count, TODAY, {MONTHLY: 7})
    ]
    assert earliest <= min(later) <= max(later) <= latest


def test_those_with_a_known_contact_keep_their_day_among_many() -> None:
    """They have one to come due by; the others are spread as if all were new."""
    lasts = [None, date(2026, 11, 20), None, None, date(2020, 1, 1)]
    days = first_days([(WEEKLY, last) for last in lasts], TODAY, {})
    assert days[1] == date(2026, 11, 27)
    unknown = first_days([(WEEKLY, None)] * 5, TODAY, {})
    assert [*days[:1], *days[2:]] == [*unknown[:1], *unknown[2:]]


def test_five_at_once_are_many_whatever_their_cadences() -> None:
    """Each begins half of their own period later, and is spread among those who share it."""
    mixed = [(cadence, None) for cadence in (WEEKLY, MONTHLY, YEARLY, WEEKLY, MONTHLY)]
    days = first_days(mixed, TODAY, {YEARLY: 1})
    assert [(day - TODAY).days for day in days] == [3, 15, 182 + 225, 3 + 4, 15 + 18]


@pytest.mark.parametrize("cadence", LADDER, ids=str)
def test_no_step_of_the_ladder_crowds_a_day_as_two_hundred_are_added(cadence: Cadence) -> None:
    """At every count n the fullest day has at most n/P + 2 first days, rounded up."""
    period = usual_days(cadence)
    days: Counter[date] = Counter()
    for already in range(200):
        days[first_day(cadence, date(2026, 11, 1), already=already)] += 1
        assert max(days.values()) <= ceil((already + 1) / period) + 2


def test_a_calendar_rule_begins_on_one_of_its_days() -> None:
    """A first Friday is a first Friday from the start."""
    rule = Rule("FREQ=MONTHLY;BYDAY=1FR")
    assert Counter(first_days([(rule, None)] * 3, TODAY, {})) == {
        date(2026, 12, 4): 2,
        date(2027, 1, 1): 1,
    }
