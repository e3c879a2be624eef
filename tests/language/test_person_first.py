"""The words of a command are a person or several, then a value."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.names import Known, Names
from connect_cli.language.person_first import divide, people_in

PEOPLE = (
    Known("a", "Ada Lovelace", ("Countess", "The Enchantress of Numbers")),
    Known("k", "Ada King"),
    Known("t", "Tom Baker"),
    Known("s", "Sam Wright"),
    Known("m", "Ana-Maria Silva"),
    Known("j", "Jack and Jill"),
)


def divided(*words: str, by_quotes: bool = True) -> tuple[list[str], str]:
    """The people, as typed, and the value; a name that fits nobody is marked with `?`."""
    found = divide(words, Names(PEOPLE), by_quotes=by_quotes)
    people = [typed if fit else f"?{typed}" for typed, fit in found.people]
    return people, found.value


@pytest.mark.parametrize(
    ("words", "people", "value"),
    [
        (("tom", "send", "the book"), ["tom"], "send the book"),
        (("tom", "baker", "send", "the", "book"), ["tom baker"], "send the book"),
        (("tom", "baker", "send the book"), ["tom baker"], "send the book"),
        (("tom baker", "send", "the", "book"), ["tom baker"], "send the book"),
        (("TOM", "Baker", "x"), ["TOM Baker"], "x"),
        (("tom-baker", "baker", "bread"), ["tom-baker"], "baker bread"),
        (("baker", "bread"), ["baker"], "bread"),
        (("ana", "silva", "hi"), ["ana silva"], "hi"),
        (("ana-maria", "silva", "hi"), ["ana-maria silva"], "hi"),
        (
            ("the", "enchantress", "of", "numbers", "of", "x"),
            ["the enchantress of numbers"],
            "of x",
        ),
        (("countess", "x"), ["countess"], "x"),
        (("jack", "and", "jill", "x"), ["jack and jill"], "x"),
        (("ada", "x"), ["ada"], "x"),
        (("ada", "king", "x"), ["ada king"], "x"),
        (("tom", "baker"), ["tom baker"], ""),
        (("tom",), ["tom"], ""),
        # A quoted value is no part of a name.
        (("tom", "baker wants the bread"), ["tom"], "baker wants the bread"),
        (("tom", "bake a cake"), ["tom"], "bake a cake"),
        (("sam", "wright it down"), ["sam"], "wright it down"),
        # Beyond the first word a name is not shortened.
        (("ada", "kin", "first"), ["ada"], "kin first"),
        (("to", "x"), ["to"], "x"),
        (("tom", "bake"), ["tom"], "bake"),
        # A colon ends a name, a comma joins another one.
        (("tom:", "baker", "by", "trade"), ["tom"], "baker by trade"),
        (("tom", "baker:", "bread"), ["tom baker"], "bread"),
        (("tom:", "and", "so", "on"), ["tom"], "and so on"),
        (("ada king,", "tom", "bring", "photos"), ["ada king", "tom"], "bring photos"),
        (("countess,", "tom", "bring it"), ["countess", "tom"], "bring it"),
        (("countess", ",", "tom", "bring it"), ["countess", "tom"], "bring it"),
        (("countess,tom", "bring it"), ["countess", "tom"], "bring it"),
        (("countess,", "sam,", "and", "tom", "x"), ["countess", "sam", "tom"], "x"),
        (("countess", "and", "tom", "baker", "bring it"), ["countess", "tom baker"], "bring it"),
        (("countess", "AND", "tom", "x"), ["countess", "tom"], "x"),
        (("countess", "&", "tom", "x"), ["countess", "tom"], "x"),
        (("countess and tom baker", "bring it"), ["countess", "tom baker"], "bring it"),
        (("countess, tom", "bring it"), ["countess", "tom"], "bring it"),
        (("ada king", "tom baker", "bring it"), ["ada king", "tom baker"], "bring it"),
        (("ada king", "tom", "bring it"), ["ada king"], "tom bring it"),
        # What nobody is called stays an error, also after a comma or `and`.
        (("nobody", "x"), ["?nobody"], "x"),
        (("tom and nobody", "x"), ["?tom and nobody"], "x"),
        (("countess", "and", "nobody", "x"), ["countess", "?nobody"], "x"),
        (("countess,", "bring it"), ["countess", "?bring it"], ""),
        (("countess", "and"), ["countess"], ""),
        (("tom", "x", "and", "y"), ["tom"], "x and y"),
    ],
    ids=lambda value: " | ".join(value) if isinstance(value, tuple) else None,
)
def test_the_longest_run_of_words_that_names_somebody_is_the_person(
    words: tuple[str, ...], people: list[str], value: str
) -> None:
    """Several are joined by commas, `and`, or quotes; the value comes last."""
    assert divided(*words) == (people, value)


def test_two_quoted_names_are_a_person_and_a_value_where_one_is_wanted() -> None:
    """A new name may be that of somebody else."""
    assert divided("ada king", "tom baker", by_quotes=False) == (["ada king"], "tom baker")


@pytest.mark.parametrize(
    "words",
    [
        ("tom", "bakr", "send", "it"),
        ("tom", "bake", "a", "cake"),
        ("ada", "lovelase", "send it"),
        ("ada", "love", "send it"),
        ("tom", "Bakker,", "send it"),
    ],
    ids=" ".join,
)
def test_a_word_that_looks_like_more_of_the_name_is_not_guessed_about(
    words: tuple[str, ...],
) -> None:
    """Whoever means it as it stands puts the value in quotes."""
    with pytest.raises(NotUnderstood, match="may belong to the name"):
        divided(*words)
    name, *value = words
    assert divided(name, " ".join(value)) == ([name], " ".join(value))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("countess and tom", ("countess", "tom")),
        ("countess,tom baker", ("countess", "tom baker")),
        ("ada king tom baker", ("ada king", "tom baker")),
        ("tom baker", ()),
        ("tom and nobody", ()),
        ("tom and countess x", ()),
        ("tom bakr sam", ()),
        ("", ()),
    ],
)
def test_several_people_in_one_text(text: str, people: tuple[str, ...]) -> None:
    """Only if the text holds nothing else."""
    assert people_in(text, Names(PEOPLE)) == people
