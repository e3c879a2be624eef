"""One interaction, whole."""

import pytest

from tests.render import samples
from tests.render.conftest import Golden, terminal
from tests.render.seen import SEEN, WIDTHS


@pytest.mark.parametrize("width", WIDTHS)
def test_one_interaction_looks_as_it_did(width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"recall-{width}.txt", terminal(SEEN["recall"], width))


def test_what_was_typed_is_shown_only_if_the_note_does_not_say_it() -> None:
    """Nothing stands there twice."""
    one = samples.RECALL.interaction._replace(note="a walk", entered=" a walk\n", tags=())
    view = samples.RECALL._replace(interaction=one)
    written = terminal(lambda to: to.recall(view))
    assert written.count("a walk") == 1
    assert "typed" not in written
    assert "tags" not in written
