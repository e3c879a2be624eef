"""Pages: what users wrote is text there, and discreet where that is asked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from connect_cli.exchange.markdown import paragraph
from connect_cli.exchange.normalise import whole_line
from tests.conftest import Connect


def test_pages_show_hostile_text_as_text(connect: Connect, tmp_path: Path) -> None:
    """Nothing in a name or a note becomes markup."""
    connect("add", "Ada <script>")
    connect("log", "coffee with ada: # [x](javascript:alert) *bold*\x1b[31m")
    text = connect("export", "markdown").out
    assert "# Ada \\<script\\>" in text
    assert "\\# \\[x\\](javascript:alert) \\*bold\\*" in text
    assert "\x1b" not in text
    connect("export", "markdown", str(tmp_path / "pages"))
    assert next(one.name for one in (tmp_path / "pages").iterdir()).startswith("ada-script-")


def test_pages_are_discreet_where_that_is_asked(connect: Connect) -> None:
    """Without details, notes, promises, ties and ways to reach them; who and when stays."""
    connect("add", "Ada Lovelace", "--email", "ada@example.org")
    connect("add", "Grace Hopper")
    connect("relate", "grace", "ada", "--as", "aunt")
    connect("archive", "grace", "2024", "--died")
    connect("remember", "ada", "tea: no milk")
    connect("promise", "ada", "send the paper")
    connect("log", "call with ada: she is moving")
    shown, hidden = (
        connect("export", "markdown").out,
        connect("--discreet", "export", "markdown").out,
    )
    for secret in ("no milk", "the paper", "moving", "ada@example", "aunt"):
        assert secret in shown
        assert secret not in hidden
    for line in ("- aunt: Grace Hopper\n", "- aunt of: Ada Lovelace\n", "- died in 2024\n"):
        assert line in shown
    assert "Ada Lovelace" in hidden
    assert "2026-11-23" in hidden


MEANT = (
    "- a list", "1. a number", "20) a number", "---", "===", "- - -", "-- - -", ":-:", "a | b",
    "# a heading", "> a quote", "    code", "`code`", "~~~", "<b>bold</b>", "&amp;", "&#65;",
    "![x](y)", "[x]: y",
    "a\\", "*a* _b_ ~~c~~", "+", "a" * 2000, "\x1b" * 1200 + "end",
)  # fmt: skip
"""Lines that mean something in Markdown."""
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


@pytest.mark.parametrize("line", MEANT)
def test_a_line_is_a_paragraph_whatever_it_says(line: str) -> None:
    """Read as Markdown it is the text that was written, and nothing else."""
    _is_only_text(line)


@given(st.lists(st.sampled_from([*MEANT, *"-=:.)1| "]), max_size=4).map("".join) | st.text())
def test_any_line_is_a_paragraph(line: str) -> None:
    """The same for every text, after another line and alone."""
    _is_only_text(line)


def _is_only_text(line: str) -> None:
    said = whole_line(line)
    for before in ("", "a \\| b\n"):
        read = MARKDOWN.parse(f"{before}{paragraph(line)}")
        inline = [inner for token in read for inner in token.children or ()]
        assert {token.type for token in read} <= {"paragraph_open", "inline", "paragraph_close"}
        assert {token.type for token in inline} <= {"text", "text_special", "softbreak"}
        words = "".join(token.content or " " * (token.type == "softbreak") for token in inline)
        assert words == f"{'a | b ' if before else ''}{said}".strip()
