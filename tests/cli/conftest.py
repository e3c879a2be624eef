"""What the tests of the command line share: a terminal."""

from collections.abc import Iterator

import pytest

from tests.cli.terminals import Terminal, terminals


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """Run a command at a terminal of its own."""
    with terminals() as run:
        yield run
