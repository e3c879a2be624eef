"""Floor W: floor R, with the library that writes go through."""

import sqlmodel
import typer
from read import main

assert sqlmodel  # it is imported for its cost
if __name__ == "__main__":
    typer.run(main)
