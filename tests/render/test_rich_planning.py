"""What a load, an offer, the days ahead and the reasons for a day look like."""

import pytest

from connect_cli.views import Plan
from tests.render.conftest import Golden, terminal
from tests.render.samples import LONG_DUE, ROWS, TODAY
from tests.render.seen import PLANNING, WIDTHS


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", PLANNING)
def test_every_page_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(PLANNING[view], width))


def test_the_place_of_somebody_dormant_is_marked_as_on_the_list_of_the_day() -> None:
    """However narrow the window: their name is cut, the mark is not."""
    again = ROWS[2].suggestion
    plan = Plan(TODAY, 3, suggestions=(ROWS[0].suggestion, again))
    assert "Tom Kilburn · José Álvarez (to reconnect)\n" in terminal(
        lambda to: to.ahead((plan,), ())
    )
    plan = Plan(TODAY, 3, suggestions=(again._replace(due=LONG_DUE),))
    assert terminal(lambda to: to.ahead((plan,), ()), 50).endswith("… (to reconnect)\n")
