"""A process killed at any moment leaves a whole journal: `tests/faults/kill.py` tries it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Connect
from tests.faults.kill import check_besides
from tests.faults.trial import Content, Wrong
from tests.faults.trials import TRIALS


def killed(name: str, trials: int, seed: int, *options: str) -> int:
    """Run trials, of which none is wrong; how many were killed before the command had ended."""
    asked = (name, f"--trials={trials}", f"--seed={seed}", *options)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = re.match(
        rf"{name}: (\d+) trials from 0, (\d+) killed before the end, 0 wrong",
        done.stdout.strip(),
    )
    assert told is not None, done.stdout
    assert options or int(told[1]) == trials
    return int(told[2])


def test_a_command_that_is_killed_leaves_all_of_it_or_nothing() -> None:
    """Each command that answered is there, and none by half; the others are slow trials."""
    assert killed("log", 1, 1) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIALS)
def test_commands_that_are_killed_leave_all_of_them_or_nothing(name: str) -> None:
    """The same of every sort, until twelve were killed before the end."""
    assert killed(name, 1000, 2, "--kills=12") == 12


@pytest.mark.slow
def test_lines_of_the_inbox_are_taken_once_though_their_taking_is_killed() -> None:
    """Two hundred times, each at another moment; the next taking ends what was begun."""
    assert killed("inbox", 1000, 3, "--kills=200") == 200


OLD, NEW = {"a": b"old", "b": b"old"}, {"a": b"new", "c": b"new"}


@pytest.mark.parametrize("there", [OLD, NEW, OLD | NEW, {"a": b"new"}, {"a": b"old", "c": b"new"}])
def test_every_file_may_be_old_or_new(there: Content) -> None:
    """Some of a folder are written before others."""
    check_besides(there, [OLD, NEW])


@pytest.mark.parametrize("there", [{"a": b"ne"}, {"b": b"old"}, {"a": b"old", "d": b"new"}, {}])
def test_half_a_file_is_wrong_and_so_is_one_that_is_gone_or_none_of_both(there: Content) -> None:
    """What a trial looks for in what was written."""
    with pytest.raises(Wrong):
        check_besides(there, [OLD, NEW])


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
