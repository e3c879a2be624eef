"""Commands that take people off the list for a time: snooze, pause, resume, away."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, PLANNING, app
from connect_cli.cli.completion import complete_rest_of_name
from connect_cli.cli.options import (
    AllOfThem,
    InCircle,
    InPlace,
    InState,
    Json,
    Several,
    When,
    WithTag,
    Yes,
    words_of,
)
from connect_cli.cli.several import (
    Outcome,
    alone,
    confirm,
    outcome_lines,
    say_lines,
    with_value,
)
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import away as verbs
from connect_cli.journal.away import Snoozed, Stopped
from connect_cli.journal.selection import Selection
from connect_cli.language.day_options import read_coming_day
from connect_cli.render.planning_words import say_away
from connect_cli.render.words import date_words, say_end
from connect_cli.session import Session


def _some_day(until: str | None) -> str | None:
    """Until when. Raises NotUnderstood for an empty text, such as that of an unset variable."""
    if until is not None and not until.strip():
        raise NotUnderstood("no day was given after --until", "for example: --until june")
    return until


Until = Annotated[
    str | None,
    typer.Option(
        metavar="DAY",
        help="Until when, as an option.",
        callback=_some_day,
        show_default=False,
    ),
]


_ARCHIVED = " That changes nothing while they are archived."


@app.command(rich_help_panel=PLANNING)
def away(
    context: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(help="3 aug to 17 aug; until fri; 3 weeks; june; tomorrow."),
    ] = None,
    until: Until = None,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Cancel the present days away, or the next.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Stop every clock while you are away.

    connect away 3 aug to 17 aug

    When you are back the list is as you left it. Without days it shows which are set.
    """
    session: Session = context.obj
    words = _given_once(" ".join(when or ()), until)
    if until:
        words = f"until {read_coming_day(until, today=session.today)}"
    if cancel and words:
        raise NotUnderstood("give either days or --cancel, not both")
    if cancel:
        said = _come_back(session)
        session.say(said, as_json=as_json)
    elif words:
        said = _go(session, words)
        session.say(said, as_json=as_json)
    else:
        pauses = verbs.away_periods(session.journal)
        session.show(lambda renderer: renderer.away(pauses), as_json=as_json)


def _go(session: Session, words: str) -> str:
    pause, changed = verbs.away(session.journal, words)
    days = say_away(pause, session.today)
    if not changed:
        return f"Away {days} was already set."
    over = pause.end_on is not None and pause.end_on < session.today
    stops = "stopped" if over else "stops"
    return f"Away {days}: every clock {stops}. '{as_typed('undo')}' takes it back."


def _come_back(session: Session) -> str:
    pause, started = verbs.cancel_away(session.journal)
    days = say_away(pause, session.today)
    clocks = "every clock runs again from today" if started else "every clock keeps running"
    return f"No longer away {days}: {clocks}."


@app.command(rich_help_panel=EACH_DAY)
def snooze(
    context: typer.Context,
    name: Several = None,
    when: When = None,
    until: Until = None,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Keep people off the list for a while.

    connect snooze ada until june
    """
    session: Session = context.obj
    selection = Selection(circle, tag, tuple(state or ()), place)
    reads = partial(read_coming_day, today=session.today)
    found = with_value(session, "snooze", words_of(name, when), selection, reads)
    if end := _given_once(found.value, until):
        reads(end)
    confirm(session, "Snooze", found.people, yes=yes)
    if found.people:
        snoozed = verbs.snooze(session.journal, found.people, end)
        say_lines(session, _snoozed_lines(snoozed, session.today))


def _snoozed_lines(snoozed: Sequence[Snoozed], today: date) -> list[str]:
    outcomes = [Outcome(one.person, *_off_said(one, today)) for one in snoozed]
    days = [one.until for one in snoozed]
    first, last = (say_end(day, today) for day in (min(days), max(days)))
    until = f"off the list until {first}."
    if first != last:
        until = f"off the list, the first until {first}, the last until {last}."
    return outcome_lines(outcomes, lambda names: f"{names} are {until}")


def _off_said(snoozed: Snoozed, today: date) -> tuple[str, str]:
    end = say_end(snoozed.until, today)
    said = f"off the list until {end}."
    if snoozed.person.archived:
        said += _ARCHIVED
    if snoozed.listed_on is not None:
        listed = date_words(snoozed.listed_on, today)
        said += f" That changes nothing yet: they would not come up before {listed}."
    return f" is {said}", f" are {said}"


@app.command(rich_help_panel=EACH_DAY)
def pause(
    context: typer.Context,
    name: Several = None,
    when: Annotated[
        list[str] | None,
        typer.Argument(
            help="The last day of the pause: until fri, 3 weeks, until june, 2026-12-01.",
            autocompletion=complete_rest_of_name,
            show_default=False,
        ),
    ] = None,
    until: Until = None,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Pause people, until a day or until you resume.

    connect pause ada, tom until june
    """
    session: Session = context.obj
    selection = Selection(circle, tag, tuple(state or ()), place)
    reads = partial(read_coming_day, today=session.today)
    found = with_value(session, "pause", words_of(name, when), selection, reads)
    if last := _given_once(found.value, until):
        reads(last)
    confirm(session, "Pause", found.people, yes=yes)
    if found.people:
        paused, last_day = verbs.pause(session.journal, found.people, last)
        say_lines(session, outcome_lines(_paused(paused, last_day, session.today)))


def _given_once(words: str, until: str | None) -> str:
    """Until when, as words or as the option. Raises NotUnderstood if both were given."""
    if words and until:
        raise NotUnderstood(f"give either '{words}' or --until '{until}', not both")
    return words or until or ""


def _paused(paused: Sequence[Stopped], last_day: date | None, today: date) -> list[Outcome]:
    end = f"you say '{as_typed('resume')}'"
    if last_day is not None:
        end = f"the end of {say_end(last_day, today)}"
    new = (f" is paused until {end}.", f" are paused until {end}.")
    old = (f" was already paused until {end}.", f" were already paused until {end}.")
    return [
        Outcome(one.person, *(_of_archived(said) if one.person.archived else said))
        for one in paused
        for said in (new if one.changed else old,)
    ]


def _of_archived(said: tuple[str, str]) -> tuple[str, str]:
    return f"{said[0]}{_ARCHIVED}", f"{said[1]}{_ARCHIVED}"


@app.command(rich_help_panel=EACH_DAY)
def resume(
    context: typer.Context,
    name: AllOfThem = None,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """End a pause: their clocks run again."""
    session: Session = context.obj
    selection = Selection(circle, tag, tuple(state or ()), place)
    found = alone(session, "resume", words_of(name), selection)
    confirm(session, "Resume", found.people, yes=yes)
    new = (" is no longer paused.", " are no longer paused.")
    old = (" was not paused.", " were not paused.")
    outcomes = [
        Outcome(one.person, *(new if one.changed else old))
        for one in verbs.resume(session.journal, found.people)
    ]
    say_lines(session, outcome_lines(outcomes))
