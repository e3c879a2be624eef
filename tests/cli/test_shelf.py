"""Commands and verbs are loaded one by one; the lists that say where they are stay complete."""

import inspect
import pkgutil
from importlib import import_module

import pytest
import typer
from typer.main import get_command_name

import connect_cli.cli
from connect_cli import journal
from connect_cli.cli.app import app
from connect_cli.cli.shelf import MODULE_OF
from connect_cli.journal.core import Core


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


def _families() -> dict[str, type[Core]]:
    """The modules of `journal` whose class has their name."""
    names = [module.name for module in pkgutil.iter_modules(journal.__path__)]
    classes = {
        name: getattr(import_module(f"connect_cli.journal.{name}"), name.capitalize(), None)
        for name in names
    }
    return {
        name: each
        for name, each in classes.items()
        if inspect.isclass(each) and issubclass(each, Core) and each is not Core
    }


def test_every_verb_is_listed_with_its_module() -> None:
    """A verb that is not in the list could not be used."""
    found = {
        name: {verb for verb in vars(each) if not verb.startswith("_")}
        for name, each in _families().items()
    }
    assert {name: set(verbs.split()) for name, verbs in journal.VERBS.items()} == found


@pytest.mark.parametrize("name", sorted(journal.VERBS))
def test_a_family_stands_on_the_core_alone(name: str) -> None:
    """No family uses another's verbs unseen: each works when it is the only one taken up."""
    assert _families()[name].__bases__ == (Core,)


def test_what_is_no_verb_is_no_attribute(journal: journal.Journal) -> None:
    """A slip says so, and names the list."""
    with pytest.raises(AttributeError, match="VERBS"):
        journal.gossip  # type: ignore[attr-defined]  # noqa: B018  # that is what is tried


def test_no_two_families_share_a_name() -> None:
    """A journal that takes up both would use the one for the other."""
    names = [name for each in _families().values() for name in vars(each) if "__" not in name]
    assert len(names) == len(set(names))
