"""`connect show`: one person's card, or one conversation whole."""

from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.completion import complete_whole_name
from connect_cli.cli.options import Json
from connect_cli.journal import card as journal_card
from connect_cli.journal.recall import recalled
from connect_cli.session import Session


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
    if found := recalled(session.journal, typed):
        session.show(lambda renderer: renderer.recall(found), as_json=as_json, long=True)
        return
    card = journal_card.card(session.journal, typed, everything=everything)
    session.show(
        lambda renderer: renderer.card(card, full=everything, height=session.height),
        as_json=as_json,
        long=True,
    )
