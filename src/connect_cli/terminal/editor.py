"""Edit a text in the person's own editor: privately, and without losing what was written."""

import contextlib
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from connect_cli import scratch, unsaved
from connect_cli.environment import for_others
from connect_cli.errors import ConnectError
from connect_cli.render.safe import clean
from connect_cli.terminal.output import tell

EDITOR = "vi"
"""The editor of somebody who has not named one."""


def edit_until_valid(
    form: str,
    apply: Callable[[str], bool],
    command: str,
    journal: Path,
    mend: Callable[[ConnectError], bool] | None,
) -> bool:
    """Open a form in the editor until `apply` accepts it. False: nothing changed.

    A mistake is shown, and the editor opens again with the mistake at the top, as often as `mend`
    says so; without it, the mistake is raised. Whatever goes wrong, the text is saved beside the
    journal.
    """
    opened = form
    while (text := _without_notice(edit(opened, command, journal, form))) != form:
        with _saved(text, journal):
            try:
                return apply(text)
            except ConnectError as mistake:
                if mend is None or not mend(mistake):
                    raise
                opened = _with_notice(text, mistake)
    return False


@contextlib.contextmanager
def _saved(text: str, journal: Path) -> Iterator[None]:
    """Save a text if the journal does not take it."""
    try:
        yield
    except BaseException as error:
        saved = unsaved.save(journal, text.encode("utf-8"))
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


def edit(text: str, command: str, journal: Path, form: str | None = None) -> str:
    """Open an editor, and return the edited text.

    The file is private and is always removed. command: how to start the editor. journal: beside it
    what was written is saved if it cannot be returned. form: the text before anybody wrote in it,
    if that was earlier. Raises ConnectError if the editor cannot be run, fails, or leaves an
    unreadable file.
    """
    form = text if form is None else form
    with (
        scratch.stopped_in_order(),
        unsaved.being_edited(journal, form, text) as (path, lock),
        _nothing_lost(path, text, form, journal),
    ):
        _run([*_words(command), str(path)], lock)
        return _text_of(path)


def where_saved(error: ConnectError, saved: Path | None) -> None:
    """Add to an error's hint where the edited text was saved."""
    if saved is not None:
        said = f"what you wrote is in {saved}"
        error.hint = said if error.hint is None else f"{error.hint}; {said}"


@contextlib.contextmanager
def _nothing_lost(path: Path, text: str, form: str, journal: Path) -> Iterator[None]:
    """Save what was written if it cannot be read back, or the program is stopped."""
    try:
        yield
    except BaseException as error:
        written = path.read_bytes() if path.is_file() else text.encode("utf-8")
        changed = written not in (form.encode("utf-8"), b"")
        saved = unsaved.save(journal, written) if changed else None
        if isinstance(error, ConnectError):
            where_saved(error, saved)
        raise


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise ConnectError(f"the editor '{command}' is not a command: {error}") from error


def _run(command: list[str], lock: int) -> None:
    try:
        done = subprocess.run(  # noqa: S603  # the person's own editor
            command, env=for_others(), check=False, pass_fds=(lock,)
        )
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
