"""What must hold for anyone on any day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import Literal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from connect_cli.language.calendar import logical_day, plus_days
from connect_cli.model import Cadence, Named, Occasion, Owed, Pause, Person, Promise, Rule
from connect_cli.reports import FirstDay
from connect_cli.scheduler import standing
from connect_cli.scheduler.clock import snooze_day
from connect_cli.scheduler.first_days import first_days, spread_out
from connect_cli.scheduler.plan import forecast, make_plan, offered, reconnected
from connect_cli.scheduler.rest import rest_days
from connect_cli.settings import Settings
from connect_cli.views import Due, Plan, State
from tests.scheduler import strategies as some

Counted = Literal["full", "half"]
DAY = date(2026, 11, 23)
DEFAULTS = Settings()
counts: st.SearchStrategy[Counted] = st.sampled_from(["full", "half"])


def ids(plan: Plan) -> list[str]:
    return [one.person.id for one in plan.suggestions]


def met_on(person: Person, day: date, counted: Counted) -> Person:
    """The person once a contact on `day` is logged: the newest of its sort is what is kept."""
    if counted == "full":
        return person._replace(last_full_on=max(day, person.last_full_on or day))
    return person._replace(last_half_on=max(day, person.last_half_on or day))


def due_on(person: Person, day: date, *away: Pause) -> date:
    found = standing.due(person, day, DEFAULTS, away=away).due_on
    assert found is not None
    return found


@given(some.people_of_any_time(), some.any_day, some.any_day, st.sampled_from(Owed))
def test_on_any_day_of_the_calendar_there_is_a_list(
    person: Person, day: date, other: date, owed: Owed
) -> None:
    """Whatever days a journal holds, and whatever the clock shows."""
    named = Named(person.id, person.name)
    loops = [Promise("promise", named, "the book", owed, other)]
    born = [Occasion("born", named, "birthday", other.month, other.day, other.year)]
    away = [Pause(other)]
    plan = make_plan([person], loops, born, day, DEFAULTS, away=away)
    days = forecast([person], loops, born, day, DEFAULTS, days=3)
    assert plan.day == day
    assert [one.day for one in days] == list(dict.fromkeys(plus_days(day, n) for n in range(3)))
    standing.due(person, day, DEFAULTS, away=away)
    assert snooze_day(person, day) >= day
    crowd = [person._replace(id=f"ada{number}") for number in range(6)]
    assert all(first.due_on >= day for first in first_days(crowd, crowd, day, DEFAULTS, away))
    assert all(first.due_on >= day for first in spread_out(crowd, day, crowd, day, DEFAULTS, away))


@given(st.data(), some.days, counts)
def test_a_further_interaction_makes_nobody_due_sooner(
    data: st.DataObject, day: date, counted: Counted
) -> None:
    """Whatever was before, and whatever pauses lie between: the due day stays or moves on."""
    person = data.draw(some.people(day + timedelta(days=1)))
    person = person._replace(pauses=tuple(data.draw(some.any_pauses(day))))
    contact = data.draw(some.before(day + timedelta(days=1)))
    away = data.draw(some.any_pauses(day))
    assert due_on(met_on(person, contact, counted), day, *away) >= due_on(person, day, *away)


@given(some.days, st.integers(1, 40), st.sampled_from(["1m", "2m", "3m", "6m", "1y"]), counts)
@example(date(2027, 1, 29), 3, "1m", "full")
@example(date(2027, 3, 8), 1, "3m", "half")
def test_a_contact_about_a_pause_makes_nobody_due_sooner(
    start: date, length: int, every: str, counted: Counted
) -> None:
    """February is short: even so the due day never goes back from one contact day to the next."""
    pause = Pause(start, start + timedelta(days=length - 1))
    day = start + timedelta(days=length + 9)
    ada = Person("ada", "Ada", cadence=Cadence.parse(every))
    contacts = [start + timedelta(days=number) for number in range(-9, length + 9)]
    found = [due_on(met_on(ada, contact, counted), day, pause) for contact in contacts]
    assert found == sorted(found)


@given(st.data(), some.days, some.settings)
def test_the_plan_depends_on_no_order_and_has_nobody_twice(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """The same values in any order give the same plan, in which each person has one place."""
    crowd = data.draw(some.crowds(day))
    promises = data.draw(some.promises_to(crowd, day))
    occasions = data.draw(some.occasions_of(crowd))
    met = frozenset(person.id for person in crowd if data.draw(st.integers(0, 5)) == 0)
    away = data.draw(some.any_pauses(day))
    plan = make_plan(crowd, promises, occasions, day, settings, contacted=met, away=away)
    mixed = data.draw(st.permutations(crowd)), promises[::-1], occasions[::-1]
    again = make_plan(*mixed, day, settings, contacted=met, away=away[::-1])
    assert again == plan
    places = [*ids(plan), *(person.id for person in plan.done)]
    assert max(Counter(places).values(), default=1) == 1
    assert not {promise.person.id for promise in plan.promises} & set(ids(plan))


@given(st.data(), some.days, some.settings, st.integers(0, 2))
def test_no_more_people_are_proposed_than_there_is_room_for(
    data: st.DataObject, day: date, settings: Settings, more: int
) -> None:
    """Room is the day's capacity less the promises shown and the people met; `more` adds it."""
    crowd = data.draw(some.crowds(day))
    promises = data.draw(some.promises_to(crowd, day))
    met = frozenset(person.id for person in crowd if data.draw(st.integers(0, 5)) == 0)
    plan = make_plan(crowd, promises, [], day, settings, contacted=met, more=more)
    promised = {promise.person.id for promise in plan.promises}
    taken = len(plan.promises) + sum(person.id not in promised for person in plan.done)
    usual = settings.capacity[day.weekday()] or -(-sum(settings.capacity) // 7)
    assert len(plan.suggestions) <= max(0, plan.capacity - taken) + more * usual


@given(st.data(), some.days)
def test_the_ratio_is_one_on_the_due_day_and_on_no_other(data: st.DataObject, day: date) -> None:
    """r counts periods: less than 1 before, 1 on the due day, more after, while no clock stops."""
    person = data.draw(some.people(day))._replace(pauses=())
    on = due_on(person, day)
    ratios = [
        standing.due(person, on + timedelta(days=days), DEFAULTS).ratio for days in (-1, 0, 1)
    ]
    assert ratios[1] == 1.0
    assert ratios[0] < 1 < ratios[2]


@given(some.cadences, st.integers(0, 400))
def test_the_ratio_is_one_on_the_snooze_day(cadence: Cadence | Rule, later: int) -> None:
    """A snooze that lasts longer than the cadence sets the due day itself."""
    until = DAY + timedelta(days=800 + later)
    ada = Person("ada", "Ada", cadence=cadence, last_full_on=DAY, snoozed_on=until)
    due = standing.due(ada, until, DEFAULTS)
    assert (due.ratio, due.rests_on, due.state) == (1.0, "snooze", State.DUE)


@given(st.data(), some.days, some.settings, st.integers(1, 30))
def test_nobody_is_listed_before_their_snooze_day(
    data: st.DataObject, day: date, settings: Settings, ahead: int
) -> None:
    """However late, however empty the list, and however much more is asked for."""
    crowd = [
        person._replace(snoozed_on=day + timedelta(days=ahead), snooze_said_on=None)
        for person in data.draw(some.crowds(day))
    ]
    for later in (0, ahead - 1):
        on = day + timedelta(days=later)
        assert not make_plan(crowd, [], [], on, settings, more=2).suggestions


@given(st.data(), some.days, some.settings, st.integers(0, 2))
def test_only_who_has_a_cadence_and_a_clock_that_runs_is_proposed(
    data: st.DataObject, day: date, settings: Settings, more: int
) -> None:
    """Nobody archived, without a cadence or paused; and nobody at all while away."""
    crowd = data.draw(some.crowds(day))
    away = data.draw(some.any_pauses(day))
    plan = make_plan(crowd, [], [], day, settings, away=away, more=more)
    for one in plan.suggestions:
        assert one.person.cadence is not None
        assert not one.person.archived
        assert not _held(one.person.pauses, day)
        assert not _held(away, day)


@given(st.data(), some.days, some.settings)
def test_who_has_no_clock_that_runs_changes_nothing_for_the_others(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """They take no place and ask for no time, by which others would be dormant later.

    Only the week's place for somebody dormant stays used up, if they had it.
    """

    def runs(one: Person) -> bool:
        return one.cadence is not None and not one.archived and not _held(one.pauses, day)

    drawn = data.draw(some.crowds(day))
    crowd = [one if runs(one) else one._replace(reconnected_on=None) for one in drawn]
    running = [one for one in crowd if runs(one)]
    assert standing.demand(crowd, day) == standing.demand(running, day)
    with_all = make_plan(crowd, [], [], day, settings)
    assert with_all == make_plan(running, [], [], day, settings)


@given(st.data(), some.days, some.lengths, st.booleans())
def test_a_pause_of_n_days_moves_the_due_day_by_n(
    data: st.DataObject, day: date, length: int, everyones: bool
) -> None:
    """Whose pause it is makes no difference, nor what the due day rests on."""
    person = data.draw(some.people(day))
    pause = Pause(day, day + timedelta(days=length - 1))
    back = day + timedelta(days=length)
    paused = person if everyones else person._replace(pauses=(*person.pauses, pause))
    away = [pause] if everyones else []
    assert due_on(paused, back, *away) == due_on(person, day) + timedelta(days=length)


@given(st.data(), some.days, st.integers(1, 60))
def test_everyone_stands_after_being_away_as_they_stood_before(
    data: st.DataObject, day: date, length: int
) -> None:
    """Clocks stop: state, lateness and rest are those of the day of leaving."""
    crowd = _untouched(data.draw(some.crowds(day)), day)
    away = Pause(day, day + timedelta(days=length - 1))
    back = day + timedelta(days=length)
    before = standing.standings(crowd, day, DEFAULTS)
    after = standing.standings(crowd, back, DEFAULTS, away=[away])
    assert [_terms(due) for due in after] == [_terms(due) for due in before]


@given(st.data(), some.days, some.settings, st.integers(1, 8))
def test_the_plan_after_being_away_is_the_one_before(
    data: st.DataObject, day: date, settings: Settings, weeks: int
) -> None:
    """The same people for the same reasons; only a tie or a draw may come out another way."""
    settings = settings._replace(reconnect_weekday=None)
    crowd = _untouched(data.draw(some.crowds(day)), day)
    away = Pause(day, day + timedelta(days=7 * weeks - 1))
    before = make_plan(crowd, [], [], day, settings)
    after = make_plan(crowd, [], [], day + timedelta(weeks=weeks), settings, away=[away])
    assert _places(after) == _places(before)
    scores = [due.score for due in standing.standings(crowd, day, settings)]
    if len(set(scores)) == len(scores):
        assert _by_s(after) == _by_s(before)


@given(st.data(), some.days, st.integers(0, 400))
def test_being_away_without_an_end_holds_everyone_where_they_were(
    data: st.DataObject, day: date, later: int
) -> None:
    """However long it lasts: lateness is that of the eve, and coming back is as after any end."""
    crowd = _untouched(data.draw(some.crowds(day)), day)
    eve, now = day - timedelta(days=1), day + timedelta(days=later)
    before = standing.standings(crowd, eve, DEFAULTS)
    while_away = standing.standings(crowd, now, DEFAULTS, away=[Pause(day)])
    assert [due.ratio for due in while_away] == [due.ratio for due in before]
    running = {one.id for one in crowd if one.cadence is not None and not one.archived}
    assert {due.person.id for due in while_away if due.state is State.PAUSED} == running


@given(st.data(), some.days, some.settings)
def test_meeting_everyone_listed_makes_tomorrow_the_next_day_ahead(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """`ahead` is the same plan, each listed person taken as met and each promise as kept.

    The command that logs the first of them keeps who had the place for somebody dormant.
    """
    crowd = data.draw(some.crowds(day)) + data.draw(some.sleepers(day, most=3))
    promises = data.draw(some.promises_to(crowd, day))
    occasions = data.draw(some.occasions_of(crowd))
    away = data.draw(some.any_pauses(day))
    today, tomorrow = forecast(crowd, promises, occasions, day, settings, 2, away=away)
    assert today == make_plan(crowd, promises, occasions, day, settings, away=away)
    met = {*ids(today), *(promise.person.id for promise in today.promises)}
    crowd = [
        one._replace(last_full_on=day, offered=()) if one.id in met else one
        for one in _offers_kept(crowd, today)
    ]
    left = [promise for promise in promises if promise not in today.promises]
    next_day = day + timedelta(days=1)
    assert tomorrow == make_plan(crowd, left, occasions, next_day, settings, away=away)


@given(st.data(), some.days, some.settings)
def test_the_list_does_not_refill_when_someone_on_it_is_met(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """A person met is ticked and keeps the place; nobody new appears."""
    settings = settings._replace(reconnect_weekday=None)
    crowd = data.draw(some.crowds(day))
    plan = make_plan(crowd, [], [], day, settings)
    assume(plan.suggestions)
    met = data.draw(st.sampled_from(ids(plan)))
    crowd = [one._replace(last_full_on=day) if one.id == met else one for one in crowd]
    after = make_plan(crowd, [], [], day, settings, contacted={met})
    assert [person.id for person in after.done] == [met]
    assert set(ids(after)) == set(ids(plan)) - {met}


@given(st.data(), some.days, some.settings)
def test_the_plan_is_the_same_all_day(data: st.DataObject, day: date, settings: Settings) -> None:
    """Keeping who was offered today, which the first entry of the day does, changes nothing."""
    crowd = data.draw(some.crowds(day)) + data.draw(some.sleepers(day, most=3))
    promises = data.draw(some.promises_to(crowd, day))
    met = frozenset(person.id for person in crowd if data.draw(st.integers(0, 5)) == 0)
    before = make_plan(crowd, promises, [], day, settings, contacted=met)
    kept = _offers_kept(crowd, before)
    after = make_plan(kept, promises, [], day, settings, contacted=met)
    assert _listed(after) == _listed(before)


@given(st.data(), some.days, some.settings)
def test_nobody_rests_who_was_neither_offered_nor_tried_nor_snoozed(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """On no day to come, however long nobody looks."""
    crowd = [
        person._replace(offered=(), tried_on=None, snoozed_on=None)
        for person in data.draw(some.crowds(day))
    ]
    away = data.draw(some.any_pauses(day))
    for later in (0, 1, 5, 10, 30, 100, 400):
        found = standing.standings(crowd, day + timedelta(days=later), settings, away=away)
        assert all(due.state is not State.RESTING for due in found)


@given(st.data(), some.days, st.floats(0, 2))
def test_an_attempt_holds_nobody_back_for_longer_than_its_own_rest(
    data: st.DataObject, day: date, demand: float
) -> None:
    """After b days nobody rests, however often they were offered before, nor is anybody dormant."""
    person = data.draw(some.people(day))._replace(snoozed_on=None, pauses=(), tried_on=day)
    person = person._replace(offered=(*person.offered, day))
    rest = rest_days(standing.due(person, day, DEFAULTS).period_days)
    for later in range(rest, 61):
        on = day + timedelta(days=later)
        found = standing.due(person, on, DEFAULTS, demand=demand)
        assert found.state not in {State.RESTING, State.DORMANT}


@given(st.data(), some.days, st.integers(0, 6), st.sets(st.integers(0, 6), max_size=5))
def test_each_dormant_person_has_the_place_before_any_has_it_twice(
    data: st.DataObject, day: date, weekday: int, rest_weekdays: set[int]
) -> None:
    """Whoever had it before, on whichever days something is recorded, whatever days are free."""
    crowd = data.draw(some.sleepers(day, most=9))
    idle = data.draw(st.sets(st.integers(0, 200), max_size=60))
    capacity = tuple(0 if number in rest_weekdays else 2 for number in range(7))
    settings = Settings(capacity=capacity, reconnect_weekday=weekday)
    turns: list[str] = []
    for later in range(200):
        plan = make_plan(crowd, [], [], day + timedelta(days=later), settings)
        if later not in idle:
            turns += reconnected(plan)
            crowd = _offers_kept(crowd, plan)
    seen: Counter[str] = Counter()
    for turn in turns:
        seen[turn] += 1
        assert seen[turn] - min(seen[person.id] for person in crowd) <= 1


@given(
    st.integers(1, 200),
    st.sampled_from([*some.CADENCES, Cadence(5, "y")]),
    st.integers(0, 150),
    some.days,
    some.settings,
)
@example(200, Cadence(1, "d"), 0, DAY, DEFAULTS)
@example(19, Cadence(1, "m"), 150, DAY, Settings(capacity=(5,) * 7))
def test_newly_spread_people_do_not_crowd_any_day(
    count: int, cadence: Cadence, already: int, today: date, settings: Settings
) -> None:
    """No day is the first of more than n/P + 2, rounded up, and one more where others are.

    A day next to full ones may have more, but no more than there is room for.
    """
    others = [
        _first(first, today)
        for first in first_days(newly(cadence, already, "other"), (), today, settings)
    ]
    found = first_days(newly(cadence, count), others, today, settings)
    period = (due_on(Person("ada", "Ada", cadence=cadence, last_full_on=today), today) - today).days
    bound = ceil(count / period) + (3 if already else 2)
    most = max(bound, settings.usual_capacity) if already else bound
    assert max(Counter(first.due_on for first in found).values()) <= most


@given(st.integers(1, 60), st.sampled_from(some.CADENCES), some.days, some.settings)
def test_people_who_come_one_by_one_do_not_crowd_any_day_either(
    count: int, cadence: Cadence, today: date, settings: Settings
) -> None:
    """No day is the first of more than n/P + 2, rounded up."""
    everyone: list[Person] = []
    for person in newly(cadence, count):
        (first,) = first_days([person], everyone, today, settings)
        everyone.append(_first(first, today))
    period = (due_on(Person("ada", "Ada", cadence=cadence, last_full_on=today), today) - today).days
    days = Counter(person.first_on for person in everyone)
    assert max(days.values()) <= ceil(count / period) + 2


@given(st.data(), some.days, some.settings)
def test_nobody_new_is_moved_far_and_only_from_a_full_day_to_one_with_room(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """A later day, at most a quarter of the cadence away; and the day stored gives the due day."""
    others = data.draw(some.crowds(day))
    crowd = newly(data.draw(st.sampled_from(some.CADENCES)), data.draw(st.integers(1, 20)))
    away = data.draw(some.any_pauses(day))
    room, due = settings.usual_capacity, _due_days(others, day, away)
    for first in first_days(crowd, others, day, settings, away):
        assert due_on(_first(first, day), day, *away) == first.due_on
        if first.moved_from is not None:
            period = standing.due(first.person, day, DEFAULTS, away=away).period_days
            assert 0 < (first.due_on - first.moved_from).days <= period / 4
            assert due[first.moved_from] >= room > due[first.due_on]
        due[first.due_on] += 1


@given(st.data(), some.days, some.settings)
def test_spreading_out_those_who_were_met_makes_nobody_due_sooner(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """Nor is anybody moved further than a quarter of the cadence, and no order matters."""
    met = [one._replace(last_full_on=day) for one in data.draw(some.crowds(day, most=20))]
    others = [one._replace(id=f"other-{one.id}") for one in data.draw(some.crowds(day))]
    away, people = data.draw(some.any_pauses(day)), [*met, *others]
    found = spread_out(met, day, people, day, settings, away)
    again = spread_out(met[::-1], day, data.draw(st.permutations(people)), day, settings, away)
    assert again == found
    for first in found:
        was, later = due_on(first.person, day, *away), due_on(_first(first, day), day, *away)
        period = standing.due(first.person, day, DEFAULTS, away=away).period_days
        assert (was, later) == (first.moved_from, first.due_on)
        assert 0 < (later - was).days <= period / 4


@given(st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1)), st.integers(0, 12))
def test_a_logical_day_lasts_from_its_hour_to_the_next(now: datetime, hour: int) -> None:
    """The minute before the hour belongs to the day before, the hour itself to the day."""
    start = datetime(now.year, now.month, now.day, hour)
    assert logical_day(start, hour) == now.date()
    assert logical_day(start - timedelta(minutes=1), hour) == now.date() - timedelta(1)


def newly(cadence: Cadence, count: int, name: str = "new") -> list[Person]:
    """So many people who have just been given this cadence."""
    return [Person(f"{name}{n:03}", f"{name.title()} {n}", cadence=cadence) for n in range(count)]


def _due_days(people: Iterable[Person], day: date, away: Sequence[Pause]) -> Counter[date]:
    """How many of these people come due on each day."""
    found = standing.standings(people, day, DEFAULTS, away=away)
    return Counter(due.due_on for due in found if due.due_on is not None)


def _listed(plan: Plan) -> list[tuple[str, str]]:
    return [(one.person.id, one.because) for one in plan.suggestions]


def _held(pauses: Iterable[Pause], day: date) -> bool:
    return any(one.start_on <= day <= (one.end_on or day) for one in pauses)


def _untouched(crowd: list[Person], day: date) -> list[Person]:
    """Those whose own pauses are over, or go on without an end.

    One that ends at its day, or begins at it, does so while everyone is away, too.
    """
    return [
        person
        for person in crowd
        if all(
            one.start_on <= day if one.end_on is None else one.end_on < day for one in person.pauses
        )
    ]


def _terms(due: Due) -> tuple[object, ...]:
    rest = due.back_on - due.day if due.back_on else None
    return due.person.id, due.state, due.ratio, due.score, due.period_days, rest


def _places(plan: Plan) -> list[tuple[str, float]]:
    """The reasons for which people are listed, and the s of those who are chosen by it."""
    return sorted(
        (one.because, 0 if one.because == "resting" else one.due.score) for one in plan.suggestions
    )


def _by_s(plan: Plan) -> set[str]:
    return {one.person.id for one in plan.suggestions if one.because != "resting"}


def _first(newcomer: FirstDay, day: date) -> Person:
    """The person once their first day is stored."""
    return newcomer.person._replace(first_on=newcomer.on, first_said_on=day)


def _offers_kept(people: Iterable[Person], plan: Plan) -> list[Person]:
    """The same people once the first entry of the day has kept who was offered."""
    how = {person.id: dormant for person, dormant in offered(plan.suggestions)}
    return [
        person
        if person.id not in how
        else person._replace(reconnected_on=plan.day)
        if how[person.id]
        else person._replace(offered=(*person.offered, plan.day))
        for person in people
    ]


@given(st.data(), some.days, some.cadences)
def test_half_a_contact_before_the_full_one_leads_to_no_later_day(
    data: st.DataObject, day: date, cadence: Cadence | Rule
) -> None:
    """Where no clock stood still; so it need not be reckoned, which of most people saves half."""
    full_on = data.draw(some.before(day))
    half_on = full_on - timedelta(data.draw(st.integers(0, 800)))
    full = Person("ada", "Ada", cadence=cadence, last_full_on=full_on)
    half = Person("ada", "Ada", cadence=cadence, last_half_on=half_on)
    assert due_on(half, day) <= due_on(full, day)
    assert due_on(full._replace(last_half_on=half_on), day) == due_on(full, day)
