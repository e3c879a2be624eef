"""Log lines: when it was, and how long."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.logline import read_line
from tests.language.journal import NAMES, TODAY, means

WEEKDAYS = (
    ("first coffee in 3 months with Ada", "coffee | Ada Lovelace | unread: first in 3 months"),
    (
        "haven't seen Ada in 2 years",
        "Ada Lovelace | doubt: haven't seen | unread: haven't seen in 2 years",
    ),
    ("lunch with Tom yesterday at noon", "meal | Tom Baker | 2026-11-22 | at 12:00"),
    ("lunch with Tom yesterday in the evening", "meal | Tom Baker | 2026-11-22"),
    ("lunch with Ada on sat", "meal | Ada Lovelace | 2026-11-21"),
    ("lunch with ada sat", "meal | Ada Lovelace | 2026-11-21"),
    ("lunch with Tom Sat 2h", "meal | Tom Baker | 2026-11-21 | 120 min"),
    ("Sat: walk with Ada", "walk | Ada Lovelace | 2026-11-21"),
    ("sat morning coffee with Ada", "coffee | Ada Lovelace | 2026-11-21"),
    ("sat lunch with ada", "meal | Ada Lovelace | 2026-11-21"),
    ("walk sat with ada", "walk | Ada Lovelace | 2026-11-21"),
    ("sat with tom", "Tom Baker | unread: sat"),
    ("We sat with Tom", "Tom Baker | unread: We sat"),
    ("Tom sat with Ada", "Tom Baker, Ada Lovelace | unread: sat"),
    ("Sun: walk with Ada", "walk | Ada Lovelace | 2026-11-22"),
    ("walk with Ada in the sun", "walk | Ada Lovelace | unread: in the sun"),
    ("walk with Ada on sun", "walk | Ada Lovelace | 2026-11-22"),
    ("Wed lunch with Ada", "meal | Ada Lovelace | 2026-11-18"),
    ("got wed to Ada", "Ada Lovelace | unread: got wed"),
    ("mon coffee with Ada", "coffee | Ada Lovelace"),
    ("Lunch Tom Tuesday", "meal | Tom Baker | 2026-11-17"),
    ("met Tom Tuesday", "meeting | Tom Baker | 2026-11-17"),
    ("Sunday lunch with Ada", "meal | Ada Lovelace | 2026-11-22"),
    ("tue: lunch with Tom", "meal | Tom Baker | 2026-11-17"),
    ("lunch with Tom on Thursday evening", "meal | Tom Baker | 2026-11-19"),
)

DAYS = (
    ("lunch with Tom today", "meal | Tom Baker"),
    ("lunch with Tom yesterday evening", "meal | Tom Baker | 2026-11-22"),
    ("lunch with Tom last night", "meal | Tom Baker | 2026-11-22"),
    ("lunch with Tom this morning", "meal | Tom Baker"),
    ("lunch with Tom tonight", "meal | Tom Baker"),
    ("lunch with Tom day before yesterday", "meal | Tom Baker | 2026-11-21"),
    ("lunch with Tom last tue", "meal | Tom Baker | 2026-11-17"),
    ("lunch with Tom last week", "meal | Tom Baker | 2026-11-16"),
    ("lunch with Tom last weekend", "meal | Tom Baker | 2026-11-21"),
    ("lunch with Tom tue last week", "meal | Tom Baker | 2026-11-17"),
    ("lunch with Tom 3 days ago", "meal | Tom Baker | 2026-11-20"),
    ("lunch with Tom two weeks ago", "meal | Tom Baker | 2026-11-09"),
    ("lunch with Tom a month ago", "meal | Tom Baker | 2026-10-23"),
    ("called Ada an hour ago", "call | Ada Lovelace | mine"),
    ("lunch with Tom 2026-11-03", "meal | Tom Baker | 2026-11-03"),
    ("2026-11-20 lunch with Tom", "meal | Tom Baker | 2026-11-20"),
    ("lunch with Tom 3 nov", "meal | Tom Baker | 2026-11-03"),
    ("lunch with Tom nov 3rd", "meal | Tom Baker | 2026-11-03"),
    ("lunch with Tom on the 3rd of November", "meal | Tom Baker | 2026-11-03"),
    ("lunch with Tom on Nov. 3, 2025", "meal | Tom Baker | 2025-11-03"),
    ("lunch with Tom tue 3 nov", "meal | Tom Baker | 2026-11-03"),
    ("lunch with Tom 3.11.2026", "meal | Tom Baker | 2026-11-03"),
    ("lunch with Tom on 13/11/2026", "meal | Tom Baker | 2026-11-13"),
    ("lunch with Tom on friday the 13th", "meal | Tom Baker | 2026-11-13"),
    ("lunch with Tom sat 21: soup", "meal | Tom Baker | 2026-11-21 | note: soup"),
    ("Sat 21 lunch with Tom", "meal | Tom Baker | 2026-11-21"),
    ("Sat 21 Tom called", "call | Tom Baker | 2026-11-21 | theirs"),
    ("on Friday 13 with Tom", "Tom Baker | 2026-11-13"),
    ("lunch with Tom fri 20 3pm", "meal | Tom Baker | 2026-11-20 | at 15:00"),
    ("lunch with Tom fri 2 hours", "meal | Tom Baker | 2026-11-20 | 120 min"),
    ("lunch with Tom fri 3 pm", "meal | Tom Baker | 2026-11-20 | at 15:00"),
    ("lunch with Tom, he sat 21 exams", "meal | Tom Baker | unread: he sat 21 exams"),
    ("Tom sat 3 exams", "Tom Baker | unread: sat 3 exams"),
    ("Tom sat 7 and passed", "Tom Baker | unread: sat 7 and passed"),
    ("we sat 21, with Tom", "Tom Baker | unread: we sat 21"),
    ("walk with Tom tue 10 km", "walk | Tom Baker | 2026-11-17 | unread: 10 km"),
    ("lunch with Tom fri 6 of us", "meal | Tom Baker | 2026-11-20 | unread: 6"),
    ("lunch with Tom fri, 6 of us", "meal | Tom Baker | 2026-11-20 | unread: 6"),
    ("lunch with Tom fri 6 - 8", "meal | Tom Baker | 2026-11-20 | unread: 6 - 8"),
    ("met Tom fri 6 days ago", "meeting | Tom Baker | 2026-11-20 | unread: 6 days ago"),
    ("lunch with Tom thu 5 o'clock", "meal | Tom Baker | 2026-11-19 | unread: 5 o'clock"),
    ("lunch with Tom tue 10 a.m.", "meal | Tom Baker | 2026-11-17 | unread: 10 a.m"),
    ("lunch with Tom fri 20, people came", "meal | Tom Baker | 2026-11-20 | unread: people came"),
    ("lunch with Tom fri 6 at night", "meal | Tom Baker | 2026-11-20 | unread: 6 at night"),
    ("lunch with Tom thu 5 floors up", "meal | Tom Baker | 2026-11-19 | unread: 5 floors"),
    ("on sat 7 we met Tom", "meeting | Tom Baker | 2026-11-07"),
    ("lunch with Tom on wed 11 for cake", "meal | Tom Baker | 2026-11-11 | unread: for cake"),
    ("lunch with Tom sat 21 and Ada", "meal | Tom Baker, Ada Lovelace | 2026-11-21"),
    ("sat 21 talked to Tom", "Tom Baker | 2026-11-21"),
    ("sat 7 tom called", "call | Tom Baker | 2026-11-07 | theirs"),
    ("sat 8 Tom called", "call | Tom Baker | theirs | unread: sat 8"),
    ("lunch with Tom fri 13 was nice", "meal | Tom Baker | 2026-11-13 | unread: was nice"),
    ("lunch with Tom 2 weeks ago on tuesday", "meal | Tom Baker | 2026-11-10"),
    ("walked with Tom for 1 1/2 hours", "walk | Tom Baker | 90 min"),
    ("on the 3rd I met Tom", "meeting | Tom Baker | 2026-11-03"),
    ("on call 24/7 with Tom", "call | Tom Baker | unread: 24/7"),
    ("lunch with Tom at 12.30", "meal | Tom Baker | at 12:30"),
    ("lunch with Tom on the 3rd", "meal | Tom Baker | 2026-11-03"),
    ("lunch on the 2nd floor with Tom", "meal | Tom Baker | unread: on the 2nd floor"),
    ("lunch with Tom 24 dec", "meal | Tom Baker | 2025-12-24"),
    ("called Ada about tomorrow", "call | Ada Lovelace | mine | unread: about tomorrow"),
    (
        "called Ada about a trip two weeks ago",
        "call | Ada Lovelace | 2026-11-09 | mine | unread: about a trip",
    ),
    ("no news since 3 nov, called Ada", "call | Ada Lovelace | mine | unread: no news since 3 nov"),
    ("lunch with Tom yesterday and on tue", "meal | Tom Baker | 2026-11-22 | unread: and on tue"),
    ("yesterday 3pm: lunch with Tom", "meal | Tom Baker | 2026-11-22 | at 15:00"),
    ("at noon: lunch with Tom", "meal | Tom Baker | at 12:00"),
    ("may 2025 lunch with Tom", "meal | Tom Baker | unread: may 2025"),
)

DURATIONS = (
    ("call Ada 45m", "call | Ada Lovelace | 45 min"),
    ("call Ada 45 min", "call | Ada Lovelace | 45 min"),
    ("call Ada 45 minutes", "call | Ada Lovelace | 45 min"),
    ("call Ada for 45m", "call | Ada Lovelace | 45 min"),
    ("call Ada about 45 min", "call | Ada Lovelace | 45 min"),
    ("call Ada 1h", "call | Ada Lovelace | 60 min"),
    ("call Ada 1h30", "call | Ada Lovelace | 90 min"),
    ("call Ada 1h30m", "call | Ada Lovelace | 90 min"),
    ("call Ada 1 h 30 min", "call | Ada Lovelace | 90 min"),
    ("call Ada 1:30", "call | Ada Lovelace | 90 min"),
    ("call Ada 1.5h", "call | Ada Lovelace | 90 min"),
    ("call Ada 1,5h", "call | Ada Lovelace | 90 min"),
    ("call Ada 1½h", "call | Ada Lovelace | 90 min"),
    ("call Ada PT45M", "call | Ada Lovelace | 45 min"),
    ("call Ada PT1H30M", "call | Ada Lovelace | 90 min"),
    ("call Ada for an hour", "call | Ada Lovelace | 60 min"),
    ("call Ada for half an hour", "call | Ada Lovelace | 30 min"),
    ("call Ada for an hour and a half", "call | Ada Lovelace | 90 min"),
    ("call Ada two hours", "call | Ada Lovelace | 120 min"),
    ("call Ada ~20m", "call | Ada Lovelace | 20 min"),
    ("20m call Ada", "call | Ada Lovelace | 20 min"),
    ("call Ada 90", "call | Ada Lovelace | unread: 90"),
    ("ran 5000m with Ada", "Ada Lovelace | unread: ran 5000m"),
    ("stayed with Ada for 3 days", "visit | Ada Lovelace | unread: for 3 days"),
)

TIMES = (
    ("coffee with Ada at 3:30", "coffee | Ada Lovelace | at 15:30"),
    ("coffee with Ada at 03:30", "coffee | Ada Lovelace | at 03:30"),
    ("coffee with Ada at 15:00", "coffee | Ada Lovelace | at 15:00"),
    ("coffee with Ada 3pm", "coffee | Ada Lovelace | at 15:00"),
    ("coffee with Ada 3:30 pm 1:30", "coffee | Ada Lovelace | at 15:30 | 90 min"),
    ("lunch with Ada 12:30", "meal | Ada Lovelace | at 12:30"),
    ("lunch with Ada at noon", "meal | Ada Lovelace | at 12:00"),
    ("meeting with Tom from 14:00 to 15:30", "meeting | Tom Baker | at 14:00 | 90 min"),
    ("meeting with Tom 3-4pm", "meeting | Tom Baker | at 15:00 | 60 min"),
    ("meeting with Tom 11-1pm", "meeting | Tom Baker | at 11:00 | 120 min"),
    ("lunch with Ada at 7", "meal | Ada Lovelace | unread: at 7"),
)

REFUSED = (
    ("lunch with Tom 20.11.", "'20.11.' is not a clear date"),
    ("lunch with Tom 11/12", "'11/12' is not a clear date"),
    ("lunch with Tom 16.11.26", "'16.11.26' is not a clear date"),
    ("lunch with Tom 16/11/26 at home", "'16/11/26' is not a clear date"),
    ("lunch with Tom on 32 jan", "there is no 32 January"),
    ("lunch with Tom 2026-13-01", "there is no month 13"),
    ("lunch with Tom 2026-02-30", "there is no 30 February"),
    ("lunch with Tom tomorrow", "'tomorrow' is 2026-11-24, which is still to come"),
    ("lunch with Tom 2027-01-01", "2027-01-01 is still to come"),
    ("lunch with Tom next week", "'next week' is 2026-11-30, which is still to come"),
    ("lunch with Tom in 3 days", "'in 3 days' is 2026-11-26, which is still to come"),
    ("lunch with Tom this fri", "'this fri' is 2026-11-27, which is still to come"),
    ("lunch with Tom next tue", "'next tue' could be 2026-11-24 or 2026-12-01"),
    ("tomorrow: lunch with Tom", "'tomorrow' is 2026-11-24, which is still to come"),
    ("32 jan: lunch with Tom", "there is no 32 January"),
    ("lunch with Tom a few days ago", "'a few days ago' could be several days"),
    ("lunch with Tom the other day", "'the other day' could be several days"),
    ("lunch with Tom on 3/11", "'on 3/11' could be two days"),
    ("lunch with Tom 3/11/2026", "'3/11/2026' could be two days"),
    ("lunch with Tom mon 3 nov", "2026-11-03 is a Tuesday, not a Monday"),
    ("lunch with Tom fri 3", "2026-11-03 is a Tuesday, not a Friday"),
    ("lunch with Tom tue 24", "'tue 24' is 2026-11-24, which is still to come"),
    ("on tue 25 lunch with Tom", "2026-10-25 is a Sunday, not a Tuesday"),
    ("saw Tom in march", "'in march' could be several days"),
    ("in april 2024 we met Tom", "'in april 2024' could be several days"),
)


OTHER_DAYS = (
    ("first call with Tom since last tue", "call | Tom Baker | unread: first since last tue"),
    ("call with Tom before last tue", "call | Tom Baker | unread: before last tue"),
    ("lunch with Tom, we met 2 years ago", "meal | Tom Baker | unread: 2 years ago"),
    ("lunch with Tom until 3pm", "meal | Tom Baker | unread: until 3pm"),
    ("lunch with Tom, moving in march", "meal | Tom Baker | unread: moving in march"),
    ("lunch with Tom 3/3", "meal | Tom Baker | 2026-03-03"),
    ("lunch with Tom on 11/20", "meal | Tom Baker | 2026-11-20"),
    ("met Tom 20-11-2026", "meeting | Tom Baker | 2026-11-20"),
    ("met Tom two nights ago", "meeting | Tom Baker | 2026-11-21"),
    ("the night before last: met Tom", "meeting | Tom Baker | 2026-11-21"),
    ("met Tom a fortnight ago", "meeting | Tom Baker | 2026-11-09"),
    ("called Tom half an hr", "call | Tom Baker | 30 min | mine"),
    ("called Tom three quarters of an hr", "call | Tom Baker | 45 min | mine"),
    ("called Tom 2 hrs and a quarter", "call | Tom Baker | 135 min | mine"),
)


@pytest.mark.parametrize(("line", "meaning"), OTHER_DAYS, ids=range(len(OTHER_DAYS)))
def test_a_line_means_its_own_day(line: str, meaning: str) -> None:
    """Days of other things are none of it; a date that is one however it is read is read."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


def test_last_night_is_unsure_after_midnight() -> None:
    """The evening that has just ended belongs to today still."""
    with pytest.raises(NotUnderstood, match="'last night' could be two days"):
        read_line("dinner with Tom last night", TODAY, NAMES, before_dawn=True)
    assert means(read_line("dinner with Tom today", TODAY, NAMES, before_dawn=True)) == (
        "meal | Tom Baker"
    )


@pytest.mark.parametrize(("line", "meaning"), WEEKDAYS, ids=range(len(WEEKDAYS)))
def test_a_line_means_weekdays(line: str, meaning: str) -> None:
    """Weekdays, and words that look like them: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), DAYS, ids=range(len(DAYS)))
def test_a_line_means_days(line: str, meaning: str) -> None:
    """Days: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), DURATIONS, ids=range(len(DURATIONS)))
def test_a_line_means_durations(line: str, meaning: str) -> None:
    """Durations: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), TIMES, ids=range(len(TIMES)))
def test_a_line_means_times(line: str, meaning: str) -> None:
    """Times of day: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "why"), REFUSED, ids=range(len(REFUSED)))
def test_a_day_that_is_none_or_to_come_is_refused(line: str, why: str) -> None:
    """An impossible, ambiguous or coming day is refused with its reason, never dropped."""
    with pytest.raises(NotUnderstood) as refused:
        read_line(line, TODAY, NAMES)
    assert refused.value.message == why
    assert refused.value.hint
