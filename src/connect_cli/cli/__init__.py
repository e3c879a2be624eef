"""The commands, by noun. Only this package knows Typer."""
