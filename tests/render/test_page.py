"""The page of a review stands for itself, and what somebody wrote is text in it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from connect_cli.model import Named
from connect_cli.render import page as page_file
from connect_cli.render.page import page
from connect_cli.reviews import EnergyDay, Review, YearMap
from tests.render.samples_page import (
    EMPTY,
    HEADINGS,
    NOA,
    SAMPLES,
    SECRETS,
    TODAY,
    WEEK,
    YEAR,
    saying,
)

MEANT = (
    "<script>alert(1)</script>",
    "</style><b>x</b>",
    "</blockquote></main>",
    "javascript:alert(1)",
    "&amp; &lt;b&gt; &#x3c;",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# x #}",
    '" onload="x',
    "' style='x",
    "<!-- ",
    "]]>",
    "<img src=https://evil.example/x.png>",
    "@import url(https://evil.example)",
    "\ufdd0x\ufdd1",
    "\ufdd1x\ufdd0",
    "x" * 5000,
    "אבג",
)
TEMPLATES = Path(page_file.__file__).parent / "templates"
FORBIDDEN = r"\b(missed|overdue|lost|neglected|score|streak|rank)"


class Seen(HTMLParser):
    """What a reader of HTML finds: the tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ends: list[str] = []
        self.other: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.ends.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)


def written(review: Review, *, discreet: bool = False) -> str:
    return page(review, TODAY, discreet=discreet)


def headings(review: Review) -> list[str]:
    return re.findall(r"<h2>(.*)</h2>", written(review))


def test_the_words_come_first_and_the_figures_after() -> None:
    """The parts of the review in their order, the map at last."""
    assert headings(YEAR) == [*HEADINGS, "The days"]


def test_a_part_without_anything_is_left_out() -> None:
    """A page of nothing says so, and one with a note has that part alone."""
    assert headings(EMPTY) == []
    assert "Nothing was logged" in written(EMPTY)
    assert headings(EMPTY._replace(map=YearMap(EMPTY.span))) == []
    assert headings(Review(EMPTY.span, words=WEEK.words)) == ["Words you kept"]
    assert headings(Review(EMPTY.span, kinds=WEEK.kinds)) == ["How"]
    gave = Review(EMPTY.span, energy=(EnergyDay(TODAY, gave=2),))
    assert headings(gave) == ["What it did to you"]
    assert re.findall(r'<th scope="row">(.*?)<', written(gave)) == ["gave"]


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_loaded_from_anywhere(name: str) -> None:
    """No script, no address and no handler; a policy forbids them besides."""
    text = written(SAMPLES[name])
    seen = Seen(text)
    attributes = {key for _, found in seen.tags for key in found}
    assert not {tag for tag, _ in seen.tags} & {"script", "link", "img", "iframe", "object", "base"}
    assert not {one for one in attributes if one.startswith("on") or one in ("src", "href")}
    assert not re.search(r"https?:|//|url\(|@import|javascript:|xlink|expression\(", text)
    (policy,) = [found["content"] for _, found in seen.tags if "http-equiv" in found]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_every_picture_can_be_read_without_seeing_it() -> None:
    """It has a label, or it is hidden where a table or words beside it say the same."""
    seen = Seen(written(YEAR))
    pictures = [found for tag, found in seen.tags if tag == "svg"]
    labels = [one["aria-label"] for one in pictures if one.get("role") == "img"]
    assert [re.sub(r"\d+ (conv|day)", r"N \1", label or "") for label in labels] == [
        "December 2025 to May 2026: N conversations on N days",
        "June to November 2026, until today: N conversations on N days",
    ]
    hidden = [one for one in pictures if one.get("aria-hidden") == "true"]
    bars, signs = seen.ends.count("tr") - 2, 6
    assert len(hidden) == len(pictures) - len(labels) == bars + signs


def test_days_have_a_column_where_there_are_some() -> None:
    """Lines without a day begin at the margin."""
    assert written(WEEK).count('<ul class="lines dated">') == 4
    undated = WEEK._replace(open_loops=WEEK.open_loops[2:])
    assert written(undated).count('<ul class="lines">') == 1


def test_figures_stand_beside_their_bars() -> None:
    """The longest bar is whole, and the others are as long as their numbers are large."""
    text = written(WEEK)
    rows = re.findall(
        r'<th scope="row">(.*?)</th>.*?width="([\d.]+)".*?"number">(\d+)<.*?"time">(.*?)<', text
    )
    assert [(name, number, time) for name, _, number, time in rows] == [
        ("call", "6", "about 2 h 15 min"),
        ("video call", "1", "50 min"),
        ("coffee", "3", "2 h 20 min"),
        ("walk", "2", "about 2 h 10 min"),
        ("message", "9", ""),
    ]
    assert [float(length) for _, length, _, _ in rows] == [66.7, 11.1, 33.3, 22.2, 100.0]


def test_every_name_keeps_its_own_direction() -> None:
    """A name from right to left is an element of its own, and a note decides for itself."""
    text = written(WEEK)
    assert f'<bdi dir="auto">{NOA.name}</bdi>, call, Thu 26 Nov' in text
    assert f'<bdi dir="auto">{NOA.name}</bdi> turns 40' in text
    assert text.count('<blockquote dir="auto">') == 4
    assert "\ufdd0" not in text
    assert "\ufdd1" not in text


def test_a_note_keeps_its_line_breaks() -> None:
    """They stand in the page, whose style shows them."""
    assert "in September.\nWorried" in written(WEEK)
    assert re.search(
        r"blockquote \{[^}]*white-space: pre-line",
        (TEMPLATES / "review.css").read_text(encoding="utf-8"),
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_shared_screen_shows_no_words(name: str) -> None:
    """Notes, promises and labels are hidden; who, when and the figures stay."""
    shown, hidden = written(SAMPLES[name]), written(SAMPLES[name], discreet=True)
    assert all(secret in shown for secret in SECRETS) or name == "empty"
    assert not any(secret in hidden for secret in SECRETS)
    assert Seen(shown).tags == Seen(hidden).tags


def test_a_shared_screen_hides_labels_and_typed_words() -> None:
    """Whatever somebody wrote but a name and a rhythm is hidden."""
    review = saying("scones")
    named = review._replace(
        words=tuple(one._replace(people=(Named("x", "Ada"),)) for one in review.words), rhythms=()
    )
    hidden = page_file.page(named._replace(first=(), again=()), TODAY, discreet=True)
    assert hidden.count("scones") == hidden.count('<bdi dir="auto">scones</bdi>')


@pytest.mark.parametrize("name", SAMPLES)
def test_nobody_is_judged(name: str) -> None:
    """No word of blame, in the text or in its style."""
    assert not re.search(FORBIDDEN, written(SAMPLES[name]), re.IGNORECASE)


def test_the_page_says_what_it_is() -> None:
    """A title, a language, a width for phones, light and dark, and paper."""
    text = written(WEEK)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>The week until today, 24 to 30 November 2026</title>" in text
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert "Monday 30 November 2026" in text
    assert text.endswith("</html>\n")
