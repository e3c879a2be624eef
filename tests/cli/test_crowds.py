"""Many people at once: first days that are not full, and what the answers say of them."""

import json
from collections import Counter

import pytest

from tests.conftest import Begin, Connect

NAMES = [
    *("Ada Lovelace", "Bo Chen", "Cy Young", "Di Prince", "Ed Wood", "Flo Page", "Gus Grissom"),
]
EVERYONE = ", ".join(NAMES)
MADE = (("add", *NAMES),)


def due_days(connect: Connect) -> Counter[str]:
    """How many people come due on each day."""
    return Counter(line.split("\t")[6] for line in connect("people").out.splitlines())


@pytest.fixture
def many(begin: Begin, connect: Connect) -> None:
    """Seven people, each to be met every month, whose first days lie apart."""
    begin(*MADE, *(("every", name, "1m") for name in NAMES))


@pytest.mark.usefixtures("many")
def test_people_met_together_do_not_all_come_due_together(connect: Connect) -> None:
    """As many as there is room for stay on the usual day; the answer counts the others."""
    ran = connect("log", f"conference with {EVERYONE}", "--counts", "yes")
    assert "So that not all come due on one day, 4 of them come due later, up to" in ran.out
    days = due_days(connect)
    assert days.pop("2026-12-23") == 3
    assert max(days.values()) <= 3
    assert min(days) > "2026-12-23"


@pytest.mark.usefixtures("many")
def test_a_few_who_are_moved_are_named(connect: Connect) -> None:
    """Each with the new day."""
    ran = connect("log", f"dinner with {', '.join(NAMES[:5])}")
    assert ran.out.count("on Thu 24 Dec") == 2
    assert "So that not all come due on one day: " in ran.out


@pytest.mark.usefixtures("many")
def test_undo_takes_the_moved_days_back(connect: Connect) -> None:
    """They are part of the command that logged it."""
    before = due_days(connect)
    connect("log", f"dinner with {EVERYONE}")
    assert due_days(connect) != before
    connect("undo", "--yes")
    assert due_days(connect) == before


@pytest.mark.usefixtures("many")
def test_amending_moves_nobody(connect: Connect) -> None:
    """A later day is chosen once, by the command that logs it."""
    connect("log", f"dinner with {NAMES[0]}")
    assert connect("amend", "--with", EVERYONE).code == 0
    assert due_days(connect) == {"2026-12-23": len(NAMES)}


@pytest.mark.parametrize(
    "words",
    [
        ("delete", "LAST", "--yes"),
        ("amend", "LAST", "--on", "2026-01-05"),
        ("amend", "LAST", "--counts", "no"),
        ("amend", "LAST", "--with", "Hal New", "--new"),
    ],
    ids=["deleted", "another day", "no contact", "somebody else"],
)
@pytest.mark.usefixtures("many")
def test_nobody_comes_due_later_for_a_dinner_that_was_none(
    connect: Connect, words: tuple[str, ...]
) -> None:
    """Without the contact their first days are those of before; undo moves them again."""
    before = due_days(connect)
    connect("log", f"dinner with {EVERYONE}")
    moved, last = due_days(connect), json.loads(connect("history", "--json").out)
    connect(*(last["interactions"][0]["id"] if word == "LAST" else word for word in words))
    assert due_days(connect) - Counter({"": 1}) == before
    connect("undo", "--yes")
    assert due_days(connect) == moved


@pytest.mark.usefixtures("many")
def test_who_stays_keeps_the_moved_day(connect: Connect) -> None:
    """After an amended note, and for somebody who was met on that day once more."""
    connect("log", f"dinner with {EVERYONE}")
    moved, last = due_days(connect), json.loads(connect("history", "--json").out)
    first = last["interactions"][0]["id"]
    connect("amend", first, "--note", "long")
    assert due_days(connect) == moved
    connect("log", f"dinner with {EVERYONE}")
    connect("delete", first, "--yes")
    assert due_days(connect) == moved


@pytest.mark.parametrize(
    "words",
    [
        ("log", f"coffee with {', '.join(NAMES[:4])}"),
        ("log", f"called {EVERYONE}", "--tried"),
        ("log", f"dinner with {EVERYONE} on 2026-01-05"),
    ],
    ids=["four", "attempt", "long ago"],
)
@pytest.mark.usefixtures("many")
def test_nobody_is_moved_without_a_crowd_on_a_coming_day(
    connect: Connect, words: tuple[str, ...]
) -> None:
    """Four people, an attempt, and a day after which they came due long ago."""
    assert "one day" not in connect(*words).out


def test_a_new_cadence_that_would_come_due_on_a_full_day_says_so(
    connect: Connect, begin: Begin
) -> None:
    """The day, the day that it would have been, and why."""
    begin(*MADE)
    connect("log", f"coffee with {', '.join(NAMES[:4])}")
    for name in NAMES[:3]:
        assert connect("every", name, "1m").out == (
            f"{name}, every month, first due in 4 weeks, Wed 23 Dec.\n"
        )
    assert connect("every", NAMES[3], "1m").out == (
        "Di Prince, every month, first due in 4 weeks, Thu 24 Dec,"
        " not Wed 23 Dec, when enough others are due.\n"
    )


def test_whoever_is_paused_does_not_start_today(connect: Connect, begin: Begin) -> None:
    """The first day is said with what keeps them off the list."""
    begin(*MADE)
    connect("pause", "ada", "--until", "27 nov")
    assert connect("every", "ada", "1w").out == (
        "Ada Lovelace, every week, first due in 5 days, Sat 28 Nov; paused until Sat 28 Nov.\n"
    )
    assert connect("every", "bo", "1m").out == "Bo Chen, every month, first due today.\n"


def test_a_snooze_names_the_day_that_days_away_make_of_it(connect: Connect, begin: Begin) -> None:
    """It is the day on which they come up, as `why` has it."""
    begin(*MADE)
    connect("every", "ada", "1w")
    connect("away", "24 dec to 2 jan")
    assert connect("snooze", "ada", "until 28 dec").out == (
        "Ada Lovelace is off the list until Thu 7 Jan 2027, in 6 weeks.\n"
    )
    assert "Thu 7 Jan" in connect("why", "ada").out


def test_snoozing_somebody_who_is_not_due_says_that_it_changes_nothing_yet(
    connect: Connect, begin: Begin
) -> None:
    """Unless it lasts longer than until they come up."""
    begin(*MADE)
    connect("log", "coffee with ada")
    connect("every", "ada", "1m")
    assert connect("snooze", "ada").out == (
        "Ada Lovelace is off the list until Fri 27 Nov, in 4 days."
        " That changes nothing yet: they would not come up before Sat 19 Dec.\n"
    )
    assert connect("snooze", "ada", "until 20 dec").out == (
        "Ada Lovelace is off the list until Sun 20 Dec, in 3 weeks.\n"
    )


def test_five_people_added_at_once_begin_half_a_cadence_later(connect: Connect) -> None:
    """Over [P/2, 3P/2], as an import spreads them; four begin today."""
    assert connect("add", "Ada,", "Bo,", "Cy,", "Di", "--every", "1m").out.startswith(
        "Added Ada, every month, first due today."
    )
    connect("undo")
    said = connect("add", "Ada,", "Bo,", "Cy,", "Di,", "Ed", "--every", "1m").out
    assert said.startswith("Added Ada, every month, first due in 2 weeks, Tue 8 Dec.\n")
    assert "today" not in said
