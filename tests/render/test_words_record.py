"""What was done and what taking it back changes, in whole sentences."""

import pytest

from connect_cli.render.words_record import say_moment, say_step, say_traces
from connect_cli.store.forgetting import Traces
from connect_cli.store.record import Step
from tests.render import samples_record as record
from tests.render.samples import TODAY


def test_a_moment_is_a_day_and_a_time() -> None:
    """As every day is said."""
    at = record.RECORD[0].at
    assert say_moment(at, TODAY) == "today at 12:05"
    assert say_moment(at.replace(year=2025), TODAY) == "12 months ago, Sun 23 Nov 2025 at 12:05"


def test_a_step_says_the_command_and_what_it_does() -> None:
    """What goes, what comes back, what changes; the most telling things first."""
    assert say_step(record.STEP, TODAY) == (
        "log, 5 weeks ago, Wed 14 Oct at 07:05: logged Ada Lovelace, Grace Hopper, 2026-10-14."
        " It takes away 3 entries, 1 person and 2 other names, brings back 2 details and changes"
        " back 1 promise or question."
    )


@pytest.mark.parametrize(("discreet", "there"), [(False, True), (True, False)], ids=["all", "hid"])
def test_a_discreet_step_leaves_private_words_out(*, discreet: bool, there: bool) -> None:
    """The verb, the day and the numbers stay."""
    step = Step(record.PROMISED, record.PROMISED.id, 1, (("taken away", "promise", 1),))
    said = say_step(step, TODAY, discreet=discreet)
    assert ("Babbage" in said) is there
    assert said.startswith("promise, 3 days ago, Fri 20 Nov at 08:05")
    assert said.endswith(". It takes away 1 promise or question.")


def test_a_step_of_which_nothing_is_left_says_so() -> None:
    """After somebody was forgotten."""
    step = Step(record.LOGGED, record.LOGGED.id)
    assert say_step(step, TODAY).endswith("It changes nothing that is still there.")


def test_what_is_forgotten_is_said_before() -> None:
    """What goes, what stays without the name, and where it stays."""
    goes, *stays = say_traces("Ada Lovelace", record.TRACES)
    assert goes == (
        "Ada Lovelace goes for good, with 3 entries, 2 details and 1 promise or question;"
        " 'connect undo' cannot bring anybody back."
    )
    assert stays == [
        "1 entry with others will stay, with 'someone' where the name was.",
        "2 other texts name them, and will say 'someone' instead.",
        "1 other text holds the first name alone, and will stay so.",
        "The name stands in that of Ada Lovelace-Kay and Adalovelace, which stays.",
    ]


def test_somebody_of_whom_nothing_is_kept_needs_one_sentence() -> None:
    """Nothing that is not there is counted."""
    assert list(say_traces("Bo", Traces(("Bo",)))) == [
        "Bo goes for good; 'connect undo' cannot bring anybody back."
    ]
