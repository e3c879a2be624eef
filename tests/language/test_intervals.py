"""Stretches of days, seen from Monday 23 November 2026."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.day_options import read_interval
from tests.language.journal import TODAY

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
}
REFUSED = {
    "": "'' does not say from when to when",
    "to": "'to' does not say from when to when",
    "tomorrow": "'tomorrow' does not say from when to when",
    "soon to later": "'soon' in 'soon to later' is not a day",
    "3 aug to later": "'later' in '3 aug to later' is not a day",
    "32 jan to 3 feb": "there is no 32 January",
    "3 to 17": "'3' in '3 to 17' is not a day",
    "2026-12-05 to 2026-12-01": (
        "'2026-12-05 to 2026-12-01' ends on 2026-12-01, before it begins on 2026-12-05"
    ),
    "17 aug to 3 aug": "'17 aug to 3 aug' ends before it begins",
    "for 9999 years": "that is outside the calendar, which has the years 1 to 9999",
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
