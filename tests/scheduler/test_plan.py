"""Today's list, rule by rule."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Named, Occasion, Owed, Pause, Person, Promise
from connect_cli.scheduler.plan import (
    DayPlaces,
    count_proposed,
    forecast,
    make_plan,
    offered,
    reconnected,
)
from connect_cli.scheduler.standing import readings
from connect_cli.settings import Settings
from connect_cli.views import Plan
from tests.scheduler import strategies as some

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
SETTINGS = Settings()
WEEKLY, MONTHLY, YEARLY = map(Cadence.parse, ("1w", "1m", "1y"))


def person(name: str, past: int, cadence: Cadence = MONTHLY, day: date = MONDAY) -> Person:
    """Someone due `past` days before the day, met a year ago."""
    due = day - timedelta(days=past)
    return Person(
        name,
        name.title(),
        cadence=cadence,
        first_on=due,
        first_said_on=due,
        last_full_on=day - timedelta(days=2000),
    )


def promise(name: str, past: int | None, owed: Owed = Owed.ME) -> Promise:
    due = None if past is None else MONDAY - timedelta(days=past)
    return Promise(f"to {name}", Named(name, name.title()), "the book", owed, due)


def listed(people: Iterable[Person], day: date = MONDAY, **more: object) -> Plan:
    settings = more.pop("settings", SETTINGS)
    promises = more.pop("promises", ())
    return make_plan(people, promises, (), day, settings, **more)  # type: ignore[arg-type]  # any field, by name


def names(found: Plan) -> set[str]:
    return {one.person.id for one in found.suggestions}


CROWD = [person(f"p{past:02}", past) for past in (0, 1, 2, 3, 4, 5)]


def test_those_who_waited_longest_for_their_cadence_come_first() -> None:
    """The room is three: the three with the highest s."""
    assert names(listed(CROWD)) == {"p05", "p04", "p03"}


def test_lateness_counts_in_periods_not_in_days() -> None:
    """Two days late of a week is more than five of a month, and a week looks two days ahead."""
    weekly, monthly = person("weekly", 2, WEEKLY), person("monthly", 5)
    one = Settings(capacity=(1,) * 7)
    assert names(listed([weekly, monthly], settings=one)) == {"weekly"}


@pytest.mark.parametrize(
    ("owed", "past", "shown"),
    [
        (Owed.ME, 0, True),
        (Owed.ASK, 0, True),
        (Owed.THEM, 0, False),
        (Owed.ME, 14, True),
        (Owed.ME, 15, False),
        (Owed.ME, -1, False),
        (Owed.ME, None, False),
    ],
)
def test_a_promise_is_shown_from_its_day_for_two_weeks(
    owed: Owed, past: int | None, *, shown: bool
) -> None:
    """Mine and questions to ask; theirs never, nor what has no day."""
    found = listed(CROWD, promises=[promise("else", past, owed)])
    assert bool(found.promises) is shown
    assert len(found.suggestions) == 3 - shown


def test_a_promise_that_is_kept_is_not_shown() -> None:
    """Done is done."""
    kept = promise("else", 0)._replace(done_on=MONDAY)
    assert not listed(CROWD, promises=[kept]).promises


def test_a_promised_person_is_not_proposed_besides() -> None:
    """They are above already."""
    assert names(listed(CROWD, promises=[promise("p05", 0)])) == {"p04", "p03"}


def test_each_person_met_takes_a_place() -> None:
    """Ticked, by name; also those who were not on the list or have no cadence."""
    crowd = [
        *CROWD,
        person("zoe", 0)._replace(cadence=None),
        person("abe", 0)._replace(archived=True),
    ]
    found = listed(crowd, contacted={"zoe", "abe"})
    assert [one.id for one in found.done] == ["abe", "zoe"]
    assert names(found) == {"p05"}


def test_someone_both_promised_and_met_takes_one_place() -> None:
    """Else meeting them would push someone else off the list."""
    found = listed(CROWD, promises=[promise("p05", 0)], contacted={"p05"})
    assert names(found) == {"p04", "p03"}


def test_a_full_day_proposes_nobody() -> None:
    """More promises and people met than room is no error."""
    found = listed(CROWD, contacted={"p00", "p01", "p02", "p03"})
    assert not found.suggestions
    assert len(found.done) == 4


@pytest.mark.parametrize(
    ("capacity", "more", "expected"), [(3, 0, 3), (3, 1, 6), (2, 1, 4), (2, 2, 6), (0, 0, 0)]
)
def test_more_adds_the_days_room_again(capacity: int, more: int, expected: int) -> None:
    """Each time is as many again."""
    found = listed(CROWD, settings=Settings(capacity=(capacity,) * 7), more=more)
    assert len(found.suggestions) == expected


def test_more_on_a_rest_day_adds_a_usual_days_room() -> None:
    """Whoever asks on a Sunday gets what other days have, rounded up."""
    settings = Settings(capacity=(0, 3, 3, 3, 3, 3, 3))
    assert not listed(CROWD, settings=settings).suggestions
    assert len(listed(CROWD, settings=settings, more=1).suggestions) == 3


def test_the_capacity_is_that_of_the_weekday() -> None:
    """Monday first."""
    settings = Settings(capacity=(1, 2, 3, 4, 5, 6, 7))
    for later in range(7):
        found = listed(CROWD, MONDAY + timedelta(days=later), settings=settings)
        assert found.capacity == later + 1


SOON = [person(f"s{ahead}", -ahead) for ahead in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("capacity", "due", "expected"),
    [
        (3, 0, {"s1", "s2"}),
        (3, 1, {"p00", "s1"}),
        (3, 2, {"p00", "p01"}),
        (4, 0, {"s1", "s2"}),
        (1, 0, {"s1"}),
        (1, 1, {"p00"}),
        (0, 0, set()),
    ],
)
def test_half_the_list_is_filled_with_those_soon_due(
    capacity: int, due: int, expected: set[str]
) -> None:
    """Up to half the capacity, rounded up, by the same s: the nearest first."""
    crowd = [*CROWD[:due], *SOON]
    found = listed(crowd, settings=Settings(capacity=(capacity,) * 7))
    assert names(found) == expected


def test_people_met_and_promises_count_for_half_the_list() -> None:
    """One conversation and one promise are a list already."""
    assert len(listed(SOON, contacted={"s1"}).suggestions) == 1
    assert not listed(SOON, contacted={"s1"}, promises=[promise("else", 0)]).suggestions


def test_more_takes_those_soon_due_when_nobody_else_is_left() -> None:
    """Whoever asks for more wants to meet someone."""
    assert names(listed(SOON, more=1)) == {"s1", "s2", "s3", "s4"}


def test_the_reason_for_being_listed_is_told() -> None:
    """Due, or soon due with room."""
    found = listed([CROWD[0], SOON[0]])
    assert {one.person.id: one.because for one in found.suggestions} == {"p00": "due", "s1": "soon"}


def resting(name: str, past: int = 20, day: date = MONDAY) -> Person:
    """Someone offered on the three days before `day`, who rests after that."""
    before = tuple(day - timedelta(days=count) for count in (3, 2, 1))
    return person(name, past, day=day)._replace(offered=before)


RESTING = [resting(f"r{number}") for number in range(6)]


def reasons(found: Plan) -> Counter[str]:
    return Counter(one.because for one in found.suggestions)


@pytest.mark.parametrize(
    ("capacity", "due", "expected"),
    [
        (3, 0, {"resting": 2}),
        (3, 1, {"due": 1, "resting": 1}),
        (3, 2, {"due": 2}),
        (5, 1, {"due": 1, "resting": 2}),
        (1, 0, {"resting": 1}),
        (0, 0, {}),
    ],
)
def test_half_the_list_is_filled_with_people_who_rest_before_those_soon_due(
    capacity: int, due: int, expected: dict[str, int]
) -> None:
    """Where due and waiting people fill less than half the capacity, rounded up."""
    found = listed([*CROWD[:due], *RESTING, *SOON], settings=Settings(capacity=(capacity,) * 7))
    assert reasons(found) == expected


def test_those_soon_due_have_what_people_who_rest_leave() -> None:
    """One rests, and the list has two places to fill."""
    found = listed([RESTING[0], *SOON])
    assert names(found) == {"r0", "s1"}


@pytest.mark.parametrize(
    "rests",
    [{"snoozed_on": MONDAY + timedelta(days=1)}, {"tried_on": MONDAY}],
    ids=["snoozed", "tried"],
)
def test_nobody_is_drawn_who_rests_for_another_reason(rests: dict[str, date]) -> None:
    """You have said so, or have just tried."""
    found = listed([one._replace(**rests) for one in RESTING], more=5)  # type: ignore[arg-type]  # any day, by name
    assert not found.suggestions


def test_more_reaches_people_who_rest() -> None:
    """After those who are due, and before those soon due."""
    crowd = [*CROWD[:2], *RESTING[:4], *SOON]
    assert reasons(listed(crowd, more=1)) == {"due": 2, "resting": 3}
    assert reasons(listed(crowd, more=2)) == {"due": 2, "resting": 4, "soon": 2}


def test_the_draw_is_the_same_all_day_and_another_on_another_day() -> None:
    """Who has been met leaves the others in their places, and everybody's turn comes."""
    drawn = names(listed(RESTING))
    assert names(listed(RESTING[::-1])) == drawn
    met = min(drawn)
    rest = [one for one in RESTING if one.id != met]
    assert names(listed([*rest, person(met, -20)], contacted={met})) == drawn - {met}
    seen: Counter[str] = Counter()
    for later in range(100):
        day = MONDAY + timedelta(days=later)
        seen.update(names(listed([resting(one.id, day=day) for one in RESTING], day)))
    assert all(20 <= seen[one.id] <= 50 for one in RESTING)


def test_the_one_met_most_recently_comes_first_and_the_others_by_s() -> None:
    """An easy one to start with; then whoever has waited longest for their cadence."""
    crowd = [
        person("never", 3)._replace(last_full_on=None),
        person("long", 2)._replace(last_full_on=MONDAY - timedelta(days=400)),
        person("longer", 9)._replace(last_full_on=MONDAY - timedelta(days=500)),
        person("lately", 1)._replace(last_half_on=MONDAY - timedelta(days=31)),
    ]
    found = listed(crowd, settings=Settings(capacity=(4,) * 7))
    assert [one.person.id for one in found.suggestions] == ["lately", "longer", "never", "long"]


def test_the_first_on_the_list_need_not_be_the_one_who_waited_longest() -> None:
    """Who is listed is settled before: having been met lately gives nobody a place."""
    lately = person("lately", 0)._replace(last_half_on=MONDAY - timedelta(days=20))
    assert "lately" not in names(listed([*CROWD[3:], lately]))


def test_only_who_is_due_or_dormant_is_offered() -> None:
    """Whoever fills up the list, or is listed because you asked for more, would rest for it."""
    crowd = [*CROWD[:1], RESTING[0], *SOON, person("dormant", 400)]
    found = listed(crowd, settings=Settings(capacity=(6,) * 7), more=1)
    assert reasons(found) == {"due": 1, "resting": 1, "soon": 4, "reconnect": 1}
    assert {person.id: dormant for person, dormant in offered(found.suggestions)} == {
        "p00": False,
        "dormant": True,
    }


@pytest.mark.parametrize(
    "kept_off",
    [
        {"archived": True},
        {"cadence": None},
        {"pauses": (Pause(MONDAY),)},
        {"snoozed_on": MONDAY + timedelta(days=1)},
        {"tried_on": MONDAY},
        {"first_on": MONDAY - timedelta(days=400)},
    ],
    ids=["archived", "no-cadence", "paused", "snoozed", "tried", "dormant"],
)
def test_some_are_not_proposed_however_empty_the_list(kept_off: dict[str, object]) -> None:
    """Archived, without a cadence, paused, resting, or dormant where that is not wanted."""
    ada = person("ada", 3)._replace(**kept_off)  # type: ignore[arg-type]  # any field, by name
    assert not listed([ada], more=5, settings=Settings(reconnect_weekday=None)).suggestions


DORMANT = [person(f"d{number}", 400, day=FRIDAY) for number in range(12)]


def reconnecting(
    crowd: Iterable[Person], later: int = 0, settings: Settings = SETTINGS, **more: object
) -> list[str]:
    """Who has the place for somebody dormant, so many days after the Friday."""
    day = FRIDAY + timedelta(days=later)
    return list(reconnected(listed(crowd, day, settings=settings, **more)))


def turns(crowd: list[Person], days: Iterable[int], **more: Settings) -> list[tuple[int, str]]:
    """Who is offered as dormant on which of these days, if something is recorded on each."""
    found = []
    for later in days:
        for name in reconnecting(crowd, later, **more):
            found.append((later, name))
            crowd = [
                one._replace(reconnected_on=FRIDAY + timedelta(days=later))
                if one.id == name
                else one
                for one in crowd
            ]
    return found


@pytest.mark.parametrize(("count", "weeks"), [(1, 9), (3, 9), (9, 9), (12, 12)])
def test_each_dormant_person_has_a_week_of_their_own(count: int, weeks: int) -> None:
    """One a week, each once in nine weeks or, if there are more, once in as many as there are."""
    found = turns(DORMANT[:count], range(7 * weeks))
    assert [later for later, _ in found] == [7 * week for week in range(count)]
    assert sorted(name for _, name in found) == sorted(one.id for one in DORMANT[:count])
    (again,) = turns(DORMANT[:count], range(7 * weeks + 1))[count:]
    assert again == (7 * weeks, found[0][1])


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (range(7), [0, 7, 14]),
        ((0,), [3, 10, 17]),
        ((5, 6), [1, 8, 15]),
        ((3,), [6, 13, 20]),
        ((), []),
    ],
    ids=["every-day", "mondays", "weekends", "thursdays", "never"],
)
def test_the_place_is_free_from_the_weekday_until_the_first_day_with_room(
    free: Iterable[int], expected: list[int]
) -> None:
    """The week begins on Friday: whose Friday to Sunday are rest days has it on Monday."""
    settings = Settings(capacity=tuple(3 if weekday in free else 0 for weekday in range(7)))
    found = turns(DORMANT, range(21), settings=settings)
    assert [later for later, _ in found] == expected


def test_the_place_stays_free_until_somebody_has_been_offered() -> None:
    """A look is no offer: on days without an entry nobody had it, and the same person waits."""
    first = reconnecting(DORMANT)
    assert [reconnecting(DORMANT, later) for later in range(14)] == [first] * 14


def test_the_dormant_person_has_the_last_place() -> None:
    """One place of the day, if one is left, and if the settings name a weekday."""
    crowd = [person(f"p{past}", past, day=FRIDAY) for past in range(4)]
    (again,) = reconnecting(DORMANT)
    assert names(listed([*DORMANT, *crowd], FRIDAY)) == {"p3", "p2", again}
    assert not reconnecting([*DORMANT, *crowd], contacted={"p0", "p1", "p2"})
    assert reconnecting([*DORMANT, *crowd], contacted={"p0", "p1", "p2"}, more=1) == [again]
    assert not reconnecting([*DORMANT, *crowd], settings=Settings(reconnect_weekday=None))


@pytest.mark.parametrize(
    ("weeks_ago", "expected"),
    [
        ({"d0": 10, "d1": 20, "d2": 15}, ["d1"]),
        ({"d0": 10, "d1": 20, "d2": None}, ["d2"]),
        ({"d0": 9, "d1": 8, "d2": 7}, ["d0"]),
        ({"d0": 8, "d1": 8, "d2": 1}, []),
    ],
    ids=["longest-ago", "never", "nine-weeks", "nobody"],
)
def test_whose_turn_was_longest_ago_has_the_place(
    weeks_ago: dict[str, int | None], expected: list[str]
) -> None:
    """Who never had it comes before them, and nobody has it twice in nine weeks."""
    crowd = [
        DORMANT[number]._replace(reconnected_on=FRIDAY - timedelta(weeks=weeks) if weeks else None)
        for number, weeks in enumerate(weeks_ago.values())
    ]
    assert reconnecting(crowd) == expected


OFFERED_TODAY = DORMANT[4]._replace(reconnected_on=FRIDAY)


def test_who_was_offered_today_keeps_the_place_all_day() -> None:
    """An entry keeps who had it; the list remains as it was, and the week is used up."""
    crowd = [*DORMANT[:4], OFFERED_TODAY, *DORMANT[5:]]
    assert reconnecting(crowd) == ["d4"]
    assert [reconnecting(crowd, later) for later in range(1, 7)] == [[]] * 6
    assert reconnecting(crowd, 7)


@pytest.mark.parametrize(
    "since",
    [
        {"last_full_on": FRIDAY},
        {"tried_on": FRIDAY},
        {"archived": True},
        {"pauses": (Pause(FRIDAY),)},
        {"snoozed_on": FRIDAY + timedelta(days=3)},
    ],
    ids=["met", "tried", "archived", "paused", "snoozed"],
)
def test_the_week_is_used_up_whatever_has_become_of_the_person(since: dict[str, object]) -> None:
    """The place does not go to the next one behind your back."""
    met = frozenset({"d4"} if "last_full_on" in since else ())
    now = OFFERED_TODAY._replace(**since)  # type: ignore[arg-type]  # any field, by name
    assert not reconnecting([*DORMANT[:4], now], contacted=met)
    assert not reconnecting([*DORMANT[:4], now], 3)


def test_a_promise_made_to_the_dormant_person_gives_the_place_to_nobody_else() -> None:
    """They are shown above, with the promise."""
    loop = promise("d4", 0)._replace(due_on=FRIDAY)
    assert not reconnecting([*DORMANT[:4], OFFERED_TODAY], promises=[loop])


def test_ties_are_broken_fairly() -> None:
    """Among people exactly alike nobody is preferred from day to day."""
    names_seen: Counter[str] = Counter()
    for later in range(400):
        day = MONDAY + timedelta(days=later)
        crowd = [person(f"twin{number}", 0, day=day) for number in range(4)]
        names_seen.update(names(listed(crowd, day, settings=Settings(capacity=(1,) * 7))))
    assert all(70 <= names_seen[f"twin{number}"] <= 130 for number in range(4))


def test_ties_are_broken_the_same_on_every_machine() -> None:
    """The order is part of the plan: it must not hang on the process."""
    crowd = [person(f"twin{number}", 0) for number in range(9)]
    assert [one.person.id for one in listed(crowd).suggestions] == ["twin4", "twin5", "twin8"]


@pytest.mark.parametrize(
    ("name", "rank"), [("p05", 1), ("p03", 3), ("p00", 6), ("s1", 1), ("s4", 4)]
)
def test_the_rank_is_the_place_among_those_who_are_ready_in_the_same_way(
    name: str, rank: int
) -> None:
    """By s, those due and waiting together, those soon due for themselves."""
    found = readings([*CROWD, *SOON], MONDAY, SETTINGS, ())
    places = DayPlaces(found, (), MONDAY, SETTINGS, ())
    (mine,) = (one for one in found if one.person.id == name)
    assert places.rank(mine) == rank


BIRTHDAY = Occasion("o", Named("ada", "Ada"), "birthday", 11, 21)


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ([], True),
        ([person("ada", 0)], True),
        ([person("ada", 0)._replace(archived=True)], False),
        ([person("ada", 0)._replace(last_full_on=date(2026, 11, 20))], True),
        ([person("ada", 0)._replace(last_full_on=date(2026, 11, 21))], False),
    ],
    ids=["unknown", "known", "archived", "met-before", "met-since"],
)
def test_a_belated_birthday_is_shown_until_they_were_met(
    people: list[Person], *, shown: bool
) -> None:
    """Two days ago; whoever spoke to them since has wished it. Archived ties rest."""
    assert bool(make_plan(people, (), [BIRTHDAY], MONDAY, SETTINGS).occasions) is shown


def test_occasions_take_no_place() -> None:
    """The list is as long as without them, and who has one can be on it."""
    occasions = [Occasion("o", Named("p05", "P05"), "birthday", 11, 23)]
    found = make_plan(CROWD, (), occasions, MONDAY, SETTINGS)
    assert len(found.occasions) == 1
    assert names(found) == {"p05", "p04", "p03"}


def test_ahead_shows_each_promise_on_its_first_day_only() -> None:
    """It is taken as kept, and the person as met."""
    plans = forecast(CROWD, [promise("p00", -1)], [BIRTHDAY], MONDAY, SETTINGS, 3)
    assert [len(found.promises) for found in plans] == [0, 1, 0]
    assert [len(found.occasions) for found in plans] == [1, 1, 0]
    assert [found.day for found in plans] == [MONDAY + timedelta(days=later) for later in range(3)]
    seen = [one.person.id for found in plans for one in found.suggestions]
    assert sorted(seen) == ["p01", "p02", "p03", "p04", "p05"]


def test_ahead_takes_the_offers_of_those_it_lists_as_settled() -> None:
    """As the journal does with every contact, so the days ahead are those that will come."""
    daily = person("daily", 0, Cadence.parse("1d"))._replace(
        offered=(MONDAY - timedelta(days=1),), last_full_on=MONDAY - timedelta(days=2)
    )
    today, tomorrow = forecast([daily], [], [], MONDAY, SETTINGS, 2)
    assert [one.person.offered for one in today.suggestions] == [daily.offered]
    assert [one.person.offered for one in tomorrow.suggestions] == [()]


def test_ahead_gives_the_place_of_the_week_once() -> None:
    """Eight dormant people, and two weeks from a Friday on."""
    plans = forecast(DORMANT[:8], [], [], FRIDAY, SETTINGS)
    assert [len(list(reconnected(plan))) for plan in plans] == [1, *[0] * 6, 1, *[0] * 6]


def test_ahead_begins_with_today_as_it_stands() -> None:
    """People met today are done today only, and two weeks are the usual view."""
    plans = forecast(CROWD, [], [], MONDAY, SETTINGS, contacted={"p05"})
    assert [len(found.done) for found in plans] == [1] + 13 * [0]


@given(data=st.data(), day=some.days, settings=some.settings)
def test_it_is_the_number_that_the_plan_proposes(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """Whoever is there, whatever was promised and done, and whoever was away."""
    crowd = data.draw(some.crowds(day))
    promises = data.draw(some.promises_to(crowd, day))
    away = data.draw(some.any_pauses(day))
    met = [one for one in crowd if data.draw(st.booleans())]
    ids = {one.id for one in met}
    proposed = make_plan(crowd, promises, (), day, settings, contacted=ids, away=away).suggestions
    assert count_proposed(crowd, promises, day, settings, contacted=met, away=away) == len(proposed)


def test_nobody_is_looked_at_once_the_places_are_taken() -> None:
    """Of ten thousand who are due three are read."""
    read = []

    def crowd() -> Iterator[Person]:
        for number in range(10_000):
            read.append(number)
            yield Person(
                id=str(number),
                name=f"Person {number}",
                cadence=Cadence(1, "m"),
                last_full_on=MONDAY - timedelta(days=33),
            )

    assert count_proposed(crowd(), (), MONDAY, Settings()) == 3
    assert len(read) == 3
