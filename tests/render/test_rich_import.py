"""What the preview of an import looks like, and of meetings."""

import pytest

from tests.render.conftest import Golden, terminal
from tests.render.seen import IMPORTS, WIDTHS


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", IMPORTS)
def test_every_preview_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(IMPORTS[view], width))
