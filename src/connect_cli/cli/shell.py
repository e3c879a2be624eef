"""Commands for shells: init, which a start-up file takes in, and prompt."""

import re
from pathlib import Path
from typing import Annotated

import typer

from connect_cli.cli.app import KEEPING, app
from connect_cli.cli.quoting import Shell
from connect_cli.errors import NotUnderstood
from connect_cli.session import Session

SCRIPTS = Path(__file__).with_name("shells")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@app.command(rich_help_panel=KEEPING)
def init(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
    log: Annotated[
        str, typer.Option(metavar="NAME", help="The alias of 'connect log'; '' for none.")
    ] = "cl",
    today: Annotated[
        str, typer.Option(metavar="NAME", help="The alias of 'connect today'; '' for none.")
    ] = "ct",
    daily: Annotated[
        bool, typer.Option("--daily", help="Show today's list in the first shell of a day.")
    ] = False,
    segment: Annotated[
        bool, typer.Option("--prompt", help="Put 'connect prompt' before the shell's prompt.")
    ] = False,
) -> None:
    """Print what makes a shell know connect: completion and aliases.

    eval "$(connect init bash)" in ~/.bashrc, the same with zsh in ~/.zshrc, or
    connect init fish | source in ~/.config/fish/config.fish
    """
    parts = [_script(shell, "completion")]
    for part, name in (("log", log), ("today", today)):
        if name:
            parts.append(_script(shell, part).replace("ALIAS", _checked(name)))
    parts += [_script(shell, "prompt")]
    parts += [_script(shell, "before")] if segment else []
    session: Session = context.obj
    hour = str(session.settings.day_starts_at)
    parts += [_script(shell, "daily").replace("HOUR", hour)] if daily else []
    typer.echo("\n".join(parts), nl=False)


@app.command(rich_help_panel=KEEPING)
def prompt(context: typer.Context) -> None:
    """Print a few words for a shell's prompt or a status bar.

    How many of today's people are left, and whose birthday it is. Nothing when there is nothing,
    or no journal; never an error.
    """
    from connect_cli.prompt import said  # which is in a hurry, and imported by nothing else

    session: Session = context.obj
    typer.echo(said(str(session.path)), nl=False)


def _script(shell: Shell, part: str) -> str:
    """One part of a shell's script: the parts stand in one file, under `# == name` each."""
    text = (SCRIPTS / f"connect.{shell}").read_text(encoding="utf-8")
    return text.split(f"# == {part}\n", 1)[1].split("# == ", 1)[0].rstrip("\n") + "\n"


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise NotUnderstood(f"'{name}' cannot be an alias", "use letters, digits, - and _")
    return name
