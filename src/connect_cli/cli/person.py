"""Commands that change what is known of a person: add, edit, alias, rename."""

from collections.abc import Sequence
from typing import Annotated

import typer

from connect_cli.cli import forms
from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.cadence import cadence_said, note_said, say_moved
from connect_cli.cli.completion import (
    complete_cadence,
    complete_circle,
    complete_rest_of_name,
    complete_tag,
)
from connect_cli.cli.options import (
    AllOfThem,
    InPlace,
    InState,
    Name,
    WithTag,
    Yes,
    words_of,
)
from connect_cli.cli.planning import over_said
from connect_cli.cli.several import (
    Outcome,
    alone,
    confirm,
    outcome_lines,
    say_lines,
)
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import cadence, persons, planning
from connect_cli.journal import people as verbs
from connect_cli.journal.chosen import Chosen
from connect_cli.journal.people import Profile
from connect_cli.journal.selection import Selection
from connect_cli.language.like_names import names_said
from connect_cli.language.plurals import listed
from connect_cli.model import Named, Person
from connect_cli.session import Session


@app.command(rich_help_panel=PEOPLE)
def add(
    context: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(help="Their full name; several in quotes each, or with commas between."),
    ] = None,
    every: Annotated[
        str,
        typer.Option(
            metavar="CADENCE",
            help="How often: 3d, 2w, 1m, 1y, 'first friday'.",
            autocompletion=complete_cadence,
        ),
    ] = "",
    circle: Annotated[
        str,
        typer.Option(
            metavar="CIRCLE",
            help="inner, close, friends, wide, or your own.",
            autocompletion=complete_circle,
        ),
    ] = "",
    alias: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Another name; may be repeated.")
    ] = None,
    birthday: Annotated[
        str, typer.Option(metavar="DAY", help="1815-12-10, or 12-10 without a year.")
    ] = "",
    email: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="An email address.")
    ] = None,
    phone: Annotated[
        list[str] | None, typer.Option(metavar="NUMBER", help="A phone number.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD", help="A tag; may be repeated.", autocompletion=complete_tag),
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Add them even beside somebody of a like name.")
    ] = False,
    mail: Annotated[
        str, typer.Option("--from", metavar="FILE", help="The sender of a mail; - reads stdin.")
    ] = "",
) -> None:
    """Add somebody."""
    session: Session = context.obj
    if mail:
        from connect_cli.exchange import mailbox  # noqa: PLC0415  # only a mail needs it

        sender = mailbox.sender(session.journal, session.content_of(mail))
        names = [" ".join(name or [sender.name])]
        email = [*sender.emails, *(email or ())]
    elif name:
        names = names_said(name)
    else:
        raise NotUnderstood("no name was given", f"for example: {as_typed('add')} 'Ada Lovelace'")
    profile = Profile(
        name=names[0],
        aliases=tuple(alias or ()),
        circle=circle,
        every=every,
        birthday=birthday,
        emails=tuple(email or ()),
        phones=tuple(phone or ()),
        tags=tuple(tag or ()),
    )
    if len(names) > 1 and (alias or birthday or email or phone):
        raise NotUnderstood(
            f"these are {len(names)} people: {listed(names)}",
            "--alias, --birthday, --email and --phone are for one person at a time",
        )
    load = planning.load(session.journal)
    profiles = [profile._replace(name=each) for each in names]
    added = verbs.add(session.journal, *profiles, asking=not new)
    said = [
        f"Added {one.person.name}{cadence_said(session, one)}.{note_said(one.person)}"
        for one in added
    ]
    for line in said[:-1]:
        session.say(line)
    session.say(f"{said[-1]}{over_said(session, load)}")


@app.command(rich_help_panel=PEOPLE)
def edit(
    context: typer.Context,
    name: AllOfThem = None,
    circle: Annotated[
        str | None,
        typer.Option(
            metavar="CIRCLE",
            help="Put them into this circle, without an editor; also several people.",
            autocompletion=complete_circle,
        ),
    ] = None,
    tag: WithTag = None,
    state: InState = None,
    place: InPlace = None,
    yes: Yes = False,
) -> None:
    """Change anything about somebody, in your editor.

    connect edit ada, tom --circle close
    """
    session: Session = context.obj
    selection = Selection(None, tag, tuple(state or ()), place)
    if circle is not None:
        _move(session, alone(session, "edit", words_of(name), selection), circle, yes=yes)
    elif selection.is_given or not name:
        raise NotUnderstood(
            "the editor opens for one person, by name",
            f"for example: {as_typed('edit', 'ada')}; for several people: --circle",
        )
    else:
        _edit(session, " ".join(name))


def _move(session: Session, found: Chosen, circle: str, *, yes: bool) -> None:
    """Put people into a circle."""
    if found.people:
        load = planning.load(session.journal)
        name = session.journal.settings.circle(circle)
        there = session.journal.people(found.people)
        others = [Named(one.id, one.name) for one in there if one.circle != name]
        say_lines(session, outcome_lines(_already_in(there, name)))
        if others:
            confirm(session, "Change", others, yes=yes)
            say_moved(session, cadence.place(session.journal, others, name), name, load)


def _already_in(people: Sequence[Person], circle: str) -> list[Outcome]:
    return [
        Outcome(one, f" was in {circle} already.", f" were in {circle} already.")
        for one in people
        if one.circle == circle
    ]


def _edit(session: Session, typed: str) -> None:
    person = session.journal.named(typed)
    load, before = planning.load(session.journal), session.journal.person(person).cadence
    shown = verbs.profile(session.journal, person)
    changed = session.edit_until_valid(
        forms.profile_form(shown, session.journal.settings.circles),
        lambda text: verbs.edit(session.journal, person, forms.profile_of(text), shown),
    )
    if not changed:
        session.say("Nothing changed.")
        return
    now = session.journal.person(person)
    note = "" if now.cadence == before else note_said(now)
    session.say(f"Changed {now.name}.{note}{over_said(session, load)}")


@app.command(rich_help_panel=PEOPLE)
def alias(
    context: typer.Context,
    name: Name,
    other: Annotated[
        list[str],
        typer.Argument(
            metavar="ALIAS", help="Another name for them.", autocompletion=complete_rest_of_name
        ),
    ],
) -> None:
    """Give somebody another name."""
    session: Session = context.obj
    typed, value = persons.one(session.journal, "alias", (name, *other))
    called = persons.value_of("alias", typed, value, "other name", "Addie")
    person = verbs.alias(session.journal, typed, called)
    session.say(f"{person.name} is also {called}.")


@app.command(rich_help_panel=PEOPLE)
def rename(
    context: typer.Context,
    name: Name,
    new: Annotated[
        list[str],
        typer.Argument(
            metavar="NEW", help="Their new full name.", autocompletion=complete_rest_of_name
        ),
    ],
) -> None:
    """Give somebody another full name."""
    session: Session = context.obj
    typed, value = persons.one(session.journal, "rename", (name, *new))
    new_name = persons.value_of("rename", typed, value, "new name", "Ada King")
    old, now = verbs.rename(session.journal, typed, new_name)
    session.say(f"{old} is now {now}.")
