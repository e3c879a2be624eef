"""Commands about what was done: changes, undo, redo, merge, forget."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, LOOKING, PEOPLE, app
from connect_cli.cli.completion import complete_name
from connect_cli.cli.forgetting import forget_for_good
from connect_cli.cli.options import MOST, Json, Name, WholeName, Yes
from connect_cli.errors import as_typed
from connect_cli.journal import merging, undoing
from connect_cli.language.counting import counted
from connect_cli.render.change_words import say_step
from connect_cli.session import Session
from connect_cli.session.progress import bar
from connect_cli.session.telling import tell

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
    found = undoing.changes(session.journal, None if everything else min(limit, MOST))
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
    steps = undoing.undoable(session.journal, which)
    for step in steps[:SHOWN]:
        tell(f"Taking back {say_step(step, session.today, discreet=session.hides)}")
    if len(steps) > SHOWN:
        tell(f"… and {len(steps) - SHOWN} before; see: {as_typed('changes')} --all")
    if len(steps) > 1:
        session.answers(yes=yes).confirm(f"Take back these {len(steps)} commands?")
    with _bar(sum(step.rows for step in steps), "Taking back") as progress:
        undoing.undo(session.journal, steps, progress)
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
    step = undoing.redoable(session.journal)
    tell(f"Bringing again {say_step(step, session.today, discreet=session.hides)}")
    with _bar(step.rows, "Bringing again") as progress:
        undoing.redo(session.journal, step, progress)
    said = f"It is there again. '{as_typed('undo')}' takes it back."
    session.say(said, as_json=as_json)


@app.command(rich_help_panel=PEOPLE)
def merge(
    context: typer.Context,
    name: Name,
    other: Annotated[
        str,
        typer.Argument(help="Who is the same person.", autocompletion=complete_name),
    ],
    prefer: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Whose values count where the two differ.",
            autocompletion=complete_name,
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Make one person of two.

    The first name stays, the second becomes an alias. Where they differ (how often, a birthday, a
    detail) it asks, or --prefer decides.
    """
    session: Session = context.obj
    merged = merging.merge(session.journal, name, other, session.answers(), prefer)
    entries = counted(merged.entries, "entry", "entries")
    said = (
        f"{merged.gone.name} is now {merged.kept.name}, with {entries}."
        f" '{as_typed('undo')}' takes it back."
    )
    session.say(said, as_json=as_json)


@app.command(rich_help_panel=PEOPLE)
def forget(context: typer.Context, name: WholeName, yes: Yes = False) -> None:
    """Remove somebody for good, as if they had never been there.

    It says what goes and asks. 'connect undo' cannot bring them back.
    """
    session: Session = context.obj
    forget_for_good(session, session.journal.named(" ".join(name)), yes=yes)


def _bar(rows: int, text: str) -> AbstractContextManager[Callable[[int], object]]:
    return nullcontext(lambda _: None) if rows < LONG else bar(rows, text)
