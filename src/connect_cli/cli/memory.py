"""Commands about what is worth remembering: remember, promise, ask, tell, promises, done."""

from collections.abc import Sequence
from typing import Annotated

import typer

from connect_cli.cli.app import MEMORY, app
from connect_cli.cli.completion import (
    complete_promise,
    complete_rest_of_name,
    complete_whole_name,
)
from connect_cli.cli.options import (
    InCircle,
    InPlace,
    InState,
    Json,
    People,
    Several,
    WithTag,
    Yes,
    words_of,
)
from connect_cli.cli.several import confirm, with_value
from connect_cli.errors import as_typed, shell_word
from connect_cli.journal import memory, persons
from connect_cli.journal.chosen import needed_value
from connect_cli.journal.memory import Remembered
from connect_cli.journal.selection import Selection
from connect_cli.language.plurals import listed_briefly
from connect_cli.language.tags import check_text
from connect_cli.model import Detail, Owed, Promise
from connect_cli.render.log_words import say_done
from connect_cli.render.words import ended, say_when, say_yearly
from connect_cli.session import Session
from connect_cli.terminal import output

Text = Annotated[
    list[str],
    typer.Argument(metavar="TEXT", help="In your own words.", autocompletion=complete_rest_of_name),
]


@app.command(rich_help_panel=MEMORY)
def remember(
    context: typer.Context,
    name: People,
    detail: Annotated[
        list[str] | None,
        typer.Argument(
            help="'usual order: flat white', 'birthday: 16 march', or words alone.",
            autocompletion=complete_rest_of_name,
        ),
    ] = None,
    yearly: Annotated[
        bool, typer.Option("--yearly", help="It is a day of every year: 'name day: 6 dec'.")
    ] = False,
    drop: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Drop the detail or day with this label, words or id."),
    ] = None,
) -> None:
    """Remember a detail about somebody, or a yearly day.

    connect remember ada "usual order: flat white"

    The same label again replaces the value. Details without a label stand side by side.
    """
    session: Session = context.obj
    words = (name, *(detail or ()))
    if drop is not None:
        _drop(session, words, drop)
        return
    people, text = persons.several(session.journal, words)
    persons.value_of("remember", people[0].name, text, "detail", "tea: no milk")
    for kept in memory.remember(session.journal, people, text, yearly=yearly):
        session.say(_remembered(session, kept))


def _drop(session: Session, words: Sequence[str], drop: str) -> None:
    typed, more = persons.one(session.journal, "remember", words)
    wanted = f"{drop} {more}".strip()
    person, old = memory.drop(session.journal, typed, wanted, discreet=session.hides)
    session.say(ended(f"Dropped a detail of {person.name}: {session.hide(old)}"))


def _remembered(session: Session, done: Remembered) -> str:
    """What was kept, about whom, and what it replaced."""
    kept, name = done.kept, done.person.name
    said = (
        session.hide(kept.said)
        if isinstance(kept, Detail)
        else say_yearly(kept, session.today, died=done.died, discreet=session.hides)
    )
    if not done.changed:
        return ended(f"Already there for {name}, nothing changed: {said}")
    before = ""
    if done.replaced is not None:
        old = session.hide(done.replaced) if isinstance(kept, Detail) else done.replaced
        before = ended(f" It replaces: {old}")
    return ended(f"Remembered for {name}: {said}") + before


@app.command(rich_help_panel=MEMORY)
def promise(
    context: typer.Context,
    name: People,
    text: Text,
    by: Annotated[str, typer.Option(metavar="DAY", help="fri, 'in 2 weeks', 2026-12-01.")] = "",
    theirs: Annotated[bool, typer.Option("--theirs", help="They promised you.")] = False,
) -> None:
    """Note a promise, yours or theirs, until it is done."""
    session: Session = context.obj
    people, words = persons.several(session.journal, (name, *text))
    persons.value_of("promise", people[0].name, words, "text", "send the book")
    owed = Owed.THEM if theirs else Owed.ME
    _say_kept(session, memory.promise(session.journal, people, words, owed, by))
    if not (by or theirs) and (day := memory.day_said(words, session.today)):
        shown = "DAY" if session.hides else shell_word(day)
        output.tell(
            f"No day was set. To set one: {as_typed('undo')}, then the same with --by {shown}"
        )


@app.command(rich_help_panel=MEMORY)
def ask(
    context: typer.Context,
    name: People,
    text: Text,
    on: Annotated[str, typer.Option(metavar="DAY", help="Ask on this day or later.")] = "",
) -> None:
    """Note a question for the next time you talk."""
    session: Session = context.obj
    people, words = persons.several(session.journal, (name, *text))
    persons.value_of("ask", people[0].name, words, "question", "how is Boston?")
    _say_kept(session, memory.promise(session.journal, people, words, Owed.ASK, on))


@app.command(rich_help_panel=MEMORY)
def tell(
    context: typer.Context,
    name: Several = None,
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT",
            help="In your own words.",
            autocompletion=complete_rest_of_name,
            show_default=False,
        ),
    ] = None,
    circle: InCircle = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Note something to tell somebody the next time you talk.

    connect tell ada, tom "got the allotment"
    """
    session: Session = context.obj
    selection = Selection(circle, tag, tuple(state or ()), place)
    found = with_value(session, "tell", words_of(name, text), selection, check_text)
    if found.people:
        words = needed_value("tell", found, "news", "got the allotment")
        confirm(session, "Note it for", found.people, yes=yes)
        _say_kept(session, memory.promise(session.journal, found.people, words, Owed.TELL))


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
    """List open promises, questions and what to tell."""
    session: Session = context.obj
    found = memory.promises(session.journal, " ".join(name) if name else None, kept=everything)
    session.show(
        lambda renderer: renderer.promises(found), as_json=as_json, long=True, empty=not found
    )


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
    """Close a promise, a question or what you told."""
    session: Session = context.obj
    loop = memory.open_loop(session.journal, " ".join(words), discreet=session.hides)
    memory.done(session.journal, [loop])
    session.say(say_done(loop, discreet=session.hides))


def _say_kept(session: Session, kept: Sequence[Promise]) -> None:
    """Say what was kept, about whom, and in whose debt."""
    first = kept[0]
    day = "" if first.due_on is None else f" ({say_when(first.due_on, session.today)})"
    what = _KEPT[first.owed].format(listed_briefly([one.person.name for one in kept]))
    if first.owed is Owed.ASK and first.due_on is None:
        what += " next time"
    session.say(ended(f"{what}: {session.hide(first.text)}{day}"))


_KEPT = {
    Owed.ME: "You promised {}",
    Owed.THEM: "{} promised you",
    Owed.ASK: "To ask {}",
    Owed.TELL: "To tell {}",
}
