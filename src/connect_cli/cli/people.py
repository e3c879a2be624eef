"""Commands about people: add, edit, people, every, alias, rename, archive, unarchive."""

from typing import Annotated

import typer

from connect_cli.cli import forms
from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.completion import (
    complete_cadence,
    complete_circle,
    complete_name,
    complete_rest_of_name,
    complete_rest_or_cadence,
    complete_tag,
)
from connect_cli.cli.options import Json, Name, WholeName
from connect_cli.cli.planning import over_said
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import people as verbs
from connect_cli.journal import persons, planning, today
from connect_cli.journal.people import Placed, Profile
from connect_cli.language.cadences import skipped
from connect_cli.language.like_names import names_said
from connect_cli.language.plurals import listed
from connect_cli.model import Person, Rule
from connect_cli.render.planning_words import say_cadence, say_first_due
from connect_cli.session import Session
from connect_cli.views import State


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
def edit(context: typer.Context, name: WholeName) -> None:
    """Change anything about somebody, in your editor."""
    session: Session = context.obj
    person = session.journal.named(" ".join(name))
    load, before = planning.load(session.journal), session.journal.person(person).cadence
    shown = verbs.profile(session.journal, person)
    changed = session.edit_until_valid(
        forms.profile_form(shown, session.settings.circles),
        lambda text: verbs.edit(session.journal, person, forms.profile_of(text), shown),
    )
    if not changed:
        session.say("Nothing changed.")
        return
    now = session.journal.person(person)
    note = "" if now.cadence == before else note_said(now)
    session.say(f"Changed {now.name}.{note}{over_said(session, load)}")


@app.command(rich_help_panel=PEOPLE)
def people(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Beginnings of their names.", autocompletion=complete_name),
    ] = None,
    circle: Annotated[
        str | None,
        typer.Option(metavar="CIRCLE", help="Only this circle.", autocompletion=complete_circle),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="Only with this tag.", autocompletion=complete_tag),
    ] = None,
    state: Annotated[
        State | None, typer.Option(help="Only in this state.", show_choices=True)
    ] = None,
    as_json: Json = False,
) -> None:
    """List people, with their cadence and state."""
    session: Session = context.obj
    rows = verbs.standings(session.journal, words or (), circle=circle, tag=tag, state=state)
    session.show(lambda renderer: renderer.people(rows), as_json=as_json, long=True, empty=not rows)


@app.command(rich_help_panel=PEOPLE)
def every(
    context: typer.Context,
    name: Name,
    cadence: Annotated[
        list[str],
        typer.Argument(
            help="2w, 'first friday', or never for no cadence.",
            autocompletion=complete_rest_or_cadence,
        ),
    ],
) -> None:
    """Set how often you want to be in touch with somebody."""
    session: Session = context.obj
    load = planning.load(session.journal)
    typed, said_so = persons.one(session.journal, "every", (name, *cadence))
    words = persons.value_of("every", typed, said_so, "cadence", "2w")
    placed = verbs.every(session.journal, typed, words)
    session.say(f"{placed_said(session, placed)}{over_said(session, load)}")


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


@app.command(rich_help_panel=PEOPLE)
def archive(context: typer.Context, name: WholeName) -> None:
    """Archive somebody: nothing is due any more, everything is kept."""
    session: Session = context.obj
    person, changed = verbs.archive(session.journal, " ".join(name), away=True)
    archived = f"Archived {person.name}: nothing is due, everything is kept."
    if not changed:
        archived = f"{person.name} was already archived."
    session.say(f"{archived} '{as_typed('unarchive')}' brings them back.")


@app.command(rich_help_panel=PEOPLE)
def unarchive(context: typer.Context, name: WholeName) -> None:
    """Bring an archived person back."""
    session: Session = context.obj
    person, changed = verbs.archive(session.journal, " ".join(name), away=False)
    session.say(f"{person.name} {'is back' if changed else 'was not archived'}.")


def placed_said(session: Session, placed: Placed) -> str:
    """What somebody was given, as a sentence."""
    said = cadence_said(session, placed) or ": no cadence, so nothing is due"
    return f"{placed.person.name}{said}.{note_said(placed.person)}"


def note_said(person: Person) -> str:
    """A note about the months or years that a rule skips, as a sentence; or nothing."""
    remark = skipped(person.cadence) if isinstance(person.cadence, Rule) else None
    return f" Note: {remark}." if remark else ""


def cadence_said(session: Session, placed: Placed) -> str:
    """Somebody's cadence and first due day, as the end of a sentence."""
    person = placed.person
    if person.cadence is None:
        return ""
    due = today.standing_of(session.journal, person)
    return f", {say_cadence(due)}{say_first_due(due, placed.moved_from)}"
