"""Commands about what is worth remembering: remember, promise, ask, promises, done."""

from typing import Annotated

import typer

from connect_cli.cli.app import MEMORY, app
from connect_cli.cli.completion import complete_promise, complete_whole_name
from connect_cli.cli.options import Json, Name
from connect_cli.errors import NotUnderstood, as_typed, shell_word
from connect_cli.journal import memory
from connect_cli.model import Owed, Promise
from connect_cli.render.words import ended, say_when
from connect_cli.session import Session
from connect_cli.terminal.output import tell

Text = Annotated[list[str], typer.Argument(metavar="TEXT", help="In your own words.")]


@app.command(rich_help_panel=MEMORY)
def remember(
    context: typer.Context,
    name: Name,
    detail: Annotated[
        list[str] | None,
        typer.Argument(help="A label and a value: 'usual order: flat white'."),
    ] = None,
    drop: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Drop this detail instead.")
    ] = None,
) -> None:
    """Remember a detail about somebody.

    connect remember ada "usual order: flat white"

    The same label again replaces the value.
    """
    session: Session = context.obj
    if drop is not None:
        person, old = memory.drop(session.journal, name, drop)
        told = session.hide(f"{old.label}: {old.value}")
        session.say(ended(f"Dropped a detail of {person.name}: {told}"))
        return
    if not detail:
        raise NotUnderstood(
            "no detail was given",
            f"for example: {as_typed('remember', name, 'tea: no milk')}",
        )
    person, kept, replaced = memory.remember(session.journal, name, " ".join(detail))
    told = session.hide(f"{kept.label}: {kept.value}")
    before = ""
    if replaced is not None and replaced != kept.value:
        before = ended(f" It replaces: {session.hide(replaced)}")
    session.say(ended(f"Remembered for {person.name}: {told}") + before)


@app.command(rich_help_panel=MEMORY)
def promise(
    context: typer.Context,
    name: Name,
    text: Text,
    by: Annotated[str, typer.Option(metavar="DAY", help="fri, 'in 2 weeks', 2026-12-01.")] = "",
    theirs: Annotated[bool, typer.Option("--theirs", help="They promised you.")] = False,
) -> None:
    """Note a promise, yours or theirs, until it is done."""
    session: Session = context.obj
    owed, words = Owed.THEM if theirs else Owed.ME, " ".join(text)
    _say_kept(session, memory.promise(session.journal, name, words, owed, by))
    if not (by or theirs) and (day := memory.day_said(session.journal, words)):
        shown = "DAY" if session.hides else shell_word(day)
        tell(f"No day was set. To set one: --by {shown}")


@app.command(rich_help_panel=MEMORY)
def ask(
    context: typer.Context,
    name: Name,
    text: Text,
    on: Annotated[str, typer.Option(metavar="DAY", help="Ask on this day or later.")] = "",
) -> None:
    """Note a question for the next time you talk."""
    session: Session = context.obj
    _say_kept(session, memory.promise(session.journal, name, " ".join(text), Owed.ASK, on))


@app.command(rich_help_panel=MEMORY)
def promises(
    context: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(help="Only with this person.", autocompletion=complete_whole_name),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are done.")] = False,
    as_json: Json = False,
) -> None:
    """List open promises and questions."""
    session: Session = context.obj
    found = memory.promises(session.journal, " ".join(name) if name else None, kept=everything)
    session.show(lambda renderer: renderer.promises(found), as_json=as_json, long=True)


@app.command(rich_help_panel=MEMORY)
def done(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|WORDS", help="Which one; see promises.", autocompletion=complete_promise
        ),
    ],
) -> None:
    """Close a promise or a question."""
    session: Session = context.obj
    loop = memory.open_loop(session.journal, " ".join(words), discreet=session.hides)
    memory.done(session.journal, [loop])
    session.say(ended(f"Done: {loop.person.name}: {session.hide(loop.text)}"))


def _say_kept(session: Session, kept: Promise) -> None:
    day = "" if kept.due_on is None else f" ({say_when(kept.due_on, session.today)})"
    what = _KEPT[kept.owed].format(kept.person.name)
    session.say(ended(f"{what}: {session.hide(kept.text)}{day}"))


_KEPT = {
    Owed.ME: "You promised {}",
    Owed.THEM: "{} promised you",
    Owed.ASK: "To ask {}",
}
