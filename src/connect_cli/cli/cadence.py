"""`connect every`, and the sentences about a cadence that somebody was given."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.completion import complete_rest_or_cadence
from connect_cli.cli.options import InCircle, InPlace, InState, Several, WithTag, Yes, words_of
from connect_cli.cli.planning import over_said
from connect_cli.cli.several import Outcome, confirm, outcome_lines, say_lines, with_value
from connect_cli.journal import cadence, planning, today
from connect_cli.journal.cadence import Placed
from connect_cli.journal.chosen import needed_value
from connect_cli.journal.selection import Selection
from connect_cli.language.cadences import read_cadence, skipped
from connect_cli.language.plurals import MOST_NAMED, listed_briefly
from connect_cli.model import Person, Rule
from connect_cli.render.planning_words import say_cadence, say_first_due
from connect_cli.render.words import date_words
from connect_cli.session import Session

if TYPE_CHECKING:
    from connect_cli.scheduler.load import Load


@app.command(rich_help_panel=PEOPLE)
def every(
    context: typer.Context,
    name: Several = None,
    often: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CADENCE",
            help="2w, 'first friday', or never for no cadence.",
            autocompletion=complete_rest_or_cadence,
            show_default=False,
        ),
    ] = None,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Set how often you want to be in touch with people."""
    session: Session = context.obj
    load = planning.load(session.journal)
    selection = Selection(circle, tag, tuple(state or ()), place)
    found = with_value(session, "every", words_of(name, often), selection, read_cadence)
    if found.people:
        words = needed_value("every", found, "cadence", "2w")
        read_cadence(words)
        confirm(session, "Change", found.people, yes=yes)
        say_placed(session, cadence.every(session.journal, found.people, words), load)


def placed_said(session: Session, placed: Placed) -> str:
    """What somebody was given, as a sentence."""
    return f"{placed.person.name}{_given_said(session, placed)}{note_said(placed.person)}"


def _given_said(session: Session, placed: Placed) -> str:
    return f"{cadence_said(session, placed) or ': no cadence, so nothing is due'}."


def say_placed(session: Session, placed: Sequence[Placed], load: "Load") -> None:
    """Say what people were given: a line for each of a few, a line for all if they are many."""
    say_lines(session, _lines(session, placed), after=_after(session, placed, load))


def say_moved(session: Session, placed: Sequence[Placed], circle: str, load: "Load") -> None:
    """The same of people who were put into a circle; some keep a cadence of their own."""
    keeping = [one for one in placed if one.person.own_cadence]
    given = [one for one in placed if not one.person.own_cadence]
    outcomes = [
        Outcome(
            one.person,
            f" is in {circle} now and keeps {_words(one)}.",
            f" are in {circle} now and keep {_words(one)}.",
        )
        for one in keeping
    ]
    own = f"{{}} are in {circle} now and keep cadences of their own."
    lines = [*_lines(session, given), *outcome_lines(outcomes, own.format)]
    say_lines(session, lines, after=_after(session, placed, load))


def _words(placed: Placed) -> str:
    cadence = placed.person.cadence
    return "no cadence" if cadence is None else cadence.words


def _lines(session: Session, placed: Sequence[Placed]) -> list[str]:
    crowd = [one.person for one in placed if one.person.cadence is not None]
    lines = []
    if len(placed) > MOST_NAMED and crowd:
        lines.append(crowd_said(session, crowd))
        placed = [one for one in placed if one.person.cadence is None]
    said = [(one.person, _given_said(session, one)) for one in placed]
    return lines + outcome_lines([Outcome(person, each, each) for person, each in said])


def crowd_said(session: Session, people: Sequence[Person]) -> str:
    """`Ada, Grace, Tom and 17 others, every month, first due from Tue 24 Nov to Wed 23 Dec.`"""
    dues = today.standings_of(session.journal, people)
    said = {say_cadence(due) for due in dues}
    days = sorted(due.due_on for due in dues if due.due_on is not None)
    words = said.pop() if len(said) == 1 else "each by their cadence"
    names = listed_briefly([person.name for person in people])
    if not days:
        return f"{names}, {words}."
    first, last = (date_words(day, session.today) for day in (days[0], days[-1]))
    return f"{names}, {words}, first due from {first} to {last}."


def _after(session: Session, placed: Sequence[Placed], load: "Load") -> str:
    notes = (note_said(one.person) for one in placed)
    return f"{next(filter(None, notes), '')}{over_said(session, load)}"


def note_said(person: Person) -> str:
    """A note about the months or years that a rule skips, as a sentence; or nothing."""
    remark = skipped(person.cadence) if isinstance(person.cadence, Rule) else None
    return f" Note: {remark}." if remark else ""


def cadence_said(session: Session, placed: Placed) -> str:
    """Somebody's cadence and first due day, as the end of a sentence."""
    person = placed.person
    if person.cadence is None:
        return ""
    due = today.standing_of(session.journal, person)
    return f", {say_cadence(due)}{say_first_due(due, placed.moved_from)}"
