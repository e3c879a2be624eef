"""Commands that undo: changes, undo, redo."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, LOOKING, app
from connect_cli.cli.options import MOST, Json, Yes
from connect_cli.errors import as_typed
from connect_cli.journal import undo as verbs
from connect_cli.render.change_words import say_step
from connect_cli.reports import Progress, Step
from connect_cli.session import Session
from connect_cli.store.machines import VERB as SYNC
from connect_cli.terminal.output import bar, tell

SHOWN = 20
INBOX = "inbox"
NOT_AGAIN = "does not take this in again: log it yourself, or change the line in its file."
LONG = 5000
"""Rows from which the work takes long enough for a progress bar."""


@app.command(rich_help_panel=LOOKING)
def changes(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many of the newest.")] = SHOWN,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    as_json: Json = False,
) -> None:
    """List the commands that changed the journal."""
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
    """Undo the last command.

    It says what it undoes. Every command that changed the journal can be undone, as far back as
    you like, except 'connect forget'.
    """
    session: Session = context.obj
    steps = verbs.undoable(session.journal, which)
    for step in steps[:SHOWN]:
        tell(f"Undoing {say_step(step, session.today, discreet=session.hides)}")
    if len(steps) > SHOWN:
        tell(f"… and {len(steps) - SHOWN} earlier; see: {as_typed('changes')} --all")
    if question := _question(steps):
        session.answers(yes=yes).confirm(question)
    with _bar(sum(step.rows for step in steps), "Undoing") as progress:
        verbs.undo(session.journal, steps, progress)
    said = f"Undone. '{as_typed('redo')}' does it again."
    if len(steps) > 1:
        said = f"Undid {len(steps)} commands. '{as_typed('redo')}' does them again, one by one."
    session.say(said, as_json=as_json)
    if any(map(_took_lines, steps)):
        tell(f"'{as_typed(INBOX)}' {NOT_AGAIN}")


@app.command(rich_help_panel=EACH_DAY)
def redo(
    context: typer.Context,
    yes: Yes = False,  # noqa: ARG001  # it never asks; a script may pass it to undo and redo alike
    as_json: Json = False,
) -> None:
    """Do again what you last undid."""
    session: Session = context.obj
    step = verbs.redoable(session.journal)
    tell(f"Redoing {say_step(step, session.today, again=True, discreet=session.hides)}")
    with _bar(step.rows, "Redoing") as progress:
        verbs.redo(session.journal, step, progress)
    said = f"Done again. '{as_typed('undo')}' takes it back."
    session.say(said, as_json=as_json)


def _question(steps: Sequence[Step]) -> str | None:
    """What to ask before; None if nothing. What came from another machine goes from all of them."""
    which = f"these {len(steps)} commands" if len(steps) > 1 else "this"
    if any(step.command.verb == SYNC for step in steps):
        return f"Undo {which} on every machine?"
    return f"Undo {which}?" if len(steps) > 1 else None


def _took_lines(step: Step) -> bool:
    """Whether a command had logged lines of the inbox: they stay there, and are not asked again."""
    logged = any(effect[:2] == ("taken away", "interaction") for effect in step.effects)
    return step.command.verb == INBOX and logged


def _bar(rows: int, text: str) -> AbstractContextManager[Progress]:
    return nullcontext(lambda _: None) if rows < LONG else bar(rows, text)
