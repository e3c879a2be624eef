"""Commands about conversations: log, amend, delete."""

import inspect
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Annotated, Any

import typer

from connect_cli.cli import forms
from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.completion import (
    complete_interaction,
    complete_kind,
    complete_name,
)
from connect_cli.cli.log_completion import complete_line
from connect_cli.cli.options import Json, Yes
from connect_cli.errors import ConnectError, NotUnderstood, as_typed
from connect_cli.journal import log as verbs
from connect_cli.journal import memory
from connect_cli.journal.log import Logged, LogOptions
from connect_cli.language.day_options import read_past_day
from connect_cli.language.times import read_minutes
from connect_cli.language.vocabulary import read_kind
from connect_cli.model import Interaction, Owed, Promise
from connect_cli.render import Renderer
from connect_cli.render.words import say_interaction, say_names, say_promise_day
from connect_cli.session import Session
from connect_cli.terminal.output import tell
from connect_cli.terminal.prompts import ask, asked, to_close

Texts = list[str] | None


def _said(
    people: Annotated[
        Texts,
        typer.Option("--with", metavar="NAME", help="Who took part.", autocompletion=complete_name),
    ] = None,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="coffee, call, walk …", autocompletion=complete_kind)
    ] = "",
    on: Annotated[str, typer.Option(metavar="DAY", help="yesterday, 'last tue', 2026-01-05.")] = "",
    minutes: Annotated[str, typer.Option("--for", metavar="TIME", help="45m, 1h30, 1:30.")] = "",
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A note.")] = None,
    energy: Annotated[
        str, typer.Option(metavar="WORD", help="Your energy: it gave, even, or took.")
    ] = "",
    counts: Annotated[
        str, typer.Option(metavar="WORD", help="Whether it is contact: yes, half or no.")
    ] = "",
    tried: Annotated[
        bool | None,
        typer.Option("--tried/--no-tried", help="Nobody answered: logged, but not as contact."),
    ] = None,
    theirs: Annotated[bool | None, typer.Option("--theirs", help="They reached out.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Add unknown people without asking.")] = False,
    promise: Annotated[Texts, typer.Option(metavar="TEXT", help="What you promised.")] = None,
    ask: Annotated[Texts, typer.Option(metavar="TEXT", help="What to ask next time.")] = None,
    remember: Annotated[
        Texts, typer.Option(metavar="DETAIL", help="A detail: 'usual order: flat white'.")
    ] = None,
) -> LogOptions:
    return LogOptions(
        people=tuple(people or ()),
        kind=kind,
        on=on,
        minutes=minutes,
        note=note,
        energy=energy,
        counts=counts,
        tried=tried,
        theirs=theirs,
        new=new,
        promises=tuple(promise or ()),
        asks=tuple(ask or ()),
        details=tuple(remember or ()),
    )


def with_said_options(command: Callable[..., None]) -> Callable[..., None]:
    """Replace a command's parameter `said` by the options of `log`."""
    options = inspect.signature(_said).parameters
    own = inspect.signature(command)

    @wraps(command)
    def run(**values: Any) -> None:
        said = _said(**{name: values.pop(name) for name in options})
        command(**values, said=said)

    merged = [each for each in own.parameters.values() if each.name != "said"]
    merged[2:2] = options.values()
    run.__signature__ = own.replace(parameters=merged)  # type: ignore[attr-defined]  # how inspect is told
    run.__annotations__ = {each.name: each.annotation for each in merged}
    return run


@app.command(rich_help_panel=EACH_DAY)
@with_said_options
def log(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="What happened, in a sentence; - reads one per line from stdin.",
            autocompletion=complete_line,
        ),
    ] = None,
    *,
    said: LogOptions,
    as_json: Json = False,
) -> None:
    """Log a conversation, in one sentence.

    connect log "Coffee with Ada yesterday 45m: she is moving to Boston #work"

    Before the first colon: who, what, when and how long, in any order. After it: your note.
    Options win over the words. Without words it asks step by step, and it asks about unclear names.
    """
    session: Session = context.obj
    line = " ".join(words or ())
    if line == "-":
        _answer(session, verbs.log_lines(session.journal, session.lines_of_stdin(), said), as_json)
        return
    if not line and said == LogOptions() and session.can_ask:
        logged = _step_by_step(session)
    else:
        logged = verbs.log_lines(session.journal, [line], said)
    _answer(session, logged, as_json)


@app.command(rich_help_panel=EACH_DAY)
@with_said_options
def amend(
    context: typer.Context,
    interaction_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Which interaction; without it, the last one.",
            autocompletion=complete_interaction,
        ),
    ] = None,
    *,
    said: LogOptions,
    as_json: Json = False,
) -> None:
    """Change an interaction, with the options of log or in your editor."""
    session: Session = context.obj
    interaction = verbs.interaction(session.journal, interaction_id)
    if said == LogOptions():
        changed = session.edit_until_valid(
            forms.interaction_form(interaction),
            lambda text: verbs.rewrite(session.journal, interaction, forms.said_of(text)),
        )
        if not changed:
            session.say("Nothing changed.")
            return
        amended = verbs.interaction(session.journal, interaction.id)
    else:
        amended = verbs.amend(session.journal, interaction, said).interaction
    session.show(_saying(amended, "Now:", ""), as_json=as_json)


@app.command(rich_help_panel=EACH_DAY)
def delete(
    context: typer.Context,
    interaction_id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Which interaction; see history.",
            autocompletion=complete_interaction,
        ),
    ],
    yes: Yes = False,
) -> None:
    """Delete an interaction."""
    session: Session = context.obj
    interaction = verbs.interaction(session.journal, interaction_id)
    what = say_interaction(interaction, session.today)
    session.answers(yes=yes).confirm(f"Delete this interaction? {what}")
    verbs.delete(session.journal, interaction)
    session.say(f"Deleted: {what} '{as_typed('undo')}' brings it back.")


def _step_by_step(session: Session) -> list[Logged]:
    """Ask for each part and log it. If that fails, print the answers as a command to reuse."""
    line, said = ask_interaction(session.today)
    try:
        return verbs.log_lines(session.journal, [line], said)
    except ConnectError:
        tell("Your answers as one command:")
        tell(as_command(line, said), whole=True)
        raise


def _answer(session: Session, logged: Sequence[Logged], as_json: bool) -> None:
    """Say what was understood and how to undo it, then offer to close open loops."""
    for one in logged:
        added = f"Added {say_names(one.added)}." if one.added else ""
        after = f"'{as_typed('undo')}' takes it back." if len(logged) == 1 else ""
        session.show(_saying(one.interaction, added, after), as_json=as_json)
    loops = [loop for one in logged for loop in one.open_loops]
    if loops and not as_json:
        _offer_to_close(session, list(dict.fromkeys(loops)))


def _saying(interaction: Interaction, before: str, after: str) -> Callable[[Renderer], None]:
    return lambda renderer: renderer.answer(interaction, before=before, after=after)


def _offer_to_close(session: Session, loops: Sequence[Promise]) -> None:
    """Show the open loops with these people; on a terminal, offer to close them."""
    tell("Still open:")
    for number, loop in enumerate(loops, 1):
        tell(f"  {number}  {_loop_said(session, loop)}")
    if session.can_ask:
        closed = to_close(loops)
        if closed:
            memory.done(session.journal, closed)
            tell(f"Closed {len(closed)}.")


def _loop_said(session: Session, loop: Promise) -> str:
    day = say_promise_day(loop, session.today)
    said = f"{_OWED[loop.owed].format(loop.person.name)}: {session.hide(loop.text)}"
    return f"{said} ({day})" if day else said


_OWED = {
    Owed.ME: "you promised {}",
    Owed.THEM: "{} promised you",
    Owed.ASK: "to ask {}",
}


def ask_interaction(today: date) -> tuple[str, LogOptions]:
    """Ask for an interaction step by step, each question until the answer is understood."""
    people = ask("With whom? ")
    if not people:
        raise NotUnderstood("you named nobody, so nothing was logged")
    kind = asked("What was it (coffee, call, walk …)? ", read_kind)
    on = asked("Which day [today]? ", lambda text: read_past_day(text, today))
    minutes = asked("How long [not said]? ", read_minutes)
    note = ask("What do you want to remember of it? ")
    promise = ask("Did you promise anything? ")
    question = ask("Anything to ask next time? ")
    return people, LogOptions(
        kind=kind,
        on=on,
        minutes=minutes,
        note=note or None,
        promises=(promise,) if promise else (),
        asks=(question,) if question else (),
    )


def as_command(line: str, said: LogOptions) -> str:
    """The answers as one command line, so that nothing has to be typed twice."""
    options = (
        *(("kind", said.kind), ("on", said.on), ("for", said.minutes), ("note", said.note)),
        *(("promise", text) for text in said.promises),
        *(("ask", text) for text in said.asks),
    )
    given = [f"--{option}={text}" for option, text in options if text]
    return as_typed("log", line, options=given)
