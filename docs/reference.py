"""The commands' own help, as README and docs/commands.md hold it."""

from collections.abc import Iterator
from typing import Any, cast

from typer.main import get_command
from typer.testing import CliRunner

from connect_cli.cli.app import GROUPS, Commands, app
from connect_cli.cli.help import commands_under, group_lines

WIDTH = 80


def names() -> list[str]:
    """Every command, under its heading and in the order of `connect help`."""
    return [name for _, under in _panels() for name in under]


def short() -> str:
    """The commands by what they are for, one line each, as `connect help` lists them."""
    root = cast("Commands", get_command(app))
    context = root.make_context("connect", [], resilient_parsing=True, terminal_width=WIDTH)
    groups = (group_lines(root, each, context.make_formatter()) for each in GROUPS.values())
    return _block("\n".join(groups))


def full() -> str:
    """The help of every command, and first what may stand before it."""
    parts = [_block(_help())]
    for heading, under in _panels():
        parts.append(f"## {heading}\n")
        parts += [f"### connect {name}\n\n{_block(_help(*name.split()))}" for name in under]
    return "\n".join(parts)


def _panels() -> Iterator[tuple[str, list[str]]]:
    """Each heading with the commands under it, those of a command of commands behind it."""
    commands = cast("Commands", get_command(app))
    for heading in GROUPS.values():
        under = commands_under(commands, heading)
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
