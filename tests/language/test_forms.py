"""Forms: `key: value` lines as an editor gives them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.forms import form_line, only, read_form

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
    with pytest.raises(NotUnderstood, match="line 2 is not understood") as refused:
        read_form(f"name: Ada\n{line}", KEYS)
    assert "name, alias, note" in (refused.value.hint or "")


def test_a_key_of_one_value_stands_once() -> None:
    """Nothing is an empty text, one is itself, two are refused."""
    assert only(read_form("", KEYS), "name") == ""
    assert only(read_form("name: Ada", KEYS), "name") == "Ada"
    with pytest.raises(NotUnderstood, match="stands twice"):
        only(read_form("name: Ada\nname: Bob", KEYS), "name")


def test_a_value_of_several_lines_goes_on_behind_bars() -> None:
    """Whatever they hold: what looks like a comment or a key is part of it."""
    form = read_form("name: Met in Rome |\n    | # nuts\n|  tag: x\n  |\nalias: A\n", KEYS)
    assert form == {"name": ("Met in Rome\n# nuts\n tag: x",), "alias": ("A",), "note": ()}


@pytest.mark.parametrize(
    "text",
    ["| lost", "name:\n| lost", "name: Ada\nalias:\n| lost", "name: Ada\n| lost", "name:|\n|lost"],
)
def test_a_line_that_goes_on_with_nothing_is_refused(text: str) -> None:
    """It belongs to no value, least of all to the one above whose own line was taken away."""
    with pytest.raises(NotUnderstood, match=r"goes on with no value: \| ?lost"):
        read_form(text, KEYS)


def test_a_bar_at_the_end_of_one_line_is_part_of_it() -> None:
    """It says that more follows only where more does."""
    assert read_form("name: x |\nalias: y |\n", KEYS) == {
        "name": ("x |",),
        "alias": ("y |",),
        "note": (),
    }


LINES = st.lists(
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])), min_size=1
)


@given(st.lists(LINES.map("\n".join).map(str.strip).filter(bool)))
def test_what_is_written_into_a_form_is_read_out_of_it(values: list[str]) -> None:
    """Values of any lines come back as they were."""
    form = read_form("\n".join(form_line("note", value) for value in values), KEYS)
    assert form["note"] == tuple(values)
