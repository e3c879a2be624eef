"""`review --json`: every figure can be counted again from what stands beside it."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Kind
from connect_cli.reviews import EnergyDay, KindTime, Review
from tests.render import samples_review as samples
from tests.render.conftest import as_json
from tests.render.samples import SECRETS, TODAY

NUMBER = st.integers(0, 99)


def read(view: Review, *, discreet: bool = False) -> Any:
    """The document of a review, parsed."""
    return json.loads(as_json(lambda to: to.review(view), discreet=discreet))


@given(
    st.lists(st.tuples(NUMBER, NUMBER, NUMBER, st.none() | NUMBER), max_size=len(Kind)),
    st.lists(st.tuples(NUMBER, NUMBER, NUMBER), max_size=9),
)
def test_the_sums_are_those_of_their_rows(
    rows: list[tuple[int, int, int, int | None]], days: list[tuple[int, int, int]]
) -> None:
    """Of the kinds, and of the days with an energy."""
    kinds = tuple(
        KindTime(kind, timed + more, timed, minutes, usual)
        for kind, (timed, more, minutes, usual) in zip(Kind, rows, strict=False)
    )
    energy = tuple(EnergyDay(TODAY, *each) for each in days)
    found = read(Review(samples.WEEK, kinds=kinds, energy=energy))
    for row in found["kinds"]:
        assert row["reckoned"] == (row["number"] - row["timed"]) * (row["usual"] or 0)
    for field, total in found["total"].items():
        assert total == sum(row[field] for row in found["kinds"])
    for field in ("gave", "even", "took"):
        assert found[field] == sum(row[field] for row in found["energy"])


def test_a_discreet_document_has_no_text_and_every_figure() -> None:
    """Notes, promises, labels and what was typed are null."""
    written = as_json(lambda to: to.review(samples.OF_WEEK), discreet=True)
    for private in (*SECRETS, "vineyard", "drill", "Rome", "Tea"):
        assert private not in written
    open_, hidden = read(samples.OF_WEEK), json.loads(written)
    for figures in ("kinds", "total", "energy", "rhythms", "first", "again", "tried"):
        assert open_[figures] == hidden[figures]
