"""Why someone is on the list or not, checkable by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Named, Pause, Person, Promise, Rule
from connect_cli.scheduler.explain import Phase, Reason, Why, explain
from connect_cli.scheduler.plan import make_plan
from connect_cli.scheduler.recurrence import next_of
from connect_cli.settings import Settings
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
        (person("ada", 8), Reason.RESTING),
        (person("ada", 400), Reason.DORMANT),
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


def test_the_dormant_persons_place_is_not_counted_as_room() -> None:
    """In their week they have the last one."""
    sleeper = person("sleeper", 400, FRIDAY)
    week = next(
        FRIDAY + days(7 * week)
        for week in range(9)
        if why(sleeper, day=FRIDAY + days(7 * week)).reason is Reason.RECONNECT
    )
    found = why(person("ada", 2, week), sleeper, day=week)
    assert (found.reason, found.room) == (Reason.DUE, 2)


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


@pytest.mark.parametrize(
    ("past", "first", "second"),
    [
        (-9, (False, 0, 6), (True, 7, 10)),
        (3, (False, 0, 6), (True, 7, 10)),
        (6, (False, 0, 6), (True, 7, 10)),
        (8, (True, 7, 10), (False, 11, 17)),
        (10, (True, 7, 10), (False, 11, 17)),
        (20, (True, 18, 25), (False, 26, 32)),
    ],
)
def test_the_present_phase_and_the_next_are_told(
    past: int, first: tuple[bool, int, int], second: tuple[bool, int, int]
) -> None:
    """Which days someone is offered and which they rest."""
    found = why(person("ada", past))
    due = MONDAY - days(past)
    assert found.terms is not None
    assert found.terms.phases == tuple(
        Phase(resting, due + days(start), due + days(end))
        for resting, start, end in (first, second)
    )


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
    reasons = {Reason.DUE: "due", Reason.EARLY: "soon", Reason.RECONNECT: "reconnect"}
    for one in crowd:
        found = explain(one, day, crowd, [], settings, away=away)
        assert reasons.get(found.reason) == listed.get(one.id)
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
