"""What a run of `connect sync` says in words."""

from datetime import date

import pytest

from connect_cli.meetings import FromMachine, MachineSeen, MachineWaits, SyncAnswer, SyncChecked
from connect_cli.render.sync_words import (
    say_checked,
    say_given,
    say_machine,
    say_plain,
    say_sync,
    say_taken,
    say_wait,
)
from tests.render.samples_machines import DESKTOP, LATE, OFFICE, SYNC

NOTHING = SyncAnswer("/sync")
PASSED = FromMachine("desktop", {}, {}, {})


def test_what_came_ends_with_whom_it_was_about() -> None:
    """Nobody typed that somebody was offered, so that is not said."""
    (said,) = say_taken(DESKTOP)
    assert said == (
        "From desktop: 1 person, 1 detail and 2 interactions with Ada Lovelace and Tom Reed;"
        " 1 promise or question changed; 2 details removed."
    )


def test_a_discreet_screen_names_nobody() -> None:
    """What came is still counted."""
    (said,) = say_taken(DESKTOP, discreet=True)
    assert said.startswith("From desktop: 1 person, 1 detail and 2 interactions; 1 promise")


def test_few_of_many_are_named() -> None:
    """Three people of six, and five rows of seven that have no place."""
    first, *left = say_taken(OFFICE)
    assert first == "From office: 12 interactions with Ada, Bo, Cy and 3 others."
    assert len(left) == 6
    assert left[0] == (
        "From office, not taken: 000004.jsonl, line 1: it names somebody who is not here."
    )
    assert left[-1] == "From office, not taken: 2 more."


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (NOTHING, ["Nothing new."]),
        (NOTHING._replace(taken=[PASSED]), ["Nothing new."]),
        (NOTHING._replace(inbox=(0, 0)), ["Nothing new."]),
        (NOTHING._replace(inbox=(0, 1)), []),
        (NOTHING._replace(taken=[DESKTOP]), []),
        (NOTHING._replace(waits=[LATE]), []),
        (NOTHING._replace(notes=["One clock is wrong."]), []),
        (NOTHING._replace(given=1), ["Gave what is new here."]),
        (
            NOTHING._replace(given=3, rows={"interaction": 2, "detail": 1, "offered": 1}),
            ["Given: 1 detail and 2 interactions."],
        ),
        (
            NOTHING._replace(given=3, rows={"detail": 0}, removed={"detail": 2, "tag": 0}),
            ["Given: 2 details removed."],
        ),
        (NOTHING._replace(given=4, whole=True), ["Gave the whole journal."]),
    ],
)
def test_nothing_new_is_said_only_where_nothing_else_is(
    answer: SyncAnswer, said: list[str]
) -> None:
    """A file that says nothing that is not here is not worth a word."""
    assert list(say_given(answer)) == said


def test_notes_come_first_and_what_waits_comes_last() -> None:
    """With what to do about it, if anything can be done."""
    first, *_, newer, late = say_sync(SYNC)
    assert first == "Removed 1 person for good, as 'connect forget' did on another machine."
    assert newer == (
        "What old gave waits: a newer connect writes there; install the newer connect here too."
    )
    assert late == say_wait(MachineWaits("stick", "its file 12 is not here yet"))
    assert late == "What stick gave waits: its file 12 is not here yet."


@pytest.mark.parametrize(
    ("machine", "said"),
    [
        (MachineSeen("x", "a", is_this=True), "this machine"),
        (MachineSeen("x", "a", is_this=True, retired=True), "this machine, retired by another one"),
        (MachineSeen("x", "a", retired=True), "retired"),
        (MachineSeen("x", "a", is_there=False), "nothing of it is in the folder now"),
        (MachineSeen("x", "a", confirmed=None), "how far it is cannot be read now"),
        (
            MachineSeen("x", "a", given=2, taken=2, confirmed=3, of_mine=3),
            "has taken everything given here",
        ),
        (
            MachineSeen("x", "a", given=3, taken=2),
            "has taken everything given here; 1 file from there not taken here yet",
        ),
        (
            MachineSeen("x", "a", of_mine=1, to_forget=1),
            "has taken 0 of 1 file from here; has yet to forget 1 person",
        ),
    ],
)
def test_how_far_a_machine_is(machine: MachineSeen, said: str) -> None:
    """Nothing is said of a machine that is not known."""
    assert say_machine(machine, date(2026, 11, 30)) == said


def test_a_check_says_where_two_journals_differ() -> None:
    """Without what the line says, and with what could not be taken."""
    assert list(say_checked(SyncChecked(1))) == [
        "This journal is what all machines gave, to the byte: 1 line."
    ]
    assert list(say_checked(SyncChecked(3, "no line", "tag 4k7q0w2m9t3x", [LATE]))) == [
        "This journal differs from what all machines gave, after 3 lines.",
        "Here: no line. Given: tag 4k7q0w2m9t3x.",
        "What stick gave waits: its file 12 is not here yet.",
    ]


def test_a_check_of_what_is_not_all_here_does_not_say_all() -> None:
    """What waits is named, unless the answer has named it before."""
    found = SyncChecked(3, waits=[LATE])
    said = "This journal is what can be taken of all machines, to the byte: 3 lines."
    assert list(say_checked(found)) == [said, "What stick gave waits: its file 12 is not here yet."]
    assert list(say_checked(found, [LATE])) == [said]
    assert not found.is_same


def test_plain_text_is_said_to_be_readable_on_the_server() -> None:
    """Only if there is one."""
    assert len(list(say_plain(None))) == 1
    assert "everybody with access to it can read it" in list(say_plain("host:me/x.git"))[1]
