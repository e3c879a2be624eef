"""The morning list and the next one, the card before a meeting, times away, and the load."""

from collections.abc import Sequence
from datetime import date

from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import day_of, logical_day, plus_days
from connect_cli.language.relations import seen_from
from connect_cli.model import (
    DEATH,
    Cadence,
    Counts,
    Interaction,
    Named,
    Occasion,
    Owed,
    Pause,
    Person,
    Promise,
)
from connect_cli.scheduler import standing as scheduler_standing
from connect_cli.scheduler.load import LONGEST_WINDOW, Load, fits, measure_load, measure_time
from connect_cli.scheduler.next_plan import next_plan
from connect_cli.scheduler.occasions import (
    BELATED_DAYS,
    next_occasions,
    occasions_between,
)
from connect_cli.scheduler.plan import plan_of
from connect_cli.scheduler.rest import OPEN, merged, ordinals
from connect_cli.scheduler.rhythm import RHYTHM_CONTACTS, RHYTHM_DAYS, SMALL_COMPANY, rhythm_of
from connect_cli.store import inbox, interactions, memory, tags
from connect_cli.store import people as store_people
from connect_cli.store.relations import died_on, relations_of
from connect_cli.views import (
    Card,
    Companion,
    Due,
    OccasionDay,
    Plan,
    State,
    Tie,
    Today,
    TodayRow,
    Welcome,
)

COMPANIONS = 4
RECENT = 20
YEAR_DAYS = 52 * 7

LEAST_GAP_DAYS = 7
WELCOME_DAYS = 6

REAL_DAYS = 5
WITHIN = 28  # days
REACH = 84  # days: the longest window of a load, plus WITHIN


def today(journal: Journal, more: int = 0) -> Today:
    """Who is proposed today, and what to know before you call. Writes nothing.

    more: how many times the places of the day are added again.
    """
    talked = _contacts_today(journal)
    away = store_people.away(journal.connection)
    plan = _plan_of_today(journal, talked, away, more)
    everyone = _everyone(journal) if plan.empty else []
    number, with_cadence = (0, 0) if plan.suggestions else _counts(journal)
    last_on = interactions.last_day(journal.connection, journal.today_is)
    open_loops = memory.open_promises(journal.connection, _listed(plan))
    return Today(
        plan=plan._replace(promises=(*plan.promises, *_news(plan, open_loops))),
        rows=_rows(journal, plan, open_loops),
        done=tuple(talked),
        people=number,
        with_cadence=with_cadence,
        away=current_away(away, journal.today_is),
        gap=_inactivity(journal, last_on, away),
        waiting=inbox.waiting(journal.connection) if journal.settings.inbox_folder else 0,
        welcome=_welcome(journal, last_on, away),
        coming=_next_plan(journal, everyone, away, journal.today_is) if plan.empty else None,
        left_alone=plan.empty and _rests_past_due(journal, everyone, away),
        anybody=not plan.empty or journal.has_people,
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


def _counts(journal: Journal) -> tuple[int, int]:
    return store_people.counts(journal.connection, journal.settings.circles)


def _everyone(journal: Journal) -> list[Person]:
    return store_people.people(journal.connection, journal.settings.circles, journal.today_is)


def next_listed(journal: Journal, day: date) -> Plan | None:
    """The plan of the first day after `day` with somebody on it, if nobody is met before."""
    people = _everyone(journal)
    return _next_plan(journal, people, store_people.away(journal.connection), day)


def _rows(journal: Journal, plan: Plan, open_loops: Sequence[Promise]) -> tuple[TodayRow, ...]:
    ids = [one.person.id for one in plan.suggestions]
    last = interactions.newest_of(journal.connection, journal.today_is, ids)
    details = memory.details(journal.connection, ids)
    return tuple(
        TodayRow(
            suggestion=one,
            last=last.get(one.person.id),
            promises=tuple(loop for loop in open_loops if loop.person.id == one.person.id),
            details=tuple(details.get(one.person.id, ())),
            occasions=tuple(
                near for near in plan.occasions if near.occasion.person.id == one.person.id
            ),
        )
        for one in plan.suggestions
    )


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


def card(journal: Journal, typed: str | Named, *, everything: bool = False) -> Card:
    """Everything to know before you meet somebody. everything: the whole timeline."""
    person, today = journal.person(journal.named(typed)), journal.today_is
    wanted = interactions.Wanted(person_id=person.id)
    death = died_on(journal.connection, person.id) if person.archived else None
    return Card(
        due=standing_of(journal, person),
        aliases=tuple(store_people.aliases_of(journal.connection, person.id)),
        tags=tuple(tags.tags_of(journal.connection, person.id)),
        contact_points=tuple(memory.contact_points(journal.connection, person.id)),
        details=tuple(memory.details(journal.connection, [person.id]).get(person.id, ())),
        occasions=_occasions_of(journal, person, died=death is not None),
        promises=tuple(memory.open_promises(journal.connection, [person.id])),
        companions=_companions(journal, person),
        timeline=tuple(
            interactions.interactions(journal.connection, wanted, None if everything else RECENT)
        ),
        total=interactions.count_of(journal.connection, person.id),
        rhythm=_rhythm(journal, person),
        last_year=tuple(
            interactions.counted_days(
                journal.connection, person.id, plus_days(today, 1 - YEAR_DAYS), today
            )
        ),
        ties=_ties(journal, person),
        died_on=death,
    )


def _occasions_of(journal: Journal, person: Person, *, died: bool) -> tuple[OccasionDay, ...]:
    """Somebody's yearly days. died: they turn no age any more."""
    known = memory.occasions(journal.connection, [person.id])
    found = next_occasions(known, journal.today_is, journal.settings)
    return tuple(near._replace(turns=None) for near in found) if died else found


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


def tracking_start(journal: Journal) -> date:
    """The day since which the journal has been kept; today for an empty journal.

    It is the day of the first command or of the first person, whichever the store knows. It is
    earlier if interactions show that the journal was kept before, as after an import of years: then
    it is the last of the first five days with interactions that lie within 28 days of each other. A
    single meeting remembered on the first morning is not enough.
    """
    today, moment = journal.today_is, interactions.begun_at(journal.connection)
    first = today
    if moment is not None:
        first = min(today, logical_day(moment, journal.settings.day_starts_at))
    days = interactions.days_with_interactions(journal.connection, plus_days(today, -REACH), first)
    return _real_from(days) or first


def load_of(journal: Journal, people: Sequence[Person]) -> Load:
    """The load of these people, who are everyone.

    Its window ends yesterday and begins no earlier than the records.
    """
    window, met = _met_lately(journal)
    return measure_load(
        people,
        sum(met.get(person.id, 0) for person in people if person.cadence is not None),
        window,
        journal.today_is,
        journal.settings,
        away=store_people.away(journal.connection),
    )


def _met_lately(journal: Journal) -> tuple[int, dict[str, int]]:
    """The days of a load's window, and on how many of them each person was met."""
    today = journal.today_is
    window = min(LONGEST_WINDOW, (today - tracking_start(journal)).days)
    start, end = plus_days(today, -window), plus_days(today, -1)
    return window, interactions.days_met(journal.connection, start, end)


def _inactivity(journal: Journal, last: date | None, away: Sequence[Pause]) -> Pause | None:
    if last is None or (journal.today_is - last).days <= LEAST_GAP_DAYS:
        return None  # as on most mornings: no more to read
    return inactivity(last, tracking_start(journal), away, journal.today_is)


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
    wanted = interactions.Wanted(since=journal.today_is)
    found = interactions.interactions(journal.connection, wanted)
    today = [one for one in found if one.day == journal.today_is]
    return [one for one in today if one.counts is not Counts.NO]


def _rhythm(journal: Journal, person: Person) -> Cadence | None:
    """How often they are really met, if that is clear and differs from the cadence.

    More often than planned is only said while there is room for it: no other card needs the load.
    """
    if person.archived:
        return None
    days = interactions.contact_days_of(
        journal.connection,
        person.id,
        plus_days(journal.today_is, -RHYTHM_DAYS),
        journal.today_is,
        most_people=SMALL_COMPANY,
        most_days=RHYTHM_CONTACTS,
    )
    found = rhythm_of(days, person.cadence)
    if found is None or (found.raises(person.cadence) and not _has_room(journal)):
        return None
    return found.cadence


def _has_room(journal: Journal) -> bool:
    """Whether the load fits: only those met lately are read for it."""
    (window, met), day, settings = _met_lately(journal), journal.today_is, journal.settings
    known = store_people.people_by_id(journal.connection, settings.circles, day, sorted(met))
    contacts = sum(met[one.id] for one in known if one.cadence and not one.archived)
    away = store_people.away(journal.connection)
    time, _ = measure_time(contacts, window, day, settings, away)
    return fits(journal.demand(), time)


def _companions(journal: Journal, person: Person) -> tuple[Companion, ...]:
    """People seen with a person at least twice, the most often first."""
    shared = interactions.together(journal.connection, [person.id])
    often = sorted((-times, person_id) for person_id, times in shared.items() if times > 1)[
        :COMPANIONS
    ]
    others = store_people.named(journal.connection, [person_id for _, person_id in often])
    return tuple(Companion(other, -times) for other, (times, _) in zip(others, often, strict=True))


def _ties(journal: Journal, person: Person) -> tuple[Tie, ...]:
    """Their relations as they see them, each once."""
    found = relations_of(journal.connection, person.id)
    return tuple(dict.fromkeys(Tie(*seen_from(one, person.id)) for one in found))


def _real_from(days: Sequence[date]) -> date | None:
    """The last of the first five of these ordered days that lie close together."""
    spans = zip(days, days[REAL_DAYS - 1 :], strict=False)
    return next((last for first, last in spans if (last - first).days < WITHIN), None)
