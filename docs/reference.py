"""The commands' own help, as README and docs/commands.md hold it."""

from collections.abc import Iterator
from typing import Any, cast

from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from connect_cli.cli.app import PANELS, app

WIDTH = 80


def names() -> list[str]:
    """Every command, under its heading and in the order of `connect --help`."""
    return [name for _, under in _panels() for name in under]


def short() -> str:
    """The commands by what they are for, one line each, as `connect --help` lists them."""
    listed = _help().split(f"{PANELS[0]}:\n", 1)[1]
    return _block(f"{PANELS[0]}:\n{listed}")


def full() -> str:
    """The help of every command, and first what may stand before it."""
    parts = [_block(_help())]
    for heading, under in _panels():
        parts.append(f"## {heading}\n")
        parts += [f"### connect {name}\n\n{_block(_help(*name.split()))}" for name in under]
    return "\n".join(parts)


def _panels() -> Iterator[tuple[str, list[str]]]:
    """Each heading with the commands under it, those of a command of commands behind it."""
    commands = cast("TyperGroup", get_command(app)).commands.values()
    for heading in PANELS:
        under = [one for one in commands if getattr(one, "rich_help_panel", None) == heading]
        if under:
            yield heading, [name for command in under for name in _names(command)]


def _names(command: Any) -> Iterator[str]:
    if not command.hidden:
        yield str(command.name)
        for inner in getattr(command, "commands", {}).values():
            yield from (f"{command.name} {name}" for name in _names(inner))


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


def _help(*words: str) -> str:
    environment = {"COLUMNS": str(WIDTH), "TERMINAL_WIDTH": str(WIDTH)}
    ran = CliRunner(env=environment).invoke(
        app, [*words, "--help"], prog_name="connect", terminal_width=WIDTH
    )
    return ran.stdout
