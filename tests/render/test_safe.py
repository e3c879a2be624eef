"""User text is never markup and never control."""

import json
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import ConnectError, NoSuchPerson
from connect_cli.render.safe import clean, encodable, error_text, json_escaped, one_line

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NEEDED_FORMATS = {  # Cf that a script cannot be written without
    *(0x200C, 0x200D, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD),
    *range(0x0600, 0x0606),
    *range(0x13430, 0x13440),
}


def test_every_control_character_of_unicode_is_escaped_and_nothing_else() -> None:
    """All of Cc, Cs, Zl, Zp, and Cf but what scripts need; tag characters assigned or not."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        category = unicodedata.category(character)
        unsafe = category in {"Cc", "Cs", "Zl", "Zp"} or 0xE0000 <= code <= 0xE007F
        unsafe |= category == "Cf" and code not in NEEDED_FORMATS
        unsafe |= code == 0x2065  # unassigned, amid the invisible operators
        assert (clean(character) != character) is unsafe, f"U+{code:04X} {category}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31m", r"\x1b[31m", id="escape"),
        pytest.param("\x9b2J", r"\x9b2J", id="c1"),
        pytest.param("\u202e", r"\u202e", id="override"),
        pytest.param("a\nb\tc\r", r"a\nb\tc\r", id="layout"),
        pytest.param("\U000e0041", r"\U000e0041", id="tag"),
        pytest.param("\ud800", r"\ud800", id="surrogate"),
        pytest.param("[red][/]", "[red][/]", id="markup is just text"),
        pytest.param("👩‍👩‍👧 王 ‌é", "👩‍👩‍👧 王 ‌é", id="joiners stay"),
    ],
)
def test_what_is_not_text_is_shown_as_a_visible_escape(text: str, shown: str) -> None:
    """An escape names its character in the shortest of the three forms."""
    assert clean(text) == shown


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """What is clean stays as it is."""
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("newline", "shown"),
    [
        pytest.param(" ", r"one two three four\rfive", id="space"),
        pytest.param("\n", "one\ntwo three\nfour\\rfive", id="line break"),
        pytest.param(None, r"one\ntwo\tthree\r\nfour\rfive", id="escaped"),
    ],
)
def test_the_caller_decides_what_a_line_break_becomes(newline: str | None, shown: str) -> None:
    """A lone carriage return is never layout: it would overwrite the line."""
    assert clean("one\ntwo\tthree\r\nfour\rfive", newline=newline) == shown


def test_a_note_on_one_line_has_single_spaces() -> None:
    """White space of any length is one space, and none at the ends."""
    assert one_line("  one \n\n two\t\tthree ") == "one two three"


def test_what_an_encoding_cannot_hold_is_escaped_rather_than_lost() -> None:
    """A name can be written to a terminal that knows ASCII only."""
    assert encodable("José ✓ 王", "ascii") == r"Jos\xe9 \u2713 \u738b"
    assert encodable("José ✓", "latin-1") == r"José \u2713"


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_json_gives_any_text_back_and_holds_no_control_character(text: str) -> None:
    """Escaping is by JSON's own rules, beyond the first plane as a pair."""
    document = json_escaped(json.dumps([text], ensure_ascii=False, indent=2))
    assert json.loads(document) == json.loads(json.dumps([text]))
    assert clean(document.replace("\n", "")) == document.replace("\n", "")


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        pytest.param(ConnectError("it is locked"), "connect: it is locked\n", id="no hint"),
        pytest.param(
            NoSuchPerson("A\x1b[1m\n", ("Ada",)),
            "connect: nobody here is called 'A\\x1b[1m\\n'\nhint: did you mean Ada?\n",
            id="hostile",
        ),
    ],
)
def test_an_error_is_a_line_and_a_hint_whatever_was_typed(error: ConnectError, lines: str) -> None:
    """Text in an error is cleaned like any other."""
    assert error_text(error) == lines
