"""A review in a pipe: a word for the part, then exact fields."""

import pytest

from connect_cli.reviews import Review
from tests.render import samples_review as samples
from tests.render.conftest import plain

FIELDS = {
    "span": 2,
    "word": 13,
    "onthisday": 13,
    "first": 3,
    "again": 4,
    "kept": 7,
    "open": 7,
    "more": 2,
    "kind": 6,
    "tried": 1,
    "rhythm": 5,
    "energy": 4,
    "occasion": 4,
}


def records(view: Review, *, discreet: bool = False) -> list[list[str]]:
    """The fields of each record."""
    written = plain(lambda to: to.review(view), discreet=discreet)
    return [line.split("\t") for line in written.splitlines()]


@pytest.mark.parametrize("name", samples.REVIEWS)
def test_every_record_has_all_fields_of_its_part(name: str) -> None:
    """As docs/json.md lists them."""
    for part, *fields in records(samples.REVIEWS[name]):
        assert len(fields) == FIELDS[part]


def test_a_full_review_has_every_part() -> None:
    """In one order, and every sort of record."""
    parts = list(dict.fromkeys(part for part, *_ in records(samples.OF_YEAR)))
    assert sorted(parts) == sorted(FIELDS)


def test_how_many_more_there_are_stands_behind_those_it_belongs_to() -> None:
    """Only where there are more."""
    found = records(samples.OF_YEAR)
    for at, (part, *fields) in enumerate(found):
        if part == "more":
            assert found[at - 1][0] == fields[0]
    more = [fields for part, *fields in found if part == "more"]
    assert more == [
        ["first", "12"],
        ["again", ""],
        ["kept", "31"],
        ["open", "7"],
        ["occasion", "2"],
    ]
    assert "more" not in [part for part, *_ in records(samples.OF_WEEK)]


def test_figures_are_exact() -> None:
    """Minutes, not hours; an unknown median is empty."""
    kinds = [fields for part, *fields in records(samples.OF_WEEK) if part == "kind"]
    assert kinds[0] == ["call", "5", "2", "55", "20", "60"]
    assert kinds[-1] == ["letter", "2", "0", "0", "", "0"]
