"""Names to be added: how several are told apart, which are like others, and which are sentences."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.like_names import is_sentence, like, names_said
from connect_cli.language.names import Known, Names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("ada", "lovelace"), ["ada lovelace"]),
        (("Ada Lovelace",), ["Ada Lovelace"]),
        (("Ada King", "Tom Baker"), ["Ada King", "Tom Baker"]),
        (("Ada", "King,", "Tom", "Baker"), ["Ada King", "Tom Baker"]),
        (("Ada", "King", ",", "Tom"), ["Ada King", "Tom"]),
        (("Ada King,", "Tom Baker"), ["Ada King", "Tom Baker"]),
        (("Cher,", "Ada King"), ["Cher", "Ada King"]),
        (("ada", "and", "tom"), ["ada", "tom"]),
        (("Jack and Jill",), ["Jack and Jill"]),
        (("King, Ada",), ["King, Ada"]),
        (("Martin", "King,", "Jr."), ["Martin King, Jr."]),
        (("Ada,",), ["Ada,"]),
        (("and", "tom"), ["and tom"]),
        (("",), [""]),
    ],
    ids=lambda value: " | ".join(value) if isinstance(value, tuple) else None,
)
def test_several_names_are_joined_by_quotes_commas_or_and(
    words: tuple[str, ...], names: list[str]
) -> None:
    """Words without quotes are one name."""
    assert names_said(words) == names


def test_a_mixture_of_quotes_and_words_is_refused() -> None:
    """It may be one name or several."""
    with pytest.raises(NotUnderstood, match=r"Mary \| van der Berg"):
        names_said(("Mary", "van der Berg"))


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Sam Obrien", "Sam O'Brien", True),
        ("Marta", "Marta Rossi", True),
        ("Marta Rossi", "Marta", True),
        ("Rossi Marta", "Marta Rossi", True),
        ("Martha Rossi", "Marta Rossi", True),
        ("Marta Maria Rossi", "Marta Rossi", True),
        ("Jean-Luc Moreau", "Jeanluc Moreau", True),
        ("José Adão", "Jose Adao", True),
        ("Countes", "Ada Lovelace", True),
        ("Marta Bianchi", "Marta Rossi", False),
        ("Paola Rossi", "Marta Rossi", False),
        ("Ada King", "Ada Ling", True),
        ("Pam Lee", "Sam Lee", False),
        ("Person 1001", "Person 1002", False),
        ("Count Basie", "Ada Lovelace", False),
    ],
)
def test_names_are_like_when_they_may_be_of_one_person(
    name: str, other: str, *, alike: bool
) -> None:
    """All words of one are in the other, or they differ by signs or a letter."""
    assert [one.name for one in like(name, [Known("x", other, ("Countess",))])] == [other][:alike]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("had coffee with ada", True),
        ("Coffee with Ada", True),
        ("Called Ada", True),
        ("met tom", True),
        ("coffee ada", True),
        ("tom yesterday", True),
        ("she rang", True),
        ("Ada Lovelace", False),
        ("ada lovelace", False),
        ("will smith", False),
        ("may king", False),
        ("Tea Leoni", False),
        ("ludwig van beethoven", False),
        ("do van an", False),
        ("edward said", False),
        ("duke of kent", False),
        ("With", False),
        ("Coffee", False),
        ("Phone Call", False),
        ("jack and jill", False),
        ("王小明", False),
    ],
)
def test_a_sentence_is_no_name(text: str, *, sentence: bool) -> None:
    """It has a small word that no name has, or says what happened with somebody who is here."""
    assert is_sentence(text, Names([Known("a", "Ada Lovelace"), Known("t", "Tom")])) is sentence
