"""Why someone is on the list or not, checkable by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Named, Pause, Person, Promise, Rule
from connect_cli.scheduler.explain import Reason, Rest, Why, explain
from connect_cli.scheduler.first_days import first_days, spread_out
from connect_cli.scheduler.next_day import NextDay
from connect_cli.scheduler.plan import make_plan
from connect_cli.scheduler.recurrence import next_of
from connect_cli.settings import Settings
from connect_cli.views import State
from tests.scheduler import strategies as some

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
SETTINGS = Settings()
MONTHLY = Cadence.parse("1m")


def days(count: int) -> timedelta:
    return timedelta(days=count)


def person(name: str, past: int, day: date = MONDAY) -> Person:
    due = day - days(past)
    return Person(name, name.title(), cadence=MONTHLY, first_on=due, first_said_on=due)


ADA = person("ada", 2)
EARLIER = [person(f"p{past}", past) for past in (3, 4, 5, 6)]


def why(ada: Person, *others: Person, **more: object) -> Why:
    day = more.pop("day", MONDAY)
    promises = more.pop("promises", ())
    settings = more.pop("settings", SETTINGS)
    return explain(ada, day, others, promises, settings, **more)  # type: ignore[arg-type]  # any field, by name


@pytest.mark.parametrize(
    ("ada", "reason"),
    [
        (ADA, Reason.DUE),
        (person("ada", -2), Reason.EARLY),
        (person("ada", -5), Reason.FRESH),
        (
            person("ada", 8)._replace(offered=tuple(MONDAY - days(ago) for ago in (4, 3, 2))),
            Reason.DRAWN,
        ),
        (
            person("ada", 400)._replace(reconnected_on=MONDAY - days(9)),
            Reason.DORMANT,
        ),
        (ADA._replace(archived=True), Reason.ARCHIVED),
        (ADA._replace(cadence=None), Reason.NO_CADENCE),
        (ADA._replace(pauses=(Pause(MONDAY),)), Reason.PAUSED),
        (ADA._replace(snoozed_on=MONDAY + days(1)), Reason.SNOOZED),
        (ADA._replace(tried_on=MONDAY), Reason.TRIED),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Reason) else "",
)
def test_each_state_has_its_reason(ada: Person, reason: Reason) -> None:
    """With nobody else to be met."""
    assert why(ada).reason is reason


def test_everyones_pause_is_not_ones_own() -> None:
    """Away and paused are told apart."""
    assert why(ADA, away=[Pause(MONDAY, MONDAY)]).reason is Reason.AWAY


def test_who_was_met_today_or_has_a_promise_is_there_for_that() -> None:
    """Met comes before promised, and both before any state."""
    promise = Promise("p", Named("ada", "Ada"), "the book", due_on=MONDAY)
    assert why(person("ada", -9), promises=[promise]).reason is Reason.PROMISED
    assert why(ADA, promises=[promise], contacted={"ada"}).reason is Reason.DONE


def test_who_finds_no_room_is_told_rank_and_room() -> None:
    """Fifth by s, and three places."""
    found = why(ADA, *EARLIER)
    assert (found.reason, found.rank, found.room, found.capacity) == (Reason.NO_ROOM, 5, 3, 3)


def test_who_is_listed_ranks_within_the_room() -> None:
    """Third by s, and three places."""
    found = why(ADA, *EARLIER[:2])
    assert (found.reason, found.rank, found.room) == (Reason.DUE, 3, 3)


def test_who_is_soon_due_ranks_among_their_like() -> None:
    """Half of three, rounded up, is two places: one is left by the one who is due."""
    soon = person("ada", -2)
    found = why(soon, EARLIER[0], person("zoe", -1))
    assert (found.reason, found.rank, found.room) == (Reason.SOON, 2, 1)
    assert why(soon, *EARLIER).room == 0


def test_who_rests_finds_no_place_while_others_are_due() -> None:
    """A draw fills half of the places, and no more."""
    resting = person("ada", 8)._replace(offered=tuple(MONDAY - days(ago) for ago in (4, 3, 2)))
    assert why(resting, *EARLIER).reason is Reason.RESTING


def test_the_dormant_persons_place_is_not_counted_as_room() -> None:
    """In their week they have the last one."""
    found = why(person("ada", 2, FRIDAY), person("sleeper", 400, FRIDAY), day=FRIDAY)
    assert (found.reason, found.room) == (Reason.DUE, 2)
    assert why(person("sleeper", 400, FRIDAY), day=FRIDAY).reason is Reason.RECONNECT


def test_who_is_not_ready_has_no_rank() -> None:
    """Nor is their place among others a matter."""
    assert why(person("ada", -9), *EARLIER).rank == 0


def test_the_demand_and_the_bound_of_dormancy_are_told() -> None:
    """D, and max(3, 4D/k)."""
    crowd = [Person(str(n), str(n), cadence=Cadence(1, "d"), first_on=MONDAY) for n in range(5)]
    found = why(ADA._replace(cadence=Cadence(1, "d")), *crowd)
    assert (found.demand, found.dormant_ratio) == (6, 8)


def test_a_due_day_can_be_reckoned_from_the_terms() -> None:
    """Contact, half a period back, a month on, and the paused days on top."""
    ada = Person("ada", "Ada", cadence=MONTHLY, last_half_on=date(2026, 10, 20))
    found = why(ada, away=[Pause(date(2026, 10, 25), date(2026, 10, 28))])
    assert found.terms is not None
    assert (found.terms.contact_on, found.terms.half_days) == (date(2026, 10, 20), 15)
    assert found.due.anchor_on == date(2026, 10, 5)
    assert found.terms.plain_on == date(2026, 11, 5)
    assert found.terms.pauses == (Pause(date(2026, 10, 25), date(2026, 10, 28)),)
    assert found.due.due_on == date(2026, 11, 9)
    assert found.terms.soon_on == date(2026, 11, 5)
    assert found.terms.waiting_on == date(2026, 11, 18)
    assert found.terms.rest_days == 4


def offered(past: int, *ago: int) -> Person:
    """Ada, due for so many days, and offered on days before MONDAY."""
    return person("ada", past)._replace(offered=tuple(sorted(MONDAY - days(one) for one in ago)))


def before(*ago: int) -> tuple[date, ...]:
    return tuple(MONDAY - days(one) for one in ago)


@pytest.mark.parametrize(
    ("ada", "rests", "since", "left", "next_days"),
    [
        (offered(20), (), (), 3, 4),
        (offered(20, 5, 3), (), (5, 3), 1, 4),
        (offered(20, 5, 3, 0), (((5, 3, 0), 4, 5),), (), 2, 8),
        (offered(20, 9, 8, 6, 5, 1), (((9, 8, 6), 4, -1),), (1,), 1, 8),
        (offered(20, 9, 8, 6, 1, 0), (((9, 8, 6), 4, -1), ((1, 0), 8, 9)), (), 2, 16),
        (offered(8, 30, 9, 8, 7), (), (8, 7), 1, 4),
        (offered(20, 9, 8, 6, 1)._replace(tried_on=MONDAY - days(7)), (), (6, 1), 1, 4),
    ],
    ids=["none", "two", "today", "in-a-rest", "second-rest", "since-due", "tried"],
)
def test_offers_are_told_with_the_rests_that_follow(
    ada: Person,
    rests: tuple[tuple[tuple[int, ...], int, int], ...],
    since: tuple[int, ...],
    left: int,
    next_days: int,
) -> None:
    """Those since the due day and the last attempt, today's too; none in a rest."""
    found = why(ada)
    assert found.terms is not None
    offers = found.terms.offers
    assert offers.rests == tuple(
        Rest(before(*ago), length, MONDAY + days(back)) for ago, length, back in rests
    )
    assert offers.since == before(*since)
    assert (offers.left, offers.next_days) == (left, next_days)
    assert offers.days == (*(day for rest in offers.rests for day in rest.offered), *offers.since)


def test_a_rest_is_no_longer_than_the_cadence() -> None:
    """A week is the longest rest of a weekly person."""
    ago = (29, 28, 27, 24, 23, 19, 18, 12, 11)
    found = why(offered(30, *ago)._replace(cadence=Cadence(1, "w")))
    assert found.terms is not None
    assert [rest.days for rest in found.terms.offers.rests] == [1, 2, 4, 7]
    assert found.terms.offers.next_days == 7


@pytest.mark.parametrize(
    ("first", "said", "moved"),
    [
        (date(2026, 12, 1), date(2026, 11, 2), None),
        (date(2026, 12, 3), date(2026, 11, 2), date(2026, 12, 1)),
        (date(2026, 12, 8), date(2026, 11, 1), date(2026, 12, 1)),
        (date(2026, 12, 9), date(2026, 11, 2), None),
        (date(2026, 12, 3), date(2026, 10, 31), None),
        (date(2026, 12, 3), None, None),
        (date(2026, 12, 3), date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 3), date(2026, 12, 2), None),
    ],
    ids=[
        *("same-day", "moved", "a-quarter", "too-far", "before-the-contact", "unknown"),
        *("due-when-set", "spread"),
    ],
)
def test_a_first_day_a_little_after_the_usual_one_was_moved(
    first: date, said: date | None, moved: date | None
) -> None:
    """By at most a quarter, once the contact was known; who was past due then was spread."""
    contact = date(2026, 11, 1)
    ada = ADA._replace(last_full_on=contact, first_on=first, first_said_on=said)
    found = why(ada, day=date(2026, 11, 10))
    assert found.terms is not None
    assert found.terms.moved_from == moved


def test_a_first_day_moved_by_a_quarter_of_a_long_quarter_is_told() -> None:
    """From 1 July to 1 October there are 92 days, a day more than there usually are."""
    ada = ADA._replace(
        cadence=Cadence(3, "m"),
        last_full_on=date(2026, 7, 1),
        first_on=date(2026, 10, 24),
        first_said_on=date(2026, 7, 1),
    )
    found = why(ada, day=date(2026, 8, 1))
    assert found.terms is not None
    assert found.terms.moved_from == date(2026, 10, 1)


def test_whoever_is_past_due_when_a_cadence_is_given_was_not_moved() -> None:
    """They are spread over the days to come, whoever else comes due."""
    contact = MONDAY - days(32)
    alone = Person("ada", "Ada", cadence=MONTHLY, last_full_on=contact)
    (first,) = first_days([alone], [alone], MONDAY, SETTINGS)
    assert (first.on, first.moved_from) == (MONDAY, None)
    terms = why(alone._replace(first_on=first.on, first_said_on=MONDAY)).terms
    assert terms is not None
    assert terms.moved_from is None


def test_a_later_contact_that_changes_nothing_leaves_a_day_moved() -> None:
    """A half contact a few days after the full one gives no later day."""
    ada = ADA._replace(
        last_full_on=date(2026, 11, 1),
        last_half_on=date(2026, 11, 5),
        first_on=date(2026, 12, 3),
        first_said_on=date(2026, 11, 1),
    )
    terms = why(ada, day=date(2026, 11, 10)).terms
    assert terms is not None
    assert terms.moved_from == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("first", "moved"), [(date(2027, 2, 2), date(2027, 2, 1)), (date(2027, 2, 1), None)]
)
def test_a_cadence_given_after_a_crowd_tells_from_which_day_it_was_moved(
    first: date, moved: date | None
) -> None:
    """The first day counts from a wedding in full, though the clock counts it half."""
    guest = Person(
        "guest",
        "Guest",
        cadence=Cadence(3, "m"),
        last_half_on=date(2026, 11, 1),
        first_on=first,
        first_said_on=date(2026, 11, 2),
    )
    terms = why(guest, day=date(2026, 11, 10)).terms
    assert terms is not None
    assert terms.moved_from == moved


def test_the_scheduler_moves_first_days_as_they_are_told() -> None:
    """Whoever is met at a conference comes due on several days; each is told from which."""
    met = [
        Person(f"p{number}", f"P {number}", cadence=Cadence(3, "m"), last_full_on=MONDAY)
        for number in range(10)
    ]
    moved = spread_out(met, MONDAY, met, MONDAY, SETTINGS)
    assert moved
    for first in moved:
        ada = first.person._replace(first_on=first.on, first_said_on=MONDAY)
        terms = why(ada, day=MONDAY + days(3)).terms
        assert terms is not None
        assert terms.moved_from == first.moved_from


@pytest.mark.parametrize("ada", [Person("a", "A", cadence=MONTHLY), ADA])
def test_a_first_day_without_a_contact_was_moved_from_no_known_day(ada: Person) -> None:
    """Only the day is stored, and with nobody to be met after it there is none to compare."""
    terms = why(ada).terms
    assert terms is not None
    assert terms.moved_from is None


def test_a_first_day_of_a_rule_was_moved_from_no_day() -> None:
    """Days of a rule are kept, however many come due."""
    ada = ADA._replace(
        cadence=Rule("FREQ=MONTHLY;BYDAY=1FR"),
        last_full_on=MONDAY - days(40),
        first_on=MONDAY,
        first_said_on=MONDAY - days(20),
    )
    found = why(ada)
    assert found.due.rests_on == "first"
    assert found.terms is not None
    assert found.terms.moved_from is None


def test_the_day_of_dormancy_is_told_where_it_is_known() -> None:
    """Above three cadences and two months past due; not after an attempt, nor without places."""
    quarter = ADA._replace(cadence=Cadence(3, "m"))
    assert [
        found.terms and found.terms.dormant_on
        for found in (
            why(ADA),
            why(quarter),
            why(ADA._replace(cadence=Cadence(1, "w"))),
            why(ADA._replace(tried_on=MONDAY)),
            why(ADA, settings=Settings(capacity=(0,) * 7)),
        )
    ] == [
        MONDAY + days(59),
        MONDAY + days(-2 + 2 * 91 + 1),
        MONDAY + days(58),
        None,
        None,
    ]


def test_the_last_place_and_the_next_day_are_named() -> None:
    """Whoever has it; and tomorrow, when there is room again."""
    found = why(ADA, *EARLIER)
    assert found.last is not None
    assert found.last.person.id == "p4"
    assert not found.listed
    assert found.can_be_on == MONDAY + days(1)
    assert found.next == NextDay(MONDAY + days(1), State.DUE)


def test_a_promise_may_come_before_the_day_of_the_cadence() -> None:
    """The sooner of both is the day on which they can be on the list."""
    promise = Promise("p", Named("ada", "Ada"), "the book", due_on=MONDAY + days(3))
    found = why(person("ada", -30), promises=[promise])
    assert (found.can_be_on, found.promise_on) == (MONDAY + days(3), MONDAY + days(3))
    assert why(ADA._replace(archived=True), promises=[promise]).can_be_on == MONDAY + days(3)
    assert why(ADA._replace(archived=True)).can_be_on is None


def test_who_is_listed_can_be_listed_today() -> None:
    """And no other day is told."""
    found = why(ADA)
    assert found.listed
    assert (found.can_be_on, found.next) == (MONDAY, None)


def test_the_place_of_somebody_dormant_is_named() -> None:
    """With one place it is all there is."""
    sleeper = person("sleeper", 400, FRIDAY)
    found = why(person("ada", 2, FRIDAY), sleeper, day=FRIDAY, settings=Settings(capacity=(1,) * 7))
    assert (found.reason, found.last, found.reconnects) == (Reason.NO_ROOM, None, sleeper)


def test_those_whose_turn_comes_before_are_named_to_somebody_dormant() -> None:
    """The one who had the place longest ago first; nobody to anyone else."""
    had = [
        person(f"p{ago}", 400)._replace(reconnected_on=MONDAY - days(ago)) for ago in (70, 90, 80)
    ]
    ada = person("ada", 400)._replace(reconnected_on=MONDAY - days(65))
    assert [one.id for one in why(ada, *had).before] == ["p90", "p80", "p70"]
    assert why(ADA, *had).before == ()


@pytest.mark.parametrize("ada", [ADA._replace(archived=True), ADA._replace(cadence=None)])
def test_without_a_clock_there_are_no_terms(ada: Person) -> None:
    """Nothing is reckoned for them."""
    assert why(ada).terms is None


@given(st.data(), some.days, some.settings)
def test_the_reason_and_the_plan_agree_about_everyone(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """Who is listed has a reason for it, who is not has one against it, and the terms add up."""
    crowd = data.draw(some.crowds(day, 8))
    away = data.draw(some.any_pauses(day))
    plan = make_plan(crowd, [], [], day, settings, away=away)
    listed = {one.person.id: one.because for one in plan.suggestions}
    reasons = {
        Reason.DUE: "due",
        Reason.EARLY: "soon",
        Reason.RECONNECT: "reconnect",
        Reason.DRAWN: "resting",
    }
    for one in crowd:
        found = explain(one, day, crowd, [], settings, away=away)
        assert reasons.get(found.reason) == listed.get(one.id)
        assert found.listed == (one.id in listed)
        assert found.can_be_on is None or (found.can_be_on == day) == found.listed
        if found.reason in {Reason.DUE, Reason.EARLY}:
            assert 1 <= found.rank <= found.room
        if found.reason in {Reason.NO_ROOM, Reason.SOON}:
            assert found.rank > found.room
        assert (found.terms is None) == (one.archived or one.cadence is None)
        if found.terms is None:
            continue
        paused = sum((p.end_on - p.start_on).days + 1 for p in found.terms.pauses if p.end_on)
        assert found.due.due_on == found.terms.plain_on + days(paused)
        assert paused == found.due.pause_days


@pytest.mark.parametrize(
    ("rule", "least"),
    [
        ("FREQ=DAILY", 1),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 1),
        ("FREQ=WEEKLY;BYDAY=SA,SU", 2),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", 7),
        ("FREQ=MONTHLY;BYDAY=1FR", 15),
        ("FREQ=MONTHLY;BYMONTHDAY=31", 26),
    ],
    ids=["daily", "weekdays", "weekends", "other-sunday", "first-friday", "31st"],
)
def test_a_rules_due_day_follows_from_the_days_that_are_told(rule: str, least: int) -> None:
    """The first day of the rule so many days after the contact: whoever counts finds the same."""
    contact = MONDAY - days(3)
    found = why(ADA._replace(cadence=Rule(rule), last_full_on=contact))
    assert found.terms is not None
    assert found.terms.least_days == least
    assert found.terms.plain_on.toordinal() == next_of(
        Rule(rule), (contact + days(least)).toordinal()
    )


def test_a_cadence_that_is_no_rule_has_no_such_days() -> None:
    """Its due day is the contact's and the cadence."""
    found = why(ADA._replace(last_full_on=MONDAY))
    assert found.terms is not None
    assert found.terms.least_days == 0
