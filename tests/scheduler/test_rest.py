"""Rest: when someone past due is offered, and when they are left alone."""

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from connect_cli.scheduler.rest import phases, rest_days, rest_ends


@given(st.integers(1, 400), st.integers(0, 3000))
def test_the_phase_is_that_of_counting_offers_and_rests_one_by_one(period: int, past: int) -> None:
    """Offered 7 days, rests b, offered 7, rests 2b, and so on, each rest at most P."""
    first, last, resting = next(phase for phase in phases(period) if phase[0] <= past <= phase[1])
    assert first <= past
    assert rest_ends(past, period) == (last + 1 if resting else 0)


def test_rests_double_up_to_the_period() -> None:
    """With P = 30 and b = 4: 4, 8, 16, 30, 30."""
    lengths = [last - first + 1 for first, last, resting in islice(phases(30), 10) if resting]
    assert lengths == [4, 8, 16, 30, 30]
    assert rest_days(30) == 4
