"""A review in Markdown: whole, in the order in which it is read, and text stays text."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from connect_cli.control_characters import shown_lines
from connect_cli.exchange.normalise import whole_line
from connect_cli.render.review_markdown import markdown
from connect_cli.reviews import Review, Span
from tests.render.conftest import Golden
from tests.render.samples import HOSTILE
from tests.render.samples_page import EMPTY, HEADINGS, SAMPLES, SECRETS, TODAY, WEEK, YEAR, saying

READER = MarkdownIt("gfm-like", {"linkify": False})
MEANT = (
    "# a", "- a", "1. a", "> a", "| a | b |", "**a**", "[a](b)", "<b>", "&amp;", "`a`", "---",
    "a\\",
)  # fmt: skip


def written(review: Review, *, discreet: bool = False) -> str:
    return markdown(review, TODAY, discreet=discreet)


def read(review: Review) -> list[Token]:
    """What a reader of Markdown sees, with the parts of each line."""
    return [
        one for token in READER.parse(written(review)) for one in (token, *(token.children or ()))
    ]


def test_a_week_is_a_note(golden: Golden) -> None:
    """Headings, quotes, lists and a table, in the order in which they are read."""
    golden("review_week.md", written(WEEK))


def test_the_words_come_first_and_the_figures_after() -> None:
    """Each part has its heading once, in the order of the review."""
    headings = re.findall(r"^## (.*)$", written(YEAR), re.MULTILINE)
    assert headings == HEADINGS


@pytest.mark.parametrize(
    "part",
    [
        part
        for part in Review._fields
        if part not in ("span", "map", "tried") and not part.startswith("more_")
    ],
)
def test_a_part_without_anything_is_left_out(part: str) -> None:
    """Whatever is empty, no heading stands above nothing."""
    nothing: dict[str, Any] = {part: ()}
    text = written(WEEK._replace(**nothing))
    assert not re.search(r"^## .*\n\n(##|\Z)", text, re.MULTILINE)
    assert text.count("\n## ") in (8, 9)
    only = written(Review(Span(*EMPTY.span), **{part: getattr(WEEK, part)}))
    assert only.count("\n## ") in (1, 2)


def test_nothing_to_look_back_on_is_said() -> None:
    """A heading and a sentence, and no part."""
    assert "\n## " not in written(EMPTY)
    assert "Nothing was logged" in written(EMPTY)


def test_a_note_keeps_its_line_breaks() -> None:
    """They are breaks to a reader of Markdown, and empty lines begin a paragraph."""
    (word, *_) = WEEK.words
    tokens = read(Review(WEEK.span, words=(word._replace(note="one\ntwo\n\n- three\n    four"),)))
    quoted = [token.type for token in tokens if token.type in ("hardbreak", "softbreak")]
    assert quoted == ["hardbreak", "hardbreak"]
    lines = [token.content for token in tokens if token.type == "inline"]
    assert lines[3:5] == ["one\\\ntwo", "\\- three\\\nfour"]


@pytest.mark.parametrize("text", [*MEANT, *HOSTILE])
def test_what_you_wrote_changes_nothing(text: str) -> None:
    """Names, notes, promises and labels are text wherever they stand."""
    _stays_text(text)


@given(st.text(st.characters(exclude_characters="\n"), min_size=1).filter(whole_line))
def test_no_text_changes_anything(text: str) -> None:
    """The same for every text on a line."""
    _stays_text(text)


def _stays_text(text: str) -> None:
    inline = {token.type for token in read(saying(text)) if not token.type.endswith("break")}
    assert inline == {token.type for token in read(saying("tea"))} | {"text_special"} & inline
    lines = text.replace("\r\n", "\n").split("\n")
    blocks = [token.type for token in READER.parse(written(saying(text)))]
    assert len(lines) > 1 or blocks == [token.type for token in READER.parse(written(saying("x")))]
    shown = shown_lines(whole_line(text))
    assert "".join(shown.split()) in "".join(_words(saying(text)).split())


def _words(review: Review) -> str:
    return "".join(token.content for token in read(review) if token.type.startswith("text"))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_shared_screen_shows_no_words(name: str) -> None:
    """Notes, promises and labels are hidden; who, when and the figures stay."""
    shown, hidden = written(SAMPLES[name]), written(SAMPLES[name], discreet=True)
    assert all(secret in shown for secret in SECRETS) or name == "empty"
    assert not any(secret in hidden for secret in SECRETS)
    assert re.findall(r"^\|.*", shown, re.MULTILINE) == re.findall(r"^\|.*", hidden, re.MULTILINE)
    assert shown.count("\n## ") == hidden.count("\n## ")
