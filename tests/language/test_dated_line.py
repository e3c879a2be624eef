"""The stamp that a line begins with: what it says of the day and time, and what is left."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.dated_line import read_dated

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 21, 30, tzinfo=BERLIN)
DAY_STARTS_AT = 4
# The moment, `HH:MM` or nothing, and the rest of the line.
DATED = {
    "2026-11-20 coffee": ("20 23:59", None, "coffee"),
    "2026-11-20: coffee": ("20 23:59", None, "coffee"),
    "2026-11-20, coffee": ("20 23:59", None, "coffee"),
    "2026-11-20. Coffee": ("20 23:59", None, "Coffee"),
    "2026-11-20; coffee": ("20 23:59", None, "coffee"),
    "2026-11-20\tcoffee": ("20 23:59", None, "coffee"),
    "2026-11-20|coffee": ("20 23:59", None, "coffee"),
    "2026-11-20 - coffee": ("20 23:59", None, "coffee"),
    "2026-11-20 – coffee": ("20 23:59", None, "coffee"),
    "2026-11-20 — coffee": ("20 23:59", None, "coffee"),
    "2026-11-20-coffee": ("20 23:59", None, "coffee"),
    "2026-11-20": ("20 23:59", None, ""),
    "[2026-11-20] coffee": ("20 23:59", None, "coffee"),
    "(2026-11-20) coffee": ("20 23:59", None, "coffee"),
    "[2026-11-20]: coffee (black)": ("20 23:59", None, "coffee (black)"),
    "2026-11-20 18:05 coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20  18:05  coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20, 18:05, coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20 18:05: coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20 18:05. Coffee": ("20 18:05", "18:05", "Coffee"),
    "2026-11-20 18:05 - coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20 18:05\tcoffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20 18:05": ("20 18:05", "18:05", ""),
    "2026-11-20 9:05 coffee": ("20 09:05", "09:05", "coffee"),
    "[2026-11-20 18:05]coffee": ("20 18:05", "18:05", "coffee"),
    "(2026-11-20 18:05) coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20 18:05 amber ale": ("20 18:05", "18:05", "amber ale"),
    "2026-11-20 18:05 - 2 beers": ("20 18:05", "18:05", "2 beers"),
    "2026-11-20T18:05 coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20T18:05: coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20T18:05:09 coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20 18:05:09 coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20T17:05:09Z coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20T18:05:09+01:00 coffee": ("20 18:05", "18:05", "coffee"),
    "[2026-11-20T18:05:09+0100] coffee": ("20 18:05", "18:05", "coffee"),
    "Fri Nov 20 17:05:09 UTC 2026 coffee": ("20 18:05", "18:05", "coffee"),
    "2026-11-20 18:05-19:30 dinner": ("20 23:59", None, "18:05-19:30 dinner"),
    "2026-11-20 18:05–19:30 dinner": ("20 23:59", None, "18:05–19:30 dinner"),
    "2026-11-20 18:05 - 19:30 dinner": ("20 23:59", None, "18:05 - 19:30 dinner"),
    "2026-11-20 18:05 to 19:30 dinner": ("20 23:59", None, "18:05 to 19:30 dinner"),
    "2026-11-20 18:05 until 7pm dinner": ("20 23:59", None, "18:05 until 7pm dinner"),
    "2026-11-20 6:05 pm coffee": ("20 23:59", None, "6:05 pm coffee"),
    "2026-11-20 6:05 PM coffee": ("20 23:59", None, "6:05 PM coffee"),
    "2026-11-20 6:05pm coffee": ("20 23:59", None, "6:05pm coffee"),
    "2026-11-20 6:05 p.m. coffee": ("20 23:59", None, "6:05 p.m. coffee"),
    "2026-11-20 24:00 coffee": ("20 23:59", None, "24:00 coffee"),
    "2026-11-20 18:75 coffee": ("20 23:59", None, "18:75 coffee"),
    "2026-11-20 yesterday coffee": ("20 23:59", None, "yesterday coffee"),
    "2026-11-23 coffee": ("23 21:30", None, "coffee"),
    "2026-11-23 22:30 coffee": ("23 22:30", "22:30", "coffee"),
    "2026-11-23T23:59:59 coffee": ("23 23:59", "23:59", "coffee"),
    "2026-11-24 03:59 night": ("24 03:59", "03:59", "night"),
}  # fmt: skip
BARE = (
    "", "coffee", "[coffee]", "20 Nov coffee", "20.11.2026 coffee", "2026-11 coffee", "2026 coffee",
    "coffee 2026-11-20", " 2026-11-20 coffee", "2026-11-20th coffee", "2026-11-20-22 coffee",
    "2026-11-20.5 coffee", "[[2026-11-20]] coffee", "12026-11-20 coffee",
)  # fmt: skip
NEVER = {
    "2026-02-30 coffee": "there is no day '2026-02-30'",
    "0000-01-01 coffee": "there is no day '0000-01-01'",
    "[2026-13-01 18:05] coffee": "there is no day '2026-13-01'",
    "2026-02-30T18:05 coffee": "there is no '2026-02-30T18:05'",
    "2026-11-24 coffee": "2026-11-24 is still to come",
    "2026-11-24 04:00 coffee": "2026-11-24 is still to come",
    "2027-11-20T18:05 coffee": "2027-11-20 is still to come",
    "9999-12-31T23:59:00-05:00 coffee": "outside the years",
}


@pytest.mark.parametrize(("line", "said"), DATED.items())
def test_a_leading_stamp_says_when(line: str, said: tuple[str, str | None, str]) -> None:
    """The end of a day stands for the day alone; a time that goes on is left to the line."""
    dated = read_dated(line, NOW, DAY_STARTS_AT)
    assert dated is not None
    assert (f"{dated.moment:%d %H:%M}", dated.time, dated.text) == said
    assert dated.moment.utcoffset() == NOW.utcoffset()


def test_after_midnight_the_day_of_the_calendar_is_no_day_to_come() -> None:
    """The phone writes the date; here the day before still goes on."""
    night = datetime(2026, 11, 24, 1, 30, tzinfo=BERLIN)
    assert read_dated("2026-11-24 coffee", night, DAY_STARTS_AT) == ("coffee", night, None)
    with pytest.raises(NotUnderstood, match="2026-11-25 is still to come"):
        read_dated("2026-11-25 coffee", night, DAY_STARTS_AT)


@pytest.mark.parametrize("line", BARE)
def test_without_one_nothing_is_said(line: str) -> None:
    """A day in other words, or further on, belongs to the line."""
    assert read_dated(line, NOW, DAY_STARTS_AT) is None


@pytest.mark.parametrize(("line", "why"), NEVER.items())
def test_a_stamp_of_no_past_moment_is_refused(line: str, why: str) -> None:
    """One that does not exist or is still to come, with what to do about it."""
    with pytest.raises(NotUnderstood, match=why.replace(".", r"\.")) as caught:
        read_dated(line, NOW, DAY_STARTS_AT)
    assert caught.value.hint


@pytest.mark.parametrize(
    "line",
    [
        "2026-07-10T18:05:00+02:00 coffee",
        "2026-07-10T16:05:00Z coffee",
        "2026-07-10 18:05 coffee",
        "2026-07-10T18:05 coffee",
        "2026-11-10T18:05:00+01:00 coffee",
        "2026-11-10T17:05:00Z coffee",
    ],
)
@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize("now", [NOW, NOW.replace(month=8, day=1, year=2027)])
def test_the_hour_is_that_of_the_clock_on_the_wall(line: str, now: datetime) -> None:
    """Whether it is summer or winter by now: `now` only knows the offset of today."""
    dated = read_dated(line, now.astimezone(), DAY_STARTS_AT)
    assert dated is not None
    assert (dated.time, f"{dated.moment:%H:%M}") == ("18:05", "18:05")
    assert f"{dated.moment:%Y-%m-%d}" == line[:10]


@given(
    st.datetimes(datetime(1990, 1, 1), NOW.replace(tzinfo=None)),
    st.sampled_from(["{}", "[{}]", "({})"]),
    st.sampled_from([" ", ": ", ", ", "\t", " - ", " | ", "; "]),
)
def test_any_past_minute_is_read_back(moment: datetime, brackets: str, between: str) -> None:
    """In each of the ways to set it apart from what follows."""
    minute = moment.replace(second=0, microsecond=0)
    for stamp in (f"{minute:%Y-%m-%d %H:%M}", minute.isoformat(), f"{minute.isoformat(' ')}"):
        dated = read_dated(f"{brackets.format(stamp)}{between}Ada", NOW, DAY_STARTS_AT)
        assert dated == ("Ada", minute.replace(tzinfo=NOW.tzinfo), f"{minute:%H:%M}")
