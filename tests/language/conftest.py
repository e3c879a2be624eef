"""What the tests of the language share: a clock that changes twice a year."""

import time
from collections.abc import Iterator

import pytest


@pytest.fixture
def in_berlin() -> Iterator[None]:
    """Let this machine stand in Berlin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()
