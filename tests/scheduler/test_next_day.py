"""The next day on which somebody can be listed: never on a list before it, and no later than it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.language.calendar import plus_days
from connect_cli.model import Cadence, Named, Owed, Pause, Person, Promise
from connect_cli.scheduler import standing
from connect_cli.scheduler.next_day import NextDay, next_day, promise_day
from connect_cli.scheduler.plan import make_plan, reconnected, turn_order
from connect_cli.settings import Settings
from connect_cli.views import State
from tests.scheduler import strategies as some

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
MONTHLY = Cadence(1, "m")
DAYS_CHECKED = 80
DEFAULTS = Settings()


def days(count: int) -> timedelta:
    return timedelta(days=count)


def due_since(past: int, name: str = "ada") -> Person:
    """Somebody monthly who came due so many days before MONDAY."""
    due = MONDAY - days(past)
    return Person(name, name.title(), cadence=MONTHLY, first_on=due, first_said_on=due)


ADA = due_since(2)


def found(
    person: Person,
    *others: Person,
    promises: Sequence[Promise] = (),
    settings: Settings = DEFAULTS,
    away: Sequence[Pause] = (),
) -> NextDay | None:
    everyone = [*(one for one in others if one.id != person.id), person]
    return next_day(person, everyone, promises, MONDAY, settings, away)


WEEKENDS = Settings(capacity=(0, 0, 0, 0, 0, 3, 3))
NOWHERE = Settings(capacity=(0,) * 7)


@pytest.mark.parametrize(
    ("person", "settings", "on", "state"),
    [
        (ADA, DEFAULTS, MONDAY + days(1), State.DUE),
        (ADA, WEEKENDS, date(2026, 11, 28), State.DUE),
        (due_since(-20), DEFAULTS, date(2026, 12, 9), State.SOON),
        (due_since(-20)._replace(cadence=Cadence(1, "w")), DEFAULTS, MONDAY + days(20), State.DUE),
        (due_since(-20), WEEKENDS, date(2026, 12, 12), State.SOON),
        (ADA._replace(tried_on=MONDAY), DEFAULTS, FRIDAY, State.DUE),
        (ADA._replace(snoozed_on=FRIDAY), DEFAULTS, FRIDAY, State.DUE),
        (ADA._replace(pauses=(Pause(MONDAY, FRIDAY),)), DEFAULTS, date(2026, 11, 28), State.DUE),
        (
            due_since(9)._replace(offered=tuple(MONDAY - days(ago) for ago in (5, 3, 0))),
            DEFAULTS,
            date(2026, 11, 28),
            State.WAITING,
        ),
    ],
    ids=[
        *("due", "weekend", "fresh", "weekly", "fresh-weekend", "tried", "snoozed", "paused"),
        "offered",
    ],
)
def test_each_state_ends_on_its_day(
    person: Person, settings: Settings, on: date, state: State
) -> None:
    """What is offered today already counts; a day without places does not."""
    assert found(person, settings=settings) == NextDay(on, state)


@pytest.mark.parametrize(
    ("person", "settings"),
    [
        (ADA, NOWHERE),
        (ADA._replace(archived=True), DEFAULTS),
        (ADA._replace(cadence=None), DEFAULTS),
        (ADA._replace(pauses=(Pause(MONDAY),)), DEFAULTS),
        (due_since(400), DEFAULTS._replace(reconnect_weekday=None)),
        (ADA._replace(snoozed_on=date.max), DEFAULTS),
    ],
    ids=["no-room", "archived", "no-cadence", "paused", "dormant", "calendar"],
)
def test_some_have_no_such_day(person: Person, settings: Settings) -> None:
    """Nothing that is known today will put them on a list."""
    assert found(person, settings=settings) is None


DORMANT = sorted((due_since(400, f"dormant{number}") for number in range(4)), key=turn_order)


def test_the_calendar_may_end_before_a_day_with_room() -> None:
    """Somebody snoozed to its last week is on no list where only weekends have room."""
    monday = date(9999, 12, 27)
    assert found(ADA._replace(snoozed_on=monday), settings=WEEKENDS) is None
    assert found(ADA._replace(snoozed_on=monday)) == NextDay(monday, State.DUE)


def turns(*others: Person, settings: Settings = DEFAULTS) -> list[date]:
    """The days on which each of DORMANT can have the place."""
    known = [found(one, *DORMANT, *others, settings=settings) for one in DORMANT]
    return [day.on for day in known if day is not None]


def test_each_dormant_person_waits_a_week_for_everyone_before_them() -> None:
    """On a Monday the week that began on Friday still has its place: today or tomorrow."""
    assert turns() == [MONDAY + days(1), FRIDAY, FRIDAY + days(7), FRIDAY + days(14)]


def test_a_week_whose_place_was_given_is_over_for_the_dormant() -> None:
    """Whoever had it, and whatever they are now."""
    had = ADA._replace(reconnected_on=MONDAY - days(1))
    assert turns(had) == [FRIDAY + days(7 * week) for week in range(4)]


def test_a_week_without_room_is_no_week_for_the_dormant() -> None:
    """The place of a week whose free days are past went to nobody."""
    settings = Settings(capacity=(0, 0, 0, 0, 0, 3, 3))
    assert turns(settings=settings)[0] == date(2026, 11, 28)


def test_whoever_may_drop_out_takes_no_week_from_the_others() -> None:
    """A promise that is shown, or a pause, may let the next one have the place sooner."""
    first, second, *others = DORMANT
    promise = Promise("p", Named(first.id, first.name), "the book", due_on=MONDAY + days(9))
    paused = first._replace(pauses=(Pause(MONDAY + days(30)),))
    sooner = NextDay(MONDAY + days(1), State.DORMANT)
    assert found(second, first, *others, promises=[promise]) == sooner
    assert found(second, paused, *others) == sooner


def test_nobody_has_the_dormant_place_again_within_nine_weeks() -> None:
    """However free it is."""
    had = due_since(400)._replace(reconnected_on=MONDAY - days(20))
    assert found(had) == NextDay(MONDAY + days(43), State.DORMANT)


def test_somebody_dormant_may_be_listed_as_due_once_more_is_asked_for() -> None:
    """When many come back from a pause, there are more people than places: nobody is dormant."""
    back = Pause(MONDAY, MONDAY + days(2))
    crowd = [Person(str(n), str(n), cadence=Cadence(1, "d"), pauses=(back,)) for n in range(30)]
    had = due_since(400)._replace(reconnected_on=MONDAY - days(20))
    assert found(had, *crowd) == NextDay(MONDAY + days(3), State.WAITING)


@pytest.mark.parametrize(
    ("owed", "ahead", "done", "on"),
    [
        (Owed.ME, 4, None, FRIDAY),
        (Owed.ASK, 4, None, FRIDAY),
        (Owed.THEM, 4, None, None),
        (Owed.ME, 4, MONDAY, None),
        (Owed.ME, 0, None, None),
        (Owed.ME, -40, None, None),
    ],
)
def test_a_promise_puts_somebody_on_the_list_on_its_day(
    owed: Owed, ahead: int, done: date | None, on: date | None
) -> None:
    """If it is mine, open, and still to come."""
    ada = Named(ADA.id, ADA.name)
    promise = Promise("p", ada, "the book", owed, MONDAY + days(ahead), done)
    other = promise._replace(person=Named("tom", "Tom"), due_on=MONDAY + days(1))
    timeless = promise._replace(due_on=None)
    assert promise_day(ADA, [promise, other, timeless], MONDAY) == on


@st.composite
def crowds(draw: st.DrawFn, day: date) -> list[Person]:
    """People of every state, some of whom were offered, and some of whom are long dormant."""
    people = []
    for one in draw(some.crowds(day, 6)):
        person = one
        back = st.integers(0, 80).map(lambda ago: day - days(ago))
        offered = tuple(sorted(draw(st.sets(back, max_size=6))))
        had = draw(st.none() | st.integers(0, 120).map(lambda ago: day - days(ago)))
        if draw(st.booleans()):
            long_ago = day - days(draw(st.integers(300, 900)))
            person = person._replace(
                first_on=long_ago,
                snoozed_on=None,
                last_full_on=None,
                last_half_on=None,
                cadence=person.cadence and Cadence(1, "m"),
            )
        people.append(person._replace(offered=offered, reconnected_on=had))
    return people


@given(st.data(), some.days, some.settings)
def test_nobody_is_listed_before_the_day_that_is_told(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """If nothing is recorded; only a draw for a short list may take those who rest sooner."""
    crowd = data.draw(crowds(day))
    promises = data.draw(some.promises_to(crowd, day))
    away = data.draw(some.any_pauses(day))
    told = {one.id: next_day(one, crowd, promises, day, settings, away) for one in crowd}
    promised = {one.id: promise_day(one, promises, day) for one in crowd}
    for later in range(1, DAYS_CHECKED):
        on = day + days(later)
        plan = make_plan(crowd, promises, [], on, settings, away=away)
        for one in plan.suggestions:
            first = told[one.person.id]
            assert one.because == "resting" or (first is not None and first.on <= on)
        for promise in plan.promises:
            shown = promised[promise.person.id]
            assert (promise.due_on or on) <= day or (shown is not None and shown <= on)


@given(st.data(), some.days, some.settings)
def test_on_that_day_somebody_alone_is_listed(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """With every place free, the day is not too early either."""
    person = data.draw(some.people(day))
    told = next_day(person, [person], [], day, settings, [])
    if told is not None:
        plan = make_plan([person], [], [], told.on, settings)
        assert [one.person for one in plan.suggestions] == [person]
        assert standing.due(person, told.on, settings, demand=0).state in {
            told.state,
            State.DORMANT,
        }


@given(some.days, st.integers(1, 8), some.settings)
def test_the_dormant_are_offered_on_the_days_that_were_told(
    day: date, number: int, settings: Settings
) -> None:
    """If each one's turn is taken on the first day that has a place for it."""
    long_ago = plus_days(day, -500)
    crowd = {
        name: Person(name, name, cadence=MONTHLY, first_on=long_ago, first_said_on=long_ago)
        for name in map(str, range(number))
    }
    everyone = list(crowd.values())
    told = {one.id: next_day(one, everyone, [], day, settings, []) for one in everyone}
    seen: dict[str, date] = {}
    for later in range(7 * number + 8):
        on = plus_days(day, later)
        plan = make_plan(crowd.values(), [], [], on, settings)
        for name in reconnected(plan):
            seen.setdefault(name, on)
            crowd[name] = crowd[name]._replace(reconnected_on=on)
    for name, on in seen.items():
        first = told[name]
        assert first is not None
        assert on in {day, first.on}
    assert len(seen) == number or all(first is None for first in told.values())
