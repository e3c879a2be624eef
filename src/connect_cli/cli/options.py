"""Options and arguments that several commands share."""

from typing import Annotated

import typer

from connect_cli.cli.completion import (
    complete_name,
    complete_rest_of_name,
    complete_whole_name,
)

Name = Annotated[str, typer.Argument(help="The person.", autocompletion=complete_name)]
People = Annotated[
    str,
    typer.Argument(
        help="The person, or several: 'ada, tom', ada and tom.", autocompletion=complete_name
    ),
]
WholeName = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="The person.", autocompletion=complete_whole_name),
]
MOST = 10**9
"""The largest `--limit`: more rows than anybody has, and still valid in SQLite."""

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


When = Annotated[
    list[str] | None,
    typer.Argument(
        help="Until when: fri, 'in 3 weeks', 2026-12-01.", autocompletion=complete_rest_of_name
    ),
]
