"""A process killed at any moment leaves a whole journal: `tests/faults/kill.py` tries it."""

import subprocess
import sys

import pytest

from tests.faults.kill import TRIALS


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


@pytest.mark.parametrize("name", TRIALS)
def test_a_command_that_is_killed_leaves_all_of_it_or_nothing(name: str) -> None:
    """A few trials; each acknowledged command is there, and none is there by half."""
    assert tried(name, 3, 1).strip().startswith(f"{name}: 3 trials")


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIALS)
def test_fifty_commands_that_are_killed_leave_all_of_them_or_nothing(name: str) -> None:
    """The same at fifty other moments."""
    assert tried(name, 50, 2).strip().startswith(f"{name}: 50 trials")
