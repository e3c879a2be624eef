"""The morning: whom, why and in which order, and what is done."""

import re
from functools import partial

import pytest

from connect_cli.model import Interaction, Person
from connect_cli.render import Renderer
from connect_cli.views import Today
from tests.render import samples
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
