"""Floor W: floor R, with the library that writes go through."""

import sqlmodel  # noqa: F401  # it is imported for its cost
import typer
from read import main  # type: ignore[import-not-found]  # beside this script

if __name__ == "__main__":
    typer.run(main)
