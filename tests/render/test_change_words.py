"""What an import brings, what was done and what taking it back changes, in English."""

import pytest

from connect_cli.render.change_words import (
    in_lines,
    say_moment,
    say_step,
    say_summary,
    say_traces,
    sections,
)
from connect_cli.reports import Preview, Step, Traces, Unread
from tests.render import samples_arriving as arriving
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
        " It removes 3 interactions, 1 person and 2 aliases, brings back 2 details and changes"
        " back 1 promise or question."
    )


@pytest.mark.parametrize(("discreet", "there"), [(False, True), (True, False)], ids=["all", "hid"])
def test_a_discreet_step_leaves_private_words_out(*, discreet: bool, there: bool) -> None:
    """The verb, the day and the numbers stay."""
    step = Step(record.PROMISED, record.PROMISED.id, 1, (("taken away", "promise", 1),))
    said = say_step(step, TODAY, discreet=discreet)
    assert ("Babbage" in said) is there
    assert said.startswith("promise, 3 days ago, Fri 20 Nov at 08:05")
    assert said.endswith(". It removes 1 promise or question.")


def test_a_step_of_which_nothing_is_left_says_so() -> None:
    """After somebody was forgotten."""
    step = Step(record.LOGGED, record.LOGGED.id)
    assert say_step(step, TODAY).endswith("Nothing that it changed is still there.")


def test_what_is_forgotten_is_said_before() -> None:
    """What goes, what stays without the name, and where it stays."""
    goes, *stays = say_traces("Ada Lovelace", record.TRACES)
    assert goes == (
        "Ada Lovelace will be gone, with 3 interactions, 2 details and 1 promise or question;"
        " 'connect undo' cannot bring anybody back."
    )
    assert stays == [
        "1 interaction with others will stay, with 'someone' in place of the name.",
        "2 other texts name them, and will say 'someone' instead.",
        "1 other text contains the first name alone, and will stay as it is.",
        "The name is part of Ada Lovelace-Kay and Adalovelace, which will stay.",
    ]


def test_somebody_of_whom_nothing_is_kept_needs_one_sentence() -> None:
    """Nothing that is not there is counted."""
    assert list(say_traces("Bo", Traces(("Bo",)))) == [
        "Bo will be gone; 'connect undo' cannot bring anybody back."
    ]


def lines(view: Preview, most: int | None = None, *, discreet: bool = False) -> list[str]:
    """The sections of an import, as a pipe gets them."""
    parts = (in_lines(section, most) for section in sections(view, discreet=discreet))
    return [line for part in parts for line in part]


def test_an_import_is_made_of_sections() -> None:
    """Each sort of which there is something, in one order. Who gains nothing is left out."""
    found = [(one.heading, len(one.rows)) for one in sections(arriving.IMPORT)]
    assert found == [
        *(("New", 2), ("Matched", 1), ("May be here", 1)),
        *(("Interactions", 2), ("Not read", 2)),
    ]
    assert sections(arriving.SAME) == []


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (arriving.NONE, ["There is nothing to import."]),
        (arriving.SAME, ["Nothing new: everything is in the journal already."]),
        (arriving.MEETINGS._replace(questions=()), ["Nothing to ask."]),
        (
            arriving.COPY._replace(new={"alias": 1, "occasion": 2, "promise": 1}),
            [
                "New: 1 alias, 2 yearly days, 1 promise or question.",
                "Changed: 1 person.",
                "Removed: 2 aliases.",
            ],
        ),
    ],
    ids=["nothing", "known", "no questions", "copy"],
)
def test_a_summary_says_how_much_comes(view: Preview, said: list[str]) -> None:
    """The rows of a copy are called what an undo calls them."""
    assert list(say_summary(view, TODAY)) == said


@pytest.mark.parametrize(
    "view", [arriving.IMPORT, arriving.MAIL], ids=["interactions", "by person"]
)
def test_every_section_is_cut_where_it_is_asked_about(view: Preview) -> None:
    """Interactions that are shown by person too; without a limit, all of it stands there."""
    assert all(len(one.rows) < 3 for one in sections(view))
    cut = sum(len(one.rows) == 2 for one in sections(view))
    assert sum(line == "… and 1 more; --dry-run shows all" for line in lines(view, 1)) == cut > 0
    assert not any("more; --dry-run" in line for line in lines(view))


def test_a_note_is_whole_in_a_pipe() -> None:
    """A pipe has no width to be cut to."""
    note = "tea and scones " * 20
    view = arriving.MAIL._replace(
        by_person=False, interactions=[arriving.INTERACTIONS[1]._replace(note=note)]
    )
    assert lines(view) == [f"2026-11-19 call: May: {note}"]


def test_on_a_shared_screen_values_are_hidden() -> None:
    """Who comes and what is asked stays; where a text cannot be read, only the place is told."""
    unread = [Unread("line 1", "no number", "ask Jenny")]
    view = arriving.IMPORT._replace(unread=unread)
    shown, hidden = lines(view), lines(view, discreet=True)
    assert hidden[0].endswith(
        "José Álvarez: alias ...; email ...; phone ...; birthday ...; note ..."
    )
    assert "2026-11-20 coffee: Ada Lovelace, José Álvarez: ..." in hidden
    assert shown[-1] == "not read: line 1: no number: ask Jenny"
    assert hidden[-1] == "not read: line 1: no number"
