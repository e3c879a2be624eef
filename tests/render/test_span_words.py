"""How spans of days are said in English."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.render import span_words as words
from connect_cli.reviews import Span

SPANS = {
    "2026-11-30 2026-11-30": "Today, Monday 30 November 2026",
    "2026-11-29 2026-11-29": "Yesterday, Sunday 29 November 2026",
    "2026-03-10 2026-03-10": "Tuesday 10 March 2026",
    "2026-11-24 2026-11-30": "The week until today, 24 to 30 November 2026",
    "2026-11-10 2026-11-30": "The 3 weeks until today, 10 to 30 November 2026",
    "2026-10-31 2026-11-30": "The month until today, 31 October to 30 November 2026",
    "2026-10-01 2026-11-30": "October to November 2026, until today",
    "2026-08-31 2026-11-30": "The quarter until today, 31 August to 30 November 2026",
    "2025-12-01 2026-11-30": "The year until today, 1 December 2025 to 30 November 2026",
    "2026-05-31 2026-11-30": "The 6 months until today, 31 May to 30 November 2026",
    "2026-11-01 2026-11-30": "November 2026",
    "2026-01-01 2026-11-30": "2026, until today",
    "2025-01-01 2026-11-30": "January 2025 to November 2026, until today",
    "2026-06-01 2026-11-30": "June to November 2026, until today",
    "2026-11-03 2026-11-30": "The 4 weeks until today, 3 to 30 November 2026",
    "2026-11-05 2026-11-30": "5 to 30 November 2026",
    "2026-03-01 2026-03-31": "March 2026",
    "2026-07-01 2026-09-30": "July to September 2026",
    "2025-12-01 2026-02-28": "December 2025 to February 2026",
    "2025-01-01 2025-12-31": "2025",
    "2023-01-01 2025-12-31": "2023 to 2025",
    "2026-08-03 2026-08-17": "3 to 17 August 2026",
    "2026-08-28 2026-09-03": "28 August to 3 September 2026",
    "2025-12-24 2026-01-02": "24 December 2025 to 2 January 2026",
    "2026-11-16 2026-11-22": "16 to 22 November 2026",
}


@pytest.mark.parametrize(("days", "said"), SPANS.items())
def test_a_span_is_said_as_a_heading(days: str, said: str) -> None:
    """By its name where it has one, and with its days where the name does not say them."""
    first, last = map(date.fromisoformat, days.split())
    assert words.say_span(Span(first, last), date(2026, 11, 30)) == said


def test_the_days_of_this_week_are_said_so() -> None:
    """From Monday on; on a Sunday they are the week until today too."""
    monday = date(2026, 11, 23)
    said = words.say_span(Span(monday, date(2026, 11, 25)), date(2026, 11, 25))
    assert said == "This week, 23 to 25 November 2026"
    said = words.say_span(Span(monday, date(2026, 11, 29)), date(2026, 11, 29))
    assert said == "The week until today, 23 to 29 November 2026"


def test_days_without_an_end_are_said_too() -> None:
    """From a day on it is a span until today; without a beginning it has only its last day."""
    today = date(2026, 11, 30)
    assert words.say_days(None, None, today) == ""
    assert words.say_days(None, date(2026, 3, 31), today) == "Until 31 March 2026"
    assert words.say_days(date(2026, 3, 1), None, today) == "March to November 2026, until today"
    assert words.say_days(date(2026, 3, 1), date(2026, 3, 31), today) == "March 2026"


@given(st.dates(), st.integers(0, 4000), st.integers(0, 4000))
def test_any_span_has_a_heading_in_one_line(today: date, back: int, length: int) -> None:
    """At either end of the calendar too, with the year of its last day."""
    last = date.fromordinal(max(1, today.toordinal() - back))
    first = date.fromordinal(max(1, last.toordinal() - length))
    said = words.say_span(Span(first, last), today)
    assert said
    assert "\n" not in said
    assert str(last.year) in said
