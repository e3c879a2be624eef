"""`connect sync`: take what your other machines gave, and give what is new here."""

from collections.abc import Sequence
from typing import Annotated

import typer

from connect_cli import environment
from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.completion import complete_file, complete_machine
from connect_cli.cli.options import Json, Yes
from connect_cli.errors import ConnectError, NotUnderstood, as_typed
from connect_cli.session import Session
from connect_cli.sync import meeting_place
from connect_cli.sync.glance import is_quiet
from connect_cli.sync.meeting_place import Place

NOT_SET_UP = "no sync folder is set up"


@app.command(rich_help_panel=KEEPING)
def sync(
    context: typer.Context,
    folder: Annotated[
        str | None,
        typer.Option(
            "--setup",
            metavar="FOLDER",
            help="Meet in this folder, or Git repository.",
            autocompletion=complete_file,
        ),
    ] = None,
    join: Annotated[
        bool, typer.Option("--join", help="With --setup: make two journals one.")
    ] = False,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="With --setup: encrypt what lies there, with age.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="With --setup: let it be readable there.")
    ] = False,
    machines: Annotated[
        bool, typer.Option("--machines", help="List the machines, and what each has confirmed.")
    ] = False,
    retire: Annotated[
        str | None,
        typer.Option(
            metavar="MACHINE",
            help="Wait no longer for a machine; its files go.",
            autocompletion=complete_machine,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Compare this journal with what all machines gave.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Ask nothing, and say only what came or went wrong.")
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Let several machines keep one journal, through a folder.

    connect sync --setup ~/Sync/connect

    It takes what your other machines gave, then the inbox, and gives what is new here. Another
    program carries the folder: Syncthing, a cloud drive, a stick; or Git, which connect starts.
    connect itself opens no connection.
    """
    session: Session = context.obj
    modes = {
        "--setup": folder is not None,
        "--machines": machines,
        "--retire": retire is not None,
        "--check": check,
        "--quiet": quiet and not check,
    }
    _check_together([name for name, typed in modes.items() if typed])
    if folder is None and (join or encrypt or plain):
        raise NotUnderstood(
            "--join, --encrypt and --plain go with --setup",
            f"name its folder: {as_typed('sync')} --setup FOLDER",
        )
    if folder is not None:
        from connect_cli.cli import sync_run  # noqa: PLC0415  # see below

        where = sync_run.set_up(session, folder, join=join, encrypt=encrypt, plain=plain, yes=yes)
    elif not (where := session.settings.sync_folder):
        if quiet:
            return
        raise ConnectError(NOT_SET_UP, f"name its folder: {as_typed('sync')} --setup FOLDER")
    at = meeting_place.place(session.path, where, quiet=quiet or not session.can_ask)
    at.fetch(meeting_place.met(session.journal, at).machine_id)
    said = folder is not None or machines or retire is not None or check or as_json
    if not said and _is_quiet(session, at):
        at.push(meeting_place.met(session.journal, at).machine_id)  # what could not be before
        if not quiet:
            session.say("Nothing new.")
        return
    from connect_cli.cli import sync_run  # noqa: PLC0415  # most runs find nothing new, without it

    if machines:
        sync_run.list_machines(session, at, as_json=as_json)
    elif retire is not None:
        sync_run.retire(session, at, retire, yes=yes, as_json=as_json)
    else:
        is_first = folder is not None
        sync_run.meet(session, at, is_first=is_first, check=check, quiet=quiet, as_json=as_json)


def _is_quiet(session: Session, at: Place) -> bool:
    """Whether a run would do nothing."""
    if session.settings.inbox_folder or at.is_strange:
        return False
    connection, mine = session.journal.connection, meeting_place.met(session.journal, at)
    folder = meeting_place.opened(at, mine)
    return is_quiet(connection, folder, mine, environment.machine_name(), session.now)


def _check_together(modes: Sequence[str]) -> None:
    if len(modes) > 1:
        raise NotUnderstood(f"{' and '.join(modes)} cannot go together", "choose one of them")
