"""Forms: `key: value` lines as an editor gives them back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connect_cli.cli.forms import form_line, only, read_form
from connect_cli.errors import NotUnderstood

KEYS = ("name", "alias", "note")


def test_a_form_has_the_values_of_each_key_in_order() -> None:
    """Comments, blank lines and keys without a value are passed over; keys ignore case."""
    form = read_form("# a comment\n\nName: Ada\nalias: A\nalias: B: C\nnote:\n", KEYS)
    assert form == {"name": ("Ada",), "alias": ("A", "B: C"), "note": ()}


def test_the_body_takes_all_that_follows() -> None:
    """Behind the key of the body every line counts, those with # too."""
    form = read_form("name: Ada\nnote:\n\nfirst\n# second\nalias: x\n", KEYS, body="note")
    assert form["note"] == ("first\n# second\nalias: x",)
    assert read_form("note: short", KEYS, body="note")["note"] == ("short",)


@pytest.mark.parametrize("line", ["nonsense", "colour: red"])
def test_a_line_that_is_no_key_is_refused_by_its_number(line: str) -> None:
    """The error names the line and the keys that there are."""
    with pytest.raises(NotUnderstood, match="cannot read line 2") as refused:
        read_form(f"name: Ada\n{line}", KEYS)
    assert "name, alias, note" in (refused.value.hint or "")


def test_a_key_of_one_value_stands_once() -> None:
    """Nothing is an empty text, one is itself, two are refused."""
    assert only(read_form("", KEYS), "name") == ""
    assert only(read_form("name: Ada", KEYS), "name") == "Ada"
    with pytest.raises(NotUnderstood, match="is there twice"):
        only(read_form("name: Ada\nname: Bob", KEYS), "name")


def test_a_value_of_several_lines_goes_on_behind_bars() -> None:
    """Whatever they hold: what looks like a comment or a key is part of it."""
    form = read_form(
        "name: Met in Rome |\n    | # nuts |\n\n# a comment\n|  tag: x |\n  |\nalias: A\n", KEYS
    )
    assert form == {"name": ("Met in Rome\n# nuts\n tag: x",), "alias": ("A",), "note": ()}


LOST = {
    "| lost": "continues nothing",
    "name:\n| lost": "continues nothing",
    "name: Ada\nalias:\n| lost": "continues nothing",
    "name: Ada\n| lost": "continues nothing",
    "name: a |\n| b\n| lost": "continues nothing",
    "name: a |\n| b |\nalias: c": "line 2 is not continued",
    "name: a |": "line 1 is not continued",
    "name: a |\n# b\n\n": "line 1 is not continued",
}


@pytest.mark.parametrize("text", LOST)
def test_a_line_whose_neighbour_was_taken_away_is_refused(text: str) -> None:
    """It never becomes part of another value, nor is what is left taken for the whole."""
    with pytest.raises(NotUnderstood, match=LOST[text]):
        read_form(text, KEYS)


LINES = st.lists(
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))
    | st.text(st.sampled_from(" |#:a")),
    min_size=1,
)


@example(["x |", "|", "a\nb |"])
@given(st.lists(LINES.map("\n".join).map(str.strip).filter(bool)))
def test_what_is_written_into_a_form_is_read_out_of_it(values: list[str]) -> None:
    """Values of any lines come back as they were, those that end with a bar too."""
    form = read_form("\n".join(form_line("note", value) for value in values), KEYS)
    assert form["note"] == tuple(values)
