"""Commands that archive people, also those who died, and bring them back."""

from collections.abc import Sequence, Set
from typing import Annotated

import typer

from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.options import AllOfThem, InCircle, InPlace, InState, WithTag, Yes, words_of
from connect_cli.cli.several import (
    Outcome,
    alone,
    confirm,
    confirm_always,
    outcome_lines,
    say_lines,
)
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import archive as verbs
from connect_cli.journal import death, persons
from connect_cli.journal.selection import Selection
from connect_cli.language.death import say_death
from connect_cli.language.plurals import listed_briefly
from connect_cli.model import Named, Person
from connect_cli.render.words import ended
from connect_cli.session import Session
from connect_cli.views import State


@app.command(rich_help_panel=PEOPLE)
def archive(
    context: typer.Context,
    name: AllOfThem = None,
    died: Annotated[
        bool,
        typer.Option("--died", help="They died; when, if you know it, stands behind the name."),
    ] = False,
    remember: Annotated[
        bool, typer.Option("--remember", help="Let the day they died come up once a year.")
    ] = False,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Archive people: nothing is due any more, everything is kept.

    connect archive ada --died 10 march 2024
    """
    session: Session = context.obj
    selection = Selection(circle, tag, tuple(state or ()), place)
    if remember and not died:
        raise NotUnderstood(
            "--remember is about the day somebody died, so it needs --died",
            f"for example: {as_typed('archive', 'ada', options=('--died', '--remember'))}",
        )
    if died:
        if selection.is_given or not name:
            raise NotUnderstood(
                "--died is about one person, by name",
                f"for example: {as_typed('archive', 'ada', options=('--died',))}",
            )
        _say_died(session, name, remember=remember)
        return
    found = alone(session, "archive", words_of(name), selection)
    new = verbs.to_change(session.journal, found.people, away=True)
    if len(new) > 1:
        confirm_always(session, "Archive", new, yes=yes)
    verbs.archive(session.journal, found.people, away=True)
    lines = []
    if new:
        lines.append(f"Archived {_names(new)}: nothing is due, everything is kept.")
    changed = {person.id for person in new}
    if before := [one for one in found.people if one.id not in changed]:
        were = "was" if len(before) == 1 else "were"
        lines.append(f"{_names(before)} {were} already archived.")
    if lines:
        session.say(" ".join([*lines, f"'{as_typed('unarchive')}' brings them back."]))


def _say_died(session: Session, words: Sequence[str], *, remember: bool) -> None:
    typed, when = persons.one(session.journal, "archive", words, "--died")
    done = death.died(session.journal, typed, when, remember=remember)
    said = ended(f"{done.person.name} {say_death(done.died_on)}")
    if not done.changed:
        session.say(f"Already there: {said}")
        return
    comes_up = "only the day they died comes up" if done.remembered else "no day of theirs comes up"
    takes_back = f"'{as_typed('undo')}' takes it back."
    session.say(f"{said} Nothing is due, and {comes_up}; everything is kept. {takes_back}")


def _names(people: Sequence[Named | Person]) -> str:
    return listed_briefly([person.name for person in people])


@app.command(rich_help_panel=PEOPLE)
def unarchive(
    context: typer.Context,
    name: AllOfThem = None,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Bring archived people back.

    Whoever died comes back only if you name them alone.
    """
    session: Session = context.obj
    asked = Selection(circle, tag, tuple(state or ()), place)
    selection = asked._replace(states=asked.states or (State.ARCHIVED,))
    whom = selection if asked.is_given else asked
    found = alone(session, "unarchive", words_of(name), whom)
    died = verbs.dead(session.journal, found.people)
    is_named = len(found.people) == 1 and not asked.is_given
    people = found.people if is_named else [one for one in found.people if one not in died]
    confirm(session, "Bring back", people, yes=yes)
    changed = {person.id for person in verbs.archive(session.journal, people, away=False)}
    say_lines(session, outcome_lines([_became(one, changed, died) for one in found.people]))


def _became(person: Named, back: Set[str], died: Sequence[Named]) -> Outcome:
    if person.id in back:
        if person in died:
            return Outcome(person, " is back; that they died is no longer kept.", "")
        return Outcome(person, " is back.", " are back.")
    if person in died:
        return Outcome(person, " died, and stays archived.", " died, and stay archived.")
    return Outcome(person, " was not archived.", " were not archived.")
