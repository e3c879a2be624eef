"""Edit a text in the person's own editor: privately, and without losing what was written."""

import contextlib
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from connect_cli import files, scratch
from connect_cli.environment import for_others
from connect_cli.errors import ConnectError
from connect_cli.render.safe import clean
from connect_cli.terminal.output import tell

EDITOR = "vi"
"""The editor of somebody who has not named one."""

Saving = Callable[[bytes], Path | None]


def edit_until_valid(
    form: str,
    apply: Callable[[str], bool],
    command: str,
    save: Saving,
    mend: Callable[[ConnectError], bool] | None,
) -> bool:
    """Open a form in the editor until `apply` accepts it. False: nothing changed.

    A mistake is shown, and the editor opens again with the mistake at the top, as often as `mend`
    says so; without it, the mistake is raised. Whatever goes wrong, the text is saved.
    """
    opened = form
    while (text := _without_notice(edit(opened, command, save))) != form:
        with _saved(text, save):
            try:
                return apply(text)
            except ConnectError as mistake:
                if mend is None or not mend(mistake):
                    raise
                opened = _with_notice(text, mistake)
    return False


@contextlib.contextmanager
def _saved(text: str, save: Saving) -> Iterator[None]:
    """Save a text if the journal does not take it."""
    try:
        yield
    except BaseException as error:
        saved = save(text.encode("utf-8"))
        if isinstance(error, ConnectError):
            where_saved(error, saved)
        elif saved is not None:
            tell(f"what you wrote is in {saved}")
        raise


_NOTICE = "#! "


def _with_notice(text: str, error: ConnectError) -> str:
    lines = [error.message, *filter(None, [error.hint])]
    return "".join(f"{_NOTICE}{clean(line)}\n" for line in lines) + text


def _without_notice(text: str) -> str:
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith(_NOTICE):
        del lines[0]
    return "".join(lines)


def edit(text: str, command: str, save: Saving) -> str:
    """Open an editor, and return the edited text.

    The file is private and is always removed. command: how to start the editor. save: called with
    what was written if it cannot be returned. Raises ConnectError if the editor cannot be run,
    fails, or leaves an unreadable file.
    """
    given = text.encode("utf-8")
    with scratch.stopped_in_order(), tempfile.TemporaryDirectory(prefix="connect-") as folder:
        path = Path(folder) / "connect.txt"
        files.make_private(path)
        path.write_bytes(given)
        with _nothing_lost(path, given, save):
            _run([*_words(command), str(path)])
            return _text_of(path)


def save_beside(journal: Path, content: bytes) -> Path | None:
    """Save a text in a new private file beside the journal; None if that fails."""
    with contextlib.suppress(OSError):
        for number in count(1):
            name = f"{journal.stem}-unsaved{f'-{number}' if number > 1 else ''}.txt"
            path = journal.with_name(name)
            with contextlib.suppress(FileExistsError):
                files.make_private(path)
                path.write_bytes(content)
                return path
    return None


def where_saved(error: ConnectError, saved: Path | None) -> None:
    """Add to an error's hint where the edited text was saved."""
    if saved is not None:
        said = f"what you wrote is in {saved}"
        error.hint = said if error.hint is None else f"{error.hint}; {said}"


@contextlib.contextmanager
def _nothing_lost(path: Path, given: bytes, save: Saving) -> Iterator[None]:
    """Save what was written if it cannot be read back, or the program is stopped."""
    try:
        yield
    except BaseException as error:
        written = path.read_bytes() if path.is_file() else given
        saved = save(written) if written not in (given, b"") else None
        if isinstance(error, ConnectError):
            where_saved(error, saved)
        raise


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise ConnectError(f"the editor '{command}' is not a command: {error}") from error


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, env=for_others(), check=False)  # noqa: S603  # the person's own editor
    except OSError as error:
        raise ConnectError(
            f"the editor '{command[0]}' could not be started: {error.strerror}",
            "name another in $EDITOR",
        ) from error
    if done.returncode != 0:
        raise ConnectError(f"the editor '{command[0]}' failed, so nothing was changed")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConnectError("the edited file is gone, so nothing was changed") from error
    except UnicodeDecodeError as error:
        raise ConnectError("the edited text is not UTF-8, so nothing was changed") from error
