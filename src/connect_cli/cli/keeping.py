"""Commands that keep the journal itself: backup, restore, doctor."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.completion import complete_file
from connect_cli.cli.options import Json, Yes
from connect_cli.errors import ExitCode, NotUnderstood, as_typed
from connect_cli.language.counting import counted
from connect_cli.render.words import say_when
from connect_cli.safety import backup as safety_backup
from connect_cli.safety import doctor as safety_doctor
from connect_cli.safety import restore as safety_restore
from connect_cli.session import Session
from connect_cli.session.telling import tell

if TYPE_CHECKING:
    from connect_cli.safety.restore import Contents, Offer


@app.command(rich_help_panel=KEEPING)
def backup(
    context: typer.Context,
    places: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE] [RECIPIENT]",
            help="Where to; without it, beside the journal.",
            autocompletion=complete_file,
        ),
    ] = None,
    encrypt: Annotated[
        bool,
        typer.Option("--encrypt", help="With age: for RECIPIENT (age1…), or by a passphrase."),
    ] = False,
    yes: Yes = False,
) -> None:
    """Copy the journal, checked, while it is in use.

    connect backup /media/stick/journal.age --encrypt

    A copy of each day you write is made by itself, beside the journal; those of 7 days, 4 weeks and
    12 months are kept. The ones that you make with this command are kept until you remove them.
    """
    session: Session = context.obj
    file, recipients = _places(places or ())
    if recipients and not encrypt:
        raise NotUnderstood("a recipient is named, but not --encrypt", "add --encrypt")
    if encrypt and file is None:
        raise NotUnderstood(
            "an encrypted copy is for another place than beside the journal",
            f"say where: {as_typed('backup')} FILE --encrypt",
        )
    encrypting = _encrypting(session, recipients) if encrypt else None
    made = safety_backup.backup(session.journal, session.answers(yes=yes), file, encrypting)
    how = ", encrypted" if encrypt else ""
    if session.journal.is_encrypted:
        how = (
            f"{how or ', encrypted'} by the key of the journal{' and with age' if encrypt else ''}"
        )
    session.say(f"Copied to {made}{how}. '{as_typed('restore')}' puts it back.")


@app.command(rich_help_panel=KEEPING)
def restore(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A copy; without it, list those beside the journal.")
    ] = None,
    identity: Annotated[
        Path | None,
        typer.Option("--identity", metavar="KEYFILE", help="The key that an encrypted copy needs."),
    ] = None,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Put a copy in the place of the journal.

    It first says what is in the copy and what would change, and asks. The journal as it was is kept
    beside it.
    """
    session: Session = context.obj
    if file is None:
        copies = safety_backup.copies(session.journal)
        session.show(lambda renderer: renderer.copies(copies), as_json=as_json, long=True)
        return
    if as_json:
        raise NotUnderstood("--json is for the list of copies", "leave out the file, or --json")
    with safety_restore.offered(session.journal, file, _opening(session, identity)) as offer:
        for line in _said(offer, session):
            tell(line)
        session.answers(yes=yes).confirm("Put it in the place of the journal?")
        kept = safety_restore.restore(session.journal, offer)
    was = f" The journal as it was is kept in {kept}." if kept else ""
    session.say(f"Restored {_amount(offer.held)}.{was}")


@app.command(rich_help_panel=KEEPING)
def doctor(
    context: typer.Context,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended, after a copy.")
    ] = False,
    as_json: Json = False,
) -> None:
    """See whether the journal is well, and what to do if it is not.

    Exits with 0 when it is, 1 when something is left to do, 5 when the journal cannot be read.
    """
    session: Session = context.obj
    report = safety_doctor.examine(session.journal, fix=fix)
    if report.findings or as_json:
        session.show(lambda renderer: renderer.findings(report.findings), as_json=as_json)
    if report.copy is not None:
        tell(f"The journal as it was is kept in {report.copy}.")
    if report.trouble is not None:
        raise report.trouble
    if report.left:
        raise typer.Exit(ExitCode.COULD_NOT)
    if not as_json:
        session.say("All is well.")


def _places(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The file, and the public keys, which cannot be mistaken for one."""
    from connect_cli.safety.age import RECIPIENT  # only encrypted copies need it

    recipients = [word for word in words if word.startswith(RECIPIENT)]
    files = [word for word in words if not word.startswith(RECIPIENT)]
    if len(files) > 1:
        raise NotUnderstood("one copy goes to one file", f"name one of: {', '.join(files)}")
    return (Path(files[0]) if files else None), recipients


def _encrypting(session: Session, recipients: Sequence[str]) -> Callable[[bytes], bytes]:
    from connect_cli.safety import age  # as above

    if recipients:
        return age.encrypt_for(recipients)
    age.check_installed()
    return age.encrypt_by(session.keyring.new_passphrase())


def _opening(session: Session, identity: Path | None) -> Callable[[bytes], bytes]:
    from connect_cli.safety import age  # as above

    return lambda content: age.decrypt(content, session.keyring.passphrase, identity)


def _said(offer: "Offer", session: Session) -> Iterator[str]:
    """What is in the copy, what is in the journal, and what would change."""
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
            yield "They hold the same people and entries; what was changed in them may differ."
        if gone != _NOTHING:
            yield f"Gone from it would be {gone}."
        if new != _NOTHING:
            yield f"New in it would be {new}."
    if offer.encrypts:
        yield "The journal and the copies beside it would be encrypted, by the key of this copy."
    if offer.decrypts:
        yield "The copy is not encrypted, and the journal would not be either."


def _contents(contents: "Contents", session: Session) -> str:
    if contents.newest_on is None:
        return _amount(contents)
    return f"{_amount(contents)}, the newest of {say_when(contents.newest_on, session.today)}"


def _amount(contents: "Contents") -> str:
    return _counted(len(contents.people), len(contents.entries))


def _difference(these: "Contents", those: "Contents") -> str:
    return _counted(len(these.people - those.people), len(these.entries - those.entries))


def _counted(people: int, entries: int) -> str:
    return f"{counted(people, 'person', 'people')} and {counted(entries, 'entry', 'entries')}"


_NOTHING = _counted(0, 0)
