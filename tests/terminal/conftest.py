"""What the tests of a terminal share."""

import pytest

from tests.conftest import Begin


@pytest.fixture
def _two_toms(begin: Begin) -> None:
    """Two people who share a first name."""
    begin(("add", "Tom Baker"), ("add", "Tom Waits"))
