"""What is said of a person in one line stands on their card in all three forms."""

import json

import pytest

from connect_cli.render.facts import facts
from connect_cli.views import Card
from tests.render import samples
from tests.render import samples_planning as planned
from tests.render.conftest import as_json, plain, terminal


@pytest.mark.parametrize("card", [planned.RHYTHM_CARD, samples.CARD], ids=["known", "unknown"])
def test_every_fact_is_on_the_card_in_all_three_forms(card: Card) -> None:
    """An unknown one is null for a program, and takes no line."""
    document = json.loads(as_json(lambda to: to.card(card)))
    for key, value, said in facts(card):
        assert document[key] == value
        assert said in terminal(lambda to: to.card(card, full=True), 140)
        assert (key in plain(lambda to: to.card(card))) is (value is not None)
