"""The morning: whom, why and in which order, and what is done."""

import re
from functools import partial

import pytest

from connect_cli.errors import as_typed, name_journal
from connect_cli.model import Interaction, Person
from connect_cli.render import Renderer
from connect_cli.views import Today
from tests.render import samples
from tests.render import samples_morning as mornings
from tests.render.conftest import Golden, terminal
from tests.render.seen import TODAYS, WIDTHS


@pytest.mark.parametrize(
    ("person", "last", "said"),
    [
        pytest.param(samples.NEW, None, "nothing logged yet", id="nothing"),
        pytest.param(samples.ADA, None, "last contact 5 weeks ago, Mon 19 Oct", id="day only"),
        pytest.param(
            samples.ADA._replace(tried_on=samples.day(2)),
            samples.COFFEE,
            "you tried, 2 days ago, Sat 21 Nov",
            id="tried since",
        ),
        pytest.param(
            samples.NEW._replace(tried_on=samples.day(2)), None, "you tried, 2 days ago", id="tried"
        ),
    ],
)
def test_a_person_of_the_morning_says_what_is_known(
    person: Person, last: Interaction | None, said: str
) -> None:
    """A conversation, a day, an attempt since, or nothing yet."""
    assert said in terminal(lambda to: to.today(row(person, last)))


def test_an_attempt_before_you_last_spoke_is_not_mentioned() -> None:
    """It led somewhere."""
    person = samples.ADA._replace(tried_on=samples.day(40))
    assert "tried" not in terminal(lambda to: to.today(row(person, samples.COFFEE)))


def _today(view: Today, to: Renderer) -> None:
    to.today(view)


def test_the_order_of_the_plan_is_kept() -> None:
    """The easy one stands before the hard one because the plan says so."""
    turned = samples.MORNING._replace(rows=samples.ROWS[::-1])
    for view in (samples.MORNING, turned):
        written = terminal(partial(_today, view))
        names = [each.suggestion.person.name for each in view.rows]
        assert re.findall(rf"^  ({'|'.join(names)})", written, re.MULTILINE) == names


def test_a_morning_of_promises_alone_says_nothing_of_people() -> None:
    """The day is full; nobody needs to be told who else there would be."""
    plan = samples.FREE_DAY.plan._replace(promises=(samples.PAPER,))
    written = terminal(lambda to: to.today(samples.FREE_DAY._replace(plan=plan)))
    assert written == (
        "Monday 23 November\n\n  you owe  Grace Hopper: send the COBOL paper"
        "  since Fri 20 Nov · tfp2\n"
    )


def test_someone_done_today_without_an_interaction_at_hand_is_still_ticked() -> None:
    """The plan knows it, even if the caller did not say how."""
    written = terminal(lambda to: to.today(samples.DONE_DAY._replace(done=())))
    assert "✓ Grace Hopper\n" in written


@pytest.mark.parametrize(("words", "named"), [(5, False), (60, True)])
def test_a_morning_that_cuts_a_text_names_the_command_that_shows_it(
    words: int, *, named: bool
) -> None:
    """Without a text that is cut there is nothing more to see."""
    last = samples.COFFEE._replace(note="word " * words)
    written = terminal(lambda to: to.today(row(samples.ADA, last)))
    assert ("…" in written, "More: connect show NAME" in written) == (named, named)


@pytest.mark.parametrize("width", range(24, 150, 3))
@pytest.mark.parametrize("words", [4, 9, 14, 40, 200])
@pytest.mark.parametrize("named", [None, "/a/rather/long/path/to/a/journal/of/mine.db"])
def test_a_note_of_this_day_takes_two_lines_and_names_the_way_to_the_rest(
    width: int, words: int, named: str | None
) -> None:
    """It is whole where there is room; a command is never broken across lines."""
    name_journal(named)
    again = mornings.AGAIN._replace(note=" ".join(f"word{number}" for number in range(words)))
    written = terminal(lambda to: to.today(samples.FREE_DAY._replace(on_this_day=again)), width)
    last = written.split("\n\n")[-1].rstrip("\n")
    lines, command = last.split("\n"), as_typed("show", again.id)
    cut = again.note not in last.replace("\n", " ")
    assert ("…" in last.partition("“")[2], command in last) == (cut, cut)
    assert [last.count(sign) for sign in "“”"] == [1, 1]
    assert len(lines) <= 2 or (lines[2:] == [command] and cut)


def test_what_is_quiet_stands_at_the_end_with_air() -> None:
    """After all else, and dim: the list is what matters."""
    written = terminal(lambda to: to.today(mornings.LOOKING_BACK), colour=True)
    *_, tired, again = written.split("\n\n")
    assert tired.startswith("\x1b[2mThree conversations")
    assert again.startswith("\x1b[2mOn this day in 2024")
    assert "connect away tomorrow" in tired


@pytest.mark.parametrize("width", range(24, 150, 5))
def test_the_command_for_a_free_day_is_on_one_line(width: int) -> None:
    """However narrow the window is."""
    written = terminal(lambda to: to.today(samples.FREE_DAY._replace(took=3)), width)
    (line,) = [line for line in written.splitlines() if "connect" in line]
    assert line.endswith("connect away tomorrow")


def test_nobody_looking_on_reads_a_note_of_this_day() -> None:
    """Nor that there is one; what a free day is for stays."""
    written = terminal(lambda to: to.today(mornings.LOOKING_BACK), discreet=True)
    assert "this day" not in written
    assert "took energy" in written


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", TODAYS)
def test_a_morning_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(TODAYS[view], width))


def row(person: Person, last: Interaction | None) -> Today:
    """A morning with one person on it."""
    only = samples.ROWS[1]._replace(last=last, promises=(), details=())
    due = samples.ADA_DUE._replace(person=person)
    only = only._replace(suggestion=only.suggestion._replace(due=due))
    return samples.FREE_DAY._replace(rows=(only,))
