"""Options and arguments that several commands share."""

from typing import Annotated

import typer

from connect_cli.cli.completion import (
    complete_name,
    complete_whole_name,
)

Name = Annotated[str, typer.Argument(help="Whom it is about.", autocompletion=complete_name)]
WholeName = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="Whom it is about.", autocompletion=complete_whole_name),
]
MOST = 10**9
"""More lines than anybody has, and as many as SQLite can be asked for."""

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


When = Annotated[
    list[str] | None, typer.Argument(help="Until when: fri, 'in 3 weeks', 2026-12-01.")
]
