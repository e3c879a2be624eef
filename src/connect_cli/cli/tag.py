"""`connect tag`: put a tag on people, or take it away."""

from functools import partial
from typing import Annotated

import typer

from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.completion import complete_rest_or_tag
from connect_cli.cli.options import InCircle, InPlace, InState, Several, WithTag, Yes, words_of
from connect_cli.cli.several import Outcome, confirm, outcome_lines, say_lines, with_value
from connect_cli.journal import tagging
from connect_cli.journal.chosen import needed_value
from connect_cli.journal.selection import Selection
from connect_cli.journal.tagging import Tagged
from connect_cli.language.plurals import listed
from connect_cli.session import Session


@app.command(rich_help_panel=PEOPLE)
def tag(
    context: typer.Context,
    name: Several = None,
    tags: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TAG",
            help="The tag, or several.",
            autocompletion=complete_rest_or_tag,
            show_default=False,
        ),
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Take it away.")] = False,
    circle: InCircle = None,
    tagged: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Put a tag on people, or take it away.

    connect tag ada, bob climbing
    """
    session: Session = context.obj
    selection = Selection(circle, tagged, tuple(state or ()), place)
    reads = partial(tagging.read_tags, session.journal)
    found = with_value(session, "tag", words_of(name, tags), selection, reads)
    if found.people:
        words = needed_value("tag", found, "tag", "climbing")
        reads(words)
        confirm(session, "Tag", found.people, yes=yes)
        done = tagging.tag(session.journal, found.people, words, drop=drop)
        _say_tagged(session, done, drop=drop)


def _say_tagged(session: Session, done: Tagged, *, drop: bool) -> None:
    """Say whose tags changed, and for whom there was nothing to do."""
    said = listed([f"#{one}" for one in done.tags])
    new, old = ("no longer tagged", "not tagged") if drop else ("tagged", "already tagged")
    outcomes = [Outcome(one, f" is {new} {said}.", f" are {new} {said}.") for one in done.changed]
    outcomes += [Outcome(one, f" was {old} {said}.", f" were {old} {said}.") for one in done.same]
    say_lines(session, outcome_lines(outcomes))
