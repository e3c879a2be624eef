"""The tree of commands, built once as in a program: it takes longer than most commands run."""

from functools import cache

import typer.main

command_of = cache(typer.main.get_command)


def build_commands_once() -> None:
    """Let the commands of this process share it, however many run here."""
    typer.main.get_command = command_of
