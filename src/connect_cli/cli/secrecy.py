"""Commands that keep the journal from other eyes: encrypt, decrypt."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.options import Yes
from connect_cli.errors import ExitCode, NotUnderstood, as_typed
from connect_cli.language.counting import counted
from connect_cli.safety import encryption
from connect_cli.safety.encryption import Rewritten
from connect_cli.session import Session
from connect_cli.session.progress import bar
from connect_cli.session.telling import tell
from connect_cli.settings import say_most


@app.command(rich_help_panel=KEEPING)
def encrypt(context: typer.Context, yes: Yes = False) -> None:
    """Encrypt the journal by a key, or by another one.

    The copies beside it are encrypted too. From then on every command asks for the key, unless
    CONNECT_KEY holds it, or a command prints it:

    connect config set key_command "pass show connect"

    'connect undo' does not take this back; 'connect decrypt' does. It needs SQLCipher:
    pip install 'connect-cli[encrypted]'
    """
    session: Session = context.obj
    files = encryption.count(session.journal)
    again = session.journal.is_encrypted
    for line in _before(session.path, again=again):
        tell(line)
    session.answers(yes=yes).confirm("Encrypt it by another key?" if again else "Encrypt it?")
    key = session.keyring.new(again=again)
    with _cut_off("encrypted by the key"), bar(files, "Encrypting") as progress:
        done = encryption.encrypt(session.journal, key, progress)
    how = "encrypted by the new key" if again else "encrypted"
    session.say(f"{_what(done)} {how}.")
    if done.removed:
        tell(_removed(done.removed, session))
    if not again:
        tell(_BLOCKS)
    elif session.settings.key_command:
        tell("Let key_command print the new key now.")
    if session.can_ask and not session.settings.key_command:
        tell(_manager())
    _name(done, "These files are not encrypted by this key; remove what you need no more:")


@app.command(rich_help_panel=KEEPING)
def decrypt(context: typer.Context, yes: Yes = False) -> None:
    """Make an encrypted journal readable without a key.

    The copies beside it become readable too.
    """
    session: Session = context.obj
    if not session.journal.is_encrypted:
        raise NotUnderstood("the journal is not encrypted", f"to encrypt it: {as_typed('encrypt')}")
    tell(f"The journal {session.path} and the copies beside it will be written anew, readable.")
    tell("Whoever can read the files can then read what is in them, without a key.")
    session.answers(yes=yes).confirm("Decrypt it?")
    files = encryption.count(session.journal)
    with _cut_off("readable without a key"), bar(files, "Decrypting") as progress:
        done = encryption.decrypt(session.journal, progress)
    session.say(f"{_what(done)} readable without a key. '{as_typed('encrypt')}' encrypts it again.")
    _name(done, "These copies could not be decrypted by the key of the journal:")


def _what(done: Rewritten) -> str:
    if not done.copies:
        return "The journal is"
    return f"The journal and {counted(done.copies, 'copy', 'copies')} of it are"


def _removed(count: int, session: Session) -> str:
    which = "The oldest copy was" if count == 1 else f"The {count} oldest copies were"
    most = say_most(session.settings.backups_most)
    return f"{which} removed: encrypted ones are larger, and all may take {most} (backups.most)."


@contextmanager
def _cut_off(how: str) -> Iterator[None]:
    """After Ctrl-C, say how far it came."""
    try:
        yield
    except KeyboardInterrupt as error:
        if left := getattr(error, "left", ()):
            tell(f"The journal is {how}; these copies are not yet:")
            _list(left)
        raise


def _name(done: Rewritten, told: str) -> None:
    if done.left:
        tell(told)
        _list(done.left)
        raise typer.Exit(ExitCode.COULD_NOT)


def _list(paths: Iterable[Path]) -> None:
    for path in paths:
        tell(f"  {path}")


_LOST = "Without the key nobody can read them, you neither: keep it where you will find it."


def _before(journal: Path, *, again: bool) -> list[str]:
    """What will be done, before it is asked for."""
    both = f"The journal {journal} and the copies beside it will be"
    if again:
        return [f"{both} encrypted by another key.", _LOST]
    back = f"'{as_typed('undo')}' does not take this back; '{as_typed('decrypt')}' does."
    return [f"{both} written anew, encrypted by a key.", _LOST, back]


def _manager() -> str:
    command = as_typed("config", "set", "key_command", "pass show connect")
    return f"Each command now asks for the key. A password manager can say it instead: {command}"


_BLOCKS = (
    "The readable files are deleted, not overwritten: the disk may still hold parts of what was in"
    " them, and snapshots all of it. Only an encrypted disk prevents that."
)
