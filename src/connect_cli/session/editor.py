"""Letting somebody change a text in their own editor, privately."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from connect_cli.errors import ConnectError


def edit(text: str, environment: Mapping[str, str]) -> str:
    """The text as it comes back from `$VISUAL`, `$EDITOR` or vi.

    The file is the owner's alone and is removed whatever happens.
    Raises ConnectError when the editor cannot be run, fails, or leaves something unreadable.
    """
    command = environment.get("VISUAL") or environment.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="connect-") as folder:
        path = Path(folder) / "connect.txt"
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(text.encode("utf-8"))
        _run([*_words(command), str(path)])
        return _text_of(path)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise ConnectError(f"the editor '{command}' is not a command: {error}") from error


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, check=False)  # noqa: S603  # the person's own editor
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
        raise ConnectError("the edited text is gone, so nothing was changed") from error
    except UnicodeDecodeError as error:
        raise ConnectError("the edited text is not UTF-8, so nothing was changed") from error
