"""The last year in one line."""

from datetime import timedelta

import pytest

from connect_cli.model import Counts
from connect_cli.render.year_strip import Strip, strip
from connect_cli.views import CountedDay
from tests.render.samples import TODAY

YES, HALF, NO = Counts.YES, Counts.HALF, Counts.NO
OLDEST = 52 * 7 - 1


def days(*ago: tuple[int, Counts]) -> list[CountedDay]:
    """Days so long ago, each with what it counts."""
    return [CountedDay(TODAY - timedelta(number), counts) for number, counts in ago]


def test_a_year_without_a_day_has_no_strip() -> None:
    """Fifty dots would say nothing kind."""
    assert strip([], TODAY, 100) is None


@pytest.mark.parametrize(
    ("width", "signs", "said"),
    [
        (100, 52, "now, by week"),
        (65, 52, "now, by week"),
        (64, 26, "now, by 2 weeks"),
        (42, 26, "now, by 2 weeks"),
        (41, 13, "now, by 4 weeks"),
        (29, 13, "now, by 4 weeks"),
    ],
)
def test_a_sign_is_as_few_weeks_as_there_is_room_for(width: int, signs: int, said: str) -> None:
    """The oldest day is the first sign, today the last, at any width."""
    found = strip(days((OLDEST, YES), (0, HALF)), TODAY, width)
    assert found == Strip(f"█{'·' * (signs - 2)}▄", said)


def test_a_very_narrow_window_has_no_strip() -> None:
    """Half a year would be taken for a whole one."""
    assert strip(days((0, YES)), TODAY, 28) is None


@pytest.mark.parametrize(
    ("ago", "sign"),
    [
        ([(6, YES)], "█"),
        ([(6, HALF)], "▄"),
        ([(0, NO)], "▄"),
        ([(6, YES), (0, NO)], "█"),
        ([(6, NO), (0, YES)], "█"),
        ([(7, YES)], "·"),
    ],
)
def test_a_week_shows_the_most_that_happened_in_it(
    ago: list[tuple[int, Counts]], sign: str
) -> None:
    """A conversation is more than an attempt, in whichever order they came."""
    found = strip(days(*ago), TODAY, 100)
    assert found is not None
    assert found.signs[-1] == sign
