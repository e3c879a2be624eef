"""What `connect sync` does where something is new, or somebody sets it up, looks or checks."""

from contextlib import AbstractContextManager, nullcontext, suppress

import typer

from connect_cli import environment
from connect_cli.cli.inbox import quietly as take_inbox
from connect_cli.cli.setup import tell_of_file
from connect_cli.control_characters import first_control
from connect_cli.errors import ConnectError, ExitCode, NotUnderstood, as_typed
from connect_cli.journal.circles import kept as kept_circles
from connect_cli.journal.circles import take_over
from connect_cli.language.plurals import counted
from connect_cli.meetings import FromMachine, MachineWaits, SyncAnswer, SyncChecked
from connect_cli.render.sync_words import say_checked, say_given, say_plain, say_wait
from connect_cli.reports import Progress
from connect_cli.session import Session
from connect_cli.settings import SYNC_FOLDER, from_table
from connect_cli.settings_file import change
from connect_cli.store import machines as kept
from connect_cli.sync import meeting_place, setup
from connect_cli.sync.checking import compare
from connect_cli.sync.meeting_place import Place
from connect_cli.sync.run import Sync
from connect_cli.terminal.output import bar, tell

VERB = "sync"


def opened(session: Session, at: Place) -> Sync:
    """A run in a place whose files are up to date."""
    mine = meeting_place.met(session.journal, at)
    folder = meeting_place.opened(at, mine)
    return Sync(session.journal, folder, mine, environment.machine_name(), at)


def list_machines(session: Session, at: Place, *, as_json: bool) -> None:
    """List the machines, and what each has confirmed."""
    meeting = opened(session, at)
    meeting.look()
    found = meeting.machines()
    session.show(lambda renderer: renderer.machines(found), as_json=as_json)


def meet(
    session: Session, at: Place, *, is_first: bool, check: bool, quiet: bool, as_json: bool
) -> None:
    """One run: take, take the inbox in, give; and say what came from which machine.

    is_first: this machine was just set up. If it has never given anything, the circles of its
    settings are taken over; after those of the others were taken, which stay as they are.
    """
    meeting = opened(session, at)
    is_first = is_first and not meeting.mine.number
    answer = _taken(session, meeting, at, quiet=quiet, as_json=as_json)
    if is_first and (taken_over := take_over(session.journal)):
        tell(f"The journal keeps your own circles from now on: {', '.join(taken_over)}.")
    if any("circle" in {**one.new, **one.changed, **one.taken_away} for one in answer.taken):
        tell_of_file(session, kept_circles(session.journal))
    answer = _given(meeting, at, answer)
    if not (as_json or quiet):
        for said in say_given(answer, check=check):
            session.say(said)
    if check:
        answer = answer._replace(checked=_checked(session, meeting))
    if as_json:
        session.show(lambda renderer: renderer.sync(answer), as_json=True)
    elif answer.checked is not None and not (quiet and answer.checked.is_same):
        for said in say_checked(answer.checked, answer.waits):
            session.say(said)
    if answer.checked is not None and not answer.checked.is_same:
        raise typer.Exit(ExitCode.COULD_NOT)


def _taken(session: Session, meeting: Sync, at: Place, *, quiet: bool, as_json: bool) -> SyncAnswer:
    """Take what the others gave, and the inbox.

    quiet: what waits for an answer is not said, or cron would send it by mail every hour.
    """
    with bar(None, "Taking") if meeting.much() else _no_bar() as progress:
        meeting.take(progress)
    answer = _came(meeting, at)
    if not as_json:  # said at once, whatever goes wrong afterwards
        session.show(lambda renderer: renderer.sync(answer))
    return answer._replace(inbox=take_inbox(session, silent=as_json, waits=not quiet))


def _given(meeting: Sync, at: Place, answer: SyncAnswer) -> SyncAnswer:
    """Give what is new here, and let the carrier have it."""
    with bar(None, "Giving") if meeting.gives_all() else _no_bar() as progress:
        meeting.give(progress)
    _push(meeting, at)
    if (given := meeting.given) is None:
        return answer
    return answer._replace(
        given=given.lines, whole=given.whole, rows=given.rows, removed=given.removed
    )


def _push(meeting: Sync, at: Place) -> None:
    """Let Git bring what was given, and drop machines that were retired."""
    at.push(meeting.mine.machine_id)
    for machine in meeting.retired_there:
        at.drop(machine)


def _came(meeting: Sync, at: Place) -> SyncAnswer:
    """What came from which machine, and what waits."""
    taken = [
        FromMachine(
            one.machine,
            one.outcome.new,
            one.outcome.changed,
            one.outcome.taken_away,
            one.outcome.left_out,
            one.people,
        )
        for one in meeting.taken
    ]
    waits = [MachineWaits(*one) for one in meeting.waits]
    return SyncAnswer(at.where, taken, waits, tuple(meeting.notes))


def _no_bar() -> AbstractContextManager[Progress]:
    return nullcontext(lambda _: None)


def set_up(
    session: Session, where: str, *, join: bool, encrypt: bool, plain: bool, yes: bool
) -> str:
    """Make a new sync folder, or let this journal meet the others in one; returns its name."""
    if not where.strip():
        raise NotUnderstood("--setup needs a folder", f"name it: {as_typed(VERB)} --setup FOLDER")
    if escape := first_control(where):
        raise NotUnderstood(f"'{where}' holds {escape}", "name a folder without such characters")
    at = meeting_place.place(session.path, where, quiet=not session.can_ask)
    from_table({"sync": {"folder": at.setting}})  # refused before anything is made
    try:
        key = _met(session, at, join=join, encrypt=encrypt, plain=plain, yes=yes)
    except BaseException:
        with suppress(ConnectError):  # what went wrong before is what is said
            meeting_place.leave_others(session.path, session.settings.sync_folder)
        raise
    change(session.settings_path, SYNC_FOLDER, at.setting)
    meeting_place.leave_others(session.path, at.setting)
    how = "encrypted" if key else "in plain text"
    tell(f"This journal meets its other machines in {at.where}, {how}.")
    if join:
        merge = as_typed("merge")
        tell(f"Whoever was in both journals may be here twice: '{merge}' goes through them.")
    if (left := session.settings.sync_folder) and left != at.setting:
        tell(f"What lies in {left} stays there. Remove it once all of them have moved.")
    return at.setting


def _met(session: Session, at: Place, *, join: bool, encrypt: bool, plain: bool, yes: bool) -> str:
    """Let this journal meet the others in a place; returns the key of what lies there."""
    at.fetch(meeting_place.machine_of(session.journal))
    marker = setup.check(session.journal, at)
    keyring, before = session.keyring, kept.mine(session.journal.connection)
    if marker is None:
        sealed = setup.seal_needed(session.journal, at, encrypt=encrypt, plain=plain)
        if sealed:
            tell(
                "Each new machine asks once for the passphrase of the folder. Keep it where you"
                " will find it: no machine can say it again."
            )
        else:
            _agree(session, at, yes=yes)
        marker, key = setup.start(at, keyring.new_passphrase if sealed else None, before)
    else:
        setup.check_seal(marker, at, encrypt=encrypt, plain=plain)
        setup.check_meets(session.journal, marker, at, join=join)
        key = setup.key_for(session.journal, marker, at, keyring.passphrase, plain=plain)
        was_sealed = before is not None and bool(before.key)
        if not key and (was_sealed or setup.is_another(session.journal, marker)):
            _agree(session, at, yes=yes)
    setup.adopt(session.journal, marker, key)
    return key


def _agree(session: Session, at: Place, *, yes: bool) -> None:
    """Say that all will lie there in plain text, and ask."""
    for said in say_plain(at.where if at.carrier else None):
        tell(said)
    session.answers(yes=yes).confirm(f"Let the machines meet in {at.where}?")


def retire(session: Session, at: Place, typed: str, *, yes: bool, as_json: bool) -> None:
    """Retire a machine, after everything that can be taken of it was taken."""
    meeting = opened(session, at)
    meeting.look()
    machine = meeting.named(typed)
    meeting.take()
    came = _came(meeting, at)._replace(waits=[])
    if not as_json:  # it stays, whatever is answered
        session.show(lambda renderer: renderer.sync(came))
    name = typed if typed == machine else f"{typed} ({machine})"  # some day two have one name
    tell(f"Nobody will wait for {name} any more, and its files will go from the folder.")
    if left := meeting.left_of(machine):
        tell(f"{counted(left, 'file')} of it could not be taken, and will go too.")
        for one in meeting.waits:
            tell(say_wait(MachineWaits(*one)))
    session.answers(yes=yes).confirm(f"Retire {name}?")
    with bar(None, "Giving") as progress:
        meeting.retire(machine, progress)
    _push(meeting, at)
    at.drop(machine)
    said = f"Retired {name}. Should it come back, it goes on as a new machine."
    session.say(said, as_json=as_json)


def _checked(session: Session, meeting: Sync) -> SyncChecked:
    """Whether this journal is what all machines gave."""
    found = compare(session.journal, meeting.folder, meeting.mine)
    waits = [MachineWaits(*one) for one in found.waits]
    return SyncChecked(found.lines, found.here_is, found.there_is, waits)
