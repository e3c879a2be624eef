"""The commands for each day: today's list, and one person's card."""

from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.completion import complete_whole_name
from connect_cli.cli.options import Json
from connect_cli.journal import history
from connect_cli.journal import today as verbs
from connect_cli.session import Session


@app.command(rich_help_panel=EACH_DAY)
def today(
    context: typer.Context,
    more: Annotated[
        int, typer.Option("--more", "-m", count=True, help="Propose as many more; may be repeated.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Show whom to be in touch with today, and what you last spoke of."""
    session: Session = context.obj
    view = verbs.today(session.journal, more)
    session.show(lambda renderer: renderer.today(view), as_json=as_json)


@app.command(rich_help_panel=EACH_DAY)
def show(
    context: typer.Context,
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME|ID",
            help="The person; or a conversation, by its id in history.",
            autocompletion=complete_whole_name,
        ),
    ],
    everything: Annotated[
        bool, typer.Option("--all", help="Show everything, and every conversation.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show one person: what you want to know before you meet.

    With the id of a conversation it shows that one, with its whole note.
    """
    session: Session = context.obj
    typed = " ".join(name)
    if recall := history.recalled(session.journal, typed):
        session.show(lambda renderer: renderer.recall(recall), as_json=as_json, long=True)
        return
    card = verbs.card(session.journal, typed, everything=everything)
    session.show(
        lambda renderer: renderer.card(card, full=everything, height=session.height),
        as_json=as_json,
        long=True,
    )
