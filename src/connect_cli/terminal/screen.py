"""Showing something on a terminal, through the pager when it is taller than the screen."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date

from connect_cli.environment import for_others
from connect_cli.render import Renderer
from connect_cli.render.rich_layout import CleanConsole
from connect_cli.render.rich_renderer import Terminal
from connect_cli.terminal.output import behind

PAGER = "less"
LESS = "FRX"  # leave when it fits, keep colours, keep what was shown on the screen


def show(draw: Callable[[Renderer], None], day: date, *, discreet: bool, long: bool) -> None:
    """Draw on the terminal's console. long: page it when it does not fit."""
    console = _console()
    if not long:
        draw(Terminal(console, day, discreet))
        return
    with console.capture() as captured:
        draw(Terminal(console, day, discreet))
    text = captured.get()
    if text.count("\n") < console.height or not _paged(text):
        console.file.write(text)


def clear() -> None:
    """Begin again at the top."""
    _console().clear()


def _console() -> CleanConsole:
    return CleanConsole(file=behind(sys.stdout), highlight=False, soft_wrap=False)


def _paged(text: str) -> bool:
    """Whether a pager showed it; one that is not there is no reason to show nothing."""
    environment = {"LESS": LESS, **for_others()}
    try:
        command = shlex.split(os.environ.get("PAGER", "").strip() or PAGER)
        subprocess.run(command, input=text.encode(), env=environment, check=False)  # noqa: S603  # the person's own pager
    except (OSError, ValueError):
        return False
    return True
