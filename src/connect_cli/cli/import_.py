"""`connect import`: preview the files, ask, copy the journal, write."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.options import Json, Yes
from connect_cli.cli.sweep import ask_all, asks, list_questions
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.exchange import imports
from connect_cli.exchange.csv_headings import chosen
from connect_cli.exchange.formats import CSV
from connect_cli.exchange.import_plan import OnMatch
from connect_cli.exchange.imports import Bar, Choices, Import, prepare
from connect_cli.exchange.sources import Source, source, with_stdin
from connect_cli.exchange.values import Contact
from connect_cli.model import Named
from connect_cli.render.change_words import say_imported
from connect_cli.reports import Preview, Question
from connect_cli.session import Session
from connect_cli.terminal.output import bar, tell
from connect_cli.terminal.prompts import ask

SHOWN = 10
"""Lines of each sort in a preview before a question; --dry-run shows all."""

DECIDE = {
    "ask": "To decide: --on-match update matches them, --on-match new adds them",
    "update": "Each of them may be several people; to add them: --on-match new",
    "skip": "",
    "new": "",
}
QUESTION = "Which one? n adds somebody new, Enter leaves them out, q stops asking: "
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
            at_once=self.yes and not self.dry_run,
        )


def run(session: Session, options: Options) -> None:
    """Preview, ask, copy the journal and write: the same steps for every format."""
    if options.as_json and not (options.dry_run or options.yes):
        raise NotUnderstood(
            "--json cannot ask", "add --dry-run for the preview, or --yes to import"
        )
    form = CSV if options.columns and not options.format else options.format
    with with_stdin(options.files, session.stdin, form) as files:
        found = source(files, form)
        _check(options, found)
        keyboard = _AtHand(session, options)
        for each in prepare(session.journal, found, options.choices, keyboard):
            one = each._replace(preview=_to_show(session, options, each.preview))
            if show(session, options, one.preview):
                write(session, options, one)


def show(session: Session, options: Options, view: Preview) -> bool:
    """Show the preview, and ask whether to import. False: nothing is to be written."""
    if view.asks:
        return _show_questions(session, options, view)
    ends = options.dry_run or not view.writes
    if ends or not options.as_json:
        _show(session, options, view)
    if not ends:
        if session.can_ask and session.on_terminal and not options.yes:
            session.say("")
        session.answers(yes=options.yes).confirm("Import this?")
    return not ends


def write(session: Session, options: Options, one: Import) -> None:
    """Write, and say what was imported. Meetings that were asked about have said so already."""
    one.write()
    if one.preview.asks:
        return
    if options.as_json:
        _show(session, options, one.preview._replace(taken=True))
        return
    session.say(f"{say_imported(one.preview)} '{as_typed('undo')}' takes it back.")
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
    """Show the preview. A dry run shows all of it, in the pager if it is long."""
    session.show(
        lambda to: to.preview(view, None if options.dry_run else SHOWN),
        as_json=options.as_json,
        long=options.dry_run,
    )


def _show_questions(session: Session, options: Options, view: Preview) -> bool:
    """List the questions if nobody can answer; otherwise each is shown when it is asked."""
    if options.dry_run or not asks(session):
        list_questions(session, view, as_json=options.as_json)
        return False
    for one in view.unread:
        session.say(f"not read: {one.place}: {one.reason}")
    return True


def _to_show(session: Session, options: Options, view: Preview) -> Preview:
    """The preview with a hint how to decide. Known contradictions show in a dry run only."""
    if _could_ask(session, options):
        view = view._replace(decide=ASKED if options.dry_run else "")
    else:
        view = view._replace(decide=DECIDE[options.on_match])
    if view.writes or options.dry_run:
        return view
    return view._replace(people=[one._replace(gains=()) for one in view.people])


def _could_ask(session: Session, options: Options) -> bool:
    """Whether an import with these options asks about possible duplicates."""
    return options.on_match == "ask" and session.can_ask and not (options.as_json or options.yes)


class _AtHand:
    """Progress bars, questions and messages for the person who runs an import."""

    def __init__(self, session: Session, options: Options) -> None:
        self._session, self._options = session, options
        self.asks = _could_ask(session, options) and not options.dry_run

    def bar(self, total: int, text: str) -> Bar:
        """A progress bar on a terminal."""
        return bar(total, text)

    def go_through(self, questions: Sequence[Question]) -> None:
        """Ask about meetings, one by one."""
        ask_all(self._session, questions)

    def tell(self, text: str) -> None:
        """A line on stderr."""
        tell(text)

    def who(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do with somebody who may be in the journal already."""
        if self._options.on_match == "update":
            return maybe[0] if len(maybe) == 1 else "skip"
        if self._options.on_match == "new":
            return "new"
        if not self.asks:
            return "skip"
        return self._asked(contact, maybe)

    def _asked(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """Ask until it is answered. Enter leaves this one out, `q` all that are unsure."""
        reached = ", ".join((*contact.emails[:1], *contact.phones[:1]))
        tell(f"{_beside(contact.name, reached)} may be in the journal already:")
        for number, person in enumerate(maybe, 1):
            reached = imports.reached(self._session.journal, person)
            tell(f"  {number}  {_beside(person.name, reached)}")
        while said := ask(QUESTION).casefold():
            if said.isascii() and said.isdigit() and 0 < int(said) <= len(maybe):
                return maybe[int(said) - 1]
            if said in ("n", "new"):
                return "new"
            if said in ("q", "quit"):
                self.asks = False
                break
            tell(f"'{said}' is not one of the choices")
        return "skip"


def _beside(name: str, reached: str) -> str:
    """A name, with an address that tells two people of the same name apart."""
    return f"{name} ({reached})" if reached else name


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
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Import address books and journals, after a preview.

    connect import contacts.vcf --dry-run

    It reads vCards and folders of them, CSV from Google, Outlook and others, and the journals of
    friends, frm, jrnl, Monica and pagen. From a mailbox it reads who wrote when, for people in the
    journal; it asks about the meetings of a calendar one by one. Nothing is overwritten, nobody
    gets a cadence unless you say so, and the same file twice changes nothing. The journal is
    copied first.
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
        as_json=as_json,
    )
    run(context.obj, options)
