"""What stands before a command: which journal, what to hide, and today's list without one."""

from pathlib import Path
from typing import Annotated

import typer

from connect_cli import __version__
from connect_cli.cli.app import app
from connect_cli.errors import name_journal
from connect_cli.session import Session


def _show_version(context: typer.Context, asked: bool) -> None:
    if asked and not context.resilient_parsing:  # Tab reads a line without running it
        typer.echo(f"connect {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def connect(
    context: typer.Context,
    journal: Annotated[
        Path | None,
        typer.Option("--journal", metavar="FILE", help="Use another journal."),
    ] = None,
    discreet: Annotated[
        bool, typer.Option("--discreet", help="Hide notes, details and promises.")
    ] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Remember the people you want to stay close to. It never writes to anyone.

    Without a command it shows today's list.
    """
    context.obj = session = Session(journal, discreet)
    name_journal(None if journal is None else str(journal))
    context.call_on_close(session.close)
    if context.invoked_subcommand is None:
        from connect_cli.cli.morning import today  # any other command does without it

        today(context)
