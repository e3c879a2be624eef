"""Machines whose commands each run in a process of their own, as at home."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.ran import Ran


class Apart:
    """A journal with settings of its own, and the folder as this machine sees it.

    env: what its commands find in their environment besides.
    """

    def __init__(self, place: Path, name: str, folder: Path, env: dict[str, str]) -> None:
        self.home, self.name, self.folder = place / name, name, folder
        self.home.mkdir(parents=True, exist_ok=True)
        self.path = self.home / "journal.db"
        kept = {each: said for each, said in os.environ.items() if not each.startswith("CONNECT_")}
        self.env = {
            **kept,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "CONNECT_JOURNAL": str(self.path),
            "CONNECT_MACHINE": name,
            **env,
        }

    def run(self, *words: str, **env: str) -> Ran:
        """A command. env: for it alone."""
        done = subprocess.run(
            [sys.executable, "-m", "connect_cli", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env={**self.env, **env},
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def must(self, *words: str, **env: str) -> str:
        """The same; it succeeds."""
        ran = self.run(*words, **env)
        assert ran.code == 0, (self.name, words, ran)
        return ran.out

    def set_up(self, *options: str) -> str:
        """Meet the others in the folder."""
        return self.must("sync", "--setup", str(self.folder), "--yes", *options)

    def sync(self) -> dict[str, object]:
        """One run; what it answered."""
        answer: dict[str, object] = json.loads(self.must("sync", "--json"))
        return answer

    def export(self) -> bytes:
        """Its journal to the byte."""
        return self.must("export", "jsonl").encode()
