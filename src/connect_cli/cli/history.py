"""Commands that look back: history, search."""

from typing import Annotated

import typer

from connect_cli.cli.app import LOOKING, app
from connect_cli.cli.completion import (
    complete_kind,
    complete_tag,
    complete_whole_name,
)
from connect_cli.cli.options import MOST, Json
from connect_cli.journal import history as verbs
from connect_cli.session import Session


@app.command(rich_help_panel=LOOKING)
def history(
    context: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(help="Only with this person.", autocompletion=complete_whole_name),
    ] = None,
    since: Annotated[str, typer.Option(metavar="WHEN", help="'last month', 2026, 3w.")] = "",
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND", help="Only coffee, call, walk …", autocompletion=complete_kind
        ),
    ] = "",
    tag: Annotated[
        str, typer.Option(metavar="WORD", help="Only with this tag.", autocompletion=complete_tag)
    ] = "",
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Only the newest N.", show_default=False)
    ] = MOST,
    as_json: Json = False,
) -> None:
    """List conversations, newest first."""
    session: Session = context.obj
    interactions = verbs.history(
        session.journal,
        " ".join(name) if name else None,
        since=since,
        kind=kind,
        tag=tag,
        limit=min(limit, MOST),
    )
    session.show(
        lambda renderer: renderer.history(interactions),
        as_json=as_json,
        long=True,
        empty=not interactions,
    )


@app.command(rich_help_panel=LOOKING)
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words, or beginnings of words.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The newest N of each sort.")] = 50,
    as_json: Json = False,
) -> None:
    """Find words in notes, details, promises and names."""
    session: Session = context.obj
    hits = verbs.search(session.journal, " ".join(words), min(limit, MOST))
    session.show(lambda renderer: renderer.hits(hits), as_json=as_json, long=True, empty=not hits)
