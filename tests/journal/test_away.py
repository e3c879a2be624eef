"""Days away: setting them, taking them back, offering them; and the list that waits."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import NoSuchThing
from connect_cli.journal import away as journal_away
from connect_cli.journal import log, today
from connect_cli.journal import people as people_verbs
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.journal.today import inactivity
from connect_cli.model import Pause
from connect_cli.scheduler import standing
from connect_cli.settings import Settings
from connect_cli.store import people as store_people

TODAY = date(2026, 11, 23)
Open = Callable[..., Journal]


def span(first: int, last: int | None) -> Pause:
    """Days of November 2026 and after, by number; December begins at 31."""
    start = date(2026, 11, 1) + timedelta(days=first - 1)
    return Pause(start, None if last is None else date(2026, 11, 1) + timedelta(days=last - 1))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (["25 nov to 27 nov"], [span(25, 27)]),
        (["25 nov to 27 nov", "1 nov to 3 nov"], [span(1, 3), span(25, 27)]),
        (["25 nov to 27 nov", "27 nov to 30 nov"], [span(25, 30)]),
        (["25 nov to 27 nov", "28 nov to 30 nov"], [span(25, 30)]),
        (["25 nov to 27 nov", "29 nov to 30 nov"], [span(25, 27), span(29, 30)]),
        (["25 nov to 26 nov", "28 nov to 30 nov", "27 nov to 27 nov"], [span(25, 30)]),
        (["25 nov to 27 nov", "from 26 nov"], [span(25, None)]),
        (["from 26 nov", "25 nov to 27 nov"], [span(25, None)]),
        (["until fri"], [span(23, 27)]),
        (["10 nov to 21 nov"], [span(10, 21)]),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value[0], str) else "",
)
def test_days_away_become_one_with_what_they_touch(
    journal: Journal, said: Sequence[str], left: Sequence[Pause]
) -> None:
    """So there is never a question which of two is in force."""
    for words in said:
        assert journal_away.away(journal, words)[1]
    assert journal_away.away_periods(journal) == left


def test_days_that_are_away_already_change_nothing(journal: Journal) -> None:
    """It is said, and no command is recorded."""
    journal_away.away(journal, "25 nov to 30 nov")
    assert journal_away.away(journal, "26 nov to 27 nov") == (span(25, 30), False)
    assert journal.connection.execute("SELECT count(*) FROM command").fetchone() == (1,)


@pytest.mark.parametrize(
    ("said", "taken", "begun", "left"),
    [
        (["25 nov to 27 nov"], span(25, 27), False, []),
        (["20 nov to 27 nov"], span(20, 27), True, [span(20, 22)]),
        (["today to fri"], span(23, 27), False, []),
        (["from 20 nov"], span(20, None), True, [span(20, 22)]),
        (["1 nov to 3 nov", "25 nov to 27 nov"], span(25, 27), False, [span(1, 3)]),
        (["25 nov to 27 nov", "1 dec to 3 dec"], span(25, 27), False, [span(31, 33)]),
        (["20 nov to 23 nov"], span(20, 23), True, [span(20, 22)]),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, list) and "nov" in str(value) else "",
)
def test_cancelling_takes_the_present_or_the_next_days_back(
    journal: Journal, said: Sequence[str], taken: Pause, begun: bool, left: Sequence[Pause]
) -> None:
    """What is past stays: the clocks did stand still."""
    for words in said:
        journal_away.away(journal, words)
    assert journal_away.cancel_away(journal) == (taken, begun)
    assert journal_away.away_periods(journal) == left


def test_without_days_ahead_there_is_nothing_to_cancel(journal: Journal) -> None:
    """Days that are over are no answer."""
    journal_away.away(journal, "1 nov to 3 nov")
    with pytest.raises(NoSuchThing):
        journal_away.cancel_away(journal)


@pytest.mark.parametrize(
    ("last", "away", "found"),
    [
        (None, [], None),
        (span(22, 22), [], None),
        (span(16, 16), [], None),
        (span(15, 15), [], span(16, 22)),
        (span(9, 9), [], span(10, 22)),
        (span(9, 9), [span(10, 22)], None),
        (span(9, 9), [span(5, 22)], None),
        (span(9, 9), [span(10, 14)], span(15, 22)),
        (span(9, 9), [span(10, 16)], None),
        (span(9, 9), [span(20, 22)], span(10, 19)),
        (span(1, 1), [span(9, 12)], span(13, 22)),
        (span(1, 1), [span(9, 20)], span(2, 8)),
        (span(9, 9), [span(25, 27)], span(10, 22)),
        (span(9, 9), [span(23, 27)], None),
        (span(9, 9), [span(12, None)], None),
        (span(9, 9), [span(30, None)], span(10, 22)),
    ],
    ids=range(16),
)
def test_a_week_without_an_interaction_is_a_gap(
    last: Pause | None, away: Sequence[Pause], found: Pause | None
) -> None:
    """Unless it was away, or there has been no interaction at all, or you are away now."""
    assert inactivity(last.start_on if last else None, date(2026, 1, 1), away, TODAY) == found


@given(
    ago=st.integers(1, 90),
    begun=st.integers(0, 90),
    away=st.lists(st.tuples(st.integers(-100, 40), st.integers(0, 30)), max_size=4),
)
def test_a_gap_holds_no_interaction_and_no_day_away_and_is_a_week_at_least(
    ago: int, begun: int, away: list[tuple[int, int]]
) -> None:
    """Whatever was set before; nor is it older than the record."""
    pauses = [
        Pause(start := TODAY + timedelta(days=first), start + timedelta(days=length))
        for first, length in away
    ]
    last = TODAY - timedelta(days=ago)
    found = inactivity(last, TODAY - timedelta(days=begun), pauses, TODAY)
    if found is not None:
        assert found.end_on is not None
        assert last < found.start_on <= found.end_on < TODAY
        assert (found.end_on - found.start_on).days >= 6
        assert found.start_on > TODAY - timedelta(days=begun)
        for pause in pauses:
            assert pause.end_on is not None
            assert pause.end_on < found.start_on or pause.start_on > found.end_on


def test_the_gap_is_offered_until_it_is_answered(open_journal: Open) -> None:
    """Today's own interactions do not hide it; the days once set do."""
    first = open_journal()
    log.log(first, "coffee with Ada", LogOptions(new=True))
    assert today.today(first).gap is None
    assert today.today(open_journal("2026-11-30T08:00")).gap is None
    later = open_journal("2026-12-01T08:00")
    assert today.today(later).gap == span(24, 30)
    log.log(later, "called Ada")
    assert today.today(later).gap == span(24, 30)
    journal_away.away(later, "24 nov to 30 nov")
    assert today.today(later).gap is None


def test_a_meeting_remembered_on_the_first_day_begins_no_gap(open_journal: Open) -> None:
    """The days before the journal was there are no days without an interaction."""
    first = open_journal()
    log.log(first, "coffee with Bo on 3 nov", LogOptions(new=True))
    assert today.today(first).gap is None
    assert today.today(open_journal("2026-11-30T08:00")).gap is None
    assert today.today(open_journal("2026-12-01T08:00")).gap == span(24, 30)


@dataclass(frozen=True)
class Known:
    """Somebody of a drawn journal: a cadence, and how many days ago what happened."""

    every: str
    met: int | None
    half: int | None
    tried: int | None
    snoozed: tuple[int, int] | None


KNOWN = st.builds(
    Known,
    st.sampled_from(["3d", "1w", "2w", "1m", "3m", "1y", "first friday"]),
    st.none() | st.integers(1, 200),
    st.none() | st.integers(1, 60),
    st.none() | st.integers(1, 10),
    st.none() | st.tuples(st.integers(1, 20), st.integers(1, 40)),
)


def context(folder: str, day: date) -> Context:
    """The journal in that folder on the morning of a day, with no weekday unlike another."""
    now = datetime(day.year, day.month, day.day, 8).astimezone()
    chosen = Settings(reconnect_weekday=None)
    return Context(Path(folder) / "journal.db", now, chosen, Silent())


def keep(journal: Journal, folder: str, person: Known, name: str) -> None:
    """Write down what is known of somebody, each thing on its own day."""
    start = journal.today_is
    journal.context = context(folder, start - timedelta(days=200))
    people_verbs.add(journal, Profile(name, every=person.every))
    journal.context = context(folder, start)
    for days, said in ((person.met, LogOptions()), (person.half, LogOptions(counts="half"))):
        if days is not None:
            log.log(
                journal, "", said._replace(people=(name,), on=str(start - timedelta(days=days)))
            )
    if person.tried is not None:
        tried_on = str(start - timedelta(days=person.tried))
        log.log(journal, "", LogOptions(people=(name,), tried=True, on=tried_on))
    if person.snoozed is not None:
        ago, length = person.snoozed
        said_on = start - timedelta(days=ago)
        journal.context = context(folder, said_on)
        journal_away.snooze(journal, name, str(said_on + timedelta(days=length)))
        journal.context = context(folder, start)


def standings(journal: Journal) -> tuple[object, object]:
    """How everybody stands, and how those stand who are on the list."""
    people = store_people.people(journal.connection, journal.settings.circles, journal.today_is)
    away = journal_away.away_periods(journal)
    dues = standing.standings(people, journal.today_is, journal.settings, away=away)
    stand = [(due.person.name, due.state, round(due.ratio, 9), round(due.score, 9)) for due in dues]
    suggestions = today.today(journal).plan.suggestions
    return stand, sorted((one.because, round(one.due.score, 9)) for one in suggestions)


@given(people=st.lists(KNOWN, min_size=1, max_size=3), length=st.integers(1, 60))
@settings(max_examples=12)
def test_the_plan_after_coming_back_is_the_one_before_leaving(
    people: list[Known], length: int
) -> None:
    """Everybody stands as they stood: due, snoozed, tried or resting; and so does the list."""
    start, back = date(2026, 8, 3), date(2026, 8, 3) + timedelta(days=length)
    with (
        TemporaryDirectory() as folder,
        closing(Journal(context(folder, start))) as journal,
    ):
        for person, name in zip(people, ("Ada", "Grace", "Zoë"), strict=False):
            keep(journal, folder, person, name)
        before = standings(journal)
        journal_away.away(journal, f"{start} to {back - timedelta(days=1)}")
        journal.context = context(folder, back)
        assert standings(journal) == before
