"""The day on which somebody died: a part of it may be all that is known."""

from datetime import date

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.death import check_death, part_of, say_death
from connect_cli.language.death_words import read_death

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        ("", "unknown", "died"),
        ("Unknown", "unknown", "died"),
        ("2024", "2024", "died in 2024"),
        ("in 1815", "1815", "died in 1815"),
        ("March 2024", "2024-03", "died in March 2024"),
        ("in march 2024", "2024-03", "died in March 2024"),
        ("2024-03", "2024-03", "died in March 2024"),
        ("march of 2024", "2024-03", "died in March 2024"),
        ("in march", "2026-03", "died in March 2026"),
        ("last december", "2025-12", "died in December 2025"),
        ("november", "2026-11", "died in November 2026"),
        ("3 months ago", "2026-08", "died in August 2026"),
        ("last month", "2026-10", "died in October 2026"),
        ("this month", "2026-11", "died in November 2026"),
        ("last year", "2025", "died in 2025"),
        ("a year ago", "2025", "died in 2025"),
        ("this year", "2026", "died in 2026"),
        ("2 weeks ago", "2026-11-09", "died 9 November 2026"),
        ("03-10", "--03-10", "died 10 March"),
        ("10 march 2024", "2024-03-10", "died 10 March 2024"),
        ("2024-03-10", "2024-03-10", "died 10 March 2024"),
        ("yesterday", "2026-11-22", "died 22 November 2026"),
        ("10 march", "2026-03-10", "died 10 March 2026"),
        ("--03-10", "--03-10", "died 10 March"),
        ("--02-29", "--02-29", "died 29 February"),
    ],
)
def test_what_is_known_is_kept_and_said(typed: str, stored: str, said: str) -> None:
    """A day, a month, a year, a day without a year, or nothing."""
    assert read_death(typed, TODAY) == stored == check_death(stored)
    assert say_death(stored) == said


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "2027",
            "december 2026",
            "2026-12",
            "tomorrow",
            "32 march 2024",
            "2024-02-30",
            "2023-02-29",
        ),
        *("2024-13", "--13-01", "--02-30", "0000", "long ago", "13-01", "3/4/2024", "5 years"),
    ],
)
def test_what_is_no_day_or_to_come_is_refused(typed: str) -> None:
    """With a reason, and how to write it."""
    with pytest.raises(NotUnderstood) as refused:
        read_death(typed, TODAY)
    assert refused.value.hint is not None
    assert "log only" not in refused.value.hint


@pytest.mark.parametrize("stored", ["", "never", "2024-00", "2024-02-30", "0000-01-01", "--02-30"])
def test_no_other_text_may_be_stored(stored: str) -> None:
    """Whatever is no part of a day, in the journal or in a file."""
    with pytest.raises(NotUnderstood):
        check_death(stored)
    assert part_of("never").month is None
