"""Rich output on the terminal: answers, through the pager if they are long, and progress bars."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date

from connect_cli.environment import for_others, knows_links, pager
from connect_cli.render import Renderer
from connect_cli.render.rich_layout import CleanConsole
from connect_cli.render.rich_renderer import Terminal
from connect_cli.terminal.output import behind

PAGER = "less"
_LINK = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\")
"""The beginning or end of a link (OSC 8), which not every pager understands."""
LESS = "FRX"  # leave when it fits, keep colours, keep what was shown on the screen


def show(draw: Callable[[Renderer], None], day: date, *, discreet: bool, long: bool) -> None:
    """Draw on the terminal. long: use the pager if it does not fit on the screen."""
    console = _console()
    if not long:
        draw(Terminal(console, day, discreet))
        return
    with console.capture() as captured:
        draw(Terminal(console, day, discreet))
    text = captured.get()
    if text.count("\n") < console.height or not _paged(_LINK.sub("", text)):
        console.file.write(text)


def clear() -> None:
    """Clear the screen."""
    _console().clear()


def _console() -> CleanConsole:
    console = CleanConsole(file=behind(sys.stdout), highlight=False, soft_wrap=False)
    console.links = knows_links()
    return console


def _paged(text: str) -> bool:
    """Show a text in the pager. False if the pager cannot be run."""
    environment = {"LESS": LESS, **for_others()}
    try:
        command = shlex.split(pager() or PAGER)
        subprocess.run(command, input=text.encode(), env=environment, check=False)  # noqa: S603  # the person's own pager
    except (OSError, ValueError):
        return False
    return True
