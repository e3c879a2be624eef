"""Tags and details as they are typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.tags import check_text, find_tags, read_detail, read_label, read_tag


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("usual order: flat white", ("usual order", "flat white")),
        ("  Usual   order :flat: white ", ("Usual order", "flat: white")),
        ("kids:Tim\nand Ann", ("kids", "Tim\nand Ann")),
    ],
    ids=["plain", "colon in the value", "two lines"],
)
def test_a_detail_is_a_label_and_a_value(text: str, detail: tuple[str, str]) -> None:
    """The first colon parts them."""
    assert read_detail(text) == detail


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("site: https://example.org/zoe", ("site", "https://example.org/zoe")),
        ("phone:555", ("phone", "555")),
        ("train at 3:30: platform 2", ("train at 3:30", "platform 2")),
        ("room 12:the corner one", ("room 12", "the corner one")),
    ],
    ids=["address", "no blank", "time", "number"],
)
def test_a_colon_inside_a_time_or_an_address_parts_nothing(
    text: str, detail: tuple[str, str]
) -> None:
    """The label ends where somebody would say that it ends."""
    assert read_detail(text) == detail


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  ", "no text was given"),
        (": flat white", "needs a label"),
        ("usual order: ", "needs something to remember"),
        ("x" * 61 + ": y", "up to 60 letters"),
        ("a\nb: y", "control character"),
    ],
    ids=["nothing", "no label", "no value", "long label", "two lines"],
)
def test_a_detail_without_label_or_value_is_refused(text: str, why: str) -> None:
    """The error says what is missing."""
    with pytest.raises(NotUnderstood, match=why):
        read_detail(text)


@pytest.mark.parametrize("text", ["flat white", "met at 3:30", "https://example.org"])
def test_a_text_without_a_label_is_a_detail_too(text: str) -> None:
    """A colon of a time or of an address makes no label."""
    assert read_detail(f" {text} ") == ("", text)


def test_a_label_can_be_read_alone() -> None:
    """`--drop LABEL` names a detail by its label."""
    assert read_label(" usual  order ") == "usual order"


def test_the_text_of_a_promise_is_trimmed_and_never_empty() -> None:
    """A promise or a question says something."""
    assert check_text("  send photos\n") == "send photos"
    with pytest.raises(NotUnderstood, match="no text"):
        check_text(" \n")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("work", "work"),
        ("#Work", "work"),
        (" #a/b-c_d ", "a/b-c_d"),
        ("2026", "2026"),
        ("Cafe\u0301", "caf\u00e9"),
        ("家族", "家族"),
        ("हिन्दी", "हिन्दी"),
        ("x" * 60, "x" * 60),
    ],
    ids=["plain", "hash", "marks", "digits", "composed", "cjk", "devanagari", "longest"],
)
def test_a_tag_has_one_normal_form(text: str, tag: str) -> None:
    """Without the hash, in lower case, with accents composed."""
    assert read_tag(text) == tag


@pytest.mark.parametrize("text", ["", "#", "two words", "a,b", "🎉", "---", "##a", "x" * 61])
def test_a_tag_of_other_characters_is_refused(text: str) -> None:
    """A tag is one word, and not endless."""
    with pytest.raises(NotUnderstood):
        read_tag(text)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ('#work and #Work, then (#fun) #a/b. "#c"', ("work", "fun", "a/b", "c")),
        ("https://x.org/#frag a#b issue #12 # #- ##", ()),
        ("#" + "x" * 61 + " #ok", ("ok",)),
        ("#trailing- #under_ #slash/", ("trailing", "under", "slash")),
    ],
    ids=["tags", "none", "too long", "ends"],
)
def test_tags_are_found_in_text(text: str, tags: tuple[str, ...]) -> None:
    """Each once, in order; parts of addresses and numbers are none."""
    assert find_tags(text) == tags


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_normal_tag_is_its_own_normal_form(text: str) -> None:
    """Reading a tag twice changes nothing."""
    try:
        tag = read_tag(text)
    except NotUnderstood:
        return
    assert read_tag(tag) == tag
