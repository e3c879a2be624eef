"""Log lines: how long it was, at what time, who reached out, and whether it was an attempt."""

from datetime import datetime

import pytest

from connect_cli.language.logline import Now, read_line
from tests.language.journal import NAMES, TODAY, means

DIRECTIONS = (
    ("Ada called", "call | Ada Lovelace | theirs"),
    ("Ada called me yesterday 20 min", "call | Ada Lovelace | 2026-11-22 | 20 min | theirs"),
    ("Ada called Grace", "call | Ada Lovelace, Grace Hopper"),
    ("got a call from Ada", "call | Ada Lovelace | theirs"),
    ("received a letter from tom", "letter | Tom Baker | theirs"),
    ("heard from Tom", "Tom Baker | theirs"),
    ("Ada and Tom emailed", "email | Ada Lovelace, Tom Baker | theirs"),
    ("Ada emailed back", "email | Ada Lovelace | theirs"),
    ("emailed back and forth with ada", "email | Ada Lovelace | unread: back and forth"),
    ("sent Ada a postcard", "letter | Ada Lovelace | mine"),
    ("Ada sent me a postcard", "letter | Ada Lovelace | theirs"),
    ("sent a message to tom", "message | Tom Baker | mine"),
    ("bought Ada a present", "gift | Ada Lovelace | mine | unread: bought"),
    ("letter to grace", "letter | Grace Hopper | mine"),
    ("call from ada", "call | Ada Lovelace | theirs"),
    ("she was introduced to Grace", "introduction | Grace Hopper | unread: she"),
)

TRIED = (
    ("tried", "unread: tried"),
    ("tried to call Ada", "call | Ada Lovelace | mine | tried"),
    ("tried calling ada", "call | Ada Lovelace | mine | tried"),
    ("tried to reach Ada", "Ada Lovelace | tried | unread: reach"),
    ("tried Ada", "Ada Lovelace | tried"),
    ("tried to surprise Ada", "Ada Lovelace | unread: tried to surprise"),
    ("tried Ada twice", "Ada Lovelace | tried | unread: twice"),
    ("tried the new cafe with Ada", "Ada Lovelace | unread: tried the new cafe"),
    ("called Ada, no answer", "call | Ada Lovelace | mine | tried"),
    ("called Ada no answer", "call | Ada Lovelace | mine | tried"),
    ("Called Ada: no answer", "call | Ada Lovelace | mine | tried | note: no answer"),
    ("Called Ada: Voicemail.", "call | Ada Lovelace | mine | tried | note: Voicemail."),
    ("left a voicemail for Ada", "call | Ada Lovelace | tried"),
    ("missed a call from Ada", "call | Ada Lovelace | theirs | tried"),
    ("called Ada, no reply", "call | Ada Lovelace | mine | tried"),
    ("beer with Ada", "meeting | Ada Lovelace"),
    ("drinks and dinner with Ada", "meal | Ada Lovelace"),
    ("missed call from ada", "call | Ada Lovelace | theirs | tried"),
    ("Ada didn’t pick up", "Ada Lovelace | tried"),
    ("called Ada (no answer)", "call | Ada Lovelace | mine | tried | unread: no answer"),
    (
        "called Ada, her phone was off",
        "call | Ada Lovelace | mine | tried | note: her phone was off",
    ),
    (
        "called Ada: no answer to my question, but fun",
        "call | Ada Lovelace | mine | note: no answer to my question, but fun",
    ),
)

GREETINGS = (
    ("said hi to Ada", "Ada Lovelace | counts half"),
    ("Said hello to Ada and Tom", "Ada Lovelace, Tom Baker | counts half"),
    ("lunch with Ada, said hi to Tom", "meal | Ada Lovelace, Tom Baker"),
    ("said hi to Ada, 45m", "Ada Lovelace | 45 min"),
    ("waved at Ada", "Ada Lovelace | counts half"),
    ("Ada said hi", "Ada Lovelace | counts half"),
    ("saw Ada in passing", "meeting | Ada Lovelace | counts no"),
    ("saw Ada yesterday from afar", "meeting | Ada Lovelace | 2026-11-22 | counts no"),
    ("liked Ada's photo", "doubt: liked ada's | unread: liked Ada's photo"),
    ("liked the cake with Ada", "Ada Lovelace | unread: liked the cake"),
    ("liked", "unread: liked"),
    ("Ada liked my photo", "Ada Lovelace | unread: liked my photo"),
    ("lunch with Ada: said hi to Tom", "meal | Ada Lovelace | note: said hi to Tom"),
    ("lunch with Ada about Tom in passing", "meal | Ada Lovelace | unread: about Tom in passing"),
)


@pytest.mark.parametrize(("line", "meaning"), GREETINGS, ids=range(len(GREETINGS)))
def test_a_greeting_is_less_than_a_conversation(line: str, meaning: str) -> None:
    """What the words make small counts by half, or not at all; topics and notes are left alone."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), DIRECTIONS, ids=range(len(DIRECTIONS)))
def test_a_line_means_directions(line: str, meaning: str) -> None:
    """Who reached out: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), TRIED, ids=range(len(TRIED)))
def test_a_line_means_tried(line: str, meaning: str) -> None:
    """Attempts that reached nobody: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


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
    ("call Ada 90", "call | Ada Lovelace | doubt: 90 | unread: 90"),
    ("18.05 coffee with Ada", "coffee | Ada Lovelace | doubt: 18.05 | unread: 18.05"),
    ("at 18.05 coffee with Ada", "coffee | Ada Lovelace | at 18:05"),
    ("call Ada 5-7", "call | Ada Lovelace | doubt: 5-7 | unread: 5-7"),
    ("call Ada 5.3", "call | Ada Lovelace | doubt: 5.3 | unread: 5.3"),
    ("call Ada 2d", "call | Ada Lovelace | doubt: 2d | unread: 2d"),
    ("walked 5.3 km with Ada", "walk | Ada Lovelace | unread: 5.3 km"),
    ("call Ada, worked there 2015-2020", "call | Ada Lovelace | unread: worked there 2015-2020"),
    ("call Ada 20 minutes late", "call | Ada Lovelace | unread: 20 minutes late"),
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
    ("lunch with Ada at 7 Elm Street", "meal | Ada Lovelace | unread: at 7 Elm Street"),
    ("dinner with Ada at 8:30", "meal | Ada Lovelace | at 20:30"),
    ("dinner with Ada at 08:30", "meal | Ada Lovelace | at 08:30"),
    ("dinner with Ada 7:30-9:30", "meal | Ada Lovelace | at 19:30 | 120 min"),
    ("dinner with Ada 11:30-13:00", "meal | Ada Lovelace | at 11:30 | 90 min"),
    ("coffee with Ada yesterday evening at 6:30", "coffee | Ada Lovelace | 2026-11-22 | at 18:30"),
    ("call with Ada last night at 10", "call | Ada Lovelace | 2026-11-22 | at 22:00"),
    ("call with Ada this morning at 10", "call | Ada Lovelace | at 10:00"),
)

REFUSED = (
    ("call with Tom 30-45 min", "'30-45 min' is not one length"),
    ("2026-13-40T18:05 lunch with Tom", "there is no '2026-13-40T18:05'"),
    ("2027-01-05T18:05 lunch with Tom", "2027-01-05 is still to come"),
    ("lunch with Tom 11/12", "'11/12' could be two days"),
    ("lunch with Tom 10/11/26 at home", "'10/11/26' could be two days"),
    ("lunch with Tom yesterday and on tue", "'yesterday and on tue' names several days"),
    ("lunch with Tom on 32 jan", "there is no 32 January"),
    ("lunch with Tom 2026-13-01", "there is no month 13"),
    ("lunch with Tom 2026-02-30", "there is no 30 February"),
    ("lunch with Tom tomorrow", "'tomorrow' is 2026-11-24, which is still to come"),
    ("lunch with Tom 2027-01-01", "2027-01-01 is still to come"),
    ("lunch with Tom next week", "'next week' is 2026-11-30, which is still to come"),
    ("lunch with Tom in 3 days", "'in 3 days' is 2026-11-26, which is still to come"),
    ("lunch with Tom this fri", "'this fri' is 2026-11-27, which is still to come"),
    ("lunch with Tom next tue", "'next tue' is still to come"),
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
    ("lunch with Tom tow days ago", "'tow days ago' is not a day that is known"),
    ("lunch with Tom ages ago", "'ages ago' is not a day that is known"),
    ("lunch with Tom, Wendesday", "'Wendesday' is not a day; did you mean wednesday?"),
    ("met Tom twice this week", "'this week' could be several days"),
    ("2026-03-10T18 lunch with Tom", "'2026-03-10T18' is not a day that is known"),
    ("2026-W11-2T18:05 lunch with Tom", "'2026-W11-2T18:05' is not a day that is known"),
    ("2026-03-10_18:05 lunch with Tom", "'2026-03-10_18:05' is not a day that is known"),
    ("in april 2024 we met Tom", "'in april 2024' could be several days"),
)


NIGHT = Now(datetime(2026, 11, 24, 1, 30), 4)  # by the clock of the machine


def test_last_night_is_unsure_after_midnight() -> None:
    """The evening that has just ended belongs to today still."""
    (doubt,) = read_line("dinner with Tom last night", TODAY, NAMES, now=NIGHT).doubts
    assert doubt.message == "'last night' could be two days"
    assert [choice.answer for choice in doubt.choices] == ["2026-11-23", "2026-11-22"]
    assert means(read_line("dinner with Tom today", TODAY, NAMES, now=NIGHT)) == (
        "meal | Tom Baker"
    )


# Times by the clock of 1:30, when the day before goes on, and whether they are still to come.
BEFORE_DAWN = {"23:30": False, "21:30": False, "00:30": False, "02:30": True}


@pytest.mark.parametrize(("time", "later"), BEFORE_DAWN.items())
def test_after_midnight_the_evening_is_past(time: str, later: bool) -> None:
    """It belongs to the same logical day."""
    doubts = read_line(f"dinner with Tom at {time}", TODAY, NAMES, now=NIGHT).doubts
    assert bool(doubts) is later


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
    doubt = read_line(line, TODAY, NAMES).doubts[0]
    assert doubt.message == why
    assert doubt.hint
