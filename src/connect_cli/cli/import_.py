"""What `import` shows, asks and does."""

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
from connect_cli.exchange.csv_table import chosen
from connect_cli.exchange.formats import CSV
from connect_cli.exchange.import_plan import OnMatch
from connect_cli.exchange.imports import Bar, Choices, Import, prepare
from connect_cli.exchange.sources import Source, source, with_stdin
from connect_cli.exchange.values import Contact
from connect_cli.model import Named
from connect_cli.session import Session
from connect_cli.terminal.output import bar, tell
from connect_cli.terminal.prompts import ask
from connect_cli.views import Preview, Question

SHOWN = 10
"""Lines of each sort in a preview that is followed by a question; --dry-run shows all."""

DECIDE = {
    "ask": "To decide: --on-match update takes somebody for the one who is here, new adds them",
    "update": "Each may be several people; to add them: --on-match new",
    "skip": "",
    "new": "",
}
QUESTION = "Which one? n for somebody new, q to ask no more, Enter to leave them out: "
ASKED = "You are asked about each when it is taken in"


@dataclass(frozen=True, slots=True)
class Options:
    """The words of the command."""

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
        """What of them decides about what is written. Raises NotUnderstood."""
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
    """Look, show and ask, copy the journal, and take it in: alike for every format."""
    if options.as_json and not (options.dry_run or options.yes):
        raise NotUnderstood(
            "--json asks nothing", "say --dry-run to see what would come, or --yes to take it in"
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
    """Show what would come, and ask whether to take it in.

    False: there is nothing, or it was only to be looked at.
    """
    if view.asks:
        return _show_questions(session, options, view)
    ends = options.dry_run or not view.writes
    if ends or not options.as_json:
        _show(session, options, view)
    if not ends:
        if session.can_ask and session.on_terminal and not options.yes:
            session.say("")
        session.answers(yes=options.yes).confirm("Take it in?")
    return not ends


def write(session: Session, options: Options, one: Import) -> None:
    """Take it in, and say that it was. What was answered one by one has said so by itself."""
    one.write()
    if one.preview.asks:
        return
    if options.as_json:
        _show(session, options, one.preview._replace(taken=True))
        return
    session.say(f"Taken in. '{as_typed('undo')}' takes it back.")
    newcomers = any(person.status == "new" for person in one.preview.people)
    if newcomers and not options.choices.cadences:
        session.say(
            f"Nobody was given a cadence: '{as_typed('triage')}' asks how often, a key each."
        )


def _check(options: Options, found: Source) -> None:
    """Raise NotUnderstood for what has no meaning in this format."""
    if options.columns and found.format != CSV:
        raise NotUnderstood("--map is for tables", "leave out --format, or say --format csv")
    if found.is_journal and options.as_json and len(found.files) > 1:
        raise NotUnderstood("--json answers for one copy at a time", "name one file")
    if found.is_calendar and options.tag is not None:
        raise NotUnderstood("--tag is for people who come", "meetings are asked about, one by one")
    if found.is_calendar and options.yes:
        raise NotUnderstood(
            "--yes cannot answer for meetings", "they are asked about, one by one; --dry-run lists"
        )


def _show(session: Session, options: Options, view: Preview) -> None:
    """A dry run shows all, in the pager when it is long."""
    session.show(
        lambda to: to.preview(view, None if options.dry_run else SHOWN),
        as_json=options.as_json,
        long=options.dry_run,
    )


def _show_questions(session: Session, options: Options, view: Preview) -> bool:
    """List them where nobody answers; otherwise each is shown when it is asked."""
    if options.dry_run or not asks(session):
        list_questions(session, view, as_json=options.as_json)
        return False
    for one in view.unread:
        session.say(f"not read: {one.place}: {one.reason}")
    return True


def _to_show(session: Session, options: Options, view: Preview) -> Preview:
    """With how to decide. Contradictions that are not new are left to a dry run."""
    if _could_ask(session, options):
        view = view._replace(decide=ASKED if options.dry_run else "")
    else:
        view = view._replace(decide=DECIDE[options.on_match])
    if view.writes or options.dry_run:
        return view
    return view._replace(people=[one._replace(gains=()) for one in view.people])


def _could_ask(session: Session, options: Options) -> bool:
    """Whether, when it is taken in, somebody is asked about possible duplicates."""
    return options.on_match == "ask" and session.can_ask and not (options.as_json or options.yes)


class _AtHand:
    """Bars, questions and lines for who runs an import."""

    def __init__(self, session: Session, options: Options) -> None:
        self._session, self._options = session, options
        self.asks = _could_ask(session, options) and not options.dry_run

    def bar(self, total: int, text: str) -> Bar:
        """A bar on a terminal."""
        return bar(total, text)

    def go_through(self, questions: Sequence[Question]) -> None:
        """Ask about meetings, one by one."""
        ask_all(self._session, questions)

    def tell(self, text: str) -> None:
        """A line on stderr."""
        tell(text)

    def who(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do with somebody who may be here."""
        if self._options.on_match == "update":
            return maybe[0] if len(maybe) == 1 else "skip"
        if self._options.on_match == "new":
            return "new"
        if not self.asks:
            return "skip"
        return self._asked(contact, maybe)

    def _asked(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """Ask until it is answered; nothing leaves them out, `q` all who are like them too."""
        reached = ", ".join((*contact.emails[:1], *contact.phones[:1]))
        tell(f"{_beside(contact.name, reached)} may be here already:")
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
            tell(f"'{said}' is none of these")
        return "skip"


def _beside(name: str, reached: str) -> str:
    """A name with what tells it from another of the same."""
    return f"{name} ({reached})" if reached else name


ANSWERS = ("ask", "update", "skip", "new")


@app.command(name="import", rich_help_panel=KEEPING)
def import_(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|DIR…", help="What to take in; - is standard input."),
    ],
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Unless it can be told.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be taken in, and stop.")
    ] = False,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="For everybody who comes.")] = None,
    on_match: Annotated[
        str,
        typer.Option(metavar="WORD", help="Who may be here: ask, update, skip or new."),
    ] = "ask",
    columns: Annotated[
        str | None,
        typer.Option("--map", metavar="FIELD=HEADING,…", help="Which columns of a table to read."),
    ] = None,
    cadences: Annotated[
        bool, typer.Option("--cadences", help="Take over how often, where a file says it.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Of mail: only theirs.")
    ] = None,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Take in address books and journals, after a look at them.

    connect import contacts.vcf --dry-run

    It reads vCards, folders of them, CSV of Google, Outlook and others, and what friends, frm,
    jrnl, Monica and pagen write. Of mailboxes it reads who wrote when, of people who are here;
    meetings of a calendar it asks about, one by one. Nothing that is here is overwritten, nobody
    is given a cadence unless you say so, and the same file twice changes nothing. A copy of the
    journal is made before.
    """
    # only this command needs it

    if on_match not in ANSWERS:
        raise NotUnderstood(
            f"'{on_match}' is not a word for --on-match", f"say one of: {', '.join(ANSWERS)}"
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
