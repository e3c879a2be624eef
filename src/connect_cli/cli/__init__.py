"""The commands, by noun. Only this package knows Typer."""

from connect_cli.cli import root
from connect_cli.cli.app import app

__all__ = ["app", "root"]
