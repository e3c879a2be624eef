"""`connect import`: preview the files, ask, copy the journal, write."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.import_questions import AtHand
from connect_cli.cli.options import Json, Yes
from connect_cli.cli.planning import over_said
from connect_cli.cli.sweep import asks, list_questions
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.exchange import at_words
from connect_cli.exchange.csv_headings import chosen
from connect_cli.exchange.formats import CSV
from connect_cli.exchange.imports import Choices, Import, prepare
from connect_cli.exchange.sources import Source, source, with_stdin
from connect_cli.journal import planning
from connect_cli.render.change_words import say_imported, say_unread
from connect_cli.reports import Preview
from connect_cli.session import Session

SHOWN = 10
"""Lines of each section of a preview; --all shows all."""

DECIDE = {
    "ask": "To decide: --on-match update matches them, --on-match new adds them",
    "update": "Each of them may be several people; to add them: --on-match new",
    "skip": "",
    "new": "",
}
ASKED = "You will be asked about each of them"


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command."""

    files: tuple[Path, ...]
    format: str | None
    tag: str | None
    on_match: str
    dry_run: bool
    yes: bool
    columns: str | None = None
    cadences: bool = False
    only: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    leave_out: str | None = None
    show_all: bool = False
    as_json: bool = False

    @property
    def choices(self) -> Choices:
        """Those that decide what is written. Raises NotUnderstood."""
        fields = chosen(self.columns) if self.columns else {}
        return Choices(
            self.format,
            fields,
            self.tag,
            cadences=self.cadences or "every" in fields,
            only=self.only,
            people=self.people,
            leave_out=self.leave_out,
            at_once=self.yes and not self.dry_run,
        )


def run(session: Session, options: Options) -> None:
    """Preview, ask, copy the journal and write: the same steps for every format."""
    if options.as_json and not (options.dry_run or options.yes):
        raise NotUnderstood(
            "--json cannot ask", "add --dry-run for the preview, or --yes to import"
        )
    form = CSV if options.columns and not options.format else options.format
    with with_stdin(options.files, session.stdin, form, session.path) as files:
        found = source(files, form)
        _check(options, found)
        keyboard = AtHand(
            session,
            options.on_match,
            at_keyboard=_at_keyboard(session, options),
            dry_run=options.dry_run,
        )
        for each in prepare(session.journal, found, options.choices, keyboard):
            one = each._replace(preview=_to_show(session, options, each.preview))
            if show(session, options, one.preview):
                write(session, options, one)


def show(session: Session, options: Options, view: Preview) -> bool:
    """Show the preview, and ask whether to import. False: nothing is to be written."""
    if view.asks:
        return _show_questions(session, options, view)
    ends = options.dry_run or not (view.writes or view.waiting)
    if ends or not options.as_json:
        _show(session, options, view)
    if not ends:
        at_words.refuse_undecided(view.words)
        if session.can_ask and session.on_terminal and not options.yes:
            session.say("")
        session.answers(yes=options.yes).confirm("Import this?")
    return not ends


def write(session: Session, options: Options, one: Import) -> None:
    """Write, and say what was imported. Meetings that were asked about have said so already."""
    before = planning.load(session.journal) if options.choices.cadences else None
    one.write()
    if one.preview.asks:
        return
    if options.as_json:
        _show(session, options, one.preview._replace(taken=True))
        return
    over = "" if before is None else over_said(session, before)
    session.say(f"{say_imported(one.preview)} '{as_typed('undo')}' takes it back.{over}")
    newcomers = any(person.status == "new" for person in one.preview.people)
    if newcomers and not options.choices.cadences:
        session.say(
            f"None of them has a cadence yet: '{as_typed('triage')}' asks for one, a key each."
        )


def _check(options: Options, found: Source) -> None:
    """Raise NotUnderstood for options that this format does not have."""
    if options.columns and found.format != CSV:
        raise NotUnderstood("--map is for tables only", "leave out --format, or use --format csv")
    if found.is_journal and options.as_json and len(found.files) > 1:
        raise NotUnderstood("--json takes one copy at a time", "name one file")
    if found.is_calendar and options.tag is not None:
        raise NotUnderstood("--tag is for people, not for meetings", "leave out --tag")
    if found.is_calendar and options.yes:
        raise NotUnderstood("--yes cannot answer for meetings", "to list them: --dry-run")


def _show(session: Session, options: Options, view: Preview) -> None:
    """Show the preview. What is to be decided is shown whole, unless a question follows."""
    most = None if options.show_all else SHOWN
    brief = bool(most) and _at_keyboard(session, options) and not options.dry_run
    session.show(
        lambda to: to.preview(view, most, brief=brief),
        as_json=options.as_json,
        long=options.dry_run or options.show_all,
    )


def _show_questions(session: Session, options: Options, view: Preview) -> bool:
    """List the questions if nobody can answer; otherwise each is shown when it is asked."""
    if options.dry_run or not asks(session):
        list_questions(session, view, as_json=options.as_json)
        return False
    for one in view.unread:
        session.say(say_unread(one, discreet=session.hides))
    for remark in view.remarks:
        session.say(remark)
    return True


def _to_show(session: Session, options: Options, view: Preview) -> Preview:
    """The preview with a hint how to decide. Known contradictions show in a dry run only."""
    asks_later = options.dry_run and _at_keyboard(session, options)
    view = view._replace(asks_later=asks_later, decide=DECIDE[options.on_match])
    if options.on_match == "ask" and _at_keyboard(session, options):
        view = view._replace(decide=ASKED if options.dry_run else "")
    if view.writes or options.dry_run:
        return view
    known = (one._replace(gains=()) if one.status == "matched" else one for one in view.people)
    return view._replace(people=list(known))


def _at_keyboard(session: Session, options: Options) -> bool:
    """Whether an import with these options asks what is not certain."""
    return session.can_ask and not (options.as_json or options.yes)


ANSWERS = ("ask", "update", "skip", "new")


@app.command(name="import", rich_help_panel=KEEPING)
def import_(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|DIR…", help="What to import; - is standard input."),
    ],
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="If connect cannot tell.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be imported, and stop.")
    ] = False,
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="A tag for everybody in the files.")
    ] = None,
    on_match: Annotated[
        str,
        typer.Option(metavar="WORD", help="If somebody may be here: ask, update, skip, new."),
    ] = "ask",
    columns: Annotated[
        str | None,
        typer.Option("--map", metavar="FIELD=HEADING,…", help="Which columns of a table to read."),
    ] = None,
    cadences: Annotated[
        bool, typer.Option("--cadences", help="Also import how often to be in touch.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="For mail: only this person's.")
    ] = None,
    people: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS", help="For jrnl: the @words of people; or known, all, none."),
    ] = None,
    leave_out: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Cards of no person: firms, machines, or none."),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show all of the preview.")] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Import address books and journals, after a preview.

    connect import contacts.vcf --dry-run

    It reads vCards and folders of them, CSV from Google, Outlook and others, and the journals of
    friends, frm, jrnl, knotter, Monica, nametag and pagen. From a mailbox it reads who wrote when,
    for people in the journal; it asks about the meetings of a calendar one by one. Nothing is
    overwritten, nobody gets a cadence unless you say so, and the same file twice changes nothing.
    The journal is copied first.
    """
    if on_match not in ANSWERS:
        raise NotUnderstood(
            f"--on-match does not know '{on_match}'", f"use one of: {', '.join(ANSWERS)}"
        )
    options = Options(
        files=tuple(files),
        format=format_name,
        tag=tag,
        on_match=on_match,
        dry_run=dry_run,
        yes=yes,
        columns=columns,
        cadences=cadences,
        only=tuple(only or ()),
        people=tuple(people or ()),
        leave_out=leave_out,
        show_all=show_all,
        as_json=as_json,
    )
    run(context.obj, options)
