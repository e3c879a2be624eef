"""Ties between people: relate."""

from contextlib import suppress
from typing import Annotated

import typer

from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.completion import complete_other, complete_relation
from connect_cli.cli.options import Name
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import persons
from connect_cli.journal import relations as verbs
from connect_cli.language.person_first import divide
from connect_cli.language.relations import say_relation
from connect_cli.model import Relation, Tied
from connect_cli.render.words import ended
from connect_cli.session import Session


@app.command(rich_help_panel=PEOPLE)
def relate(
    context: typer.Context,
    name: Name,
    other: Annotated[
        list[str] | None,
        typer.Argument(help="The other person.", autocompletion=complete_other, show_default=False),
    ] = None,
    word: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="WORD",
            help="What the first is of the second: sister, friend, 'met through'.",
            autocompletion=complete_relation,
        ),
    ] = "",
    drop: Annotated[bool, typer.Option("--drop", help="Remove the tie.")] = False,
) -> None:
    """Keep how two people belong together.

    connect relate ada grace --as sister

    It says "Ada is Grace's sister", and both cards show it.
    """
    session: Session = context.obj
    first, second = persons.two(
        session.journal, "relate", (name, *(other or ())), ("--as", "sister")
    )
    if drop:
        gone = verbs.drop(session.journal, first, second, word, discreet=session.hides)
        session.say(f"Removed: {_said(session, gone)}")
        return
    if not word:
        how = _with_word(session, first, second)
        raise NotUnderstood("no word was given for the relation", f"for example: {how}")
    tie, is_new = verbs.relate(session.journal, first, second, word)
    session.say(_said(session, tie) if is_new else f"Already there: {_said(session, tie)}")


def _said(session: Session, tie: Tied | Relation) -> str:
    return ended(say_relation(tie._replace(word=session.hide(tie.word))))


def _with_word(session: Session, first: str, second: str) -> str:
    """The command with a word: the one that follows the second name, if one does."""
    with suppress(NotUnderstood):
        found = divide(second.split(), session.journal.names())
        if found.is_known and len(found.people) == 1 and found.value:
            second = found.people[0][0]
            return as_typed("relate", first, second, options=("--as", found.value))
    return as_typed("relate", first, second, options=("--as", "sister"))
