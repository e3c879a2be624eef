"""Commands are loaded one by one; the list that says where they are stays complete."""

import inspect
import pkgutil
from importlib import import_module

import typer
from typer.main import get_command_name

import connect_cli.cli
from connect_cli.cli.app import app
from connect_cli.cli.commands import MODULE_OF


def _registered() -> dict[str, str]:
    """The module of `cli` that registers each command."""
    for module in pkgutil.iter_modules(connect_cli.cli.__path__):
        import_module(f"connect_cli.cli.{module.name}")
    found: dict[str, str] = {}
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or get_command_name(command.callback.__name__)
        found[name] = command.callback.__module__.rpartition(".")[2]
    for group in app.registered_groups:
        typed = group.typer_instance
        assert isinstance(typed, typer.Typer)
        callback = typed.registered_callback or typed.registered_commands[0]
        home = inspect.getmodule(callback.callback)
        assert home is not None
        found[str(group.name)] = home.__name__.rpartition(".")[2]
    return found


def test_every_command_is_on_the_shelf() -> None:
    """Help lists all that modules register, and each is looked for where it is."""
    assert dict(MODULE_OF) == _registered()
