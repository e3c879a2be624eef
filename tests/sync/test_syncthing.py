"""`connect inbox` reads a folder that real Syncthing carries: each line is logged exactly once.

Two machines with journals of their own take lines from the folder again and again while a phone
appends to it, and another writer appends to the same file while it stands in no connection.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from connect_cli.store import database
from tests.ran import Ran
from tests.sync.syncthing import Instance, connect, instances, settle

pytestmark = pytest.mark.slow

NAME = "phone.txt"
LINES = (
    "coffee with Ada: at the door",
    "called Grace: about the engine",
    "coffee with Ada: at the door",
    "2024-11-20T18:05 walk with Grace: along the river",
    "- 2024-11-20T18:05 walk with Grace: along the river",
    "# not a line",
    "",
    "lunch with Ada and Grace: noodles",
)
TAKEN = Counter(
    {"at the door": 2, "about the engine": 1, "along the river": 2, "noodles": 1}
)
"""How many interactions have each note once LINES have been taken."""


class Machine:
    """A journal of its own, which takes lines from the folder of an instance."""

    def __init__(self, place: Path, instance: Instance) -> None:
        self._place = place
        self.journal = place / "data" / "connect" / "journal.db"
        place.mkdir()
        self._env = {
            **{name: value for name, value in os.environ.items() if name != "CONNECT_NOW"},
            "HOME": str(place),
            "XDG_DATA_HOME": str(place / "data"),
            "XDG_CONFIG_HOME": str(place / "config"),
        }
        self.must("inbox", "--setup", str(instance.folder))

    def run(self, *words: str) -> Ran:
        """A command in a process of its own, which knows the real time."""
        done = subprocess.run(
            [sys.executable, "-m", "connect_cli", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env=self._env,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def must(self, *words: str) -> str:
        """The same; it succeeds."""
        ran = self.run(*words)
        assert ran.code == 0, (words, ran)
        return ran.out

    def take(self) -> None:
        """Take what is certain; a line may wait."""
        ran = self.run("inbox")
        assert ran.code in (0, 3), ran
        assert "Traceback" not in ran.err, ran

    def notes(self) -> Counter[str]:
        """How many interactions have each note."""
        with closing(database.open_to_read(self.journal)) as connection:
            return Counter(note for (note,) in connection.execute("SELECT note FROM interaction"))

    def interactions(self) -> list[tuple[str, ...]]:
        """All of them."""
        with closing(database.open_to_read(self.journal)) as connection:
            return connection.execute("SELECT id, note, entered FROM interaction ORDER BY id").fetchall()
