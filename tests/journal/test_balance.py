"""Time given back: what is noted, the standing estimate, and the balance against a recount."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.journal import balance
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.load import kept_since
from connect_cli.journal.undo import undo, undoable
from connect_cli.model import Interaction, Kind
from connect_cli.reviews import Balance, Span, Stretch, TimeUnit
from connect_cli.settings import Settings
from connect_cli.store import interactions, savings
from connect_cli.store.time_with_people import window_of
from tests.conftest import MORNING
from tests.store.test_time_with_people import lengths, median
from tests.store.writing import interaction

Open = Callable[..., Journal]
TODAY = date(2026, 11, 23)
SPANS = st.builds(
    lambda ago, days: Span(TODAY - timedelta(days=ago + days), TODAY - timedelta(days=ago)),
    st.integers(0, 100),
    st.one_of(st.integers(0, 100), st.integers(0, 3000)),
)


def saved(journal: Journal, said: str, on: str = "") -> balance.Saved:
    """What the command does."""
    return balance.save(journal, balance.read_saving(journal, said, on))


def day(ago: int) -> date:
    """The day so many days ago."""
    return TODAY - timedelta(days=ago)


@contextmanager
def kept(
    begun: int, happened: list[tuple[int, Kind, int | None]], saved: list[tuple[int, int]]
) -> Iterator[Journal]:
    """A journal begun so many days ago, with conversations and savings of so many days ago."""
    now = datetime.fromisoformat(MORNING).astimezone()
    chosen = Settings(saved_weekly=100, reinvest=30)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        journal = Journal(Context(path, now - timedelta(days=begun), chosen, Silent()))
        with journal.write("add", "Ada") as rows:
            rows.add_person("Ada")
        journal.context = journal.context._replace(now=now)
        with journal.write("log", "many") as rows:
            for ago, kind, minutes in happened:
                rows.add_interaction(interaction((), day=day(ago), kind=kind, minutes=minutes))
            for ago, minutes in saved:
                rows.save(minutes, day(ago), "x")
        yield journal
        journal.close()


AGO = st.one_of(st.integers(0, 100), st.integers(0, 2000))
MET = st.tuples(AGO, st.sampled_from((Kind.CALL, Kind.WALK)), st.none() | st.integers(1, 90))
SAVED = st.tuples(AGO, st.integers(1, 1440))


def recounted(journal: Journal, span: Span, first: date, last: date) -> tuple[int, ...]:
    """The four figures of a stretch, counted a row and a day at a time."""
    everything = interactions.interactions(journal.connection, interactions.Wanted())
    window = window_of(span)
    usual = [one for one in everything if window.first <= one.day <= window.last]
    met = [one for one in everything if first <= one.day <= last]
    noted = [one.minutes for one in savings.savings(journal.connection, Span(first, last))]
    return (
        sum(noted),
        sum(one.minutes or 0 for one in met),
        sum(_reckoned(one, usual) for one in met),
    )


def _reckoned(one: Interaction, usual: list[Interaction]) -> int:
    return 0 if one.minutes is not None else median(lengths(usual, one.kind)) or 0


@given(
    st.one_of(st.integers(0, 90), st.integers(0, 3000)),
    st.lists(MET, max_size=12),
    st.lists(SAVED, max_size=6),
    SPANS,
)
@settings(max_examples=25)
def test_each_figure_of_a_balance_is_that_of_a_recount(
    begun: int,
    happened: list[tuple[int, Kind, int | None]],
    saved: list[tuple[int, int]],
    span: Span,
) -> None:
    """Of each stretch, and so of their sum; the estimate is a seventh of a week for each day."""
    with kept(begun, happened, saved) as journal:
        view = balance.balance(journal, span)
        for one in view.stretches:
            noted, spent, reckoned = recounted(journal, span, one.first, one.last)
            assert (one.noted_saved, one.noted_with, one.reckoned_with) == (noted, spent, reckoned)
        noted, spent, reckoned = recounted(journal, span, *span)
        total = view.total
        assert (total.noted_saved, total.noted_with, total.reckoned_with) == (
            noted,
            spent,
            reckoned,
        )
        since = max(span.first, kept_since(journal))
        days = max(0, (span.last - since).days + 1)
        assert total.reckoned_saved == 100 * days // 7
        assert view.target == 30 * (noted + total.reckoned_saved) // 100
        assert sum(one.minutes + one.reckoned for one in view.kinds) == total.spent
        assert view.since == (since if days else None)
        assert all(
            abs(one.reckoned_saved - 100 * _days(one, since) / 7) < 1 for one in view.stretches
        )


def _days(one: Stretch, since: date) -> int:
    return max(0, (one.last - max(since, one.first)).days + 1)


@given(SPANS, st.sampled_from(("week", "month", "year")))
def test_stretches_are_all_of_a_span_and_each_day_once(span: Span, unit: TimeUnit) -> None:
    """Whole between the ends; each lies in one week, month or year."""
    found = list(balance.stretches_of(span, unit))
    assert (found[0].first, found[-1].last) == span
    for one, after in pairwise(found):
        assert after.first == one.last + timedelta(days=1) == balance.first_of(after.first, unit)
    for one in found:
        assert balance.first_of(one.first, unit) == balance.first_of(one.last, unit)
        assert one.first <= one.last


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2026-11-23", "2026-11-23", "week"),
        ("2025-11-24", "2026-11-23", "week"),
        ("2025-11-16", "2026-11-23", "month"),
        ("2021-12-01", "2026-11-23", "month"),
        ("2021-11-30", "2026-11-23", "year"),
        ("0001-01-01", "9999-12-31", "year"),
    ],
)
def test_a_long_span_has_longer_stretches(first: str, last: str, unit: str) -> None:
    """At most 54 weeks, as a calendar has them, or 60 months."""
    span = Span(date.fromisoformat(first), date.fromisoformat(last))
    assert balance.unit_of(span) == unit
    most = {"week": 53, "month": 60, "year": 9999}[unit]
    assert len(list(balance.stretches_of(span, balance.unit_of(span)))) <= most


def test_the_ends_of_the_calendar_are_stretches_too() -> None:
    """Its last day is a Friday."""
    assert list(balance.stretches_of(Span(date.max, date.max), "week")) == [
        Span(date.max, date.max)
    ]
    assert balance.usual_span(date.min).first == date.min


def test_the_usual_span_is_twelve_weeks_from_a_monday() -> None:
    """This week, however far it has come, is the last of them."""
    for ago in range(7):
        span = balance.usual_span(day(ago))
        assert span.first.weekday() == 0
        assert span.last == day(ago)
        assert len(list(balance.stretches_of(span, "week"))) == 12


def test_weeks_before_the_journal_are_left_out_unless_something_is_noted(
    open_journal: Open,
) -> None:
    """An imported conversation or a saving of then is shown."""
    journal = open_journal()
    saved(journal, "10m", "today")
    span = balance.usual_span(TODAY)
    assert [one.first for one in balance.balance(journal, span).stretches] == [TODAY]
    saved(journal, "10m", "3 weeks ago")
    assert len(balance.balance(journal, span).stretches) == 4


def test_the_estimate_begins_with_the_journal(open_journal: Open) -> None:
    """A week before it gave nothing back that anybody knows of."""
    chosen = Settings(saved_weekly=140)
    saved(open_journal("2026-11-19T08:00"), "10m")
    view = balance.balance(open_journal(settings=chosen), balance.usual_span(TODAY))
    assert [one.reckoned_saved for one in view.stretches] == [80, 20]
    assert view.since == date(2026, 11, 19)
    before = balance.balance(open_journal(settings=chosen), Span(day(30), day(10)))
    assert (before.since, before.total.saved) == (None, 0)


def test_the_estimate_for_past_days_does_not_change_with_today(open_journal: Open) -> None:
    """What was recorded before the first day says the same then, and months later."""
    chosen = Settings(saved_weekly=140)
    first = open_journal("2026-08-03T08:00", settings=chosen)
    with first.write("log", "many") as rows:
        for back in (60, 58, 55, 50, 44):
            on = first.today_is - timedelta(days=back)
            rows.add_interaction(interaction((), day=on, kind=Kind.CALL))
    span = Span(date(2026, 5, 1), date(2026, 8, 2))
    on_that_day = balance.balance(first, span)
    assert on_that_day.since == first.today_is - timedelta(days=44)
    assert balance.balance(open_journal(settings=chosen), span) == on_that_day


def test_a_journal_of_nothing_is_empty(journal: Journal) -> None:
    """With and without an estimate that has had no day yet."""
    view = balance.balance(journal, balance.usual_span(TODAY))
    assert view.empty
    assert view.target is None
    assert Balance(Span(TODAY, TODAY)).empty


@pytest.mark.parametrize(
    ("said", "on", "minutes", "text", "day_"),
    [
        ("40m the report", "", 40, "the report", "2026-11-23"),
        ("1 h 30 min  tax  forms ", "yesterday", 90, "tax  forms", "2026-11-22"),
        ("40", "", 40, "", "2026-11-23"),
        ("half an hour: mails", "fri", 30, "mails", "2026-11-20"),
        ("24h", "2025-01-05", 1440, "", "2025-01-05"),
    ],
)
def test_what_is_noted_is_a_duration_then_words(
    journal: Journal, said: str, on: str, minutes: int, text: str, day_: str
) -> None:
    """The words as they were typed."""
    done = saved(journal, said, on)
    assert done.saving[1:] == (date.fromisoformat(day_), minutes, text)
    span = Span(date.fromisoformat(day_), date.fromisoformat(day_))
    assert savings.savings(journal.connection, span) == [done.saving]
    assert done.in_week == minutes


@pytest.mark.parametrize(
    ("said", "on", "why"),
    [
        ("", "", "no duration was given"),
        ("the report", "", "begins with no duration"),
        ("2 reports", "", "begins with no duration"),
        ("0m the report", "", "not between one minute and one day"),
        ("25h", "", "not between one minute and one day"),
        ("30-45 min mails", "", "is not one duration"),
        ("40m yesterday", "", "is a day, not what saved the time"),
        ("40m tomorrow", "", "still to come"),
        ("40m the report", "tomorrow", "still to come"),
        ("40m the report", "soon", "is not a day"),
    ],
)
def test_what_is_no_duration_or_no_past_day_is_refused(
    journal: Journal, said: str, on: str, why: str
) -> None:
    """And nothing is written."""
    with pytest.raises(NotUnderstood, match=why):
        saved(journal, said, on)
    assert not journal.wrote


def test_the_week_of_a_saving_is_from_monday_to_sunday(journal: Journal) -> None:
    """All that is noted in it; undo takes it back."""
    saved(journal, "10m", "2026-11-15")
    saved(journal, "20m", "2026-11-16")
    assert saved(journal, "30m", "2026-11-22").in_week == 50
    assert saved(journal, "40m").in_week == 40
    undo(journal, undoable(journal, "1"))
    assert savings.savings(journal.connection, Span(TODAY, TODAY)) == []
