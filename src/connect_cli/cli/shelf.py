"""Which module holds which command: only the one that was asked for is loaded."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_command_name, get_group_from_info

Command = TyperCommand | TyperGroup

MODULES = {
    "demo": ("demo",),
    "entries": ("log", "amend", "delete"),
    "keeping": ("backup", "restore", "doctor"),
    "secrecy": ("encrypt", "decrypt"),
    "memory": ("remember", "promise", "ask", "promises", "done"),
    "morning": ("today", "show", "snooze", "pause", "resume", "history", "search"),
    "people": ("add", "edit", "people", "every", "alias", "rename", "archive", "unarchive"),
    "planning": ("why", "plan", "ahead", "away"),
    "triage": ("triage",),
    "undoing": ("changes", "undo", "redo", "merge", "forget"),
    "exchange": ("import", "export"),
    "sweep": ("sweep",),
    "shell": ("init", "prompt"),
    "config": ("config",),
}
"""The commands of each module, in the order in which help lists them."""


class Shelf(Mapping[str, Command]):
    """All commands by their names; looking at one loads its module."""

    def __init__(self, app: Typer) -> None:
        self._app = app
        self._module_of = {name: module for module, names in MODULES.items() for name in names}
        self._built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._built:
            import_module(f"{__package__}.{self._module_of[name]}")
            self._built[name] = _built(self._app, name)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._module_of)

    def __len__(self) -> int:
        return len(self._module_of)


def _built(app: Typer, name: str) -> Command:
    """The command that Typer makes of what was registered under a name."""
    for command in app.registered_commands:
        called = command.callback.__name__ if command.callback else ""
        if (command.name or get_command_name(called)) == name:
            made = get_command_from_info(
                command, pretty_exceptions_short=True, rich_markup_mode=None
            )
            return cast("Command", made)
    group = next(each for each in app.registered_groups if each.name == name)
    return get_group_from_info(
        group, pretty_exceptions_short=True, rich_markup_mode=None, suggest_commands=True
    )
