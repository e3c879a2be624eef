"""The load by hand, offers that are one command, rhythms, the days ahead and who has no cadence."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from connect_cli.errors import NoSuchThing, NotUnderstood
from connect_cli.exchange import export
from connect_cli.journal import archive, away, cadence, log, memory, planning, selection
from connect_cli.journal import card as journal_card
from connect_cli.journal import people as people_verbs
from connect_cli.journal import today as journal_today
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.load import REACH, WITHIN
from connect_cli.journal.people import Profile
from connect_cli.model import Cadence, Interaction, Kind, Named, Owed, Pause
from connect_cli.scheduler.load import LONGEST_WINDOW
from connect_cli.settings import Settings
from connect_cli.store import people as store_people
from connect_cli.sync import copies
from connect_cli.views import State

TODAY = date(2026, 11, 23)
Open = Callable[..., Journal]
BUSY = Settings(capacity=(1,) * 7)


def met(journal: Journal, name: str, *days: int, said: LogOptions | None = None) -> None:
    """Contact with somebody so many days ago, each time."""
    for ago in days:
        on = str(TODAY - timedelta(days=ago))
        log.log(journal, "", (said or LogOptions())._replace(people=(name,), on=on))


def cadence_of(journal: Journal, name: str) -> tuple[str, bool]:
    """The cadence in force, and whether it is their own."""
    person = journal.person(journal.named(name))
    return str(person.cadence), person.own_cadence


def test_the_time_counts_days_of_contact_with_people_who_have_a_cadence(
    open_journal: Open,
) -> None:
    """Wholly or by half, once a day; not today, no attempt, and nobody without a cadence."""
    people_verbs.add(open_journal("2026-09-01T08:00"), Profile("Ada", every="1w"))
    journal = open_journal()
    people_verbs.add(journal, Profile("Grace"))
    met(journal, "Ada", 56, 20, 20, 1, 0)
    met(journal, "Ada", 30, said=LogOptions(counts="half"))
    met(journal, "Ada", 40, said=LogOptions(tried=True))
    met(journal, "Ada", 57)
    met(journal, "Grace", 3, 2)
    load = planning.load(journal)
    assert (load.contacts, load.window_days) == (4, 56)
    assert load.time == pytest.approx((4 + 7 * 3) / (56 + 14))
    assert load.demand == pytest.approx(1 / 7)


@pytest.mark.parametrize(("begun", "window"), [(0, 0), (1, 1), (55, 55), (56, 56), (300, 56)])
def test_a_young_journal_looks_no_further_back_than_its_first_command(
    open_journal: Open, begun: int, window: int
) -> None:
    """Days before it say nothing of the time there is; nor does a day on which nobody was met."""
    morning = TODAY - timedelta(days=begun)
    people_verbs.add(open_journal(f"{morning}T08:00"), Profile("Ada", every="1w"))
    assert planning.load(open_journal()).window_days == window


def test_a_night_belongs_to_the_day_on_which_the_journal_was_begun(open_journal: Open) -> None:
    """At one o'clock it is still yesterday, as everywhere."""
    people_verbs.add(open_journal("2026-11-20T01:00"), Profile("Ada", every="1w"))
    assert planning.load(open_journal()).window_days == 4


def test_a_load_has_no_window_while_the_clock_is_set_back(open_journal: Open) -> None:
    """A journal that begins tomorrow has begun today."""
    people_verbs.add(open_journal("2027-01-01T08:00"), Profile("Ada", every="1w"))
    assert planning.load(open_journal()).window_days == 0


def test_one_meeting_remembered_on_the_first_day_says_nothing_of_your_time(
    journal: Journal,
) -> None:
    """Three months ago somebody was met: that is no record of three months."""
    for name, every in (("Ada", "1w"), ("Bo", "2w"), ("Cy", "1m")):
        people_verbs.add(journal, Profile(name, every=every))
    before = planning.load(journal)
    met(journal, "Ada", 91)
    assert planning.load(journal) == before
    assert before.time == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("ago", "window"),
    [
        ((50, 40, 30, 20), 0),
        ((50, 40, 30, 24, 23), 23),
        ((51, 40, 30, 24, 23), 0),
        ((55, 50, 44, 36, 28, 20, 12, 4), 28),
        ((40, 40, 40, 40, 40), 0),
        (tuple(range(1, 80, 3)), 56),
        (tuple(range(85, 300, 3)), 0),
    ],
    ids=["four", "five", "five-too-far", "eight", "same-day", "dense", "long-ago"],
)
def test_interactions_from_before_are_a_record_from_the_fifth_day_of_four_weeks_on(
    journal: Journal, ago: tuple[int, ...], window: int
) -> None:
    """An import of real life counts, and a few days that were remembered do not."""
    people_verbs.add(journal, Profile("Ada", every="1w"))
    met(journal, "Ada", *ago)
    assert planning.load(journal).window_days == window


def test_a_journal_that_moved_here_has_begun_where_it_was_kept(
    open_journal: Open, tmp_path: Path
) -> None:
    """Its people keep the moment of their coming in."""
    old = open_journal("2026-10-14T08:00")
    people_verbs.add(old, Profile("Ada", every="1w"))
    lines = tmp_path / "journal.jsonl"
    lines.write_text("\n".join(export.lines_of_everything(old)))
    new = open_journal()
    new.context = new.context._replace(path=tmp_path / "new.db")
    copies.merge_copy(new, lines, lambda _: None)
    assert planning.load(new).window_days == 40


def test_the_longest_window_is_reached_by_a_record_that_is_real() -> None:
    """It may take four weeks to be seen as one."""
    assert LONGEST_WINDOW + WITHIN == REACH


def test_days_away_are_no_time_there_was(open_journal: Open) -> None:
    """Two weeks of the window were away."""
    people_verbs.add(open_journal("2026-09-01T08:00"), Profile("Ada", every="1w"))
    journal = open_journal()
    away.away(journal, "1 nov to 14 nov")
    assert planning.load(journal).window_days == 42


@pytest.fixture
def crowded(open_journal: Open) -> Journal:
    """A journal that asks for more than one place a day: two circles, one of them own cadences."""
    journal = open_journal(settings=BUSY)
    for name in ("Ada", "Grace", "Hedy", "Ida", "Joan", "Kay"):
        people_verbs.add(journal, Profile(name, circle="inner"))
    for name in ("Tom", "Vic", "Wes"):
        people_verbs.add(journal, Profile(name, circle="close", every="2w"))
    people_verbs.add(journal, Profile("Uma", every="first friday"))
    return journal


def test_an_offer_is_one_command_and_each_cadence_becomes_their_own(crowded: Journal) -> None:
    """What it does is what it said, and nothing else about them changes."""
    load, offered = planning.offers(crowded)
    assert load.ratio > 1
    people = {
        one.name: one
        for one in store_people.people(crowded.connection, BUSY.circles, crowded.today_is)
    }
    changes = planning.offer(crowded, "stretch")
    assert changes == offered["stretch"]
    commands = "SELECT count(*) FROM command WHERE verb = 'plan'"
    rows = "SELECT count(*) FROM change WHERE command_seq = (SELECT max(seq) FROM command)"
    planning.take(crowded, "stretch", changes)
    assert crowded.connection.execute(commands).fetchone() == (1,)
    assert crowded.connection.execute(rows).fetchone() == (len(changes),)
    for person, given in changes:
        assert cadence_of(crowded, person.name) == (str(given), True)
        now = crowded.person(Named(person.id, person.name))
        assert now._replace(cadence=person.cadence, own_cadence=person.own_cadence) == person
        assert person == people[person.name]
    assert planning.load(crowded).ratio <= 5 / 6


def test_an_offer_keeps_the_circle_it_names(crowded: Journal) -> None:
    """Only the others are changed."""
    changes = planning.offer(crowded, "keep-close")
    assert {person.name for person, _ in changes} == {*"Ada Grace Hedy Ida Joan Kay".split()}  # noqa: SIM905  # as said
    assert all(isinstance(cadence, Cadence) for _, cadence in changes)


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        ("narrow", "there is no offer 'narrow'", "the offers are stretch, keep-close"),
        ("capacity", "the capacity is a setting", "connect config set capacity"),
        ("keep-wide", "there is no offer 'keep-wide'", "the offers are"),
    ],
)
def test_what_is_not_offered_names_what_is(
    crowded: Journal, name: str, said: str, hint: str
) -> None:
    """And what to do about the capacity."""
    with pytest.raises(NotUnderstood, match=said) as refused:
        planning.offer(crowded, name)
    assert hint in str(refused.value.hint)


def test_a_load_that_fits_offers_nothing(journal: Journal) -> None:
    """It says so."""
    people_verbs.add(journal, Profile("Ada", every="1w"))
    with pytest.raises(NoSuchThing, match="fit into your time"):
        planning.offer(journal, "stretch")


def test_where_longer_cadences_would_not_do_an_offer_says_so(open_journal: Open) -> None:
    """Without a place on any day there is no step to take either."""
    journal = open_journal(settings=Settings(capacity=(0,) * 7))
    people_verbs.add(journal, Profile("Ada", every="1w"))
    with pytest.raises(NoSuchThing, match="longer cadences alone would not make room"):
        planning.offer(journal, "stretch")


def found_rhythms(journal: Journal) -> list[tuple[str, str]]:
    """Whose cadence might be another, and which."""
    load, _ = planning.offers(journal)
    return [(person.name, str(cadence)) for person, cadence in planning.rhythms(journal, load)]


def test_a_rhythm_is_offered_where_it_is_clearly_another(journal: Journal) -> None:
    """Gaps of two weeks over two periods of two months; who has no cadence is not asked."""
    people_verbs.add(journal, Profile("Ada", every="2m"))
    people_verbs.add(journal, Profile("Grace", every="2w"))
    people_verbs.add(journal, Profile("Hedy", every="3m"))
    people_verbs.add(journal, Profile("Tom"))
    for name in ("Ada", "Grace", "Hedy", "Tom"):
        met(journal, name, *range(14, 14 * 11, 14))
    assert found_rhythms(journal) == [("Ada", "2w")]
    assert str(journal_card.card(journal, "Ada").rhythm) == "2w"
    assert journal_card.card(journal, "Grace").rhythm is None
    assert journal_card.card(journal, "Hedy").rhythm is None
    assert str(journal_card.card(journal, "Tom").rhythm) == "2w"
    archive.archive(journal, "Tom", away=True)
    assert journal_card.card(journal, "Tom").rhythm is None


@pytest.mark.parametrize(("others", "rhythms"), [(3, [("Ada", "2w")]), (4, [])])
def test_a_rhythm_is_that_of_meetings_in_small_company(
    journal: Journal, others: int, rhythms: list[tuple[str, str]]
) -> None:
    """With at most three others: in a crowd nobody is met for their own sake."""
    company = [f"Person {number}" for number in range(others)]
    people_verbs.add(journal, Profile("Ada", every="2m"))
    people_verbs.add(journal, *map(Profile, company))
    for ago in range(14, 14 * 11, 14):
        on = str(TODAY - timedelta(days=ago))
        log.log(journal, "", LogOptions(people=("Ada", *company), on=on))
    assert found_rhythms(journal) == rhythms
    assert (journal_card.card(journal, "Ada").rhythm is not None) is bool(rhythms)


def test_while_there_is_no_room_no_shorter_cadence_is_offered(crowded: Journal) -> None:
    """It would raise a load that is too high; a longer one is offered all the same."""
    people_verbs.add(crowded, Profile("Mae", every="2m"))
    met(crowded, "Mae", *range(200, 200 + 14 * 11, 14))
    met(crowded, "Ada", *range(200, 200 + 30 * 4, 30))
    assert found_rhythms(crowded) == [("Ada", "1m")]
    assert journal_card.card(crowded, "Mae").rhythm is None
    assert str(journal_card.card(crowded, "Ada").rhythm) == "1m"
    planning.take(crowded, "stretch", planning.offer(crowded, "stretch"))
    assert str(journal_card.card(crowded, "Mae").rhythm) == "2w"


@pytest.mark.parametrize(
    ("every", "measured"),
    [("1w", False), ("2w", False), ("never", False), ("2m", True)],
    ids=["longer", "as asked", "none", "shorter"],
)
def test_a_card_measures_the_load_only_for_a_shorter_rhythm(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, every: str, *, measured: bool
) -> None:
    """It reads the contacts of weeks: no other card pays for that."""
    people_verbs.add(journal, Profile("Ada", every=every))
    met(journal, "Ada", *range(14, 14 * 11, 14))
    calls: list[Journal] = []
    has_room = journal_card._has_room

    def counted(journal: Journal) -> bool:
        calls.append(journal)
        return has_room(journal)

    monkeypatch.setattr(journal_card, "_has_room", counted)
    journal_card.card(journal, "Ada")
    assert bool(calls) is measured


def days(first: int, last: int) -> Pause:
    """An interval from so many days ago to so many days ago."""
    return Pause(TODAY - timedelta(days=first), TODAY - timedelta(days=last))


@pytest.mark.parametrize(
    ("met_ago", "was_away", "gap"),
    [
        pytest.param((57, 50, 43, 36, 29, 22, 15, 8, 1), None, None, id="none"),
        pytest.param((60, 50, 42, 34, 26, 18, 10, 5), None, days(59, 51), id="longest"),
        pytest.param((60, 52, 44, 36, 28, 20, 12, 6, 1), None, days(19, 13), id="latest"),
        pytest.param((60, 55, 50, 45, 41), None, days(40, 1), id="until yesterday"),
        pytest.param((60, 55, 50, 45, 41), "13 oct to 18 nov", None, id="away"),
        pytest.param((60, 55, 50, 45, 41), "1 nov to 22 nov", days(40, 23), id="partly away"),
        pytest.param((70, 55, 49, 43, 37, 31, 25, 19, 13, 7, 1), None, days(69, 56), id="edge"),
        pytest.param((70, 57, 51, 45, 39, 33, 27, 21, 15, 9, 3), None, None, id="before it"),
    ],
)
def test_the_longest_time_without_an_entry_is_found(
    open_journal: Open, met_ago: tuple[int, ...], was_away: str | None, gap: Pause | None
) -> None:
    """Where it reaches into the window of the load and was not away; the latest of several."""
    people_verbs.add(open_journal("2026-08-01T08:00"), Profile("Ada", every="1w"))
    journal = open_journal()
    met(journal, "Ada", *met_ago)
    if was_away:
        away.away(journal, was_away)
    load, _ = planning.offers(journal)
    assert load.gap == gap


def test_days_before_the_records_are_not_without_an_entry(open_journal: Open) -> None:
    """A journal of three weeks has nothing to say of the month before, only of itself."""
    people_verbs.add(open_journal("2026-11-02T08:00"), Profile("Ada", every="1w"))
    assert planning.offers(open_journal())[0].gap == days(20, 1)
    assert planning.offers(open_journal("2026-11-03T08:00"))[0].gap is None


def test_tomorrow_is_as_it_was_seen_ahead(open_journal: Open) -> None:
    """If everyone listed today is met, and the promise of today is kept."""
    journal = open_journal()
    for number, name in enumerate(("Ada", "Grace", "Hedy", "Ida", "Joan", "Kay", "Mae")):
        people_verbs.add(journal, Profile(name, every=("1w", "2w", "1m")[number % 3]))
        met(journal, name, 60 + number)
    memory.promise(journal, "Mae", "the book", Owed.ME, "today")
    today, tomorrow = planning.ahead(journal, 2)
    assert today == journal_today.today(journal).plan
    for one in today.suggestions:
        met(journal, one.person.name, 0)
    met(journal, "Mae", 0)
    memory.done(journal, today.promises)
    seen = journal_today.today(open_journal("2026-11-24T08:00")).plan
    assert [one.person.name for one in seen.suggestions] == [
        one.person.name for one in tomorrow.suggestions
    ]


def test_those_without_a_cadence_come_newest_contact_first(journal: Journal) -> None:
    """Who was given `never`, or is archived, is decided about."""
    for name in ("Ada", "Grace", "Hedy", "Ida", "Joan", "Kay"):
        people_verbs.add(journal, Profile(name, every="1w" if name == "Ada" else ""))
    met(journal, "Hedy", 9)
    met(journal, "Kay", 3)
    cadence.every(journal, "Grace", "never")
    archive.archive(journal, "Joan", away=True)
    assert [row.person.name for row in planning.unplaced(journal)] == ["Kay", "Hedy", "Ida"]


def test_a_circle_gives_its_cadence_and_a_spread_first_day(journal: Journal) -> None:
    """One after the other, as they are decided about; their own cadence stays their own."""
    for number in range(5):
        people_verbs.add(journal, Profile(f"Ada {'abcde'[number]}"))
    placed = [cadence.place(journal, f"Ada {letter}", "close") for letter in "abcde"]
    days = {one.person.first_on for (one,) in placed}
    assert len(days) == 5
    people_verbs.add(journal, Profile("Tom", every="2w"))
    people_verbs.add(journal, Profile("Uma", every="never"))
    assert str(cadence.place(journal, "Tom", "close")[0].person.cadence) == "2w"
    assert cadence.place(journal, "Uma", "close")[0].person.cadence is None
    with pytest.raises(NotUnderstood, match="no circle"):
        cadence.place(journal, "Tom", "nobody")


def test_a_first_day_is_not_moved_by_days_away_before_it_was_said(journal: Journal) -> None:
    """They were over when it was given."""
    away.away(journal, "10 nov to 20 nov")
    ((person, _),) = people_verbs.add(journal, Profile("Ada", every="1m"))
    assert journal_today.standing_of(journal, person).due_on == person.first_on


def test_why_names_the_contact_that_the_clock_runs_from(journal: Journal) -> None:
    """The newest that decides, not the newest of all; none before there is one."""
    people_verbs.add(journal, Profile("Ada", every="1m"))
    assert planning.why(journal, "Ada")[1] is None
    met(journal, "Ada", 30, said=LogOptions(kind="walk"))
    met(journal, "Ada", 29, said=LogOptions(kind="event"))
    met(journal, "Ada", 2, said=LogOptions(tried=True))
    view, contact = planning.why(journal, "Ada")
    assert contact is not None
    assert (contact.kind, contact.day) == ("walk", TODAY - timedelta(days=30))
    assert view.due == journal_today.standing_of(journal, journal.person(journal.named("Ada")))
    met(journal, "Ada", 3, said=LogOptions(kind="gift"))
    _, contact = planning.why(journal, "Ada")
    assert contact is not None
    assert (contact.kind, view.due.person.last_half_on) == ("gift", TODAY - timedelta(days=29))


@pytest.mark.parametrize(
    ("others", "state"), [(0, State.DORMANT), (10, State.WAITING)], ids=["few", "many"]
)
def test_somebody_is_dormant_on_their_card_as_in_every_list(
    open_journal: Open, others: int, state: State
) -> None:
    """Where more is asked for than there is room, late is what everyone is, and nobody dormant."""
    people_verbs.add(open_journal("2026-01-05T08:00"), Profile("Ada", every="1m"))
    journal = open_journal(settings=BUSY)
    met(journal, "Ada", 30 * 4)
    for number in range(others):
        people_verbs.add(journal, Profile(f"Person {number}", every="1w"))
    (listed,) = [one.due for one in selection.standings(journal) if one.due.person.name == "Ada"]
    assert listed.state is state
    assert journal_card.card(journal, "Ada").due == listed
    assert planning.why(journal, "Ada")[0].due == listed


@contextmanager
def counting(journal: Journal) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    ran: list[str] = []
    connection = journal.connection
    connection.set_trace_callback(ran.append)
    yield ran
    connection.set_trace_callback(None)


def filled(journal: Journal, people: int) -> Journal:
    """So many people, each with a cadence, an interaction, a promise, a detail and a pause."""
    last = TODAY - timedelta(days=9)
    with journal.write("test", "many people") as rows:
        for number in range(people):
            person_id = rows.add_person(f"Person {number}")
            named = Named(person_id, f"Person {number}")
            rows.change_person(person_id, cadence="1w")
            rows.add_interaction(Interaction("", last, Kind.WALK, (named,), note="by the river"))
            rows.remember(person_id, "likes", "tea")
            rows.add_promise(person_id, "call", owed=Owed.ME, made_on=TODAY, due_on=None)
            rows.add_pause(person_id, date(2026, 1, 1), date(2026, 1, 2))
    met(journal, "Person 1", 0)
    return journal


def queries(journal: Journal, look: Callable[[Journal], object]) -> Sequence[str]:
    """The statements behind one look at a journal, their values left out."""
    with counting(journal) as ran:
        look(journal)
    return ran


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(journal_today.today, id="today"),
        pytest.param(planning.offers, id="plan"),
        pytest.param(lambda journal: planning.ahead(journal, 14), id="ahead"),
        pytest.param(found_rhythms, id="rhythms"),
    ],
)
def test_the_number_of_queries_does_not_depend_on_the_size_of_the_journal(
    tmp_path_factory: pytest.TempPathFactory, look: Callable[[Journal], object], open_journal: Open
) -> None:
    """Three people or sixty: a list that grows with the journal is not read one by one."""
    small, large = open_journal(), open_journal()
    large.context = large.context._replace(path=tmp_path_factory.mktemp("large") / "journal.db")
    few, many = (queries(filled(one, size), look) for one, size in ((small, 3), (large, 60)))
    assert len(few) == len(many)
    assert len(few) <= 22


def test_what_is_ahead_and_away_are_read_from_the_same_journal(journal: Journal) -> None:
    """Nobody is listed on days away."""
    people_verbs.add(journal, Profile("Ada", every="3d"))
    away.away(journal, "tomorrow to thu")
    listed = {plan.day.day: plan.suggestions for plan in planning.ahead(journal, 7)}
    assert not any(listed[day] for day in (24, 25, 26))
    assert any(listed.values())


@pytest.mark.parametrize(("many", "met_on"), [(2, 9), (2, 1), (30, 9), (3, 0)])
def test_a_card_knows_of_room_what_the_plan_does(journal: Journal, many: int, met_on: int) -> None:
    """Only people met lately are read for it; archived ones and those without a cadence too."""
    names = [f"{letter}{other}" for letter in "ABCDEF" for other in "abcdef"][:many]
    people_verbs.add(journal, *(Profile(name, every="1w") for name in names))
    people_verbs.add(journal, Profile("Tom"), Profile("Uma", every="1w"))
    for name in (*names[:2], "Tom", "Uma"):
        met(journal, name, *range(2, 2 + met_on))
    archive.archive(journal, "Uma", away=True)
    assert journal_card._has_room(journal) is planning.load(journal).fits
