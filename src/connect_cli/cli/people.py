"""The list of people: people."""

from collections.abc import Sequence
from typing import Annotated

import typer

from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.completion import complete_name
from connect_cli.cli.options import InCircle, InPlace, InState, Json, WithTag
from connect_cli.errors import as_typed
from connect_cli.journal.selection import Selection, Sort, standings
from connect_cli.session import Session
from connect_cli.terminal.output import tell


@app.command(rich_help_panel=PEOPLE)
def people(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Beginnings of their names.", autocompletion=complete_name),
    ] = None,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    sort: Annotated[
        Sort,
        typer.Option(
            help="By name, last (seen last first), due (soonest first), added (newest first).",
            show_choices=True,
        ),
    ] = Sort.NAME,
    as_json: Json = False,
) -> None:
    """List people, with their cadence and state."""
    session: Session = context.obj
    selection = Selection(circle, tag, tuple(state or ()), place)
    rows = standings(session.journal, words or (), selection, sort)
    session.show(lambda renderer: renderer.people(rows), as_json=as_json, long=True, empty=not rows)
    if not rows and not as_json and session.journal.has_people:
        for line in _whom_else(words or (), selection):
            tell(line, whole=True)


def _whom_else(words: Sequence[str], selection: Selection) -> Sequence[str]:
    """What to do when nobody is listed, with commands to copy."""
    if selection.is_given:
        return (f"To see everybody: {as_typed('people')}",)
    if not words:
        return (f"To add somebody: {as_typed('add', 'Ada Lovelace')}",)
    name = " ".join(words)
    return (
        f"To search notes and details, too: {as_typed('search', *words)}",
        f"To add them: {as_typed('add', name.title() if name.islower() else name)}",
    )
