"""What a load, an offer, the days ahead and the reasons for a day look like."""

import pytest

from tests.render.conftest import Golden, terminal
from tests.render.seen import PLANNING, WIDTHS


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", PLANNING)
def test_every_page_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(PLANNING[view], width))
