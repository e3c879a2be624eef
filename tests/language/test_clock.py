"""Times of day: what is one, what is a duration, and what is refused."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.times import Clock, match_clock, read_time

TIMES = {
    "15:00": "15:00",
    "at 15:00": "15:00",
    "3pm": "15:00",
    "3 PM": "15:00",
    "3:30pm": "15:30",
    "3.30 pm": "15:30",
    "12am": "00:00",
    "12pm": "12:00",
    "11:59am": "11:59",
    "at 3:30": "15:30",
    "3:30": "15:30",
    "03:30": "03:30",
    "3:30am": "03:30",
    "0:15": "00:15",
    "6:00": "06:00",
    "15h30": "15:30",
    "noon": "12:00",
    "at midday": "12:00",
    "midnight": "00:00",
    "9": "09:00",
}
IN_A_LINE = {
    "at 3:30 with ada": Clock("15:30", 2),
    "12:30 lunch": Clock("12:30", 1),
    "3 pm yesterday": Clock("15:00", 2),
    "at noon": Clock("12:00", 2),
    "noon walk": Clock("12:00", 1),
    "from 14:00 to 15:30": Clock("14:00", 4, 90),
    "14:00-15:30": Clock("14:00", 1, 90),
    "3-4pm": Clock("15:00", 1, 60),
    "3pm to 4:15pm": Clock("15:00", 3, 75),
    "11-1pm": Clock("11:00", 1, 120),
    "3pm to 3pm": Clock("15:00", 1),
    "3pm to 15pm": Clock("15:00", 1),
    "11pm-1am": Clock("23:00", 1, 120),
    "at 1:30 until 2:30": Clock("13:30", 4, 60),
}
NOT_IN_A_LINE = ("1:30", "at 7", "7", "from 3 to 4", "15pm", "at 15pm", "ada", "2-3", "at home", "")


@pytest.mark.parametrize(("text", "time"), TIMES.items())
def test_a_time_is_kept_as_hours_and_minutes(text: str, time: str) -> None:
    """The words mean this time of day; nobody meets before dawn unless they say so."""
    assert read_time(text) == time


@pytest.mark.parametrize("text", ["", "25:00", "15pm", "0am", "3:60", "soon", "3:30 yesterday"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """The words are refused, with a way to write it."""
    with pytest.raises(NotUnderstood, match="is not a time of day") as refused:
        read_time(text)
    assert refused.value.hint


@pytest.mark.parametrize(("words", "clock"), IN_A_LINE.items())
def test_a_time_is_found_at_the_beginning_of_words(words: str, clock: Clock) -> None:
    """A time, or from one time to another with the minutes between."""
    assert match_clock(words.split()) == clock


@pytest.mark.parametrize("words", NOT_IN_A_LINE)
def test_what_can_mean_something_else_is_no_time(words: str) -> None:
    """`1:30` alone is a duration, `at 7` says too little."""
    assert match_clock(words.split()) is None
