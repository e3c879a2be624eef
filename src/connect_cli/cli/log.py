"""Commands about conversations: log, amend, delete."""

import inspect
from collections.abc import Callable
from functools import partial, wraps
from typing import Annotated, Any

import typer

from connect_cli.cli import forms
from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.completion import (
    complete_interaction,
    complete_kind,
    complete_name,
)
from connect_cli.cli.log_answers import answer, as_command, said_again, show
from connect_cli.cli.log_completion import complete_line
from connect_cli.cli.log_steps import step_by_step
from connect_cli.cli.options import Json, Yes
from connect_cli.errors import as_typed
from connect_cli.journal import log as verbs
from connect_cli.journal.drafts import Drafting, LogOptions
from connect_cli.journal.log import Logged
from connect_cli.journal.rehearsal import rehearse
from connect_cli.render.words import say_interaction
from connect_cli.session import Session

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
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be logged and asked, and stop.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Log a conversation, in one sentence.

    connect log "Coffee with Ada yesterday 45m: she is moving to Boston #work"

    Before the first colon: who, what, when and how long, in any order. After it: your note.
    Options win over the words. Without words it asks step by step, and it asks about unclear names.
    """
    session: Session = context.obj
    line = " ".join(words or ())
    piped = line == "-"
    lines = session.lines_of_stdin() if piped else [line]
    if dry_run:
        view = rehearse(session.journal, lines, said)
        session.show(lambda renderer: renderer.rehearsal(view), as_json=as_json)
        return
    if not line and said == LogOptions() and session.can_ask:
        logged = step_by_step(session)
    else:
        drafting = Drafting(session.journal, said)
        again = partial(as_command, line, said, as_json=as_json)
        with said_again(session, again, lambda: drafting.asked):
            logged = verbs.log_lines(
                session.journal, lines, said, drafting, at_keyboard=not piped or session.can_ask
            )
    answer(session, logged, as_json=as_json)


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
        amended = Logged(verbs.interaction(session.journal, interaction.id))
    else:
        amended = verbs.amend(session.journal, interaction, said)
    show(session, amended, as_json=as_json, before="Now:")


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
    what = say_interaction(interaction, session.today, discreet=session.hides)
    session.answers(yes=yes).confirm(f"Delete this interaction? {what}")
    verbs.delete(session.journal, interaction)
    session.say(f"Deleted: {what} '{as_typed('undo')}' brings it back.")
