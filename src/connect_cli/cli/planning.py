"""Commands that look at the list as a whole: why, plan, ahead."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from connect_cli.cli.app import PLANNING, app
from connect_cli.cli.options import Json, WholeName, Yes
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import away as verbs
from connect_cli.journal import planning
from connect_cli.language.day_options import read_days_ahead
from connect_cli.language.plurals import counted
from connect_cli.render.load_words import say_over
from connect_cli.scheduler.load import exceeds
from connect_cli.session import Session

if TYPE_CHECKING:
    from connect_cli.scheduler.load import Load

DAYS, MOST_DAYS = 14, 60


@app.command(rich_help_panel=PLANNING)
def why(context: typer.Context, name: WholeName, as_json: Json = False) -> None:
    """Show why somebody is on today's list, or why not.

    It shows every number of the sum, so that you can check it by hand.
    """
    session: Session = context.obj
    view, contact = planning.why(session.journal, " ".join(name))
    session.show(lambda renderer: renderer.why(view, contact), as_json=as_json)


@app.command(rich_help_panel=PLANNING)
def plan(
    context: typer.Context,
    apply: Annotated[
        str, typer.Option(metavar="OFFER", help="Take an offer: change its cadences.")
    ] = "",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Compare what your cadences ask for with the time you have.

    If it is too much it offers ways to make room. None is taken unless you ask:

    connect plan --apply stretch
    """
    session: Session = context.obj
    if apply:
        _apply(session, apply, yes=yes, as_json=as_json)
        return
    load, changes = planning.offers(session.journal)
    rhythms = planning.rhythms(session.journal, load)
    session.show(
        lambda renderer: renderer.load(load, changes, rhythms),
        as_json=as_json,
        long=True,
        empty=not load.people,
    )


def _apply(session: Session, name: str, *, yes: bool, as_json: bool) -> None:
    """Show what an offer would change, ask, and change it."""
    changes = planning.offer(session.journal, name)
    if not as_json:
        session.show(lambda renderer: renderer.changes(name, changes))
    number = counted(len(changes), "cadence")
    session.answers(yes=yes).confirm(f"Change {number}?")
    planning.take(session.journal, name, changes)
    if as_json:
        session.show(lambda renderer: renderer.changes(name, changes), as_json=True)
    else:
        session.say(f"Changed {number}. '{as_typed('undo')}' takes it back.")


@app.command(rich_help_panel=PLANNING)
def ahead(
    context: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHEN", help="How many days, or until when: 3 weeks, until fri."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the days ahead, as if you met everyone listed."""
    session: Session = context.obj
    days = _days_ahead(" ".join(when), session.today) if when else DAYS
    plans, away = planning.ahead(session.journal, days), verbs.away_periods(session.journal)
    coming = planning.after(session.journal, plans)
    session.show(
        lambda renderer: renderer.ahead(plans, away, coming),
        as_json=as_json,
        long=True,
        empty=all(plan.empty for plan in plans),
    )


def _days_ahead(text: str, today: date) -> int:
    """How many days are asked for. Raises NotUnderstood for more than can be foreseen."""
    days = read_days_ahead(text, today)
    if not 1 <= days <= MOST_DAYS:
        raise NotUnderstood(
            f"'{text}' is not from 1 to {MOST_DAYS} days", "write it like 14, 3 weeks or until fri"
        )
    return days


def over_said(session: Session, before: "Load") -> str:
    """A calm sentence if the load has just grown beyond the time you have, else nothing."""
    after = planning.load(session.journal)
    grown = exceeds(after.ratio) and not exceeds(before.ratio)
    return f" {say_over(after)}" if grown else ""
