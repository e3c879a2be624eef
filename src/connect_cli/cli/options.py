"""Options and arguments that several commands share."""

from collections.abc import Sequence
from typing import Annotated

import typer

from connect_cli.cli.completion import (
    complete_circle,
    complete_name,
    complete_names,
    complete_people,
    complete_place,
    complete_rest_of_name,
    complete_tag,
    complete_whole_name,
)
from connect_cli.views import State

Name = Annotated[str, typer.Argument(help="The person.", autocompletion=complete_name)]
People = Annotated[
    str,
    typer.Argument(
        help="The person, or several: 'ada, tom', ada and tom.", autocompletion=complete_people
    ),
]
WholeName = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="The person.", autocompletion=complete_whole_name),
]
Several = Annotated[
    str | None,
    typer.Argument(
        help="The person, or several: 'ada, tom', ada and tom; - reads names from stdin.",
        autocompletion=complete_people,
        show_default=False,
    ),
]
AllOfThem = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME",
        help="The person, or several: 'ada, tom', ada and tom; - reads names from stdin.",
        autocompletion=complete_names,
        show_default=False,
    ),
]
WithTag = Annotated[
    str | None,
    typer.Option("--tag", metavar="WORD", help="Whom: with this tag.", autocompletion=complete_tag),
]
InCircle = Annotated[
    str | None,
    typer.Option(
        "--circle",
        metavar="CIRCLE",
        help="Whom: in this circle.",
        autocompletion=complete_circle,
    ),
]
InState = Annotated[
    list[State] | None,
    typer.Option(
        "--state",
        metavar="STATE",
        help=f"Whom: {', '.join(State)}; may be repeated.",
    ),
]
InPlace = Annotated[
    str | None,
    typer.Option(
        "--in",
        metavar="PLACE",
        help="Whom: who lives there or has an address there.",
        autocompletion=complete_place,
    ),
]
MOST = 10**9
"""The largest `--limit`: more rows than anybody has, and still valid in SQLite."""

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


When = Annotated[
    list[str] | None,
    typer.Argument(
        help="Until when: fri, 2 weeks, june, 2026-12-01.",
        autocompletion=complete_rest_of_name,
        show_default=False,
    ),
]


def words_of(*said: str | Sequence[str] | None) -> tuple[str, ...]:
    """The words of several arguments, in their order; what was not given is left out."""
    found: list[str] = []
    for each in said:
        found += [each] if isinstance(each, str) else each or ()
    return tuple(found)
