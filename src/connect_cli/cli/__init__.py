"""The commands, by noun. Only this package knows Typer."""

from connect_cli.cli import (
    config,
    demo,
    entries,
    keeping,
    memory,
    morning,
    people,
    planning,
    root,
    triage,
)
from connect_cli.cli.app import app

__all__ = [
    "app",
    "config",
    "demo",
    "entries",
    "keeping",
    "memory",
    "morning",
    "people",
    "planning",
    "root",
    "triage",
]
