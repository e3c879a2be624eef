"""Commands that take people off the list for a time: snooze, pause, resume, away."""

from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, PLANNING, app
from connect_cli.cli.options import Json, Name, When, WholeName
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import away as verbs
from connect_cli.journal import persons
from connect_cli.render.planning_words import say_away
from connect_cli.render.words import date_words, say_end
from connect_cli.session import Session


@app.command(rich_help_panel=PLANNING)
def away(
    context: typer.Context,
    when: Annotated[
        list[str] | None, typer.Argument(help="3 aug to 17 aug; until fri; next week.")
    ] = None,
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
    words = " ".join(when or ())
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
def snooze(context: typer.Context, name: Name, when: When = None) -> None:
    """Keep somebody off the list for a while."""
    session: Session = context.obj
    typed, until = persons.one(session.journal, "snooze", (name, *(when or ())))
    snoozed = verbs.snooze(session.journal, typed, until)
    end = say_end(snoozed.until, session.today)
    said = f"{snoozed.person.name} is off the list until {end}."
    if snoozed.listed_on is not None:
        listed = date_words(snoozed.listed_on, session.today)
        said += f" That changes nothing yet: they would not come up before {listed}."
    session.say(said)


@app.command(rich_help_panel=EACH_DAY)
def pause(
    context: typer.Context,
    name: WholeName,
    until: Annotated[
        str,
        typer.Option(metavar="DAY", help="The last day of the pause: 'in 3 weeks', 2026-12-01."),
    ] = "",
) -> None:
    """Pause somebody, until a day or until you resume."""
    session: Session = context.obj
    person, last_day = verbs.pause(session.journal, " ".join(name), until)
    end = f"you say '{as_typed('resume')}'"
    if last_day is not None:
        end = f"the end of {say_end(last_day, session.today)}"
    session.say(f"{person.name} is paused until {end}.")


@app.command(rich_help_panel=EACH_DAY)
def resume(context: typer.Context, name: WholeName) -> None:
    """End a pause: somebody's clock runs again."""
    session: Session = context.obj
    person, changed = verbs.resume(session.journal, " ".join(name))
    session.say(f"{person.name} {'is no longer' if changed else 'was not'} paused.")
