"""The morning list and the next one, how people stand, and times away."""

from collections.abc import Mapping, Sequence
from datetime import date

from connect_cli.journal.journal import Journal
from connect_cli.journal.load import tracking_start
from connect_cli.journal.on_this_day import this_day
from connect_cli.language.calendar import day_of, plus_days
from connect_cli.language.sorting import by_name
from connect_cli.model import (
    DEATH,
    Counts,
    Detail,
    Interaction,
    Occasion,
    Owed,
    Pause,
    Person,
    Promise,
)
from connect_cli.scheduler import standing as scheduler_standing
from connect_cli.scheduler.next_plan import next_plan
from connect_cli.scheduler.occasions import (
    BELATED_DAYS,
    occasions_between,
)
from connect_cli.scheduler.plan import plan_of
from connect_cli.scheduler.rest import OPEN, merged, ordinals
from connect_cli.store import inbox, interactions, memory
from connect_cli.store import people as store_people
from connect_cli.views import (
    Due,
    Plan,
    State,
    Today,
    TodayRow,
    Welcome,
)

LEAST_GAP_DAYS = 7
ENERGY_DAYS = 7
LEAST_TOOK = 3
WELCOME_DAYS = 6


def today(journal: Journal, more: int = 0) -> Today:
    """Who is proposed today, and what to know before you call. Writes nothing.

    more: how many times the places of the day are added again.
    """
    talked = _contacts_today(journal)
    away = store_people.away(journal.connection)
    plan = _plan_of_today(journal, talked, away, more)
    everyone = _everyone(journal) if plan.empty else []
    number, with_cadence = (0, 0) if plan.suggestions else _counts(journal)
    earlier = _earlier(journal)
    open_loops = sorted(
        memory.open_promises(journal.connection, _listed(plan)), key=_order_of_loops
    )
    newest, again = _read_again(journal, plan, earlier)
    return Today(
        plan=plan._replace(promises=(*plan.promises, *_news(plan, open_loops))),
        rows=_rows(journal, plan, open_loops, newest),
        done=tuple(talked),
        people=number,
        with_cadence=with_cadence,
        away=current_away(away, journal.today_is),
        gap=_inactivity(journal, earlier.last_on, away),
        waiting=inbox.waiting(journal.connection) if journal.settings.inbox_folder else 0,
        welcome=_welcome(journal, earlier.last_on, away),
        coming=_next_plan(journal, everyone, away, journal.today_is) if plan.empty else None,
        left_alone=plan.empty and _rests_past_due(journal, everyone, away),
        anybody=not plan.empty or journal.has_people,
        took=_worth_a_word(journal, earlier.took, away),
        on_this_day=again,
    )


def _plan_of_today(
    journal: Journal, talked: Sequence[Interaction], away: Sequence[Pause], more: int
) -> Plan:
    """Today's plan, for which only those are read who can be on it."""
    connection, day, settings = journal.connection, journal.today_is, journal.settings
    near = _occasions_near(journal)
    also = {one.person.id for one in near}
    people = store_people.people_maybe_listed(connection, settings.circles, day, also)
    return plan_of(
        scheduler_standing.readings(people, day, settings, away, journal.demand()),
        memory.promises_due(connection, day),
        near,
        day,
        settings,
        contacted=frozenset(person.id for one in talked for person in one.people),
        more=more,
    )


def _earlier(journal: Journal) -> interactions.Earlier:
    """What the days before this one say; of the newest seven, how many took energy."""
    today = journal.today_is
    since = plus_days(today, -ENERGY_DAYS)
    return interactions.earlier(journal.connection, today, since, this_day(journal))


def proposed(journal: Journal) -> list[Person]:
    """Those who are proposed today, in the order of the list."""
    away = store_people.away(journal.connection)
    plan = _plan_of_today(journal, _contacts_today(journal), away, 0)
    return [one.person for one in plan.suggestions]


def _counts(journal: Journal) -> tuple[int, int]:
    return store_people.counts(journal.connection, journal.settings.circles)


def _everyone(journal: Journal) -> list[Person]:
    return store_people.people(journal.connection, journal.settings.circles, journal.today_is)


def next_listed(journal: Journal, day: date) -> Plan | None:
    """The plan of the first day after `day` with somebody on it, if nobody is met before."""
    people = _everyone(journal)
    return _next_plan(journal, people, store_people.away(journal.connection), day)


def _read_again(
    journal: Journal, plan: Plan, earlier: interactions.Earlier
) -> tuple[dict[str, Interaction], Interaction | None]:
    """The newest conversation of everybody who is proposed, and one of this day in another year.

    That is the newest with a note, and of one day the one that was entered last: not one of today,
    so that it stays the same all day; nor one with archived people only, who may have died.
    """
    proposed = [one.person.id for one in plan.suggestions]
    newest = interactions.newest_ids(journal.connection, journal.today_is, proposed)
    again = earlier.again if journal.settings.on_this_day else None
    ids = dict.fromkeys((*newest.values(), *filter(None, [again])))
    found = {one.id: one for one in interactions.by_id(journal.connection, list(ids))}
    read = {person_id: found[one] for person_id, one in newest.items() if one in found}
    return read, None if again is None else found.get(again)


def _rows(
    journal: Journal,
    plan: Plan,
    open_loops: Sequence[Promise],
    last: Mapping[str, Interaction],
) -> tuple[TodayRow, ...]:
    ids = [one.person.id for one in plan.suggestions]
    details = memory.details(journal.connection, ids)
    return tuple(
        TodayRow(
            suggestion=one,
            last=last.get(one.person.id),
            promises=tuple(loop for loop in open_loops if loop.person.id == one.person.id),
            details=tuple(sorted(details.get(one.person.id, ()), key=_order_of_details)),
            occasions=tuple(
                near for near in plan.occasions if near.occasion.person.id == one.person.id
            ),
        )
        for one in plan.suggestions
    )


def _order_of_loops(loop: Promise) -> tuple[date, date, str, tuple[str, str], str]:
    """Those with a day first, then the oldest; the same on every machine."""
    name = by_name(loop.person.name, loop.person.id)
    return loop.due_on or date.max, loop.made_on or date.min, loop.text, name, loop.id


def _order_of_details(detail: Detail) -> tuple[tuple[str, str], tuple[str, str]]:
    return by_name(detail.label), by_name(detail.value, detail.id)


def _listed(plan: Plan) -> list[str]:
    """The ids of everybody who is listed, once each: proposed, by a promise, or by a day."""
    proposed = (one.person.id for one in plan.suggestions)
    promised = (one.person.id for one in plan.promises)
    near = (one.occasion for one in plan.occasions)
    with_day = (one.person.id for one in near if one.label != DEATH)
    return list(dict.fromkeys((*proposed, *promised, *with_day)))


def _news(plan: Plan, open_loops: Sequence[Promise]) -> list[Promise]:
    """What there is to tell those who are listed, but not proposed."""
    proposed = {one.person.id for one in plan.suggestions}
    news = (loop for loop in open_loops if loop.owed is Owed.TELL)
    return [loop for loop in news if loop.person.id not in proposed]


def _next_plan(
    journal: Journal, people: Sequence[Person], away: Sequence[Pause], day: date
) -> Plan | None:
    promises = memory.open_promises(journal.connection)
    return next_plan(people, promises, day, journal.settings, away=away)


def _rests_past_due(journal: Journal, people: Sequence[Person], away: Sequence[Pause]) -> bool:
    """Whether somebody whose due day has come rests after an attempt, or is paused.

    After a snooze nobody is past due, and a list that is empty has nobody who rests after offers.
    """
    alone = [person for person in people if person.tried_on or person.pauses]
    standings = scheduler_standing.readings(alone, journal.today_is, journal.settings, away, 0)
    today = journal.today_is.toordinal()
    left = (one for one in standings if one.rests_after == "attempt" or one.state is State.PAUSED)
    return any(one.clock.due <= today for one in left)


def standing_of(journal: Journal, person: Person) -> Due:
    """How one person stands today."""
    away = store_people.away(journal.connection)
    due = scheduler_standing.due(person, journal.today_is, journal.settings, away=away)
    if due.state is not State.DORMANT:  # only dormancy depends on everybody's cadences
        return due
    demand = journal.demand()
    return scheduler_standing.due(
        person, journal.today_is, journal.settings, away=away, demand=demand
    )


def standings_of(journal: Journal, people: Sequence[Person]) -> list[Due]:
    """How these people stand today, in their order."""
    away, demand = store_people.away(journal.connection), journal.demand()
    return scheduler_standing.standings(
        people, journal.today_is, journal.settings, away=away, demand=demand
    )


def current_away(away: Sequence[Pause], today: date) -> Pause | None:
    """The days away that today belongs to, if any."""
    now = today.toordinal()
    return next((one for one in away if ordinals(one)[0] <= now <= ordinals(one)[1]), None)


def inactivity(last: date | None, begun: date, away: Sequence[Pause], today: date) -> Pause | None:
    """The latest interval of seven days or more before today without an interaction or days away.

    last: the newest day with an interaction, before today. begun: the tracking start; nothing
    before it counts. None while away, and in an empty journal.
    """
    if last is None or current_away(away, today) is not None:
        return None
    gaps = gaps_between(max(last, begun), today, away)
    return gaps[-1] if gaps else None


def gaps_between(after: date, before: date, away: Sequence[Pause]) -> list[Pause]:
    """The intervals of seven days or more between two days, both left out, without days away."""
    gaps, start, last = [], after.toordinal() + 1, before.toordinal()
    for first, end in [*sorted(map(ordinals, away)), (last, OPEN)]:
        gaps.append((start, min(first, last) - 1))
        start = max(start, end + 1)
    return [
        Pause(day_of(first), day_of(end))
        for first, end in gaps
        if end - first + 1 >= LEAST_GAP_DAYS
    ]


def time_away(last: date | None, away: Sequence[Pause], today: date) -> Pause | None:
    """The days away that are over, until something was logged on a later day before today.

    last: the newest day with an interaction, before today. Six days after their end it is too late
    to welcome anybody back.
    """
    now = today.toordinal()
    begun = [(first, end) for first, end in merged(away) if first <= now]
    if not begun:
        return None
    first, end = begun[-1]
    logged = last is not None and last.toordinal() > end
    if logged or not end < now <= end + WELCOME_DAYS:
        return None
    return Pause(day_of(first), day_of(end))


def _inactivity(journal: Journal, last: date | None, away: Sequence[Pause]) -> Pause | None:
    if last is None or (journal.today_is - last).days <= LEAST_GAP_DAYS:
        return None  # as on most mornings: no more to read
    return inactivity(last, tracking_start(journal), away, journal.today_is)


def _worth_a_word(journal: Journal, took: int, away: Sequence[Pause]) -> int:
    """How many conversations of the seven days before today took energy, if a free day may help.

    That is said from three of them on, unless today or tomorrow is a day away already. What is
    logged today changes nothing, so that it is said all day; nor does it change who is listed.
    """
    today = journal.today_is
    free = any(current_away(away, day) for day in (today, plus_days(today, 1)))
    wanted = journal.settings.energy and took >= LEAST_TOOK and not free
    return took if wanted else 0


def _welcome(journal: Journal, last: date | None, away: Sequence[Pause]) -> Welcome | None:
    """The time away that is over, with its occasions: the same all day, whatever is logged today.

    Left out are those that are still on the list, or were until today, and those after which the
    person was met while you were away.
    """
    over, today = time_away(last, away, journal.today_is), journal.today_is
    if over is None:
        return None
    first, end = over.start_on, min(over.end_on or today, plus_days(today, -BELATED_DAYS - 1))
    if end < first:
        return Welcome(over)
    near = memory.occasions_near(journal.connection, end, (end - first).days, 0)
    met = interactions.contact_days(journal.connection, first, plus_days(today, -1))
    found = occasions_between(near, first, end, today, journal.settings)
    left = [one for one in found if max(met.get(one.occasion.person.id, [date.min])) < one.on]
    return Welcome(over, tuple(left))


def _occasions_near(journal: Journal) -> list[Occasion]:
    lead = journal.settings.occasion_lead_days
    return memory.occasions_near(journal.connection, journal.today_is, BELATED_DAYS, lead)


def _contacts_today(journal: Journal) -> list[Interaction]:
    """Today's interactions that count as contact, newest first."""
    today = interactions.of_day(journal.connection, journal.today_is)
    return [one for one in today if one.counts is not Counts.NO]
