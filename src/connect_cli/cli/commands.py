"""The table of commands: which module holds which one. A module is loaded when its command runs."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_command_name, get_group_from_info

Command = TyperCommand | TyperGroup

MODULE_OF = {
    "demo": "setup",
    "log": "log",
    "amend": "log",
    "delete": "log",
    "saved": "balance",
    "backup": "safety",
    "restore": "safety",
    "doctor": "safety",
    "encrypt": "safety",
    "decrypt": "safety",
    "remember": "memory",
    "promise": "memory",
    "ask": "memory",
    "tell": "memory",
    "promises": "memory",
    "done": "memory",
    "today": "today",
    "show": "show",
    "snooze": "away",
    "pause": "away",
    "resume": "away",
    "history": "history",
    "search": "history",
    "review": "review",
    "balance": "balance",
    "add": "person",
    "edit": "person",
    "people": "people",
    "every": "cadence",
    "tag": "tag",
    "alias": "person",
    "rename": "person",
    "relate": "relations",
    "archive": "archive",
    "unarchive": "archive",
    "why": "planning",
    "plan": "planning",
    "ahead": "planning",
    "away": "away",
    "triage": "triage",
    "changes": "undo",
    "undo": "undo",
    "redo": "undo",
    "merge": "forget",
    "forget": "forget",
    "import": "import_",
    "export": "export",
    "sweep": "sweep",
    "inbox": "inbox",
    "sync": "sync",
    "init": "setup",
    "prompt": "setup",
    "config": "setup",
    "help": "help",
}
"""The module of each command, in the order in which help lists those of a group."""

EVERYDAY = (
    *("today", "log", "show", "people", "add", "every"),
    *("remember", "promise", "ask", "done", "search", "undo"),
)
"""The commands of a day, in the order of `connect --help`."""


class LazyCommands(Mapping[str, Command]):
    """All commands by name. Looking one up loads its module."""

    def __init__(self, app: Typer) -> None:
        self._app = app
        self._built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._built:
            import_module(f"{__package__}.{MODULE_OF[name]}")
            self._built[name] = _build(self._app, name)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(MODULE_OF)

    def __len__(self) -> int:
        return len(MODULE_OF)


def _build(app: Typer, name: str) -> Command:
    """Build the command that was registered with Typer under this name."""
    for command in app.registered_commands:
        function = command.callback.__name__ if command.callback else ""
        if (command.name or get_command_name(function)) == name:
            built = get_command_from_info(
                command, pretty_exceptions_short=True, rich_markup_mode=None
            )
            return cast("Command", built)
    group = next(each for each in app.registered_groups if each.name == name)
    return get_group_from_info(
        group, pretty_exceptions_short=True, rich_markup_mode=None, suggest_commands=True
    )
