"""Floor R: the smallest Typer command that opens a database and prints a one-row Rich table."""

import sqlite3

import typer
from rich.console import Console
from rich.table import Table


def main(path: str) -> None:
    """Select one row and print it."""
    ((number,),) = sqlite3.connect(path).execute("select 1")  # noqa: TID251  # the floor
    table = Table("number")
    table.add_row(str(number))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
