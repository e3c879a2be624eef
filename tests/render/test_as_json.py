"""`--json`: a stable shape, and every field of it documented."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connect_cli.render import Renderer
from connect_cli.render.load_words import say_nobody
from tests.render import samples
from tests.render import samples_map as maps
from tests.render import samples_planning as planned
from tests.render.conftest import Golden, as_json
from tests.render.seen import IMPORTS
from tests.render.test_plain import VIEWS

PAGE = Path(__file__).parents[2] / "docs" / "json.md"


def read(view: str) -> Any:
    """The document of a view, parsed."""
    return json.loads(as_json(VIEWS[view]))


def fields_on_page(heading: str) -> set[str]:
    """The fields that the tables under a heading list."""
    section = PAGE.read_text("utf-8").split(f"### {heading}\n")[1].split("\n##")[0]
    first_cells = re.findall(r"^\| (`[^|]+`) \|", section, re.MULTILINE)
    return {field for cell in first_cells for field in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in IMPORTS])
def test_every_view_has_the_shape_it_had(view: str, golden: Golden) -> None:
    """A difference here is a difference to somebody's script."""
    golden(f"{view}.json", as_json(VIEWS[view]))


@pytest.mark.parametrize(
    ("view", "heading"),
    [
        pytest.param("today", "today", id="today"),
        pytest.param("card", "show", id="show"),
        pytest.param("recall", "show ID", id="one interaction"),
        pytest.param("people", "people, triage", id="people"),
        pytest.param("pairs", "merge", id="merge"),
        pytest.param("why", "why", id="why"),
        pytest.param("plan", "plan", id="plan"),
        pytest.param("changes", "plan --apply", id="apply"),
        pytest.param("ahead", "ahead", id="ahead"),
        pytest.param("ahead-next", "ahead", id="ahead of nobody"),
        pytest.param("away", "away", id="away"),
        pytest.param("settings", "config", id="config"),
        pytest.param("record", "changes", id="changes"),
        pytest.param("map", "review --map", id="map"),
        pytest.param("copies", "restore", id="restore"),
        pytest.param("findings", "doctor", id="doctor"),
        pytest.param("history", "history", id="history"),
        pytest.param("promises", "promises", id="promises"),
        pytest.param("hits", "search", id="search"),
        pytest.param("review", "review", id="review"),
        pytest.param("review-empty", "review", id="an empty review"),
        pytest.param("balance", "balance", id="balance"),
        pytest.param("answer", "log, amend, delete", id="log"),
        pytest.param("rehearsal", "log --dry-run", id="dry run"),
        pytest.param("inbox", "inbox", id="inbox"),
        pytest.param("sync", "sync", id="sync"),
        pytest.param("machines", "sync --machines", id="machines"),
        pytest.param("sentence", "Other answers", id="other"),
    ],
)
def test_every_field_of_a_document_is_documented_and_there(view: str, heading: str) -> None:
    """No field without its line, no line without its field."""
    assert set(read(view)) == fields_on_page("Every document") | fields_on_page(heading)


@pytest.mark.parametrize(
    ("find", "heading"),
    [
        pytest.param(lambda: read("people")["people"][0], "Person", id="person"),
        pytest.param(lambda: read("card")["person"], "Person", id="person of a card"),
        pytest.param(lambda: read("today")["suggestions"][0], "Suggestion", id="suggestion"),
        pytest.param(lambda: read("today")["suggestions"][0]["last"], "Interaction", id="last"),
        pytest.param(lambda: read("today")["suggestions"][1]["promises"][0], "Promise", id="open"),
        pytest.param(lambda: read("today")["suggestions"][1]["details"][0], "Detail", id="detail"),
        pytest.param(
            lambda: read("today-own")["suggestions"][0]["occasions"][0], "Occasion", id="own"
        ),
        pytest.param(lambda: read("today-next")["next"], "Next", id="next"),
        pytest.param(lambda: read("today-next")["next"]["people"][0], "Named", id="next person"),
        pytest.param(lambda: read("today-welcome-one")["welcome"], "Welcome", id="welcome"),
        pytest.param(
            lambda: read("today-welcome-one")["welcome"]["occasions"][0], "Occasion", id="over"
        ),
        pytest.param(lambda: read("ahead-next")["next"], "Next", id="after these days"),
        pytest.param(lambda: read("today")["done"][0], "Done", id="done"),
        pytest.param(lambda: read("today")["done"][0]["interactions"][0], "Interaction", id="did"),
        pytest.param(lambda: read("today")["occasions"][0], "Occasion", id="occasion"),
        pytest.param(lambda: read("today")["occasions"][0]["person"], "Named", id="whose"),
        pytest.param(lambda: read("today")["promises"][0], "Promise", id="promise"),
        pytest.param(lambda: read("today")["promises"][0]["person"], "Named", id="to whom"),
        pytest.param(lambda: read("card")["contact_points"][0], "Contact point", id="reach"),
        pytest.param(lambda: read("card")["ties"][0], "Tie", id="tie"),
        pytest.param(lambda: read("card")["ties"][0]["person"], "Named", id="tied"),
        pytest.param(lambda: read("card")["last_year"][0], "Counted day", id="year"),
        pytest.param(lambda: read("recall")["interaction"], "Interaction", id="recalled"),
        pytest.param(lambda: read("card")["details"][0], "Detail", id="details"),
        pytest.param(lambda: read("card")["occasions"][0], "Occasion", id="yearly"),
        pytest.param(lambda: read("card")["companions"][0], "Companion", id="companion"),
        pytest.param(lambda: read("card")["interactions"][0], "Interaction", id="timeline"),
        pytest.param(lambda: read("pairs")["pairs"][0], "Pair", id="pair"),
        pytest.param(lambda: read("pairs")["pairs"][0]["reasons"][0], "Reason", id="reason"),
        pytest.param(lambda: read("pairs")["pairs"][0]["second"], "Named", id="second"),
        pytest.param(lambda: read("history")["interactions"][0], "Interaction", id="history"),
        pytest.param(lambda: read("history")["interactions"][0]["people"][0], "Named", id="who"),
        pytest.param(lambda: read("promises")["promises"][0], "Promise", id="promises"),
        pytest.param(lambda: read("hits")["hits"][0], "Hit", id="hit"),
        pytest.param(lambda: read("hits")["hits"][0]["people"][0], "Named", id="found"),
        pytest.param(lambda: read("review")["words"][0], "Interaction", id="kept words"),
        pytest.param(lambda: read("review")["on_this_day"][0], "Interaction", id="on this day"),
        pytest.param(lambda: read("review")["first"][0], "Met", id="first"),
        pytest.param(lambda: read("review")["again"][0], "Met", id="again"),
        pytest.param(lambda: read("review")["kept"][0], "Promise", id="kept"),
        pytest.param(lambda: read("review")["open"][0], "Promise", id="still open"),
        pytest.param(lambda: read("review")["kinds"][0], "Time of a kind", id="kind"),
        pytest.param(lambda: read("review")["total"], "Total", id="total"),
        pytest.param(lambda: read("review")["rhythms"][0], "Rhythm", id="rhythm"),
        pytest.param(lambda: read("review")["energy"][0], "Energy of a day", id="energy"),
        pytest.param(lambda: read("review")["occasions"][0], "Occasion", id="coming"),
        pytest.param(lambda: read("answer")["interaction"], "Interaction", id="answer"),
        pytest.param(lambda: read("rehearsal")["interactions"][0], "Interaction", id="would log"),
        pytest.param(lambda: read("rehearsal")["promises"][0], "Promise", id="would keep"),
        pytest.param(lambda: read("rehearsal")["questions"][0], "Asked", id="would ask"),
        pytest.param(lambda: read("inbox")["taken"][0], "Taken line", id="taken"),
        pytest.param(lambda: read("sync")["taken"][0], "From a machine", id="came"),
        pytest.param(lambda: read("sync")["waits"][0], "Waiting file", id="late"),
        pytest.param(lambda: read("sync")["check"], "Check of machines", id="check"),
        pytest.param(lambda: read("machines")["machines"][0], "Machine", id="machine"),
        pytest.param(lambda: read("inbox")["taken"][0]["interaction"], "Interaction", id="heard"),
        pytest.param(lambda: read("inbox")["waiting"][0], "Waiting line", id="waiting"),
        pytest.param(lambda: read("why")["contact"], "Interaction", id="counted"),
        pytest.param(lambda: read("why")["terms"], "Terms", id="terms"),
        pytest.param(lambda: read("why-resting")["rests"][0], "Rest", id="rest"),
        pytest.param(lambda: read("why-resting")["last_place_to"], "Named", id="last place"),
        pytest.param(lambda: read("why")["terms"]["pauses"][0], "Interval", id="pause"),
        pytest.param(lambda: read("plan")["circles"][0], "Circle", id="circle"),
        pytest.param(lambda: read("plan")["offers"][0], "Offer", id="offer"),
        pytest.param(lambda: read("plan")["offers"][0]["steps"][0], "Step", id="step"),
        pytest.param(lambda: read("plan")["gap"], "Interval", id="gap"),
        pytest.param(lambda: read("plan")["rhythms"][0], "Change", id="rhythm"),
        pytest.param(lambda: read("changes")["changes"][0], "Change", id="change"),
        pytest.param(lambda: read("ahead")["days"][0], "Day ahead", id="day"),
        pytest.param(lambda: read("ahead")["days"][0]["done"][0], "Named", id="met"),
        pytest.param(lambda: read("ahead")["days"][0]["suggestions"][0], "Listed", id="listed"),
        pytest.param(lambda: read("balance")["stretches"][0], "Stretch", id="stretch"),
        pytest.param(lambda: read("balance")["total"], "Stretch", id="sum of stretches"),
        pytest.param(lambda: read("balance")["kinds"][0], "Time of a kind", id="time of kinds"),
        pytest.param(lambda: read("balance")["savings"][0], "Saving", id="saving"),
        pytest.param(lambda: read("away")["away"][0], "Interval", id="interval"),
        pytest.param(lambda: read("settings")["settings"][0], "Setting", id="setting"),
        pytest.param(lambda: read("record")["commands"][0], "Command", id="command"),
        pytest.param(lambda: read("map")["days"][0], "Day count", id="day of a map"),
        pytest.param(lambda: read("map")["away"][0], "Interval", id="away on a map"),
        pytest.param(lambda: read("map")["fullest"], "Fullest week", id="fullest week"),
        pytest.param(lambda: read("map-with")["person"], "Named", id="person of a map"),
        pytest.param(lambda: read("copies")["copies"][0], "Copy", id="copy"),
        pytest.param(lambda: read("findings")["findings"][0], "Finding", id="finding"),
    ],
)
def test_every_field_of_an_object_is_documented_and_there(
    find: Callable[[], dict[str, Any]], heading: str
) -> None:
    """No field without its line, no line without its field."""
    assert set(find()) == fields_on_page(heading)


def test_what_is_without_end_or_does_not_apply_is_null() -> None:
    """JSON has no infinity; somebody without a cadence has no terms."""
    busy = json.loads(as_json(lambda to: to.load(planned.NO_TIME, {}, ())))
    assert busy["ratio"] is busy["circles"][0]["ratio"] is None
    free = json.loads(as_json(lambda to: to.load(planned.NOBODY, {}, ())))
    assert (free["ratio"], free["said"]) == (0.0, say_nobody())
    why = json.loads(as_json(lambda to: to.why(planned.why(samples.MAY), None)))
    assert why["terms"] is why["contact"] is why["can_be_on"] is why["offers_left"] is None
    gap = json.loads(as_json(lambda to: to.today(samples.MORNING._replace(gap=planned.GAP))))["gap"]
    assert gap == {"start_on": "2026-11-10", "end_on": "2026-11-21"}


def test_the_figures_of_a_map_can_be_counted_again() -> None:
    """The fullest week is the sum of its days; without a conversation there is none."""
    found = read("map")
    week = found["fullest"]
    days = [day for day in found["days"] if week["first_on"] <= day["day"] <= week["last_on"]]
    assert week["number"] == sum(day["number"] for day in days) > 0
    bare = json.loads(as_json(lambda to: to.year_map(maps.BARE)))
    assert (bare["fullest"], bare["days"], bare["shades"]) == (None, [], [1, 2, 3, 5])


def test_the_marks_of_a_hit_are_the_words_found() -> None:
    """Code points of the text as it is given."""
    hit = read("hits")["hits"][0]
    assert [hit["text"][start:end] for start, end in hit["marks"]] == ["Boston", "Worried"]


@pytest.mark.parametrize("text", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_a_reader_gets_any_text_back_and_a_terminal_gets_none_of_its_controls(text: str) -> None:
    """Text as it was typed, but never raw."""
    card = samples.hostile_card(text)
    written = as_json(lambda to: to.card(card))
    document = json.loads(written)
    assert document["interactions"][0]["note"] == json.loads(json.dumps(text))
    assert not set(written) & set("\x1b\x9b\x07\x00\u202e\u2028\u2029\r\ud800\U000e0041")


@pytest.mark.parametrize(
    "view",
    [
        "today",
        "card",
        "recall",
        "history",
        "promises",
        "hits",
        "answer",
        "rehearsal",
        "inbox",
        "why",
        "ahead",
        "record",
        "balance",
    ],
)
def test_a_discreet_document_withholds_notes_details_and_promises(view: str) -> None:
    """They are null, and the document says so."""
    written = as_json(VIEWS[view], discreet=True)
    for secret in samples.SECRETS:
        assert secret not in written.replace("May Boston", "").replace("#boston", "")
    assert json.loads(written)["discreet"] is True


def test_text_is_utf_8_and_not_escaped_unless_the_stream_cannot_hold_it() -> None:
    """Readable where it can be, right everywhere."""

    def draw(to: Renderer) -> None:
        to.people(samples.STANDINGS)

    assert "王小明" in as_json(draw)
    assert r"\u738b" in as_json(draw, encoding="ascii")
    assert json.loads(as_json(draw, encoding="ascii")) == json.loads(as_json(draw))
