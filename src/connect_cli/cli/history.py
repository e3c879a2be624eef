"""Commands that look back: history, search."""

from datetime import date
from typing import Annotated

import typer

from connect_cli.cli.app import LOOKING, app
from connect_cli.cli.completion import (
    complete_kind,
    complete_name_or_days,
    complete_tag,
)
from connect_cli.cli.options import MOST, Json
from connect_cli.journal import history as verbs
from connect_cli.journal.history import Asked
from connect_cli.render.span_words import say_days
from connect_cli.session import Session


@app.command(rich_help_panel=LOOKING)
def history(
    context: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME WHEN",
            help="Only with this person, only these days: ada, march, ada last month.",
            autocompletion=complete_name_or_days,
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="From its first day on: 'last month', 2026, 3w.")
    ] = "",
    until: Annotated[
        str, typer.Option(metavar="WHEN", help="To its last day: march, fri, 2026-03-10.")
    ] = "",
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
    """List conversations, newest first.

    connect history ada last month

    connect history june to august

    Days: march, 2025, q3, week, 'last month', '3 weeks', 'aug 3-17', 'since june'.
    """
    session: Session = context.obj
    asked = verbs.asked(session.journal, name or (), since=since, until=until)
    limit = min(limit, MOST)
    interactions = verbs.history(session.journal, asked, kind=kind, tag=tag, limit=limit)
    heading = _heading(asked, session.today)
    session.show(
        lambda renderer: renderer.history(interactions, heading),
        as_json=as_json,
        long=True,
        empty=not interactions,
    )


def _heading(asked: Asked, today: date) -> str:
    """The days that were understood, and whose: `October 2026, with Ada Lovelace`."""
    days = say_days(asked.first, asked.last, today)
    return f"{days}, with {asked.person.name}" if days and asked.person else days


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
