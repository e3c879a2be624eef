"""The newest and the first day of each expression, seen from Monday 23 November 2026."""

from datetime import date

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.day_expression import (
    DayExpression,
    Fixed,
    Monthly,
    OnWeekday,
    Weekday,
    Yearly,
    dated,
)
from tests.language.journal import TODAY

FRIDAY, TUESDAY = 4, 1
DAYS: dict[str, tuple[DayExpression, str, str]] = {
    "a full date": (Fixed(date(1999, 1, 2)), "1999-01-02", "1999-01-02"),
    "the weekday of today": (Weekday(0), "2026-11-23", "2026-11-23"),
    "another weekday": (Weekday(FRIDAY), "2026-11-20", "2026-11-27"),
    "a day of every year": (Yearly(11, 24), "2025-11-24", "2026-11-24"),
    "29 February": (Yearly(2, 29), "2024-02-29", "2028-02-29"),
    "a day of every month": (Monthly(23), "2026-11-23", "2026-11-23"),
    "a day that not every month has": (Monthly(31), "2026-10-31", "2026-12-31"),
    "friday the 13th": (Monthly(13, FRIDAY), "2026-11-13", "2027-08-13"),
    "a date with its weekday": (OnWeekday(Yearly(11, 3), TUESDAY), "2026-11-03", "2026-11-03"),
}


@pytest.mark.parametrize(("day", "latest", "soonest"), DAYS.values(), ids=DAYS)
def test_a_day_is_the_nearest_on_either_side(day: DayExpression, latest: str, soonest: str) -> None:
    """Up to today and from today on; months and years that lack the day are passed over."""
    assert day.latest(TODAY) == date.fromisoformat(latest)
    assert day.soonest(TODAY) == date.fromisoformat(soonest)


REFUSED: dict[str, tuple[DayExpression, str]] = {
    "a month": (dated(2026, 13, 1), "there is no month 13"),
    "a day": (dated(None, 2, 30), "there is no 30 February"),
    "a day of that year": (dated(2026, 2, 29), "there is no 2026-02-29"),
    "a weekday": (OnWeekday(Fixed(TODAY), FRIDAY), "2026-11-23 is a Monday, not a Friday"),
}


@pytest.mark.parametrize(("day", "why"), REFUSED.values(), ids=REFUSED)
def test_a_day_that_does_not_exist_says_why(day: DayExpression, why: str) -> None:
    """When it is asked for, whichever way one looks."""
    for ask in (day.latest, day.soonest):
        with pytest.raises(NotUnderstood) as caught:
            ask(TODAY)
        assert str(caught.value) == why
