"""Names taken out of texts: theirs, in any spelling, and nobody else's."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.language.words import fold
from connect_cli.safety import redaction
from connect_cli.safety.redaction import NameRedactor

ANYWHERE = [
    ("Zoë Quirrenbach", "tea with Zoë Quirrenbach and Bo", "tea with someone and Bo"),
    ("Zoë Quirrenbach", "tea with ZOE QUIRRENBACH's dog", "tea with someone's dog"),
    ("Zoë Quirrenbach", "Zoe\u0308 Quirrenbach", "someone"),
    ("Zoe Quirrenbach", "zoë\nquirrenbach", "someone"),
    ("José", "Jose\u0301, and Jose\u0301\u0323\u200d", "someone, and someone\u200d"),
    ("Zoe Quirrenbach", "connect log zoe-quirrenbach", "connect log someone"),
    ("Zoe Quirrenbach", "Zoe Quirrenbacher, and Zoe", "Zoe Quirrenbacher, and Zoe"),
    ("Will", "Will said he will; William, too", "someone said he will; William, too"),
    ("Łucja", "for ŁUCJA", "for someone"),
    ("王小明", "和王小明喝咖啡", "和someone喝咖啡"),
    ("Straße 7", "an der STRASSE 7.", "an der someone."),
    ("[/]", "a [/] b", "a someone b"),
]


@pytest.mark.parametrize(("name", "text", "left"), ANYWHERE, ids=range(len(ANYWHERE)))
def test_a_name_goes_from_any_text_as_a_whole(name: str, text: str, left: str) -> None:
    """Whatever its case, its accents and what parts its words; a lone word begins as a name."""
    assert NameRedactor([name]).text(text) == left


SHARED = [
    ("coffee with zoë and bo: Zoe is well", "coffee with someone and bo: someone is well"),
    ("Ms Quirrenbach, quirrenbachs", "Ms someone, quirrenbachs"),
    ("with Zoe Quirrenbach", "with someone"),
]


@pytest.mark.parametrize(("text", "left"), SHARED, ids=range(len(SHARED)))
def test_from_an_interaction_with_them_their_first_and_last_name_go(text: str, left: str) -> None:
    """In small letters too, as they are typed."""
    assert NameRedactor(["Zoë Quirrenbach"]).interaction(text, ["Bo"]) == left


def test_a_word_that_another_one_of_the_interaction_bears_stays() -> None:
    """Which of two sisters is meant nobody can tell."""
    redactor = NameRedactor(["Zoë Quirrenbach"], ["Ida Quirrenbach"])
    told = redactor.interaction(
        "zoe and Ida Quirrenbach; the Quirrenbach sisters", ["Ida Quirrenbach"]
    )
    assert told == "someone and Ida Quirrenbach; the Quirrenbach sisters"


def test_two_letters_in_small_are_no_name() -> None:
    """`al` is not taken for Al, nor a particle for a name."""
    redactor = NameRedactor(["Al van Dam"])
    assert redactor.interaction("al dente with Al van Dam, van and Al", []) == (
        "al dente with someone, van and someone"
    )


def test_the_name_of_another_that_holds_it_stays_whole() -> None:
    """It is somebody's name."""
    redactor = NameRedactor(["Zoe"], ["Zoe Other", "Anna-Zoe"])
    assert redactor.text("Zoe, Zoe Other and Anna-Zoe") == "someone, Zoe Other and Anna-Zoe"


def test_a_first_name_alone_is_noticed() -> None:
    """It stays in texts about others, and that is said."""
    redactor = NameRedactor(["Zoë Quirrenbach"], ["Zoe Other"])
    assert redactor.mentions("Zoe called")
    assert not redactor.mentions("Zoe Other called; the zoetrope")


@pytest.mark.parametrize("name", ["_", "-", "- _", "-Ada", "Ada_", "-Ada-Love-"])
def test_separators_of_a_name_take_no_space_with_them(name: str) -> None:
    """A name of nothing else is taken literally; at its ends they are no part of a word."""
    text = "Dinner in Canada, after a long day"
    assert NameRedactor([name]).text(text) == text
    assert NameRedactor([name]).text(f"with {name} now") in (
        "with someone now",
        "with -someone now",
        "with someone_ now",
        "with -someone- now",
    )


@given(st.text(max_size=20), st.text(max_size=60))
def test_it_is_gone_after_one_time_and_the_rest_is_as_it_was(name: str, text: str) -> None:
    """Doing it again finds nothing more, and a text without any letter of it stays to the byte."""
    if not fold(name).strip():
        return
    redactor = NameRedactor([name])
    once = redactor.text(f"{text} {name} {text}")
    assert redactor.text(once) == once or "someone" in fold(name)
    if not set(fold(name)) & set(fold(text)):
        assert redactor.text(text) == text


def test_first_names_are_looked_for_with_one_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among ten thousand others, a pattern for each text would take minutes."""
    made: list[object] = []
    pattern_of = redaction._matching

    def counted(names: Iterable[str], kept: Iterable[str]) -> re.Pattern[str]:
        made.append(names)
        return pattern_of(names, kept)

    monkeypatch.setattr(redaction, "_matching", counted)
    redactor = NameRedactor(["Ada Byron"], ["Ada Lovelace"])
    found = [redactor.mentions(text) for text in ("Ada", "Ada Lovelace", "Tom", "to Ada")]
    assert found == [True, False, False, True]
    assert len(made) == 1
