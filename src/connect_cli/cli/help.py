"""`connect help`, the page of `connect --help`, and the answer to a name typed as a command."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from connect_cli.cli.app import GROUPS, KEEPING, Commands, app
from connect_cli.cli.commands import EVERYDAY, MODULE_OF, Command
from connect_cli.cli.completion import called, complete_help
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.words import fold, name_words

AT_ONCE = "Each day (without a command: today)"
NEAR = 0.7
"""How like a command or a group a word is that may mean it."""
LONGEST = 200
"""Characters of a sentence of help; all are shorter."""
HALF = 38
"""Columns of an option, where two stand in a line."""


@app.command(name="help", rich_help_panel=KEEPING)
def help_(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[GROUP|COMMAND]",
            help=f"{', '.join(GROUPS)}; or a command.",
            autocompletion=complete_help,
        ),
    ] = None,
) -> None:
    """Show the commands of a group, or the help of one command."""
    root: Any = context.parent
    wanted = [word.casefold() for word in words or ()]
    if not wanted:
        typer.echo(root.get_help())
    elif heading := _heading(" ".join(wanted)):
        typer.echo(_group_page(root, heading))
    else:
        typer.echo(_command_page(root, wanted))


def write_front_page(commands: Commands, context: Any, formatter: Any) -> None:
    """Write what fits one screen of 24 lines and 80 columns."""
    commands.format_usage(context, formatter)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text((commands.help or "").partition("\n")[0])
    with formatter.section(AT_ONCE):
        formatter.write_dl(_rows([commands.shelf[name] for name in EVERYDAY]))
    first, *others = (name for name in GROUPS if name != "day")
    formatter.write_paragraph()
    formatter.write_text(f"More: {as_typed('help', first)} (or: {', '.join(others)}, day)")
    with formatter.section("Options"):
        for line in _options(commands, context, formatter.width):
            formatter.write(f"  {line}\n")


def commands_under(commands: Commands, heading: str) -> list[Command]:
    """The commands of a group."""
    shown = (command for command in commands.shelf.values() if not command.hidden)
    return [one for one in shown if getattr(one, "rich_help_panel", None) == heading]


def group_lines(commands: Commands, heading: str, formatter: Any) -> str:
    """The commands of a group, one in a line."""
    with formatter.section(heading):
        formatter.write_dl(_rows(commands_under(commands, heading)))
    return str(formatter.getvalue())


def refuse_name(context: Any, typed: str) -> None:
    """Raise NotUnderstood if what was typed for a command is a name, or begins one."""
    names = called(context, typed)
    if names:
        whole = any(fold(typed) in name_words(name) for name in names)
        near = [] if whole else get_close_matches(typed, MODULE_OF, 1, NEAR)
        meant = f"; did you mean {near[0]}?" if near else ""
        whom = names[0] if len(names) == 1 else "somebody of that name"
        raise NotUnderstood(
            f"there is no command '{typed}'{meant}", f"to see {whom}: {as_typed('show', typed)}"
        )


def _rows(commands: Sequence[Command]) -> list[tuple[str, str]]:
    """Each command with the first sentence of its help, which is wrapped and never cut."""
    return [(command.name or "", command.get_short_help_str(LONGEST)) for command in commands]


def _options(commands: Commands, context: Any, width: int) -> Iterator[str]:
    """Each option with what it is for, two in a line where there is room."""
    records = [one.get_help_record(context) for one in commands.get_params(context)]
    said = [f"{names}  {text}" for names, text in filter(None, records)]
    if width < 2 * HALF:
        yield from said
    else:
        yield from (f"{a:{HALF}}{b}".rstrip() for a, b in zip(said[::2], said[1::2], strict=True))


def _heading(typed: str) -> str | None:
    """The heading of a group, by its word or the heading itself."""
    by_heading = {heading.casefold(): heading for heading in GROUPS.values()}
    return GROUPS.get(typed) or by_heading.get(typed)


def _group_page(root: Any, heading: str) -> str:
    page = group_lines(root.command, heading, root.make_formatter())
    first = commands_under(root.command, heading)[0].name or ""
    return f"{page}\nEach has a help of its own: {as_typed(first, options=('--help',))}"


def _command_page(root: Any, words: Sequence[str]) -> str:
    """The help of a command, or of one below it."""
    context, command = root, root.command
    for at, word in enumerate(words, 1):
        below = getattr(command, "commands", {})
        if word not in below:
            raise _unknown(words[:at], [*below])
        command = below[word]
        context = command.make_context(word, [], parent=context, resilient_parsing=True)
    return str(context.get_help())


def _unknown(words: Sequence[str], below: Sequence[str]) -> NotUnderstood:
    """What there is in the place of a word that is unknown. below: what may stand there."""
    typed = " ".join(words)
    if len(words) > 1:
        has = f"has {', '.join(below)}" if below else "has no commands of its own"
        return NotUnderstood(f"there is no command '{typed}'", f"{' '.join(words[:-1])} {has}")
    if typed in GROUPS:
        return NotUnderstood(
            f"'{typed}' is a group, and more words follow", f"see: {as_typed('help', typed)}"
        )
    near = get_close_matches(typed, (*GROUPS, *MODULE_OF), 1, NEAR)
    meant = f"did you mean {near[0]}? " if near else ""
    return NotUnderstood(
        f"there is no command or group '{typed}'",
        f"{meant}The groups are {', '.join(GROUPS)}: {as_typed('help')} people",
    )
