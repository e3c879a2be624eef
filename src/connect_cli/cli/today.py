"""`connect today`: the morning list."""

from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.options import Json
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
