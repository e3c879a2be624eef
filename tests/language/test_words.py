"""How text is folded: accents, case and variants make no difference."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.language.words import fold, is_numbered, name_key, name_words, numbered


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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ana-Maria Silva", ["ana", "maria", "silva"]),
        ("Smythe—Johns, Pat", ["smythe", "johns", "pat"]),
        ("Bob “Bobby” Quill (Jr.)", ["bob", "bobby", "quill", "jr"]),
        ("«Vanya» „Ivan“ @ivan", ["vanya", "ivan", "ivan"]),
        ("\u200fYusuf\u202c \u00adAl", ["yusuf", "al"]),
        ("ada@x.org", ["ada@x.org"]),
        (" - . ", []),
        ("", []),
    ],
)
def test_the_words_of_a_name(name: str, words: list[str]) -> None:
    """Dashes part words; quotes, brackets and unseen signs around a word are no part of it."""
    assert list(name_words(name)) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana-Maria Silva", "ana maria  SILVA", True),
        ("@amsilva", "AmSilva", True),
        ("Ana Maria", "Maria Ana", False),
        (".", "..", False),
    ],
)
def test_when_two_names_are_one(one: str, other: str, same: bool) -> None:
    """If no command could tell them apart; a name without a word is compared as it stands."""
    assert (name_key(one) == name_key(other)) is same


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        (numbered("Zoë Ortiz", 2), "Zoë Ortiz", True),
        ("zoe ortiz (12)", "Zoë Ortiz", True),
        ("Zoë Ortiz", "Zoë Ortiz", False),
        ("Zoë Ortiz (Oslo)", "Zoë Ortiz", False),
        ("Zoë Ortiz (2)", "Zoë", False),
    ],
)
def test_which_names_are_those_of_numbered_namesakes(text: str, name: str, is_one: bool) -> None:
    """A number in brackets behind the whole name, and nothing else."""
    assert is_numbered(text, name) is is_one
