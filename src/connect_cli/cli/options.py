"""Options and arguments that several commands share."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from connect_cli.cli.completion import (
    complete_kind,
    complete_name,
    complete_whole_name,
)
from connect_cli.journal.log import LogOptions

Name = Annotated[str, typer.Argument(help="Whom it is about.", autocompletion=complete_name)]
WholeName = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="Whom it is about.", autocompletion=complete_whole_name),
]
MOST = 10**9
"""More lines than anybody has, and as many as SQLite can be asked for."""

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]

Texts = list[str] | None


def _said(
    people: Annotated[
        Texts,
        typer.Option("--with", metavar="NAME", help="With whom.", autocompletion=complete_name),
    ] = None,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="coffee, call, walk …", autocompletion=complete_kind)
    ] = "",
    on: Annotated[str, typer.Option(metavar="DAY", help="yesterday, 'last tue', 2026-01-05.")] = "",
    minutes: Annotated[str, typer.Option("--for", metavar="TIME", help="45m, 1h30, 1:30.")] = "",
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What to keep of it.")] = None,
    energy: Annotated[
        str, typer.Option(metavar="WORD", help="What it did to you: gave, even or took.")
    ] = "",
    counts: Annotated[
        str, typer.Option(metavar="WORD", help="Whether it is contact: yes, half or no.")
    ] = "",
    tried: Annotated[
        bool | None,
        typer.Option("--tried/--no-tried", help="Nobody answered: kept, but not contact."),
    ] = None,
    theirs: Annotated[bool | None, typer.Option("--theirs", help="They reached out.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Add who is unknown without asking.")] = False,
    promise: Annotated[Texts, typer.Option(metavar="TEXT", help="What you promised.")] = None,
    ask: Annotated[Texts, typer.Option(metavar="TEXT", help="What to ask next time.")] = None,
    remember: Annotated[
        Texts, typer.Option(metavar="DETAIL", help="'usual order: flat white'.")
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
    """Give a command all these options in the place of its parameter `said`."""
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


When = Annotated[
    list[str] | None, typer.Argument(help="Until when: fri, 'in 3 weeks', 2026-12-01.")
]
