"""Cadences: where they lead, how long they are, and those that are calendar rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.model import Cadence, Person, Rule
from connect_cli.scheduler.recurrence import (
    LADDER,
    following,
    gap_days,
    mean_days,
    next_of,
    usual_days,
)
from connect_cli.scheduler.standing import due
from connect_cli.settings import Settings
from tests.scheduler import strategies as some

WEEKDAYS = Rule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
FIRST_FRIDAY = Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday")
OTHER_SUNDAY = Rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU")
LAST_DAY = Rule("FREQ=MONTHLY;BYMONTHDAY=31")
NEVER = Rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "30 february")


@given(
    st.dates() | st.sampled_from([date.min, date.max]),
    st.sampled_from([*some.CADENCES, *some.RULES, Rule("FREQ=YEARLY;INTERVAL=3"), OTHER_SUNDAY]),
)
def test_a_cadence_leads_on_from_any_day_of_the_calendar(
    start: date, cadence: Cadence | Rule
) -> None:
    """To a later day, which may lie beyond the last one."""
    assert following(start.toordinal(), cadence) > start.toordinal()


def after(start: date, cadence: Cadence | Rule) -> date:
    return date.fromordinal(following(start.toordinal(), cadence))


@pytest.mark.parametrize(
    ("start", "every", "expected"),
    [
        (date(2026, 11, 23), "3d", date(2026, 11, 26)),
        (date(2026, 11, 23), "2w", date(2026, 12, 7)),
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),
        (date(2028, 1, 31), "1m", date(2028, 2, 29)),
        (date(2026, 2, 28), "1m", date(2026, 3, 28)),
        (date(2026, 11, 30), "3m", date(2027, 2, 28)),
        (date(2026, 12, 15), "1m", date(2027, 1, 15)),
        (date(2028, 2, 29), "1y", date(2029, 2, 28)),
        (date(2026, 5, 31), "18m", date(2027, 11, 30)),
    ],
)
def test_a_cadence_comes_round_by_the_calendar(start: date, every: str, expected: date) -> None:
    """Months and years are those of the calendar, clipped to the last day of a shorter month."""
    assert after(start, Cadence.parse(every)) == expected


@pytest.mark.parametrize(
    ("every", "mean", "whole"),
    [
        ("1d", 1, 1),
        ("1w", 7, 7),
        ("1m", 30.436875, 30),
        ("3m", 91.310625, 91),
        ("1y", 365.2425, 365),
    ],
)
def test_lengths_are_those_of_the_gregorian_calendar(every: str, mean: float, whole: int) -> None:
    """What a promise costs does not vary with the month."""
    assert mean_days(Cadence.parse(every)) == mean
    assert usual_days(Cadence.parse(every)) == whole


def test_the_ladder_rises() -> None:
    """Each step is longer than the one before."""
    lengths = [mean_days(step) for step in LADDER]
    assert lengths == sorted(set(lengths))


@pytest.mark.parametrize(
    ("rule", "gap"),
    [(WEEKDAYS, 1.4), (FIRST_FRIDAY, 30.4375), (OTHER_SUNDAY, 14.05), (LAST_DAY, 52.18)],
    ids=["weekdays", "first-friday", "other-sunday", "31st"],
)
def test_the_mean_gap_of_a_rule_is_that_of_its_days(rule: Rule, gap: float) -> None:
    """Days of four years, or of forty where they are rare, are counted."""
    assert gap_days(rule) == pytest.approx(gap, abs=0.01)


def test_a_rule_that_comes_every_five_years_is_counted_over_forty() -> None:
    """Four years hold too few of its days to tell."""
    assert gap_days(Rule("FREQ=YEARLY;INTERVAL=5;BYMONTH=1;BYMONTHDAY=1")) == pytest.approx(
        1826, abs=1
    )


@pytest.mark.parametrize(
    ("last", "rule", "expected"),
    [
        (date(2026, 11, 6), FIRST_FRIDAY, date(2026, 12, 4)),
        (date(2026, 11, 23), FIRST_FRIDAY, date(2027, 1, 1)),
        (date(2026, 11, 20), WEEKDAYS, date(2026, 11, 23)),
        (date(2026, 11, 22), OTHER_SUNDAY, date(2026, 12, 6)),
        (date(2026, 11, 15), OTHER_SUNDAY, date(2026, 11, 22)),
        (date(2026, 1, 31), LAST_DAY, date(2026, 3, 31)),
        (date(2026, 12, 31), Rule("RRULE:FREQ=DAILY;COUNT=3"), date(2027, 1, 1)),
        (
            date(2026, 12, 31),
            Rule("freq=yearly;bymonth=5;bymonthday=1;until=19990101"),
            date(2028, 5, 1),
        ),
    ],
    ids=["half-gap", "next", "weekdays", "in-phase", "out-of-phase", "31st", "count", "until"],
)
def test_a_rule_is_due_half_its_mean_gap_after_contact_or_later(
    last: date, rule: Rule, expected: date
) -> None:
    """The first day of the rule on or after that, whatever end the rule names for itself."""
    ada = Person("ada", "Ada", cadence=rule, last_full_on=last)
    assert due(ada, last, Settings()).due_on == expected


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from([OTHER_SUNDAY, LAST_DAY]))
def test_the_next_day_of_a_rule_is_the_nearest(day: date, rule: Rule) -> None:
    """Every two weeks keep step through all years, and 31sts are 31sts."""
    on = date.fromordinal(next_of(rule, day.toordinal()))
    epoch = date(2001, 1, 7)
    between = [day + timedelta(days=days) for days in range((on - day).days + 1)]
    if rule is OTHER_SUNDAY:
        hits = [one for one in between if (one - epoch).days % 14 == 0]
    else:
        hits = [one for one in between if one.day == 31]
    assert hits == [on]


def test_the_next_day_of_a_rule_may_lie_years_ahead() -> None:
    """The 29th of February, sought on the day after one."""
    leap = Rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    day = next_of(leap, date(2024, 3, 1).toordinal())
    assert date.fromordinal(day) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=two",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_what_is_no_rule_of_days_is_refused(text: str) -> None:
    """A rule that has no days, or that nobody can read, says so and does not search for ever."""
    with pytest.raises(NotUnderstood):
        following(1, Rule(text))


def test_a_rule_without_days_is_refused_when_its_next_day_is_sought() -> None:
    """Even by a caller that did not ask for its gap first."""
    with pytest.raises(NotUnderstood, match="30 february"):
        next_of(NEVER, 730000)


def test_a_rule_has_no_day_behind_the_end_of_the_calendar() -> None:
    """The last first Friday is in December 9999."""
    rule = Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday")
    assert next_of(rule, date.max.toordinal()) == date.max.toordinal() + 1
