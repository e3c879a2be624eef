"""Commands that weigh the whole: why, plan, ahead, away."""

from typing import Annotated

import typer

from connect_cli.cli.app import PLANNING, app
from connect_cli.cli.options import Json, WholeName, Yes
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import absence, planning
from connect_cli.language.counting import counted
from connect_cli.render.planning_words import say_away
from connect_cli.session import Session

MOST_DAYS = 60


@app.command(rich_help_panel=PLANNING)
def why(context: typer.Context, name: WholeName, as_json: Json = False) -> None:
    """Show why somebody is on today's list, or is not.

    Every term is shown, so that it can be checked by hand.
    """
    session: Session = context.obj
    view, contact = planning.why(session.journal, " ".join(name))
    session.show(lambda renderer: renderer.why(view, contact), as_json=as_json)


@app.command(rich_help_panel=PLANNING)
def plan(
    context: typer.Context,
    apply: Annotated[
        str, typer.Option(metavar="OFFER", help="Change the cadences that an offer names.")
    ] = "",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Show what you promised against the time you have.

    Where it is too much there are offers. None is taken unless you ask:

    connect plan --apply stretch
    """
    session: Session = context.obj
    if apply:
        _apply(session, apply, yes=yes, as_json=as_json)
        return
    load, changes = planning.offers(session.journal)
    rhythms = planning.rhythms(session.journal)
    session.show(lambda renderer: renderer.load(load, changes, rhythms), as_json=as_json, long=True)


def _apply(session: Session, name: str, *, yes: bool, as_json: bool) -> None:
    """Show what an offer changes, ask, and change it."""
    changes = planning.offer(session.journal, name)
    if not as_json:
        session.show(lambda renderer: renderer.changes(name, changes))
    number = counted(len(changes), "cadence")
    session.answers(yes=yes).confirm(f"Change {number}, each as their own?")
    planning.take(session.journal, name, changes)
    if as_json:
        session.show(lambda renderer: renderer.changes(name, changes), as_json=True)
    else:
        session.say(f"Changed {number}. '{as_typed('undo')}' takes it back.")


@app.command(rich_help_panel=PLANNING)
def ahead(
    context: typer.Context,
    days: Annotated[int, typer.Argument(min=1, max=MOST_DAYS, help="How many days.")] = 14,
    as_json: Json = False,
) -> None:
    """Show the days ahead, as they will be if everyone listed is met."""
    session: Session = context.obj
    plans, away = planning.ahead(session.journal, days), absence.aways(session.journal)
    session.show(lambda renderer: renderer.ahead(plans, away), as_json=as_json, long=True)


@app.command(rich_help_panel=PLANNING)
def away(
    context: typer.Context,
    when: Annotated[
        list[str] | None, typer.Argument(help="3 aug to 17 aug; until fri; next week.")
    ] = None,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Take the present or the next days away back.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Stop every clock while you are away.

    connect away 3 aug to 17 aug

    The list comes back as you left it. Without days it shows what is set.
    """
    session: Session = context.obj
    words = " ".join(when or ())
    if cancel and words:
        raise NotUnderstood("days and --cancel together mean nothing", "use one of them")
    if cancel:
        said = _come_back(session)
        session.say(said, as_json=as_json)
    elif words:
        said = _go(session, words)
        session.say(said, as_json=as_json)
    else:
        pauses = absence.aways(session.journal)
        session.show(lambda renderer: renderer.away(pauses), as_json=as_json)


def _go(session: Session, words: str) -> str:
    pause, changed = absence.away(session.journal, words)
    days = say_away(pause, session.today)
    if not changed:
        return f"Away {days}, as it was set already."
    over = pause.end_on is not None and pause.end_on < session.today
    clocks = "stood" if over else "stands"
    return f"Away {days}: every clock {clocks} still. '{as_typed('undo')}' takes it back."


def _come_back(session: Session) -> str:
    pause, begun = absence.cancel_away(session.journal)
    days = say_away(pause, session.today)
    told = "every clock runs again from today" if begun else "every clock runs on"
    return f"No longer away {days}: {told}."
