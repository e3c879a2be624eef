"""Meetings and habits as questions: never interactions by themselves."""

import sys
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal, finished, interrupted
from tests.conftest import Connect

pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/Berlin:20261102T100000
DTEND;TZID=Europe/Berlin:20261102T104500
RRULE:FREQ=WEEKLY;UNTIL=20261207T090000Z
EXDATE;TZID=Europe/Berlin:20261109T100000
SUMMARY:Coffee
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@example.org
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID;TZID=Europe/Berlin:20261116T100000
DTSTART;TZID=Europe/Berlin:20261117T110000
DURATION:PT30M
SUMMARY:Coffee moved
ATTENDEE:mailto:ada@example.org
END:VEVENT
BEGIN:VEVENT
UID:2
STATUS:CANCELLED
DTSTART:20261120T100000Z
SUMMARY:Lunch with Ada
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20261120T100000Z
SUMMARY:Declined lunch with Ada
ATTENDEE;PARTSTAT=DECLINED:mailto:Me@example.org
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20261121
SUMMARY:Walk with Grace Hopper
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART:20261121T100000Z
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(connect: Connect, tmp_path: Path) -> Path:
    """A calendar file that the settings name, and the people of its meetings."""
    file = tmp_path / "Calendar.ics"
    file.write_text(CALENDAR, encoding="utf-8")
    connect("config", "set", "calendar.file", str(file))
    connect("config", "set", "calendar.addresses", "me@example.org, other@example.org")
    connect("add", "Ada Lovelace", "--email", "Ada@example.org")
    connect("add", "Grace Hopper")
    return file


def test_meetings_of_a_calendar_become_questions(connect: Connect, calendar: Path) -> None:
    """Recurring and moved ones, by address or by name; declined and cancelled ones never."""
    lines = connect("import", str(calendar), now="2026-11-23T12:00").out.splitlines()
    assert [line.partition(" (")[0] for line in lines] == [
        "Coffee",
        "Coffee moved",
        "Walk with Grace Hopper",
        "Coffee",
        (
            "not asked about: 2 meetings cancelled, declined or yearly,"
            " 1 meeting with nobody who is here"
        ),
    ]
    assert "09:00, 45 min" in lines[0]
    assert "17 Nov" in lines[1]
    assert "10:00, 30 min" in lines[1]
    assert connect("history").out == ""


def test_a_meeting_that_has_not_begun_is_not_asked_about(connect: Connect, calendar: Path) -> None:
    """Nobody can know yet whether it takes place."""
    ran = [
        connect("import", str(calendar), now=f"2026-11-23T{at}").out for at in ("08:59", "09:00")
    ]
    assert [len(out.splitlines()) for out in ran] == [4, 5]


@pytest.mark.parametrize("words", [("--tag", "work"), ("--yes",)], ids=lambda words: words[0])
def test_what_means_nothing_for_meetings_is_refused(
    connect: Connect, calendar: Path, words: tuple[str, ...]
) -> None:
    """Rather than passed over."""
    ran = connect("import", str(calendar), *words)
    assert (ran.code, ran.out) == (2, "")
    assert words[0] in ran.err


def test_a_dry_run_lists_meetings_and_asks_nothing(
    connect: Connect, calendar: Path, terminal: Terminal
) -> None:
    """At a terminal too."""
    child = terminal("import", str(calendar), "--dry-run")
    child.expect("Coffee moved")
    assert finished(child) == 0
    assert connect("history").out == ""


def test_a_dry_run_without_meetings_says_so(
    connect: Connect, calendar: Path, terminal: Terminal
) -> None:
    """At a terminal and in a pipe, with the reason."""
    words = ("import", str(calendar), "--dry-run")
    child = terminal(*words, CONNECT_NOW="2026-01-05T08:00")
    child.expect("Nothing to ask.")
    assert finished(child) == 0
    assert connect(*words, now="2026-01-05T08:00").out.splitlines() == [
        "Nothing to ask.",
        "no meeting took place in the last 30 days",
    ]


def test_what_is_logged_is_not_asked_about(connect: Connect, calendar: Path) -> None:
    """Neither by hand nor by an earlier answer."""
    connect("log", "walk with grace hopper on 21 nov")
    assert "Grace" not in connect("import", str(calendar)).out


def test_a_sweep_asks_about_one_day(connect: Connect, calendar: Path) -> None:
    """The calendar's meetings of that day."""
    assert connect("sweep", "17 nov").out.startswith("Coffee moved (Ada Lovelace)")
    assert connect("sweep", "18 nov").out == ""


def test_a_sweep_asks_about_those_seen_on_that_weekday(connect: Connect) -> None:
    """Three of the last eight are a habit, two are not; those met that day are left out."""
    for day in ("2026-11-16", "2026-11-09", "2026-11-02"):
        connect("log", f"call with Ada on {day}", "--new")
    for day in ("2026-11-16", "2026-11-09"):
        connect("log", f"call with Grace on {day}", "--new")
    assert connect("sweep").out.startswith("Ada, ")
    assert "Grace" not in connect("sweep").out
    connect("log", "call with ada")
    assert connect("sweep").out == ""


def test_a_key_logs_a_meeting(connect: Connect, calendar: Path, terminal: Terminal) -> None:
    """With its day, time, minutes and words; the next one is asked about afterwards."""
    child = terminal("import", str(calendar))
    child.expect("Coffee .*log it")
    child.expect("quit")
    child.send("y")
    child.expect("A word on it")
    child.sendline("new job #work")
    child.expect(r"Coffee with Ada Lovelace, 3 weeks ago .* 45\s+min:\s+“Coffee: new\s+job #work”")
    child.expect("Coffee moved")
    child.expect("quit")
    child.send("q")
    child.expect("Logged 1. 'connect undo' takes it back")
    assert finished(child) == 0
    (line,) = connect("history").out.splitlines()
    assert "\twork\tCoffee: new job #work" in line
    assert "2026-11-02" in line
    assert "coffee" in line
    assert "Coffee moved" in connect("import", str(calendar)).out
    assert "2 Nov" not in connect("import", str(calendar)).out


@pytest.fixture
def _two_habits(connect: Connect) -> None:
    """Two people who are usually seen on a Monday."""
    for day in ("2026-11-16", "2026-11-09", "2026-11-02"):
        connect("log", f"call with Ada and Grace on {day}", "--new")


@pytest.mark.usefixtures("_two_habits")
def test_everything_of_one_sweep_is_one_undo(connect: Connect, terminal: Terminal) -> None:
    """And the last line says so."""
    child = terminal("sweep", CONNECT_NOW="2026-11-23T20:00")
    for key, word in (("o", "sun"), ("w", "")):
        child.expect("q quit")
        child.send(key)
        child.expect("A word on it")
        child.sendline(word)
    child.expect("Logged 2. 'connect undo' takes all of them back")
    assert finished(child) == 0
    assert connect("history").out.count("\n") == 3 + 2
    assert "sun" in connect("history").out
    connect("undo")
    assert connect("history").out.count("\n") == 3
    connect("redo")
    assert connect("history").out.count("\n") == 3 + 2


@pytest.mark.usefixtures("_two_habits")
@pytest.mark.parametrize("end", ["ctrl-c", "end of input"])
def test_what_a_key_said_is_logged_though_no_word_follows(
    connect: Connect, terminal: Terminal, end: str
) -> None:
    """Breaking off at the word takes nothing back."""
    child = terminal("sweep", CONNECT_NOW="2026-11-23T20:00")
    child.expect("q quit")
    child.send("o")
    child.expect("A word on it")
    if end == "ctrl-c":
        assert interrupted(child) == 130
    else:
        child.sendeof()
        child.expect("q quit")
        child.send("q")
        assert finished(child) == 0
    line, *before = connect("history").out.splitlines()
    assert "\tcoffee\t" in line
    assert len(before) == 3


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:never\nEND:VEVENT\nEND:VCALENDAR\n",
    ],
    ids=["cut off", "no day"],
)
def test_a_calendar_that_cannot_be_read_is_told(
    connect: Connect, tmp_path: Path, text: str
) -> None:
    """One clear line."""
    file = tmp_path / "bad.ics"
    file.write_text(text, encoding="utf-8")
    ran = connect("import", str(file))
    assert ran.code == 1 or "not read" in ran.out


OTHERS = Path(__file__).parents[1] / "exchange" / "calendars_of_others"
MARCH = "2026-03-12T09:00"
UNKNOWN = "its time zone is not known: 'tzone://Microsoft/Custom'"


@pytest.mark.parametrize("name", ["broken-alarm", "inner-words", "outlook-zone"])
def test_calendars_of_other_programs_are_read_or_told(connect: Connect, name: str) -> None:
    """Meetings are asked about; what cannot be read is named with its title and its day."""
    connect("add", "Ada Lovelace", "--email", "ada@example.org")
    ran = connect("import", str(OTHERS / f"{name}.ics"), "--dry-run", now=MARCH)
    assert (ran.code, ran.err) == (0, "")
    lines = [line.split(", ", 1)[1] for line in ran.out.splitlines() if ", " in line]
    assert (
        lines
        == {
            "broken-alarm": [
                "2 days ago, Tue 10 Mar 08:00, 60 min",
                "yesterday, Wed 11 Mar 08:00",
            ],
            "inner-words": [
                "line 4, “Two starts” (Tue 10 Mar 2026): it begins twice",
                "line 11, “Only time” (day unknown): its start is a time without a day",
                f"line 17, “custom tz” (Wed 11 Mar 2026): {UNKNOWN}",
            ],
            "outlook-zone": ["yesterday, Wed 11 Mar 00:00"],
        }[name]
    )


def test_the_title_of_what_cannot_be_read_is_private(connect: Connect) -> None:
    """On a shared screen, and in its document."""
    file = str(OTHERS / "inner-words.ics")
    for words in ((), ("--json",)):
        ran = connect("--discreet", "import", file, "--dry-run", *words, now=MARCH)
        assert ran.code == 0
        assert "Only time" not in ran.out
    assert "a meeting (day unknown)" in connect("--discreet", "import", file, now=MARCH).out


def test_a_diary_is_no_calendar_of_meetings(connect: Connect, tmp_path: Path) -> None:
    """It says what it holds, and that nothing was imported."""
    file = tmp_path / "diary.ics"
    file.write_text(CALENDAR.replace("VEVENT", "VJOURNAL"), encoding="utf-8")
    ran = connect("import", str(file))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "connect: diary.ics: it holds no meeting: 6 journal entries (VJOURNAL)\n"


@pytest.mark.parametrize("missing", ["file", "extra"])
def test_a_sweep_goes_on_without_its_calendar(
    connect: Connect, calendar: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong is told on stderr, and the rest of the day is asked about."""
    connect("every", "Ada Lovelace", "1w")
    if missing == "file":
        calendar.unlink()
    else:
        monkeypatch.setitem(sys.modules, "icalendar", None)
    ran = connect("sweep")
    assert ran.code == 0
    assert ran.out.startswith("Ada Lovelace, ")
    assert {"file": "Calendar.ics", "extra": "the extra 'calendar'"}[missing] in ran.err
