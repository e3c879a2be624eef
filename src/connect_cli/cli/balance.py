"""Commands about time: saved, balance."""

from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, LOOKING, app
from connect_cli.cli.options import Json
from connect_cli.journal import balance as verbs
from connect_cli.journal.time_for import time_for
from connect_cli.language.spans import read_span
from connect_cli.render.balance_words import say_saved, say_time_for
from connect_cli.session import Session


@app.command(rich_help_panel=EACH_DAY)
def saved(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="TIME", help="How long, then what it was: 40m the report."),
    ],
    on: Annotated[str, typer.Option(metavar="DAY", help="yesterday, fri, 2026-11-20.")] = "",
) -> None:
    """Note time that a machine saved you; see balance.

    connect saved 40m the report
    """
    session: Session = context.obj
    saving, today = verbs.read_saving(session.journal, " ".join(words), on), session.today
    names = session.on_terminal and saving.day == today
    found = time_for(session.journal, saving.minutes) if names else None
    done, weekly = verbs.save(session.journal, saving), session.settings.saved_weekly
    session.say(say_saved(*done, weekly, today, discreet=session.hides))
    if found is not None:
        session.say(say_time_for(found, discreet=session.hides))


@app.command(rich_help_panel=LOOKING)
def balance(
    context: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHEN]", help="month, year, march, 2025; else the last 12 weeks."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the time given back by machines beside the time with people."""
    session: Session = context.obj
    today = session.today
    span = read_span(" ".join(when), today) if when else verbs.usual_span(today)
    view = verbs.balance(session.journal, span)
    session.show(
        lambda renderer: renderer.balance(view), as_json=as_json, long=True, empty=view.empty
    )
