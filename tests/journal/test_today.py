"""The morning around the list: who is next, the welcome after days away, and occasions in a row."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.journal import archive, history, log, memory, planning
from connect_cli.journal import away as journal_away
from connect_cli.journal import death as journal_death
from connect_cli.journal import people as people_verbs
from connect_cli.journal import today as journal_today
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.journal.today import WELCOME_DAYS, time_away
from connect_cli.model import Interaction, Kind, Named, Owed, Pause
from connect_cli.settings import Settings
from connect_cli.views import Plan, Today, Welcome
from tests.exchange.copies import exported, journal_at, meet
from tests.journal.test_planning import queries

TODAY = date(2026, 11, 23)
Open = Callable[..., Journal]


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def away(first: int, last: int | None) -> Pause:
    """Days away, counted from today."""
    return Pause(day(first), None if last is None else day(last))


def on(open_journal: Open, ahead: int, settings: Settings | None = None) -> Journal:
    """The journal so many days later."""
    return open_journal(f"{day(ahead)}T08:00", settings)


def met(journal: Journal, name: str, ago: int = 0) -> None:
    """A coffee so many days before the journal's day."""
    said = LogOptions(people=(name,), on=str(journal.today_is - timedelta(days=ago)))
    log.log(journal, "", said)


def coming(view: Plan | None) -> tuple[date, list[str]] | None:
    """The day of a plan, and who is on it."""
    if view is None:
        return None
    named = [one.person.name for one in view.promises + view.suggestions]
    return view.day, named


def missed(view: Today) -> list[tuple[str, date]]:
    """The occasions of the welcome."""
    assert view.welcome is not None
    return [(one.occasion.person.name, one.on) for one in view.welcome.occasions]


def test_an_empty_day_says_who_is_next(journal: Journal) -> None:
    """By a place or by a promise, whichever comes first."""
    people_verbs.add(journal, Profile("Ada", every="1m"))
    met(journal, "Ada", ago=10)
    assert coming(journal_today.today(journal).coming) == (day(16), ["Ada"])
    memory.promise(journal, "Ada", "send the paper", Owed.ME, "in 5 days")
    assert coming(journal_today.today(journal).coming) == (day(5), ["Ada"])


EVERY_PROMISE = "WHERE r.done_on IS NULL ORDER BY"
"""Only the next day needs those of everybody, to come or not."""


@pytest.mark.parametrize("taken", ["listed", "promised", "done", ""])
def test_who_is_next_is_read_only_for_an_empty_day(journal: Journal, taken: str) -> None:
    """One conversation is a good day; and a morning with a list costs no query more."""
    people_verbs.add(journal, Profile("Ada", every="1w"))
    met(journal, "Ada", ago=20 if taken == "listed" else 1)
    if taken == "promised":
        memory.promise(journal, "Ada", "send the paper", Owed.ME, "today")
    if taken == "done":
        met(journal, "Ada")
    ran = queries(journal, journal_today.today)
    assert any(EVERY_PROMISE in one for one in ran) is (taken == "")
    assert (journal_today.today(journal).coming is not None) is (taken == "")


def test_somebody_past_due_who_was_tried_lately_is_left_alone_and_not_forgotten(
    journal: Journal,
) -> None:
    """Nobody else is listed, yet it is not true that nobody waits."""
    people_verbs.add(journal, Profile("Ada", every="1m"))
    met(journal, "Ada", ago=40)
    assert not journal_today.today(journal).left_alone
    log.log(journal, "called Ada", LogOptions(tried=True))
    view = journal_today.today(journal)
    assert view.left_alone
    assert coming(view.coming) == (day(4), ["Ada"])


@pytest.mark.parametrize(("ago", "left_alone"), [(20, False), (40, True)])
def test_somebody_past_due_who_is_paused_is_left_alone(
    open_journal: Open, ago: int, *, left_alone: bool
) -> None:
    """They wait for the end of their pause; who is paused before their due day does not wait."""
    people_verbs.add(open_journal("2026-09-01T08:00"), Profile("Ada", every="1m"))
    journal = open_journal()
    met(journal, "Ada", ago=ago)
    journal_away.pause(journal, "Ada")
    assert journal_today.today(journal).left_alone is left_alone


def test_whoever_is_snoozed_is_not_past_due(journal: Journal) -> None:
    """The snooze day is their due day."""
    people_verbs.add(journal, Profile("Ada", every="1m"))
    met(journal, "Ada", ago=40)
    journal_away.snooze(journal, "Ada", "in 3 days")
    view = journal_today.today(journal)
    assert not view.left_alone
    assert coming(view.coming) == (day(3), ["Ada"])


def test_a_rest_day_and_days_away_say_who_is_next(open_journal: Open) -> None:
    """On the first day with room, and on the first after the days away."""
    mondays = Settings(capacity=(0, 3, 3, 3, 3, 3, 3))
    journal = open_journal(settings=mondays)
    people_verbs.add(journal, Profile("Ada", every="1w"))
    assert coming(journal_today.today(journal).coming) == (day(1), ["Ada"])
    journal_away.away(journal, "today to fri")
    view = journal_today.today(journal)
    assert view.away == away(0, 4)
    assert coming(view.coming) == (day(5), ["Ada"])


def test_days_ahead_that_are_all_empty_say_who_is_next(journal: Journal) -> None:
    """After the days shown; if anybody is on one of them, the days say it."""
    people_verbs.add(journal, Profile("Ada", every="1m"))
    met(journal, "Ada", ago=10)
    few, many = planning.ahead(journal, 7), planning.ahead(journal, 30)
    assert coming(planning.after(journal, few)) == (day(16), ["Ada"])
    assert planning.after(journal, many) is None


@pytest.mark.parametrize(
    ("last", "pauses", "found"),
    [
        (None, [], None),
        (None, [away(-9, -1)], away(-9, -1)),
        (-12, [away(-9, -1)], away(-9, -1)),
        (-5, [away(-9, -1)], away(-9, -1)),
        (-1, [away(-9, -1)], away(-9, -1)),
        (-1, [away(-9, -2)], None),
        (-3, [away(-9, -2)], away(-9, -2)),
        (-12, [away(-9, -WELCOME_DAYS)], away(-9, -WELCOME_DAYS)),
        (-12, [away(-9, -WELCOME_DAYS - 1)], None),
        (-12, [away(-9, 0)], None),
        (-12, [away(-9, None)], None),
        (-12, [away(3, 5)], None),
        (-12, [away(-9, -4), away(2, 3)], away(-9, -4)),
        (-12, [away(-9, -4), away(-1, 3)], None),
        (-12, [away(-9, -6), away(-3, -2)], away(-3, -2)),
        (-12, [away(-9, -3), away(-5, -2)], away(-9, -2)),
    ],
    ids=range(16),
)
def test_you_are_welcomed_back_until_something_is_logged_or_six_days_went_by(
    last: int | None, pauses: list[Pause], found: Pause | None
) -> None:
    """What was logged while away does not count, nor days away to come."""
    assert time_away(None if last is None else day(last), pauses, TODAY) == found


@given(
    last=st.none() | st.integers(1, 40),
    pauses=st.lists(st.tuples(st.integers(-40, 10), st.integers(0, 30)), max_size=4),
)
def test_a_time_away_is_over_and_nothing_was_logged_since(
    last: int | None, pauses: list[tuple[int, int]]
) -> None:
    """Whatever days away were set."""
    set_away = [away(first, first + length) for first, length in pauses]
    found = time_away(None if last is None else day(-last), set_away, TODAY)
    if found is not None:
        assert found.end_on is not None
        assert day(-WELCOME_DAYS) <= found.end_on < TODAY
        assert last is None or day(-last) <= found.end_on
        assert not any(one.start_on <= TODAY <= (one.end_on or TODAY) for one in set_away)


@pytest.fixture
def away_for_weeks(open_journal: Open) -> Open:
    """A journal from 20 days before today, away from the day after it until three days ago."""
    journal = on(open_journal, -20)
    born = {"Tom": -10, "Ada": -8, "Grace": -6, "Hedy": -2, "Ida": -21, "Joan": -7}
    people_verbs.add(
        journal,
        *(Profile(name, birthday=f"{day(ago):%m-%d}") for name, ago in born.items()),
    )
    memory.remember(journal, "Tom", f"anniversary: {day(-4):%m-%d}", yearly=True)
    archive.archive(journal, "Joan", away=True)
    met(journal, "Tom")
    journal_away.away(journal, f"{day(-19)} to {day(-3)}")
    return open_journal


def test_the_welcome_names_what_fell_into_the_days_away(away_for_weeks: Open) -> None:
    """Not what was before, is on the list still, or is of archived people; the earliest first."""
    view = journal_today.today(on(away_for_weeks, 0))
    assert missed(view) == [
        ("Tom", day(-10)),
        ("Ada", day(-8)),
        ("Grace", day(-6)),
        ("Tom", day(-4)),
    ]
    assert view.welcome is not None
    assert view.welcome.away == away(-19, -3)
    assert [one.occasion.person.name for one in view.plan.occasions] == ["Hedy"]


def test_the_welcome_stays_the_same_all_day(away_for_weeks: Open) -> None:
    """Also once those have been called whose day it was; it is gone the next morning."""
    journal = on(away_for_weeks, 0)
    first = journal_today.today(journal).welcome
    for name in ("Tom", "Ada", "Hedy"):
        met(journal, name)
        assert journal_today.today(journal).welcome == first
    assert journal_today.today(on(away_for_weeks, 1)).welcome is None


def test_somebody_met_while_you_were_away_had_their_wishes(away_for_weeks: Open) -> None:
    """On the day or after it; a meeting before it is no wish."""
    journal = on(away_for_weeks, 0)
    met(journal, "Tom", ago=9)
    met(journal, "Ada", ago=8)
    met(journal, "Grace", ago=7)
    assert missed(journal_today.today(journal)) == [("Grace", day(-6)), ("Tom", day(-4))]


def test_a_time_away_within_the_last_days_has_nothing_to_name(journal: Journal) -> None:
    """Its occasions are on the list, as belated."""
    people_verbs.add(journal, Profile("Ada", birthday=f"{day(-2):%m-%d}"))
    journal_away.away(journal, f"{day(-3)} to {day(-1)}")
    view = journal_today.today(journal)
    assert view.welcome == Welcome(away(-3, -1))
    assert [one.in_days for one in view.plan.occasions] == [-2]


def test_the_morning_that_asks_about_a_gap_welcomes_you_once_you_answer(
    open_journal: Open,
) -> None:
    """The gap is offered; set as days away, it is a time away that is over."""
    met_on = on(open_journal, -20)
    people_verbs.add(met_on, Profile("Ada", birthday=f"{day(-10):%m-%d}"))
    met(met_on, "Ada")
    journal = on(open_journal, 0)
    view = journal_today.today(journal)
    assert (view.gap, view.welcome) == (away(-19, -1), None)
    journal_away.away(journal, f"{day(-19)} to {day(-1)}")
    view = journal_today.today(journal)
    assert view.gap is None
    assert missed(view) == [("Ada", day(-10))]


@pytest.mark.parametrize(("ago", "ahead"), [(30, 0), (30, 2), (60, 1), (29, 3)])
def test_an_occasion_stands_in_the_row_of_the_person_who_is_proposed(
    open_journal: Open, ago: int, ahead: int
) -> None:
    """However far from their due day; the plan has it all the same."""
    begun = on(open_journal, -90)
    people_verbs.add(begun, Profile("Ada", every="1m", birthday=f"1986-{day(ahead):%m-%d}"))
    journal = on(open_journal, 0)
    met(journal, "Ada", ago=ago)
    view = journal_today.today(journal)
    (row,) = view.rows
    assert [one.in_days for one in view.plan.occasions] == [ahead]
    assert row.occasions == view.plan.occasions


def test_a_morning_knows_whether_anybody_is_there(journal: Journal) -> None:
    """An archived person is somebody, too."""
    assert not journal_today.today(journal).anybody
    people_verbs.add(journal, Profile("Ada"))
    archive.archive(journal, "ada", away=True)
    assert (journal_today.today(journal).people, journal_today.today(journal).anybody) == (0, True)


def test_what_there_is_to_tell_stands_with_whoever_is_listed_by_a_day_or_a_promise(
    open_journal: Open,
) -> None:
    """It takes no place, and lists nobody by itself."""
    journal = open_journal()
    people_verbs.add(journal, Profile("Ada Lovelace", birthday="11-23"))
    people_verbs.add(journal, Profile("Grace Hopper"), Profile("Tom Baker"), Profile("Bo Chen"))
    people_verbs.add(journal, Profile("Zoe Reed", every="1d"))
    memory.promise(journal, "grace", "a book", Owed.ME, "2026-11-23")
    for name in ("ada", "grace", "tom", "zoe", "bo"):
        memory.promise(journal, name, "the allotment", Owed.TELL)
    journal_death.died(journal, "bo", "2020-11-23", remember=True)
    view = journal_today.today(journal)
    assert [(one.person.name, one.text) for one in view.plan.promises] == [
        ("Grace Hopper", "a book"),
        ("Ada Lovelace", "the allotment"),
        ("Grace Hopper", "the allotment"),
    ]
    assert [one.text for row in view.rows for one in row.promises] == ["the allotment"]


def took(journal: Journal, *ago: int, energy: str = "took", tried: bool = False) -> None:
    """A call with Ada on each of these days before the journal's day, and what it did to you."""
    for days in ago:
        on = str(journal.today_is - timedelta(days=days))
        said = LogOptions(people=("Ada",), on=on, energy=energy, tried=tried, new=True)
        log.log(journal, "", said)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        pytest.param((1, 2), 0, id="two"),
        pytest.param((1, 2, 3), 3, id="three"),
        pytest.param((1, 1, 1), 3, id="of one day"),
        pytest.param((1, 7, 7, 7), 4, id="the seventh day"),
        pytest.param((1, 2, 8), 0, id="the eighth day"),
        pytest.param((0, 0, 0, 1, 2), 0, id="today"),
        pytest.param((0, 1, 2, 3), 3, id="today is not counted"),
    ],
)
def test_several_conversations_of_the_last_week_that_took_energy_are_worth_a_word(
    journal: Journal, ago: tuple[int, ...], said: int
) -> None:
    """Three or more of the seven days before today."""
    took(journal, *ago)
    assert journal_today.today(journal).took == said


def test_only_a_conversation_that_took_energy_is_one(journal: Journal) -> None:
    """Not one that gave some or left you even, and no attempt."""
    took(journal, 1, 2)
    took(journal, 1, 2, 3, energy="gave")
    took(journal, 1, 2, 3, energy="even")
    took(journal, 1, 2, 3, tried=True)
    assert journal_today.today(journal).took == 0


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("today", 0),
        ("tomorrow", 0),
        ("yesterday to tomorrow", 0),
        ("2026-11-25 to 2026-11-25", 3),
        ("2026-11-20 to 2026-11-22", 3),
    ],
)
def test_no_free_day_is_offered_while_one_is_set(journal: Journal, when: str, said: int) -> None:
    """Today or tomorrow; one that is over, or further off, is another."""
    took(journal, 1, 2, 3)
    journal_away.away(journal, when)
    assert journal_today.today(journal).took == said


def test_nothing_is_said_of_energy_if_you_do_not_want_it(open_journal: Open) -> None:
    """With `today.energy = false`."""
    journal = open_journal(settings=Settings(energy=False))
    took(journal, 1, 2, 3)
    assert journal_today.today(journal).took == 0


NEW_TODAY: tuple[Callable[[Journal], object], ...] = (
    lambda journal: took(journal, 0, 0, 0),
    lambda journal: took(journal, 0, energy="gave"),
    lambda journal: met(journal, "Bo"),
    lambda journal: people_verbs.add(journal, Profile("Cy", every="1d")),
    lambda journal: memory.promise(journal, "Ada", "the paper", Owed.ME, "today"),
    lambda journal: memory.remember(journal, "Ada", "tea"),
    lambda journal: journal_away.snooze(journal, "Ada", "in 3 days"),
    lambda journal: journal_away.pause(journal, "Bo"),
    lambda journal: log.log(journal, "Coffee with Bo: she is moving", LogOptions(tried=True)),
)


@given(st.lists(st.sampled_from(range(len(NEW_TODAY))), min_size=1, max_size=6, unique=True))
@settings(max_examples=15)
def test_what_a_morning_says_of_earlier_days_stays_the_same_all_day(done: list[int]) -> None:
    """Whatever is recorded new that day."""
    with TemporaryDirectory() as folder:
        moment = datetime(2026, 11, 23, 8).astimezone()
        context = Context(Path(folder) / "journal.db", moment, Settings(), Silent())
        with closing(Journal(context)) as journal:
            people_verbs.add(journal, Profile("Ada", every="1w"), Profile("Bo", every="1w"))
            took(journal, 1, 2, 3)
            said = LogOptions(people=("Bo",), on="2024-11-23", note="she wants to build boats")
            log.log(journal, "", said)
            first = journal_today.today(journal)
            assert first.took == 3
            assert first.on_this_day is not None
            for number in done:
                NEW_TODAY[number](journal)
                view = journal_today.today(journal)
                assert (view.took, view.on_this_day) == (first.took, first.on_this_day)


def test_energy_ranks_nobody_lower(journal: Journal) -> None:
    """The list is the same whatever conversations did to you."""
    names = ("Ada", "Bo", "Cy", "Dee", "Eve")
    people_verbs.add(journal, *(Profile(name, every="1w") for name in names))
    for place, name in enumerate(names):
        met(journal, name, ago=9 + place)
    before = journal_today.today(journal)
    for number, interaction in enumerate(history.history(journal)):
        energy = ("took", "gave", "even")[number % 3]
        log.amend(journal, interaction, LogOptions(energy=energy))
    after = journal_today.today(journal)
    assert after.plan == before.plan
    assert [row.suggestion for row in after.rows] == [row.suggestion for row in before.rows]


def told_apart(path: Path, minute: int, first: int) -> None:
    """Conversations, promises, details and tags of one day, about one person."""
    with journal_at(path, minute) as journal, journal.write("test", "a day") as rows:
        ada = Named(*journal.connection.execute("SELECT id, name FROM person").fetchone())
        for number in (first, first + 1):
            for on_day in (day(-13), date(2025, 11, 23), journal.today_is):
                note = f"note {number}"
                tags = (f"tag{9 - number}", f"tag{number}")
                talk = Interaction("", on_day, Kind.CALL, (ada,), note=note, tags=tags)
                rows.add_interaction(talk)
            rows.add_promise(ada.id, f"{number}", owed=Owed.ME, made_on=TODAY, due_on=None)
            rows.remember(ada.id, f"label {9 - number}", "tea")
            rows.add_pause(None, day(40), day(40 + number))


def test_the_list_is_the_same_on_two_machines(tmp_path: Path) -> None:
    """Whichever came first there: rows of one day are told apart by what they say themselves."""
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    with journal_at(one) as journal, journal.write("test", "ada") as rows:
        ada = rows.add_person("Ada Lovelace")
        rows.change_person(ada, cadence="1d")
    meet(two, exported(one))
    told_apart(one, 10, 1)
    told_apart(two, 5, 3)
    first, second = exported(one), exported(two)
    meet(two, first)
    meet(one, second)
    views = [_seen(path) for path in (one, two)]
    assert views[0] == views[1]
    assert views[0].on_this_day is not None
    assert len(views[0].done) == 4
    with journal_at(one, 24 * 60) as journal:
        (row,) = journal_today.today(journal).rows
    assert row.last is not None
    assert [loop.text for loop in row.promises] == ["1", "2", "3", "4"]
    assert [detail.label for detail in row.details] == [f"label {n}" for n in (5, 6, 7, 8)]
    assert row.last.note == "note 2"
    with journal_at(two, 24 * 60) as journal:
        assert journal_today.today(journal).rows == (row,)


def _seen(path: Path) -> Today:
    with journal_at(path, 20) as journal:
        return journal_today.today(journal)


def test_of_one_day_the_last_words_are_those_that_were_entered_last(open_journal: Open) -> None:
    """Also when the clock stands still."""
    journal = on(open_journal, 0)
    people_verbs.add(journal, Profile("Ada", every="1d"))
    for number in range(9):
        said = LogOptions(people=("Ada",), on=str(day(-3)), note=f"note {number}")
        log.log(journal, "", said)
    (row,) = journal_today.today(journal).rows
    assert row.last is not None
    assert row.last.note == "note 8"
