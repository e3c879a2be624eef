"""Commands about what happened and what was done: history, search, changes, undo, redo."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, LOOKING, app
from connect_cli.cli.completion import (
    complete_kind,
    complete_tag,
    complete_whole_name,
)
from connect_cli.cli.options import MOST, Json, Yes
from connect_cli.errors import as_typed
from connect_cli.journal import history as verbs
from connect_cli.render.change_words import say_step
from connect_cli.session import Session
from connect_cli.terminal.output import bar, tell


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
        int, typer.Option(min=1, metavar="N", help="The newest so many.", show_default=False)
    ] = MOST,
    as_json: Json = False,
) -> None:
    """List what happened, newest first."""
    session: Session = context.obj
    entries = verbs.history(
        session.journal,
        " ".join(name) if name else None,
        since=since,
        kind=kind,
        tag=tag,
        limit=min(limit, MOST),
    )
    session.show(lambda renderer: renderer.history(entries), as_json=as_json, long=True)


@app.command(rich_help_panel=LOOKING)
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words, or beginnings of words.")],
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="The newest so many of each sort.")
    ] = 50,
    as_json: Json = False,
) -> None:
    """Find words in notes, details, promises and names."""
    session: Session = context.obj
    hits = verbs.search(session.journal, " ".join(words), min(limit, MOST))
    session.show(lambda renderer: renderer.hits(hits), as_json=as_json, long=True)


SHOWN = 20
LONG = 5000
"""Rows below which the work is done before a bar is seen."""


@app.command(rich_help_panel=LOOKING)
def changes(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, the newest.")] = SHOWN,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    as_json: Json = False,
) -> None:
    """List what was done, and when."""
    session: Session = context.obj
    found = verbs.changes(session.journal, None if everything else min(limit, MOST))
    session.show(lambda renderer: renderer.record(found), as_json=as_json, long=True)


@app.command(rich_help_panel=EACH_DAY)
def undo(
    context: typer.Context,
    which: Annotated[
        str, typer.Argument(metavar="[N|ID]", help="The last N commands, or one; see changes.")
    ] = "1",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Take back the last command.

    It says what it changes back. Whatever wrote can be taken back, one after the other, as far as
    you like; only 'connect forget' cannot.
    """
    session: Session = context.obj
    steps = verbs.undoable(session.journal, which)
    for step in steps[:SHOWN]:
        tell(f"Taking back {say_step(step, session.today, discreet=session.hides)}")
    if len(steps) > SHOWN:
        tell(f"… and {len(steps) - SHOWN} before; see: {as_typed('changes')} --all")
    if len(steps) > 1:
        session.answers(yes=yes).confirm(f"Take back these {len(steps)} commands?")
    with _bar(sum(step.rows for step in steps), "Taking back") as progress:
        verbs.undo(session.journal, steps, progress)
    said = f"Taken back. '{as_typed('redo')}' brings it again."
    if len(steps) > 1:
        said = (
            f"Took back {len(steps)} commands. '{as_typed('redo')}' brings them again, one by one."
        )
    session.say(said, as_json=as_json)


@app.command(rich_help_panel=EACH_DAY)
def redo(
    context: typer.Context,
    yes: Yes = False,  # noqa: ARG001  # it never asks; scripts say it to undo and redo alike
    as_json: Json = False,
) -> None:
    """Bring again what was taken back last."""
    session: Session = context.obj
    step = verbs.redoable(session.journal)
    tell(f"Bringing again {say_step(step, session.today, discreet=session.hides)}")
    with _bar(step.rows, "Bringing again") as progress:
        verbs.redo(session.journal, step, progress)
    said = f"It is there again. '{as_typed('undo')}' takes it back."
    session.say(said, as_json=as_json)


def _bar(rows: int, text: str) -> AbstractContextManager[Callable[[int], object]]:
    return nullcontext(lambda _: None) if rows < LONG else bar(rows, text)
