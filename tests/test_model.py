"""What the stored values decide themselves: how a contact counts, cadences, what is private."""

from datetime import date, datetime

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.model import (
    HALF_KINDS,
    LONGEST,
    Cadence,
    Counts,
    Kind,
    Person,
    Recorded,
    Rule,
    usual_counts,
)

FULL, HALF = date(2026, 11, 1), date(2026, 11, 20)


@pytest.mark.parametrize("kind", Kind)
def test_an_attempt_counts_for_nothing_and_an_event_or_a_gift_by_half(kind: Kind) -> None:
    """Whatever the kind, unless something else is said."""
    assert usual_counts(kind, tried=True) is Counts.NO
    assert usual_counts(kind, tried=False) is (Counts.HALF if kind in HALF_KINDS else Counts.YES)
    assert {Kind.EVENT, Kind.GIFT} == HALF_KINDS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *[
            ("1d", "every day"),
            ("3d", "every 3 days"),
            ("1w", "every week"),
            ("2w", "every 2 weeks"),
        ],
        *[("6m", "every 6 months"), ("1y", "every year"), ("10y", "every 10 years")],
    ],
)
def test_a_cadence_in_its_short_form_is_said_in_words(text: str, words: str) -> None:
    """And written again as it was read."""
    cadence = Cadence.parse(text)
    assert (str(cadence), cadence.words) == (text, words)


@pytest.mark.parametrize(
    "text", ["", "w", "2", "0w", "02w", "-1w", "1.5w", "2W", "٣d", "2 w", "2ww"]
)
def test_what_is_no_short_form_is_refused(text: str) -> None:
    """Words are for the reader of cadences; the store knows this form alone."""
    with pytest.raises(NotUnderstood, match="is not a cadence"):
        Cadence.parse(text)


@pytest.mark.parametrize(("unit", "most"), LONGEST.items(), ids=LONGEST)
def test_a_cadence_is_ten_years_at_most(unit: str, most: int) -> None:
    """However many digits it has."""
    assert Cadence.parse(f"{most}{unit}").count == most
    for count in (most + 1, 10**400):
        with pytest.raises(NotUnderstood, match="longer than ten years"):
            Cadence.parse(f"{count}{unit}")


def test_rules_of_the_same_days_are_one_whatever_they_were_called() -> None:
    """Only how they are said differs."""
    rule, called = Rule("FREQ=MONTHLY;BYDAY=1FR"), Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday")
    assert len({rule, called}) == 1
    assert (rule.words, called.words) == ("FREQ=MONTHLY;BYDAY=1FR", "first friday")
    assert rule != Rule("FREQ=MONTHLY;BYDAY=2FR")
    assert rule != ("FREQ=MONTHLY;BYDAY=1FR", "")


@pytest.mark.parametrize(
    ("full", "half", "last"),
    [(None, None, None), (FULL, None, FULL), (None, HALF, HALF), (FULL, HALF, HALF)],
)
def test_the_last_contact_is_the_newer_of_both(
    full: date | None, half: date | None, last: date | None
) -> None:
    """Whether it counts in full or by half."""
    ada = Person("a", "Ada", last_full_on=full, last_half_on=half)
    assert ada.last_on == last


@pytest.mark.parametrize(
    ("verb", "private"),
    [("remember", True), ("promise", True), ("saved", True), ("log", False), ("add", False)],
)
def test_words_that_may_quote_a_detail_or_a_promise_are_private(verb: str, private: bool) -> None:
    """So that no shared screen shows them."""
    assert Recorded("c", datetime(2026, 11, 23, 8), verb, "…").private is private
