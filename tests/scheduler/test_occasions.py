"""Which occasions are near a day, and when each comes next."""

from datetime import date

import pytest

from connect_cli.model import Named, Occasion
from connect_cli.scheduler.occasions import (
    next_occasions,
    occasion_days,
    occasions_between,
)
from connect_cli.settings import Settings

ADA = Named("ada", "Ada")
GRACE = Named("grace", "Grace")
MONDAY = date(2026, 11, 23)


def born(year: int | None, month: int, day: int, label: str = "birthday") -> Occasion:
    return Occasion("o", ADA, label, month, day, year)


@pytest.mark.parametrize(
    ("today", "in_days", "turns"),
    [
        (date(2026, 12, 6), None, None),
        (date(2026, 12, 7), 3, 211),
        (date(2026, 12, 10), 0, 211),
        (date(2026, 12, 13), -3, 211),
        (date(2026, 12, 14), None, None),
    ],
)
def test_a_birthday_is_shown_from_three_days_before_to_three_days_after(
    today: date, in_days: int | None, turns: int | None
) -> None:
    """The lead is a setting; belated wishes are welcome for three days."""
    shown = occasion_days([born(1815, 12, 10)], today, Settings())
    assert [(one.in_days, one.turns) for one in shown] == (
        [] if in_days is None else [(in_days, turns)]
    )


@pytest.mark.parametrize(
    ("today", "on"),
    [
        (date(2026, 12, 30), date(2027, 1, 2)),
        (date(2027, 1, 5), date(2027, 1, 2)),
        (date(2027, 1, 2), date(2027, 1, 2)),
    ],
)
def test_the_turn_of_the_year_hides_no_occasion(today: date, on: date) -> None:
    """Before and after it the day is the nearest of its kind."""
    assert [one.on for one in occasion_days([born(1990, 1, 2)], today, Settings())] == [on]


@pytest.mark.parametrize(
    ("first", "last", "on"),
    [
        (date(2026, 12, 1), date(2026, 12, 9), None),
        (date(2026, 12, 1), date(2026, 12, 10), date(2026, 12, 10)),
        (date(2026, 12, 10), date(2027, 1, 3), date(2026, 12, 10)),
        (date(2026, 12, 11), date(2027, 1, 3), None),
        (date(2024, 1, 1), date(2026, 12, 31), date(2026, 12, 10)),
        (date.min, date(1, 12, 9), None),
        (date.min, date(1, 12, 31), date(1, 12, 10)),
    ],
)
def test_an_occasion_falls_into_an_interval_once(first: date, last: date, on: date | None) -> None:
    """On its last day there; over the turn of a year, and at the start of the calendar."""
    found = occasions_between([born(None, 12, 10)], first, last, MONDAY, Settings())
    assert [(one.on, one.in_days) for one in found] == (
        [] if on is None else [(on, (on - MONDAY).days)]
    )


@pytest.mark.parametrize(
    ("leap", "today"), [("28 feb", date(2027, 2, 28)), ("1 mar", date(2027, 3, 1))]
)
def test_a_leap_birthday_is_kept_every_year(leap: str, today: date) -> None:
    """Where it falls in other years is a setting."""
    settings = Settings(leap_birthdays="1 mar" if leap == "1 mar" else "28 feb")
    shown = occasion_days([born(2000, 2, 29)], today, settings)
    assert [(one.on, one.in_days, one.turns) for one in shown] == [(today, 0, 27)]


@pytest.mark.parametrize(
    "occasion",
    [born(None, 12, 10), born(2030, 12, 10), born(1990, 12, 10, "anniversary")],
    ids=["no-year", "not-born", "anniversary"],
)
def test_only_a_birthday_with_a_year_has_an_age(occasion: Occasion) -> None:
    """What is not known, or makes no sense, is not said."""
    (shown,) = occasion_days([occasion], date(2026, 12, 10), Settings())
    assert shown.turns is None


def test_a_longer_lead_shows_them_sooner() -> None:
    """The lead in days is that of the settings."""
    settings = Settings(occasion_lead_days=30)
    assert occasion_days([born(None, 12, 10)], date(2026, 11, 10), settings)
    assert not occasion_days([born(None, 12, 10)], date(2026, 11, 9), settings)


def test_the_next_of_each_occasion_is_listed_nearest_first() -> None:
    """Those of yesterday still count as next, those of last week are a year ahead."""
    occasions = [
        Occasion("a", ADA, "birthday", 11, 22),
        Occasion("b", GRACE, "birthday", 11, 10),
        Occasion("c", ADA, "anniversary", 6, 1),
    ]
    found = next_occasions(occasions, date(2026, 11, 23), Settings())
    assert [(one.occasion.id, one.in_days) for one in found] == [("a", -1), ("c", 190), ("b", 352)]
