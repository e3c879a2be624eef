"""The days of a span: with whom, with which tag, away, and the fullest week."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NoSuchPerson, NotUnderstood
from connect_cli.journal import away, log
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.year_map import fullest_week, touching, year_map
from connect_cli.model import Pause
from connect_cli.reviews import DayCount, Span
from tests.journal.commands import opened

TODAY = date(2026, 11, 23)
YEAR = Span(date(2025, 11, 24), TODAY)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Journal]:
    """A journal with two people, a tag, an attempt, and days away."""
    with closing(opened(tmp_path / "journal.db")) as journal:
        _fill(journal)
        yield journal


def _fill(journal: Journal) -> None:
    for on, words in (
        ("2026-11-02", "Coffee with Ada: one #work"),
        ("2026-11-02", "Called Ada and Bo: two"),
        ("2026-11-05", "Lunch with Bo: three #work"),
        ("2025-11-23", "Coffee with Ada: too early #work"),
    ):
        log.log(journal, words, LogOptions(new=True, on=on))
    log.log(journal, "Called Ada #work", LogOptions(on="2026-11-05", tried=True))
    away.away(journal, "2026-12-01 to 2026-12-05")
    away.away(journal, "2025-11-20 to 2025-11-24")


@pytest.mark.parametrize(
    ("name", "tag", "counted"),
    [
        ("", "", {"2026-11-02": 2, "2026-11-05": 1}),
        ("ada", "", {"2026-11-02": 2}),
        ("", "#Work", {"2026-11-02": 1, "2026-11-05": 1}),
        ("bo", "work", {"2026-11-05": 1}),
        ("", "nobody-has-it", {}),
    ],
)
def test_the_days_are_those_of_a_person_or_a_tag(
    kept: Journal, name: str, tag: str, counted: dict[str, int]
) -> None:
    """An attempt is no conversation; what is outside the span is not counted."""
    view = year_map(kept, YEAR, name, tag)
    assert {str(day.on): day.number for day in view.days} == counted
    assert (view.fullest is None) == (not counted)
    assert view.tag == tag.lower().removeprefix("#")
    assert (view.person.name.lower() if view.person else "") == name
    assert view.away == (Pause(date(2025, 11, 20), date(2025, 11, 24)),)


def test_one_person_at_a_time_and_only_a_tag_is_a_tag(kept: Journal) -> None:
    """Refused in the words of every other command."""
    with pytest.raises(NoSuchPerson) as refused:
        year_map(kept, YEAR, "ada and bo")
    assert refused.value.hint == "those are several people; name one at a time: ada, bo"
    with pytest.raises(NotUnderstood):
        year_map(kept, YEAR, tag="two words")


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        ("2025-11-01", "2025-11-23", False),
        ("2025-11-01", "2025-11-24", True),
        ("2025-11-01", None, True),
        ("2026-11-23", "2026-12-01", True),
        ("2026-11-24", None, False),
    ],
)
def test_days_away_are_those_that_touch_the_span(
    start: str, end: str | None, touches: bool
) -> None:
    """A single day is enough."""
    pause = Pause(date.fromisoformat(start), None if end is None else date.fromisoformat(end))
    assert touching([pause], YEAR) == ((pause,) if touches else ())


COUNTS = st.dictionaries(st.integers(0, 60), st.integers(1, 3), min_size=1)


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), COUNTS)
def test_no_other_week_has_more_and_no_newer_one_as_many(
    first: date, numbers: dict[int, int]
) -> None:
    """Weeks begin on Monday; only their days within the span are counted."""
    span = Span(first, first + timedelta(60))
    days = [DayCount(first + timedelta(at), numbers[at]) for at in sorted(numbers)]
    found = fullest_week(days, span)
    assert found is not None
    weeks: Counter[tuple[int, int]] = Counter()
    for day in days:
        weeks[day.on.isocalendar()[:2]] += day.number
    most = max(weeks.values())
    newest = max(week for week, number in weeks.items() if number == most)
    assert found.first.isocalendar()[:2] == found.last.isocalendar()[:2] == newest
    assert found.first == span.first or found.first.weekday() == 0
    assert found.last == span.last or found.last.weekday() == 6


def test_many_years_begin_with_the_first_that_has_a_conversation(kept: Journal) -> None:
    """An empty one is not drawn; a single year is whole."""
    today = kept.today_is
    found = year_map(kept, Span(date.min, today))
    assert found.span == Span(date(found.days[0].on.year, 1, 1), today)
    year = Span(date(today.year - 1, today.month, today.day), today)
    assert year_map(kept, year).span == year
    nobody = year_map(kept, Span(date.min, date(1900, 1, 1)))
    assert nobody.span.first == date.min


def test_the_ends_of_the_calendar_have_weeks_too() -> None:
    """The first day of all is a Monday, the last one a Friday."""
    for day in (date.min, date.max):
        span = Span(day, day)
        assert fullest_week([DayCount(day, 1)], span) == span
