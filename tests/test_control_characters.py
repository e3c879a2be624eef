"""Which characters are shown instead of being obeyed, and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.control_characters import CONTROL, first_control, shown, shown_lines

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("one\ntwo\n", "one\ntwo\n", id="lines"),
        pytest.param("FN:Ada\r\nEND\r\n", "FN:Ada\nEND\n", id="lines of a card"),
        pytest.param("a\rb\tc\r", r"a\rb\tc\r", id="what is no line end"),
        pytest.param("\x1b[2J\n\x9b\u202e", "\\x1b[2J\n\\x9b\\u202e", id="control"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_lines_stay_lines_and_all_else_is_shown(text: str, seen: str) -> None:
    """A lone carriage return would overwrite the line."""
    assert shown_lines(text) == seen


@given(ANY_TEXT)
def test_no_control_but_line_ends_is_left_of_any_text(text: str) -> None:
    """Cleaning again changes nothing more."""
    seen = shown_lines(text)
    assert not CONTROL.search(seen.replace("\n", ""))
    assert shown_lines(seen) == seen
    assert seen.count("\n") == text.count("\n")


@given(ANY_TEXT)
def test_the_first_control_character_is_named_as_it_is_shown(text: str) -> None:
    """Nothing is named of a text that holds none."""
    named = first_control(text)
    assert bool(named) == (shown(text) != text)
    assert named in shown(text)
