"""What an import brings, what was done and what taking it back changes, in English."""

from datetime import date

import pytest

from connect_cli.render.change_words import (
    in_lines,
    say_imported,
    say_moment,
    say_step,
    say_summary,
    say_traces,
    say_unread,
    sections,
)
from connect_cli.reports import Arriving, Preview, Status, Step, Traces, Unread
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
        "1 other text contains the first name alone, which will stay.",
        "The name is part of Ada Lovelace-Kay and Adalovelace, which will stay.",
    ]


def test_somebody_of_whom_nothing_is_kept_needs_one_sentence() -> None:
    """Nothing that is not there is counted."""
    assert list(say_traces("Bo", Traces(("Bo",)))) == [
        "Bo will be gone; 'connect undo' cannot bring anybody back."
    ]


def lines(
    view: Preview, most: int | None = None, *, brief: bool = False, discreet: bool = False
) -> list[str]:
    """The sections of an import, as a pipe gets them."""
    parts = (in_lines(section, most, brief=brief) for section in sections(view, discreet=discreet))
    return [line for part in parts for line in part]


def test_an_import_is_made_of_sections() -> None:
    """What is to be decided first, then what changes, then who is new; none that is empty."""
    view = arriving.IMPORT._replace(words=arriving.WORDS)
    assert [(one.heading, len(one.rows), one.decides) for one in sections(view)] == [
        *(("Words with @", 4, True), ("May be here", 1, True), ("Firms", 1, True)),
        *(("Addresses of machines", 1, True), ("Not read", 2, True)),
        *(("Matched", 1, False), ("New: 3 people", 3, False), ("Interactions", 2, False)),
    ]
    assert sections(arriving.SAME) == []


@pytest.mark.parametrize(
    ("status", "asks_later", "said"),
    [
        ("new", False, "They are imported like people; to leave them out: --leave-out firms"),
        ("left out", False, "They are left out; to import them: --leave-out none"),
        ("left out", True, "You will be asked whether to import them."),
    ],
)
def test_firms_come_with_how_to_decide(status: Status, said: str, *, asks_later: bool) -> None:
    """As nobody is asked, as it was said, or as it will be asked."""
    firm = Arriving("Acme", status, gains=(("phone", "112"),), sort="firm")
    view = Preview("vcard", people=[firm], asks_later=asks_later, waiting=1)
    if status == "left out":
        word = "to decide" if asks_later else "left out"
        summary = " ".join(say_summary(view, date(2026, 11, 23)))
        assert summary.startswith(f"1 card of a firm or machine {word}")
    (section, *_) = sections(view)
    assert (section.rows[0].line, section.after) == ("firm: Acme: 112", said)


def imported(*statuses: Status, interactions: int = 0) -> str:
    """What an import of people with these statuses says at its end."""
    people = [Arriving("Ada", status) for status in statuses]
    return say_imported(
        Preview("vcard", people=people, interactions=arriving.INTERACTIONS[:interactions])
    )


@pytest.mark.parametrize(
    ("statuses", "interactions", "said"),
    [
        (["new"] * 197 + ["matched"] * 3, 0, "Imported 197 people, matched 3."),
        (["new"] * 197, 0, "Imported 197 people."),
        (["new", "unsure", "left out"], 0, "Imported 1 person, left out 2."),
        (["matched"], 0, "Matched 1 person."),
        (["new", "matched"], 2, "Imported 1 person and 2 interactions, matched 1 person."),
        ([], 1, "Imported 1 interaction."),
    ],
)
def test_the_end_says_what_was_imported(
    statuses: list[Status], interactions: int, said: str
) -> None:
    """A number that stands alone counts what stands before it."""
    assert imported(*statuses, interactions=interactions) == said


def test_what_is_to_be_decided_is_whole_unless_a_question_follows() -> None:
    """The others are cut in both."""
    view = arriving.IMPORT._replace(unread=arriving.UNREAD * 5)
    assert sum(line.startswith("not read: ") for line in lines(view, 1)) == 10
    assert sum(line.startswith("not read: ") for line in lines(view, 1, brief=True)) == 1
    for brief in (True, False):
        assert sum(line.startswith("new: ") for line in lines(view, 1, brief=brief)) == 1


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
    cut = [len(one.rows) - 1 for one in sections(view) if len(one.rows) > 1]
    shown = lines(view, 1, brief=True)
    assert cut
    assert [line for line in shown if line.startswith("…")] == [
        f"… and {number} more; --all shows all" for number in cut
    ]
    assert not any("more; --all" in line for line in lines(view))


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
    assert "new: José Álvarez: alias ...; email ...; phone ...; birthday ...; note ..." in hidden
    assert "machine: Shop: ..." in hidden
    assert "2026-11-20 coffee: Ada Lovelace, José Álvarez: ..." in hidden
    assert "not read: line 1: no number: ask Jenny" in shown
    assert "not read: line 1: no number" in hidden
    words = lines(arriving.FROM_JRNL, discreet=True)
    assert "@idea: tag, 12 times" in words


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Unread("a.vcf, line 1", "no number", "ask Jenny"), "a.vcf, line 1: no number: ask Jenny"),
        (Unread("a.ics", "odd", title="Tea", day=TODAY), "a.ics, “Tea” (Mon 23 Nov 2026): odd"),
        (Unread("a.ics", "odd", title="Tea"), "a.ics, “Tea” (day unknown): odd"),
        (Unread("a.ics", "odd", title=""), "a.ics, a meeting (day unknown): odd"),
    ],
)
def test_what_was_not_read_is_named(one: Unread, said: str) -> None:
    """A meeting by its title and its day, and where titles are hidden by its day alone."""
    assert say_unread(one, discreet=False) == f"not read: {said}"
    hidden = said.replace("“Tea”", "a meeting").removesuffix(": ask Jenny")
    assert say_unread(one, discreet=True) == f"not read: {hidden}"
