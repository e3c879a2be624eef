"""Day phrases: what each means, seen from Monday 23 November 2026, and which are refused."""

from collections.abc import Callable
from datetime import date

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.day_options import (
    is_day,
    read_coming_day,
    read_days_ahead,
    read_interval,
    read_past_day,
)
from tests.language.journal import TODAY

OUTSIDE = "that day is outside the years 1 to 9999"
PAST = {
    "today": "2026-11-23",
    "tonight": "2026-11-23",
    "this morning": "2026-11-23",
    "this evening": "2026-11-23",
    "earlier today": "2026-11-23",
    "just now": "2026-11-23",
    "an hour ago": "2026-11-23",
    "two hours ago": "2026-11-23",
    "half an hour ago": "2026-11-23",
    "20 min ago": "2026-11-23",
    "yesterday": "2026-11-22",
    "yday": "2026-11-22",
    "Yesterday": "2026-11-22",
    "yesterday evening": "2026-11-22",
    "last night": "2026-11-22",
    "day before yesterday": "2026-11-21",
    "the day before yesterday": "2026-11-21",
    "2 days ago": "2026-11-21",
    "3d ago": "2026-11-20",
    "a week ago": "2026-11-16",
    "two weeks ago": "2026-11-09",
    "2w ago": "2026-11-09",
    "a fortnight ago": "2026-11-09",
    "a couple of days ago": "2026-11-21",
    "couple of weeks ago": "2026-11-09",
    "a month ago": "2026-10-23",
    "9 months ago": "2026-02-23",
    "a year ago": "2025-11-23",
    "last week": "2026-11-16",
    "last month": "2026-10-23",
    "last year": "2025-11-23",
    "mon": "2026-11-23",
    "tue": "2026-11-17",
    "tuesday": "2026-11-17",
    "on Tuesday": "2026-11-17",
    "weds": "2026-11-18",
    "thurs": "2026-11-19",
    "sat": "2026-11-21",
    "sunday morning": "2026-11-22",
    "last tue": "2026-11-17",
    "last mon": "2026-11-16",
    "this mon": "2026-11-23",
    "tue last week": "2026-11-17",
    "last week on friday": "2026-11-20",
    "last weekend": "2026-11-21",
    "this weekend": "2026-11-21",
    "at the weekend": "2026-11-21",
    "2026-11-03": "2026-11-03",
    "2026-1-3": "2026-01-03",
    "2026/11/03": "2026-11-03",
    "2026.11.03": "2026-11-03",
    "3.11.2026": "2026-11-03",
    "13/11/2026": "2026-11-13",
    "11/13/2026": "2026-11-13",
    "1/1/2026": "2026-01-01",
    "3 nov": "2026-11-03",
    "3nov": "2026-11-03",
    "3-nov-2025": "2025-11-03",
    "nov 3": "2026-11-03",
    "nov 3rd": "2026-11-03",
    "Nov. 3": "2026-11-03",
    "3rd nov": "2026-11-03",
    "the 3rd of November": "2026-11-03",
    "3 november 2025": "2025-11-03",
    "november 3, 2025": "2025-11-03",
    "tue 3 nov": "2026-11-03",
    "Tuesday, 3 November 2026": "2026-11-03",
    "24 feb": "2026-02-24",
    "23 nov": "2026-11-23",
    "24 november 2025": "2025-11-24",
    "29 feb": "2024-02-29",
    "may 1": "2026-05-01",
    "1 sept": "2026-09-01",
    "the 3rd": "2026-11-03",
    "on 3rd": "2026-11-03",
    "friday the 13th": "2026-11-13",
    "Friday 13th": "2026-11-13",
    "tue the 13th": "2026-10-13",
    "fri 13": "2026-11-13",
    "on sat 31st": "2026-10-31",
    "two tuesdays ago": "2026-11-10",
    "3 mondays ago": "2026-11-02",
    "a friday ago": "2026-11-20",
    "2 weeks ago on tuesday": "2026-11-10",
    "3 weeks ago tuesday": "2026-11-03",
    "tuesday three weeks ago": "2026-11-03",
    "sunday a week ago": "2026-11-22",
    "on the 30th": "2026-10-30",
    "the 31st": "2026-10-31",
}
NO_PAST_DAY = {
    "": "no day was given",
    " , ": "no day was given",
    "soon": "'soon' is not a day",
    "may": "'may' is a month, not a day",
    "march": "'march' is a month, not a day",
    "may 2025": "'may 2025' is a month, not a day",
    "last june": "'last june' is a month, not a day",
    "lunch": "'lunch' is not a day",
    "yesterday lunch": "'yesterday lunch' is not a day",
    "ago": "'ago' is not a day",
    "3": "'3' is not a day",
    "2w": "'2w' is not a day",
    "32 jan": "there is no 32 January",
    "0 jan": "there is no 0 January",
    "30 feb": "there is no 30 February",
    "the 32nd": "there is no 'the 32nd'",
    "2026-13-01": "there is no month 13",
    "2026-00-01": "there is no month 0",
    "2026-02-29": "there is no 2026-02-29",
    "0000-01-01": "there is no 0000-01-01",
    "3/11/2026": "'3/11/2026' could be two days",
    "on 3/11": "'on 3/11' could be two days",
    "a few days ago": "'a few days ago' could be several days",
    "the other day": "'the other day' could be several days",
    "20 hours ago": "'20 hours ago' could be two days",
    "mon 3 nov": "2026-11-03 is a Tuesday, not a Monday",
    "99999999999 days ago": f"'99999999999 days ago': {OUTSIDE}",
    "9999 years ago": f"'9999 years ago': {OUTSIDE}",
    "9999 days from now": "'9999 days from now' is 2054-04-09, which is still to come",
    "tomorrow": "'tomorrow' is 2026-11-24, which is still to come",
    "day after tomorrow": "'day after tomorrow' is 2026-11-25, which is still to come",
    "this tue": "'this tue' is 2026-11-24, which is still to come",
    "next week": "'next week' is 2026-11-30, which is still to come",
    "in 3 days": "'in 3 days' is 2026-11-26, which is still to come",
    "2027-01-01": "2027-01-01 is still to come",
    "fri 27": "'fri 27' is 2026-11-27, which is still to come",
    "24 nov 2026": "'24 nov 2026' is 2026-11-24, which is still to come",
}
COMING = {
    "today": "2026-11-23",
    "tonight": "2026-11-23",
    "tomorrow": "2026-11-24",
    "tomorrow morning": "2026-11-24",
    "the day after tomorrow": "2026-11-25",
    "tue": "2026-11-24",
    "fri": "2026-11-27",
    "by friday": "2026-11-27",
    "by fri 27": "2026-11-27",
    "fri 4": "2026-12-04",
    "until friday": "2026-11-27",
    "mon": "2026-11-30",
    "this fri": "2026-11-27",
    "this mon": "2026-11-23",
    "fri next week": "2026-12-04",
    "next week fri": "2026-12-04",
    "this weekend": "2026-11-28",
    "the weekend": "2026-11-28",
    "next week": "2026-11-30",
    "next month": "2026-12-23",
    "next year": "2027-11-23",
    "in 3 weeks": "2026-12-14",
    "in a fortnight": "2026-12-07",
    "in 2 days time": "2026-11-25",
    "a week from now": "2026-11-30",
    "2 months from today": "2027-01-23",
    "2w": "2026-12-07",
    "3 days": "2026-11-26",
    "a month": "2026-12-23",
    "1y": "2027-11-23",
    "3 dec": "2026-12-03",
    "3 nov": "2027-11-03",
    "23 nov": "2026-11-23",
    "29 feb": "2028-02-29",
    "the 3rd": "2026-12-03",
    "2026-12-03": "2026-12-03",
    "thu 3 dec": "2026-12-03",
    "end of the week": "2026-11-29",
    "end of week": "2026-11-29",
    "end of the month": "2026-11-30",
    "end of next month": "2026-12-31",
    "the end of this year": "2026-12-31",
    "end of next week": "2026-12-06",
    "june": "2027-06-01",
    "Jun.": "2027-06-01",
    "may": "2027-05-01",
    "december": "2026-12-01",
    "november": "2027-11-01",
    "this december": "2026-12-01",
    "next november": "2027-11-01",
    "next june": "2027-06-01",
    "in june": "2027-06-01",
    "until june": "2027-06-01",
    "by june": "2027-06-01",
    "on june": "2027-06-01",
    "for june": "2027-06-01",
    "june 2028": "2028-06-01",
    "june, 2028": "2028-06-01",
    "until june 2028": "2028-06-01",
    "2027-06": "2027-06-01",
    "end of june": "2027-06-30",
    "until the end of november": "2026-11-30",
    "for 2 weeks": "2026-12-07",
    "until 2 weeks": "2026-12-07",
    "until in 2 weeks": "2026-12-07",
    "till next week": "2026-11-30",
    "on friday": "2026-11-27",
    "on 3rd": "2026-12-03",
    "on the 3rd": "2026-12-03",
}
NO_COMING_DAY = {
    "": "no day was given",
    "by": "'by' is not a day",
    "soon": "'soon' is not a day",
    "for": "'for' is not a day",
    "until": "'until' is not a day",
    "smith": "'smith' is not a day",
    "2027": "'2027' is not a day",
    "last june": "'last june' is a month, not a day",
    "next december": "'next december' could be two months",
    "june 2025": "'june 2025' is 2025-06-01, which is past",
    "this june": "'this june' is 2026-06-01, which is past",
    "june 0000": OUTSIDE,
    "32 jan": "there is no 32 January",
    "yesterday": "'yesterday' is 2026-11-22, which is past",
    "2026-01-01": "2026-01-01 is past",
    "last tue": "'last tue' is 2026-11-17, which is past",
    "sat 21": "'sat 21' is 2026-11-21, which is past",
    "next fri": "'next fri' could be 2026-11-27 or 2026-12-04",
    "tue 31": "2026-12-31 is a Thursday, not a Tuesday",
    "fri 3 dec": "2026-12-03 is a Thursday, not a Friday",
    "next weekend": "'next weekend' is not a day",
    "9999y": OUTSIDE,
}


@pytest.mark.parametrize(("text", "day"), PAST.items())
def test_a_past_day_leans_to_the_past(text: str, day: str) -> None:
    """The phrase means this day, the newest there is up to today."""
    assert str(read_past_day(text, TODAY)) == day


@pytest.mark.parametrize(("text", "day"), COMING.items())
def test_a_coming_day_leans_to_the_future(text: str, day: str) -> None:
    """The phrase means this day, the first there is from today on."""
    assert str(read_coming_day(text, TODAY)) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("14", 14), ("for 14", 14), ("3 weeks", 21), ("until 3 weeks", 21), ("today", 1)),
        *(("until fri", 5), ("in 2 weeks", 15), ("a week", 7), ("0", 0), ("9" * 5000, 999999999)),
    ],
)
def test_days_ahead_are_a_number_or_end_with_a_day(text: str, days: int) -> None:
    """A span is as many days, today among them."""
    assert read_days_ahead(text, TODAY) == days


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        *((read_past_day, text, why) for text, why in NO_PAST_DAY.items()),
        *((read_coming_day, text, why) for text, why in NO_COMING_DAY.items()),
    ],
)
def test_what_is_no_such_day_is_refused_with_its_reason(
    read: Callable[[str, date], date], text: str, why: str
) -> None:
    """The error says what is wrong with the words, and what to write instead."""
    with pytest.raises(NotUnderstood) as refused:
        read(text, TODAY)
    assert refused.value.message == why


@pytest.mark.parametrize("weekday", range(7))
def test_next_weekday_is_read_only_when_it_can_mean_one_day(weekday: int) -> None:
    """`next fri` is refused unless the next Friday is also that of next week."""
    today = date(2026, 11, 23 + weekday)
    if weekday >= 4:
        assert read_coming_day("next fri", today) == date(2026, 12, 4)
    else:
        with pytest.raises(NotUnderstood):
            read_coming_day("next fri", today)


def test_the_ends_of_the_calendar_are_refused() -> None:
    """A day before year 1 or after year 9999 is no day, and no crash."""
    for read, text, today in (
        (read_past_day, "yesterday", date.min),
        (read_past_day, "29 feb", date.min),
        (read_coming_day, "29 feb", date.max),
        (read_coming_day, "the 3rd", date.max),
        (read_coming_day, "fri", date.max),
        (read_past_day, "fri", date.min),
        (read_past_day, "last month", date.min),
        (read_coming_day, "next year", date.max),
    ):
        with pytest.raises(NotUnderstood, match="outside the years"):
            read(text, today)


INTERVALS = {
    "3 aug to 17 aug": "2027-08-03 2027-08-17",
    "from 3 aug to 17 aug": "2027-08-03 2027-08-17",
    "3 aug until 17 aug": "2027-08-03 2027-08-17",
    "3 aug - 17 aug": "2027-08-03 2027-08-17",
    "3 aug – 17 aug": "2027-08-03 2027-08-17",
    "3 aug — 17 aug": "2027-08-03 2027-08-17",
    "3 to 17 aug": "2027-08-03 2027-08-17",
    "aug 3 to 17": "2027-08-03 2027-08-17",
    "3-17 aug": "2027-08-03 2027-08-17",
    "aug 3-17": "2027-08-03 2027-08-17",
    "from 3-17 aug": "2027-08-03 2027-08-17",
    "Aug 3rd to 17th": "2027-08-03 2027-08-17",
    "20 dec to 4 jan": "2026-12-20 2027-01-04",
    "10 nov to 30 nov": "2026-11-10 2026-11-30",
    "3 nov to 17 nov": "2026-11-03 2026-11-17",
    "3 oct to 17 oct": "2027-10-03 2027-10-17",
    "2026-11-01 to 2026-11-10": "2026-11-01 2026-11-10",
    "2026-12-01..2026-12-05": "2026-12-01 2026-12-05",
    "2026-12-01 to 5 jan": "2026-12-01 2027-01-05",
    "2026-12-01 to 2026-12-01": "2026-12-01 2026-12-01",
    "today to friday": "2026-11-23 2026-11-27",
    "mon to fri": "2026-11-23 2026-11-27",
    "sat to sun": "2026-11-28 2026-11-29",
    "tomorrow to sun": "2026-11-24 2026-11-29",
    "yesterday to sunday": "2026-11-22 2026-11-29",
    "yesterday to today": "2026-11-22 2026-11-23",
    "fri 27 to 29": "2026-11-27 2026-11-29",
    "fri 27 to sun 29": "2026-11-27 2026-11-29",
    "today for 2 weeks": "2026-11-23 2026-12-06",
    "3 aug for a week": "2027-08-03 2027-08-09",
    "for 10 days": "2026-11-23 2026-12-02",
    "until 17 dec": "2026-11-23 2026-12-17",
    "this week": "2026-11-23 2026-11-29",
    "next week": "2026-11-30 2026-12-06",
    "last week": "2026-11-16 2026-11-22",
    "from 3 aug": "2027-08-03 None",
    "from 10 nov": "2026-11-10 None",
    "from today": "2026-11-23 None",
    "since yesterday": "2026-11-22 None",
    "june": "2027-06-01 2027-06-30",
    "in june": "2027-06-01 2027-06-30",
    "for june": "2027-06-01 2027-06-30",
    "next june": "2027-06-01 2027-06-30",
    "june 2028": "2028-06-01 2028-06-30",
    "november": "2026-11-01 2026-11-30",
    "june to august": "2027-06-01 2027-08-31",
    "june until august": "2027-06-01 2027-08-31",
    "from june to august 2028": "2028-06-01 2028-08-31",
    "december to february": "2026-12-01 2027-02-28",
    "december to february 2028": "2027-12-01 2028-02-29",
    "june 2027 to august 2028": "2027-06-01 2028-08-31",
    "3 june to august": "2027-06-03 2027-08-01",
    "until june": "2026-11-23 2027-06-01",
    "until the end of june": "2026-11-23 2027-06-30",
    "from june": "2027-06-01 None",
    "from june for 2 weeks": "2027-06-01 2027-06-14",
    "today": "2026-11-23 2026-11-23",
    "tomorrow": "2026-11-24 2026-11-24",
    "Tomorrow": "2026-11-24 2026-11-24",
    "3 weeks": "2026-11-23 2026-12-13",
    "for 3 weeks": "2026-11-23 2026-12-13",
    "a week": "2026-11-23 2026-11-29",
    "next month": "2026-12-01 2026-12-31",
    "this month": "2026-11-01 2026-11-30",
    "last month": "2026-10-01 2026-10-31",
}
REFUSED = {
    "": "'' does not say from when to when",
    "to": "'to' does not say from when to when",
    "fri": "'fri' does not say from when to when",
    "soon to later": "'soon' in 'soon to later' is not a day",
    "3 aug to later": "'later' in '3 aug to later' is not a day",
    "32 jan to 3 feb": "there is no 32 January",
    "3 to 17": "'3' in '3 to 17' is not a day",
    "2026-12-05 to 2026-12-01": (
        "'2026-12-05 to 2026-12-01' ends on 2026-12-01, before it begins on 2026-12-05"
    ),
    "17 aug to 3 aug": "'17 aug to 3 aug' ends before it begins",
    "last june": "'last june' does not say from when to when",
    "end of june": "'end of june' does not say from when to when",
    "june 0000": OUTSIDE,
    "for 9999 years": "that day is outside the years 1 to 9999",
}


@pytest.mark.parametrize(("text", "ends"), INTERVALS.items())
def test_an_interval_has_a_first_and_a_last_day(text: str, ends: str) -> None:
    """It lies ahead unless it is going on, is just over, or names its year."""
    assert "{} {}".format(*read_interval(text, TODAY)) == ends


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_what_is_no_interval_is_refused(text: str, why: str) -> None:
    """The error says which words are no day, or that the end is before the beginning."""
    with pytest.raises(NotUnderstood) as refused:
        read_interval(text, TODAY)
    assert refused.value.message == why


@pytest.mark.parametrize("text", ["yesterday", "on tuesday", " Tomorrow ", "2026-11-03", "3 nov"])
def test_a_text_may_be_nothing_but_a_day(text: str) -> None:
    """Past or to come."""
    assert is_day(text, TODAY)


@pytest.mark.parametrize("text", ["", "the report", "report of yesterday", "tuesday report", "may"])
def test_a_text_with_other_words_is_no_day(text: str) -> None:
    """Nor is a month."""
    assert not is_day(text, TODAY)


def test_a_day_to_come_may_have_a_hint_of_its_own() -> None:
    """Where a plan is no way out."""
    with pytest.raises(NotUnderstood) as refused:
        read_past_day("tomorrow", TODAY, "only once it is over")
    assert refused.value.hint == "only once it is over"
