"""Names that may be those of one person, and how surely."""

import pytest

from connect_cli.language.name_sounds import romanised, sound
from connect_cli.language.nicknames import whole_names
from connect_cli.language.same_name import Likeness, NameForm, compare, told_apart, wrong_letter

OTHER, UNKNOWN, FIRST, PART, NEAR, SAME = Likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Ada Lovelace", "Ada Lovelace", SAME),
        ("Ada Lovelace", "LOVELACE, Ada", SAME),
        ("Ada Lovelace", "Ada Byron Lovelace", SAME),
        ("Ada Lovelace, PhD", "Dr. med. Ada Lovelace", SAME),
        ("Ada Lovelace", "ada.lovelace@example.org", SAME),
        ("Maria da Silva", "Maria Silva", SAME),
        ("Lê Renée", "Renée Lê", SAME),
        ("Ada Lovelace (2)", "Ada Lovelace", SAME),
        ("Ada", "Ada", SAME),
        ("Robert Quist", "Bob Quist", NEAR),
        ("Rob Quist", "Robbie Quist", NEAR),
        ("Jack Quist", "Jon Quist", OTHER),
        ("Ada Thistlewood", "Ada Thistelwood", NEAR),
        ("Ruth B. Quist", "Ruth Berta Quist", NEAR),
        ("A. Lovelace", "Ada Lovelace", PART),
        ("Ada L.", "Ada Lovelace", PART),
        ("Ada", "Ada Lovelace", PART),
        ("Addie King", "Addie Quist", FIRST),
        ("Ruth B. Quist", "Ruth T. Quist", FIRST),
        ("Ada B. C. D. Quist", "Ada Quist B. Quist", FIRST),
        ("Countess", "Ada Lovelace", UNKNOWN),
        ("Mrs Lovelace", "Ada Lovelace", UNKNOWN),
        ("Lovelace", "Ada Lovelace", UNKNOWN),
        ("info@example.org", "Ada Lovelace", UNKNOWN),
        ("ada.lovelace@example.org", "Bo Berg", UNKNOWN),
        ("❤", "Ada Lovelace", UNKNOWN),
        ("Mrs Lovelace", "Ada King", OTHER),
        ("Tom", "Ada Lovelace", OTHER),
        ("Ada", "Bo", OTHER),
        ("Ada Lovelace", "Bo Lovelace", OTHER),
        ("Ada Lovelace", "Ada Lovelace Jr", OTHER),
        ("Ada and Bo Lovelace", "Ada Lovelace", OTHER),
        ("Mr Chris Lovelace", "Ms Chris Lovelace", OTHER),
        ("Ada Lovelace (Boston)", "Ada Lovelace (London)", OTHER),
        ("Maria Silva", "Anna Maria Silva", OTHER),
        ("Ada Thistlewod", "Ada Thislewood", FIRST),
        ("A B C D E F G", "A B C D E F H", OTHER),
        ("A. B.", "Ada Berg", OTHER),
    ],
)
def test_two_names_are_like_each_other(one: str, other: str, likeness: Likeness) -> None:
    """The same whichever comes first."""
    first, second = NameForm.of(one), NameForm.of(other)
    assert compare(first, second, lambda *_: True) is likeness
    assert compare(second, first, lambda *_: True) is likeness


def test_who_knows_that_two_spellings_are_two_names_decides() -> None:
    """A letter may be wrong, or not."""
    forms = NameForm.of("Ada Thistlewood"), NameForm.of("Ada Thistelwood")
    assert compare(*forms, lambda *_: False) is FIRST


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("margaret", "margret", True),
        ("rosenthal", "rosentahl", True),
        ("john", "jhon", True),
        ("lena", "lina", False),
        ("hansen", "jansen", False),
        ("mariana", "mariano", False),
        ("petersen", "peterson", False),
        ("christian", "christina", False),
        ("amy", "aym", False),
    ],
)
def test_a_wrong_letter_is_not_at_an_end(one: str, other: str, wrong: bool) -> None:  # a table
    """There it makes another name."""
    ((first,), (second,)) = NameForm.of(one).words, NameForm.of(other).words
    assert wrong_letter(first, second) is wrong


def test_what_tells_namesakes_apart_is_kept() -> None:
    """Generations, titles, and words in brackets."""
    assert NameForm.of("Henry Tudor VIII").generation == "viii"
    assert NameForm.of("Nat King Sr").generation == "sr"
    assert [word.written for word in NameForm.of("Nat King").words] == ["nat", "king"]
    assert not told_apart(NameForm.of("Ada (Boston)"), NameForm.of("Ada"))
    assert NameForm.of("Franz (work)").aside == ()
    assert [word.written for word in NameForm.of("Petra Vogel geb. Hahn").aside] == ["hahn"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sara", "Sarah"),
        ("Müller", "Mueller"),
        ("Schmidt", "Schmitt"),
        ("Karl", "Carl"),
        ("Дмитрий", "Dmitry"),
        ("Юлия", "Julia"),
        ("Чайковский", "Tchaikovsky"),
        ("Γιώργος", "Giorgos"),
        ("Thomas", "Tomas"),
    ],
)
def test_spellings_of_one_sound(one: str, other: str) -> None:
    """They are heard alike."""
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Smith", "Schmidt"), ("Jan", "Ian"), ("Joan", "Johan"), ("Anna", "Hanna")]
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    """Few letters are enough."""
    assert sound(one) != sound(other)


def test_other_scripts_stay_as_they_are() -> None:
    """Nothing is made up."""
    assert romanised("田中") == sound("田中") == "田中"
    assert romanised("Жуков") == "zhukov"


def test_a_short_form_may_stand_for_several_names() -> None:
    """Alex; and a name that is in no list for none."""
    assert whole_names("alex") == {"alexander", "alexandra"}
    assert whole_names("lovelace") == frozenset()
