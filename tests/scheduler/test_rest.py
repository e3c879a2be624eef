"""Rest: which rests follow from the days on which somebody was offered, and what pauses change."""

from datetime import date

import pytest

from connect_cli.model import Pause
from connect_cli.scheduler.rest import OPEN, Stops, merged, pause_end, rest_days, rests

FAR = 1000


def found(offered: list[int], period: int, *stops: tuple[int, int]) -> list[tuple[int, int]]:
    return list(rests(offered, period, FAR, stops))


@pytest.mark.parametrize(
    ("period", "days"),
    [(1, 1), (7, 1), (10, 1), (11, 2), (14, 2), (30, 4), (91, 13), (95, 14), (365, 14)],
)
def test_the_first_rest_is_a_seventh_of_the_period_and_at_most_two_weeks(
    period: int, days: int
) -> None:
    """b = min(14, max(1, (P+3) // 7))."""
    assert rest_days(period) == days


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        ([], []),
        ([1, 2], []),
        ([1, 2, 3], [(3, 8)]),
        ([1, 20, 50], [(50, 55)]),
        ([1, 2, 3, 8], [(3, 8)]),
        ([1, 2, 3, 8, 9], [(3, 8), (9, 18)]),
        ([1, 2, 3, 4, 7], [(3, 8)]),
        ([1, 2, 3, 4, 7, 8, 9], [(3, 8), (9, 18)]),
    ],
    ids=["never", "twice", "third", "far-apart", "once-more", "second", "within", "within-and-on"],
)
def test_a_rest_follows_the_third_offer_and_then_every_second(
    offered: list[int], expected: list[tuple[int, int]]
) -> None:
    """With P = 30 and b = 4: the last day of offers, and the day back. In a rest nothing counts.

    Offers within a rest come from another copy of the journal, which did not know of the others.
    """
    assert found(offered, 30) == expected


@pytest.mark.parametrize(
    ("period", "lengths"),
    [(30, [4, 8, 16, 30, 30]), (7, [1, 2, 4, 7, 7]), (1, [1, 1, 1]), (365, [14, 28, 56, 112])],
)
def test_each_rest_is_twice_as_long_as_the_one_before_up_to_the_period(
    period: int, lengths: list[int]
) -> None:
    """Somebody offered on every day that they do not rest: b, 2b, 4b, at most P."""
    offered = list(range(1, 500))
    assert [back - last - 1 for last, back in found(offered, period)][: len(lengths)] == lengths


@pytest.mark.parametrize(
    ("pause", "back"),
    [((5, 9), 13), ((1, 9), 14), ((8, 10), 11), ((7, 7), 9), ((9, 20), 8), ((1, 3), 8)],
    ids=["in-the-rest", "from-before", "on-the-day-back", "last-day", "after-it", "before-it"],
)
def test_a_pause_moves_the_end_of_a_rest_that_it_begins_in(
    pause: tuple[int, int], back: int
) -> None:
    """Clocks stop, this one too; a rest that is over stays over."""
    assert found([1, 2, 3], 30, pause) == [(3, back)]


def test_a_pause_after_a_rest_leaves_the_offers_that_came_between() -> None:
    """Two offers, a pause of a month and another: the rest is the one that they would give."""
    assert found([1, 2, 3, 8, 50], 30, (10, 40)) == [(3, 8), (50, 59)]


def test_a_pause_without_an_end_moves_a_rest_up_to_today() -> None:
    """So many days of the rest are left as there were on its eve."""
    for today in (5, 9, 40):
        (rest,) = rests([1, 2, 3], 30, today, ((5, OPEN),))
        assert rest == (3, 8 + today - 4)


DAYS = [date.fromordinal(number) for number in range(1, 31)]


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], ()),
        ([Pause(DAYS[4], DAYS[5]), Pause(DAYS[1], DAYS[2])], ((2, 3), (5, 6))),
        ([Pause(DAYS[1], DAYS[4]), Pause(DAYS[3], DAYS[8])], ((2, 9),)),
        ([Pause(DAYS[1], DAYS[4]), Pause(DAYS[5], DAYS[8])], ((2, 9),)),
        ([Pause(DAYS[1]), Pause(DAYS[5], DAYS[8])], ((2, OPEN),)),
        ([Pause(DAYS[5], DAYS[4])], ()),
    ],
    ids=["none", "in-order", "overlapping", "adjoining", "open", "backwards"],
)
def test_paused_days_are_there_once(pauses: list[Pause], expected: Stops) -> None:
    """Whoever paused, and however often."""
    assert merged(pauses) == expected


@pytest.mark.parametrize(("today", "end"), [(1, 0), (2, 3), (3, 3), (4, 0)])
def test_a_day_is_in_a_pause_from_its_first_to_its_last_day(today: int, end: int) -> None:
    """The last day is what is returned; 0 outside every pause."""
    assert pause_end(((2, 3),), today) == end
    assert pause_end((), today) == 0
