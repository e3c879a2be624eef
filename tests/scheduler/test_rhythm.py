"""How often somebody is really met: from real gaps, and only where it clearly differs."""

from datetime import date, timedelta
from itertools import accumulate

import pytest

from connect_cli.model import Cadence
from connect_cli.scheduler.rhythm import Rhythm, rhythm_of


def met(*gaps: int) -> list[date]:
    """Days of contact with these gaps between them."""
    return [date(2020, 1, 1) + timedelta(days=days) for days in accumulate(gaps, initial=0)]


@pytest.mark.parametrize(
    ("gaps", "days", "nearest"),
    [
        ((40, 42, 45), 42, "6w"),
        ((40, 42, 45, 50), 43.5, "6w"),
        ((8, 8, 8), 8, "1w"),
        ((9, 9, 9), 9, "10d"),
        ((3, 2, 3), 3, "3d"),
        ((1, 1, 1), 1, "1d"),
        ((360, 380, 400), 380, "1y"),
        ((1100, 1100, 1100), 1100, "3y"),
        ((5000, 5000, 5000), 5000, "10y"),
        ((5, 5, 5, *12 * (30,)), 30, "1m"),
    ],
)
def test_the_rhythm_is_the_median_of_the_newest_gaps(
    gaps: tuple[int, ...], days: float, nearest: str
) -> None:
    """Told with the nearest step of the ladder; the newest twelve count."""
    assert rhythm_of(met(*gaps)) == Rhythm(days, min(12, len(gaps)), Cadence.parse(nearest))


@pytest.mark.parametrize("gaps", [(), (30,), (30, 30)], ids=["none", "one", "two"])
def test_two_gaps_are_no_rhythm(gaps: tuple[int, ...]) -> None:
    """Three at least, and two meetings on a day are one."""
    days = met(*gaps)
    assert rhythm_of([*days, *days]) is None


@pytest.mark.parametrize(
    ("gaps", "asked", "offered"),
    [
        ((40, 42, 45), "2w", True),
        ((20, 21, 25), "2w", True),
        ((20, 20, 25), "2w", False),
        ((14, 14, 14), "2w", False),
        ((9, 9, 9), "2w", False),
        ((9, 9, 9, 9), "2w", True),
        ((10, 10, 10, 10), "2w", False),
        ((90, 90, 90), "2w", True),
        ((7, 7, 7), "1y", False),
        ((7,) * 104, "1y", False),
        ((7,) * 105, "1y", True),
        ((*50 * (2,), *15 * (30,)), "1w", True),
        ((2, 60, 3, 60), "2w", False),
        ((5, 30, 30, 30), "2w", True),
        ((5, 5, 30, 30), "2w", False),
        ((3, 4, 20, 5), "2w", True),
    ],
)
def test_only_a_clear_difference_is_offered(
    gaps: tuple[int, ...], asked: str, *, offered: bool
) -> None:
    """Half as long again or more, or that much shorter, and mostly so, over two periods."""
    assert (rhythm_of(met(*gaps), Cadence.parse(asked)) is not None) is offered


def test_the_order_of_the_days_does_not_matter() -> None:
    """They are days, not a list."""
    assert rhythm_of(reversed(met(30, 40, 50))) == rhythm_of(met(30, 40, 50))


@pytest.mark.parametrize(
    ("asked", "raises"), [("1y", True), ("2w", False), ("1w", False), (None, False)]
)
def test_a_shorter_cadence_raises_the_load(asked: str | None, *, raises: bool) -> None:
    """Who has none has asked for nothing."""
    found = rhythm_of(met(14, 14, 14))
    assert found is not None
    assert found.raises(Cadence.parse(asked) if asked else None) is raises
