"""The commands: one module for each noun. Only this package knows Typer."""
