"""Pages: what users wrote is text there, and discreet where that is asked."""

from pathlib import Path

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
