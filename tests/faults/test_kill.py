"""A process killed at any moment leaves a whole journal: `tests/faults/kill.py` tries it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Connect
from tests.faults.trials import TRIALS


def tried(name: str, trials: int, seed: int) -> str:
    """Run trials; what they said."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill", name, f"--trials={trials}", f"--seed={seed}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_command_that_is_killed_leaves_all_of_it_or_nothing() -> None:
    """Each acknowledged command is there, and none by half; the others are slow trials."""
    assert tried("log", 1, 1).strip().startswith("log: 1 trials")


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIALS)
def test_fifty_commands_that_are_killed_leave_all_of_them_or_nothing(name: str) -> None:
    """The same at fifty other moments."""
    assert tried(name, 50, 2).strip().startswith(f"{name}: 50 trials")


FORGETS_AND_DIES = """
import os
from connect_cli.cli.app import app
from connect_cli.safety import forget
forget.wipe_freed_pages = lambda *_: os._exit(9)
app(["forget", "quirrenbach", "--yes"], prog_name="connect")
"""


def test_a_forgetting_killed_before_it_swept_is_ended_by_the_next_command(
    connect: Connect, process: Connect, journal_file: Path
) -> None:
    """Whoever opens the journal next folds in what was written last, and freed pages are zeros."""
    connect("add", "Zoe Quirrenbach")
    connect("log", "coffee with quirrenbach: her secret")
    shutil.rmtree(journal_file.parent / "backups")
    done = subprocess.run([sys.executable, "-c", FORGETS_AND_DIES], check=False)
    assert (done.returncode, journal_file.with_name("journal.db-wal").exists()) == (9, True)
    assert process("people").out == ""
    assert [path.name for path in journal_file.parent.iterdir()] == ["journal.db"]
    content = journal_file.read_bytes().lower()
    assert not [word for word in (b"quirrenbach", b"her secret") if word in content]
