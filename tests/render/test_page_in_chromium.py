"""The page in a real browser: nothing is wider than its window, and nothing is asked for outside.

A script in a page of the test's own measures the page within frames of several widths, since the
page itself allows no script.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from connect_cli.model import Kind
from connect_cli.render.page import page
from connect_cli.render.phone_page import phone_page
from connect_cli.reviews import EnergyDay, KindTime, Met
from tests.render import samples_phone
from tests.render.samples_page import SAMPLES, TODAY, YEAR, saying

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
WIDTHS = (320, 390, 768, 1280)
MANY = YEAR._replace(
    kinds=tuple(KindTime(kind, 80_000, 70_000, 1_600_000, 20) for kind in Kind),
    energy=(EnergyDay(TODAY, 1_000_000, 1),),
)
"""A million conversations."""
LONG = "x" * 700 + " https://example.org/" + "y" * 300

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here"),
]

MEASURE = """
<script>
addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map((frame) => {
    const inner = frame.contentDocument, width = frame.clientWidth;
    const shown = [...inner.querySelectorAll("body *:not(thead, thead *, caption)")];
    const days = [...inner.querySelectorAll(".when")];
    const broken = days.filter(
      (one) => one.scrollWidth > one.clientWidth || one.clientHeight > 30,
    );
    const wide = shown.filter((one) => one.getBoundingClientRect().right > width + 1);
    return {
      name: frame.title,
      frame: width,
      width: inner.scrollingElement.scrollWidth,
      outside: wide.map((one) => one.tagName),
      broken: broken.length,
      days: days.length,
      asked: frame.contentWindow.performance.getEntriesByType("resource").length,
      scripts: inner.scripts.length,
      title: inner.title,
    };
  });
  const answer = document.createElement("pre");
  answer.id = "answer";
  answer.textContent = JSON.stringify(found);
  document.body.append(answer);
});
</script>
"""


class Outside:
    """A server that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *words: Any) -> None:  # noqa: A002  # the name is that of the library
                """Nothing is written to the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def outside() -> Iterator[Outside]:
    """A server on this machine while a test runs."""
    found = Outside()
    thread = Thread(target=found.server.serve_forever)
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


def seen(folder: Path, pages: dict[str, str]) -> list[dict[str, Any]]:
    """What a browser found in each page, at each width."""
    frames = "".join(
        f'<iframe title="{name}" width="{width}" height="900" style="border: 0"'
        f' srcdoc="{escape(text)}"></iframe>'
        for name, text in pages.items()
        for width in WIDTHS
    )
    file = folder / "measured.html"
    file.write_text(f"<!DOCTYPE html><meta charset=utf-8>{MEASURE}{frames}", encoding="utf-8")
    (answer,) = re.findall(r'<pre id="answer">(.*?)</pre>', _dumped(folder, file))
    found: list[dict[str, Any]] = json.loads(unescape(answer))
    return found


def _dumped(folder: Path, file: Path) -> str:
    """The page after its script has run."""
    assert CHROMIUM is not None
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--user-data-dir={folder / 'profile'}",
    )
    done = subprocess.run(
        [CHROMIUM, *options, "--dump-dom", file.as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return done.stdout


def test_nothing_is_wider_than_its_window(tmp_path: Path) -> None:
    """On a phone, a tablet and a desk, with words of any length and a million conversations."""
    pages = {name: page(sample, TODAY, discreet=False) for name, sample in SAMPLES.items()}
    pages["many"] = page(MANY, TODAY, discreet=False)
    pages["long"] = page(saying(LONG), TODAY, discreet=False)
    _fits(tmp_path, pages)


def test_the_page_for_the_phone_is_not_wider_than_its_window(tmp_path: Path) -> None:
    """Nor with words of any length."""
    samples = {**samples_phone.SAMPLES, "long": samples_phone.saying(LONG)}
    pages = {
        name: phone_page(sample, samples_phone.NOW, discreet=False)
        for name, sample in samples.items()
    }
    _fits(tmp_path, pages)


def _fits(folder: Path, pages: dict[str, str]) -> None:
    found = seen(folder, pages)
    assert len(found) == len(pages) * len(WIDTHS)
    for one in found:
        assert one["width"] <= one["frame"], one
        assert one["outside"] == [], one


def test_a_day_stands_on_one_line(tmp_path: Path) -> None:
    """With its year, too, and beside the words it belongs to."""
    met = tuple(Met(YEAR.first[0].person, date(2021, month, 24)) for month in range(1, 13))
    for one in seen(tmp_path, {"years": page(YEAR._replace(first=met), TODAY, discreet=False)}):
        assert one["days"] >= len(met)
        assert one["broken"] == 0, one


def test_nothing_is_asked_for_outside(tmp_path: Path, outside: Outside) -> None:
    """Addresses in names and notes stay text, whatever stands around them."""
    address = outside.address
    texts = {
        "tags": f"<img src={address}/img><script src={address}/script></script>",
        "style": f"</style><style>@import url({address}/import)</style>",
        "attribute": f'" style="background: url({address}/background)" onload="x',
        "link": f"<link rel=stylesheet href={address}/link><iframe src={address}/frame></iframe>",
    }
    pages = {name: page(saying(text), TODAY, discreet=False) for name, text in texts.items()}
    for name, text in texts.items():
        view = samples_phone.saying(text)
        pages[f"{name}, phone"] = phone_page(view, samples_phone.NOW, discreet=False)
    for one in seen(tmp_path, pages):
        assert (one["asked"], one["scripts"]) == (0, 0), one
        review = "The week until today, 24 to 30 November 2026"
        assert one["title"] == ("The coming days" if "phone" in one["name"] else review)
    assert outside.asked == []


def test_the_server_is_asked_by_a_page_that_loads_something(
    tmp_path: Path, outside: Outside
) -> None:
    """The trial above would notice: the same image is loaded where nothing forbids it."""
    found = seen(tmp_path, {"loads": f"<img src={outside.address}/img>"})
    assert {one["asked"] for one in found} == {1}
    assert set(outside.asked) == {"/img"}
