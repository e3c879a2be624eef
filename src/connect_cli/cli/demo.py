"""The command that shows the program on a journal of people who do not exist."""

import sys
import tempfile
from pathlib import Path

import typer

from connect_cli.cli.app import LOOKING, app
from connect_cli.cli.options import Json
from connect_cli.environment import APP, JOURNAL
from connect_cli.errors import NotUnderstood, shell_word
from connect_cli.journal import morning
from connect_cli.journal.demo import fill
from connect_cli.session import Session
from connect_cli.session.telling import tell

AFTERWARDS = (
    "",
    "{people} people who do not exist, in a journal of their own. Yours was not touched.",
    "To go on playing with this one:",
    f"  export {JOURNAL}={{path}}",
    "  {program} show zoë",
)


@app.command(rich_help_panel=LOOKING)
def demo(context: typer.Context, as_json: Json = False) -> None:
    """Look at today's list in a journal made up for you to try.

    It is a throw-away journal in a directory of its own, with a year of conversations; yours is
    never touched.
    """
    own: Session = context.obj
    if own.journal_path is not None:
        raise NotUnderstood("the demo makes a journal of its own: leave --journal out")
    folder = Path(tempfile.mkdtemp(prefix="connect-demo-"))
    session = Session(folder / "journal.db", own.discreet)
    context.call_on_close(session.close)
    people = fill(session.journal)
    view = morning.today(session.journal)
    session.show(lambda renderer: renderer.today(view), as_json=as_json)
    for line in AFTERWARDS:
        tell(
            line.format(
                people=people, path=shell_word(str(session.path)), program=shell_word(_program())
            )
        )


def _program() -> str:
    """How to call the program again: by its path when that was typed, as right after set-up."""
    typed = Path(sys.argv[0])
    return APP if typed.is_absolute() or typed.name != APP else str(typed)
