"""Spans of days that are over or last until today, seen from Monday 23 November 2026."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MONTHS, word_set
from connect_cli.language.spans import (
    UNIT_NAMES,
    read_days,
    read_ends,
    read_since,
    read_span,
    read_until,
)
from tests.language.journal import TODAY

SPANS = {
    "today": "2026-11-23 2026-11-23",
    "yesterday": "2026-11-22 2026-11-22",
    "tue": "2026-11-17 2026-11-17",
    "2026-03-10": "2026-03-10 2026-03-10",
    "march 3": "2026-03-03 2026-03-03",
    "3 weeks ago": "2026-11-02 2026-11-02",
    "boxing day": "2025-12-26 2025-12-26",
    "week": "2026-11-17 2026-11-23",
    "The Week": "2026-11-17 2026-11-23",
    "week until today": "2026-11-17 2026-11-23",
    "a week": "2026-11-17 2026-11-23",
    "past week": "2026-11-17 2026-11-23",
    "month": "2026-10-24 2026-11-23",
    "quarter": "2026-08-24 2026-11-23",
    "year": "2025-11-24 2026-11-23",
    "3 weeks": "2026-11-03 2026-11-23",
    "3w": "2026-11-03 2026-11-23",
    "last 3 weeks": "2026-11-03 2026-11-23",
    "the past three weeks": "2026-11-03 2026-11-23",
    "for 3 weeks": "2026-11-03 2026-11-23",
    "2 quarters": "2026-05-24 2026-11-23",
    "1d": "2026-11-23 2026-11-23",
    "this week": "2026-11-23 2026-11-23",
    "this month": "2026-11-01 2026-11-23",
    "this month so far": "2026-11-01 2026-11-23",
    "this quarter": "2026-10-01 2026-11-23",
    "this year": "2026-01-01 2026-11-23",
    "last week": "2026-11-16 2026-11-22",
    "over the last week": "2026-11-16 2026-11-22",
    "last month": "2026-10-01 2026-10-31",
    "last quarter": "2026-07-01 2026-09-30",
    "last year": "2025-01-01 2025-12-31",
    "last weekend": "2026-11-21 2026-11-22",
    "weekend": "2026-11-21 2026-11-22",
    "march": "2026-03-01 2026-03-31",
    "Märch.": "2026-03-01 2026-03-31",
    "in march": "2026-03-01 2026-03-31",
    "last march": "2026-03-01 2026-03-31",
    "all of march": "2026-03-01 2026-03-31",
    "march, 2025": "2025-03-01 2025-03-31",
    "2025-03": "2025-03-01 2025-03-31",
    "feb 2024": "2024-02-01 2024-02-29",
    "november": "2026-11-01 2026-11-23",
    "this november": "2026-11-01 2026-11-23",
    "december": "2025-12-01 2025-12-31",
    "2025": "2025-01-01 2025-12-31",
    "the year 2025": "2025-01-01 2025-12-31",
    "2026": "2026-01-01 2026-11-23",
    "q3": "2026-07-01 2026-09-30",
    "Q4": "2026-10-01 2026-11-23",
    "q3 2025": "2025-07-01 2025-09-30",
    "2025-Q3": "2025-07-01 2025-09-30",
    "week 48": "2026-11-23 2026-11-23",
    "kw 50": "2025-12-08 2025-12-14",
    "week 53": "2020-12-28 2021-01-03",
    "2026-W10": "2026-03-02 2026-03-08",
    "week 10 2025": "2025-03-03 2025-03-09",
    "3 aug to 17 aug": "2026-08-03 2026-08-17",
    "aug 3-17": "2026-08-03 2026-08-17",
    "3–17 aug": "2026-08-03 2026-08-17",
    "3 to 17 aug 2025": "2025-08-03 2025-08-17",
    "since 3 aug until 17 aug": "2026-08-03 2026-08-17",
    "between 3 aug and 17 aug": "2026-08-03 2026-08-17",
    "2025-08-03..2025-08-17": "2025-08-03 2025-08-17",
    "24 dec to 2 jan": "2025-12-24 2026-01-02",
    "20 nov to 5 dec": "2026-11-20 2026-11-23",
    "june to august": "2026-06-01 2026-08-31",
    "from june to august 2025": "2025-06-01 2025-08-31",
    "june 2025 to august": "2025-06-01 2025-08-31",
    "december to february": "2025-12-01 2026-02-28",
    "september to june": "2026-09-01 2026-11-23",
    "q1 to q2 2025": "2025-01-01 2025-06-30",
    "2023 to 2025": "2023-01-01 2025-12-31",
    "march to today": "2026-03-01 2026-11-23",
    "march until yesterday": "2026-03-01 2026-11-22",
    "thu to sat": "2026-11-19 2026-11-21",
    "since march": "2026-03-01 2026-11-23",
    "from 3 aug": "2026-08-03 2026-11-23",
    "since 3 weeks": "2026-11-02 2026-11-23",
}
UNFIXED = "has no fixed first and last day"
NO_SPAN = {
    "": "no span of days was given",
    "Banana": "'Banana' is not a day or a span of days",
    "yesteday": "'yesteday' is not a day",
    "0 weeks": "'0 weeks' is not a day or a span of days",
    "banana to march": "'banana' is not a day or a span of days",
    "mon and wed": "'mon and wed' names several days",
    "until march": "'until march' does not say from when",
    "last summer": f"'last summer' {UNFIXED}",
    "Winter": f"'winter' {UNFIXED}",
    "spring 2025": f"'spring 2025' {UNFIXED}",
    "the summer of 2025": f"'the summer of 2025' {UNFIXED}",
    "christmas": f"'christmas' {UNFIXED}",
    "over christmas 2025": f"'over christmas 2025' {UNFIXED}",
    "the holidays": f"'the holidays' {UNFIXED}",
    "easter weekend": f"'easter weekend' {UNFIXED}",
    "spring to march": f"'spring' {UNFIXED}",
    "tomorrow": "'tomorrow' is 2026-11-24, which is still to come",
    "next week": "'next week' is still to come",
    "next march": "'next march' is still to come",
    "december 2026": "'december 2026' is still to come",
    "2027": "'2027' is still to come",
    "2027 to 2028": "'2027 to 2028' is still to come",
    "q5": "there is no quarter 5",
    "2025-13": "there is no month 2025-13",
    "0000": "there is no year 0000",
    "week 60": "there is no week 'week 60'",
    "week 53 2025": "there is no week 'week 53 2025'",
    "17 aug to 3 aug": "'17 aug to 3 aug' ends before it begins",
    "2026-08-17 to 2026-08-03": (
        "'2026-08-17 to 2026-08-03' ends on 2026-08-03, before it begins on 2026-08-17"
    ),
    "9999 years": "that day is outside the years 1 to 9999",
}
SINCE = {
    "24 dec": "2025-12-24",
    "3m": "2026-08-23",
    "2w": "2026-11-09",
    "10 days": "2026-11-13",
    "a year": "2025-11-23",
    "week": "2026-11-16",
    "the last 2 quarters": "2026-05-23",
    "from q3": "2026-07-01",
    "the start of march": "2026-03-01",
    "since 3m": "2026-08-23",
    "2025": "2025-01-01",
    "2025-03": "2025-03-01",
    "march": "2026-03-01",
    "last march": "2026-03-01",
    "march 2025": "2025-03-01",
    "december": "2025-12-01",
    "november": "2026-11-01",
    "in june": "2026-06-01",
    "since last june": "2026-06-01",
    "on monday": "2026-11-23",
    "last monday": "2026-11-16",
    "last week": "2026-11-16",
    "this week": "2026-11-23",
    "last month": "2026-10-01",
    "this month": "2026-11-01",
    "last year": "2025-01-01",
    "this year": "2026-01-01",
    "since yesterday": "2026-11-22",
    "tue": "2026-11-17",
    "3 nov": "2026-11-03",
}
NO_SINCE = {
    "": "no day was given",
    "last summer": f"'last summer' {UNFIXED}",
    "soon": "'soon' is not a day or a span of days",
    "2027": "'2027' is still to come",
    "2025-13": "there is no month 2025-13",
    "0000": "there is no year 0000",
    "tomorrow": "'tomorrow' is 2026-11-24, which is still to come",
    "9999y": "that day is outside the years 1 to 9999",
}
UNTIL = {
    "march": "2026-03-31",
    "until march": "2026-03-31",
    "the end of march": "2026-03-31",
    "fri": "2026-11-20",
    "till friday": "2026-11-20",
    "to 3 aug": "2026-08-03",
    "2025": "2025-12-31",
    "2026": "2026-11-23",
    "q1": "2026-03-31",
    "november": "2026-11-23",
    "last week": "2026-11-22",
    "last weekend": "2026-11-22",
    "3w": "2026-11-02",
    "yesterday": "2026-11-22",
    "today": "2026-11-23",
}


@pytest.mark.parametrize(("text", "days"), SPANS.items())
def test_a_span_lies_in_the_past_or_ends_today(text: str, days: str) -> None:
    """It is the newest one that has begun."""
    assert "{} {}".format(*read_span(text, TODAY)) == days


@pytest.mark.parametrize(("text", "day"), SINCE.items())
def test_since_is_the_first_day_of_a_stretch(text: str, day: str) -> None:
    """A day, or the first day of a week, month, quarter or year, or so long ago."""
    assert str(read_since(text, TODAY)) == day


@pytest.mark.parametrize(("text", "day"), UNTIL.items())
def test_until_is_the_last_day_of_a_stretch(text: str, day: str) -> None:
    """Or today, if that is not over."""
    assert str(read_until(text, TODAY)) == day


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        *((read_span, text, why) for text, why in NO_SPAN.items()),
        *((read_since, text, why) for text, why in NO_SINCE.items()),
        *((read_until, text, why) for text, why in NO_SINCE.items()),
    ],
)
def test_what_is_no_span_is_refused_with_its_reason(
    read: Callable[[str, date], object], text: str, why: str
) -> None:
    """The error says what is wrong with the words, and what to write instead."""
    with pytest.raises(NotUnderstood) as refused:
        read(text, TODAY)
    assert refused.value.message == why
    assert refused.value.hint


def test_since_and_until_are_read_each_by_itself() -> None:
    """Either may be missing; they are refused if nothing lies between them."""
    assert read_ends("", "", TODAY) == (None, None)
    assert read_ends("2025", "", TODAY) == (date(2025, 1, 1), None)
    assert read_ends("2025", "march", TODAY) == (date(2025, 1, 1), date(2026, 3, 31))
    assert read_ends("march", "march", TODAY) == (date(2026, 3, 1), date(2026, 3, 31))
    with pytest.raises(NotUnderstood) as refused:
        read_ends("june", "march", TODAY)
    assert refused.value.message == (
        "until 'march' is 2026-03-31, before 'june', which begins on 2026-06-01"
    )


def test_only_until_lets_days_have_no_beginning() -> None:
    """`to march` is half of something."""
    assert read_days("until march", TODAY) == (None, date(2026, 3, 31))
    assert read_days("Till fri", TODAY) == (None, date(2026, 11, 20))
    assert read_days("march", TODAY) == (date(2026, 3, 1), date(2026, 3, 31))
    for text in ("to march", "until"):
        with pytest.raises(NotUnderstood):
            read_days(text, TODAY)


WORDS = sorted(
    word_set(
        "last this next the past in over of from since until to for between and - week month "
        "quarter year weeks 3 0 17 2w 2025 0000 2025-03 q3 2025-q1 w10 2026-w53 march aug may "
        "december mon fri today yesterday tomorrow summer christmas weekend 2026-03-10 3-17 end "
        "9999 99999999999 a two so far ago — .. 29 feb january 1 start beginning easter"
    )
)
TEXTS = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
DAYS = st.one_of(st.dates(), st.sampled_from([date.min, date.max, TODAY]))
ONE_PART = st.one_of(
    st.sampled_from(["this", "last"]).flatmap(
        lambda which: st.sampled_from([f"{which} {unit}" for unit in UNIT_NAMES])
    ),
    st.sampled_from([*MONTHS, "q1", "q2", "q3", "q4", "fri", "mon", "today", "week 7", "weekend"]),
    st.integers(1000, 2026).map(str),
)
LATE_DAYS = st.dates(date(2027, 1, 1), date(2200, 12, 31))


@given(TEXTS, DAYS)
@example("december", date.max)
@example("this week", date.max)
@example("29 feb to 17", date.min)
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_is_refused_or_a_span_until_today(text: str, today: date) -> None:
    """Nothing but NotUnderstood is raised, at the ends of the calendar too."""
    with suppress(NotUnderstood):
        span = read_span(text, today)
        assert span.first <= span.last <= today
    for read in (read_since, read_until):
        with suppress(NotUnderstood):
            assert read(text, today) <= today


@given(ONE_PART, LATE_DAYS)
@settings(max_examples=200, deadline=None)
def test_since_and_until_are_the_ends_of_the_same_span(text: str, today: date) -> None:
    """One grammar: what the span is called, since and until call it too."""
    span = read_span(text, today)
    assert (span.first, span.last) == (read_since(text, today), read_until(text, today))
    assert read_span(f"since {text}", today) == (span.first, today)
    assert read_span(f"{text} to {text}", today) == span


@given(st.sampled_from([1, 2, 3, 20]), st.sampled_from(["d", "w", "m", "y", "month"]), LATE_DAYS)
def test_a_counted_span_begins_the_day_after_it_was_that_long_ago(
    count: int, unit: str, today: date
) -> None:
    """With today it has as many days, so two of them do not overlap."""
    span = read_span(f"{count}{unit}", today)
    assert span.last == today
    assert span.first - timedelta(1) == read_since(f"{count}{unit}", today)


@given(st.sampled_from(list(MONTHS)), LATE_DAYS)
def test_a_month_is_the_newest_that_has_begun(name: str, today: date) -> None:
    """Its days are those of one month, the last such up to today, as counting back finds them."""
    day = today
    while day.month != MONTHS[name]:
        day -= timedelta(1)
    first = day.replace(day=1)
    assert read_span(name, today) == (first, day)
