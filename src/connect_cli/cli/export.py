"""`connect export`: the journal in other programs' formats."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connect_cli.cli.app import KEEPING, CommandGroup, app
from connect_cli.cli.options import Yes
from connect_cli.cli.output_file import or_output, write_out, writing
from connect_cli.errors import ConnectError, NotUnderstood
from connect_cli.exchange import csv_table
from connect_cli.exchange import export as exchange_export
from connect_cli.exchange.export import write_folder
from connect_cli.exchange.vcard_lines import separated
from connect_cli.journal import planning
from connect_cli.journal.coming_days import coming_days
from connect_cli.language.plurals import counted
from connect_cli.language.times import read_time
from connect_cli.session import Session
from connect_cli.terminal.output import tell

if TYPE_CHECKING:
    from connect_cli.exchange.card_folder import Written

TABLES = ("people", "interactions")
DAYS = 14


_WHERE = "Where to write; without it, standard output."
File = Annotated[Path | None, typer.Argument(help=_WHERE, callback=or_output)]
Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help=_WHERE, callback=or_output)]

export_app = typer.Typer(cls=CommandGroup, rich_markup_mode=None)
app.add_typer(export_app, name="export", rich_help_panel=KEEPING)


@export_app.callback()
def export() -> None:
    """Export everything, or what another program can read."""


@export_app.command()
def jsonl(
    context: typer.Context,
    file: File = None,
) -> None:
    """Everything, as JSON Lines: docs/export.md describes them.

    'connect import' reads it into an empty journal, or merges it into another copy of this one.
    """
    session: Session = context.obj
    write_out(
        session,
        (f"{line}\n" for line in exchange_export.lines_of_everything(session.journal)),
        file,
    )


@export_app.command()
def csv(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="people or interactions.")],
    file: File = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells as they are, formulas included.")
    ] = False,
) -> None:
    """A table, for spreadsheets: people or interactions.

    A cell that a spreadsheet would read as a formula gets a ' in front, unless --raw is given.
    """
    if what not in TABLES:
        raise NotUnderstood(f"there is no table '{what}'", f"use one of: {', '.join(TABLES)}")
    session: Session = context.obj
    write_out(
        session, csv_table.written(exchange_export.table(session.journal, what), raw=raw), file
    )


@export_app.command()
def vcard(context: typer.Context, folder: Folder = None) -> None:
    """Address cards, one file each, as khard and vdirsyncer keep them.

    A card that was imported goes back as it came, except for what you changed in the journal. In a
    folder that holds cards already, everything else stays, pictures too. Details, promises and
    interactions are not exported: address books are often shared.
    """
    session: Session = context.obj
    if folder is None:
        write_out(session, separated(exchange_export.cards(session.journal)), None)
        return
    with writing(session):
        written = exchange_export.write_cards(session.journal, folder)
    if written.changed or written.new or written.as_they_were or not written.refused:
        session.say(f"{_counted(written)}.")
    _tell_refused(written.refused)


@export_app.command()
def ics(
    context: typer.Context,
    file: File = None,
    days: Annotated[int, typer.Option(min=0, max=60, help="How many days ahead.")] = DAYS,
    alarm: Annotated[
        str | None, typer.Option(metavar="TIME", help="Remind of each day's list, at 9:00 say.")
    ] = None,
) -> None:
    """A calendar to subscribe to: birthdays, promises with a day, and the days ahead."""
    session: Session = context.obj
    at = None if alarm is None else read_time(alarm)
    plans = planning.ahead(session.journal, days)
    write_out(
        session, exchange_export.calendar(session.journal, plans, at, discreet=session.hides), file
    )


@export_app.command()
def markdown(context: typer.Context, folder: Folder = None) -> None:
    """Pages to read, one file for each person."""
    session: Session = context.obj
    pages = exchange_export.pages(session.journal, discreet=session.hides)
    if folder is None:
        write_out(session, (line for _, lines in pages for line in lines), None)
        return
    with writing(session):
        count = write_folder(folder, pages)
    session.say(f"Wrote {counted(count, 'file')} to {folder}.")


@export_app.command()
def page(context: typer.Context, file: File = None, yes: Yes = False) -> None:
    """A page for the phone: cards for the next 7 days, and a list of everybody.

    connect export page people.html

    It is one HTML file, which loads nothing and is searched by the browser. Whoever has the file
    can read it: of an encrypted journal connect asks first.
    """
    from connect_cli.render.phone_page import phone_page  # noqa: PLC0415  # a format is loaded when it is named

    session: Session = context.obj
    text = phone_page(coming_days(session.journal), session.now, discreet=session.hides)
    if session.journal.is_encrypted:
        tell("The journal is encrypted, and the page is not: whoever has the file can read it.")
        session.answers(yes=yes).confirm("Write a page that anybody can read?")
    write_out(session, [text], file)


def _counted(written: "Written") -> str:
    """`2 cards changed, 3 new, 41 as they were`."""
    same = written.as_they_were
    if not (written.changed or written.new):
        few = {0: "There are no cards to write", 1: "1 card, as it was"}
        return few.get(same, f"All {same} cards are as they were")
    counts = [(written.changed, "changed"), (written.new, "new"), (same, "as they were")]
    (first, what), *others = [(number, what) for number, what in counts if number]
    return ", ".join(
        [f"{counted(first, 'card')} {what}", *(f"{number} {what}" for number, what in others)]
    )


def _tell_refused(refused: Sequence[tuple[Path, str]]) -> None:
    """Name each file that was not written, and raise ConnectError if there is one."""
    if not refused:
        return
    for file, reason in refused:
        tell(f"not written: {file}: {reason}")
    count = len(refused)
    raise ConnectError(
        f"{counted(count, 'file was', 'files were')} not written",
        "fix that, and export again",
    )
