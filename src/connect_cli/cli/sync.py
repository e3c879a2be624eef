"""`connect sync`: take what your other machines gave, and give what is new here."""

from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer

from connect_cli import environment
from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.inbox import quietly as take_inbox
from connect_cli.cli.options import Json, Yes
from connect_cli.errors import ConnectError, ExitCode, NotUnderstood, as_typed
from connect_cli.journal.circles import take_over
from connect_cli.language.plurals import counted
from connect_cli.render.sync_words import say_difference, say_plain, say_wait
from connect_cli.reports import FromMachine, MachineWaits, Progress, SyncAnswer
from connect_cli.session import Session
from connect_cli.settings import SYNC_FOLDER
from connect_cli.settings_file import change
from connect_cli.sync import meeting_place, setup
from connect_cli.sync.checking import compare
from connect_cli.sync.meeting_place import Place
from connect_cli.sync.run import Sync
from connect_cli.terminal.output import bar, tell

VERB = "sync"
NOT_SET_UP = "no sync folder is set up"


@app.command(rich_help_panel=KEEPING)
def sync(
    context: typer.Context,
    folder: Annotated[
        str | None,
        typer.Option("--setup", metavar="FOLDER", help="Meet in this folder, or Git repository."),
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
        typer.Option(metavar="MACHINE", help="Wait no longer for a machine; its files go."),
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
    if folder is None and (join or encrypt or plain):
        raise NotUnderstood("--join, --encrypt and --plain go with --setup", "name its FOLDER")
    where = session.settings.sync_folder
    if folder is not None:
        where = _set_up(session, folder, join=join, encrypt=encrypt, plain=plain, yes=yes)
    if not where and quiet:
        return
    meeting, at = _opened(session, where, quiet=quiet)
    if machines:
        meeting.look()
        found = meeting.machines()
        session.show(lambda renderer: renderer.machines(found), as_json=as_json)
    elif retire is not None:
        _retire(session, meeting, at, retire, yes=yes)
    else:
        _meet(session, meeting, at, quiet=quiet, as_json=as_json)
        if check:
            _check(session, meeting)


def _opened(session: Session, where: str, *, quiet: bool) -> tuple[Sync, Place]:
    """What was set up, ready to run."""
    if not where:
        raise ConnectError(NOT_SET_UP, f"name its folder: {as_typed(VERB)} --setup FOLDER")
    at = meeting_place.place(session.path, where, quiet=quiet or not session.can_ask)
    mine = meeting_place.met(session.journal, at)
    at.fetch(mine.machine_id)
    folder = meeting_place.opened(at, mine)
    return Sync(session.journal, folder, mine, environment.machine_name(), at), at


def _meet(session: Session, meeting: Sync, at: Place, *, quiet: bool, as_json: bool) -> None:
    """One run: take, take the inbox in, give; and say what came from which machine."""
    with bar(None, "Taking") if meeting.much() else _no_bar() as progress:
        meeting.take(progress)
    if not as_json:
        take_inbox(session)
    with bar(None, "Giving") if meeting.gives_all() else _no_bar() as progress:
        meeting.give(progress)
    given = meeting.given
    at.push(meeting.mine.machine_id)
    answer = SyncAnswer(
        at.where,
        [
            FromMachine(machine, said.new, said.changed, said.taken_away, said.left_out)
            for machine, said in meeting.taken
        ],
        [MachineWaits(*one) for one in meeting.waits],
        meeting.notes,
        None if given is None else given.lines,
        whole=given is not None and given.whole,
    )
    _say(session, answer, quiet=quiet, as_json=as_json)


def _no_bar() -> AbstractContextManager[Progress]:
    return nullcontext(lambda _: None)


def _set_up(
    session: Session, where: str, *, join: bool, encrypt: bool, plain: bool, yes: bool
) -> str:
    """Make a new sync folder, or let this journal meet the others in one; returns its name."""
    at = meeting_place.place(session.path, where, quiet=not session.can_ask)
    at.fetch(meeting_place.machine_of(session.journal))
    marker = setup.check(session.journal, at)
    keyring = session.keyring
    if marker is None:
        sealed = setup.seal_needed(session.journal, at, encrypt=encrypt, plain=plain)
        if not sealed:
            for said in say_plain(at.where if at.carrier else None):
                tell(said)
            session.answers(yes=yes).confirm(f"Let the machines meet in {at.where}?")
        marker, key = setup.start(at, keyring.new_passphrase if sealed else None)
    else:
        setup.check_meets(session.journal, marker, at, join=join)
        key = setup.key_for(session.journal, marker, at, keyring.passphrase)
    change(session.settings_path, SYNC_FOLDER, at.setting)
    setup.adopt(session.journal, marker, key)
    taken_over = take_over(session.journal, VERB)
    how = "encrypted" if key else "in plain text"
    tell(f"This journal meets its other machines in {at.where}, {how}.")
    if taken_over:
        tell(f"The journal keeps your own circles from now on: {', '.join(taken_over)}.")
    return at.setting


def _say(session: Session, answer: SyncAnswer, *, quiet: bool, as_json: bool) -> None:
    brief = quiet and not as_json
    session.show(lambda renderer: renderer.sync(answer, brief=brief), as_json=as_json)


def _retire(session: Session, meeting: Sync, at: Place, typed: str, *, yes: bool) -> None:
    """Retire a machine, after everything that can be taken of it was taken."""
    meeting.look()
    machine = meeting.named(typed)
    meeting.take()
    tell(f"Nobody will wait for {typed} any more, and its files will go from the folder.")
    if left := meeting.left_of(machine):
        tell(f"{counted(left, 'file')} of it could not be taken, and will go too.")
        for one in meeting.waits:
            tell(say_wait(MachineWaits(*one)))
    session.answers(yes=yes).confirm(f"Retire {typed}?")
    with bar(None, "Giving") as progress:
        meeting.retire(machine, progress)
    at.push(meeting.mine.machine_id)
    at.drop(machine)
    session.say(f"Retired {typed}. Should it come back, it goes on as a new machine.")


def _check(session: Session, meeting: Sync) -> None:
    """Say whether this journal is what all machines gave, or how it differs first."""
    found = compare(session.journal, meeting.folder, meeting.mine)
    if found.is_same:
        session.say(
            f"This journal is what all machines gave, to the byte: {counted(found.lines, 'line')}."
        )
        return
    for said in say_difference(found.lines, found.here_is, found.there_is):
        session.say(said)
    for one in found.waits:
        session.say(say_wait(MachineWaits(*one)))
    raise typer.Exit(ExitCode.COULD_NOT)
