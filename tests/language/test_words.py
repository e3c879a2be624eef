"""How text is folded: accents, case and variants make no difference."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.language.words import fold


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folded text is a fixed point, and case and composition never matter."""
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(unicodedata.normalize("NFKC", text)) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José ZOË Łukasz Nguyễn", "jose zoe lukasz nguyen"),
        (
            "Øl Đặng Þór Æsir Œuvre ılık Eiður Straße",
            "ol dang thor aesir oeuvre ilik eidur strasse",
        ),
        ("O’Brien Anne‐Marie", "o'brien anne-marie"),
        ("王小明", "王小明"),
        ("ＡＢＣ ﬁ İ", "abc fi i"),
        ("ASCII", "ascii"),
    ],
)
def test_folding_takes_away_accents_case_and_variants(text: str, folded: str) -> None:
    """What people type for a letter they do not have is what it folds to."""
    assert fold(text) == folded
