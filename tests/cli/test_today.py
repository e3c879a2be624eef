"""Today's list, the card, the timeline, the search, and letting someone rest."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Begin, Connect
from tests.store.damage import change_unrecorded


def suggested(connect: Connect, *words: str, now: str = "2026-11-23T08:00") -> list[str]:
    """Who is proposed, in order."""
    shown = json.loads(connect("today", *words, "--json", now=now).out)
    return [row["name"] for row in shown["suggestions"]]


def met(connect: Connect, name: str, days: int, every: str = "1w") -> None:
    """Somebody with a cadence whom we last met so many days ago."""
    connect("add", name, "--every", every, now="2026-10-01T08:00")
    connect("log", f"coffee with {name}: we spoke of {name}'s garden", "--on", f"{days} days ago")


def test_a_list_has_no_more_people_than_there_is_room_for(connect: Connect) -> None:
    """Three by default; `--more` adds as many again; no count of the others is ever printed."""
    for number in range(8):
        met(connect, f"Person {number}", 12)
    assert len(suggested(connect)) == 3
    assert len(suggested(connect, "--more")) == 6
    assert len(suggested(connect, "-mm")) == 8
    assert connect("today").out.count("person\t") == 3


@pytest.mark.parametrize(
    "column",
    [
        *("last_full_on", "last_half_on", "first_on", "snoozed_on", "archived_on"),
        *("first_said_on", "snooze_said_on"),
    ],
)
def test_a_damaged_day_is_reported_even_of_somebody_met_lately(
    connect: Connect, begin: Begin, journal_file: Path, column: str
) -> None:
    """They are not on the list, but nobody can know that from a day that is none."""
    begin(("add", "Ada", "--every", "1m"), ("log", "coffee with ada yesterday"))
    assert connect("today").code == 0
    damaged = f"UPDATE person SET {column} = '2026-11-2x'"
    change_unrecorded(journal_file, "PRAGMA ignore_check_constraints = ON", damaged)
    ran = connect("today")
    assert (ran.code, ran.out, "damaged" in ran.err) == (5, "", True)


def test_looking_changes_nothing(connect: Connect, journal_file: Path) -> None:
    """The same morning gives the same list, and the file is not touched."""
    for number in range(8):
        met(connect, f"Person {number}", 12)
    before = journal_file.read_bytes()
    first = connect("today").out
    assert [connect("today").out, connect().out] == [first, first]
    assert journal_file.read_bytes() == before


def test_a_conversation_is_ticked_and_the_list_does_not_refill(connect: Connect) -> None:
    """Who was met today stands as done and uses a place."""
    for number in range(8):
        met(connect, f"Person {number}", 12)
    first = suggested(connect)
    connect("log", f"called {first[0]}")
    assert suggested(connect) == first[1:]
    assert f"done\t{first[0]}\tcall\n" in connect("today").out


def test_an_attempt_is_a_short_rest_and_no_contact(connect: Connect) -> None:
    """Who did not answer is not proposed again the same day, and is not ticked."""
    met(connect, "Ada", 12)
    connect("log", "called Ada", "--tried")
    assert suggested(connect) == []
    assert "done" not in connect("today").out
    assert suggested(connect, now="2026-11-24T08:00") == ["Ada"]


def test_promises_questions_and_birthdays_have_their_day(connect: Connect) -> None:
    """They are shown when their day has come, promises using a place."""
    connect("add", "Ada Lovelace", "--birthday", "1976-11-25")
    connect("promise", "ada", "send the paper", "--by", "tomorrow")
    connect("ask", "ada", "how the move went", "--on", "wed")
    connect("promise", "ada", "lend a book", "--theirs", "--by", "tomorrow")
    shown = json.loads(connect("today", "--json").out)
    assert (shown["promises"], len(shown["occasions"])) == ([], 1)
    shown = json.loads(connect("today", "--json", now="2026-11-25T08:00").out)
    assert [one["text"] for one in shown["promises"]] == ["send the paper", "how the move went"]
    assert [(one["in_days"], one["turns"]) for one in shown["occasions"]] == [(0, 50)]


def test_a_row_holds_what_you_need_to_pick_up_the_phone(connect: Connect) -> None:
    """The last words, open promises and a detail stand with the person."""
    met(connect, "Ada", 12)
    connect("promise", "ada", "send the paper")
    connect("remember", "ada", "daughter: Mia")
    (row,) = json.loads(connect("today", "--json").out)["suggestions"]
    assert row["last"]["note"] == "we spoke of Ada's garden"
    assert [one["text"] for one in row["promises"]] == ["send the paper"]
    assert [one["value"] for one in row["details"]] == ["Mia"]


def test_snooze_takes_somebody_off_the_list(connect: Connect) -> None:
    """Until the day named, or for a rest of their own length; not a day before."""
    met(connect, "Ada", 12)
    assert connect("snooze", "ada", "in", "3", "days").out == (
        "Ada is off the list until Thu 26 Nov, in 3 days.\n"
    )
    assert suggested(connect, now="2026-11-25T08:00") == []
    assert suggested(connect, now="2026-11-26T08:00") == ["Ada"]
    assert connect("snooze", "ada").out == "Ada is off the list until Tue 24 Nov, tomorrow.\n"


def test_a_pause_stops_the_clock_and_resume_starts_it(connect: Connect) -> None:
    """Days of the pause do not count; afterwards the due day has moved by as many."""
    met(connect, "Ada", 5)
    due = json.loads(connect("show", "ada", "--json").out)["person"]["due_on"]
    assert connect("pause", "ada", "--until", "in 9 days").code == 0
    person = json.loads(connect("show", "ada", "--json", now="2026-11-26T08:00").out)["person"]
    assert person["state"] == "paused"
    assert connect("resume", "ada", now="2026-11-26T08:00").out == "Ada is no longer paused.\n"
    ran = connect("resume", "ada", now="2026-11-26T08:00")
    assert ran.out == "Ada was not paused.\n"
    person = json.loads(connect("show", "ada", "--json", now="2026-11-26T08:00").out)["person"]
    assert (due, person["due_on"]) == ("2026-11-25", "2026-11-28")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("snooze", "bo"), 2),
        (("snooze", "ada", "yesterday"), 2),
        (("pause", "ada", "--until", "last week"), 2),
        (("history", "--kind", "cofee"), 2),
        (("history", "--since", "soon"), 2),
        (("history", "--tag", "?"), 2),
        (("history", "--limit", "0"), 2),
        (("search", "..."), 2),
        (("search",), 2),
        (("history", "nobody"), 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_not_understood_is_refused(
    connect: Connect, words: tuple[str, ...], code: int
) -> None:
    """One clear line and the right exit code."""
    connect("add", "Ada", "--every", "1w")
    connect("add", "Bo")
    ran = connect(*words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("connect: ")


def history(connect: Connect, *words: str) -> list[dict[str, Any]]:
    """The interactions that `history` lists."""
    found: list[dict[str, Any]] = json.loads(connect("history", *words, "--json").out)[
        "interactions"
    ]
    return found


def test_the_card_holds_what_matters_before_you_meet(connect: Connect) -> None:
    """People usually seen together are named when it was twice or more."""
    for day in ("2 days ago", "9 days ago"):
        connect("log", "dinner with Ada and Bo", "--new", "--on", day)
    connect("log", "dinner with Ada and Cy", "--new")
    card = json.loads(connect("show", "ada", "--json").out)
    assert [(one["name"], one["times"]) for one in card["companions"]] == [("Bo", 2)]
    assert card["total"] == 3


def test_a_card_says_how_long_a_history_is_and_shows_all_when_asked(connect: Connect) -> None:
    """Twenty of the newest, or `--all`."""
    lines = "".join(f"called Ada on 2026-10-{day:02}: day {day}\n" for day in range(1, 31))
    connect("log", "-", "--new", stdin=lines)
    assert len(json.loads(connect("show", "ada", "--json").out)["interactions"]) == 20
    assert len(json.loads(connect("show", "ada", "--all", "--json").out)["interactions"]) == 30
    assert json.loads(connect("show", "ada", "--json").out)["total"] == 30


def test_before_four_in_the_morning_it_is_still_yesterday(connect: Connect) -> None:
    """A late night belongs to the day that it ended."""
    connect("log", "dinner with Ada", "--new", now="2026-11-23T03:59")
    connect("log", "breakfast with Ada", now="2026-11-23T04:00")
    assert [one["day"] for one in history(connect)] == ["2026-11-23", "2026-11-22"]


def test_the_list_says_that_you_are_away(connect: Connect) -> None:
    """An empty list is explained, in every form of answer; the day after it is as it was."""
    connect("add", "Zoë", "--every", "1w")
    assert "'connect undo' takes it back" in connect("away", "today to fri").out
    assert connect("today").out == "away\t2026-11-23\t2026-11-27\nnext\t2026-11-28\tZoë\n"
    shown = json.loads(connect("today", "--json").out)
    assert shown["away"] == {"start_on": "2026-11-23", "end_on": "2026-11-27"}
    assert shown["next"]["day"] == "2026-11-28"
    back = connect("today", now="2026-11-28T08:00").out
    assert back.splitlines()[0].startswith("person\tZoë\t")
    assert back.splitlines()[1] == "welcome\t2026-11-23\t2026-11-27"
    assert "away" not in back


@pytest.fixture
def _years_ago(begin: Begin) -> None:
    """A walk two years before the usual morning, with a note."""
    begin(("log", "walk with Ada: she wants to build boats", "--new", "--on", "2024-11-23"))


@pytest.mark.usefixtures("_years_ago")
def test_a_morning_ends_with_a_note_of_this_day(connect: Connect) -> None:
    """A record of its own in a pipe; turned off, the field is still there."""
    assert "onthisday" in connect("today").out.splitlines()[-1]
    again = json.loads(connect("today", "--json").out)["on_this_day"]
    assert (again["day"], again["note"]) == ("2024-11-23", "she wants to build boats")
    hidden = json.loads(connect("--discreet", "today", "--json").out)["on_this_day"]
    assert (hidden["note"], hidden["entered"]) == (None, None)
    assert "boats" not in connect("--discreet", "today").out
    assert json.loads(connect("today", "--json", now="2026-11-24T08:00").out)["on_this_day"] is None
    connect("config", "set", "today.on_this_day", "false")
    assert json.loads(connect("today", "--json").out)["on_this_day"] is None


@pytest.mark.usefixtures("_years_ago")
@pytest.mark.parametrize("words", [("today",), ("show", "ada")])
@pytest.mark.parametrize("column", ["note", "kind", "energy", "time"])
def test_a_damaged_conversation_of_this_day_is_reported(
    connect: Connect, journal_file: Path, words: tuple[str, ...], column: str
) -> None:
    """Where it would be shown, as elsewhere."""
    assert connect(*words).code == 0
    damaged = f"UPDATE interaction SET {column} = CAST(x'ff' AS TEXT)"
    change_unrecorded(journal_file, "PRAGMA ignore_check_constraints = ON", damaged)
    ran = connect(*words)
    assert (ran.code, ran.out, "damaged" in ran.err) == (5, "", True)


@pytest.mark.usefixtures("_years_ago")
@pytest.mark.parametrize("day", ["", "0000-00-00", "99999-01-01", "2024-11-2x", "-99999999999-1"])
def test_the_search_for_this_day_ends_whatever_the_first_day_is(
    connect: Connect, journal_file: Path, day: str
) -> None:
    """A day that is none does not lead it out of the calendar, nor hide what is sound."""
    connect("log", "call with ada: tired", "--on", "2025-11-23")
    damaged = f"UPDATE interaction SET day = '{day}' WHERE day = '2024-11-23'"
    change_unrecorded(journal_file, "PRAGMA ignore_check_constraints = ON", damaged)
    ran = connect("today")
    assert ran.code == 0 or "damaged" in ran.err
    assert ran.code == 5 or "\ttired\t" in ran.out


def test_a_free_day_is_offered_by_a_command_that_sets_it(connect: Connect, begin: Begin) -> None:
    """After that it is offered no more, and the clocks stop on that day alone."""
    spent = ("call with Ada", "--new", "--energy", "took", "--on")
    begin(*(("log", *spent, f"2026-11-{day}") for day in (20, 21, 22)))
    (line,) = [line for line in connect("today").out.splitlines() if line.startswith("energy\t")]
    _, number, command = line.split("\t")
    assert (number, command) == ("3", "connect away tomorrow")
    assert connect(*command.split()[1:]).code == 0
    assert json.loads(connect("today", "--json").out)["took_energy"] == 0
    assert connect("away").out == "2026-11-24\t2026-11-24\n"
