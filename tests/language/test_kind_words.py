"""The word that was typed for a kind."""

import pytest

from connect_cli.language.kind_words import typed_kind
from connect_cli.model import Kind

TYPED = [
    ("Wedding with Ada", Kind.EVENT, "Wedding"),
    ("tea with Ada", Kind.COFFEE, "tea"),
    ("Tea with Ada: coffee was out", Kind.COFFEE, "Tea"),
    ("Had a birthday party with Ada and Tom", Kind.EVENT, "birthday party"),
    ("phone call with Ada", Kind.CALL, "phone call"),
    ("WhatsApp from Ada", Kind.MESSAGE, "WhatsApp"),
    ("beers, wings and Tom", Kind.MEETING, "beers"),
    ("1:1 with Ada", Kind.MEETING, "1:1"),
    ("yesterday: lunch with Tom", Kind.MEAL, "lunch"),
    ("yesterday: lunch with Tom: we had tea", Kind.MEAL, "lunch"),
    ("Met Ada for a cuppa", Kind.COFFEE, "cuppa"),
    ("lunch, then a walk with Ada", Kind.WALK, "walk"),
    ("Dîner: brunch with Ada", Kind.MEAL, "brunch"),
    ("BBQ at Ada's", Kind.MEAL, "BBQ"),
    # What is not typed, or no noun, or of another kind.
    ("Called Ada", Kind.CALL, ""),
    ("ringing Ada", Kind.CALL, ""),
    ("hung out with Ada", Kind.MEETING, ""),
    ("met Ada: we had drinks with Tom", Kind.MEETING, ""),
    ("tea with Ada", Kind.EVENT, ""),
    ("Saw Ada", Kind.OTHER, ""),
    ("", Kind.COFFEE, ""),
    ("Ada", Kind.COFFEE, ""),
    (":", Kind.COFFEE, ""),
]


@pytest.mark.parametrize(("entered", "kind", "word"), TYPED, ids=[one[0] for one in TYPED])
def test_the_word_for_the_kind_is_found_as_it_was_typed(
    entered: str, kind: Kind, word: str
) -> None:
    """In the head, if it is a noun for the kind that is stored."""
    assert typed_kind(entered, kind) == word
