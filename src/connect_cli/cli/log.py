"""Commands about conversations: log, amend, delete."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated

import typer

from connect_cli.cli import forms
from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.completion import complete_entry
from connect_cli.cli.log_completion import complete_line
from connect_cli.cli.options import Json, Yes, with_said_options
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


@app.command(rich_help_panel=EACH_DAY)
@with_said_options
def log(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="What happened, in a sentence; - reads one a line from stdin.",
            autocompletion=complete_line,
        ),
    ] = None,
    *,
    said: LogOptions,
    as_json: Json = False,
) -> None:
    """Keep a conversation, in one sentence.

    connect log "Coffee with Ada yesterday 45m: she is moving to Boston #work"

    Before the first colon stand who, what, when and how long, in any order; after it the note.
    Options say the same and win. Without words it asks; a name that is not certain is asked about.
    """
    session: Session = context.obj
    line = " ".join(words or ())
    if line == "-":
        _answer(session, verbs.log_lines(session.journal, session.lines_of_stdin(), said), as_json)
        return
    if not line and said == LogOptions() and session.can_ask:
        logged = _step_by_step(session)
    else:
        logged = verbs.log(session.journal, line, said)
    _answer(session, [logged], as_json)


@app.command(rich_help_panel=EACH_DAY)
@with_said_options
def amend(
    context: typer.Context,
    entry_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Which entry; without it, the last one.",
            autocompletion=complete_entry,
        ),
    ] = None,
    *,
    said: LogOptions,
    as_json: Json = False,
) -> None:
    """Change an entry, by the options of log or in your editor."""
    session: Session = context.obj
    entry = verbs.entry(session.journal, entry_id)
    if said == LogOptions():
        changed = session.edit_until_valid(
            forms.entry_form(entry),
            lambda text: verbs.rewrite(session.journal, entry, forms.said_of(text)),
        )
        if not changed:
            session.say("Nothing changed.")
            return
        amended = verbs.entry(session.journal, entry.id)
    else:
        amended = verbs.amend(session.journal, entry, said).interaction
    session.show(_saying(amended, "Now:", ""), as_json=as_json)


@app.command(rich_help_panel=EACH_DAY)
def delete(
    context: typer.Context,
    entry_id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Which entry; see history.", autocompletion=complete_entry
        ),
    ],
    yes: Yes = False,
) -> None:
    """Delete an entry."""
    session: Session = context.obj
    entry = verbs.entry(session.journal, entry_id)
    what = say_interaction(entry, session.today)
    session.answers(yes=yes).confirm(f"Delete this entry? {what}")
    verbs.delete(session.journal, entry)
    session.say(f"Deleted: {what} '{as_typed('undo')}' brings it back.")


def _step_by_step(session: Session) -> Logged:
    """Log what is asked for; what was typed is not lost with a name that is left open."""
    line, said = ask_entry(session.today)
    try:
        return verbs.log(session.journal, line, said)
    except ConnectError:
        tell("What you answered, in one command:")
        tell(as_command(line, said), whole=True)
        raise


def _answer(session: Session, logged: Sequence[Logged], as_json: bool) -> None:
    """Say what was understood, and how to take it back; then offer to close what is open."""
    for one in logged:
        added = f"Added {say_names(one.added)}." if one.added else ""
        after = f"'{as_typed('undo')}' takes it back." if len(logged) == 1 else ""
        session.show(_saying(one.interaction, added, after), as_json=as_json)
    loops = [loop for one in logged for loop in one.open_loops]
    if loops and not as_json:
        _offer_to_close(session, list(dict.fromkeys(loops)))


def _saying(entry: Interaction, before: str, after: str) -> Callable[[Renderer], None]:
    return lambda renderer: renderer.answer(entry, before=before, after=after)


def _offer_to_close(session: Session, loops: Sequence[Promise]) -> None:
    """Show what was open with the people of an entry; at a terminal, offer to close it."""
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


def ask_entry(today: date) -> tuple[str, LogOptions]:
    """Ask for an entry step by step; an answer that is not understood is asked for again."""
    people = ask("With whom? ")
    if not people:
        raise NotUnderstood("nobody was named, so nothing was logged")
    kind = asked("What was it (coffee, call, walk …)? ", read_kind)
    on = asked("Which day [today]? ", lambda text: read_past_day(text, today))
    minutes = asked("How long [not said]? ", read_minutes)
    note = ask("What do you want to keep of it? ")
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
    """The command that says what was answered, so that nothing has to be typed twice."""
    options = (
        *(("kind", said.kind), ("on", said.on), ("for", said.minutes), ("note", said.note)),
        *(("promise", text) for text in said.promises),
        *(("ask", text) for text in said.asks),
    )
    given = [f"--{option}={text}" for option, text in options if text]
    return as_typed("log", line, options=given)
