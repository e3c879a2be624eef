"""Machines whose sync folder Git carries."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connect_cli.sync.git import Carrier
from tests.sync.git_machines import ADA, BOB, NAME, Machine, Remote


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    """An empty bare repository."""
    return Remote(tmp_path / "remote.git")


@pytest.fixture
def machine(tmp_path: Path, remote: Remote) -> Callable[[str], Machine]:
    """Make a machine that uses the repository."""

    def make(name: str) -> Machine:
        return Machine(name, Carrier(str(remote.path), tmp_path / name / "journal.sync"))

    return make


@pytest.fixture
def ada(machine: Callable[[str], Machine]) -> Machine:
    """A machine that has pushed one segment and a key."""
    made = machine(ADA)
    made.carrier.fetch(ADA)
    made.write(1, "one\n", key=b"wrapped")
    made.carrier.push(ADA)
    return made


@pytest.fixture
def bob(machine: Callable[[str], Machine], ada: Machine) -> Machine:
    """Another machine that has fetched, and pushed one segment."""
    made = machine(BOB)
    made.carrier.fetch(BOB)
    made.write(1, f"met {NAME}\n")
    made.carrier.push(BOB)
    return made
