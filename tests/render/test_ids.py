"""Ids are shown as short as they can be told apart."""

from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.render.rich_layout import shown_ids

IDS = st.lists(st.text("0a", min_size=12, max_size=12), max_size=12)


def test_four_characters_are_enough_for_ids_that_differ_early() -> None:
    """The usual case."""
    assert shown_ids(["abcd12345678", "wxyz12345678"]) == {
        "abcd12345678": "abcd",
        "wxyz12345678": "wxyz",
    }


def test_only_ids_that_look_alike_are_shown_longer() -> None:
    """The third keeps its four."""
    shown = shown_ids(["abcdef000000", "abcdeg000000", "abce00000000"])
    assert list(shown.values()) == ["abcdef", "abcdeg", "abce"]


@given(IDS)
@settings(max_examples=150, deadline=None)
def test_a_shown_id_begins_no_other_and_could_not_be_shorter(ids: list[str]) -> None:
    """Unique among those listed, at least four, and one less would be ambiguous."""
    shown = shown_ids(ids)
    assert set(shown) == set(ids)
    for whole, short in shown.items():
        assert whole.startswith(short)
        assert [each for each in shown if each.startswith(short)] == [whole]
        assert len(short) == 4 or sum(each.startswith(short[:-1]) for each in shown) > 1
