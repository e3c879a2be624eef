"""Commands that keep the journal safe: backup, restore, doctor, encrypt, decrypt."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.completion import complete_file
from connect_cli.cli.options import Json, Yes
from connect_cli.errors import ExitCode, NotUnderstood, as_typed
from connect_cli.language.plurals import counted
from connect_cli.render.words import say_when
from connect_cli.safety import age, encryption
from connect_cli.safety import backup as safety_backup
from connect_cli.safety import doctor as safety_doctor
from connect_cli.safety import restore as safety_restore
from connect_cli.safety.age import RECIPIENT
from connect_cli.safety.encryption import Rewritten
from connect_cli.session import Session
from connect_cli.settings import say_most
from connect_cli.store import machines
from connect_cli.terminal.output import bar, tell

if TYPE_CHECKING:
    from connect_cli.safety.restore import Contents, Offer


@app.command(rich_help_panel=KEEPING)
def backup(
    context: typer.Context,
    places: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE] [RECIPIENT]",
            help="Where to write; without it, beside the journal.",
            autocompletion=complete_file,
        ),
    ] = None,
    encrypt: Annotated[
        bool,
        typer.Option("--encrypt", help="With age: to RECIPIENT (age1…), or with a passphrase."),
    ] = False,
    yes: Yes = False,
) -> None:
    """Make a checked copy of the journal.

    connect backup /media/stick/journal.age --encrypt

    On each day you write, connect makes a copy beside the journal by itself, and keeps those of 7
    days, 4 weeks and 12 months. Copies made with this command stay until you remove them.
    """
    session: Session = context.obj
    file, recipients = _places(places or ())
    if recipients and not encrypt:
        raise NotUnderstood("a recipient needs --encrypt", "add --encrypt")
    if encrypt and file is None:
        raise NotUnderstood(
            "an encrypted copy needs a place to go to",
            f"name a file: {as_typed('backup')} FILE --encrypt",
        )
    encrypting = _encrypting(session, recipients) if encrypt else None
    made = safety_backup.backup(session.journal, session.answers(yes=yes), file, encrypting)
    how = ", encrypted" if encrypt else ""
    if session.journal.is_encrypted:
        age_too = " and with age" if encrypt else ""
        how = f"{how or ', encrypted'} with the key of the journal{age_too}"
    session.say(f"Copied to {made}{how}. '{as_typed('restore')}' puts it back.")


@app.command(rich_help_panel=KEEPING)
def restore(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A copy; without it, list the copies.")
    ] = None,
    identity: Annotated[
        Path | None,
        typer.Option(
            "--identity", metavar="KEYFILE", help="The age key file of an encrypted copy."
        ),
    ] = None,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Replace the journal by a copy.

    It first says what is in the copy and what would change, and asks. The present journal is kept
    beside it.
    """
    session: Session = context.obj
    if file is None:
        copies = safety_backup.copies(session.journal)
        session.show(lambda renderer: renderer.copies(copies), as_json=as_json, long=True)
        return
    if as_json:
        raise NotUnderstood(
            "--json is for the list of copies only", "leave out the file, or --json"
        )
    with safety_restore.offered(session.journal, file, _opening(session, identity)) as offer:
        for line in _said(offer, session):
            tell(line)
        session.answers(yes=yes).confirm("Replace the journal by this copy?")
        kept = safety_restore.restore(session.journal, offer)
    was = f" The journal as it was is in {kept}." if kept else ""
    session.say(f"Restored {_amount(offer.held)}.{was}")


@app.command(rich_help_panel=KEEPING)
def doctor(
    context: typer.Context,
    fix: Annotated[
        bool, typer.Option("--fix", help="Fix what can be fixed, after a copy.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check the journal, and say what to do if something is wrong.

    Exits with 0 if all is well, 1 if something is left to do, 5 if the journal cannot be read.
    """
    session: Session = context.obj
    report = safety_doctor.examine(session.journal, fix=fix)
    if report.findings or as_json:
        session.show(lambda renderer: renderer.findings(report.findings), as_json=as_json)
    if report.copy is not None:
        tell(f"The journal as it was is in {report.copy}.")
    if report.trouble is not None:
        raise report.trouble
    if report.left:
        raise typer.Exit(ExitCode.COULD_NOT)
    if not as_json:
        session.say("All is well.")


def _places(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Split the arguments into the file and the public keys."""
    recipients = [word for word in words if word.startswith(RECIPIENT)]
    files = [word for word in words if not word.startswith(RECIPIENT)]
    if len(files) > 1:
        raise NotUnderstood("a copy goes to one file", f"name one of: {', '.join(files)}")
    return (Path(files[0]) if files else None), recipients


def _encrypting(session: Session, recipients: Sequence[str]) -> Callable[[bytes], bytes]:
    if recipients:
        return age.encrypt_for(recipients)
    age.check_installed()
    return age.encrypt_by(session.keyring.new_passphrase())


def _opening(session: Session, identity: Path | None) -> Callable[[bytes], bytes]:
    return lambda content: age.decrypt(content, session.keyring.passphrase, identity)


def _said(offer: "Offer", session: Session) -> Iterator[str]:
    """What is in the copy, what is in the journal, and what a restore would change."""
    yield f"In the copy: {_contents(offer.held, session)}."
    if offer.held.damage:
        yield f"The copy is damaged too: {offer.held.damage}."
    if offer.trouble:
        yield f"{offer.trouble[:1].upper()}{offer.trouble[1:]}. It is kept as it is."
    elif offer.present is None:
        yield "There is no journal yet."
    else:
        held, present = offer.held, offer.present
        yield f"In the journal: {_contents(present, session)}."
        gone, new = _difference(present, held), _difference(held, present)
        if (gone, new) == (_NOTHING, _NOTHING):
            yield "Both hold the same people and interactions; what you changed in them may differ."
        if gone != _NOTHING:
            yield f"The journal would lose {gone}."
        if new != _NOTHING:
            yield f"The journal would gain {new}."
    if offer.encrypts:
        yield "The journal and the copies beside it would be encrypted, with the key of this copy."
    if offer.decrypts:
        yield "The copy is not encrypted, so the journal would not be either."


def _contents(contents: "Contents", session: Session) -> str:
    if contents.newest_on is None:
        return _amount(contents)
    return f"{_amount(contents)}, the newest of {say_when(contents.newest_on, session.today)}"


def _amount(contents: "Contents") -> str:
    return _counted(len(contents.people), len(contents.interactions))


def _difference(these: "Contents", those: "Contents") -> str:
    return _counted(len(these.people - those.people), len(these.interactions - those.interactions))


def _counted(people: int, interactions: int) -> str:
    return f"{counted(people, 'person', 'people')} and {counted(interactions, 'interaction')}"


_NOTHING = _counted(0, 0)


@app.command(rich_help_panel=KEEPING)
def encrypt(context: typer.Context, yes: Yes = False) -> None:
    """Encrypt the journal, or change its key.

    The copies beside it are encrypted too. Every command then asks for the key, unless CONNECT_KEY
    holds it or a command prints it:

    connect config set key_command "pass show connect"

    'connect undo' does not take this back; 'connect decrypt' does. It needs SQLCipher:
    pip install 'connect-cli[encrypted]'
    """
    session: Session = context.obj
    files = encryption.count(session.journal)
    again = session.journal.is_encrypted
    for line in _before(session.path, again=again):
        tell(line)
    session.answers(yes=yes).confirm("Change the key?" if again else "Encrypt the journal?")
    key = session.keyring.new(again=again)
    with _interrupted("encrypted with the key"), bar(files, "Encrypting") as progress:
        done = encryption.encrypt(session.journal, key, progress)
    how = "encrypted with the new key" if again else "encrypted"
    session.say(f"{_what(done)} {how}.")
    if done.removed:
        tell(_removed(done.removed, session))
    if not again:
        tell(_BLOCKS)
        met = machines.mine(session.journal.connection)
        if (folder := session.settings.sync_folder) and met is not None and not met.key:
            tell(_stays_readable(folder))
    elif session.settings.key_command:
        tell("Now make key_command print the new key.")
    if session.can_ask and not session.settings.key_command:
        tell(_manager())
    _name_left(
        done, "These files are not encrypted with this key; remove those you no longer need:"
    )


@app.command(rich_help_panel=KEEPING)
def decrypt(context: typer.Context, yes: Yes = False) -> None:
    """Decrypt the journal: it is then readable without a key.

    The copies beside it become readable too.
    """
    session: Session = context.obj
    if not session.journal.is_encrypted:
        raise NotUnderstood("the journal is not encrypted", f"to encrypt it: {as_typed('encrypt')}")
    tell(f"The journal {session.path} and the copies beside it will be decrypted.")
    tell("Anyone who can open the files can then read them without a key.")
    session.answers(yes=yes).confirm("Decrypt the journal?")
    files = encryption.count(session.journal)
    with _interrupted("readable without a key"), bar(files, "Decrypting") as progress:
        done = encryption.decrypt(session.journal, progress)
    session.say(f"{_what(done)} readable without a key. '{as_typed('encrypt')}' encrypts it again.")
    _name_left(done, "These copies could not be decrypted with the key of the journal:")


def _stays_readable(folder: str) -> str:
    """That the folder in which machines meet was not encrypted, and the way out."""
    setup = as_typed("sync", options=("--setup", "FOLDER", "--encrypt"))
    return (
        f"What lies in {folder} stays readable. Nothing more is given there:"
        f" let all machines meet in another folder, '{setup}', and remove this one."
    )


def _what(done: Rewritten) -> str:
    if not done.copies:
        return "The journal is"
    return f"The journal and {counted(done.copies, 'copy', 'copies')} of it are"


def _removed(count: int, session: Session) -> str:
    which = "The oldest copy was" if count == 1 else f"The {count} oldest copies were"
    most = say_most(session.settings.backups_most)
    why = f"encrypted copies are larger, and together they may take {most} (backups.most)"
    return f"{which} removed: {why}."


@contextmanager
def _interrupted(how: str) -> Iterator[None]:
    """After Ctrl-C, say which copies were not reached."""
    try:
        yield
    except KeyboardInterrupt as error:
        if left := getattr(error, "left", ()):
            tell(f"The journal is {how}; these copies are not yet:")
            _list(left)
        raise


def _name_left(done: Rewritten, heading: str) -> None:
    if done.left:
        tell(heading)
        _list(done.left)
        raise typer.Exit(ExitCode.COULD_NOT)


def _list(paths: Iterable[Path]) -> None:
    for path in paths:
        tell(f"  {path}")


_LOST = "Without the key nobody can read them, not even you: keep it where you will find it."


def _before(journal: Path, *, again: bool) -> list[str]:
    """What encrypting will do, to be read before the question."""
    both = f"The journal {journal} and the copies beside it will be"
    if again:
        return [f"{both} encrypted with another key.", _LOST]
    back = f"'{as_typed('undo')}' does not take this back; '{as_typed('decrypt')}' does."
    return [f"{both} encrypted with a key.", _LOST, back]


def _manager() -> str:
    command = as_typed("config", "set", "key_command", "pass show connect")
    return f"Each command now asks for the key. A password manager can give it instead: {command}"


_BLOCKS = (
    "The readable files are deleted, not overwritten: the disk may still hold parts of them, and"
    " snapshots all of them. Only an encrypted disk prevents that."
)
