"""What holds for every HTML page: it trusts nothing, loads nothing, and names are marked alike."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NeedsExtra
from connect_cli.model import Named
from connect_cli.render import page_frame
from connect_cli.render.page import page
from connect_cli.render.page_frame import marked
from connect_cli.render.phone_page import phone_page
from connect_cli.render.safe import clean
from tests.render import samples_page, samples_phone
from tests.render.samples import HOSTILE, LONG_NAME, WIDE
from tests.render.test_page import MEANT, Seen

TEMPLATES = Path(page_frame.__file__).parent / "templates"
PAGES: dict[str, Callable[[], str]] = {
    "review": lambda: page(samples_page.WEEK, samples_page.TODAY, discreet=False),
    "phone": lambda: phone_page(samples_phone.WEEK, samples_phone.NOW, discreet=False),
}
SAYING: dict[str, Callable[[str], str]] = {
    "review": lambda text: page(samples_page.saying(text), samples_page.TODAY, discreet=False),
    "phone": lambda text: phone_page(samples_phone.saying(text), samples_phone.NOW, discreet=False),
}
"""Each page, with a text wherever one may stand."""
PLAIN = {name: Seen(saying("tea")) for name, saying in SAYING.items()}


def test_no_template_trusts_anything() -> None:
    """Nothing in them is marked as safe, and nothing switches the escaping off."""
    text = "".join(one.read_text(encoding="utf-8") for one in TEMPLATES.iterdir())
    assert not re.search(r"\bsafe\b|autoescape|Markup|</?script", text)
    assert "|safe" not in Path(page_frame.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_the_same_frame(name: str) -> None:
    """A policy that forbids to load, no referrer, a width for phones, light, dark and paper."""
    text = PAGES[name]()
    seen = Seen(text)
    metas = [found for tag, found in seen.tags if tag == "meta"]
    (policy,) = [found["content"] or "" for found in metas if "http-equiv" in found]
    assert policy.split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    said = {found.get("name"): found.get("content") for found in metas}
    assert said["referrer"] == "no-referrer"
    assert said["viewport"] == "width=device-width, initial-scale=1"
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert text.endswith("</html>\n")


@pytest.mark.parametrize("name", SAYING)
@pytest.mark.parametrize("text", [*MEANT, *HOSTILE, *WIDE, LONG_NAME])
def test_what_you_wrote_changes_nothing(name: str, text: str) -> None:
    """The same tags with the same attributes, and the text is there as it was written."""
    _stays_text(name, text)


@pytest.mark.parametrize("name", SAYING)
@given(text=st.text(min_size=1).filter(str.strip))
def test_no_text_changes_anything(name: str, text: str) -> None:
    """The same for every text there is."""
    _stays_text(name, text)


def _stays_text(name: str, text: str) -> None:
    seen, plain = Seen(SAYING[name](text)), PLAIN[name]
    assert (seen.tags, seen.ends, seen.other) == (plain.tags, plain.ends, plain.other)
    said = clean(re.sub("[\ufdd0\ufdd1]", "\ufffd", text), newline="\n")
    assert said in seen.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", seen.text)


@pytest.mark.parametrize("name", PAGES)
def test_no_mark_of_a_name_is_left(name: str) -> None:
    """Each pair of marks became an element."""
    assert not re.search("[\ufdd0\ufdd1]", PAGES[name]())


def test_names_are_marked_and_nothing_else_can_be() -> None:
    """However deep they stand; what looks like a mark in a text is replaced."""
    ada = Named("a", "Ada")
    assert marked((ada, "Ada", ("\ufdd0x\ufdd1", 3, None))) == (
        Named("a", "\ufdd0Ada\ufdd1"),
        "Ada",
        ("\ufffdx\ufffd", 3, None),
    )


@pytest.mark.parametrize("name", PAGES)
def test_without_jinja_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One line, and how to install it."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(NeedsExtra, match="a page needs the extra 'pages'") as raised:
        PAGES[name]()
    assert raised.value.hint == "pip install 'connect-cli[pages]'"
    assert raised.value.exit_code == 1
