"""Commands that look, and those that say when to look again."""

from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, LOOKING, app
from connect_cli.cli.completion import complete_kind, complete_tag, complete_whole_name
from connect_cli.cli.options import MOST, Json, Name, WholeName
from connect_cli.errors import as_typed
from connect_cli.journal import browsing, morning, resting
from connect_cli.render.words import say_end
from connect_cli.session import Session

When = Annotated[
    list[str] | None, typer.Argument(help="Until when: fri, 'in 3 weeks', 2026-12-01.")
]


@app.command(rich_help_panel=EACH_DAY)
def today(
    context: typer.Context,
    more: Annotated[
        int, typer.Option("--more", "-m", count=True, help="Propose as many again; repeatable.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Show whom to be in touch with today, and your last words."""
    session: Session = context.obj
    view = morning.today(session.journal, more)
    session.show(lambda renderer: renderer.today(view), as_json=as_json)


@app.command(rich_help_panel=EACH_DAY)
def show(
    context: typer.Context,
    name: WholeName,
    everything: Annotated[bool, typer.Option("--all", help="The whole timeline.")] = False,
    as_json: Json = False,
) -> None:
    """Show one person: all that matters before you meet."""
    session: Session = context.obj
    card = morning.card(session.journal, " ".join(name), everything=everything)
    session.show(
        lambda renderer: renderer.card(card, full=everything, height=session.height),
        as_json=as_json,
        long=everything,
    )


@app.command(rich_help_panel=EACH_DAY)
def snooze(context: typer.Context, name: Name, when: When = None) -> None:
    """Leave somebody off the list for a while."""
    session: Session = context.obj
    person, day = resting.snooze(session.journal, name, " ".join(when or ()))
    session.say(f"{person.name} is off the list until {say_end(day, session.today)}.")


@app.command(rich_help_panel=EACH_DAY)
def pause(
    context: typer.Context,
    name: WholeName,
    until: Annotated[
        str, typer.Option(metavar="DAY", help="The last day of it: 'in 3 weeks', 2026-12-01.")
    ] = "",
) -> None:
    """Stop somebody's clock, for a while or until you resume it."""
    session: Session = context.obj
    person, last_day = resting.pause(session.journal, " ".join(name), until)
    end = f"you say '{as_typed('resume')}'"
    if last_day is not None:
        end = f"the end of {say_end(last_day, session.today)}"
    session.say(f"The clock of {person.name} stands still until {end}.")


@app.command(rich_help_panel=EACH_DAY)
def resume(context: typer.Context, name: WholeName) -> None:
    """Let somebody's clock run again."""
    session: Session = context.obj
    person, changed = resting.resume(session.journal, " ".join(name))
    session.say(f"The clock of {person.name} {'runs again' if changed else 'was running'}.")


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
    entries = browsing.history(
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
    hits = browsing.search(session.journal, " ".join(words), min(limit, MOST))
    session.show(lambda renderer: renderer.hits(hits), as_json=as_json, long=True)
