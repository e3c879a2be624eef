"""How far apart two spellings are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.language.spelling import Spellings, letters_off, one_letter_off

APART = {
    ("tueday", "tuesday"): 1,
    ("tuesdday", "tuesday"): 1,
    ("tuesdau", "tuesday"): 1,
    ("tuedsay", "tuesday"): 1,
    ("ab", "ba"): 1,
    ("a", ""): 1,
    ("wensday", "wednesday"): 2,
    ("tommorow", "tomorrow"): 2,
    ("gracee", "green"): 3,
    ("abc", "cab"): 2,
    ("same", "same"): 0,
}


@pytest.mark.parametrize(("words", "letters"), APART.items())
def test_each_letter_left_out_added_swapped_or_replaced_counts(
    words: tuple[str, str], letters: int
) -> None:
    """In either direction, up to the most that was asked for."""
    one, other = words
    assert letters_off(one, other, 9) == letters_off(other, one, 9) == letters
    assert letters_off(one, other, 1) == min(letters, 2)
    assert one_letter_off(one, other) == one_letter_off(other, one) == (letters == 1)


WORDS = st.text("abc", max_size=6)


@given(WORDS, WORDS)
def test_the_quick_and_the_full_comparison_agree(one: str, other: str) -> None:
    """One letter off is a distance of one, whichever way it is found."""
    full = letters_off(one, other, 9)
    assert letters_off(other, one, 9) == full
    assert one_letter_off(one, other) == (full == 1)
    assert letters_off(one, other, 2) == min(full, 3)


LONG_WORDS = st.text(alphabet="abc d", min_size=4, max_size=9)


@st.composite
def one_edit(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and one that has a letter more, another one, or two swapped."""
    word = draw(LONG_WORDS)
    at, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from("abc d"))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    edits = (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped)
    return word, draw(st.sampled_from(edits))


@given(one_edit(), st.lists(LONG_WORDS, max_size=20))
@settings(max_examples=200, deadline=None)
def test_spellings_one_letter_off_are_found(words: tuple[str, str], others: list[str]) -> None:
    """In either direction, as a comparison with each of them finds them."""
    for typed, other in (words, words[::-1]):
        kept = Spellings()
        for each in (other, *others):
            kept.add(each)
        assert kept.near(typed) == sorted(
            {one for one in (other, *others) if one_letter_off(one, typed)}
        )
