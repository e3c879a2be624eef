"""`connect review`: what there is to look back on."""

from typing import Annotated

import typer

from connect_cli.cli.app import LOOKING, app
from connect_cli.cli.completion import complete_tag, complete_whole_name
from connect_cli.cli.options import Json
from connect_cli.journal import year_map
from connect_cli.language.spans import read_span
from connect_cli.session import Session

WEEK = "week"


@app.command(rich_help_panel=LOOKING)
def review(
    context: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHEN]",
            help="week, month, quarter, year; or march, 2025, 'last month'. Usually the week.",
        ),
    ] = None,
    as_map: Annotated[
        bool, typer.Option("--map", help="Show the days as a calendar, a week a column.")
    ] = False,
    name: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="NAME",
            help="On the map: only with this person.",
            autocompletion=complete_whole_name,
        ),
    ] = "",
    tag: Annotated[
        str,
        typer.Option(
            metavar="WORD", help="On the map: only with this tag.", autocompletion=complete_tag
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Look back: the words you kept, whom you met, what there is to come."""
    session: Session = context.obj
    span = read_span(" ".join(when or [WEEK]), session.today)
    if as_map:
        view = year_map.year_map(session.journal, span, name, tag)
        session.show(
            lambda renderer: renderer.year_map(view),
            as_json=as_json,
            long=True,
            empty=not view.days,
        )
