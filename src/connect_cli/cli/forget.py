"""Two people who are one, and somebody who is to be forgotten: merge, forget."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.completion import complete_name
from connect_cli.cli.options import Json, Name, WholeName, Yes
from connect_cli.errors import NotConfirmed, NotSwept, as_typed
from connect_cli.journal import merge as verbs
from connect_cli.language.counting import counted
from connect_cli.model import Named
from connect_cli.render.change_words import say_traces
from connect_cli.safety import forget as safety_forget
from connect_cli.safety.forget import STEPS
from connect_cli.session import Session
from connect_cli.terminal.output import bar, tell, tell_error


def forget_for_good(session: Session, person: Named, *, yes: bool = False) -> None:
    """Say what goes, ask, do it, and name the files that still hold them."""
    copies, others, trouble = _forget(session, person, yes=yes)
    session.say(f"{person.name} is forgotten.")
    hold = "are encrypted and may" if session.journal.is_encrypted else "still"
    _name(f"These copies of the journal {hold} hold them; remove them too, if you wish:", copies)
    _name("These files beside the journal hold the name:", others)
    if trouble is not None:
        raise trouble


def forget_if_wanted(session: Session, person: Named) -> str | None:
    """The same among other decisions; returns what was done, or None when they stay."""
    with suppress(NotConfirmed):
        copies, _, trouble = _forget(session, person, yes=False)
        if trouble is not None:
            tell_error(trouble)
        held = (
            f" Copies of the journal still hold them; see: {as_typed('restore')}" if copies else ""
        )
        return f"{person.name} is forgotten.{held}"
    return None


def _forget(
    session: Session, person: Named, *, yes: bool
) -> tuple[list[Path], list[Path], NotSwept | None]:
    """The copies and other files that hold them still, and what could not be cleared."""
    trouble = None
    journal = session.journal
    traces = safety_forget.traces(journal, person)
    for line in say_traces(person.name, traces):
        tell(line)
    session.answers(yes=yes).confirm(f"Forget {person.name} for good?")
    with bar(STEPS, "Forgetting") as progress:
        try:
            safety_forget.forget(journal, person, progress)
        except NotSwept as error:
            trouble = error
    return *safety_forget.still_held(journal, traces.names), trouble


def _name(told: str, files: Sequence[Path]) -> None:
    if files:
        tell(told)
        for file in files:
            tell(f"  {file}")


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
    merged = verbs.merge(session.journal, name, other, session.answers(), prefer)
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
