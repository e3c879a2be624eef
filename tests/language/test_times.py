"""Times of day: what is one, what is a duration, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.times import (
    Clock,
    match_clock,
    match_duration,
    match_unclear_duration,
    read_leading_minutes,
    read_minutes,
    read_time,
)

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
    "3 p.m": "15:00",
    "half past six": "06:30",
    "quarter to 3": "14:45",
    "6 o'clock": "06:00",
    "8 in the evening": "20:00",
}
TIMES_IN_A_LINE = {
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
    "at half past six": Clock("06:30", 4, other="18:30"),
    "half past two with ada": Clock("14:30", 3),
    "half past twelve": Clock("12:30", 3),
    "quarter to 3": Clock("14:45", 3),
    "a quarter to one": Clock("12:45", 4),
    "quarter past nine": Clock("09:15", 3, other="21:15"),
    "ten past 4": Clock("16:10", 3),
    "at ten to six": Clock("17:50", 4),
    "at half six": Clock("06:30", 3, other="18:30"),
    "6ish": Clock("06:00", 1, other="18:00"),
    "at 10ish": Clock("10:00", 2, other="22:00"),
    "12ish": Clock("12:00", 1),
    "around noon": Clock("12:00", 2),
    "about 3pm": Clock("15:00", 2),
    "6 o'clock": Clock("06:00", 2, other="18:00"),
    "five o'clock": Clock("17:00", 2),
    "at 8": Clock("08:00", 2, other="20:00"),
    "at 4": Clock("16:00", 2),
    "at 8 with ada": Clock("08:00", 2, other="20:00"),
    "at six": Clock("06:00", 2, other="18:00"),
    "at 18h with ada": Clock("18:00", 2),
    "seven in the evening": Clock("19:00", 4),
    "2 at night": Clock("02:00", 3),
    "8 at night": Clock("20:00", 3),
    "18h30": Clock("18:30", 1),
    "5.30pm": Clock("17:30", 1),
    "at 5.30": Clock("17:30", 2),
    "3pm-4pm": Clock("15:00", 1, 60),
    "7am": Clock("07:00", 1),
    "10 a.m": Clock("10:00", 2),
}
NO_TIMES_IN_A_LINE = (
    "1:30",
    "at 7 elm street",
    "at 7 people",
    "around 6",
    "about 20 people",
    "ten to six people",
    "by noon",
    "half of it",
    "half past",
    "a",
    "at",
    "am",
    "7",
    "from 3 to 4",
    "15pm",
    "at 15pm",
    "ada",
    "2-3",
    "at home",
    "",
)


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


@pytest.mark.parametrize(("words", "clock"), TIMES_IN_A_LINE.items())
def test_a_time_is_found_at_the_beginning_of_words(words: str, clock: Clock) -> None:
    """A time, or from one time to another with the minutes between."""
    assert match_clock(words.split()) == clock


@pytest.mark.parametrize("words", NO_TIMES_IN_A_LINE)
def test_what_can_mean_something_else_is_no_time(words: str) -> None:
    """`1:30` alone is a duration, `7` says too little."""
    assert match_clock(words.split()) is None


MINUTES = {
    "45-minute": 45,
    "90-min": 90,
    "half-hour": 30,
    "half-an-hour": 30,
    "two-hour": 120,
    "twenty minutes": 20,
    "fifteen minutes": 15,
    "thirty-five minutes": 35,
    "forty five mins": 45,
    "45'": 45,
    "45′": 45,
    "1:15h": 75,
    "1:15 hours": 75,
    "1h15'": 75,
    "3/4 hour": 45,
    "3/4 of an hour": 45,
    "1 1/4 hours": 75,
    "1/3 hour": 20,
    "an hour or so": 60,
    "a good hour": 60,
    "an hour-long": 60,
    "just under 2 hours": 120,
    "45m": 45,
    "45 m": 45,
    "45min": 45,
    "45 min": 45,
    "45 mins": 45,
    "45 minutes": 45,
    "1 minute": 1,
    "a minute": 1,
    "ten minutes": 10,
    "90": 90,
    "1": 1,
    "1440": 1440,
    "1h": 60,
    "1 h": 60,
    "1hr": 60,
    "2hrs": 120,
    "1 hour": 60,
    "2 hours": 120,
    "two hours": 120,
    "an hour": 60,
    "a couple of hours": 120,
    "24h": 1440,
    "1h30": 90,
    "1 1/2 hours": 90,
    "2 1/2h": 150,
    "1/2 hour": 30,
    "1H30M": 90,
    "1h30m": 90,
    "1h 30": 90,
    "1 h 30 min": 90,
    "1h5": 65,
    "1h05": 65,
    "1 hour 30 minutes": 90,
    "1 hour and 30 minutes": 90,
    "two hours and 20 minutes": 140,
    "an hour and ten minutes": 70,
    "1:30": 90,
    "0:45": 45,
    "10:00": 600,
    "1.5h": 90,
    "1,5h": 90,
    "1.5 hours": 90,
    ".5h": 30,
    "0.25 h": 15,
    "1½h": 90,
    "½ hour": 30,
    "2¼ hours": 135,
    "¾h": 45,
    "PT45M": 45,
    "PT1H": 60,
    "PT1H30M": 90,
    "pt90m": 90,
    "half an hour": 30,
    "half hour": 30,
    "a half hour": 30,
    "quarter of an hour": 15,
    "a quarter of an hour": 15,
    "three quarters of an hour": 45,
    "an hour and a half": 90,
    "2 hours and a half": 150,
    "one and a half hours": 90,
    "2 and a half hours": 150,
    "an hour and a quarter": 75,
    "for 45m": 45,
    "about 45 min": 45,
    "for about an hour": 60,
    "~20m": 20,
    "  45   min ": 45,
    "４５m": 45,
}
REFUSED = (
    "x", "h", "hour", "m", "45 x", "45m of tea", "1h75", "1:75", "1:3", "1:2:3", "an", "-5",
    "1..5h", "0", "0m", "0:00", "PT", "1441", "25h", "99999", "99999h", "1e3", "for", "half",
    "4.5.6h", "99999999999h", f"{'9' * 400}h",
)  # fmt: skip
DURATIONS_IN_A_LINE = {
    "45m with ada": (45, 1),
    "an hour and a half with ada": (90, 5),
    "for about 45 min yesterday": (45, 4),
    "1h 30 yesterday": (90, 2),
    "1h and more": (60, 1),
    "30h": (1800, 1),
}
NO_DURATIONS_IN_A_LINE = (
    "90 people", "5000m run", "0m", "am", "ah", "a m", "a h", "i am", "amin", "ahr", "oneh",
    "all afternoon", "30-45 min", "an hour or two", "45 past", "3/4 of them", "twenty people",
     "ada 45m", "half of it", "",
)  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), MINUTES.items())
def test_a_duration_means_its_minutes(text: str, minutes: int) -> None:
    """The words mean this many minutes."""
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """The words are refused, with a way to write it."""
    with pytest.raises(NotUnderstood) as refused:
        read_minutes(text)
    assert text in refused.value.message
    assert refused.value.hint == "write it like 45m, 1h30 or 1:30"


def test_no_words_are_no_duration() -> None:
    """Nothing typed is refused as nothing."""
    with pytest.raises(NotUnderstood, match="no duration was given"):
        read_minutes("  ")


@pytest.mark.parametrize(("words", "found"), DURATIONS_IN_A_LINE.items())
def test_a_duration_is_found_at_the_beginning_of_words(words: str, found: tuple[int, int]) -> None:
    """The longest duration is taken, and it says how many words it was."""
    duration = match_duration(words.split())
    assert duration is not None
    assert (duration.minutes, duration.words) == found


@pytest.mark.parametrize("words", NO_DURATIONS_IN_A_LINE)
def test_other_words_are_no_duration(words: str) -> None:
    """A bare number and a distance are left to mean what they mean."""
    assert match_duration(words.split()) is None


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("30-45 min", (30, 45, 2)),
        ("30 to 45 min with ada", (30, 45, 4)),
        ("about 2-3 hours", (120, 180, 3)),
        ("an hour or two", (60, 120, 4)),
        ("two or three hours", (120, 180, 4)),
    ],
)
def test_a_length_between_two_bounds_is_unclear(words: str, bounds: tuple[int, int, int]) -> None:
    """Both bounds are given, so that somebody can be asked."""
    found = match_unclear_duration(words.split())
    assert found is not None
    assert (found.least, found.most, found.words) == bounds
    assert match_duration(words.split()) is None


@pytest.mark.parametrize("words", ["45 min", "3-4pm", "45-30 min", "2 or 3 people", "one or two"])
def test_other_words_are_no_unclear_length(words: str) -> None:
    """A plain length, a time or a count of people is left alone."""
    assert match_unclear_duration(words.split()) is None


@given(st.integers(1, 1440))
@settings(max_examples=50, deadline=None)
def test_every_form_of_a_duration_agrees(minutes: int) -> None:
    """Minutes, hours and minutes, clock form and ISO form mean the same."""
    hours, rest = divmod(minutes, 60)
    forms = (
        f"{minutes}",
        f"{minutes}m",
        f"{hours}:{rest:02}",
        f"PT{hours}H{rest}M",
        f"PT{minutes}M",
    )
    assert {read_minutes(form) for form in forms} == {minutes}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("40m the report", (40, 1)),
        ("40m: the report", (40, 1)),
        ("1 h 30 min report", (90, 4)),
        ("half an hour of forms", (30, 3)),
        ("1½h mails", (90, 1)),
        ("about 40 min report", (40, 3)),
        ("1:30 the report", (90, 1)),
        ("40", (40, 1)),
        ("24h", (1440, 1)),
    ],
)
def test_a_duration_is_read_from_the_beginning_of_words(words: str, found: tuple[int, int]) -> None:
    """Its minutes, and how many of the words it takes."""
    assert read_leading_minutes(words.split()) == found


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "no duration was given"),
        ("soon", "'soon' is not a duration"),
        ("the report", "'the report' begins with no duration"),
        ("2 reports", "'2 reports' begins with no duration"),
        ("1 30 report", "begins with no duration"),
        ("30-45 min mails", "'30-45 min' is not one duration"),
        ("an hour or two", "'an hour or two' is not one duration"),
        ("0 min mails", "'0 min' is not between"),
        ("25h", "'25h' is not between"),
    ],
)
def test_words_that_begin_with_no_single_duration_are_refused(words: str, why: str) -> None:
    """A bare number before other words may count anything."""
    with pytest.raises(NotUnderstood, match=why) as refused:
        read_leading_minutes(words.split())
    assert refused.value.hint
