"""Log lines: marks between words, and when it was."""

import pytest

from connect_cli.language.logline import read_line
from tests.language.journal import NAMES, TODAY, means

PUNCTUATION = (
    (f"Lunch with Ada. {'coffee ' * 30}", f"meal | Ada Lovelace | note: {'coffee ' * 29}coffee"),
    ("coffee\twith\tAda", "coffee | Ada Lovelace"),
    ("☕ with Ada 🎉", "Ada Lovelace | unread: ☕ 🎉"),
    ("Coffee with Ada 🎉: fun", "coffee | Ada Lovelace | unread: 🎉 | note: 🎉: fun"),
    (
        'Coffee with Ada: see https://x.org/a:b/#frag and "quotes", it\'s #work',
        (
            "coffee | Ada Lovelace | #work"
            ' | note: see https://x.org/a:b/#frag and "quotes", it\'s #work'
        ),
    ),
    ("read https://x.org/#frag with Ada", "Ada Lovelace | unread: read https://x.org/#frag"),
    ("wrote ada@example.org and Tom", "letter | Tom Baker | unread: ada@example.org"),
    ("Coffee with Ada #work #Work #a/b (#c)", "coffee | Ada Lovelace | #work #a/b #c"),
    (
        "Coffee with Ada #café: #1 fan of issue #12",
        "coffee | Ada Lovelace | #café | note: #1 fan of issue #12",
    ),
    ("lunch with Ada:she left", "meal | Ada Lovelace | note: she left"),
    ("Coffee with Ada - great talk", "coffee | Ada Lovelace | note: great talk"),
    ("Lunch with Tom (great place) 2h", "meal | Tom Baker | 120 min | unread: great place"),
    ('"lunch with Tom"', "meal | Tom Baker"),
    ("  lunch with Tom \t", "meal | Tom Baker"),
    ("Mr. Baker", "Mr. Baker? (Tom Baker?)"),
    ("coffee with Ada... and Tom", "coffee | Ada Lovelace, Tom Baker"),
    ("Coffee with Ada：很好", "coffee | Ada Lovelace | note: 很好"),
    ("Coffee with Ada\n", "coffee | Ada Lovelace"),
    ("\"Quick\" coffee with 'Ada'", "coffee | Ada Lovelace | unread: Quick"),
    ("coffee – Ada", "coffee | Ada Lovelace"),
    ("Ada — lunch", "meal | Ada Lovelace"),
    ("coffee with Ada (45m)", "coffee | Ada Lovelace | 45 min"),
    ("coffee with Ada [yesterday]", "coffee | Ada Lovelace | 2026-11-22"),
    ("Ada?! lunch", "meal | Ada Lovelace"),
    ("coffee… with Ada", "coffee | Ada Lovelace"),
    ("1. coffee with Ada", "coffee | Ada Lovelace | unread: 1"),
    ("* coffee with Ada", "coffee | Ada Lovelace"),
    ("coffee with ‘Tom’", "coffee | Tom Baker"),
    ("coffee with *Ada*", "coffee | Ada Lovelace"),
)


@pytest.mark.parametrize(("line", "meaning"), PUNCTUATION, ids=range(len(PUNCTUATION)))
def test_a_line_means_punctuation(line: str, meaning: str) -> None:
    """Marks, tags, addresses, emoji: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


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
    ("lunch with Tom, he sat 21 exams", "meal | Tom Baker | note: he sat 21 exams"),
    ("Tom sat 3 exams", "Tom Baker | unread: sat 3 exams"),
    ("Tom sat 7 and passed", "Tom Baker | unread: sat 7 and passed"),
    ("we sat 21, with Tom", "Tom Baker | unread: we sat 21"),
    ("walk with Tom tue 10 km", "walk | Tom Baker | 2026-11-17 | unread: 10 km"),
    ("lunch with Tom fri 6 of us", "meal | Tom Baker | 2026-11-20 | unread: 6"),
    ("lunch with Tom fri, 6 of us", "meal | Tom Baker | 2026-11-20 | unread: 6"),
    (
        "lunch with Tom fri 6 - 8",
        "meal | Tom Baker | 2026-11-20 | doubt: 6 | unread: 6 | note: 6 - 8",
    ),
    ("met Tom fri 6 days ago", "meeting | Tom Baker | 2026-11-20 | doubt: fri and 6 days ago"),
    ("lunch with Tom thu 5 o'clock", "meal | Tom Baker | 2026-11-19 | at 17:00"),
    ("lunch with Tom tue 10 a.m.", "meal | Tom Baker | 2026-11-17 | at 10:00"),
    ("lunch with Tom fri 20, people came", "meal | Tom Baker | 2026-11-20 | unread: people came"),
    ("lunch with Tom fri 6 at night", "meal | Tom Baker | 2026-11-20 | at 18:00"),
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
    ("lunch with Tom 24 dec", "meal | Tom Baker | doubt: 24 dec"),
    ("lunch with Tom 24 feb", "meal | Tom Baker | 2026-02-24"),
    ("called Ada about tomorrow", "call | Ada Lovelace | mine | unread: about tomorrow"),
    (
        "called Ada about a trip two weeks ago",
        "call | Ada Lovelace | 2026-11-09 | mine | unread: about a trip",
    ),
    ("no news since 3 nov, called Ada", "call | Ada Lovelace | mine | unread: no news since 3 nov"),
    ("lunch with Tom yesterday and on tue", "meal | Tom Baker | doubt: yesterday and on tue"),
    ("yesterday 3pm: lunch with Tom", "meal | Tom Baker | 2026-11-22 | at 15:00"),
    ("at noon: lunch with Tom", "meal | Tom Baker | at 12:00"),
    ("may 2025 lunch with Tom", "meal | Tom Baker | unread: may 2025"),
)


OTHER_DAYS = (
    ("mon and 5th lunch with Ada", "meal | Ada Lovelace | doubt: mon and 5th"),
    ("first call with Tom since last tue", "call | Tom Baker | unread: first since last tue"),
    ("call with Tom before last tue", "call | Tom Baker | unread: before last tue"),
    ("lunch with Tom, we met 2 years ago", "meal | Tom Baker | note: we met 2 years ago"),
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


@pytest.mark.parametrize(("line", "meaning"), WEEKDAYS, ids=range(len(WEEKDAYS)))
def test_a_line_means_weekdays(line: str, meaning: str) -> None:
    """Weekdays, and words that look like them: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), DAYS, ids=range(len(DAYS)))
def test_a_line_means_days(line: str, meaning: str) -> None:
    """Days: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning
