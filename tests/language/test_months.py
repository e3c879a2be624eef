"""A month as a day to come and as an interval, seen from every month of the year."""

from datetime import date

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MONTHS
from connect_cli.language.day_expression import UnclearDay
from connect_cli.language.months import (
    coming_day_of_month,
    is_month,
    month_interval,
    past_month,
)


@pytest.mark.parametrize("name", MONTHS)
@pytest.mark.parametrize("now", range(1, 13))
def test_a_month_is_the_next_one_to_come(name: str, now: int) -> None:
    """Its first day is never past or today, and at most a year ahead."""
    for day in (1, 15, 28):
        today = date(2026, now, day)
        found = coming_day_of_month(name, today)
        assert found is not None
        assert today < found <= date(2027, now, 28)
        assert (found.month, found.day) == (MONTHS[name], 1)


@pytest.mark.parametrize("now", range(1, 13))
def test_an_interval_of_a_month_is_going_on_or_lies_ahead(now: int) -> None:
    """The present month is one."""
    today = date(2026, now, 15)
    for number in range(1, 13):
        name = date(2026, number, 1).strftime("%B").lower()
        found = month_interval(name, today)
        assert found is not None
        first, last = found
        assert (first.day, first.month, last.month) == (1, number, number)
        assert last >= today > date(first.year - 1, number, 1)


@pytest.mark.parametrize("now", range(1, 13))
def test_next_june_is_read_only_when_it_can_mean_one_month(now: int) -> None:
    """Before June it could be that of this year or of the next."""
    today = date(2026, now, 15)
    if now >= 6:
        assert coming_day_of_month("next june", today) == date(2027, 6, 1)
        return
    with pytest.raises(UnclearDay) as refused:
        coming_day_of_month("next june", today)
    assert refused.value.suggestions == ("june 2026", "june 2027")
    assert refused.value.choices == (date(2026, 6, 1), date(2027, 6, 1))


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        *(("june", True), ("last june", True), ("in june", True), ("june 2027", True)),
        *(("end of june", False), ("3 june", False), ("", False), ("juneau", False)),
    ],
)
def test_what_a_month_alone_is(words: str, is_one: bool) -> None:
    """Not a day in it."""
    assert is_month(words) is is_one


def test_whatever_is_no_month_to_come_is_left_to_others() -> None:
    """None, and no error."""
    today = date(2026, 11, 23)
    for words in ("", "3 june", "last june", "friday", "june and july"):
        assert coming_day_of_month(words, today) is None
        assert month_interval(words, today) is None
    assert month_interval("end of june to july", today) is None
    assert month_interval("3 june to july", today) is None


def test_the_ends_of_the_calendar_are_refused() -> None:
    """A month of the year 0 or 10000 has no day."""
    for words, today in (("june", date(9999, 7, 1)), ("june 0000", date(2026, 1, 1))):
        with pytest.raises(NotUnderstood, match="outside the years"):
            coming_day_of_month(words, today)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        *(("march", "2026-03-01"), ("last march", "2026-03-01"), ("2025-03", "2025-03-01")),
        *(("march 2025", "2025-03-01"), ("december", "2025-12-01"), ("in june", "2026-06-01")),
        *(("this december", "2026-12-01"), ("next march", "2027-03-01")),
    ],
)
def test_looking_back_a_month_is_the_newest_that_has_begun(words: str, first: str) -> None:
    """Unless its year is said, or which one."""
    today = date(2026, 11, 23)
    month = past_month(words, today)
    assert month is not None
    assert str(month.latest(today)) == first


def test_looking_back_no_other_words_are_a_month() -> None:
    """Neither a day of it nor its end."""
    for words in ("", "3 march", "end of march", "march to may", "friday"):
        assert past_month(words, date(2026, 11, 23)) is None
